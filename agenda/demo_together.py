"""What happens between Kuzbass and Saint Petersburg in the demo: edits, proposals, a draft that is nobody else's business."""

from datetime import datetime, time, timedelta

from django.utils.timezone import now

from agenda.actions.editing import edit_session
from agenda.actions.moving import move_session
from agenda.actions.proposals import accept_proposal, propose_move, refuse_proposal
from agenda.models import Hall, Proposal, Session
from agenda.queries.conflicts import Place
from agenda.queries.proposals import halls_by_key
from forum.demo import DemoContext
from forum.models import Account, Region

HOST, GUEST = "programme@example.org", "spb@example.org"
DESCRIPTIONS = {
    "cas-spb": {
        "ru": "Какие заводы Санкт-Петербурга открыты для гостей, как устроен показ и чему город готов научить других.",
        "en": "Which plants of Saint Petersburg receive guests, how a visit is built, and what the city can teach others.",
    },
    "int-vectors": {
        "ru": "Куда движется промышленный туризм: открытость заводов, безопасность гостя, маршруты через границы.",
        "en": "Where industrial tourism is heading: open plants, the safety of guests, routes across borders.",
    },
}


class Together:
    """Both teams at work, by the same actions that their pages call."""

    def __init__(self, context: DemoContext) -> None:
        self.context, self.forum = context, context.forum
        self.host = Account.objects.get(email=HOST)
        self.guest = Account.objects.get(email=GUEST)
        self.partner: Region = self.forum.partner_regions.get()
        self.halls: dict[str, Hall] = halls_by_key(self.forum)

    def build(self) -> None:
        """Decided proposals first, then what is open today, then drafts that the next release will show."""
        self._decided()
        self._open()
        self._drafts()

    def _session(self, slug: str) -> Session:
        return Session.objects.select_related("forum__host_region").get(forum=self.forum, slug=slug)

    def describe(self) -> None:
        """Written by the partner before the second release."""
        for slug, texts in DESCRIPTIONS.items():
            session = self._session(slug)
            edit_session(session, version=session.version, description=texts, by=self.guest)

    def _decided(self) -> None:
        """One accepted, one refused: each side has asked once."""
        host_region = self.forum.host_region
        with self.context.at(self._days_ago(2, time(11))):
            later = self._ask("edu-launch", "tom/main", 0, "17:50", "18:45", "Пять минут на перестановку стульев.")
        with self.context.at(self._days_ago(2, time(15, 30))):
            accept_proposal(later, note="Хорошо, так спокойнее.", side=host_region, by=self.host)
        with self.context.at(self._days_ago(2, time(12))):
            earlier = self._ask(
                "cas-spb", "tom/chemistry", 1, "11:30", "13:00", "Зал меньше, но ближе к выставке.", by_host=True
            )
        with self.context.at(self._days_ago(1, time(9, 30))):
            refuse_proposal(
                earlier, note="Ждём больше ста гостей, зал «Химия» тесен.", side=self.partner, by=self.guest
            )

    def _open(self) -> None:
        """One waits for each side."""
        with self.context.at(self._days_ago(1, time(14, 30))):
            self._ask("int-multilang", "tom/school", 1, "11:30", "13:00", "Мастерской нужны столы, а не ряды.")
        with self.context.at(self._days_ago(1, time(16))):
            self._ask("int-roadmap", "tom/main", 1, "13:50", "15:15", "Обед заканчивается позже.", by_host=True)

    def _drafts(self) -> None:
        """An edit of the partner and a move of the host that are not published yet."""
        with self.context.at(self._days_ago(1, time(17))):
            own = self._session("edu-guide")
            title = {code: getattr(own, f"title_{code}") for code in ("uz", "be")} | {
                "ru": "Гид на производстве: навыки, язык и ответственность",
                "en": "The plant guide: skills, language and responsibility",
            }
            edit_session(own, version=own.version, title=title, by=self.guest)
            moved = self._session("men-tables")
            starts, ends = self._moment(1, "09:30"), self._moment(1, "11:00")
            hall = self.halls["tom/metal"]
            move_session(moved, version=moved.version, hall=hall, starts=starts, ends=ends, by=self.host)

    def _ask(
        self, slug: str, hall: str, day: int, starts: str, ends: str, reason: str, *, by_host: bool = False
    ) -> Proposal:
        session = self._session(slug)
        place = Place(hall=self.halls[hall], starts=self._moment(day, starts), ends=self._moment(day, ends))
        return propose_move(
            session,
            version=session.version,
            place=place,
            reason=reason,
            answer_by=min(now() + timedelta(days=5), session.period.lower),
            side=self.forum.host_region if by_host else self.partner,
            by=self.host if by_host else self.guest,
        )

    def _moment(self, day: int, clock: str) -> datetime:
        return self.context.moment(day, time.fromisoformat(clock))

    def _days_ago(self, days: int, at: time) -> datetime:
        """Before today, and before the forum has begun."""
        latest = min(now().astimezone(self.context.zone), self.context.moment(-2, at))
        return datetime.combine((latest - timedelta(days=days)).date(), at, self.context.zone)
