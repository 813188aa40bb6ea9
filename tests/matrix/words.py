"""Words that stand nowhere else: whatever shows a thing of the world gives itself away by them."""

import re
from collections.abc import Mapping

PEOPLE = {
    "anna": ("Аннушкина", "ANNUSHKINA"),
    "anna-draft": ("Эскизникова", "ESKIZNIKOVA"),
    "boris": ("Борискин", "BORISKIN"),
    "galina": ("Галинина", "GALININA"),
    "lev-draft": ("Левашёв", "LEVASHEV"),
    "nina": ("Нинашева", "NINASHEVA"),
    "pavel": ("Павлушин", "PAVLUSHIN"),
    "vera": ("Веринская", "VERINSKAIA"),
    "past": ("Прошлогодова", "PROSHLOGODOVA"),
    "rita": ("Спискович", "SPISKOVICH"),
    "yan": ("Подписальский", "PODPISALSKI"),
    "zoya": ("Бумажкевич", "BUMAZHKEVICH"),
}
INVITED = {
    "olga": ("Приглашалкина", "olga@invited.example"),
    "olga-past": ("Давнозванова", "olga-past@invited.example"),
}
DOCUMENTS = {"anna": "Засекреченный отдел"}
"""By whom the document was issued: no page shows it without a reason."""
DRIVERS = {"valid": "Шоферкин", "past": "Ямщикова"}
SPEAKERS = {
    "spb": ("Невогорская", "NEVOGORSKAIA"),
    "guest": ("Гостевальская", "GOSTEVALSKAIA"),
    "kem": ("Угольникова", "UGOLNIKOVA"),
    "quiet": ("Молчаливцева", "MOLCHALIVTSEVA"),
    "past": ("Былиннова", "BYLINNOVA"),
}
SESSIONS = {
    "spb": ("Мостоведение", "Bridgeworks"),
    "spb-draft": ("Белоночье", "Whitenights"),
    "shared": ("Совместница", "Togetherness"),
    "kem": ("Чернозолотье", "Blackgold"),
    "kem-draft": ("Тайнопись", "Secretdraft"),
    "tom-draft": ("Сибиряковедение", "Tomskstudies"),
    "past": ("Давнопрошедшее", "Longago"),
}
PLANTS = {
    "azot": ("Аммиакоград", "Ammoniatown"),
    "kru": ("Карьероведение", "Quarrystudies"),
    "past": ("Былозавод", "Oncefactory"),
}
ANSWERS = {"why": ("Любознатовна", "Lyuboznatovna"), "diet": ("Капустоедова", "Kapustoedova")}
"""To the questions of Anna's category: one for the officers, one for the visit coordinators."""
WORDS = {
    **PEOPLE,
    **{f"{key}@": (email,) for key, email in ((key, f"{key}@delegates.example") for key in PEOPLE)},
    **{f"invited {key}": words for key, words in INVITED.items()},
    **{f"document {key}": (word,) for key, word in DOCUMENTS.items()},
    **{f"driver {key}": (word,) for key, word in DRIVERS.items()},
    **{f"speaker {key}": words for key, words in SPEAKERS.items()},
    **{f"session {key}": words for key, words in SESSIONS.items()},
    **{f"answer {key}": words for key, words in ANSWERS.items()},
    **{f"plant {key}": words for key, words in PLANTS.items()},
}
"""Thing -> its words. A person's address counts apart from the name: many may read names, few addresses."""


class Finder:
    """Finds things in a text by their words, and by what they are called in addresses and lists (`ids`)."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        words = {word: thing for thing, words in WORDS.items() for word in words}
        self._things = {word.lower(): thing for word, thing in (words | dict(ids)).items()}
        longest_first = sorted(map(re.escape, self._things), key=len, reverse=True)
        self._any = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})")

    def __call__(self, text: str) -> set[str]:
        """Their names, whatever the case of the letters."""
        return {self._things[word] for word in self._any.findall(text.lower())}
