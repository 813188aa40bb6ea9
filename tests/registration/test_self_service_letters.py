"""Letters of deleting, reminding and handing over: whole in each language, and none gives away what it must not."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils.timezone import now

from forum.models import Forum, Message
from registration.actions.hand_over import begin_hand_over, take_back
from registration.actions.person_erasing import erase_person
from registration.actions.retention import remind_unsent
from registration.actions.review import reject, replace
from registration.actions.self_deletion import ask_for_deletion_code
from registration.enums import ErasureBasis
from registration.enums import RegistrationState as S
from registration.models import Registration
from tests.factories.forum import make_account
from tests.registration.test_mails import LANGUAGES, application, both, letter

pytestmark = pytest.mark.django_db
NAMES = {"surname": "Заменина", "given_name": "Ольга"}
WORDS = {
    "registration.deletion_code": ("навсегда", "for good", "butunlay", "назаўсёды"),
    "registration.deleted": ("мы о вас знали", "we knew about you", "haqingizda bilganlarimiz", "мы пра вас ведалі"),
    "registration.unsent": ("Через неделю", "In a week", "Bir haftadan", "Праз тыдзень"),
    "registration.handed": ("передать место вам", "wants you to have", "sizga bermoqchi", "перадаць месца вам"),
    "registration.hand_over_over": ("больше не", "no longer", "endi", "больш не"),
    "registration.hand_over_done": ("Место перешло", "The place went", "Joy oʻtdi", "Месца перайшло"),
    "registration.hand_over_kept": ("по-прежнему", "still yours", "hamon sizniki", "па-ранейшаму"),
}


def draft(forum: Forum, language: str) -> None:
    made = application(forum, language, S.DRAFT)
    Registration.objects.filter(pk=made.pk).update(created_at=now() - timedelta(days=25))
    remind_unsent()


def written(forum: Forum, language: str) -> Iterator[str]:
    """Each letter in turn, newest in the ledger."""
    giver = application(forum, language, S.CONFIRMED)
    ask_for_deletion_code(giver, by=None)
    yield "registration.deletion_code"
    begin_hand_over(giver, names=NAMES, email="olga@example.org", by=None)
    yield "registration.handed"
    take_back(giver, by=None)
    yield "registration.hand_over_over"
    by = make_account("officer@example.org")
    for reason, decide in (("kept", reject), ("done", replace)):
        substitute = begin_hand_over(giver, names=NAMES, email="petr@example.org", by=None).substitute
        facts = {"organisation": "Музей", "position": "хранитель", "submitted_at": now(), "awaits_consent": False}
        Registration.objects.filter(pk=substitute.pk).update(state=S.SUBMITTED, **facts)
        substitute.refresh_from_db()
        if decide is reject:
            reject(substitute, by=by)
        else:
            replace(giver, substitute=substitute, by=by, reason="x")
            Message.objects.exclude(reason__startswith="registration.hand").delete()
        yield f"registration.hand_over_{reason}"
    draft(forum, language)
    yield "registration.unsent"
    erase_person(application(forum, language), basis=ErasureBasis.ASKED, by=None, as_applicant=True)
    yield "registration.deleted"


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_whole_in_each_language(forum: Forum, language: str) -> None:
    for reason in written(forum, language):
        newest = Message.objects.latest("pk")
        assert (newest.reason, newest.language) == (reason, language)
        text, html = both(letter())
        word = WORDS[reason][LANGUAGES.index(language)]
        assert word in text and word in html, reason
        if reason in ("registration.unsent", "registration.deleted", "registration.deletion_code"):
            assert "/apply/return/" not in text and "Анна" not in text and "Anna" not in text
        assert ("/apply/return/" in text) == (reason == "registration.handed")
