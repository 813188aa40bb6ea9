"""Taking the rows of a list over as invitations, and taking a list of them back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from forum.actions.bell import hurry_lane
from forum.enums import Lane
from forum.models import Account, Forum
from registration.actions.invitations import Wording, compose, note, send_invitation, withdraw_invitation
from registration.engine.imports.rows import Row
from registration.enums import ImportOutcome, ImportUndone, InvitationState
from registration.models import Category, Delegation, ImportRow, ImportRun, Invitation, InvitationBatch
from registration.queries.imports import Planned, table_of_run
from registration.queries.invitation_lists import plan_of_run, rows_to_plan

CHUNK = 200
SAID = ("email", "surname", "given_name", "patronymic", "latin_surname", "latin_given_name", "organisation", "position")
BACK = (InvitationState.WRITTEN, InvitationState.SENT)
"""What a list that is taken back takes along; whoever has opened their invitation keeps it."""


def take_over_invitations(
    run: ImportRun, batch: InvitationBatch, *, by: Account | None, tell: Callable[[Sequence[ImportRow]], None]
) -> None:
    """As `registration.actions.import_rows.take_over`: a chunk in each transaction, written rows are passed over."""
    writer = _Writer.of(run, batch, by)
    rows = rows_to_plan(run, table_of_run(run))
    for at in range(0, len(rows), CHUNK):
        tell(writer.write(rows[at : at + CHUNK]))


@dataclass(frozen=True)
class _Writer:
    run: ImportRun
    batch: InvitationBatch
    by: Account | None
    categories: dict[str, Category]
    delegations: dict[str, Delegation]

    @classmethod
    def of(cls, run: ImportRun, batch: InvitationBatch, by: Account | None) -> "_Writer":
        """With what rows name by code."""
        categories = {one.code: one for one in Category.objects.filter(forum=run.forum)}
        found = Delegation.objects.filter(forum=run.forum).select_related("region")
        return cls(run, batch, by, categories, {one.region.code: one for one in found})

    @transaction.atomic(durable=True)
    def write(self, rows: Sequence[Row]) -> list[ImportRow]:
        """One chunk. Invitations of one edition are written one after the other, so that none is written twice."""
        Forum.objects.select_for_update(no_key=True).get(pk=self.run.forum_id)
        numbers = {row.number for row in rows}
        written = list(ImportRow.objects.filter(run=self.run, number__in=numbers).defer("before"))
        before = {row.number for row in written}
        planned = plan_of_run(self.run, [row for row in rows if row.number not in before])
        made = ImportRow.objects.bulk_create([self._row(one) for one in planned])
        new = [(one, row) for one, row in zip(planned, made, strict=True) if one.outcome == ImportOutcome.NEW]
        self._invite(new)
        return written + made

    def _row(self, one: Planned) -> ImportRow:
        problems = [list(problem) for problem in one.problems]
        return ImportRow(run=self.run, number=one.row.number, outcome=one.outcome, problems=problems)

    def _invite(self, new: Sequence[tuple[Planned, ImportRow]]) -> None:
        invitations = Invitation.objects.bulk_create([self._invitation(one.row, row) for one, row in new])
        for invitation in invitations:
            note("invitation.written", invitation, by=self.by, list=str(self.run.public_id))
            if self.run.sends_letters:
                send_invitation(invitation, by=self.by, hurry=False)
        if invitations and self.run.sends_letters:
            hurry_lane(Lane.BULK)

    def _invitation(self, row: Row, written: ImportRow) -> Invitation:
        answers = row.answers
        said: dict[str, Any] = {name: answers[name] for name in SAID if name in answers}
        wording = Wording(
            category=self.categories[answers["category"]],
            delegation=self.delegations.get(answers.get("delegation", "")),
            language=answers.get("language", self.run.language),
            skips_review=self.batch.skips_review,
            expires_at=self.batch.expires_at,
            **said,
        )
        return compose(self.run.forum, wording, by=self.by, batch=self.batch, row=written)


def take_back_invitations(run: ImportRun, *, by: Account | None, tell: Callable[[int], None]) -> None:
    """Every invitation of the list that nobody has opened is withdrawn. May be run again after a crash."""
    rows = run.rows.filter(outcome=ImportOutcome.NEW, undone="")
    tell(run.rows.count() - rows.count())
    for row in rows.order_by("number"):
        _take_back(row, by=by)
        tell(1)


@transaction.atomic(durable=True)
def _take_back(row: ImportRow, *, by: Account | None) -> None:
    found = Invitation.objects.select_for_update(of=("self",)).select_related("forum", "category")
    invitation = found.filter(row=row).first()
    taken = bool(invitation and invitation.state in BACK and withdraw_invitation(invitation, by=by))
    ImportRow.objects.filter(pk=row.pk).update(undone=ImportUndone.REMOVED if taken else ImportUndone.KEPT)
