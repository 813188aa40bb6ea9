"""What a delegate reads in Uzbek and in Belarusian: no sentence of the interface is left in English or in Russian."""

import re
from email import message_from_bytes, policy
from functools import cache
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import translation
from django.utils.timezone import now

from agenda.actions.releases import publish_release
from forum.actions.jobs import run
from forum.mailing import compose
from forum.models import Account, Forum, Job, Message
from forum.runtime import catalogues
from forum.runtime.paths import APPS
from registration.actions.form_publishing import publish_form
from registration.enums import QuestionKind, RegistrationState
from registration.models import ConsentDocument
from tests.factories.agenda import make_programme, make_session, make_slot, make_speaker
from tests.factories.forum import make_account
from tests.factories.questions import asks, make_draft, make_form
from tests.factories.registration import make_category, make_person, make_registration
from tests.registration.web.walk import agree, fill, open_doors, send
from tests.sessions import sign_in

OTHERS = ("uz", "be")
SPOKEN = re.compile(r"[^\W\d_]{3}")


@cache
def words(language: str) -> dict[catalogues.Key, catalogues.Words]:
    """Every text of ours that this language has."""
    return catalogues.known_words(language)


@cache
def strangers(language: str) -> frozenset[str]:
    """Sentences in English and Russian that `language` says otherwise; words that mean something in it are no mistake."""
    own = {_first(text) for text in words(language).values()}
    english = {key[1] for key, said in words(language).items() if _first(said) != key[1]}
    russian = {_first(said) for key, said in words("ru").items() if key in words(language)}
    return frozenset(text for text in english | russian if text not in own and SPOKEN.search(text) and "%(" not in text)


def _first(said: catalogues.Words) -> str:
    return said if isinstance(said, str) else said[0]


