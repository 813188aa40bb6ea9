"""A head at work in the demo: two people written down, one of them without an email, and places without names."""

from datetime import time, timedelta

from django.utils.timezone import now

from forum.demo import DemoContext
from forum.models import Account
from registration.actions.members import add_member
from registration.actions.placeholders import Kept, keep_places
from registration.models import Category, Delegation
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


def build_delegations(
    context: DemoContext, *, categories: dict[str, Category], delegations: dict[str, Delegation]
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
