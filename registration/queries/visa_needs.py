"""What an invitation letter needs of somebody's document."""

from collections.abc import Mapping, Sequence

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from registration.enums import VISA_ASKS, DocumentField
from registration.models import Registration, VisaCase
from registration.needs import Need, NeedSource

F = DocumentField
FIELDS = frozenset({F.NUMBER, F.ISSUED_ON, F.EXPIRES_ON, F.BIRTH_DATE, F.BIRTH_PLACE, F.SEX})
"""What consulates ask of an invited person, and nothing else."""


def letter_needs(registrations: Sequence[Registration]) -> Mapping[int, list[Need]]:
    """By application: everybody whose case asks for a letter. One query."""
    asks = VisaCase.objects.filter(registration__in=registrations, state__in=VISA_ASKS)
    wanted = set(asks.values_list("registration_id", flat=True))
    return {one.pk: [_need(one)] for one in registrations if one.pk in wanted}


def _need(registration: Registration) -> Need:
    forum = registration.forum
    return Need(
        fields=FIELDS,
        why=_("The invitation letter with which you apply for the visa names your passport."),
        seen_by=_("the organisers' accreditation officers, and the consulate to which you show the letter"),
        until=forum.ends_on,
        is_open=localdate() <= forum.ends_on,
    )


SOURCE = NeedSource(find=letter_needs, roles=frozenset())
