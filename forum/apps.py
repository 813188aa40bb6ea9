"""The ground of the project."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class ForumConfig(AppConfig):
    """Accounts, edition, audit, messages, jobs, files."""

    name = "forum"

    def ready(self) -> None:
        """The ground uses its own extension points like every other room."""
        from forum import receivers  # noqa: F401, PLC0415 -- apps are ready now
        from forum.uploads.scanner import check_setting  # noqa: PLC0415 -- apps are ready now

        check_setting()
        self._rooms()
        self._letters()
        self._figures()
        self._public_rows()

    def _rooms(self) -> None:
        from forum.queries.messages import letters_to_look_at  # noqa: PLC0415 -- apps are ready now
        from forum.registry import NavItem, nav_items  # noqa: PLC0415 -- apps are ready now

        for item in (
            NavItem("today", "team:today", _("Today"), "today", 0, "forum.view_today"),
            NavItem(
                "messages", "team:messages", _("Messages"), "messages", 700, "forum.view_messages", letters_to_look_at
            ),
            NavItem("jobs", "team:jobs", _("Work in hand"), "job", 750, "forum.enter_team"),
            NavItem("design", "team:design", _("Design system"), "eye", 900, "forum.view_design"),
            NavItem("rights", "team:rights", _("Team and rights"), "rights", 800, "forum.manage_rights"),
        ):
            nav_items.add(item.name, item)
        if settings.DEMO:
            item = NavItem("demo", "demo:roles", _("Demonstration"), "key", 990, "forum.enter_team")
            nav_items.add(item.name, item)

    def _public_rows(self) -> None:
        from forum.models import Forum, Organisation, Region  # noqa: PLC0415 -- apps are ready now
        from forum.queries.kept import PAGES  # noqa: PLC0415 -- apps are ready now

        PAGES.clear_with(Forum, Organisation, Region)

    def _letters(self) -> None:
        from forum.registry import MessageKind, message_kinds  # noqa: PLC0415 -- apps are ready now

        for kind in (
            MessageKind("account.code", "forum/mail/code", _("Sign-in code")),
            MessageKind("account.notice", "forum/mail/notice", _("Notice about the account")),
        ):
            message_kinds.add(kind.reason, kind)

    def _figures(self) -> None:
        from forum.enums import ScopeKind  # noqa: PLC0415 -- apps are ready now
        from forum.queries import edition, health, rights  # noqa: PLC0415 -- apps are ready now
        from forum.registry import Panel, counters, figures, panels, scopes, tasks  # noqa: PLC0415 -- apps are ready now
        from forum.web import alarms, tasks_team  # noqa: PLC0415 -- apps are ready now
        from forum.web.tasks import panel_context  # noqa: PLC0415 -- apps are ready now

        figures.add("mail", health.mail)
        figures.add("jobs", health.jobs)
        for counter in edition.COUNTERS:
            counters.add(counter.name, counter)
        scopes.add(ScopeKind.REGION, rights.region_scopes)
        scopes.add(ScopeKind.ORGANISATION, rights.host_scopes)
        panel = Panel("alarms", "forum/team/panels/alarms.html", 10, "forum.view_messages", alarms.context, wide=True)
        panels.add(panel.name, panel)
        mine = Panel("tasks", "forum/team/panels/tasks.html", 5, "forum.view_today", panel_context, wide=True)
        panels.add(mine.name, mine)
        for task in tasks_team.TASKS:
            tasks.add(task.name, task)
