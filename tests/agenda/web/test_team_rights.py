"""Every address of the programme room x every role: what is not one's own is a 404, in pages, forms and the export."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.timezone import now

from agenda.actions.proposals import propose_move
from agenda.actions.releases import publish_release
from agenda.models import Session
from agenda.queries.conflicts import Place
from forum.enums import Role
from forum.models import Forum, Membership, Region
from tests.factories.agenda import at, make_hall, make_session, make_speaker, partner
from tests.factories.forum import make_account, make_staff
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
EDITORS = ("organiser", "editor", "partner")
ROLES = (*EDITORS, "other region", "viewer", "expired", "coordinator", "delegate", "anonymous")
OPEN, GONE = 200, 404


@pytest.fixture
def programme(forum: Forum) -> dict[str, Any]:
    """The partner's session, a co-hosted one, a draft of the host and a draft of a third region, each with its things."""
    spb, third = partner(forum), Region.objects.get(code="RU-TOM")
    sessions = {
        "own": make_session(forum, host_region=spb, speakers=(make_speaker(forum, region=spb),)),
        "shared": make_session(forum, co_hosts=[spb]),
    }
    publish_release(forum, by=None)
    sessions["foreign"] = make_session(forum, speakers=(make_speaker(forum),), title={"ru": "Тайна", "en": "Secret"})
    place = Place(hall=make_hall(forum), starts=at(forum, "14:00"), ends=at(forum, "15:00"))
    ask = {"version": 1, "place": place, "reason": "why", "answer_by": now() + timedelta(1), "by": None}
    third_session = make_session(forum, host_region=third)
    return {
        **sessions,
        "proposal": propose_move(sessions["own"], side=spb, **ask),
        "to answer": propose_move(sessions["shared"], side=forum.host_region, **ask),
        "foreign proposal": propose_move(third_session, side=third, **ask),
    }


def browser(forum: Forum, who: str) -> Client:
    """Somebody in that role, signed in with a second factor."""
    if who == "anonymous":
        return Client()
    account = {
        "organiser": lambda: make_staff(forum, Role.ORGANISER),
        "editor": lambda: make_staff(forum, Role.PROGRAMME_EDITOR),
        "other region": lambda: make_staff(forum, Role.PARTNER_EDITOR, scope_id="UZ"),
        "viewer": lambda: make_staff(forum, Role.VIEWER),
        "coordinator": lambda: make_staff(forum, Role.VISIT_COORDINATOR),
        "delegate": make_account,
    }.get(who, lambda: make_staff(forum, Role.PARTNER_EDITOR, scope_id="RU-SPE"))()
    if who == "expired":
        grants = Membership.objects.filter(account=account)
        grants.update(created_at=now() - timedelta(9), valid_until=now() - timedelta(1))
    return sign_in(Client(), account)


def pages(programme: dict[str, Any]) -> dict[str, tuple[str, set[str]]]:
    """Address -> (name, who may open it)."""
    own, foreign, shared = (programme[key].slug for key in ("own", "foreign", "shared"))
    speaker = programme["own"].speakers.get().public_id
    alien = programme["foreign"].speakers.get().public_id
    readers, host = {*EDITORS, "other region", "viewer"}, {"organiser", "editor"}
    found = {
        reverse("programme:room"): readers,
        reverse("programme:export"): readers - {"viewer"},
        reverse("programme:releases"): readers - {"viewer"},
        reverse("programme:proposals"): readers - {"viewer"},
        reverse("programme:proposal", args=[programme["proposal"].public_id]): set(EDITORS),
        reverse("programme:proposal", args=[programme["foreign proposal"].public_id]): host,
        reverse("programme:speaker", args=[speaker]): set(EDITORS),
        reverse("programme:speaker", args=[alien]): host,
    }
    for name in ("session", "edit", "cast", "new_speaker", "place"):
        found[reverse(f"programme:{name}", args=[own])] = set(EDITORS)
        found[reverse(f"programme:{name}", args=[foreign])] = host
        reads = name in ("session", "place")
        found[reverse(f"programme:{name}", args=[shared])] = set(EDITORS) if reads else host
    return found  # type: ignore[return-value]


@pytest.mark.parametrize("who", ROLES)
def test_every_page_opens_for_its_readers_only(forum: Forum, programme: dict[str, Any], who: str) -> None:
    client = browser(forum, who)
    for url, allowed in pages(programme).items():
        answer = client.get(url)
        if who == "anonymous":
            assert answer.status_code == 302, url
            assert "/accounts/login/" in answer["Location"]
        else:
            assert answer.status_code == (OPEN if who in allowed else GONE), (who, url)


