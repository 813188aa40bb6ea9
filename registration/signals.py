"""News for the rooms above. Sent inside the transaction, so a receiver may refuse by raising."""

from django.dispatch import Signal

registration_moved = Signal()
"""kwargs: registration, was, to (`RegistrationState`), by (`Account | None`)."""

consent_changed = Signal()
"""A consent was given or withdrawn. kwargs: registration, purpose (`ConsentPurpose`), receiver (`Organisation | None`), given
(`bool`), by.
"""

document_changed = Signal()
"""Somebody's document was entered, changed or erased. kwargs: registration, changed (names of columns), erased (`bool`), by;
of an erasure its basis (`ErasureBasis`).
"""

picture_dropped = Signal()
"""A picture is erased or replaced. kwargs: registration, kind (`PictureKind`), key (of the row that was)."""

person_erased = Signal()
"""Everything about a person is being emptied. kwargs: registration, basis (`ErasureBasis`), by, kinds (list to add to)."""

person_changed = Signal()
"""A name or another printed fact of a registration changed. kwargs: registration."""
