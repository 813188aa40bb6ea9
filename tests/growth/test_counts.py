"""Every page, export and API list asks the database as often for three hundred rows as for one (style: constant counts).

An address that is not counted here has to be said to have no rows, or the test of the list fails.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from forum.models import ApiToken, Forum, Message
from tests.addresses import addresses, is_listed
from tests.growth.crowd import Crowd
from tests.sessions import sign_in
from tests.test_architecture import OTHERS

SIZES = (1, 3, 300)
TEAM = {
    "team:today", "team:board", "team:tasks", "team:search", "team:messages", "team:rights", "team:tokens", "team:jobs",
    "team:jobs_strip", "people:list", "people:export", "people:imports", "people:waiting", "people:missing", "people:answers",
    "forms:list",
    "people:invitations", "people:invitation_new", "people:invite_many", "people:invitation_report", "people:codes",
    "people:code_new",
    "filming:board", "people:abroad", "privacy:tell", "people:media", "people:media_quota_new", "vehicles:list", "vehicles:new",
    "people:visas", "people:visa_rules", "people:visa_rule_new",
    "people:review", "people:pictures", "people:bulks", "people:changes",
    "people:delegations", "people:papers", "people:paper_sheet",
    "people:duplicates",
    "programme:room", "programme:export", "programme:releases", "programme:proposals",
    "privacy:register", "privacy:texts", "privacy:erasures",
    "privacy:new_text", "visits:room", "checkin:print_desk", "checkin:board", "checkin:scan",
}  # fmt: skip
THINGS: dict[str, Callable[[dict[str, Any]], list[Any]]] = {
    "team:job": lambda first: [first["job"].public_id],
    "people:import": lambda first: [first["list"].public_id],
    "people:invitation": lambda first: [first["invitation"].public_id],
    "people:invitation_report_file": lambda first: ["xlsx"],
    "people:code": lambda first: [first["code"].public_id],
    "people:reason": lambda first: [first["reason"].public_id],
    "people:bulk_result": lambda first: [first["bulk"].public_id],
    "people:pair": lambda first: [first["credential"].registration.ref, first["waiting"].ref],
    "people:detail": lambda first: [first["credential"].registration.ref],
    "people:visa": lambda first: [first["credential"].registration.ref],
    "people:visa_rule": lambda first: [first["visa_rule"].public_id],
    "people:media_quota": lambda first: [first["outlet_quota"].public_id],
    "people:abroad_list": lambda first: [first["abroad"].slug],
    "people:equipment_list": lambda first: ["xlsx"],
    "vehicles:vehicle": lambda first: [first["vehicle"].public_id],
    "vehicles:change": lambda first: [first["vehicle"].public_id],
    "vehicles:gate_list": lambda first: [first["vehicle"].forum.starts_on.isoformat(), "xlsx"],
    "people:document": lambda first: [first["credential"].registration.ref],
    "privacy:erasure_act": lambda first: [localdate().isoformat()],
    "forms:form": lambda first: [first["section"].form.category.code],
    "forms:preview": lambda first: [first["section"].form.category.code],
    "forms:publish": lambda first: [first["section"].form.category.code],
    "forms:section_new": lambda first: [first["section"].form.category.code],
    "forms:question_new": lambda first: [first["section"].form.category.code],
    "forms:section": lambda first: [first["section"].form.category.code, first["section"].public_id],
    "forms:question": lambda first: [first["section"].form.category.code, first["question"].public_id],
    "people:delegation": lambda first: ["RU-TOM"],
    "people:delegation_quota": lambda first: ["RU-TOM", first["quota"].category.code],
    "people:delegation_heads": lambda first: ["RU-TOM"],
    "people:delegation_badges": lambda first: ["RU-TOM"],
    "people:member_add": lambda first: ["RU-TOM"],
    "people:places_keep": lambda first: ["RU-TOM", first["quota"].category.code],
    "people:member_leave": lambda first: ["RU-TOM", first["listed"].ref],
    "people:member_replace": lambda first: ["RU-TOM", first["credential"].registration.ref],
    "people:paper": lambda first: [first["listed"].ref],
    "people:complete": lambda first: [first["signed"].ref],
    "people:correct": lambda first: [first["credential"].registration.ref],
    "people:replace": lambda first: [first["credential"].registration.ref],
    "programme:proposal": lambda first: [first["proposal"].public_id],
    "programme:session": lambda first: [first["open"].slug],
    "programme:edit": lambda first: [first["open"].slug],
    "programme:cast": lambda first: [first["open"].slug],
    "programme:place": lambda first: [first["open"].slug],
    "programme:new_speaker": lambda first: [first["open"].slug],
    "programme:speaker": lambda first: [first["open"].cast.first().speaker.public_id],
    "filming:plant": lambda first: [first["slot"].programme.slug],
    "filming:list": lambda first: [first["slot"].programme.slug, "xlsx"],
    "filming:wish": lambda first: [first["wish"].public_id],
    "visits:slot": lambda first: [first["slot"].public_id],
    "privacy:export": lambda first: ["xlsx"],
    "privacy:erase_person": lambda first: [first["credential"].registration.ref],
    "privacy:person": lambda first: [first["credential"].registration.ref],
    "privacy:withdrawal": lambda first: [first["credential"].registration.ref, "processing"],
    "privacy:signed": lambda first: [first["credential"].registration.ref, "publication"],
    "visits:list": lambda first: [first["slot"].public_id, "xlsx"],
    "visits:documents": lambda first: [first["slot"].public_id],
    "visits:move": lambda first: [first["slot"].public_id, first["credential"].registration.ref],
    "visits:take_back": lambda first: [first["slot"].public_id, first["credential"].registration.ref],
    "visits:seats": lambda first: [first["seats"].slug],
}
"""Pages of one thing, as the organiser sees them."""
PUBLIC = {
    "forum:home", "agenda:programme", "agenda:programme_calendar", "agenda:speakers", "agenda:visits", "registration:apply",
    "registration:codes",
    "forum:check",
}  # fmt: skip
PUBLIC_THINGS: dict[str, Callable[[dict[str, Any]], list[Any]]] = {
    "forum:check_paper": lambda first: [first["paper"].code],
    "agenda:session": lambda first: [first["open"].slug],
    "agenda:session_calendar": lambda first: [first["open"].slug],
    "agenda:speaker": lambda first: [first["open"].cast.first().speaker.public_id],
    "agenda:visit": lambda first: [first["slot"].programme.slug],
    "agenda:run_calendar": lambda first: [first["slot"].programme.slug, first["slot"].slug],
    "registration:consent": lambda first: [first["credential"].registration.category.code],
    "registration:code": lambda first: [first["code"].code],
}
OWN = {"registration:my", "places:agenda", "places:visits", "badges:my_badge"}
OWN_THINGS: dict[str, Callable[[dict[str, Any]], list[Any]]] = {
    "registration:withdraw": lambda first: [first["credential"].registration.ref],
    "registration:document": lambda first: [first["credential"].registration.ref],
    "registration:visa": lambda first: [first["credential"].registration.ref],
    "registration:equipment": lambda first: [first["credential"].registration.ref],
    "registration:equipment_line": lambda first: [first["thing"].registration.ref, first["thing"].public_id],
    "places:filming": lambda first: [first["credential"].registration.ref],
    "places:film_wish": lambda first: [first["credential"].registration.ref, first["own_wish"].public_id],
    "registration:picture": lambda first: [first["credential"].registration.ref, "photo"],
    "registration:data": lambda first: [first["credential"].registration.ref],
    "registration:hand_over": lambda first: [first["credential"].registration.ref],
    "registration:delete": lambda first: [first["credential"].registration.ref],
    "registration:answer_again": lambda first: [first["credential"].registration.ref],
    "registration:change_facts": lambda first: [first["credential"].registration.ref],
    "registration:change_answers": lambda first: [first["credential"].registration.ref],
    "registration:changes": lambda first: [first["credential"].registration.ref],
    "registration:email": lambda first: [first["credential"].registration.ref],
    "registration:data_file": lambda first: [first["credential"].registration.ref, "json"],
    "registration:consents": lambda first: [first["credential"].registration.ref],
    "registration:give_consent": lambda first: [first["credential"].registration.ref, "processing"],
    "registration:withdraw_consent": lambda first: [first["credential"].registration.ref, "processing"],
    "places:visit": lambda first: [first["credential"].registration.ref, first["slot"].public_id],
}
API = {
    "forum_api:token", "forum_api:jobs", "registration_api:applications", "registration_api:search", "agenda_api:programme",
    "agenda_api:sessions",
    "agenda_api:visits", "badges_api:scans", "badges_api:visible_people", "badges_api:devices",
}  # fmt: skip
API_THINGS: dict[str, Callable[[dict[str, Any]], list[Any]]] = {
    "forum_api:job": lambda first: [first["job"].public_id],
    "registration_api:application": lambda first: [first["credential"].registration.ref],
    "agenda_api:session": lambda first: [first["open"].slug],
    "agenda_api:visit": lambda first: [first["slot"].programme.slug],
}
NO_ROWS = {
    # Doors that take a form and lead on.
    "set_language", "forum:after_sign_in", "team:send_again", "team:end_right", "team:restore_right", "team:revoke_token",
    "team:cancel_job", "people:bulk", "people:export_keep", "people:export_forget",
    "people:import_start", "people:import_undo", "people:import_discard",
    "people:import_rows", "people:decide", "people:remind", "people:answer_file", "registration:answer_file",
    "forms:start", "forms:discard", "forms:change", "programme:publish", "programme:decide", "checkin:reissue",
    "people:invitations_send", "people:invitations_remind", "people:invitation_act",
    "people:invitation_link", "people:code_stop", "people:code_resume",
    "people:head_end", "people:places_back",
    "people:members_remind",
    "checkin:print_one",
    "checkin:revoke_device", "checkin:enrol", "registration:confirm",
    "registration:discard", "registration:forget", "registration:document_erase", "registration:picture_remove",
    "registration:visa_ask", "registration:visa_stop", "registration:visa_letter", "people:visa_open",
    "people:visa_decide", "people:visa_back", "people:visa_issue", "people:visa_void", "people:visa_file",
    "registration:equipment_remove", "vehicles:approve", "vehicles:refuse", "vehicles:withdraw", "vehicles:pass",
    "privacy:told", "filming:put", "filming:told", "places:film_withdraw",
    "people:document_clear", "places:visit_back", "people:check", "people:uncheck", "people:bulk_undo", "people:prolong",
    "people:apart", "people:suspect", "people:merge_undo",
    "people:change_decide", "registration:change_take_back",
    "people:reason_put_away", "people:reason_take_out", "people:reasons_usual",
    "places:session", "forum_api:cancel_job", "registration_api:*", "badges_api:revoke_device",
    # One thing of which nothing grows: a step of a form, a file, a phone, a link.
    "people:reason_new", "registration:agree", "registration:email_code", "registration:picture_file",
    "registration:summary", "registration:whole", "registration:sent", "registration:step", "registration:return", "places:offer",
    "registration:offer", "registration:accept", "registration:questions", "registration:invitation",
    "team:job_file", "badges:my_badge_pdf", "badges_api:device", "badges_api:people",
    "badges_api:scan_photo", "visits:documents_remind", "visits:documents_list",
    "team:design", "team:healthz",
    "team:readyz", "team:metrics",
    "api:schema", "api:docs",
    *OTHERS,
}  # fmt: skip
POSTED = {
    "team:search",
    "vehicles:gate_list",
    "people:abroad_list",
    "people:equipment_list",
    "filming:list",
    "visits:list",
    "privacy:export",
    "people:invitation_report_file",
    "registration_api:search",
}
"""Asked by POST: a name must not stand in an address, a list that is made is written down."""
GROUPS = (TEAM, THINGS, PUBLIC, PUBLIC_THINGS, OWN, OWN_THINGS, API, API_THINGS)


def test_every_address_is_counted_or_said_to_have_no_rows() -> None:
    counted = {name for group in GROUPS for name in group}
    assert {name for name, _ in addresses() if name not in counted and not is_listed(name, NO_ROWS)} == set()
    assert counted - {name for name, _ in addresses()} == set()


class Reader:
    """Counts what each address asks, as the one who reads it."""

    def __init__(self, crowd: Crowd) -> None:
        self.first = crowd.first
        self.anybody = Client()
        self.organiser = sign_in(Client(), self.first["organiser"])
        self.delegate = sign_in(Client(), self.first["delegate"], second_factor=False)
        self.headers = {"Authorization": f"Bearer {self.first['token'][1]}"}

    def counts(self) -> dict[str, int]:
        ApiToken.objects.update(last_used_at=now() + timedelta(hours=1))  # its use is written down once a minute
        found = self._all(self.organiser, TEAM, THINGS) | self._all(self.anybody, PUBLIC, PUBLIC_THINGS)
        found |= self._all(self.delegate, OWN, OWN_THINGS)
        return found | self._all(self.anybody, API, API_THINGS, headers=self.headers)

    def read_form(self) -> None:
        """Each process reads a published form once and keeps it."""
        self.organiser.get(reverse("forms:publish", args=THINGS["forms:publish"](self.first)))

    def _all(self, client: Client, names: Any, things: Any, **options: Any) -> dict[str, int]:
        every = {name: [] for name in names} | {name: made(self.first) for name, made in things.items()}
        return {name: self._count(client, name, args, options) for name, args in sorted(every.items())}

    def _count(self, client: Client, name: str, args: list[Any], options: dict[str, Any]) -> int:
        """Nothing comes from a cache, where a query per row could hide."""
        address, asked = reverse(name, args=args), {"q": "Примерова", "reason": "why"} if name in POSTED else {}
        ask = client.post if name in POSTED else client.get
        if name in API and name in POSTED:
            options = options | {"content_type": "application/json"}
        cache.clear()
        reset_queries()  # the log of a connection is not endless
        with CaptureQueriesContext(connection) as told:
            answer = ask(address, asked, **options)
            b"".join(answer.streaming_content) if answer.streaming else answer.content
        return len(told) if answer.status_code == 200 else -answer.status_code


@pytest.mark.django_db
def test_three_hundred_rows_take_as_many_queries_as_one(forum: Forum) -> None:
    crowd = Crowd.begin(forum)
    Reader(crowd).read_form()
    counted: dict[str, list[int]] = {}
    for size in SIZES:
        if size > crowd.size:
            crowd.grow(size)
        Message.objects.update(due_at=now())  # on a slow machine they would be late by now, which is one query more
        for name, queries in Reader(crowd).counts().items():
            counted.setdefault(name, []).append(queries)
    assert {name: queries for name, queries in counted.items() if queries != [abs(queries[0])] * len(SIZES)} == {}
