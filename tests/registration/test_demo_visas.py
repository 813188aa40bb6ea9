"""The demo shows a visa case at every step."""

from collections import Counter

import pytest

from forum.demo import build_edition
from forum.models import Paper
from registration import demo
from registration.models import VisaCase, VisaRule
from registration.queries.visas import LETTER


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["before", "after"])
def test_guests_stand_at_every_step(stage: str) -> None:
    demo.build(build_edition(stage=stage, seed=1, people=25))
    assert VisaRule.objects.count() == 8
    states = Counter(VisaCase.objects.values_list("state", flat=True))
    assert states == {"wanted": 3, "ready": 1, "issued": 1, "granted": 1, "not_needed": 1, "checking": 1}
    letters = Paper.objects.filter(kind=LETTER).order_by("number")
    assert [(p.number, p.voided_at is None, p.file_id is not None) for p in letters] == [
        (1, True, True), (2, False, False), (3, True, True)
    ]  # fmt: skip
