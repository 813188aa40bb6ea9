"""Which pictures people of a category may hand in."""

from django.db import transaction

from forum.actions.audit import record
from forum.models import Account
from registration.models import Category


@transaction.atomic
def set_pictures(category: Category, *, takes_photos: bool, takes_scans: bool, by: Account) -> bool:
    """Switch both on or off. False when nothing changed.

    What was handed in is erased by nobody: it stays until its date or until the person takes it back. Badges show a photo
    only while the category takes photos, so those on paper become stale.
    """
    locked = Category.objects.select_for_update(no_key=True).get(pk=category.pk)
    was_photos, was_scans = locked.takes_photos, locked.takes_scans
    if (was_photos, was_scans) == (takes_photos, takes_scans):
        return False
    locked.takes_photos, locked.takes_scans = takes_photos, takes_scans
    locked.save(update_fields=["takes_photos", "takes_scans"])
    record(
        "category.pictures_set",
        on=("category", locked.code),
        forum=locked.forum,
        by=by,
        was_photos=was_photos,
        was_scans=was_scans,
        photos=takes_photos,
        scans=takes_scans,
    )
    return True
