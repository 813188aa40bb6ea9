"""Why a file or a row was not taken, and what helps: in the language active at the call."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

from forum.uploads import UploadError, problem_words
from registration.engine.imports.files import ImportFileError

FIELDS: dict[str, "_StrPromise"] = {
    "full_name": _("Full name"),
    "surname": _("Surname"),
    "given_name": _("Given name"),
    "patronymic": _("Patronymic"),
    "latin_surname": _("Surname in Latin letters"),
    "latin_given_name": _("Given name in Latin letters"),
    "native_name": _("Native spelling"),
    "badge_name": _("Name on the badge"),
    "birth_date": _("Date of birth"),
    "citizenship": _("Citizenship of the document"),
    "email": _("Email"),
    "language": _("Language of letters"),
    "languages": _("Languages spoken"),
    "delegation": _("Country or region"),
    "organisation": _("Organisation"),
    "position": _("Position"),
    "position_short": _("Position on the badge"),
    "category": _("Category"),
    "external_id": _("Number in your list"),
}
"""What a column can be."""

FILES: dict[str, tuple["_StrPromise", "_StrPromise"]] = {
    "file.empty": (_("The file is empty."), _("Choose the file with the list.")),
    "file.too_large": (
        _("The file is larger than %(most)s MB."),
        _("Remove pictures and other sheets, or hand the list in as several files."),
    ),
    "file.type": (
        _("Only tables are taken: .xlsx or .csv."),
        _("Open the list in your spreadsheet and save it as .xlsx."),
    ),
    "file.old_excel": (
        _("This is an old Excel file (.xls), or it has a password."),
        _("Open it, take the password off and save it as .xlsx."),
    ),
    "file.not_what_it_says": (
        _("The content is not what the ending of the name says."),
        _("Open the list in your spreadsheet and save it anew as .xlsx or .csv."),
    ),
    "file.bomb": (
        _("Unpacked, this file would be far too large."),
        _("Copy the table into a new file and save it as .xlsx."),
    ),
    "file.damaged": (
        _("The file is damaged and cannot be read."),
        _("Open it in your spreadsheet and save it anew as .xlsx."),
    ),
    "file.encoding": (
        _("The letters cannot be read in this encoding."),
        _("Choose another encoding, or save the list as .xlsx."),
    ),
    "file.no_rows": (_("There is no person in the table."), _("Put the people on the first sheet, one in each row.")),
    "file.no_header": (
        _("The first row does not name the columns."),
        _("Put a row above the people: for example Surname, Given name, Email."),
    ),
    "file.many_rows": (_("There are more than %(most)s rows."), _("Hand the list in as several files.")),
    "file.many_columns": (
        _("There are more than %(most)s columns."),
        _("Keep only the columns with the people's data."),
    ),
}
"""Code of `ImportFileError` -> reason and remedy."""

ROWS: dict[str, tuple["_StrPromise", "_StrPromise"]] = {
    "missing": (_("The surname is missing."), _("Write it into the column of the surname or of the full name.")),
    "twice": (
        _("This person stands in the list already."),
        _("Delete the row, or give each person a number of their own."),
    ),
    "too_long": (_("The text is too long."), _("Shorten it.")),
    "email_invalid": (_("This is not an email address."), _("One address in each cell, like name@example.org.")),
    "country_unknown": (_("There is no such country."), _("Write its name or its two letters: RU, BY, UZ.")),
    "region_unknown": (
        _("This country or region has no delegation at the forum."),
        _("Write the name as in the list of delegations, or the code: RU-TOM, UZ."),
    ),
    "region_other": (
        _("This person belongs to another delegation."),
        _("Your list brings people of your own delegation; leave the cell empty for them."),
    ),
    "category_unknown": (
        _("There is no such category."),
        _("Write its name or code as in the settings, or leave the cell empty."),
    ),
    "letters_language_unknown": (
        _("We do not write letters in this language."),
        _("Write Russian, English, Uzbek or Belarusian."),
    ),
    "language_unknown": (
        _("This language is not on our list."),
        _("Separate languages with commas; leave out those we do not know."),
    ),
    "date_unreadable": (_("This is not a date."), _("Write it as 17.05.1985.")),
    "date_impossible": (_("Nobody was born on this day."), _("Check the year.")),
    "name.too_long": (_("This is longer than 100 characters."), _("Shorten it as the document does.")),
    "name.no_letters": (_("There is no letter in it."), _("Write the name in letters.")),
    "name.empty": (_("There is no letter in it."), _("Write the name in letters.")),
    "name.not_latin": (
        _("There are letters in it that are not Latin."),
        _("Use A–Z, a hyphen, a space or an apostrophe, as in the document."),
    ),
    "name.not_cyrillic": (
        _("There are letters in it that are not Cyrillic."),
        _("Latin letters go into the columns for Latin letters."),
    ),
    "name.not_printable": (_("This contains characters that cannot be printed."), _("Type the name again by hand.")),
    "email_missing": (
        _("The email is missing."),
        _("An invitation needs the address it goes to: write one."),
    ),
    "invited_already": (
        _("This address has a living invitation to this category."),
        _("Nothing to do: remind them, or withdraw that one first."),
    ),
    "already_applied": (
        _("This person has begun an application by themselves."),
        _("Nothing to do: it stays as it is."),
    ),
    "already_here": (
        _("There is an application with this name and address already."),
        _("Should the person come with your delegation, write to the organisers."),
    ),
    "changed_since": (
        _("The person or an officer has changed this since."),
        _("It stays as it is. Correct it on the person's page if need be."),
    ),
    "not_editable": (
        _("The application has been sent since."),
        _("It stays as it is. Correct it on the person's page if need be."),
    ),
}
"""Code of a row's problem -> reason and remedy."""


def file_problem(error: ImportFileError) -> tuple[str, str]:
    """Reason and remedy; what the virus scanner says has words of its own."""
    if error.code not in FILES:
        return problem_words(UploadError(error.code))
    reason, remedy = FILES[error.code]
    return str(reason) % error.data, str(remedy) % error.data


def problem_text(field: str, code: str) -> str:
    """“Email: this is not an email address. One address in each cell…”"""
    reason, remedy = ROWS[code]
    return f"{FIELDS[field]}: {reason} {remedy}"
