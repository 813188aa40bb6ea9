"""Two applications before the officer: the list, the comparison, two clicks to merge, ways back."""

from django.test import Client

from forum.models import Forum
from registration.enums import RegistrationState as S
from registration.models import Merge, Registration
from tests.factories.registration import make_person, make_registration

LIST = "/team/people/duplicates/"


def state(row: Registration) -> str:
    return Registration.objects.get(pk=row.pk).state


def test_a_pair_is_found_compared_merged_and_put_back(officer_client: Client, forum: Forum) -> None:
    kept = make_registration(forum, state=S.CONFIRMED)
    gone = make_registration(forum, person=make_person(forum, email="ANOTHER@example.org"), organisation="Иной завод")
    address = f"{LIST}{kept.ref}/{gone.ref}/"
    assert address in officer_client.get(LIST).content.decode()
    assert address in officer_client.get(f"/team/people/{kept.ref}/").content.decode()
    page = officer_client.get(address).content.decode()
    assert "Иной завод" in page and 'value="organisation"' in page and 'value="surname"' not in page
    typed = {"take": "organisation", "kept_version": "1", "gone_version": "1"}
    assert officer_client.post(address, typed).status_code == 422  # a reason is wanted
    asked = officer_client.post(address, typed | {"reason": "одно лицо"})
    assert asked.status_code == 200 and "десять минут" in asked.content.decode() and state(gone) == S.SUBMITTED
    answer = officer_client.post(address, typed | {"reason": "одно лицо", "confirmed": "1"})
    assert answer.url == f"/team/people/{kept.ref}/" and state(gone) == S.CANCELLED
    toast = officer_client.get(answer.url).content.decode()
    assert f"{address}undo/" in toast and address in toast
    assert "одно лицо" in officer_client.get(address).content.decode()
    again = officer_client.post(address, typed | {"reason": "одно лицо", "confirmed": "1"})
    assert again.status_code == 409 and Merge.objects.count() == 1
    officer_client.post(f"{LIST}{gone.ref}/{kept.ref}/undo/")
    assert state(gone) == S.SUBMITTED and Registration.objects.get(pk=kept.pk).organisation == "Завод «Образец»"


def test_two_people_leave_the_list_and_come_back(officer_client: Client, forum: Forum) -> None:
    first, second = make_registration(forum), make_registration(forum)
    address = f"{LIST}{first.ref}/{second.ref}/"
    assert officer_client.post(f"{address}apart/").url == LIST
    page = officer_client.get(LIST).content.decode()
    assert f'href="{address}"' not in page and f"{address}suspect/" in page
    officer_client.post(f"{address}suspect/")
    assert f'href="{address}"' in officer_client.get(LIST).content.decode()


def test_what_was_changed_meanwhile_is_compared_again(officer_client: Client, forum: Forum) -> None:
    first, second = make_registration(forum), make_registration(forum)
    Registration.objects.filter(pk=second.pk).update(version=4)
    typed = {"reason": "одно лицо", "confirmed": "1", "kept_version": "1", "gone_version": "1"}
    answer = officer_client.post(f"{LIST}{first.ref}/{second.ref}/", typed)
    assert answer.status_code == 409 and state(second) == S.SUBMITTED
    assert "одно лицо" in answer.content.decode()
