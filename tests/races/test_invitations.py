"""One invitation makes one application, and a code no more than it says, however many come at one moment."""

from functools import partial

import pytest

from forum.models import Account, Forum
from registration.actions.applications import submit, withdraw
from registration.actions.entrances import decline_invitation, start_invited
from registration.actions.invitations import Wording, remind, send_invitation, withdraw_invitation, write_invitation
from registration.enums import InvitationState as I
from registration.enums import RegistrationState as S
from registration.models import AccessCode, Invitation, Registration
from registration.queries.codes import miscounted
from tests.factories.invitations import closed_category, link_to, make_access_code, make_invitation
from tests.factories.registration import make_consent_document
from tests.races.at_once import at_once, refusals
from tests.registration.test_codes import filled
from tests.registration.test_invitations import filled as invited

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_last_use_of_a_code_goes_to_one_of_twenty(forum: Forum) -> None:
    code = make_access_code(forum, category=closed_category(forum, places=1), uses=1, skips_review=True)
    drafts = [filled(code) for _ in range(20)]
    answers = at_once([partial(submit, draft) for draft in drafts])
    assert refusals(answers) == ["entrance.over"] * 19
    assert AccessCode.objects.get().used == 1
    assert Registration.objects.filter(state=S.APPROVED).count() == 1
    assert Registration.objects.filter(state=S.DRAFT).count() == 19, "what was typed is kept"
    assert miscounted() == []


def test_uses_given_back_and_taken_at_once_stay_counted(forum: Forum) -> None:
    code = make_access_code(forum, uses=10, skips_review=True)
    leaving = [submit(filled(code)) for _ in range(5)]
    coming = [filled(code) for _ in range(5)]
    calls = [partial(withdraw, one) for one in leaving] + [partial(submit, one) for one in coming]
    assert refusals(at_once(calls)) == []
    assert (AccessCode.objects.get().used, miscounted()) == (5, [])


def test_one_invitation_begins_and_sends_one_application(forum: Forum) -> None:
    invitation, document = make_invitation(forum), make_consent_document(forum)
    begun = at_once([partial(start_invited, invitation, document=document, language="ru") for _ in range(10)])
    assert len({one.pk for one in begun if isinstance(one, Registration)}) == 1
    draft = invited(invitation)
    at_once([partial(submit, draft) for _ in range(10)])
    assert (Registration.objects.count(), Invitation.objects.get().state) == (1, I.USED)


def test_ten_officers_write_one_invitation(forum: Forum, officer: Account) -> None:
    wording = Wording(category=closed_category(forum), email="olga@example.org", language="ru")
    answers = at_once([partial(write_invitation, forum, wording, by=officer) for _ in range(10)])
    assert refusals(answers) == ["invitation.twice"] * 9
    invitation = Invitation.objects.select_related("forum", "category").get()
    sent = at_once([partial(send_invitation, invitation, by=officer) for _ in range(10)])
    assert (sent.count(True), invitation.links.count()) == (1, 1)
    assert at_once([partial(remind, invitation, by=officer) for _ in range(5)]) == [False] * 5


def test_sent_withdrawn_and_declined_at_once_ends_in_one_way(forum: Forum, officer: Account) -> None:
    invitation = make_invitation(forum)
    link, draft = link_to(invitation), invited(invitation)
    at_once(
        [
            partial(submit, draft),
            partial(withdraw_invitation, invitation, by=officer),
            partial(decline_invitation, link),
        ]
    )
    ended = Invitation.objects.get()
    sent = Registration.objects.get(pk=draft.pk).state == S.SUBMITTED
    assert (ended.state == I.USED) == sent
    assert (ended.email, ended.surname) == ("", "")
