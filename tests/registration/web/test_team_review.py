"""Rules of the review and ready-made texts, by those who keep them; the two glances on the person's page."""

import pytest
from django.test import Client

from forum.enums import Role
from forum.models import Account, Forum
from registration.actions.reasons import add_usual_reasons
from registration.enums import RegistrationState as S
from registration.enums import ReviewStages
from registration.models import Category, PreCheck, ReasonTemplate, Registration
from tests.factories.forum import make_staff
from tests.factories.registration import make_category, make_registration
from tests.sessions import sign_in

PAGE = "/team/people/review/"
TEXT = {"kind": "reject", "title_ru": "Тема", "text_ru": "Не по теме", "title_en": "Topic", "text_en": "Off topic"}


def test_rules_of_all_categories_are_set_at_once(officer_client: Client, forum: Forum) -> None:
    make_category(forum), make_category(forum, code="media")
    chosen = {"review_delegate": "two_people", "review_media": "one", "days_delegate": "7", "days_media": "7"}
    assert officer_client.post(PAGE, chosen).url == PAGE
    assert dict(Category.objects.values_list("code", "review")) == {"delegate": "two_people", "media": "one"}
    wrong = officer_client.post(PAGE, chosen | {"review_media": "three"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["review_media"])


def test_the_usual_texts_are_there_in_four_languages_once(officer_client: Client, forum: Forum) -> None:
    for _press in range(2):
        officer_client.post(f"{PAGE}texts/usual/")
    latin = ReasonTemplate.objects.get(title_en="Latin name")
    assert ReasonTemplate.objects.count() == 5
    assert len({latin.text_ru, latin.text_en, latin.text_uz, latin.text_be}) == 4


def test_a_text_is_added_changed_put_away_and_taken_out(officer_client: Client, forum: Forum) -> None:
    assert officer_client.post(f"{PAGE}texts/new/", TEXT).url == PAGE
    made = ReasonTemplate.objects.get()
    address = f"{PAGE}texts/{made.public_id}/"
    assert officer_client.get(address).context["form"]["text_en"].value() == "Off topic"
    officer_client.post(address, TEXT | {"text_en": "Another topic"})
    page = officer_client.post(f"{address}put-away/", follow=True)
    assert f"{address}take-out/" in page.content.decode()
    made.refresh_from_db()
    assert (made.text_en, made.put_away_at is None) == ("Another topic", False)
    officer_client.post(f"{address}take-out/")
    made.refresh_from_db()
    assert made.put_away_at is None


def test_half_a_translation_is_refused_and_what_was_typed_stays(officer_client: Client, forum: Forum) -> None:
    answer = officer_client.post(f"{PAGE}texts/new/", TEXT | {"title_uz": "Mavzu", "text_ru": ""})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"text_ru", "title_uz"})
    assert answer.context["form"]["title_uz"].value() == "Mavzu"
    assert not ReasonTemplate.objects.exists()


def test_a_text_put_away_is_not_offered(officer_client: Client, officer: Account, forum: Forum) -> None:
    add_usual_reasons(forum=forum, by=officer)
    registration = make_registration(forum)
    latin = ReasonTemplate.objects.get(title_en="Latin name")
    officer_client.post(f"{PAGE}texts/{latin.public_id}/put-away/")
    offered = officer_client.get(f"/team/people/{registration.ref}/").context["reasons"]
    assert [len(offered["ask"]), len(offered["reject"])] == [2, 2]


@pytest.mark.parametrize(("stages", "may"), [(ReviewStages.TWO_STEPS, True), (ReviewStages.TWO_PEOPLE, False)])
def test_two_glances_on_the_page(officer_client: Client, forum: Forum, stages: ReviewStages, may: bool) -> None:
    registration = make_registration(forum, category=make_category(forum, review=stages))
    page = f"/team/people/{registration.ref}/"
    before = set(officer_client.get(page).context["decisions"])
    answer = officer_client.post(f"{page}check/", follow=True)
    assert f"{page}uncheck/" in answer.content.decode()
    assert (before, "approve" in answer.context["decisions"]) == ({"ask"}, may)
    officer_client.post(f"{page}approve/")
    assert Registration.objects.get().state == (S.APPROVED if may else S.SUBMITTED)
    if not may:
        second = sign_in(Client(), make_staff(forum, Role.ACCREDITATION_OFFICER))
        assert "approve" in second.get(page).context["decisions"]
        officer_client.post(f"{page}uncheck/")
        assert PreCheck.objects.filter(ended_at=None).count() == 0


def test_the_list_is_narrowed_to_what_waits_for_a_glance(officer_client: Client, forum: Forum) -> None:
    category = make_category(forum, review=ReviewStages.TWO_STEPS)
    seen, unseen = (make_registration(forum, category=category) for _number in range(2))
    officer_client.post(f"/team/people/{seen.ref}/check/")
    for stage, found in (("check", unseen), ("decide", seen)):
        rows = officer_client.get(f"/team/people/?stage={stage}").context["rows"]
        assert [row["registration"] for row in rows] == [found]
        assert rows[0]["may_approve"] == (stage == "decide")
