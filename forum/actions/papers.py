"""Issuing numbered papers, keeping what a worker drew, and making them void."""

import logging
from collections.abc import Callable
from datetime import date

from django.db import InterfaceError, OperationalError, transaction
from django.utils.timezone import now

from forum.actions.files import give_up_file, store_sealed
from forum.models import Account, Forum, Paper, PaperCounter, StoredFile
from forum.queries.papers import seal_of
from forum.registry import paper_kinds

logger = logging.getLogger(__name__)
STORED_AS = "paper"


@transaction.atomic
def issue_paper(
    kind: str, *, forum: Forum, about: tuple[str, object], by: Account | None, valid_until: date | None = None
) -> Paper:
    """The next number of this kind. It is taken under the lock of the counter and goes back with a rollback: no gaps.

    The caller holds the lock of what the paper is about, and has made an earlier one void: of two valid papers about one
    thing the database refuses the second.
    """
    paper_kinds[kind]  # an unregistered kind is a programming error: fail before a number is taken
    PaperCounter.objects.get_or_create(forum=forum, kind=kind)
    counter = PaperCounter.objects.select_for_update().get(forum=forum, kind=kind)
    counter.last += 1
    counter.save(update_fields=["last"])
    return Paper.objects.create(
        forum=forum,
        kind=kind,
        layout=paper_kinds[kind].layout,
        number=counter.last,
        subject_kind=about[0],
        subject_id=str(about[1]),
        issued_by=by,
        valid_until=valid_until,
    )


def store_drawing(paper: Paper, content: bytes) -> StoredFile:
    """The bytes, sealed for this paper. Before the transaction that keeps them: writing a file must hold no locks."""
    return store_sealed(
        content,
        sealed_for=seal_of(paper),
        purpose=STORED_AS,
        name=f"{paper.kind}-{paper.number}.pdf",
        content_type="application/pdf",
    )


@transaction.atomic
def keep_drawing(paper: Paper, stored: StoredFile) -> bool:
    """Of several workers the first one keeps its drawing. False where another one was first, or the paper has become
    void meanwhile: then the bytes go. The caller holds the lock of what the paper is about.
    """
    fresh = Paper.objects.select_for_update().get(pk=paper.pk)
    if fresh.voided_at is not None or fresh.drawn_at is not None:
        give_up_file(stored)
        return False
    fresh.file, fresh.drawn_at = stored, now()
    fresh.save(update_fields=["file", "drawn_at"])
    return True


def draw_undrawn(kind: str, draw: Callable[..., bool]) -> int:
    """Papers that a lost broker forgot, or that a worker died over. Returns how many were drawn; one that cannot be drawn
    stands in the log and does not hold up the others.
    """
    waiting = Paper.objects.filter(kind=kind, voided_at=None, drawn_at=None).order_by("pk")
    return sum(_drawn(pk, draw) for pk in waiting.values_list("pk", flat=True))


def _drawn(pk: int, draw: Callable[..., bool]) -> bool:
    try:
        return draw(paper_id=pk)
    except (OperationalError, InterfaceError):  # the database is away: the next sweep begins anew
        raise
    except Exception:
        logger.exception("paper %s cannot be drawn", pk)
        return False


@transaction.atomic
def void_paper(paper: Paper) -> bool:
    """From now on it is not valid, and its bytes go. The caller says why in the log. Voiding twice is voiding once."""
    fresh = Paper.objects.select_for_update(of=("self",)).select_related("file").get(pk=paper.pk)
    if fresh.voided_at is not None:
        return False
    _drop_file(fresh, voided_at=now())
    return True


@transaction.atomic
def erase_drawing(paper: Paper) -> bool:
    """The bytes go, the paper stays what it is: the term of its data is over."""
    fresh = Paper.objects.select_for_update(of=("self",)).select_related("file").get(pk=paper.pk)
    if fresh.file is None:
        return False
    _drop_file(fresh)
    return True


def _drop_file(paper: Paper, **changes: object) -> None:
    file = paper.file
    Paper.objects.filter(pk=paper.pk).update(file=None, **changes)
    if file is not None:
        give_up_file(file)