@pytest.mark.parametrize("who", ROLES)
def test_every_form_acts_for_its_owners_only(forum: Forum, programme: dict[str, Any], who: str) -> None:
    """Whoever may not act is told nothing and changes nothing."""
    client = browser(forum, who)
    foreign = programme["foreign"].slug
    posts = [
        reverse("programme:edit", args=[foreign]),
        reverse("programme:cast", args=[foreign]),
        reverse("programme:new_speaker", args=[foreign]),
        reverse("programme:place", args=[foreign]),
        reverse("programme:speaker", args=[programme["foreign"].speakers.get().public_id]),
        *(
            reverse("programme:decide", args=[programme["foreign proposal"].public_id, decision])
            for decision in ("accept", "refuse", "withdraw")
        ),
        reverse("programme:publish"),
    ]
    expected = {302} if who == "anonymous" else {GONE}
    if who not in ("organiser", "editor"):
        assert {client.post(url, {"version": 1}).status_code for url in posts} == expected
        assert Session.objects.get(slug=foreign).version == 1
        assert forum.releases.count() == 1


def test_no_address_is_forgotten(forum: Forum, programme: dict[str, Any]) -> None:
    """A new page of the room has to be added to the matrix above."""
    room = next(entry for entry in get_resolver().url_patterns if getattr(entry, "app_name", "") == "programme")
    tested = {"publish", "decide"}
    for url in pages(programme):
        tested.add(get_resolver().resolve(url).url_name)
    assert {pattern.name for pattern in room.url_patterns} == tested


def test_partner_answers_what_waits_for_it_and_withdraws_only_its_own(forum: Forum, programme: dict[str, Any]) -> None:
    client = browser(forum, "partner")
    own, asked = programme["proposal"].public_id, programme["to answer"].public_id
    assert client.post(reverse("programme:decide", args=[own, "accept"])).status_code == GONE
    assert client.post(reverse("programme:decide", args=[asked, "withdraw"])).status_code == GONE
    assert client.post(reverse("programme:decide", args=[asked, "nonsense"])).status_code == GONE
    assert client.post(reverse("programme:decide", args=[asked, "accept"])).status_code == 302
    assert client.post(reverse("programme:decide", args=[own, "withdraw"])).status_code == 302
    programme["shared"].refresh_from_db()
    assert programme["shared"].period.lower == at(forum, "14:00")


@pytest.mark.parametrize("who", ["partner", "viewer", "other region"])
def test_drafts_of_others_show_no_word(forum: Forum, programme: dict[str, Any], who: str) -> None:
    """Neither in the room in any form, nor in the releases, the export, a preview of a move, or the search."""
    client = browser(forum, who)
    secret = programme["foreign"]
    urls = [reverse("programme:room") + query for query in ("", "?view=board&day=all", "?view=list&day=all")]
    urls += [reverse("programme:releases"), reverse("programme:export")]
    for url in urls:
        text = client.get(url).content.decode()
        assert not any(word in text for word in ("Тайна", "Secret", secret.slug)), url
    for words in ("Тайна", "Secret", secret.slug):
        assert client.get(reverse("programme:room"), {"words": words, "view": "list"}).context["found"] == 0
        groups = client.post("/team/search/", {"q": words}).context["answer"].groups
        assert [group.room.name for group in groups] == []


def test_preview_calls_a_foreign_draft_occupied(forum: Forum, programme: dict[str, Any]) -> None:
    client = browser(forum, "partner")
    secret, own = programme["foreign"], programme["own"]
    from agenda.actions.proposals import withdraw_proposal

    withdraw_proposal(programme["proposal"], side=partner(forum), by=None)
    key = f"{secret.hall.venue.slug}/{secret.hall.slug}"
    data = {
        "version": 1,
        "hall": key,
        "day": str(forum.starts_on),
        "starts": "10:30",
        "ends": "11:30",
        "reason": "why",
        "answer_by": str((now() + timedelta(2)).date()),
    }
    text = client.post(reverse("programme:place", args=[own.slug]), data).content.decode()
    assert "Зал занят" in text
    assert "10:30–11:00" in text
    assert "Тайна" not in text


def test_export_holds_exactly_the_own_sessions(forum: Forum, programme: dict[str, Any]) -> None:
    """The same set of ids as the page (COM-2); the host's holds all."""
    for who, expected in (("partner", {"own"}), ("editor", {"own", "shared", "foreign"}), ("other region", set())):
        answer = browser(forum, who).get(reverse("programme:export"))
        text = answer.content.decode("utf-8-sig")
        slugs = {line.split(";")[0] for line in text.splitlines()[1:]}
        assert {programme[name].slug for name in expected} <= slugs
        if who != "editor":
            assert slugs == {programme[name].slug for name in expected}
        assert answer["Content-Disposition"].startswith("attachment")


def test_strip_says_whom_one_works_for(forum: Forum, programme: dict[str, Any]) -> None:
    """On every page of the team; not for the host team."""
    strip = "Вы работаете от региона Санкт-Петербург; время: Москва и Кемерово"
    partner_client = browser(forum, "partner")
    assert strip in partner_client.get(reverse("programme:room")).content.decode()
    assert strip in partner_client.get(reverse("programme:session", args=[programme["own"].slug])).content.decode()
    assert "Вы работаете от региона" not in browser(forum, "editor").get(reverse("programme:room")).content.decode()
