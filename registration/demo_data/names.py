"""Invented people: surnames are “speaking” (example, sketch, hall, rail), so that nobody real is meant.

Each list holds the spellings that a document of that country carries; nothing is derived except Russian Latin lines,
which follow ICAO 9303 as Russian passports do.
"""

RUSSIAN_SURNAMES = (
    "Примеров Образцов Макетов Черновиков Эскизов Шаблонов Набросков Чертежов Цехов Станков Шахтин Рудников "
    "Угольцев Прокатов Литейщиков Маршрутов Экскурсов Музеев Гостев Дорогин Вагонов Рельсов Мостов Тоннелев "
    "Турбинов Котлов Горнов Ковшов Слитков Заготовкин Конвейеров Подъёмнов Щитов Юстировов Ёлкин Жёлобов Хомутов"
).split()
RUSSIAN_MEN = (
    "Александр Дмитрий Сергей Андрей Алексей Максим Евгений Иван Михаил Артём Николай Павел Роман Игорь Олег Юрий "
    "Фёдор Пётр Семён Глеб Илья Лев"
).split()
RUSSIAN_WOMEN = (
    "Анна Елена Ольга Наталья Татьяна Ирина Светлана Мария Екатерина Юлия Людмила Алёна Ксения Дарья Вера Надежда "
    "Любовь Зоя Яна Алла Полина Софья"
).split()
RUSSIAN_PATRONYMICS = [
    ("Александрович", "Александровна"),
    ("Сергеевич", "Сергеевна"),
    ("Андреевич", "Андреевна"),
    ("Иванович", "Ивановна"),
    ("Михайлович", "Михайловна"),
    ("Николаевич", "Николаевна"),
    ("Петрович", "Петровна"),
    ("Ильич", "Ильинична"),
    ("Юрьевич", "Юрьевна"),
    ("Фёдорович", "Фёдоровна"),
    ("Игоревич", "Игоревна"),
    ("Львович", "Львовна"),
]
"""(of a man, of a woman)."""
TATAR_NAMES = [
    ("Урнеков", "Айдар", "Рустемович"),
    ("Урнекова", "Айгуль", "Ильдаровна"),
    ("Калыпов", "Ильдар", "Айратович"),
    ("Калыпова", "Гульназ", "Рустемовна"),
    ("Үрнәков", "Рөстәм", ""),
]
"""Of Tatarstan and Bashkortostan; the last one keeps his own spelling in the Russian line."""

BELARUSIAN_SURNAMES = [
    (("Прикладов", "Прыкладаў", "PRYKLADAU"), ("Прикладова", "Прыкладава", "PRYKLADAVA")),
    (("Узорович", "Узоровіч", "UZOROVICH"), ("Узорович", "Узоровіч", "UZOROVICH")),
    (("Будовский", "Будоўскі", "BUDOUSKI"), ("Будовская", "Будоўская", "BUDOUSKAYA")),
    (("Заводчик", "Завадчык", "ZAVADCHYK"), ("Заводчик", "Завадчык", "ZAVADCHYK")),
    (("Дорожко", "Дарожка", "DAROZHKA"), ("Дорожко", "Дарожка", "DAROZHKA")),
    (("Шляховец", "Шляхавец", "SHLIAKHAVETS"), ("Шляховец", "Шляхавец", "SHLIAKHAVETS")),
    (("Гутников", "Гутнікаў", "HUTNIKAU"), ("Гутникова", "Гутнікава", "HUTNIKAVA")),
]
"""Per surname: a man's and a woman's spelling in Russian, Belarusian and as in the document."""
BELARUSIAN_MEN = [
    ("Сергей", "Сяргей", "SIARHEI"),
    ("Андрей", "Андрэй", "ANDREI"),
    ("Дмитрий", "Дзмітрый", "DZMITRY"),
    ("Николай", "Мікалай", "MIKALAI"),
    ("Виктор", "Віктар", "VIKTAR"),
    ("Александр", "Аляксандр", "ALIAKSANDR"),
]
BELARUSIAN_WOMEN = [
    ("Ольга", "Вольга", "VOLHA"),
    ("Екатерина", "Кацярына", "KATSIARYNA"),
    ("Светлана", "Святлана", "SVIATLANA"),
    ("Анна", "Ганна", "HANNA"),
    ("Елена", "Алена", "ALENA"),
    ("Татьяна", "Таццяна", "TATSIANA"),
]
BELARUSIAN_PATRONYMICS = [
    (("Игоревич", "Ігаравіч"), ("Игоревна", "Ігараўна")),
    (("Владимирович", "Уладзіміравіч"), ("Владимировна", "Уладзіміраўна")),
    (("Николаевич", "Мікалаевіч"), ("Николаевна", "Мікалаеўна")),
    (("Павлович", "Паўлавіч"), ("Павловна", "Паўлаўна")),
]

UZBEK_SURNAMES = [
    ("Намунаев", "Namunayev", "NAMUNAYEV"),
    ("Андозаев", "Andozayev", "ANDOZAYEV"),
    ("Куприков", "Koʻprikov", "KOPRIKOV"),
    ("Юлчиев", "Yoʻlchiyev", "YOLCHIYEV"),
    ("Гузалов", "Goʻzalov", "GOZALOV"),
    ("Ганиев", "Gʻaniyev", "GANIYEV"),
    ("Саноатов", "Sanoatov", "SANOATOV"),
    ("Масъудов", "Masʼudov", "MASUDOV"),
]
"""Russian, own spelling, as in the document; a woman's surname ends in -а / -a / -A."""
UZBEK_MEN = [
    ("Уткир", "Oʻtkir", "OTKIR"),
    ("Жамшид", "Jamshid", "JAMSHID"),
    ("Бахтиёр", "Baxtiyor", "BAKHTIYOR"),
    ("Улугбек", "Ulugʻbek", "ULUGBEK"),
    ("Шерзод", "Sherzod", "SHERZOD"),
    ("Тулкин", "Toʻlqin", "TOLQIN"),
]
UZBEK_WOMEN = [
    ("Ойдин", "Oydin", "OYDIN"),
    ("Лола", "Lola", "LOLA"),
    ("Гульнора", "Gulnora", "GULNORA"),
    ("Мухаббат", "Muhabbat", "MUHABBAT"),
    ("Нигора", "Nigora", "NIGORA"),
    ("Гулчехра", "Gulchehra", "GULCHEHRA"),
]
UZBEK_FATHERS = [("Собир", "Sobir"), ("Олим", "Olim"), ("Кодир", "Qodir"), ("Гайрат", "Gʻayrat"), ("", "")]
"""A father's name in Cyrillic and Latin; the empty one stands for people without a patronymic."""
