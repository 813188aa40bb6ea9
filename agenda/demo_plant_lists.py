"""Consents to the plants of the demo, and a list that one of them has got. Most have agreed, some have not decided."""

from datetime import time
from pathlib import Path

from django.conf import settings
from modeltranslation.utils import build_localized_fieldname

from agenda.actions.plant_lists import make_plant_list
from agenda.enums import ListKind
from agenda.exports.plant_lists import plant_list_pdf
from agenda.models import VisitBooking, VisitSlot
from agenda.queries.bookables import of_slot
from agenda.queries.plant_lists import plant_state
from forum.demo import DELEGATE_ACCOUNT, DemoContext
from forum.models import Account, Organisation
from registration.actions.consents import give_consent, withdraw_consent
from registration.actions.setup import publish_consent
from registration.enums import ClaimState, ConsentPurpose
from registration.models import ConsentDocument
from registration.queries.consents import matters_of

COORDINATOR = "visits@example.org"
PLANT = ConsentPurpose.PLANT_ACCESS


def build_plant_lists(context: DemoContext) -> None:
    """A text for each plant that needs documents, the consents of its visitors, and one list; one person thinks better of it."""
    with context.at(context.moment(-60, time(10))):
        texts = {host.pk: _publish(context, host) for host in _hosts(context)}
    _agree(context, texts)
    slot = VisitSlot.objects.filter(programme__forum=context.forum).exclude(programme__needed_fields=[]).first()
    if slot is not None:
        _list(context, slot)


def _hosts(context: DemoContext) -> list[Organisation]:
    programmes = context.forum.visit_programmes.exclude(needed_fields=[])
    return list(Organisation.objects.filter(pk__in=programmes.values("host")).order_by("slug"))


def _publish(context: DemoContext, host: Organisation) -> ConsentDocument:
    """The same text with the name of the plant."""
    texts: dict[str, str] = {}
    for code, _language in settings.LANGUAGES:
        text = (Path(__file__).parent / "demo_data" / f"plant_{code}.md").read_text(encoding="utf-8")
        name = getattr(host, build_localized_fieldname("name", code)) or host.name
        title, body = text.replace("{plant}", name).split("\n\n", 1)
        texts |= {f"title_{code}": title.removeprefix("# "), f"body_{code}": body.strip()}
    return publish_consent(forum=context.forum, by=context.by, purpose=PLANT, texts=texts, receiver=host)


def _agree(context: DemoContext, texts: dict[int, ConsentDocument]) -> None:
    """Every fifth visitor has not decided yet, and neither has the delegate of the sign-in page."""
    rows = VisitBooking.objects.filter(slot__programme__forum=context.forum, claim__state=ClaimState.HELD)
    rows = rows.select_related("registration__person", "registration__forum", "slot__programme").order_by("pk")
    for number, booking in enumerate(rows):
        document, one = texts.get(booking.slot.programme.host_id), booking.registration
        if document is None or number % 5 == 4 or one.person.email == DELEGATE_ACCOUNT:
            continue
        with context.at(context.moment(-20, time(9 + number % 10, number % 60))):
            give_consent(one, document=document, language=one.language, by=None)


def _list(context: DemoContext, slot: VisitSlot) -> None:
    place, by = of_slot(slot, forum=context.forum), Account.objects.filter(email=COORDINATOR).first()
    if by is None or len(plant_state(place).ready) < 2:
        return
    with context.at(context.moment(-14, time(12, 10))):
        reason = "Список для службы безопасности, пропуска заказаны"
        make_plant_list(place, kind=ListKind.PDF, reason=reason, draw=plant_list_pdf, by=by)
    last = plant_state(place).ready[-1].registration
    matter = next(one for one in matters_of(last.person) if one.document.receiver_id == slot.programme.host_id)
    with context.at(context.moment(-9, time(18, 40))):
        withdraw_consent(last, matter=matter, language=last.language, by=None)
