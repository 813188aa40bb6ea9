"""What an officer found out about two applications: these are two people, and taking that back."""

from django.db import transaction
from django.utils.translation import gettext as _

from forum.errors import DomainError
from forum.models import Account
from registration.actions.merging import note_on_both
from registration.models import NotSame, Registration


@transaction.atomic
def set_apart(one: Registration, other: Registration, *, by: Account) -> bool:
    """Remember that these are two people. False when somebody has said so already."""
    first, second = sorted((one, other), key=lambda row: row.pk)
    if first.pk == second.pk or first.forum_id != second.forum_id:
        raise DomainError("merge.same", _("Choose two different applications of one edition."))
    _row, made = NotSame.objects.get_or_create(
        first=first, second=second, defaults={"forum_id": first.forum_id, "by": by}
    )
    if made:
        note_on_both("set_apart", first, second, by=by)
    return made


@transaction.atomic
def suspect_again(one: Registration, other: Registration, *, by: Account) -> bool:
    """Take that back. False when nobody has said so."""
    first, second = sorted((one, other), key=lambda row: row.pk)
    gone, _kinds = NotSame.objects.filter(first=first, second=second).delete()
    if gone:
        note_on_both("suspected_again", first, second, by=by)
    return bool(gone)
