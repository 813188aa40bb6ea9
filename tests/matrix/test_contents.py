"""Who finds what in each list, search, export and paper: compared thing by thing, not only by status.

A role that a case does not name is refused. Names of things: `words.py` and `World.seen_in`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from forum.web.searched import sealed
from tests.matrix.conftest import undone
from tests.matrix.reading import text_of
from tests.matrix.roles import ROLES
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
TEAM = "head uz off prog vis spb tom azot kru esc chk sup prv view org"
EVERYBODY = " ".join(ROLES)
RELEASED = "session:spb session:shared session:kem"
COMING = "anna boris pavel vera"
APPLIED = "anna boris galina nina pavel vera"


@dataclass(frozen=True)
class Case:
    """One question, and what each role finds. `kinds`: what is compared of all that stands there."""

    name: str
    address: str
    found: Mapping[str, str]
    kinds: str
    method: str = "GET"
    door: str = "session"
    data: Mapping[str, str] = field(default_factory=dict)


def same(roles: str, found: str) -> dict[str, str]:
    """The same for several roles."""
    return dict.fromkeys(roles.split(), found)


NAMES, WAYS = "person", "person address number"
WAYS_OF_MEMBERS = "person address"
"""No address is ever shown."""
ALL_SESSIONS = f"{RELEASED} session:spb-draft session:kem-draft session:tom-draft"
RUNS = "slot:azot slot:kru slot:full"
CASES = [
    Case("applications", "/team/people/?state=all", same("off org", APPLIED), NAMES),
    Case(
        "applications, searched", f"/team/people/?state=all&words={sealed('Аннушкина')}", same("off org", "anna"), NAMES
    ),
    Case("missing answers", "/team/people/missing/", same("off org", "anna"), NAMES),
    Case(
        "who has to answer a draft",
        "/team/people/forms/delegate/publish/",
        same("off org", "anna boris galina nina pavel vera"),
        NAMES,
    ),
    Case(
        "delegations",
        "/team/people/delegations/BY/",
        same("off org head", "anna galina nina rita yan zoya"),
        WAYS_OF_MEMBERS,
    ),
    Case("delegation of another head", "/team/people/delegations/UZ/", same("off org uz", "boris"), WAYS_OF_MEMBERS),
    Case("badges for all", "/team/people/delegations/BY/badges/", same("off org head", "anna"), WAYS_OF_MEMBERS),
    Case("on paper", "/team/people/papers/", same("off org", "yan zoya") | {"sup": "zoya"}, WAYS_OF_MEMBERS),
    Case("waiting list", "/team/people/waiting/", same("off org", "nina"), NAMES),
    Case("invitations", "/team/people/invitations/", same("off org", "invited:olga"), "invited"),
    Case(
        "invitations, searched",
        f"/team/people/invitations/?words={sealed('приглашалкина')}",
        same("off org", "invited:olga"),
        "invited",
    ),
    Case("visas", "/team/people/visas/?state=all", same("off org", "anna"), NAMES),
    Case("duplicates", "/team/people/duplicates/", same("off org", ""), NAMES),
    Case("outlets", "/team/people/media/", same("off org", ""), NAMES),
    Case("vehicles", "/team/vehicles/?state=all", same("off org", ""), NAMES),
    Case("list of equipment", "/team/people/media/equipment/xlsx/", same("off org", "anna"), NAMES, method="POST"),
    Case(
        "answers for one's role", "/team/people/answers/", {"vis": "anna", "prog": "", "sup": "", "org": "anna"}, NAMES
    ),
    Case("requests for a change", "/team/people/changes/", same("off org", "anna"), NAMES),
    Case("applications, API", "/api/v1/applications", same("off org", APPLIED), NAMES, door="token"),
    Case(
        "applications, searched by API",
        "/api/v1/applications/search",
        same("off org", APPLIED),
        NAMES,
        method="POST",
        door="token",
        data={"q": "Анна"},
    ),
    # The partner: those who sit in its sessions, by name; the officers: everybody with a place, with the address.
    Case(
        "people, API",
        "/api/v1/people",
        same("off org", f"{COMING} anna@ boris@ pavel@ vera@") | {"spb": "anna", "tom": ""},
        "person address",
        door="token",
    ),
    Case(
        "people, table",
        "/team/people/export/",
        same("off org", APPLIED),
        "person address",
        method="POST",
        data={"columns": "surname", "reason": "проверка", "filter": "state=all", "kind": "csv"},
    ),
    Case(
        "people, by phone",
        "/api/v1/people/search",
        same("chk sup org", COMING),
        "person address",
        method="POST",
        door="phone",
        data={"q": "Анна"},
    ),
    Case(
        "search of the team: people and speakers",
        "/team/search/",
        same(TEAM, "speaker:spb speaker:guest speaker:kem")
        | {
            "off": f"{APPLIED} speaker:spb speaker:guest speaker:kem",
            "prog": "speaker:spb speaker:guest speaker:kem speaker:quiet",
            "spb": "speaker:spb speaker:guest",
            "tom": "",
            "org": f"{APPLIED} speaker:spb speaker:guest speaker:kem speaker:quiet",
        },
        "person address speaker",
        method="POST",
        data={"q": "Анна"},
    ),
    Case(
        "search of the team: sessions",
        "/team/search/",
        same(TEAM, RELEASED)
        | same("prog org", ALL_SESSIONS)
        | {"spb": "session:spb session:shared session:spb-draft", "tom": "session:tom-draft"},
        "session",
        method="POST",
        data={"q": "Трек"},
    ),
    Case(
        "search of the team: plants",
        "/team/search/",
        same(TEAM, "plant:azot plant:kru"),
        "plant",
        method="POST",
        data={"q": "Кемерово"},
    ),
    Case(
        "programme, list",
        "/team/programme/?view=list&day=all",
        same("prog org", ALL_SESSIONS)
        | {"spb": f"{RELEASED} session:spb-draft", "tom": f"{RELEASED} session:tom-draft", "view": RELEASED},
        "session",
    ),
    Case(
        "programme, board",
        "/team/programme/?view=board&day=all",
        same("prog org", ALL_SESSIONS)
        | {"spb": f"{RELEASED} session:spb-draft", "tom": f"{RELEASED} session:tom-draft", "view": RELEASED},
        "session",
    ),
    Case(
        "programme, table",
        "/team/programme/export/",
        same("prog org", f"{ALL_SESSIONS} speaker:spb speaker:guest speaker:kem speaker:quiet")
        | {"spb": "session:spb session:spb-draft speaker:spb speaker:guest", "tom": "session:tom-draft"},
        "session speaker person",
    ),
    Case(
        "changes to be released",
        "/team/programme/releases/",
        same("prog org", "session:spb-draft session:kem-draft session:tom-draft")
        | {"spb": "session:spb-draft", "tom": "session:tom-draft"},
        "session",
    ),
    Case(
        "proposals",
        "/team/programme/proposals/",
        same("prog org", "proposal:spb proposal:kem proposal:tom")
        | {"spb": "proposal:spb proposal:kem", "tom": "proposal:tom"},
        "proposal",
    ),
    Case("seats of the partner's session", "/team/programme/sessions/spb/seats/", same("prog spb org", "anna"), WAYS),
    Case("seats of the host's session", "/team/programme/sessions/kem/seats/", same("prog org", "boris"), WAYS),
    Case("visits", "/team/visits/", same("vis org", RUNS), "slot person"),
    Case("visitors of a plant", "/team/visits/{slot azot}/", same("vis org", "anna"), "person address"),
    Case("visitors of another plant", "/team/visits/{slot kru}/", same("vis org", "boris"), "person address"),
    Case("line of a run", "/team/visits/{slot full}/", same("vis org", "vera"), "person address"),
    Case(
        "visitors, searched",
        "/team/visits/{slot azot}/",
        same("vis org", "anna"),
        "person address",
        method="POST",
        data={"q": "Анна"},
    ),
    Case(
        "list for the plant, paper", "/team/visits/{slot azot}/list/pdf/", same("vis org", "anna"), WAYS, method="POST"
    ),
    Case(
        "list for the plant, table", "/team/visits/{slot kru}/list/xlsx/", same("vis org", "boris"), WAYS, method="POST"
    ),
    Case(
        "who is ready for the list with documents",
        "/team/visits/{slot azot}/documents/",
        same("vis org", "anna"),
        "person address document",
    ),
    Case("not ready for it", "/team/visits/{slot kru}/documents/", same("vis org", "boris"), "person address document"),
    Case(
        "list with documents, made",
        "/team/visits/{slot azot}/documents/",
        same("vis org", "anna document:anna"),
        "person address document",
        method="POST",
        data={"kind": "xlsx", "reason": "проходная"},
    ),
    Case(
        "list with documents, opened again",
        "/team/visits/{slot azot}/documents/{list}/",
        same("vis org", "anna document:anna"),
        "person address document",
        method="POST",
        data={"reason": "потеряли"},
    ),
    Case(
        "vehicles at the gate, table",
        "/team/vehicles/gate/{first day}/xlsx/",
        same("off org", "driver:valid"),
        "driver person",
        method="POST",
    ),
    Case("consents", "/team/consents/", same("prv org", "anna"), "person address"),
    Case(
        "consents, table",
        "/team/consents/export/xlsx/",
        same("prv org", "anna"),
        "person address",
        method="POST",
        data={"reason": "проверка"},
    ),
    Case(
        "receivers to tell",
        "/team/consents/tell/",
        {"vis": "anna", "prv": "anna boris", "org": "anna boris"},
        "person address",
    ),
    Case(
        "list for an organisation abroad",
        "/team/people/abroad/namuna/",
        same("off org", ""),
        WAYS,
        method="POST",
    ),
    Case(
        "filming",
        "/team/filming/",
        same("off vis org", "plant:azot plant:kru") | {"azot": "plant:azot", "kru": "plant:kru"},
        "plant person",
    ),
    Case("wishes to film in a plant", "/team/filming/azot/", same("off vis azot org", "anna"), "person address"),
    Case(
        "wishes that no plant has seen",
        "/team/filming/kru/",
        same("off vis org", "anna") | {"kru": ""},
        "person address",
    ),
    Case(
        "list of filming for the plant",
        "/team/filming/azot/list/xlsx/",
        same("vis org", "anna"),
        WAYS,
        method="POST",
    ),
    Case("badges to print", "/team/print/", same("off org", "anna boris"), "person address"),
    Case(
        "check-in board",
        "/team/checkin/",
        same("off sup org", "anna"),
        "person address",
    ),
    Case("scans, API", "/api/v1/scans", same("off sup org", "anna"), "person address", door="token"),
    Case(
        "phones, API",
        "/api/v1/devices",
        same("off sup org", "device:chk device:sup device:org device:exp"),
        "device",
        door="token",
    ),
    Case("works", "/team/jobs/", same(TEAM, "") | {"off": "job:off", "org": "job:org"}, "job"),
    Case(
        "works of everybody", "/team/jobs/?all=1", same(TEAM, "") | {"off": "job:off", "org": "job:off job:org"}, "job"
    ),
    Case(
        "works, API", "/api/v1/jobs", same(TEAM, "") | {"off": "job:off", "org": "job:off job:org"}, "job", door="token"
    ),
    Case("file of a work", "/team/jobs/{job off}/file/", same("off org", "anna"), NAMES),
    Case(
        "outbox",
        "/team/messages/",
        {"off": "letter:anna", "org": "letter:anna letter:account anna@ boris@ nina@ pavel@ rita@ vera@"},
        "letter address",
    ),
    Case(
        "outbox, searched by address",
        f"/team/messages/?words={sealed('delegates.example')}",
        {"off": "", "org": "letter:anna"},
        "letter",
    ),
    Case("rights", "/team/rights/", {"org": "grant:view grant:head grant:uz"}, "grant"),
    Case("tokens", "/team/tokens/", same(TEAM, "") | {"off": "token:off", "org": "token:off token:org"}, "token"),
    Case(
        "today",
        "/team/",
        same(TEAM, "") | same("off sup org", "anna"),
        "person address number",
    ),
    Case(
        "my applications",
        "/ru/my/",
        same(EVERYBODY, "") | {"app": "lev-draft", "anna": "anna anna-draft", "boris": "boris", "head": "galina nina"},
        NAMES,
    ),
    Case("my agenda", "/ru/my/agenda/", same(EVERYBODY, "") | {"anna": "anna", "boris": "boris"}, NAMES),
    Case("my visits", "/ru/my/visits/", same(EVERYBODY, "") | {"anna": "anna", "boris": "boris"}, NAMES),
    Case("my badge", "/ru/my/badge/", same(EVERYBODY, "") | {"anna": "anna", "boris": "boris"}, NAMES),
    Case("my badge, paper", "/ru/my/badge/pdf/?ref={anna}", {"anna": "anna"}, WAYS),
    Case("home", "/ru/", same(EVERYBODY, ""), WAYS),
    Case("programme", "/ru/programme/?day=all", same(EVERYBODY, RELEASED), "session person"),
    Case("programme, calendar", "/ru/programme.ics", same(EVERYBODY, RELEASED), "session person"),
    Case("programme, API", "/api/v1/programme", same(EVERYBODY, RELEASED), "session person"),
    Case("sessions, API", "/api/v1/programme/sessions", same(EVERYBODY, RELEASED), "session person"),
    Case("speakers", "/ru/speakers/", same(EVERYBODY, "speaker:spb speaker:guest speaker:kem"), "speaker"),
    Case("plants", "/ru/visits/", same(EVERYBODY, "plant:azot plant:kru"), "plant person"),
    Case("plants, API", "/api/v1/visits", same(EVERYBODY, "plant:azot plant:kru"), "plant person"),
]
REFUSED = (302, 401, 403, 404)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_role_finds_exactly_its_own(case: Case, world: World) -> None:
    expected = {role: found(case.found[role]) if role in case.found else REFUSED for role in ROLES}
    answered = {role: _answer(case, role, world) for role in ROLES}
    wrong = {
        ROLES[role]: (expected[role], answered[role])
        for role in ROLES
        if answered[role] != expected[role] and not (expected[role] is REFUSED and answered[role] in REFUSED)
    }
    assert wrong == {}, "expected, found"


def found(text: str) -> set[str]:
    """`session:spb` in a case is `session spb` of the world."""
    return {name.replace(":", " ") for name in text.split()}


def _answer(case: Case, role: str, world: World) -> Any:
    """What stands there, or the status of a refusal."""
    with undone():
        response = world.callers[role].ask(case.method, _address(case, world), door=case.door, **case.data)
        if response.status_code != 200:
            return response.status_code
        return {thing for thing in world.seen_in(text_of(response)) if kind_of(thing) in case.kinds.split()}


def kind_of(thing: str) -> str:
    """What a name of `World.seen_in` is the name of."""
    kind, blank, _key = thing.partition(" ")
    return kind if blank else {"@": "address", "#": "number"}.get(thing[-1], "person")


def _address(case: Case, world: World) -> str:
    things: dict[str, Any] = {f"{{slot {key}}}": slot.public_id for key, slot in world.slots.items()}
    things |= {f"{{job {key}}}": job.public_id for key, job in world.jobs.items()}
    things |= {"{list}": world.plant_list.public_id, "{first day}": world.forum.starts_on}
    things |= {f"{{{key}}}": registration.ref for key, registration in world.people.items()}
    address = case.address
    for word, value in things.items():
        address = address.replace(word, str(value))
    return address


def test_expired_grant_is_a_person_without_the_role(world: World) -> None:
    """No room of the team is in sight, on no page, and nothing is kept from the time before."""
    for role in ("exp", "past"):
        text = text_of(world.callers[role].ask("GET", "/ru/my/", door="session"))
        assert "/team/" not in text
        assert "/team/" in text_of(world.callers["view"].ask("GET", "/ru/my/", door="session"))
