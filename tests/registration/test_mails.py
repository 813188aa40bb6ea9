"""Letters about an application: in the recipient's language, text and HTML alike, nothing left unsaid."""

import json
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.utils.timezone import now
from django.utils.translation import override

from forum.mailing import compose
from forum.models import Account, Forum, Message
from forum.templatetags.times import when_text
from registration.actions.applications import submit, withdraw
from registration.actions.imports import import_now, receive
from registration.actions.invitations import remind
from registration.actions.review import approve, ask_for_changes, put_in_line, reject
from registration.actions.sweeps import expire_unconfirmed, sweep
from registration.enums import RegistrationState
from registration.models import Claim, Invitation, Registration
from tests.factories.invitations import make_invitation
from tests.factories.registration import make_category, make_person, make_registration
from tests.mail import html_of, text_of

S = RegistrationState
LANGUAGES = ["ru", "en", "uz", "be"]
NAMES = {
    "ru": "Анна Ильинична",
    "en": "Anna Primerova",
    "uz": "Namunayeva Oydin",
    "be": "Прымерава Ганна",
}


def application(forum: Forum, language: str, state: RegistrationState = S.SUBMITTED) -> Registration:
    """Of somebody who reads letters in `language`."""
    native = {"uz": NAMES["uz"], "be": NAMES["be"]}.get(language, "")
    return make_registration(forum, state=state, language=language, person=make_person(forum, native_name=native))


def letter() -> EmailMessage:
    """The newest one, as it leaves; composed by a worker whose language is another."""
    with override("de"):
        content = compose(Message.objects.select_related("forum").latest("pk"))
    return message_from_bytes(content, policy=policy.default)  # type: ignore[return-value]


def both(mail: EmailMessage) -> tuple[str, str]:
    """Plain text and HTML."""
    return text_of(mail).replace("\r\n", "\n"), html_of(mail).replace("\r\n", "\n")


SUBJECTS = {
    "submitted": ("Мы получили", "We have received", "qabul qildik", "Мы атрымалі"),
    "needs_changes": ("нужно исправление", "needs a correction", "tuzatish kerak", "патрэбна выпраўленне"),
    "approved": ("Заявка одобрена", "Approved", "maʼqullandi", "Заяўка ўхвалена"),
    "waitlisted": ("лист", "waiting list", "kutish roʻyxat", "лісце чакання"),
    "rejected": ("О вашей заявке", "About your application", "arizangiz haqida", "Пра вашу заяўку"),
    "cancelled": ("отозвана", "withdrawn", "qaytarib olindi", "адклікана"),
}


@pytest.mark.parametrize(("place", "language"), list(enumerate(LANGUAGES)))
@pytest.mark.parametrize("kind", SUBJECTS)
def test_letters_speak_the_recipients_language(
    forum: Forum, officer: Account, kind: str, place: int, language: str
) -> None:
    registration = application(forum, language, S.DRAFT if kind == "submitted" else S.SUBMITTED)
    acts = {
        "submitted": lambda: submit(registration),
        "needs_changes": lambda: ask_for_changes(registration, by=officer, note="«Латиница» & <имя>\nвторая строка"),
        "approved": lambda: approve(registration, by=officer),
        "waitlisted": lambda: put_in_line(registration, by=officer),
        "rejected": lambda: reject(registration, by=officer, note="Места закончились"),
        "cancelled": lambda: withdraw(registration),
    }
    acts[kind]()
    mail = letter()
    assert SUBJECTS[kind][place].lower() in str(mail["Subject"]).lower()
    assert mail["Content-Language"] == language
    link = json.loads(Message.objects.latest("pk").context or "{}")["link"]
    for body in both(mail):
        assert NAMES[language] in body
        assert f"http://localhost:8000{link}" in body
        assert link.startswith(f"/{language}/apply/return/")
        assert f"{registration.ref[:5]}-{registration.ref[5:]}" in body
        assert "{{" not in body and "{%" not in body and "%(" not in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_deadline_is_named_with_its_zone(forum: Forum, officer: Account, language: str) -> None:
    approve(application(forum, language), by=officer)
    with override(language):
        deadline = when_text(Registration.objects.get().confirm_by, zone=forum.timezone)
    mail = letter()
    assert deadline in str(mail["Subject"])
    assert all(deadline in body for body in both(mail))
    assert "(" in deadline


def test_the_officers_words_are_quoted_and_cannot_be_markup(forum: Forum, officer: Account) -> None:
    ask_for_changes(application(forum, "ru"), by=officer, note="Имя <b>O'Neil</b> & Co\nвторая строка")
    text, html = both(letter())
    assert "> Имя <b>O'Neil</b> & Co\n> вторая строка" in text
    assert "Имя &lt;b&gt;O&#x27;Neil&lt;/b&gt; &amp; Co<br>вторая строка" in html


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "Мы ждали подтверждения до"),
        ("en", "We waited for your confirmation until"),
        ("uz", "gacha kutdik"),
        ("be", "Мы чакалі пацвярджэння да"),
    ],
)
def test_an_unconfirmed_place_has_its_own_words(forum: Forum, officer: Account, language: str, words: str) -> None:
    registration = approve(application(forum, language), by=officer)
    Registration.objects.filter(pk=registration.pk).update(confirm_by=forum.confirm_by.replace(year=2020))
    expire_unconfirmed()
    mail = letter()
    assert all(words in body and "not_confirmed" not in body for body in both(mail))


