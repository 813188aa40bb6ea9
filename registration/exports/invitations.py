"""The report on invitations and codes as a table: figures and names of groups, nobody's name."""

from collections.abc import Iterator

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from forum.models import Forum
from forum.tables import CSV, XLSX, csv_table, xlsx_table
from registration.queries.invitation_report import usage_by_batch, usage_by_category, usage_by_code

WIDTHS = (14, 34, 14, 12, 12, 12, 12, 12, 12, 12, 12)
KINDS = {"csv": CSV, "xlsx": XLSX}
"""Endings of the file and what it is."""


def report_table(forum: Forum, *, kind: str) -> bytes:
    """Three parts one below the other, each with its own head."""
    rows = list(_rows(forum))
    return csv_table(rows) if kind == "csv" else xlsx_table(rows, title=_("Invitations"), widths=WIDTHS)


def file_name(kind: str) -> str:
    """By its day."""
    return f"invitations-{localdate():%Y-%m-%d}.{kind}"


def heads() -> list[str]:
    """Of the figures of invitations."""
    return [
        pgettext("invitations", "Written"),
        pgettext("invitations", "Sent"),
        pgettext("invitations", "Opened"),
        pgettext("invitations", "Used"),
        pgettext("invitations", "Approved"),
        pgettext("invitations", "Declined"),
        pgettext("invitations", "Withdrawn"),
        pgettext("invitations", "Expired"),
    ]


def code_heads() -> list[str]:
    """Of the figures of codes."""
    return [
        _("Uses"),
        _("Begun"),
        pgettext("applications", "Sent"),
        pgettext("applications", "Approved"),
        _("Given back"),
    ]


def _rows(forum: Forum) -> Iterator[list[str]]:
    yield [_("By"), _("Name"), "", *heads()]
    for label, lines in ((_("Category"), usage_by_category(forum)), (_("List"), usage_by_batch(forum))):
        yield from ([label, line.name, "", *map(str, line.figures)] for line in lines)
    if codes := usage_by_code(forum):
        yield []
        yield [_("By"), _("Name"), _("Code"), _("Category"), *code_heads()]
        yield from ([_("Code"), one.name, one.code, one.category, *map(str, one.figures)] for one in codes)
