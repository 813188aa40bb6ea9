"""A head at work in the demo: people written down, two of them without an email, and places without names."""

from datetime import time, timedelta

from django.utils.timezone import localdate, now

from forum.demo import DemoContext
from forum.models import Account
from registration.actions.members import add_member
from registration.actions.paper import Paper, record_paper
from registration.actions.placeholders import Kept, keep_places
from registration.models import Category, ConsentDocument, Delegation
from registration.queries.delegations import quota_in

CODE = "RU-NVS"
WRITTEN_DOWN = (
    {
        "surname": "Вписанная",
        "given_name": "Дарья",
        "patronymic": "Олеговна",
        "email": "listed-one@example.org",
        "organisation": "Турбюро «Образцовое»",
        "position": "экскурсовод",
    },
    {
        "surname": "Бумажный",
        "given_name": "Матвей",
        "patronymic": "Ильич",
        "organisation": "Музей завода «Макет»",
        "position": "хранитель",
    },
)
SIGNED = {
    "surname": "Подписавшая",
    "given_name": "Вера",
    "patronymic": "Павловна",
    "organisation": "Музей завода «Макет»",
    "position": "смотритель",
}
"""She has signed the consent on paper; the officer has not sent her application yet."""


def build_delegations(
    context: DemoContext,
    *,
    document: ConsentDocument,
    categories: dict[str, Category],
    delegations: dict[str, Delegation],
) -> None:
    """After the quotas: of the delegation whose head signs in to the demo."""
    delegation, head = delegations[CODE], Account.objects.get(email="head@example.org")
    category = categories["delegate"]
    with context.at(min(now(), context.moment(-12, time(11)))):
        names_by = max(context.moment(-5, time()), now() + timedelta(days=1))
        quota = quota_in(delegation, category)
        if quota and quota.pool.left > 1:
            keep_places(quota, wanted=Kept(number=2, names_by=names_by, seen=0), by=head)
        for texts in WRITTEN_DOWN:
            add_member(delegation, category=category, language="ru", texts=texts, by=head)
        signed = add_member(delegation, category=category, language="ru", texts=SIGNED, by=head).registration
        paper = Paper(document=document, language="ru", signed_on=localdate(), witness="Свидетелева Ольга")
        record_paper(signed, paper=paper, by=Account.objects.get(email="supervisor@example.org"))
