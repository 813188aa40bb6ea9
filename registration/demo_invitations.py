"""Invitations of the demo, one in each state that officers meet, and two codes."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils.timezone import now

from forum.demo import DemoContext
from forum.models import Account
from registration.actions.applications import save_answers, submit
from registration.actions.codes import CodeTerms, make_code
from registration.actions.entrances import decline_invitation, start_invited, start_with_code
from registration.actions.invitations import Wording, send_invitation, withdraw_invitation, write_invitation
from registration.models import (
    AccessCode,
    Category,
    ConsentDocument,
    Delegation,
    Invitation,
    InvitationLink,
    Registration,
)

INVITED = "invited@example.org"
"""Whose invitation is open: the letter lies in the demo's mailbox."""
CODE = "K7QD2MXA"
"""The code that the guide and the pictures show."""
PEOPLE: list[dict[str, Any]] = [
    {
        "email": INVITED,
        "surname": "Приглашаева",
        "given_name": "Ольга",
        "patronymic": "Петровна",
        "organisation": "Музей угля «Пласт»",
        "position": "хранитель фондов",
    },
    {"email": "invited-en@example.org", "latin_surname": "INVITEE", "latin_given_name": "JANE", "language": "en"},
    {"email": "invited-used@example.org", "surname": "Откликнулся", "given_name": "Иван", "skips_review": True},
    {"email": "invited-no@example.org", "surname": "Отказников", "given_name": "Пётр"},
    {"email": "invited-back@example.org", "surname": "Отозванова", "given_name": "Инна"},
]
WRITTEN = {
    "email": "invited-later@example.org",
    "surname": "Позжевская",
    "given_name": "Лидия",
    "note": "После отпуска",
}
ANSWERS = {
    "surname": "Откликнулся",
    "given_name": "Иван",
    "latin_surname": "OTKLIKNULSIA",
    "latin_given_name": "IVAN",
    "citizenship": "RU",
    "languages": ["ru"],
    "organisation": "Завод «Образец»",
    "position": "начальник музея",
    "position_short": "начальник музея",
}


def build_invitations(
    context: DemoContext,
    *,
    officer: Account,
    document: ConsentDocument,
    categories: dict[str, Category],
    delegations: dict[str, Delegation],
) -> None:
    """Plants invite their people to a category that nobody can choose; the partner region hands a code out."""
    at = min(now(), context.moment(-12, time(10))) - timedelta(days=9)
    closing = context.moment(-2, time(18))
    with context.at(at):
        sent = [_invite(context, categories["host_rep"], said, officer, until=closing) for said in PEOPLE]
        for invitation in sent:
            send_invitation(invitation, by=officer, hurry=False)
        _invite(context, categories["speaker"], WRITTEN, officer, until=None)
    with context.at(at + timedelta(days=2)):
        _use(sent[2], document, delegations["RU-KEM"])
        links = InvitationLink.objects.select_related("invitation__forum", "invitation__category")
        decline_invitation(links.get(invitation=sent[3]))
        withdraw_invitation(sent[4], by=officer)
        _codes(context, officer, document, categories, delegations)


def _invite(
    context: DemoContext, category: Category, said: dict[str, Any], by: Account, *, until: datetime | None
) -> Invitation:
    wording = Wording(**{"language": "ru"} | said, category=category, expires_at=until)
    return write_invitation(context.forum, wording, by=by)


def _use(invitation: Invitation, document: ConsentDocument, delegation: Delegation) -> None:
    _send(start_invited(invitation, document=document, language="ru"), delegation)


def _send(draft: Registration, delegation: Delegation, **changes: Any) -> None:
    answers = ANSWERS | {"delegation": delegation} | changes
    submit(save_answers(draft, version=draft.version, answers=answers))


def _codes(
    context: DemoContext,
    officer: Account,
    document: ConsentDocument,
    categories: dict[str, Category],
    delegations: dict[str, Delegation],
) -> None:
    terms = CodeTerms(name="Команда Санкт-Петербурга", category=categories["partner_team"], uses=10)
    made = make_code(terms, by=officer)
    AccessCode.objects.filter(pk=made.pk).update(code=CODE)
    names = {"surname": "Кодова", "given_name": "Нина", "latin_surname": "KODOVA", "latin_given_name": "NINA"}
    draft = start_with_code(made, document=document, language="ru")
    _send(draft, delegations["RU-SPE"], **names, email="coded@example.org")
    make_code(
        CodeTerms(name="Водители автобусов", category=categories["technical"], uses=6, skips_review=True), by=officer
    )
