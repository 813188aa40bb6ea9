"""What two categories of the demo ask beside the usual answers: listeners of the School, and media. All texts are invented."""

from typing import Any

LANGUAGES = ("ru", "en", "uz", "be")
Four = tuple[str, str, str, str]
CAR = {"fact": "answer:arrival", "is": "eq", "value": "car"}
FILMS = {"fact": "answer:work", "is": "in", "value": ["video", "photo"]}

ROUTES: Four = (
    "Чтобы подобрать группу и наставника",
    "To choose the group and the mentor",
    "Guruh va ustozni tanlash uchun",
    "Каб падабраць групу і настаўніка",
)
ON_SITE: Four = (
    "Чтобы вам хватило места и раздатки",
    "So that there is a place and a kit for you",
    "Sizga joy va toʻplam yetishi uchun",
    "Каб вам хапіла месца і матэрыялаў",
)
GATES: Four = (
    "Чтобы предупредить проходную завода",
    "To tell the gate of the plant",
    "Zavod oʻtkazish joyini ogohlantirish uchun",
    "Каб папярэдзіць прахадную завода",
)

SCHOOL: dict[str, Any] = {
    "title": ("О ваших маршрутах", "About your routes", "Marshrutlaringiz haqida", "Пра вашы маршруты"),
    "questions": [
        {
            "code": "goal",
            "kind": "long_text",
            "required": True,
            "label": (
                "Какой маршрут вы хотите собрать?",
                "Which route do you want to put together?",
                "Qanday marshrut tuzmoqchisiz?",
                "Які маршрут вы хочаце скласці?",
            ),
            "help": (
                "Два-три предложения: предприятие, для кого, сколько времени.",
                "Two or three sentences: the plant, for whom, how long.",
                "Ikki-uch gap: korxona, kim uchun, qancha vaqt.",
                "Два-тры сказы: прадпрыемства, для каго, колькі часу.",
            ),
            "purpose": ROUTES,
            "bounds": {"most": "1500"},
        },
        {
            "code": "workshop",
            "kind": "choice",
            "required": True,
            "label": ("Мастерская", "Workshop", "Ustaxona", "Майстэрня"),
            "purpose": ROUTES,
            "choices": [
                ("route", None, ("Маршрут с нуля", "A route from scratch", "Noldan marshrut", "Маршрут з нуля")),
                ("story", 20, ("История завода", "The story of a plant", "Zavod tarixi", "Гісторыя завода")),
                ("safety", 16, ("Безопасный визит", "A safe visit", "Xavfsiz tashrif", "Бяспечны візіт")),
            ],
        },
        {
            "code": "boots",
            "kind": "size",
            "bounds": {"system": "shoes"},
            "visible_to": ["accreditation_officer", "visit_coordinator"],
            "label": ("Размер обуви", "Shoe size", "Poyabzal oʻlchami", "Памер абутку"),
            "help": (
                "Для защитной обуви в практикуме.",
                "For safety boots on the practical day.",
                "Amaliyot kunidagi himoya poyabzali uchun.",
                "Для ахоўнага абутку на практыкуме.",
            ),
            "purpose": ON_SITE,
        },
        {
            "code": "diet",
            "kind": "text",
            "is_sensitive": True,
            "legal_basis": "consent",
            "kept_days": 3,
            "label": (
                "Чего вам нельзя есть?",
                "What must you not eat?",
                "Nimani yemasligingiz kerak?",
                "Чаго вам нельга есці?",
            ),
            "purpose": ON_SITE,
        },
        {
            "code": "guide_card",
            "kind": "file",
            "label": (
                "Снимок карточки гида, если она есть",
                "Picture of your guide's card, if you have one",
                "Gid kartochkangiz surati, agar bor boʻlsa",
                "Здымак карткі гіда, калі яна ёсць",
            ),
            "purpose": ROUTES,
        },
    ],
}
LATER: dict[str, Any] = {
    "code": "arrival",
    "kind": "choice",
    "required": True,
    "label": (
        "Как вы приедете?",
        "How will you arrive?",
        "Qanday yetib kelasiz?",
        "Як вы прыедзеце?",
    ),
    "purpose": ON_SITE,
    "choices": [
        ("train", None, ("Поездом", "By train", "Poyezdda", "Цягніком")),
        ("plane", None, ("Самолётом", "By plane", "Samolyotda", "Самалётам")),
        ("car", None, ("На своей машине", "By my own car", "Oʻz mashinamda", "На сваёй машыне")),
    ],
}
PLATE: dict[str, Any] = {
    "code": "plate",
    "kind": "text",
    "required": True,
    "condition": CAR,
    "bounds": {"most": "20"},
    "label": ("Номер машины", "Plate of the car", "Mashina raqami", "Нумар машыны"),
    "help": (
        "Для пропуска на стоянку.",
        "For the parking pass.",
        "Toʻxtash joyi ruxsatnomasi uchun.",
        "Для пропуску на стаянку.",
    ),
    "purpose": ON_SITE,
}
"""The two questions that the School has thought of later: whoever had applied already is asked by letter."""
MEDIA: dict[str, Any] = {
    "title": ("Для прессы", "For the press", "Matbuot uchun", "Для прэсы"),
    "questions": [
        {
            "code": "outlet",
            "kind": "text",
            "required": True,
            "label": ("Издание или канал", "Outlet or channel", "Nashr yoki kanal", "Выданне або канал"),
            "purpose": GATES,
        },
        {
            "code": "work",
            "kind": "choice",
            "required": True,
            "label": ("Что вы делаете?", "What do you do?", "Nima qilasiz?", "Што вы робіце?"),
            "purpose": GATES,
            "choices": [
                ("text", None, ("Пишу", "I write", "Yozaman", "Пішу")),
                ("photo", None, ("Фотографирую", "I take pictures", "Suratga olaman", "Фатаграфую")),
                ("video", None, ("Снимаю видео", "I film", "Video olaman", "Здымаю відэа")),
            ],
        },
        {
            "code": "equipment",
            "kind": "long_text",
            "required": True,
            "condition": FILMS,
            "label": (
                "Какую технику вы привезёте?",
                "What equipment do you bring?",
                "Qanday texnika olib kelasiz?",
                "Якую тэхніку вы прывезяце?",
            ),
            "help": (
                "Модель и серийный номер, по строке на предмет.",
                "Model and serial number, one item in a line.",
                "Model va seriya raqami, har qatorda bitta.",
                "Мадэль і серыйны нумар, па радку на прадмет.",
            ),
            "purpose": GATES,
        },
    ],
}
CARD: dict[str, Any] = {
    "code": "card",
    "kind": "file",
    "label": (
        "Снимок редакционного удостоверения",
        "Picture of your press card",
        "Tahririyat guvohnomasi surati",
        "Здымак рэдакцыйнага пасведчання",
    ),
    "purpose": GATES,
}
VEHICLE: dict[str, Any] = {
    "code": "vehicle",
    "kind": "text",
    "required": True,
    "condition": {
        "any": [
            {
                "all": [
                    {"fact": "answer:work", "is": "eq", "value": "video"},
                    {"fact": "citizenship", "is": "ne", "value": "RU"},
                ]
            },
            {"fact": "answer:work", "is": "eq", "value": "photo"},
        ]
    },
    "label": ("На чём вы везёте технику?", "How do you carry your equipment?", "", ""),
    "purpose": ("Чтобы заказать пропуск на машину", "To order a pass for the car", "", ""),
}
"""What the draft of the press adds; two languages are still to be written."""
GOALS = (
    "Маршрут по действующему цеху для школьников старших классов, два часа.",
    "Выходной день на разрезе: смотровая площадка, техника, музей; для семей.",
    "Литейное производство и городские мастерские за один день, для туристов из соседних регионов.",
)
OUTLETS = ("Демо-новости", "Телеканал «Образец-ТВ»", "Журнал «Макет»")
EQUIPMENT = "Камера Sony A7 IV, № DEMO-1001\nМикрофон Rode, № DEMO-1002"
