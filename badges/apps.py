"""The proof."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BadgesConfig(AppConfig):
    """Credentials, badges, check-in points, devices, scans."""

    name = "badges"

    def ready(self) -> None:
        """Hear of moves, and hand our rooms, panels, works, letters and attachments down to the ground."""
        from badges import receivers  # noqa: F401, PLC0415 -- apps are ready now

        self._work()
        self._rooms()
        self._panels()
        self._phones()
        self._prints()

    def _phones(self) -> None:
        """From these rows it is known where a phone scans, and whether it may."""
        from badges.models import Device, Point  # noqa: PLC0415 -- apps are ready now
        from forum.models import Account, Forum, Membership  # noqa: PLC0415 -- apps are ready now
        from forum.queries.kept import PHONES  # noqa: PLC0415 -- apps are ready now
        from registration.models import Zone  # noqa: PLC0415 -- apps are ready now

        PHONES.clear_with(Device, Point, Zone, Forum, Membership)
        PHONES.clear_with(Account, new=False)  # every application makes one

    def _prints(self) -> None:
        """What the print desk has to do changes with these rows."""
        from badges.models import BadgeFile, Credential, PrintRecord  # noqa: PLC0415 -- apps are ready now
        from forum.queries.kept import PRINTS  # noqa: PLC0415 -- apps are ready now

        PRINTS.clear_with(Credential, BadgeFile, PrintRecord)

    def _work(self) -> None:
        from badges.actions import issuing, printing  # noqa: PLC0415 -- apps are ready now
        from badges.exports import badge_attachment  # noqa: PLC0415 -- apps are ready now
        from badges.queries import health  # noqa: PLC0415 -- apps are ready now
        from forum.registry import (  # noqa: PLC0415 -- apps are ready now
            JobKind,
            MessageKind,
            attachments,
            figures,
            job_kinds,
            message_kinds,
        )

        for name in ("badges", "phones", "scans"):
            figures.add(name, getattr(health, name))
        attachments.add(issuing.ATTACHMENT, badge_attachment)
        message_kinds.add(issuing.READY, MessageKind(issuing.READY, "badges/mail/ready", _("Your badge")))
        job_kinds.add(
            printing.PRINT_BATCH,
            JobKind(printing.PRINT_BATCH, _("Print badges"), printing.run_print_batch, "badges.print_badges"),
        )

    def _rooms(self) -> None:
        from badges.queries.printing import waiting_for_print  # noqa: PLC0415 -- apps are ready now
        from forum.registry import NavItem, nav_items  # noqa: PLC0415 -- apps are ready now

        for item in (
            NavItem(
                "print", "checkin:print_desk", _("Print desk"), "print", 400, "badges.print_badges", waiting_for_print
            ),
            NavItem("checkin", "checkin:board", _("Check-in"), "checkin", 500, "badges.view_checkin"),
            NavItem("scan", "checkin:scan", _("Scanner"), "qr", 510, "badges.scan"),
        ):
            nav_items.add(item.name, item)

    def _panels(self) -> None:
        from badges.queries.columns import COLUMNS  # noqa: PLC0415 -- apps are ready now
        from badges.queries.own_data import PARTS  # noqa: PLC0415 -- apps are ready now
        from badges.web import panels as ours  # noqa: PLC0415 -- apps are ready now
        from badges.web import tasks_team, words_team  # noqa: PLC0415 -- apps are ready now
        from forum.registry import acts, export_columns, my_panels, own_data, panels, person_panels, tasks  # noqa: PLC0415 -- apps are ready now

        for action, words in words_team.ACTS.items():
            acts.add(action, words)
        for panel in ours.TODAY:
            panels.add(panel.name, panel)
        for task in tasks_team.TASKS:
            tasks.add(task.name, task)
        person_panels.add(ours.PERSON.name, ours.PERSON)
        my_panels.add(ours.MY.name, ours.MY)
        for part in PARTS:
            own_data.add(part.__name__, part)
        for column in COLUMNS:
            export_columns.add(column.name, column)
