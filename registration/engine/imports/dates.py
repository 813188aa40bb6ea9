"""Days as spreadsheets hold them: 17.05.1985, 1985-05-17, or the number of the day that Excel counts."""

import re
from datetime import date, timedelta

_POINTED = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_SERIAL = re.compile(r"[1-9]\d{2,4}")
_EXCEL_BEGINS = date(1899, 12, 30)
"""Day 0: Excel believes in a 29 February 1900, so from March 1900 on this is the right beginning."""


def read_date(text: str) -> date | None:
    """The day, or None when it is no day. Numbers below 100 are none: before March 1900 Excel counts wrong, and 85 is a year."""
    text = text.strip()
    try:
        if match := _POINTED.fullmatch(text):
            day, month, year = map(int, match.groups())
            return date(year, month, day)
        if match := _ISO.fullmatch(text):
            return date(*map(int, match.groups()))
    except ValueError:
        return None
    if _SERIAL.fullmatch(text):
        return _EXCEL_BEGINS + timedelta(days=int(text))
    return None
