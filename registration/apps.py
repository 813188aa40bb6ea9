"""Who comes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationConfig(AppConfig):
    """People, applications, consents, places."""

    name = "registration"

    def ready(self) -> None:
        """Hand our numbers, works, letters, papers, places and rooms down to the ground; hear our own news."""
        from forum.registry import figures, own_data  # noqa: PLC0415 -- apps are ready now
        from registration import receivers  # noqa: F401, PLC0415 -- apps are ready now
        from registration.queries.health import applications  # noqa: PLC0415 -- apps are ready now
        from registration.queries.own_data import PARTS  # noqa: PLC0415 -- apps are ready now

        figures.add("applications", applications)
        for part in PARTS:
            own_data.add(part.__name__, part)
        self._works()
        self._letters()
        self._tables()
        self._papers()
        self._places()
        self._rooms()
        self._panels()

    def _works(self) -> None:
        """What workers do for us, and who may start it."""
        from forum.registry import JobKind, job_kinds  # noqa: PLC0415 -- apps are ready now
        from registration.actions import bulk, consent_letters, form_publishing, imports, invitation_works, missing  # noqa: PLC0415 -- apps are ready now

        for kind, word, run, right in (
            (bulk.BULK, _("Decide about applications"), bulk.run_bulk, "decide"),
            (bulk.UNDO, _("Undo a decision about many"), bulk.run_undo, "decide"),
            (imports.IMPORT, _("Take over a list of people"), imports.run_import, "import_people"),
            (imports.UNDO, _("Take a list of people back"), imports.run_undo, "import_people"),
            (form_publishing.ASK_AGAIN, _("Ask for new answers"), form_publishing.run_ask_again, "edit_forms"),
            (consent_letters.TELL, _("Tell of a newer text"), consent_letters.run_telling, "publish_consents"),
            (missing.REMIND, _("Remind of answers"), missing.run_reminding, "decide"),
            (invitation_works.SEND, _("Send invitations"), invitation_works.run_sending, "invite"),
            (invitation_works.REMIND, _("Remind of invitations"), invitation_works.run_reminding, "invite"),
        ):
            job_kinds.add(kind, JobKind(kind, word, run, f"registration.{right}"))

    def _letters(self) -> None:
        """What people are written."""
        from forum.registry import MessageKind, message_kinds  # noqa: PLC0415 -- apps are ready now
        from registration.actions.mail_kinds import LETTERS, template_of  # noqa: PLC0415 -- apps are ready now

        for reason, label in LETTERS.items():
            message_kinds.add(reason, MessageKind(reason, template_of(reason), label))

    def _tables(self) -> None:
        """What we tell in tables of people, and the work that makes a large one."""
        from forum.registry import JobKind, export_columns, job_kinds  # noqa: PLC0415 -- apps are ready now
        from registration.actions.exports import EXPORT  # noqa: PLC0415 -- apps are ready now
        from registration.exports.people import TITLE, run_export  # noqa: PLC0415 -- apps are ready now
        from registration.queries.columns import COLUMNS  # noqa: PLC0415 -- apps are ready now

        for column in COLUMNS:
            export_columns.add(column.name, column)
        job_kinds.add(EXPORT, JobKind(EXPORT, TITLE, run_export, "registration.export_people"))

    def _papers(self) -> None:
        """Papers whose number anybody may check; the letter of invitation asks for the document."""
        from forum.registry import PaperKind, paper_kinds  # noqa: PLC0415 -- apps are ready now
        from registration.disclosures import disclosures  # noqa: PLC0415 -- apps are ready now
        from registration.needs import need_sources  # noqa: PLC0415 -- apps are ready now
        from registration.queries.abroad import DISCLOSURE  # noqa: PLC0415 -- apps are ready now
        from registration.queries.vehicles import PASS  # noqa: PLC0415 -- apps are ready now
        from registration.queries.visa_needs import SOURCE  # noqa: PLC0415 -- apps are ready now
        from registration.queries.visas import LETTER  # noqa: PLC0415 -- apps are ready now

        need_sources.add("letters", SOURCE)
        disclosures.add(DISCLOSURE.purpose, DISCLOSURE)
        paper_kinds.add(LETTER, PaperKind(LETTER, _("Invitation letter")))
        paper_kinds.add(PASS, PaperKind(PASS, _("Vehicle pass")))

    def _places(self) -> None:
        """Freed places are offered to the waiting list; nobody waits for an answer to a question."""
        from registration.actions import offers  # noqa: PLC0415 -- apps are ready now
        from registration.enums import PARTICIPATION, PoolKind  # noqa: PLC0415 -- apps are ready now
        from registration.policies import PoolPolicy, pool_policies  # noqa: PLC0415 -- apps are ready now

        pool_policies.add(PoolKind.CHOICE, PoolPolicy(eligible=lambda claim: False))
        for kind in PARTICIPATION:
            pool_policies.add(kind, offers.POLICY)

    def _rooms(self) -> None:
        """Rooms of the team, what waits in them, and the words for what was done there."""
        from forum.registry import acts, nav_items, search_rooms, tasks  # noqa: PLC0415 -- apps are ready now
        from registration.web import rooms_team, search_team, tasks_team, words_team  # noqa: PLC0415 -- apps are ready now

        search_rooms.add(search_team.ROOM.name, search_team.ROOM)
        for action, words in words_team.ACTS.items():
            acts.add(action, words)
        for task in tasks_team.TASKS:
            tasks.add(task.name, task)
        for room in rooms_team.ROOMS:
            nav_items.add(room.name, room)

    def _panels(self) -> None:
        """Parts of pages: of one's own card, of a person, of the Today page."""
        from forum.registry import my_panels, panels, person_panels  # noqa: PLC0415 -- apps are ready now
        from registration.web import panels_team, views_team_document, views_team_media, views_team_visa  # noqa: PLC0415 -- apps are ready now
        from registration.web.views_consents import MY_CONSENTS  # noqa: PLC0415 -- apps are ready now
        from registration.web.views_document import MY_DOCUMENT  # noqa: PLC0415 -- apps are ready now
        from registration.web.views_equipment import MY_EQUIPMENT  # noqa: PLC0415 -- apps are ready now
        from registration.web.views_visa import MY_VISA  # noqa: PLC0415 -- apps are ready now

        for mine in (MY_CONSENTS, MY_DOCUMENT, MY_VISA, MY_EQUIPMENT):
            my_panels.add(mine.name, mine)
        for panel in (views_team_document.PANEL, views_team_visa.PANEL, views_team_media.PANEL):
            person_panels.add(panel.name, panel)
        for panel in panels_team.PANELS:
            panels.add(panel.name, panel)
