"""What the film crew of the demo wants to film, and what the plants say: each state once."""

from datetime import time

from agenda.actions.filming import Wish, ask_to_film
from agenda.actions.filming_answers import answer_wish, put_to_plant
from agenda.enums import FilmingMeans, FilmingState
from agenda.models import FilmingWish, VisitProgramme
from agenda.queries.filming_own import may_film
from forum.demo import DemoContext
from registration.actions.consents import give_consent
from registration.enums import EquipmentKind, RegistrationState
from registration.models import Equipment, Registration
from registration.queries.consents import matters_of

M, S = FilmingMeans, FilmingState
WISHES = (
    ("azot", (M.PHOTO, M.VIDEO), "Цех аммиака, пульт управления, интервью с главным технологом", S.ASKED, ""),
    ("azot", (M.DRONE,), "Общий вид площадки с воздуха, без жилых домов", S.PUT, ""),
    (
        "kru-platform",
        (M.VIDEO,),
        "Разрез со смотровой площадки, работа экскаватора",
        S.ALLOWED_IF,
        "Только со смотровой площадки, без съёмки номеров техники.",
    ),
    ("zsmk-museum", (M.PHOTO, M.VIDEO), "Экспозиция музея и рассказ экскурсовода", S.ALLOWED, ""),
    ("zsmk-rolling", (M.DRONE,), "Прокатный стан сверху", S.REFUSED, "Полёты над цехом запрещены."),
)
"""Plant, how, what, how far it got and the plant's words."""


def build_filming(context: DemoContext) -> None:
    """Each wish gets as far as its row says. Nothing in an edition without a crew."""
    crew = Registration.objects.filter(
        forum=context.forum, equipment__isnull=False, state=RegistrationState.CONFIRMED
    ).select_related("forum", "person", "category")
    registration = crew.order_by("pk").first()
    if registration is None or not may_film(registration):
        return
    for number, (slug, means, subject, state, answer) in enumerate(WISHES):
        with context.at(context.moment(-24, time(10, number))):
            wish = _ask(registration, slug, means, subject)
        with context.at(context.moment(-20, time(15, number))):
            _follow(context, wish, state, answer)


def _ask(registration: Registration, slug: str, means: tuple[FilmingMeans, ...], subject: str) -> FilmingWish:
    programme = VisitProgramme.objects.select_related("forum", "host").get(forum=registration.forum, slug=slug)
    slot = programme.slots.order_by("day").first() if M.DRONE not in means else None
    devices = Equipment.objects.filter(registration=registration)
    drone = {"kind": EquipmentKind.DRONE}
    own = devices.filter(**drone) if M.DRONE in means else devices.exclude(**drone)
    wish = Wish(
        programme=programme,
        slot=slot,
        day=slot.day if slot else registration.forum.starts_on,
        hours="",
        subject=subject,
        means=means,
        devices=list(own),
    )
    return ask_to_film(registration, wish=wish, by=None)


def _follow(context: DemoContext, wish: FilmingWish, state: FilmingState, answer: str) -> None:
    if state == S.ASKED:
        return
    _agree(wish)
    put_to_plant(wish.programme, wishes=[wish], by=context.by)
    if state != S.PUT:
        wish.refresh_from_db()
        answer_wish(wish, state=state, answer=answer, version=wish.version, by=context.by)


def _agree(wish: FilmingWish) -> None:
    """That the plant gets the data, where it has a text."""
    registration = wish.registration
    for matter in matters_of(registration.person):
        if matter.document.receiver_id == wish.programme.host_id and matter.given is None:
            give_consent(registration, document=matter.document, language=registration.language, by=None)
