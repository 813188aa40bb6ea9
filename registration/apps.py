"""Who comes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationConfig(AppConfig):
    """People, applications, consents, places."""

    name = "registration"

    def ready(self) -> None:
        """Hand our kinds of work, messages and places down to the ground; hear our own news."""
        from forum.registry import JobKind, MessageKind, figures, job_kinds, message_kinds, own_data  # noqa: PLC0415 -- apps are ready now
        from registration import receivers  # noqa: F401, PLC0415 -- apps are ready now
        from registration.actions import (  # noqa: PLC0415 -- apps are ready now
            bulk,
            changes,
            confirming,
            form_publishing,
            hand_over_ends,
            import_rows,
            imports,
            members,
            missing,
            notices,
            person_erasing,
            self_deletion,
        )
        from registration.enums import PoolKind  # noqa: PLC0415 -- apps are ready now
        from registration.policies import PoolPolicy, pool_policies  # noqa: PLC0415 -- apps are ready now
        from registration.queries import delegations  # noqa: PLC0415 -- apps are ready now
        from registration.queries import own_data as ours  # noqa: PLC0415 -- apps are ready now
        from registration.queries.health import applications  # noqa: PLC0415 -- apps are ready now
        from registration.queries.retention import REMINDER  # noqa: PLC0415 -- apps are ready now

        figures.add("applications", applications)
        decides = JobKind(bulk.BULK, _("Decide about applications"), bulk.run_bulk, "registration.decide")
        undoes = JobKind(bulk.UNDO, _("Undo a decision about many"), bulk.run_undo, "registration.decide")
        for kind in (decides, undoes):
            job_kinds.add(kind.name, kind)
        takes_over = JobKind(
            imports.IMPORT, _("Take over a list of people"), imports.run_import, "registration.import_people"
        )
        takes_back = JobKind(
            imports.UNDO, _("Take a list of people back"), imports.run_undo, "registration.import_people"
        )
        for kind in (takes_over, takes_back):
            job_kinds.add(kind.name, kind)
        asks_again = JobKind(
            form_publishing.ASK_AGAIN,
            _("Ask for new answers"),
            form_publishing.run_ask_again,
            "registration.edit_forms",
        )
        job_kinds.add(asks_again.name, asks_again)
        reminds = JobKind(missing.REMIND, _("Remind of answers"), missing.run_reminding, "registration.decide")
        job_kinds.add(reminds.name, reminds)
        reminder = MessageKind(
            missing.REMINDER, "registration/mail/questions_reminder", _("Reminder of missing answers")
        )
        message_kinds.add(reminder.reason, reminder)
        asked = MessageKind(form_publishing.LETTER, "registration/mail/questions", _("New questions"))
        message_kinds.add(asked.reason, asked)
        letter = MessageKind(import_rows.LETTER, "registration/mail/imported", _("Prepared from a list"))
        message_kinds.add(letter.reason, letter)
        for reason, label in (
            (delegations.REMINDER, _("Reminder of what is missing")),
            (members.WITHDRAWN, _("Withdrawn by the head")),
        ):
            template = f"registration/mail/{reason.removeprefix('registration.')}"
            message_kinds.add(reason, MessageKind(reason, template, label))
        pool_policies.add(PoolKind.CHOICE, PoolPolicy(eligible=lambda claim: False))  # nobody waits for an answer
        for state, reason in notices.REASONS.items():
            message_kinds.add(reason, MessageKind(reason, f"registration/mail/{state}", notices.LABELS[state]))
        for reason, label in (
            (changes.ACCEPTED, _("Requested change made")),
            (changes.DECLINED, _("Requested change declined")),
            (confirming.REMINDER, _("Reminder to confirm")),
            (confirming.PROLONGED, _("More time to confirm")),
        ):
            template = f"registration/mail/{reason.removeprefix('registration.')}"
            message_kinds.add(reason, MessageKind(reason, template, label))
        withdrawn = notices.CONSENT_WITHDRAWN
        message_kinds.add(
            withdrawn, MessageKind(withdrawn, "registration/mail/consent_withdrawn", _("Consent withdrawn"))
        )
        for reason, label in (
            (notices.EMAIL_CODE, _("Code for a new email")),
            (notices.EMAIL_CHANGED, _("Email changed")),
            (self_deletion.CODE, _("Code to delete all data")),
            (person_erasing.DELETED, _("Data deleted")),
            (hand_over_ends.HANDED, _("Place handed over, to the substitute")),
            (hand_over_ends.ENDED, _("Place not handed over any more, to the substitute")),
            (hand_over_ends.DONE, _("Place handed over, to the giver")),
            (hand_over_ends.KEPT, _("Place stays, to the giver")),
            (REMINDER, _("Unsent application, reminder")),
        ):
            template = f"registration/mail/{reason.removeprefix('registration.')}"
            message_kinds.add(reason, MessageKind(reason, template, label))
        for part in ours.PARTS:
            own_data.add(part.__name__, part)
        self._invitations()
        self._tables()
        self._visas()
        self._vehicles()
        self._places()
        self._rooms()

    def _invitations(self) -> None:
        """Letters and works of personal invitations."""
        from forum.registry import JobKind, MessageKind, job_kinds, message_kinds  # noqa: PLC0415 -- apps are ready now
        from registration.actions import invitation_letters, invitation_works  # noqa: PLC0415 -- apps are ready now

        for reason, label in invitation_letters.LETTERS.items():
            template = f"registration/mail/{reason.removeprefix('registration.')}"
            message_kinds.add(reason, MessageKind(reason, template, label))
        for kind, word, run in (
            (invitation_works.SEND, _("Send invitations"), invitation_works.run_sending),
            (invitation_works.REMIND, _("Remind of invitations"), invitation_works.run_reminding),
        ):
            job_kinds.add(kind, JobKind(kind, word, run, "registration.invite"))

    def _tables(self) -> None:
        """What we tell in tables of people, and the work that makes a large one."""
        from forum.registry import JobKind, export_columns, job_kinds  # noqa: PLC0415 -- apps are ready now
        from registration.actions.exports import EXPORT  # noqa: PLC0415 -- apps are ready now
        from registration.exports.people import TITLE, run_export  # noqa: PLC0415 -- apps are ready now
        from registration.queries.columns import COLUMNS  # noqa: PLC0415 -- apps are ready now

        for column in COLUMNS:
            export_columns.add(column.name, column)
        job_kinds.add(EXPORT, JobKind(EXPORT, TITLE, run_export, "registration.export_people"))

    def _visas(self) -> None:
        """The letter asks for the document; its number may be checked by anybody."""
        from forum.registry import MessageKind, PaperKind, message_kinds, paper_kinds  # noqa: PLC0415 -- apps are ready now
        from registration.actions import visa_letters  # noqa: PLC0415 -- apps are ready now
        from registration.needs import need_sources  # noqa: PLC0415 -- apps are ready now
        from registration.queries.visa_needs import SOURCE  # noqa: PLC0415 -- apps are ready now
        from registration.queries.visas import LETTER  # noqa: PLC0415 -- apps are ready now

        need_sources.add("letters", SOURCE)
        paper_kinds.add(LETTER, PaperKind(LETTER, _("Invitation letter")))
        for reason, label in visa_letters.LABELS.items():
            template = f"registration/mail/{reason.removeprefix('registration.')}"
            message_kinds.add(reason, MessageKind(reason, template, label))

    def _vehicles(self) -> None:
        """A pass may be checked by anybody; what people bring stands on their pages."""
        from forum.registry import NavItem, PaperKind, nav_items, paper_kinds  # noqa: PLC0415 -- apps are ready now
        from registration.queries.vehicles import PASS  # noqa: PLC0415 -- apps are ready now

        paper_kinds.add(PASS, PaperKind(PASS, _("Vehicle pass")))
        nav_items.add(
            "vehicles",
            NavItem("vehicles", "vehicles:list", _("Vehicles"), "bus", 250, "registration.manage_vehicles"),
        )

    def _places(self) -> None:
        """Freed places are offered to the waiting list."""
        from forum.registry import MessageKind, message_kinds  # noqa: PLC0415 -- apps are ready now
        from registration.actions import notices, offers  # noqa: PLC0415 -- apps are ready now
        from registration.enums import PARTICIPATION  # noqa: PLC0415 -- apps are ready now
        from registration.policies import pool_policies  # noqa: PLC0415 -- apps are ready now

        for kind in PARTICIPATION:
            pool_policies.add(kind, offers.POLICY)
        for reason, label in (
            (notices.OFFERED, _("Offer of a place from the waiting list")),
            (notices.OFFER_OVER, _("Offer of a place is over")),
        ):
            template = f"registration/mail/{reason.removeprefix('registration.')}"
            message_kinds.add(reason, MessageKind(reason, template, label))

    def _rooms(self) -> None:
        """The officers' room, and what the Today page shows of it."""
        from forum.registry import (  # noqa: PLC0415 -- apps are ready now
            NavItem,
            Panel,
            acts,
            my_panels,
            nav_items,
            panels,
            person_panels,
            search_rooms,
            tasks,
        )
        from registration.queries.waiting import waiting_count  # noqa: PLC0415 -- apps are ready now
        from registration.web import panels_team, search_team, tasks_team, words_team  # noqa: PLC0415 -- apps are ready now
        from registration.web.views_document import MY_DOCUMENT  # noqa: PLC0415 -- apps are ready now
        from registration.web.views_equipment import MY_EQUIPMENT  # noqa: PLC0415 -- apps are ready now
        from registration.web.views_team_document import PANEL  # noqa: PLC0415 -- apps are ready now
        from registration.web.views_team_media import PANEL as EQUIPMENT  # noqa: PLC0415 -- apps are ready now
        from registration.web.views_team_visa import PANEL as VISA  # noqa: PLC0415 -- apps are ready now
        from registration.web.views_visa import MY_VISA  # noqa: PLC0415 -- apps are ready now

        for mine in (MY_DOCUMENT, MY_VISA, MY_EQUIPMENT):
            my_panels.add(mine.name, mine)
        for panel in (PANEL, VISA, EQUIPMENT):
            person_panels.add(panel.name, panel)

        search_rooms.add(search_team.ROOM.name, search_team.ROOM)
        for action, words in words_team.ACTS.items():
            acts.add(action, words)
        for task in tasks_team.TASKS:
            tasks.add(task.name, task)
        nav_items.add(
            "people",
            NavItem("people", "people:list", _("People"), "people", 100, "registration.view_people", waiting_count),
        )
        nav_items.add(
            "delegations",
            NavItem(
                "delegations",
                "people:delegations",
                _("Delegations"),
                "delegations",
                110,
                "registration.lead_delegation",
            ),
        )
        nav_items.add(
            "papers",
            NavItem("papers", "people:papers", _("Signing on paper"), "edit", 120, "registration.record_paper"),
        )
        nav_items.add(
            "consents",
            NavItem("consents", "privacy:register", _("Consents"), "privacy", 700, "registration.view_consents"),
        )
        folder = "registration/team/panels/"
        for panel in (
            Panel(
                "applications",
                f"{folder}applications.html",
                20,
                "forum.view_figures",
                panels_team.applications,
                wide=True,
            ),
            Panel(
                "geography", f"{folder}geography.html", 60, "forum.view_figures", panels_team.map_of_regions, wide=True
            ),
        ):
            panels.add(panel.name, panel)
