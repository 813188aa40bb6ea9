"""What the checks of a document say, with what helps: in the language active at the call."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_AS_PRINTED = _("Copy it from the document, sign by sign.")
_WORDS: dict[str, tuple["_StrPromise", "_StrPromise"]] = {
    "missing": (_("This is still missing."), _("Copy it from the document you will show.")),
    "kind_russian": (
        _("You said that another country issued your document."),
        _("Choose the passport of that country, or have the organisers correct your citizenship."),
    ),
    "kind_foreign": (
        _("You said that Russia issued your document."),
        _("Choose a Russian passport, or have the organisers correct your citizenship."),
    ),
    "series_4_digits": (_("The series of a Russian passport has four digits."), _AS_PRINTED),
    "number_6_digits": (_("The number of a Russian passport has six digits."), _AS_PRINTED),
    "series_2_digits": (_("The series of a travel passport has two digits."), _AS_PRINTED),
    "number_7_digits": (_("The number of a travel passport has seven digits."), _AS_PRINTED),
    "number_signs": (
        _("The number has 4 to 20 Latin letters and digits."),
        _("Copy it from the document, sign by sign, in Latin letters."),
    ),
    "department_code": (
        _("A department code has six digits."),
        _("Write it like 420-001; it stands beside the date of issue."),
    ),
    "issued_in_future": (_("The document cannot be issued later than today."), _("Check the date of issue.")),
    "issued_before_birth": (
        _("The document cannot be older than you."),
        _("Check the date of issue and the date of birth."),
    ),
    "issued_before_14": (
        _("A Russian passport is given from the age of 14."),
        _("Check the date of issue and the date of birth."),
    ),
    "issued_long_ago": (_("No document is that old."), _("Check the year of issue.")),
    "expires_before_issue": (
        _("The document cannot end before it was issued."),
        _("Check the date of issue and the date of expiry."),
    ),
    "birth_impossible": (_("This cannot be a date of birth."), _("Check the year.")),
    "mrz_shape": (
        _("These are not the lines of a passport or a card."),
        _("A passport has two lines of 44 signs, a card three of 30: copy them whole, with every «<»."),
    ),
    "mrz_number": (_("The number in the lines does not fit its check digit."), _AS_PRINTED),
    "mrz_birth": (_("The date of birth in the lines does not fit its check digit."), _AS_PRINTED),
    "mrz_expiry": (_("The date of expiry in the lines does not fit its check digit."), _AS_PRINTED),
    "mrz_whole": (_("One sign of the lines is wrong: the last check digit does not fit."), _AS_PRINTED),
    "date_unreadable": (_("This is not a date."), _("Write it like 31.12.1990.")),
    "expired": (
        _("This document has expired."),
        _("With it nobody is let in. Renew it and enter the new one here before the list closes."),
    ),
    "expires_before_forum": (
        _("This document expires before the forum ends."),
        _("Renew it in time and enter the new one here."),
    ),
    "renewal": (
        _("A Russian passport is renewed at 20 and at 45."),
        _("If you get a new one before the forum, enter it here: the gate compares the number."),
    ),
    "unusual_number": (
        _("Passports of your country usually have two letters and seven digits."),
        _("Check the number. If it is right, leave it as it is."),
    ),
    "under_age": (
        _("You will be under 18 on the first day."),
        _("The forum needs the consent of a parent or guardian: write to the organisers now."),
    ),
}


def words_of(code: str) -> tuple[str, str]:
    """Reason and remedy."""
    reason, remedy = _WORDS[code]
    return str(reason), str(remedy)
