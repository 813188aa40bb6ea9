"""The register of consents as a table. Nobody is named in it whose consent to processing is withdrawn."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from forum.models import Forum
from forum.names import full_latin, full_russian
from forum.refs import format_ref
from forum.tables import CSV, XLSX, csv_table, xlsx_table
from registration.models import Consent
from registration.queries.consents import withdrawal_of
from registration.queries.people import name_of

WIDTHS = (14, 34, 34, 24, 8, 10, 18, 12, 30, 18, 18, 24, 18, 66)
KINDS = {"csv": CSV, "xlsx": XLSX}
"""Endings of the file and what it is."""


def consents_table(consents: Iterable[Consent], *, forum: Forum, kind: str) -> bytes:
    """`consents` of `registration.queries.consent_register.register`; times on the forum's clock."""
    rows = [_heads(), *(list(_cells(consent, ZoneInfo(forum.timezone))) for consent in consents)]
    return csv_table(rows) if kind == "csv" else xlsx_table(rows, title=_("Consents"), widths=WIDTHS)


def shown_name(consent: Consent) -> str:
    """Of a row of the register: empty for a draft, and while the consent to processing is withdrawn."""
    name = name_of(consent.person)
    return (full_russian(name) or full_latin(name) or name.native) if getattr(consent, "ref", None) else ""


def _heads() -> list[str]:
    moments = [_("Signed on"), _("Witness"), _("Given"), _("Taken back"), _("How it was taken back"), _("Received on")]
    return [
        _("Reference"),
        _("Name"),
        _("Purpose"),
        _("Receiver"),
        _("Version"),
        _("Language"),
        _("Evidence"),
        *moments,
        "SHA-256",
    ]


def _cells(consent: Consent, zone: ZoneInfo) -> Iterator[str]:
    withdrawal = withdrawal_of(consent)
    yield format_ref(getattr(consent, "ref", None) or "")
    yield shown_name(consent)
    yield str(consent.document.get_purpose_display())
    yield consent.document.receiver.name if consent.document.receiver else ""
    yield str(consent.document.version)
    yield str(dict(settings.LANGUAGES)[consent.language])
    yield str(consent.get_evidence_display())
    yield consent.signed_on.isoformat() if consent.signed_on else ""
    yield consent.witness
    yield _local(consent.given_at, zone)
    yield _local(withdrawal.withdrawn_at, zone) if withdrawal else ""
    yield str(withdrawal.get_way_display()) if withdrawal else ""
    yield withdrawal.received_on.isoformat() if withdrawal and withdrawal.received_on else ""
    yield consent.text_hash


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
