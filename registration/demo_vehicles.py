"""Vehicles and equipment of the demo: a lorry with a stand, a film crew, a bus of a delegation; plates are invented."""

from datetime import time, timedelta
from typing import TYPE_CHECKING

from forum.demo import DemoContext
from forum.models import Account, Organisation
from registration.actions.equipment import Device, add_equipment
from registration.actions.quotas import Terms, set_quota
from registration.actions.vehicle_passes import draw_pass
from registration.actions.vehicles import VehicleTerms, approve_vehicle, ask_for_pass, refuse_vehicle
from registration.enums import EquipmentKind, RegistrationState
from registration.models import Delegation, Registration, Zone
from registration.queries.equipment import is_asked

if TYPE_CHECKING:
    from registration.demo import Desk

K = EquipmentKind
CREW = "crew@example.org"
"""Of the media, with equipment."""
VEHICLES = (
    ("А123ВС142", "ГАЗель Next, белая", "Рулёва Ирина Олеговна", "Везёт стенд музея", "approve"),
    ("О777ОО42", "Ford Transit, чёрный", "Камерин Олег Ильич", "Съёмочная группа с аппаратурой", "approve"),
    ("01 A 123 BC", "Yutong ZK6122, белый", "Рахимов Анвар", "Автобус делегации", ""),
    ("МК 456 42", "ПАЗ-3204, жёлтый", "Дорогин Пётр Ильич", "Подвоз волонтёров", ""),
    ("В908ТР154", "Газон Next, синий", "Грузов Илья Петрович", "Доставка мебели", "refuse"),
)
"""Plate, make, driver, purpose, and what was decided."""
DEVICES = (
    Device(kind=K.VIDEO, model="Sony FX6", serial="ZZ-100412", count=1),
    Device(kind=K.SOUND, model="Rode Wireless Pro", serial="", count=2),
    Device(kind=K.DRONE, model="DJI Mini 4 Pro", serial="ZZ-777031", count=1),
)


def build_vehicles(context: DemoContext, *, officer: Account, delegations: dict[str, Delegation]) -> None:
    """Each gets as far as its row says."""
    forum = context.forum
    organisations = list(Organisation.objects.order_by("slug")[: len(VEHICLES)])
    zones = list(Zone.objects.filter(forum=forum, code__in=("GEN", "ORG")))
    for number, (plate, make, driver, purpose, decided) in enumerate(VEHICLES):
        group = delegations.get("UZ") if number == 2 else None
        terms = VehicleTerms(
            plate=plate,
            make=make,
            driver=driver,
            driver_phone=f"+7900000{number:04}",
            organisation=None if group else organisations[number % len(organisations)],
            delegation=group,
            zones=zones if number < 2 else zones[:1],
            days=[forum.starts_on - timedelta(days=1), *forum.days] if number == 0 else forum.days[:2],
            purpose=purpose,
        )
        with context.at(context.moment(-9, time(9, number))):
            vehicle = ask_for_pass(forum, terms=terms, by=officer)
            if decided == "approve":
                draw_pass(paper_id=approve_vehicle(vehicle, by=officer).pk)
            elif decided == "refuse":
                refuse_vehicle(vehicle, reason="разгрузка только до начала форума", by=officer)


def build_equipment(desk: "Desk") -> None:
    """A film crew brings its cameras; an outlet has places kept for it."""
    names = {
        "surname": "Репортажева",
        "given_name": "Вера",
        "patronymic": "Олеговна",
        "latin_surname": "REPORTAZHEVA",
        "latin_given_name": "VERA",
        "organisation": "Телеканал «Макет»",
        "position": "оператор",
    }
    more = {"email": CREW, "citizenship": "RU", "languages": ["ru"], "native_name": ""}
    answers = names | more | {"delegation": desk.delegations["RU-SPE"]}
    brought = desk.bring(answers, category="media", state=RegistrationState.CONFIRMED)
    crew = Registration.objects.select_related("forum", "person", "category__pool").get(pk=brought.pk)
    with desk.context.at(desk.context.moment(-8, time(9))):
        if is_asked(crew):
            for device in DEVICES:
                add_equipment(crew, device=device, by=None)
        outlet = Organisation.objects.order_by("slug").first()
        if outlet:
            terms = Terms(places=min(2, crew.category.pool.left))
            set_quota(crew.category, group=outlet, terms=terms, by=desk.officer)
