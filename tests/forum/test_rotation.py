"""Keys of the fields change while people work: everything sealed is found, sealed anew, and readable at every moment."""

import ast
import base64
import json
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as project
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import BinaryField

from badges.actions.credentials import issue_credential
from badges.models import Credential
from forum.actions import rotation
from forum.actions.files import store_sealed
from forum.actions.rotation import rotate
from forum.crypto import DecryptionError, current_key_id
from forum.crypto.fields import EncryptedTextField
from forum.models import AuditEntry, Forum, Message, StoredFile
from forum.queries.files import content_of
from forum.queries.sealed import keys_in_use, sealed_tables
from forum.second_factor import open_secret, seal_secret
from registration.enums import RegistrationState
from tests.factories.forum import make_account
from tests.factories.messages import make_message
from tests.factories.registration import make_registration

OLD = project.FIELD_KEYS
NEW = "new:" + base64.b64encode(bytes(range(32))).decode()
BOTH, NEW_ONLY = f"{NEW},{OLD}", NEW
PLACE = "thing.file:1"


def rotated(*options: str) -> str:
    out = StringIO()
    call_command("rotate_keys", *options, stdout=out)
    return out.getvalue()


def old_keys() -> Counter[str]:
    old = {
        place: sum(number for key, number in keys.items() if key != current_key_id())
        for place, keys in keys_in_use().items()
    }
    return +Counter(old)


@pytest.fixture
def sealed(forum: Forum) -> tuple[Credential, Message, StoredFile, Authenticator]:
    """A badge's token, a letter's words, a file, the secret of an app: all under the old key."""
    credential = issue_credential(make_registration(forum, state=RegistrationState.CONFIRMED))
    assert credential
    kept = store_sealed(b"content", sealed_for=PLACE, purpose="person_file", name="a.jpg", content_type="image/jpeg")
    app = Authenticator.objects.create(
        user=make_account(), type=Authenticator.Type.TOTP, data={"secret": seal_secret("APPSECRET")}
    )
    return credential, make_message(forum), kept, app


def test_everything_is_sealed_anew_and_the_old_key_may_go(sealed: Any, settings: Any) -> None:
    credential, message, kept, app = sealed
    token, words, path = credential.token, message.context, kept.file.name
    settings.FIELD_KEYS = BOTH
    assert set(old_keys()) == {"badges_credential.token", "forum_message.context", "files", "second factor"}
    done = rotate()
    assert (done.is_complete, done.left, done.unreadable, old_keys()) == (True, 0, {}, Counter())
    settings.FIELD_KEYS = NEW_ONLY
    assert Credential.objects.get(pk=credential.pk).token == token
    assert Message.objects.get(pk=message.pk).context == words
    fresh = StoredFile.objects.get(pk=kept.pk)
    assert content_of(fresh, sealed_for=PLACE) == b"content"
    assert open_secret(Authenticator.objects.get(pk=app.pk).data["secret"]) == "APPSECRET"
    assert fresh.file.name != path and default_storage.size(fresh.file.name) == fresh.size


def test_a_second_run_finds_nothing_to_do(sealed: Any, settings: Any) -> None:
    settings.FIELD_KEYS = BOTH
    assert rotate().resealed
    before = list(Credential.objects.values()), list(StoredFile.objects.values())
    assert rotate().resealed == {}
    assert before == (list(Credential.objects.values()), list(StoredFile.objects.values()))


