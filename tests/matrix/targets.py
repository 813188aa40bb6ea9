"""Which things the addresses with an id are asked for: one's own and foreign ones, of the past edition, and none at all.

A new address with an id needs a line in `TARGETS`; the rows of `table.txt` follow from it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.addresses import is_listed
from tests.matrix.world import World

NOTHING = UUID(int=0)
NO_REF = "0000000000"
NONE = "none"
"""A thing that does not exist."""


@dataclass(frozen=True)
class Target:
    """What stands in an address besides its words."""

    kwargs: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""


Targets = Callable[[World], dict[str, Target]]


def targets_of(name: str, world: World) -> dict[str, Target]:
    """Short name of the thing -> what stands in the address; `-` for addresses without an id."""
    found = [make for listed, make in TARGETS.items() if is_listed(name, {*listed.split()})]
    assert len(found) < 2, f"{name} stands in TARGETS twice"
    return found[0](world) if found else {"-": Target()}


def ids(kind: str, keys: str, *, missing: bool = True) -> Targets:
    """Things with a public id, for addresses with `public_id`."""

    def make(world: World) -> dict[str, Target]:
        rows = getattr(world, kind)
        found = {key: Target({"public_id": rows[key].public_id}) for key in keys.split()}
        return found | ({NONE: Target({"public_id": NOTHING})} if missing else {})

    return make


def refs(keys: str, **more: str) -> Targets:
    """Applications, for addresses with `ref`."""

    def make(world: World) -> dict[str, Target]:
        found = {key: Target({"ref": world.people[key].ref, **more}) for key in keys.split()}
        return found | {NONE: Target({"ref": NO_REF, **more})}

    return make


def asked_for(parameter: str, keys: str) -> Targets:
    """Applications named behind the question mark; `-` without one."""

    def make(world: World) -> dict[str, Target]:
        return {"-": Target()} | {key: Target(query=f"?{parameter}={world.people[key].ref}") for key in keys.split()}

    return make


def slugs(keys: str, *, parameter: str = "slug") -> Targets:
    """Sessions and plants are called in addresses as in the world."""
    return lambda world: {key: Target({parameter: key}) for key in [*keys.split(), NONE]}


def pairs(make: Callable[[World, str, str], Target], listed: str) -> Targets:
    """Two things in one address, written `one/other`."""

    def all_of(world: World) -> dict[str, Target]:
        return {pair: make(world, *pair.split("/")) for pair in listed.split()}

    return all_of


def decision(world: World, who: str, decided: str) -> Target:
    """About an application."""
    return Target({"ref": world.people[who].ref, "decision": decided})


def answer(world: World, which: str, decided: str) -> Target:
    """To a proposal."""
    return Target({"public_id": world.proposals[which].public_id, "decision": decided})


def request_for_change(world: World, who: str, decided: str) -> Target:
    """Of an approved person."""
    return Target({"public_id": world.changes[who].public_id, "decision": decided})


def own_request(world: World, who: str, whose: str) -> Target:
    """Under an application that may be somebody else's."""
    return Target({"ref": world.people[who].ref, "public_id": world.changes[whose].public_id})


def visitor(world: World, run: str, who: str) -> Target:
    """Somebody in a run of a visit."""
    return Target({"slot": world.slots[run].public_id, "ref": world.people[who].ref})


def visitor_list(world: World, run: str, kind: str) -> Target:
    """A paper or a table."""
    return Target({"slot": world.slots[run].public_id, "kind": kind})


def seat(world: World, who: str, session: str) -> Target:
    """A place in a session, taken and given back."""
    act = "back" if session in ("spb", "kem") else "take"
    return Target({"ref": world.people[who].ref, "slug": session, "act": act})


def run(world: World, plant: str, which: str) -> Target:
    """A run of a visit by the names of both."""
    return Target({"slug": plant, "run": world.slots[which].slug})


def step(world: World, who: str, name: str) -> Target:
    """A step of the form."""
    return Target({"ref": world.people[who].ref, "step": name})


def groups(world: World) -> dict[str, Target]:
    """Delegations by their codes."""
    return {code.lower(): Target({"code": code}) for code in ("BY", "UZ")} | {NONE: Target({"code": "XX"})}


