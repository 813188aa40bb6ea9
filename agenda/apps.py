"""What happens."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """Venues, sessions, releases, plant visits."""

    name = "agenda"

    def ready(self) -> None:
        """Hand our numbers, our parts of the home page and the visits a grant may be limited to down to the ground."""
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
