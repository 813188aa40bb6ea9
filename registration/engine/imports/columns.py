"""What a column is about, guessed from its head in Russian, English, Uzbek and Belarusian."""

import re
from collections.abc import Callable, Sequence

from forum.names import fold

SYNONYMS: dict[str, tuple[str, ...]] = {
    field: tuple(word.strip() for word in words.split(","))
    for field, words in {
        "full_name": (
            "фио, ф и о, фамилия имя отчество, фамилия имя, фамилия и имя, участник, полное имя, full name, "
            "name, participant, toliq ismi, f i sh, fish, familiya ism, прозвішча імя імя па бацьку, пі б, "
            "піб"
        ),
        "surname": "фамилия, surname, last name, family name, familiya, familiyasi, прозвішча, фамилия рус",
        "given_name": "имя, given name, first name, ism, ismi, імя, имя рус",
        "patronymic": "отчество, patronymic, middle name, otasining ismi, sharifi, імя па бацьку, отчество рус",
        "latin_surname": (
            "фамилия латиницей, фамилия лат, фамилия англ, фамилия на английском, surname latin, latin "
            "surname, surname in latin letters, surname as in passport, lotin familiya, familiya lotin, "
            "прозвішча лацінкай, last name latin"
        ),
        "latin_given_name": (
            "имя латиницей, имя лат, имя англ, имя на английском, given name latin, latin given name, given "
            "name in latin letters, first name latin, lotin ism, ism lotin, імя лацінкай"
        ),
        "native_name": (
            "имя на родном языке, фио на родном языке, native name, native spelling, name in native "
            "language, ona tilidagi ismi, імя на роднай мове"
        ),
        "badge_name": "имя на бейдже, имя для бейджа, badge name, name on the badge, beyjdagi ism, імя на бэйджы",
        "birth_date": (
            "дата рождения, д р, день рождения, date of birth, birth date, birthday, dob, tugilgan sana, "
            "tugilgan sanasi, дата нараджэння"
        ),
        "citizenship": (
            "гражданство, citizenship, nationality, страна гражданства, страна паспорта, fuqaroligi, "
            "fuqarolik, грамадзянства"
        ),
        "email": (
            "email, e mail, mail, почта, эл почта, электронная почта, электронный адрес, адрес электронной "
            "почты, имейл, elektron pochta, pochta, электронная пошта, пошта"
        ),
        "language": (
            "язык писем, язык переписки, язык сообщений, language of letters, letters language, xatlar tili, "
            "мова лістоў, мова ліставання"
        ),
        "languages": (
            "языки, язык, владение языками, какими языками владеет, languages, languages spoken, spoken "
            "languages, language, tillar, biladigan tillari, мовы, мова"
        ),
        "delegation": (
            "делегация, регион, субъект рф, субъект российской федерации, область, страна или регион, "
            "страна, delegation, region, country, country or region, delegatsiya, hudud, mamlakat, viloyat, "
            "дэлегацыя, рэгіён, вобласць, краіна"
        ),
        "organisation": (
            "организация, компания, место работы, предприятие, учреждение, работодатель, organisation, "
            "organization, company, employer, affiliation, tashkilot, ish joyi, kompaniya, арганізацыя, "
            "кампанія, месца працы"
        ),
        "position": "должность, position, job title, title, lavozim, lavozimi, пасада",
        "position_short": (
            "должность кратко, должность на бейдже, краткая должность, short position, position on the "
            "badge, qisqa lavozim, пасада коратка"
        ),
        "category": (
            "категория, категория участника, статус, тип участия, category, participation, role, toifa, катэгорыя"
        ),
        "external_id": (
            "id, ид, код, внешний код, табельный номер, external id, external_id, identifier, person id, "
            "tashqi id, знешні код"
        ),
    }.items()
}
"""Field -> heads that mean it."""
FIELDS = tuple(SYNONYMS)
ASKED_LATER = frozenset({"birth_date"})
"""The consent to take part does not name it: it is asked when a plant visit is booked (data minimisation)."""
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
MOST_HEAD = 120
"""Characters of a head that are looked at."""


def head_keys(head: str) -> tuple[str, str]:
    """A head as it is compared, whole and without what stands in brackets: no case, no apostrophes, no signs."""
    return fold(head[:MOST_HEAD]), fold(_ASIDE.sub(" ", head[:MOST_HEAD]))


_KNOWN = {fold(word): field for field, words in SYNONYMS.items() for word in words}
_LONGEST_FIRST = sorted(_KNOWN, key=len, reverse=True)


def knows(head: str) -> bool:
    """Whether the head says what its column is about."""
    return any(find(head) for find in _WAYS)


def guess(heads: Sequence[str]) -> tuple[str, ...]:
    """One field for each head, empty where none is meant. No field is given twice: the exact head wins, then the first."""
    taken: dict[str, int] = {}
    for find in _WAYS:
        for at, head in enumerate(heads):
            field = find(head)
            if field and field not in taken and at not in taken.values():
                taken[field] = at
    found = {at: field for field, at in taken.items()}
    return tuple(found.get(at, "") for at in range(len(heads)))


def preselected(heads: Sequence[str]) -> tuple[str, ...]:
    """The guess without what is asked later and only of those who need it: an officer may choose it knowingly."""
    return tuple("" if field in ASKED_LATER else field for field in guess(heads))


def _exact(head: str) -> str:
    whole, bare = head_keys(head)
    return _KNOWN.get(whole) or _KNOWN.get(bare, "")


def _held(head: str) -> str:
    """“Фамилия участника” holds “фамилия”: the longest known head that stands in it as whole words."""
    for key in head_keys(head):
        for word in _LONGEST_FIRST:
            if len(word) > 3 and f" {word} " in f" {key} ":
                return _KNOWN[word]
    return ""


_WAYS: tuple[Callable[[str], str], ...] = (_exact, _held)