def of_category(world: World) -> dict[str, Target]:
    """A category of a delegation: with places of its own, without, none at all."""
    named = {"by/delegate": ("BY", "delegate"), "uz/delegate": ("UZ", "delegate"), "by/none": ("BY", "none")}
    return {key: Target({"code": code, "category": category}) for key, (code, category) in named.items()}


def runs(world: World) -> dict[str, Target]:
    """Runs by their ids."""
    found = {key: Target({"slot": world.slots[key].public_id}) for key in ("azot", "kru", "past")}
    return found | {NONE: Target({"slot": NOTHING})}


def consent(world: World, who: str, matter: str) -> Target:
    """A purpose of somebody's consents."""
    return Target({"ref": world.people[who].ref, "matter": matter})


def secrets(parameter: str, keys: str) -> Targets:
    """Links in letters."""

    def make(world: World) -> dict[str, Target]:
        return {key: Target({parameter: world.secrets[key]}) for key in keys.split()} | {
            NONE: Target({parameter: "0" * 32})
        }

    return make


def parts(kind: str) -> Targets:
    """Sections or questions of the draft, of what is asked now, of the past edition."""

    def make(world: World) -> dict[str, Target]:
        found = {key: row.public_id for key, row in getattr(world, kind).items()}
        return {
            key: Target({"category": "delegate", "public_id": one}) for key, one in (found | {NONE: NOTHING}).items()
        }

    return make


def codes_of(world: World) -> dict[str, Target]:
    """Codes as they are typed."""
    return {key: Target({"code": world.codes[key].code}) for key in ("partners", "past")} | {
        NONE: Target({"code": "00000000"})
    }


def keys_of(world: World) -> dict[str, Target]:
    """Security keys are allauth's; their numbers count up."""
    return {"key": Target({"pk": world.key.pk}), NONE: Target({"pk": 0})}


def speakers_by_key(world: World) -> dict[str, Target]:
    """Public pages of speakers."""
    named = ("spb", "quiet", "past")
    return {key: Target({"key": world.speakers[key].public_id}) for key in named} | {NONE: Target({"key": NOTHING})}