class Reader(HTMLParser):
    """Gathers what a page says in its own language: texts, labels and hints, but nothing marked as another language."""

    SPOKEN_ATTRIBUTES = ("aria-label", "placeholder", "title", "alt", "data-label")
    VOID = frozenset(("meta", "link", "input", "br", "img", "hr", "rect", "line", "use", "path", "circle"))

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language, self.stack, self.said = language, [language], []  # type: ignore[var-annotated]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        speaks = found.get("lang") or ("" if tag in ("script", "style") else self.stack[-1])
        if speaks == self.language:
            self.said += [found[name] or "" for name in self.SPOKEN_ATTRIBUTES if name in found]
        if tag not in self.VOID:
            self.stack.append(speaks)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Empty elements open nothing."""

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        if self.stack[-1] == self.language:
            self.said.append(data)


def leaks(html: str, language: str) -> set[str]:
    """Sentences of the page that stand in another language than its own."""
    reader = Reader(language)
    reader.feed(html)
    return {" ".join(text.split()).strip(" :.") for text in reader.said} & {
        text.strip(" :.") for text in strangers(language)
    }


def read(client: Client, path: str, language: str) -> str:
    """A page that says in which language it is."""
    answer = client.get(f"/{language}/{path}")
    assert answer.status_code == 200, path
    html = answer.content.decode()
    assert f'<html lang="{language}"' in html, path
    return html


@pytest.fixture
def forum(forum: Forum) -> Forum:
    """An edition and its consent in all four languages: what organisers did not translate is not ours to judge."""
    for language in OTHERS:
        for field in ("title", "short_title", "city"):
            setattr(forum, f"{field}_{language}", f"{field}-{language}")
    forum.save()
    titles = {f"title_{code}": f"consent-{code}" for code in ("ru", "en", *OTHERS)}
    bodies = {f"body_{code}": f"text-{code}" for code in ("ru", "en", *OTHERS)}
    ConsentDocument.objects.create(forum=forum, purpose="processing", version=1, published_at=now(), **titles, **bodies)
    return forum


def test_the_judge_sees_a_sentence_in_another_language() -> None:
    """A check that cannot fail would be none: English, Russian, in a text or a label; marked ones are allowed."""
    assert leaks("<p>Apply to take part</p>", "uz") == {"Apply to take part"}
    assert leaks("<p>Подать заявку на участие</p>", "be") == {"Подать заявку на участие"}
    assert leaks('<a aria-label="Apply to take part">x</a>', "be") == {"Apply to take part"}
    assert leaks('<p lang="en">Apply to take part</p><p>Ariza</p>', "uz") == set()


@pytest.mark.parametrize("language", OTHERS)
def test_public_pages_speak_the_language_of_their_address(client: Client, forum: Forum, language: str) -> None:
    """Texts of people exist in four languages here, so that whatever is foreign is ours."""
    four = {code: f"{code}-text" for code in ("ru", "en", "uz", "be")}
    speaker = make_speaker(forum, position=four)
    make_session(forum, slug="one", title=four, speakers=(speaker,), interpretation=["en", "uz"], languages=["ru"])
    make_session(forum, slug="two", title=four, admission="seat_booking", places=20, kind="workshop", day=1)
    make_slot(make_programme(forum, slug="mine", title=four, city=four, dress_code=["helmet"], lent_by_host=["helmet"]))
    publish_release(forum, by=None)
    open_doors(forum)
    paths = ["", "programme/", "programme/?day=all", "programme/?words=zzz", "sessions/one/", "sessions/two/", "speakers/",
             f"speakers/{speaker.public_id}/", "speakers/?words=zzz", "visits/", "visits/mine/", "apply/",
             "apply/delegate/consent/", "accounts/login/"]  # fmt: skip
    for path in paths:
        assert (path, leaks(read(client, path, language), language)) == (path, set())


@pytest.mark.parametrize("language", OTHERS)
def test_closed_doors_speak_it_too(client: Client, forum: Forum, language: str) -> None:
    """Before the programme, after the applications, and where there is nothing."""
    Forum.objects.filter(pk=forum.pk).update(programme_public=False, applications_open=False)
    for path in ("", "programme/", "speakers/", "visits/", "apply/"):
        assert (path, leaks(read(client, path, language), language)) == (path, set())
    missing = client.get(f"/{language}/sessions/nothing/")
    assert missing.status_code == 404
    assert leaks(missing.content.decode(), language) == set()


@pytest.mark.parametrize("language", OTHERS)
def test_the_way_of_an_applicant_speaks_it(client: Client, forum: Forum, language: str) -> None:
    """Each step with all its mistakes, the check, the end, and the letter."""
    draft = agree(client, forum, page=language)
    for step in ("name", "contact", "work"):
        path = f"apply/{draft.ref}/{step}/"
        page = client.get(f"/{language}/{path}")
        assert (step, leaks(page.content.decode(), language)) == (step, set())
        wrong = {
            "version": page.context["version"],
            "email": "nobody",
            "surname": "123",
            "citizenship": "XX",
            "language": "xx",
        }
        refused = client.post(f"/{language}/{path}", wrong)
        assert (step, leaks(refused.content.decode(), language)) == (step, set())
    done = fill(client, forum, page=language, language=language)
    assert leaks(read(client, f"apply/{done.ref}/check/", language), language) == set()
    send(client, done, page=language)
    assert leaks(read(client, f"apply/{done.ref}/sent/", language), language) == set()
    letter = message_from_bytes(compose(Message.objects.get(reason="registration.received")), policy=policy.default)
    said = letter.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert leaks(said, language) == set()


@pytest.mark.parametrize("language", OTHERS)
def test_questions_speak_it_with_their_mistakes(client: Client, forum: Forum, officer: Account, language: str) -> None:
    """Every kind of question, refused, in the step of the application; then asked anew after sending, with the letter."""
    four = {
        f"{text}_{code}": f"{code}-text" for text in ("label", "purpose", "help") for code in ("ru", "en", "uz", "be")
    }
    kinds = [kind.value for kind in QuestionKind]
    every = [asks(f"of_{kind}", kind, required=True, bounds={"system": "head"}, **four) for kind in kinds]
    chosen = {"choice": [("m", 3), ("k", 0)], "several": ["m"]}
    every = [question | {"choices": chosen.get(question["kind"], ())} for question in every]
    open_doors(forum)
    make_form(forum, *every, by=officer)
    draft = fill(client, forum, page=language, language=language)
    path = f"apply/{draft.ref}/questions/"
    html = read(client, path, language)
    assert leaks(html, language) == set()
    wrong = {"shown": [f"of_{kind}" for kind in kinds], "form": make_category(forum).form_id, "version": draft.version}
    for typed in ("", "?"):
        refused = client.post(f"/{language}/{path}", wrong | {f"q_of_{kind}": typed for kind in kinds})
        assert (refused.status_code, leaks(refused.content.decode(), language)) == (422, set())
    assert leaks(read(client, f"apply/{draft.ref}/check/", language), language) == set()
    anna = make_account("anna@example.org")
    sent = make_registration(forum, person=make_person(forum, account=anna), language=language)
    sign_in(client, anna, second_factor=False)
    own = ("questions", "answers", "facts", "changes", "data")
    for page in ("my/", *(f"my/{sent.ref}/{name}/" for name in own)):
        assert (page, leaks(read(client, page, language), language)) == (page, set())
    draft_form = make_draft(make_category(forum), asks("new", required=True, **four), by=officer)
    publish_form(draft_form, version=draft_form.version, by=officer)
    run(job_id=Job.objects.get(kind="registration.ask_again").pk)
    letter = message_from_bytes(compose(Message.objects.get(reason="registration.questions")), policy=policy.default)
    assert leaks(letter.get_body(("html",)).get_content(), language) == set()  # type: ignore[union-attr]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("state", [*RegistrationState])
def test_my_page_speaks_it_in_every_state(
    client: Client, forum: Forum, language: str, state: RegistrationState
) -> None:
    """One line of truth, the button, the history."""
    account = make_account("anna@example.org")
    make_registration(forum, state=state, person=make_person(forum, account=account))
    sign_in(client, account, second_factor=False)
    assert leaks(read(client, "my/", language), language) == set()


@pytest.mark.parametrize("language", OTHERS)
def test_signing_in_speaks_it_with_its_mistakes(client: Client, db: None, language: str) -> None:
    """What the library says of a wrong address or code; it has no Belarusian of its own."""
    refused = client.post(f"/{language}/accounts/login/", {"login": "nobody"})
    assert leaks(refused.content.decode(), language) == set()
    client.post(f"/{language}/accounts/login/", {"login": "nobody@example.org"})
    wrong = client.post(f"/{language}/accounts/login/code/confirm/", {"code": "AAAAAA"})
    html = wrong.content.decode()
    assert leaks(html, language) == set()
    with translation.override(language):
        assert "Incorrect" not in html


@pytest.mark.parametrize(("language", "forms"), [("uz", 2), ("be", 3)])
def test_numbers_agree_with_their_words(language: str, forms: int) -> None:
    """Every text with a number has as many forms as the language wants, none of them empty."""
    for app in APPS:
        for message in catalogues.read(app, language):
            if isinstance(message.id, tuple) and any(message.string):
                assert len(message.string) == forms and all(message.string), message.id
