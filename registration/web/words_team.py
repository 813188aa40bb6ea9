"""How the log words what was done with an application."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from forum.registry import acts
from registration.enums import BulkOutcome, BulkUndone, ImportOutcome, ImportUndone
from registration.queries.retention import Planned
from registration.web.answers import LABELS
from registration.web.words_documents import COLUMNS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ACTS: dict[str, "_StrPromise"] = {
    "registration.started": _("application started, consent given"),
    "registration.answered": _("answers saved"),
    "registration.answered_again": _("new questions answered"),
    "registration.changed_alone": _("changed by the person after sending"),
    "registration.equipment_added": _("equipment added to the list"),
    "registration.equipment_changed": _("equipment in the list changed"),
    "registration.equipment_removed": _("equipment removed from the list"),
    "registration.receivers_to_tell": _("receivers of the data have to be told"),
    "registration.receiver_told": _("receiver told of the withdrawal"),
    "registration.entered": _("entered from a paper"),
    "registration.corrected": _("data corrected"),
    "registration.imported": _("entered from a list"),
    "registration.import_changed": _("changed by a list"),
    "registration.import_undone": _("change by a list taken back"),
    "registration.import_removed": _("draft from a list removed"),
    "registration.place_put_by": _("a place kept without a name put by"),
    "registration.paper_recorded": _("consent on paper recorded"),
    "registration.completed": _("completed for somebody who signed on paper"),
    "registration.reminded": _("reminded of what is missing"),
    "registration.submitted": _("sent"),
    "registration.checked": _("checked: complete"),
    "registration.unchecked": _("check taken back"),
    "registration.change_asked": _("asked for a change"),
    "registration.change_withdrawn": _("request for a change taken back"),
    "registration.change_declined": _("request for a change declined"),
    "registration.prolonged": _("given more time to confirm"),
    "registration.needs_changes": _("sent back for changes"),
    "registration.approved": _("approved"),
    "registration.waitlisted": _("put on the waiting list"),
    "registration.offered": _("offered a place from the waiting list"),
    "registration.rejected": _("not accepted"),
    "registration.confirmed": _("confirmed"),
    "registration.cancelled": _("withdrawn"),
    "registration.replaced": _("replaced"),
    "registration.blocked": _("blocked"),
    "registration.merged": _("merged with another application"),
    "registration.unmerged": _("merge taken back"),
    "registration.set_apart": _("compared with a namesake: two people"),
    "registration.suspected_again": _("perhaps the same person as another again"),
    "registration.email_asked": _("asked for a code for a new email"),
    "registration.email_changed": _("email changed"),
    "registration.data_read": _("looked at all their data"),
    "registration.data_taken": _("took all their data as a file"),
    "registration.document_saved": _("data of the document entered or changed"),
    "registration.document_suspect": _("the same document number as somebody else"),
    "registration.document_cleared": _("the same document number looked into"),
    "registration.document_looked": _("looked at the document in full"),
    "registration.document_listed": _("data of the document handed out in a list for a plant"),
    "registration.document_erased": _("data of the document erased"),
    "registration.picture_taken": _("picture handed in"),
    "registration.picture_looked": _("looked at a picture"),
    "registration.picture_removed": _("picture erased"),
    "registration.answer_file_taken": _("picture handed in as an answer"),
    "registration.answer_file_looked": _("looked at a picture that is an answer"),
    "invitation.written": _("invitation written"),
    "invitation.sent": _("invitation sent"),
    "invitation.reminded": _("reminded of an invitation"),
    "invitation.link_copied": _("link of an invitation shown"),
    "invitation.opened": _("invitation opened"),
    "invitation.used": _("invitation used, its data erased"),
    "invitation.declined": _("invitation declined, its data erased"),
    "invitation.withdrawn": _("invitation withdrawn, its data erased"),
    "invitation.expired": _("invitation over, its data erased"),
    "invitations.exported": _("report on invitations taken out"),
    "code.made": _("code made"),
    "code.stopped": _("code stopped"),
    "code.resumed": _("code works again"),
    "registration.visa_not_needed": _("visa: no letter needed"),
    "registration.visa_checking": _("visa: to be checked"),
    "registration.visa_wanted": _("visa: data asked for"),
    "registration.visa_ready": _("visa: all data are there"),
    "registration.visa_issued": _("visa: letter issued"),
    "registration.visa_granted": _("visa granted"),
    "registration.visa_refused": _("visa refused"),
    "registration.visa_dropped": _("visa: not needed any more"),
    "registration.visa_stay_saved": _("data of the stay entered or changed"),
    "registration.visa_remark": _("remark on the visa written"),
    "registration.letter_issued": _("invitation letter got its number"),
    "registration.letter_drawn": _("invitation letter drawn"),
    "registration.letter_taken": _("invitation letter opened"),
    "registration.letter_void": _("invitation letter void"),
    "visa_rule.set": _("rule of entry written"),
    "registration.hand_over_begun": _("names a substitute and hands the place over"),
    "registration.hand_over_ended": _("hand-over of the place ended"),
    "registration.handed": _("named as a substitute by a delegate"),
    "registration.deletion_asked": _("asked for a code to delete everything"),
    "registration.person_erased": _("all data of the person erased"),
    "registration.birth_date_erased": _("date of birth erased"),
    "registration.consent_given": _("consent given"),
    "registration.consent_withdrawn": _("consent withdrawn"),
}
"""By the action of the audit entry; every state has one."""


TO_BE_CHECKED: tuple[str, "_StrPromise"] = ("off", _("to be checked"))
CHECKED: tuple[str, "_StrPromise"] = ("new", _("checked"))
"""Tone and word of the two glances."""
OUTCOMES: dict[str, tuple[str, "_StrPromise"]] = {
    ImportOutcome.NEW: ("new", pgettext_lazy("row of a list", "New")),
    ImportOutcome.CHANGED: ("ask", pgettext_lazy("row of a list", "Changed")),
    ImportOutcome.UNCHANGED: ("off", pgettext_lazy("row of a list", "Unchanged")),
    ImportOutcome.CONFLICT: ("wait", pgettext_lazy("row of a list", "Left as it is")),
    ImportOutcome.ERROR: ("no", pgettext_lazy("row of a list", "With errors")),
}
"""Tone and word of what became of a row."""
BULK_OUTCOMES: dict[str, tuple[str, "_StrPromise"]] = {
    BulkOutcome.WAITING: ("wait", pgettext_lazy("one of many", "Not yet")),
    BulkOutcome.DONE: ("ok", pgettext_lazy("one of many", "Decided")),
    BulkOutcome.REFUSED: ("no", pgettext_lazy("one of many", "Not possible")),
}
BULK_UNDONE: dict[str, "_StrPromise"] = {
    BulkUndone.BACK: pgettext_lazy("one of many", "Put back"),
    BulkUndone.KEPT: pgettext_lazy("one of many", "Stays: touched since, or the letter had left"),
}
"""What became of one application among many."""
UNDONE: dict[str, "_StrPromise"] = {
    ImportUndone.REMOVED: pgettext_lazy("row of a list", "Removed again"),
    ImportUndone.RESTORED: pgettext_lazy("row of a list", "Old answers put back"),
    ImportUndone.KEPT: pgettext_lazy("row of a list", "Kept: somebody has touched it since"),
}
"""What taking the list back did."""

PLANNED: dict[str, "_StrPromise"] = {
    "unsent": _(
        "Applications never sent, thirty days after anything happened with them; their people are reminded once"
    ),
    "lists": _("Files of lists of people, after a week"),
    "results": _("Tables and sheets of badges that were asked for, at their day"),
    "documents": _("Data of documents, thirty days after the forum or the visit"),
    "pictures": _("Photos and pictures of documents, thirty days after the forum"),
    "birth_dates": _("Dates of birth, once the forum is over"),
    "people": _("Names, emails, letters and sign-ins of everybody, thirty days after the forum"),
}
"""By the kind of a line of the plan (`registration.queries.retention`)."""


def planned_label(line: Planned) -> str:
    """What goes, and when."""
    if line.kind == "answers":
        words = ngettext(
            "Answers to questions that are kept %(days)s day after the forum",
            "Answers to questions that are kept %(days)s days after the forum",
            line.days,
        )
        return words % {"days": line.days}
    return str(PLANNED[line.kind])


def act_label(action: str) -> str:
    """What people call this act; its name when we know no better."""
    if action not in acts:
        return action
    return str(acts[action])


def answer_label(field: str) -> str:
    """What people call this answer; a question of a form goes by its name in tables."""
    return str(LABELS.get(field) or COLUMNS.get(field) or field.removeprefix("answer."))
