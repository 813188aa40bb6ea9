"""Sending the ledger over real SMTP: every end an attempt can have, and what is remembered of it."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from forum.actions import mail
from forum.actions.mail import BACKOFF, send_due, sweep
from forum.enums import Lane, MessageState
from forum.models import Forum, Message
from forum.registry import Attachment, MessageKind, attachments, message_kinds
from tests.factories.messages import make_message
from tests.mail import HANG_UP, Sink, html_of, text_of

pytestmark = pytest.mark.django_db
S = MessageState


def send() -> None:
    send_due(lane=Lane.PERSONAL)


def test_sent_letter_has_one_recipient_both_bodies_and_an_id_of_its_row(sink: Sink, settings) -> None:
    message = make_message(to="anna@example.org")
    send()
    (letter,) = sink.letters
    assert sink.recipients == [["anna@example.org"]]
    assert letter.get_all("To") == ["anna@example.org"]
    assert (letter["Cc"], letter["Bcc"]) == (None, None)
    assert letter["Message-ID"] == f"<{message.public_id}@localhost>"
    assert letter["Content-Language"] == "en"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "CODE-" in text_of(letter)
    assert "CODE-" in html_of(letter)


def test_sent_letter_is_closed_and_its_content_emptied(sink: Sink) -> None:
    message = make_message()
    send()
    message.refresh_from_db()
    assert (message.state, message.context, message.leased_until, message.attempts) == (S.SENT, None, None, 1)
    assert message.sent_at is not None
    assert message.answer == "250"


def test_later_asking_sends_nothing_twice(sink: Sink) -> None:
    make_message()
    for _ in range(10):
        send()
    assert len(sink.letters) == 1


def test_letter_speaks_the_recipients_language(sink: Sink) -> None:
    for language in ("ru", "en", "uz", "be"):
        make_message(language=language, to=f"{language}@example.org")
    send()
    subjects = {letter["Content-Language"]: letter["Subject"].partition(":")[0] for letter in sink.letters}
    assert subjects["en"] == "Your sign-in code"
    assert len(set(subjects.values())) == 4
    for letter in sink.letters:
        assert f'<html lang="{letter["Content-Language"]}">' in html_of(letter)


@pytest.mark.parametrize("place", ["recipient", "end"])
def test_4xx_waits_longer_each_time_then_fails(sink: Sink, place: str) -> None:
    message = make_message()
    for number, wait in enumerate(BACKOFF, start=1):
        refuse(sink, place, "451 4.3.0 reader-1@example.org is busy")
        send()
        message.refresh_from_db()
        assert (message.state, message.attempts, message.answer) == (S.RETRY, number, "451 4.3.0")
        assert wait * 0.9 < message.due_at - now() < wait * 1.26
        Message.objects.filter(pk=message.pk).update(due_at=now())
    refuse(sink, place, "451 4.3.0 busy")
    send()
    message.refresh_from_db()
    assert message.state == S.FAILED
    assert sink.letters == []


@pytest.mark.parametrize("pipelining", [True, False])
@pytest.mark.parametrize("place", ["recipient", "end"])
def test_5xx_is_final_and_the_next_letter_goes_on_over_the_same_connection(
    sink: Sink, place: str, pipelining: bool
) -> None:
    sink.pipelining = pipelining
    bad, good = make_message(), make_message()
    refuse(sink, place, "550 5.1.1 reader@example.org unknown")
    send()
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, bad.answer) == (S.FAILED, "550 5.1.1")
    assert bad.context is not None
    assert good.state == S.SENT
    assert sink.connections == 1


def refuse(sink: Sink, place: str, answer: str) -> None:
    (sink.at_the_recipient if place == "recipient" else sink.at_the_end)(answer)


def test_421_closes_the_connection_and_the_next_letter_opens_a_new_one(sink: Sink) -> None:
    first, second = make_message(), make_message()
    sink.at_the_end("421 4.7.0 too many connections")
    send()
    assert states(first, second) == [S.RETRY, S.SENT]
    assert sink.connections == 2


@pytest.mark.parametrize("pipelining", [True, False])
def test_421_to_the_recipient_waits(sink: Sink, pipelining: bool) -> None:
    sink.pipelining = pipelining
    first, second = make_message(), make_message()
    sink.at_the_recipient("421 4.7.0 too many recipients")
    send()
    first.refresh_from_db()
    assert (first.state, first.answer) == (S.RETRY, "421 4.7.0")
    assert states(second) == [S.SENT]
    assert sink.connections == 2


def test_hang_up_after_the_final_dot_is_unknown_and_never_sent_by_itself(sink: Sink) -> None:
    message, other = make_message(), make_message()
    sink.at_the_end(HANG_UP)
    send()
    assert states(message, other) == [S.UNKNOWN, S.SENT]
    for _ in range(3):
        sweep()
        send()
    assert len(sink.to(message.recipient)) == 1
    assert states(message) == [S.UNKNOWN]


def test_letter_that_another_worker_has_put_on_the_wire_is_kept_back(sink: Sink, monkeypatch) -> None:
    """Our lease ended while the server was slow: from the last look before the content on, only one of two goes on."""
    message = make_message()

    def slow_compose(claimed: Message) -> bytes:
        Message.objects.filter(pk=claimed.pk).update(state=S.SENDING, attempts=1)
        return b"Subject: late\n\ntoo late\n"

    monkeypatch.setattr(mail, "compose", slow_compose)
    send()
    assert sink.letters == []
    message.refresh_from_db()
    assert (message.state, message.attempts, message.answer) == (S.SENDING, 1, "")


def test_server_that_is_not_there_costs_no_letter(settings, sink: Sink) -> None:
    message = make_message()
    settings.EMAIL_PORT = 1
    send()
    message.refresh_from_db()
    assert (message.state, message.answer) == (S.RETRY, "ConnectionRefusedError")


def test_letter_that_cannot_be_composed_fails_alone(sink: Sink) -> None:
    broken, good = make_message(attachments=["nothing:1"]), make_message()
    send()
    broken.refresh_from_db()
    assert (broken.state, broken.answer) == (S.FAILED, "KeyError")
    assert states(good) == [S.SENT]


@pytest.mark.parametrize("address", ["a@example.org\r\nBcc: b@example.org", "a@example.org\nRCPT TO:<b@example.org>"])
def test_line_break_in_an_address_reaches_nobody(sink: Sink, address: str) -> None:
    message = make_message()
    Message.objects.filter(pk=message.pk).update(recipient=address)
    send()
    assert states(message) == [S.FAILED]
    assert sink.recipients == []


def test_line_break_in_the_subject_stays_in_the_subject(sink: Sink) -> None:
    subject = "Notice\r\nBcc: everybody@example.org"
    make_message(reason="account.notice", context={"subject": subject, "text": "Hello"})
    send()
    (letter,) = sink.letters
    assert letter["Subject"] == "Notice Bcc: everybody@example.org"
    assert letter["Bcc"] is None


def test_text_is_not_escaped_but_html_is(sink: Sink) -> None:
    words = "O'Neil & <sons>"
    make_message(reason="account.notice", context={"subject": words, "text": words})
    send()
    (letter,) = sink.letters
    assert letter["Subject"] == words
    assert words in text_of(letter)
    assert "O&#x27;Neil &amp; &lt;sons&gt;" in html_of(letter)


def test_cyrillic_domain_travels_as_ascii(sink: Sink) -> None:
    message = make_message(to="anna@пример.рф")
    send()
    assert states(message) == [S.SENT]
    assert sink.recipients == [["anna@xn--e1afmkfd.xn--p1ai"]]


def test_dots_at_the_start_of_a_line_arrive(sink: Sink) -> None:
    make_message(reason="account.notice", context={"subject": "Dots", "text": ".one\n..two\n."})
    send()
    assert ".one\r\n..two\r\n.\r\n" in text_of(sink.letters[0]).replace("\n", "\r\n").replace("\r\r", "\r")


@pytest.fixture
def report_kind():
    """A kind of attachment of a higher room, for this test only."""
    attachments.add("report", lambda public_id: Attachment(f"report-{public_id}.pdf", "application/pdf", b"%PDF-1"))
    message_kinds.add("test.report", MessageKind("test.report", "forum/mail/notice", "Report"))
    yield
    del attachments._entries["report"], message_kinds._entries["test.report"]


def test_attachment_is_made_when_the_letter_leaves(sink: Sink, report_kind: None) -> None:
    make_message(reason="test.report", context={"subject": "Report", "text": "Here"}, attachments=["report:42"])
    send()
    (file,) = sink.letters[0].iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("report-42.pdf", "application/pdf")
    assert file.get_payload(decode=True) == b"%PDF-1"


def test_personal_letters_do_not_wait_behind_bulk(sink: Sink) -> None:
    bulk = [make_message(lane=Lane.BULK) for _ in range(3)]
    personal = make_message()
    send()
    assert states(personal, *bulk) == [S.SENT, S.QUEUED, S.QUEUED, S.QUEUED]


def test_letter_of_the_future_waits(sink: Sink) -> None:
    message = make_message(due_at=now() + timedelta(minutes=5))
    send()
    assert states(message) == [S.QUEUED]


def test_leased_letter_belongs_to_its_worker_until_the_lease_ends(sink: Sink) -> None:
    message = make_message(leased_until=now() + timedelta(seconds=30))
    send()
    assert states(message) == [S.QUEUED]
    Message.objects.filter(pk=message.pk).update(leased_until=now() - timedelta(seconds=1))
    send()
    assert states(message) == [S.SENT]


def test_sweep_calls_unknown_what_a_dead_worker_had_on_the_wire(sink: Sink) -> None:
    dead = make_message(state=S.SENDING, leased_until=now() - timedelta(seconds=1))
    alive = make_message(state=S.SENDING, leased_until=now() + timedelta(seconds=60))
    sweep()
    send()
    assert states(dead, alive) == [S.UNKNOWN, S.SENDING]
    assert sink.letters == []


def test_full_batch_uses_one_connection(sink: Sink) -> None:
    for _ in range(mail.BATCH + 5):
        make_message()
    send()
    assert len(sink.letters) == mail.BATCH + 5
    assert sink.connections == 1


def test_worker_hands_over_when_its_time_is_up(sink: Sink, monkeypatch) -> None:
    letters = [make_message() for _ in range(3)]
    monkeypatch.setattr(mail, "TIME_LIMIT", -1.0)
    send()
    assert states(*letters) == [S.QUEUED] * 3
    assert not Message.objects.exclude(leased_until=None).exists()


def test_log_names_no_address(sink: Sink, caplog) -> None:
    make_message(to="secret-reader@example.org")
    refused = make_message(to="other-reader@example.org")
    sink.at_the_end("250 2.0.0 ok", "550 5.1.1 other-reader@example.org unknown")
    send()
    refused.refresh_from_db()
    assert "reader@example.org" not in caplog.text
    assert "reader@example.org" not in refused.answer


def test_letter_about_an_account_shows_the_current_edition(sink: Sink, forum: Forum) -> None:
    make_message(language="ru")
    send()
    assert forum.contact_email in text_of(sink.letters[0])
    assert forum.title_ru in html_of(sink.letters[0])


def states(*messages: Message) -> list[str]:
    rows = dict(Message.objects.filter(pk__in=[m.pk for m in messages]).values_list("pk", "state"))
    return [rows[m.pk] for m in messages]
