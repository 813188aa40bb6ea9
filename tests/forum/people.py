"""Fictional people whose names are hard: the speakers and edge cases of the demonstration forum.

Every Latin name is what the person's document says. `method` tells how the document got it.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Somebody:
    """Names as they stand in documents; empty where there is none."""

    surname: str
    given: str
    patronymic: str
    latin_surname: str
    latin_given: str
    method: Literal["icao", "passport"] = "icao"
    belarusian: str = ""
    uzbek_latin: str = ""
    uzbek_cyrillic: str = ""


SPEAKERS = [
    Somebody("Примерова", "Анна", "Ильинична", "PRIMEROVA", "ANNA"),
    Somebody("Макетов", "Глеб", "Андреевич", "MAKETOV", "GLEB"),
    Somebody("Шаблонова", "Дарья", "Олеговна", "SHABLONOVA", "DARIA"),
    Somebody("Черновиков", "Юрий", "Яковлевич", "CHERNOVIKOV", "IURII"),
    Somebody("Вымыслова", "Елена", "Игоревна", "VYMYSLOVA", "ELENA"),
    Somebody("Щебёнкина", "Алёна", "Юрьевна", "SHCHEBENKINA", "ALENA"),
    Somebody("Образцов-Учебный", "Фёдор", "Эдуардович", "OBRAZTSOV-UCHEBNYI", "FEDOR"),
    Somebody("Условнов", "Тимур", "Маратович", "USLOVNOV", "TIMUR"),
    Somebody("Допустимова", "Жанна", "Вячеславовна", "DOPUSTIMOVA", "ZHANNA"),
    Somebody("Предположенский", "Захар", "Харитонович", "PREDPOLOZHENSKII", "ZAKHAR"),
    Somebody("Эскизова", "Яна", "Цезаревна", "ESKIZOVA", "IANA"),
    Somebody("Трафаретов", "Илья", "Семёнович", "TRAFARETOV", "ILIA"),
    Somebody(
        "Константинопольская-Демонстрационная",
        "Александра",
        "Святославовна",
        "KONSTANTINOPOLSKAIA-DEMONSTRATSIONNAIA",
        "ALEKSANDRA",
    ),
    Somebody("Объектов", "Роман", "Петрович", "OBIEEKTOV", "ROMAN"),
    Somebody("Проверкина", "Ольга", "Михайловна", "PROVERKINA", "OLGA"),
    Somebody("Тестовский", "Арсений", "Ильич", "TESTOVSKII", "ARSENII"),
    Somebody("Моделева", "Юлия", "Ефимовна", "MODELEVA", "IULIIA"),
    Somebody("Чертёжников", "Степан", "Игнатьевич", "CHERTEZHNIKOV", "STEPAN"),
    Somebody("Гипотезова", "Ксения", "Львовна", "GIPOTEZOVA", "KSENIIA"),
    Somebody("Прототипов", "Егор", "Аркадьевич", "PROTOTIPOV", "EGOR"),
    Somebody(
        "Намунаев",
        "Уткир",
        "Синов угли",
        "NAMUNAYEV",
        "OTKIR",
        "passport",
        uzbek_latin="Namunayev Oʻtkir Sinov oʻgʻli",
        uzbek_cyrillic="Намунаев Ўткир Синов ўғли",
    ),
    Somebody(
        "Мисолова",
        "Гунча",
        "Намуна кизи",
        "MISOLOVA",
        "GUNCHA",
        "passport",
        uzbek_latin="Misolova Gʻuncha Namuna qizi",
        uzbek_cyrillic="Мисолова Ғунча Намуна қизи",
    ),
    Somebody(
        "Тажрибаев",
        "Санъат",
        "Мисол угли",
        "TAJRIBAYEV",
        "SANAT",
        "passport",
        uzbek_latin="Tajribayev Sanʼat Misol oʻgʻli",
        uzbek_cyrillic="Тажрибаев Санъат Мисол ўғли",
    ),
    Somebody(
        "Синовчиева",
        "Мутабар",
        "",
        "SINOVCHIYEVA",
        "MOTABAR",
        "passport",
        uzbek_latin="Sinovchiyeva Moʻtabar",
        uzbek_cyrillic="Синовчиева Мўтабар",
    ),
    Somebody(
        "Андозаев",
        "Жасур",
        "",
        "ANDOZAYEV",
        "JASUR",
        "passport",
        uzbek_latin="Andozayev Jasur",
        uzbek_cyrillic="Андозаев Жасур",
    ),
    Somebody("Узорная", "Мария", "Сергеевна", "UZORNAYA", "MARYIA", "passport", belarusian="Узорная Марыя Сяргееўна"),
    Somebody(
        "Прикладов", "Сергей", "Иванович", "PRYKLADAU", "SIARHEI", "passport", belarusian="Прыкладаў Сяргей Іванавіч"
    ),
    Somebody(
        "Черновикова",
        "Ольга",
        "Павловна",
        "CHARNAVIKOVA",
        "VOLHA",
        "passport",
        belarusian="Чарнавікова Вольга Паўлаўна",
    ),
    Somebody("Макетов", "Евгений", "Игоревич", "MAKETAU", "YAUHEN", "passport", belarusian="Макетаў Яўген Ігаравіч"),
    Somebody("Спробная", "Анна", "Олеговна", "SPROBNAYA", "HANNA", "passport", belarusian="Спробная Ганна Алегаўна"),
]

EDGE_CASES = [
    Somebody("Рядовая", "Ирина", "Павловна", "RIADOVAIA", "IRINA"),
    Somebody(
        "Намунаева", "Ойдин", "Синов кизи", "NAMUNAYEVA", "OYDIN", "passport", uzbek_latin="Namunayeva Oydin Sinov qizi"
    ),
    Somebody(
        "Прикладова",
        "Наталья",
        "Игоревна",
        "PRYKLADAVA",
        "NATALLIA",
        "passport",
        belarusian="Прыкладава Наталля Ігараўна",
    ),
    Somebody("Перемещёнов", "Олег", "Ильич", "PEREMESHCHENOV", "OLEG"),
    Somebody("Андозаева", "Лола", "", "ANDOZAYEVA", "LOLA", "passport", uzbek_latin="Andozayeva Lola"),
    Somebody("Доступнова", "Вера", "Юрьевна", "DOSTUPNOVA", "VERA"),
    Somebody("Младшев", "Кирилл", "Антонович", "MLADSHEV", "KIRILL"),
    Somebody("Опоздаев", "Жамшид", "", "OPOZDAYEV", "JAMSHID", "passport", uzbek_latin="Opozdayev Jamshid"),
    Somebody("Отзывов", "Пётр", "Сергеевич", "OTZYVOV", "PETR"),
    Somebody("Безфотова", "Алла", "Викторовна", "BEZFOTOVA", "ALLA"),
    Somebody("Заменов", "Борис", "Львович", "ZAMENOV", "BORIS"),
    Somebody("Двойнова", "Инна", "Олеговна", "DVOINOVA", "INNA"),
    Somebody("Репортажев", "Марк", "Юрьевич", "REPORTAZHEV", "MARK"),
    Somebody("Двукратный", "Ян", "Ильич", "DVUKRATNYI", "IAN", belarusian="Двукратны Ян"),
    Somebody(
        "Христорождественская-Всехсвятская",
        "Аполлинария",
        "Константиновна",
        "KHRISTOROZHDESTVENSKAIA-VSEKHSVIATSKAIA",
        "APOLLINARIIA",
    ),
    Somebody("Намуна", "", "", "NAMUNA", "", "passport", uzbek_latin="Namuna"),
    Somebody("Прыкладова", "Наталия", "Игоревна", "PRYKLADAVA", "NATALLIA", "passport"),
    Somebody("Групповой", "Антон", "Игоревич", "GRUPPOVOI", "ANTON"),
    Somebody("Безразмернова", "Нина", "Фёдоровна", "BEZRAZMERNOVA", "NINA"),
    Somebody("Рулёв", "Семён", "Кузьмич", "RULEV", "SEMEN"),
]

PEOPLE = SPEAKERS + EDGE_CASES
