"""The table of vectors is the contract; the phone will run the same file."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from badges.engine.decision import LastScan, Listing, PointFacts, Reason, ScanFacts, decide
from badges.engine.wording import words_for
from badges.enums import CredentialState, Direction, PointKind, ScanOutcome, Severity
from registration.enums import RegistrationState

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "scan_decisions.json").read_text(encoding="utf-8"))
CASES = [pytest.param(case, id=case["name"]) for case in VECTORS["cases"]]
KUZBASS = ZoneInfo("Asia/Novokuznetsk")


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def facts_of(case: dict[str, Any]) -> ScanFacts:
    raw = VECTORS["defaults"] | case["facts"]
    point = VECTORS["defaults"]["point"] | raw["point"]
    last = raw["last"] and LastScan(direction=raw["last"]["direction"], at=datetime.fromisoformat(raw["last"]["at"]))
    return ScanFacts(
        **raw
        | {
            "point": PointFacts(**point | {"opens": moment(point["opens"]), "closes": moment(point["closes"])}),
            "at": datetime.fromisoformat(raw["at"]),
            "time_zone": ZoneInfo(raw["time_zone"]),
            "zones": frozenset(raw["zones"]),
            "last": last,
        }
    )


@pytest.mark.parametrize("case", CASES)
def test_decide_follows_the_vector(case):
    verdict = decide(facts_of(case))
    assert {
        "outcome": verdict.outcome.value,
        "reason": verdict.reason.value,
        "admit": verdict.admit,
        "counts": verdict.counts,
        "severity": verdict.severity.value,
        "sound": verdict.sound.value,
        "shows_person": verdict.shows_person,
    } == case["expect"]


def test_vectors_cover_every_outcome_and_every_reason():
    assert {case["expect"]["outcome"] for case in VECTORS["cases"]} == set(ScanOutcome.values)
    assert {case["expect"]["reason"] for case in VECTORS["cases"]} == set(Reason)


# hypothesis wants bare bounds and adds the zone itself
FIRST, LAST = datetime(2027, 5, 19), datetime(2027, 5, 22)  # noqa: DTZ001
moments = st.datetimes(FIRST, LAST, timezones=st.just(KUZBASS))
some_facts = st.builds(
    ScanFacts,
    point=st.builds(
        PointFacts,
        kind=st.sampled_from(PointKind),
        zone=st.sampled_from([None, "A", "C"]),
        opens=st.none() | moments,
        closes=st.none() | moments,
    ),
    direction=st.sampled_from(Direction),
    at=moments,
    time_zone=st.just(KUZBASS),
    credential=st.none() | st.sampled_from(CredentialState),
    registration_state=st.none() | st.sampled_from(RegistrationState),
    zones=st.frozensets(st.sampled_from("ABC")),
    consent_withdrawn=st.booleans(),
    print_stale=st.booleans(),
    listing=st.sampled_from(Listing),
    cleared=st.sampled_from([None, True, False]),
    last=st.none() | st.builds(LastScan, direction=st.sampled_from(Direction), at=moments),
    verifiable=st.booleans(),
)


@given(some_facts)
def test_any_facts_get_a_verdict_with_words(facts):
    verdict = decide(facts)
    with translation.override("en"):
        words = words_for(verdict, facts=facts)
    assert words.title
    assert verdict.severity is Severity.GREEN or (words.reason and words.next_step)
    assert "%(" not in words.reason + words.next_step


@given(some_facts)
def test_nobody_enters_without_confirmation_and_nobody_is_held_inside(facts):
    verdict = decide(facts)
    if facts.direction is Direction.OUT:
        assert verdict.admit
        assert verdict.severity is not Severity.RED
    elif verdict.admit:
        assert facts.registration_state is RegistrationState.CONFIRMED
        assert not facts.consent_withdrawn
        assert facts.credential not in (CredentialState.REVOKED, CredentialState.REPLACED)
        assert facts.verifiable


@given(some_facts)
def test_a_scan_that_counts_lets_the_person_pass(facts):
    verdict = decide(facts)
    assert verdict.admit or not verdict.counts


@given(some_facts)
def test_withdrawn_consent_never_shows_the_name(facts):
    assert not (facts.consent_withdrawn and decide(facts).shows_person)


def words(name: str) -> str:
    facts = facts_of(next(case for case in VECTORS["cases"] if case["name"] == name))
    with translation.override("en"):
        found = words_for(decide(facts), facts=facts)
    return f"{found.title} / {found.reason} / {found.next_step}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("entrance: confirmed person with the zone", "Let in /  / "),
        ("badge desk: first hand-over", "Hand over the badge /  / First compare the name with the document."),
        (
            "entrance: second entry without an exit",
            "Already inside / Came in at 09:12. / Compare the name with a document: the badge may have been passed on.",
        ),
        (
            "badge desk: second hand-over on another day",
            "Already handed over / Handed over: 19 May, 18:00. / Hand over nothing. A lost badge is replaced by the supervisor.",
        ),
        (
            "hall door: a repeat is harmless and passes",
            "Already scanned / Scanned here at 09:12. / Let the person pass.",
        ),
        (
            "category does not open the zone",
            (
                "No access / The badge does not open zone C. / "
                "Show the person the zones on the badge. Questions go to the badge desk."
            ),
        ),
        (
            "the point opens tomorrow",
            "Not yet / The point opens on 21 May, 09:00. / Ask the person to come when the point is open.",
        ),
        (
            "exit with a blocked badge: leaves, counted out",
            "Badge blocked / This badge no longer gives access. / Let the person out. Then the badge desk helps.",
        ),
    ],
)
def test_words_say_what_to_do_next(name, expected):
    assert words(name) == expected


def test_refusal_by_a_plant_gives_no_reason():
    assert words("gate: on the list, the plant said no") == (
        "No clearance / There is no clearance for this visit. / Do not let in, give no reasons. Call the visit coordinator."
    )
