"""What happens."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgendaConfig(AppConfig):
    """Venues, sessions, releases, plant visits."""

    name = "agenda"

    def ready(self) -> None:
        """Hear of moves; hand our numbers, parts of pages, letters and places down to the ground."""
        from agenda import receivers  # noqa: F401, PLC0415 -- apps are ready now
        from agenda.queries.figures import COUNTERS  # noqa: PLC0415 -- apps are ready now
        from agenda.queries.scopes import visit_scopes  # noqa: PLC0415 -- apps are ready now
        from agenda.web import search_team  # noqa: PLC0415 -- apps are ready now
        from agenda.web.home import PANELS  # noqa: PLC0415 -- apps are ready now
        from forum.enums import ScopeKind  # noqa: PLC0415 -- apps are ready now
        from forum.registry import counters, home_panels, scopes, search_rooms  # noqa: PLC0415 -- apps are ready now

        for counter in COUNTERS:
            counters.add(counter.name, counter)
        for panel in PANELS:
            home_panels.add(panel.name, panel)
        for room in search_team.ROOMS:
            search_rooms.add(room.name, room)
        scopes.add(ScopeKind.VISIT_SLOT, visit_scopes)
        self._letters()
        self._rooms()
        self._places()
        self._public_rows()

    def _public_rows(self) -> None:
        """With these the released programme changes."""
        from agenda.models import Release, Speaker  # noqa: PLC0415 -- apps are ready now
        from forum.queries.kept import PAGES  # noqa: PLC0415 -- apps are ready now

        PAGES.clear_with(Release, Speaker)

    def _rooms(self) -> None:
        """The programme room, and what waits in it."""
        from agenda.web.tasks_team import ROOM, TASKS  # noqa: PLC0415 -- apps are ready now
        from forum.registry import nav_items, tasks  # noqa: PLC0415 -- apps are ready now

        nav_items.add(ROOM.name, ROOM)
        for task in TASKS:
            tasks.add(task.name, task)

    def _letters(self) -> None:
        """What the two sides of the programme tell each other."""
        from agenda.actions.notices import LABELS, PLACED  # noqa: PLC0415 -- apps are ready now
        from forum.registry import MessageKind, message_kinds  # noqa: PLC0415 -- apps are ready now

        for reason, label in LABELS.items():
            template = "placed" if reason == PLACED else "proposal"
            message_kinds.add(reason, MessageKind(reason, f"agenda/team/mail/{template}", label))

    def _places(self) -> None:
        """Freed places are offered; each step of a place has its letter."""
        from agenda.actions import filming_answers, place_letters  # noqa: PLC0415 -- apps are ready now
        from agenda.actions.offers import POLICY  # noqa: PLC0415 -- apps are ready now
        from agenda.queries.plant_lists import REMINDER  # noqa: PLC0415 -- apps are ready now
        from forum.registry import MessageKind, message_kinds  # noqa: PLC0415 -- apps are ready now
        from registration.enums import PoolKind  # noqa: PLC0415 -- apps are ready now
        from registration.policies import pool_policies  # noqa: PLC0415 -- apps are ready now

        for kind in (PoolKind.SEATS, PoolKind.VISIT):
            pool_policies.add(kind, POLICY)
        for reason, label in {**place_letters.LABELS, **filming_answers.LABELS}.items():
            template = f"agenda/mail/{reason.removeprefix('agenda.')}"
            message_kinds.add(reason, MessageKind(reason, template, label))
        message_kinds.add(REMINDER, MessageKind(REMINDER, "agenda/mail/plant_data", _("Data for a plant's list")))
        self._places_of_people()

    def _places_of_people(self) -> None:
        """What the delegate's card says, and the coordinator's room."""
        from agenda.queries.columns import COLUMNS  # noqa: PLC0415 -- apps are ready now
        from agenda.queries.document_needs import SOURCE  # noqa: PLC0415 -- apps are ready now
        from agenda.queries.own_data import PARTS  # noqa: PLC0415 -- apps are ready now
        from agenda.queries.plant_consents import DISCLOSURE  # noqa: PLC0415 -- apps are ready now
        from agenda.web import panels_my, views_filming, views_team_filming, words_team  # noqa: PLC0415 -- apps are ready now
        from forum.registry import NavItem, acts, export_columns, my_panels, nav_items, own_data, person_panels  # noqa: PLC0415 -- apps are ready now
        from registration.disclosures import disclosures  # noqa: PLC0415 -- apps are ready now
        from registration.needs import need_sources  # noqa: PLC0415 -- apps are ready now

        need_sources.add("visits", SOURCE)
        disclosures.add(DISCLOSURE.purpose, DISCLOSURE)
        for part in PARTS:
            own_data.add(part.__name__, part)
        for column in COLUMNS:
            export_columns.add(column.name, column)

        for action, words in words_team.ACTS.items():
            acts.add(action, words)
        for mine in (panels_my.MY, views_filming.MY):
            my_panels.add(mine.name, mine)
        person_panels.add(views_team_filming.PANEL.name, views_team_filming.PANEL)
        for item in (
            NavItem("visits", "visits:room", _("Visits"), "visits", 300, "agenda.view_visits"),
            NavItem("filming", "filming:board", _("Filming"), "camera", 310, "agenda.view_filming"),
        ):
            nav_items.add(item.name, item)