@pytest.mark.parametrize(
    ("language", "offered", "over"),
    [
        ("ru", "Для вас есть место: ответьте до", "Срок предложения места истёк"),
        ("en", "A place is free for you: answer by", "The offer of a place is over"),
        ("uz", "Siz uchun joy boʻshadi", "Joy taklifi muddati tugadi"),
        ("be", "Для вас ёсць месца", "Тэрмін прапановы месца скончыўся"),
    ],
)
def test_a_place_from_the_waiting_list_is_offered_and_taken_back_in_words(
    forum: Forum, officer: Account, language: str, offered: str, over: str
) -> None:
    put_in_line(application(forum, language), by=officer)
    sweep()
    claim, mail = Claim.objects.get(), letter()
    assert claim.offer_until
    with override(language):
        deadline = when_text(claim.offer_until, zone=forum.timezone)
    assert offered in str(mail["Subject"])
    assert deadline in str(mail["Subject"])
    link = json.loads(Message.objects.latest("pk").context or "{}")["offer_link"]
    assert link.startswith(f"/{language}/apply/offer/")
    assert all(f"http://localhost:8000{link}" in body and deadline in body for body in both(mail))
    Claim.objects.update(offer_until=now())
    sweep()
    mail = letter()
    assert over in str(mail["Subject"])
    assert all(forum.contact_email in body and NAMES[language] in body for body in both(mail))


def test_the_reason_of_a_refusal_is_optional(forum: Forum, officer: Account) -> None:
    reject(application(forum, "ru"), by=officer)
    text, html = both(letter())
    assert "К сожалению, мы не смогли принять эту заявку." in text
    assert "\n>" not in text
    assert "<blockquote" not in html


def test_a_letter_without_a_name_still_greets(forum: Forum, officer: Account) -> None:
    person = make_person(forum, surname="", given_name="", patronymic="", latin_surname="NAMUNA", latin_given_name="")
    approve(make_registration(forum, person=person, language="ru"), by=officer)
    text, _html = both(letter())
    assert text.startswith("Здравствуйте!")


def test_subjects_carry_no_names(forum: Forum, officer: Account) -> None:
    approve(application(forum, "ru"), by=officer)
    assert "Примеров" not in str(letter()["Subject"])


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("ru", "Ваша заявка подготовлена"),
        ("en", "Your application is prepared"),
        ("uz", "Arizangiz tayyorlandi"),
        ("be", "Ваша заяўка падрыхтавана"),
    ],
)
def test_somebody_on_a_list_gets_a_letter_with_their_own_link(
    forum: Forum, officer: Account, language: str, subject: str
) -> None:
    content = "Фамилия;Имя;Email\r\nСписочная;Ольга;olga@example.org\r\n".encode()
    values = {"category": make_category(forum), "language": language, "by": officer}
    import_now(receive(forum=forum, name="list.csv", content=content, **values))
    mail = letter()
    assert str(mail["Subject"]).strip().startswith(subject)
    assert (mail["To"], mail["Content-Language"]) == ("olga@example.org", language)
    assert "\n\n\n" not in both(mail)[0]
    link = json.loads(Message.objects.get().context or "{}")["link"]
    assert all(f"http://localhost:8000{link}" in body and "{{" not in body for body in both(mail))
    assert link.startswith(f"/{language}/apply/return/")


INVITATIONS = {
    "ru": ("Приглашаем вас", "осталось 3 дня"),
    "en": ("We invite you", "3 days are left"),
    "uz": ("taklif qilamiz", "3 kun qoldi"),
    "be": ("Запрашаем вас", "засталося 3 дні"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_invitations_speak_the_invited_persons_language(forum: Forum, language: str) -> None:
    until = now() + timedelta(days=2, hours=12)
    names = {"latin_surname": "PRIMEROVA", "latin_given_name": "ANNA"} if language == "en" else {"given_name": "Анна"}
    invitation = make_invitation(forum, language=language, expires_at=until, **names)
    with override(language):
        deadline = when_text(until, zone=forum.timezone)
    for said in both(letter()):
        assert INVITATIONS[language][0] in said
        assert INVITATIONS[language][1] in said
        assert deadline in said
        assert f"/{language}/apply/invitation/" in said
    Invitation.objects.update(sent_at=now() - timedelta(days=2))
    assert remind(invitation, by=None, last_call=True)
    assert deadline in str(letter()["Subject"])
    assert "/apply/invitation/" in both(letter())[0]
