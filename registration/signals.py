"""News for the rooms above. Sent inside the transaction, so a receiver may refuse by raising."""

from django.dispatch import Signal

registration_moved = Signal()
"""kwargs: registration, was, to (`RegistrationState`), by (`Account | None`)."""

person_changed = Signal()
"""A name or another printed fact of a registration changed. kwargs: registration."""