APPLICATIONS = "anna galina anna-draft past"
UNDECIDED = "galina anna-draft past"
OWN = "anna galina past"
DRAFTS = "anna-draft galina lev-draft past"
SESSIONS = "spb spb-draft shared kem-draft tom-draft past"
DECIDED = "spb/accept spb/withdraw kem/accept kem/withdraw tom/accept tom/withdraw kem/nonsense"
TARGETS: dict[str, Targets] = {
    "team:send_again": ids("letters", "anna account past"),
    "team:end_right team:restore_right": ids("grants", "view ended past"),
    "team:revoke_token": ids("tokens", "off org past"),
    "team:job team:cancel_job team:job_file forum_api:job forum_api:cancel_job": ids("jobs", "off org past"),
    "people:detail": refs(APPLICATIONS),
    "people:import people:import_start people:import_undo people:import_discard people:import_rows": ids(
        "lists", "waiting taken by past"
    ),
    "people:invitation people:invitation_link": ids("invitations", "olga past"),
    "people:invitation_act": pairs(
        lambda world, which, act: Target({"public_id": world.invitations[which].public_id, "act": act}),
        "olga/remind olga/withdraw olga/nonsense later/send past/withdraw",
    ),
    "people:invitation_report_file": slugs("xlsx nonsense", parameter="kind"),
    "people:code people:code_stop people:code_resume": ids("codes", "partners past"),
    "registration:code": codes_of,
    "registration:invitation": secrets("secret", "olga olga-past"),
    "people:bulk_result people:bulk_undo": ids("bulks", "waiting past"),
    "people:pair people:apart people:suspect people:merge_undo": pairs(
        lambda world, kept, gone: Target({"kept": world.people[kept].ref, "gone": world.people[gone].ref}),
        "anna/galina anna/anna anna-draft/galina past/anna anna/past",
    ),
    "people:reason people:reason_put_away people:reason_take_out": ids("reasons", "ask past"),
    "people:change_decide": pairs(request_for_change, "anna/accept anna/decline anna/nonsense past/accept"),
    "registration:change_take_back": pairs(own_request, "anna/anna anna/past galina/anna past/past"),
    "registration:changes registration:change_facts registration:change_answers": refs("anna galina past"),
    "people:check people:uncheck people:prolong": refs("galina anna-draft past"),
    "people:export_forget": ids("column_sets", "off org past"),
    "people:document people:document_clear": refs(APPLICATIONS),
    "people:visa people:visa_open people:visa_decide people:visa_issue people:visa_void people:visa_file": refs(
        APPLICATIONS
    ),
    "people:visa_back": pairs(
        lambda world, who, state: Target({"ref": world.people[who].ref, "state": state}),
        "anna/issued anna/nonsense galina/issued anna-draft/issued past/issued",
    ),
    "people:visa_rule": ids("visa_rules", "now past"),
    "people:media_quota": ids("outlet_quotas", "now past"),
    "people:abroad_list": slugs("namuna past", parameter="receiver"),
    "privacy:told": ids("handed", "plant abroad past"),
    "people:equipment_list": slugs("xlsx nonsense", parameter="kind"),
    "vehicles:vehicle vehicles:change vehicles:approve vehicles:refuse vehicles:withdraw vehicles:pass": ids(
        "vehicles", "asked valid past"
    ),
    "vehicles:gate_list": pairs(
        lambda world, day, kind: Target({"day": day, "kind": kind}), "2020-01-02/xlsx 2020-01-02/nonsense nonsense/pdf"
    ),
    "registration:equipment": refs("anna galina past"),
    "registration:equipment_line registration:equipment_remove": pairs(
        lambda world, who, whose: Target({"ref": world.people[who].ref, "public_id": world.equipment[whose].public_id}),
        "anna/anna anna/past galina/anna past/past",
    ),
    "forum:check_paper": secrets("code", "letter"),
    "privacy:erase_person": refs("anna galina anna-draft past"),
    "privacy:person": refs("anna galina yan zoya anna-draft past"),
    "privacy:withdrawal": pairs(
        consent,
        "anna/processing anna/nonsense yan/processing zoya/processing anna-draft/processing past/processing",
    ),
    "privacy:signed": pairs(
        consent,
        "boris/abroad--namuna anna/processing anna/nonsense anna-draft/processing past/processing",
    ),
    "privacy:erasure_act": slugs("2020-01-02 nonsense", parameter="day"),
    "people:answer_file registration:answer_file": pairs(
        lambda world, who, which: Target(
            {"ref": world.people[who].ref, "public_id": world.files[which].public_id if which != NONE else NOTHING}
        ),
        "anna/card anna/pass anna/loose anna/none galina/card past/card",
    ),
    "forms:form forms:start forms:discard forms:change forms:preview forms:publish forms:section_new forms:question_new": slugs(
        "delegate", parameter="category"
    ),
    "forms:section": parts("sections"),
    "forms:question": parts("questions"),
    "people:delegation people:delegation_heads people:delegation_badges people:member_add people:members_remind": groups,
    "people:delegation_quota people:places_keep people:places_back": of_category,
    "people:head_end": pairs(
        lambda world, code, who: Target({"code": code.upper(), "public_id": world.grants[who].public_id}),
        "by/head by/uz by/view uz/uz",
    ),
    "people:member_leave people:member_replace": pairs(
        lambda world, code, who: Target({"code": code.upper(), "ref": world.people[who].ref}),
        "by/anna by/rita by/anna-draft by/boris uz/boris uz/anna by/past",
    ),
    "people:paper people:complete": refs("zoya yan rita anna-draft past"),
    "people:correct people:replace": refs("anna anna-draft past"),
    "people:decide": pairs(decision, "galina/approve galina/nonsense anna-draft/approve past/approve"),
    "programme:proposal": ids("proposals", "spb kem tom"),
    "programme:decide": pairs(answer, DECIDED),
    "programme:speaker": ids("speakers", "spb guest kem quiet past"),
    "programme:session programme:edit programme:cast programme:new_speaker programme:place": slugs(SESSIONS),
    "privacy:export": slugs("xlsx nonsense", parameter="kind"),
    "filming:plant filming:put": lambda world: {
        **{key: Target({"plant": world.slots[key].programme.slug}) for key in ("azot", "kru", "past")},
        NONE: Target({"plant": "none"}),
    },
    "filming:list": pairs(
        lambda world, key, kind: Target({"plant": world.slots[key].programme.slug, "kind": kind}),
        "azot/xlsx azot/nonsense past/xlsx",
    ),
    "filming:wish filming:told": lambda world: {
        **{key: Target({"wish": one.public_id}) for key, one in world.wishes.items()},
        NONE: Target({"wish": NOTHING}),
    },
    "visits:seats": slugs("spb shared kem past"),
    "visits:slot visits:documents visits:documents_remind": runs,
    "visits:documents_list": pairs(
        lambda world, which, made: Target(
            {"slot": world.slots[which].public_id, "public_id": world.plant_list.public_id if made != NONE else NOTHING}
        ),
        "azot/list azot/none kru/list past/list",
    ),
    "visits:list": pairs(visitor_list, "azot/pdf azot/xlsx azot/nonsense past/pdf"),
    "visits:move visits:take_back": pairs(visitor, "azot/anna azot/boris kru/boris full/vera past/past"),
    "checkin:print_one checkin:reissue": refs("anna anna-draft past"),
    "badges_api:scan_photo": lambda world: {NONE: Target({"nonce": NOTHING})},
    "checkin:revoke_device badges_api:revoke_device": ids("devices", "chk past"),
    "registration_api:application": refs(APPLICATIONS),
    "registration_api:approve registration_api:reject registration_api:ask_for_changes registration_api:waitlist": refs(
        UNDECIDED
    ),
    "agenda_api:session agenda:session agenda:session_calendar": slugs("spb spb-draft kem-draft past"),
    "agenda_api:visit agenda:visit": slugs("azot past"),
    "agenda:run_calendar": pairs(run, "azot/azot azot/kru past/past"),
    "agenda:speaker": speakers_by_key,
    "registration:consent": slugs("delegate", parameter="category"),
    "registration:return": secrets("token", "anna past"),
    "registration:offer": secrets("secret", "nina"),
    "registration:accept": refs("nina galina past"),
    "registration:sent registration:confirm registration:withdraw": refs(OWN),
    "registration:consents registration:data registration:answer_again": refs(APPLICATIONS),
    "registration:delete": refs(APPLICATIONS),
    "registration:hand_over": refs(APPLICATIONS),
    "registration:email registration:email_code": refs("anna galina past"),
    "registration:document registration:document_erase": refs("anna galina past"),
    "registration:visa registration:visa_ask registration:visa_stop registration:visa_letter": refs("anna galina past"),
    "registration:picture registration:picture_file registration:picture_remove": pairs(
        lambda world, who, kind: Target({"ref": world.people[who].ref, "kind": kind}),
        "anna/photo anna/nonsense galina/photo past/photo",
    ),
    "registration:data_file": pairs(
        lambda world, who, kind: Target({"ref": world.people[who].ref, "kind": kind}),
        "anna/json anna/html anna/nonsense galina/json past/json",
    ),
    "registration:give_consent registration:withdraw_consent": pairs(
        consent, "anna/processing anna/nonsense galina/processing past/processing"
    ),
    "registration:summary registration:whole registration:questions registration:agree": refs(DRAFTS),
    "registration:discard registration:forget": refs(DRAFTS),
    "registration:step": pairs(
        step, "anna/name anna-draft/name anna-draft/nonsense galina/work lev-draft/name past/name"
    ),
    "places:offer": secrets("secret", "vera"),
    "places:visit places:visit_back": pairs(
        lambda world, who, where: visitor(world, where, who), "anna/azot anna/kru anna/past boris/kru past/past"
    ),
    "places:filming": refs("anna boris galina past"),
    "places:film_wish places:film_withdraw": pairs(
        lambda world, who, which: Target({"ref": world.people[who].ref, "wish": world.wishes[which].public_id}),
        "anna/anna anna/asked anna/past boris/anna past/past",
    ),
    "places:session": pairs(seat, "anna/spb anna/spb-draft boris/kem past/past"),
    "places:agenda places:visits": asked_for("for", "anna boris past"),
    "badges:my_badge badges:my_badge_pdf": asked_for("ref", "anna boris past"),
    "account_confirm_email": lambda world: {NONE: Target({"key": "abc"})},
    "mfa_remove_webauthn mfa_edit_webauthn": keys_of,
}
"""Addresses, with a blank between those that are asked for the same things."""


def unknown_names(names: Iterable[str]) -> set[str]:
    """Lines of `TARGETS` that no address has (any more)."""
    return {listed for entry in TARGETS for listed in entry.split()} - set(names)