def test_a_run_that_was_broken_off_goes_on(sealed: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.FIELD_KEYS = BOTH

    def die(*_args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(rotation, "_reseal_file", die)
        with pytest.raises(KeyboardInterrupt):
            rotate()
    assert set(old_keys()) == {"files", "second factor"}
    assert set(rotate().resealed) == {"files", "second factor"}


def test_the_old_bytes_of_a_file_go_after_the_commit(
    sealed: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    kept, settings.FIELD_KEYS = sealed[2], BOTH
    with django_capture_on_commit_callbacks(execute=True):
        rotate()
    assert not default_storage.exists(kept.file.name)
    # Whoever has read the row before finds the bytes all the same.
    assert content_of(kept, sealed_for=PLACE) == b"content"


def test_a_row_read_before_the_rotation_does_not_bring_the_old_key_back(sealed: Any, settings: Any) -> None:
    credential = sealed[0]
    early, late = Credential.objects.get(pk=credential.pk), Credential.objects.get(pk=credential.pk)
    settings.FIELD_KEYS = BOTH
    rotate()
    early.save()
    assert old_keys() == Counter()
    settings.FIELD_KEYS = NEW_ONLY
    late.save(update_fields=["number"])
    with pytest.raises(DecryptionError):
        assert late.token


def test_values_of_a_lost_key_are_counted_and_keep_the_command_from_saying_yes(sealed: Any, settings: Any) -> None:
    settings.FIELD_KEYS = NEW_ONLY
    done = rotate()
    assert not done.is_complete
    assert done.unreadable == {
        "badges_credential.token": 1, "forum_message.context": 1, "files": 1, "second factor": 1
    }  # fmt: skip
    with pytest.raises(CommandError, match="Drop no key"):
        rotated()
    settings.FIELD_KEYS = BOTH
    assert rotate().is_complete


def test_dry_run_only_counts(sealed: Any, settings: Any) -> None:
    settings.FIELD_KEYS = BOTH
    before = list(Credential.objects.values())
    told = json.loads(rotated("--dry-run", "--json"))
    assert (told["key"], told["dry_run"], told["keys"]["badges_credential.token"]) == ("new", True, {"demo1": 1})
    assert "Sealed with other keys: 4." in rotated("--dry-run")
    assert before == list(Credential.objects.values())
    told = json.loads(rotated("--json"))
    assert (told["resealed"]["files"], told["left"], told["unreadable"]) == (1, 0, {})
    assert told["keys"]["files"] == {"new": 1}


def test_two_rotations_do_not_run_at_once(sealed: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [rotation.LOCK])
        with pytest.raises(CommandError, match="Another rotation"):
            rotated()
    finally:
        other.close()


def test_nothing_secret_is_told(sealed: Any, settings: Any) -> None:
    settings.FIELD_KEYS = BOTH
    told = rotated() + str(list(AuditEntry.objects.values()))
    assert [word for word in (sealed[0].token, "APPSECRET", NEW.partition(":")[2]) if word in told] == []
    assert AuditEntry.objects.get(action="keys.rotated").data["resealed"]["files"] == 1


# --- what could be forgotten ---------------------------------------------------------------------------------------------
SEALERS = {
    "forum/crypto/fields.py",  # columns: found in the models
    "forum/crypto/sealing.py",
    "forum/actions/files.py",  # files: found by `sealed_for`
    "forum/second_factor.py",  # secrets of allauth
    "forum/backup/sealing.py",  # archives have keys of their own
    "forum/queries/sealed_copies.py",  # copies of an hour: what does not open is read again
    "forum/web/searched.py",  # words in addresses: what does not open is nothing
}


def test_nothing_is_sealed_where_a_rotation_does_not_look() -> None:
    found = set()
    for path in Path(project.BASE_DIR).glob("[!.]*/**/*.py"):
        where, text = path.relative_to(project.BASE_DIR), path.read_text("utf-8")
        if where.parts[0] in ("forum", "registration", "agenda", "badges") and "crypt" in text:
            names = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
            found |= {where.as_posix()} if names & {"encrypt", "AESGCM"} else set()
    assert found == SEALERS


@pytest.mark.django_db
def test_every_sealed_column_is_found_and_may_be_written() -> None:
    tables = {table.model._meta.db_table: table for table in sealed_tables()}
    assert {"badges_credential", "forum_message", "forum_apianswer", "registration_importrow"} <= set(tables)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%%_append_only'")
        frozen = {name for (name,) in cursor.fetchall()}
    assert frozen and not frozen & set(tables), "a rotation cannot write rows that never change"
    for table in tables.values():
        assert all(isinstance(field, BinaryField) for field in table.fields)
        assert all(
            not isinstance(table.model._meta.get_field(one.aad_from), EncryptedTextField) for one in table.fields
        )
