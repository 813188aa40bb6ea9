"""People who come through the same actions as everybody, and what must be true of them after a drill."""

import hashlib
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from django.conf import settings
from django.db.models import Max
from django.utils.timezone import now

from badges.actions.issuing import READY, without_file
from badges.actions.printing import start_print_batch
from badges.enums import CredentialState
from badges.models import BadgeFile, Credential, PrintBatch
from celery_app import app
from forum.actions.jobs import STALE_AFTER
from forum.actions.messages import queue_message
from forum.enums import JobState, MessageState, Role
from forum.models import Account, Forum, Job, Message
from registration.actions.applications import confirm, save_answers, start_application, submit
from registration.actions.bulk import start_bulk
from registration.actions.review import approve
from registration.enums import MassDecision, RegistrationState
from registration.models import Registration
from tests.drills.stack import Stack
from tests.factories.forum import make_forum, make_staff
from tests.factories.registration import make_category, make_consent_document, make_delegation

_numbers = count(1)
OPEN = [MessageState.QUEUED, MessageState.RETRY, MessageState.SENDING]
UNFINISHED = [JobState.QUEUED, JobState.RUNNING]
QUIET_SECONDS = 3.0


@dataclass
class Guests:
    """Everybody of one stack. The checks look at all of them, whatever drill they came for."""

    stack: Stack
    forum: Forum = field(default_factory=make_forum)
    officer: Account = field(init=False)
    told: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.officer = make_staff(self.forum, Role.ACCREDITATION_OFFICER)
        make_category(self.forum, places=5000)

    # --- work to do ----------------------------------------------------------------------------------------------
    def apply(self) -> Registration:
        """One application, sent: one letter."""
        number = next(_numbers)
        registration = start_application(
            forum=self.forum,
            category=make_category(self.forum),
            document=make_consent_document(self.forum),
            language=("ru", "en", "uz", "be")[number % 4],
        )
        answers = {
            "surname": "Прикладов", "given_name": "Сергей", "latin_surname": "PRYKLADAU", "latin_given_name": "SIARHEI",
            "citizenship": "BY", "languages": ["be"], "email": f"guest-{number}@example.org",
            "delegation": make_delegation(self.forum, "BY"), "organisation": "Завод «Образец»", "position": "инженер",
        }  # fmt: skip
        return submit(save_answers(registration, version=registration.version, answers=answers))

    def confirm(self, number: int = 1) -> list[Registration]:
        """`number` people who come: two letters each, a badge, and the letter with it."""
        return [confirm(approve(self.apply(), by=self.officer)) for _ in range(number)]

    def write(self, number: int = 1) -> list[Message]:
        """`number` letters that carry no badge."""
        return [
            queue_message(
                "account.code",
                about=("account", f"drill-{n}"),
                occasion=f"drill-{n}",
                to=f"reader-{n}@example.org",
                language="ru",
                forum=None,
                context={"code": "AAAA"},
            )
            for n in (next(_numbers) for _ in range(number))
        ]

    def approve_in_bulk(self, number: int) -> Job:
        """A job over `number` applications."""
        refs = [self.apply().ref for _ in range(number)]
        bulk = start_bulk(forum=self.forum, decision=MassDecision.APPROVE, refs=refs, by=self.officer)
        assert bulk.job
        return bulk.job

    def print_badges(self, number: int) -> PrintBatch:
        """A print batch of the newest badges; they have been on paper before, so it has a reason."""
        newest = Credential.objects.order_by("-pk").values_list("pk", flat=True)[:number]
        return start_print_batch(
            forum=self.forum, credentials=list(newest), sheet="a6", sides=2, by=self.officer, reason="drill"
        )

    # --- waiting -------------------------------------------------------------------------------------------------
    def is_quiet(self) -> bool:
        """Nothing is left to do. Letters are looked at last, since a badge writes one."""
        return not (
            Job.objects.filter(state__in=UNFINISHED).exists()
            or without_file(self.forum)
            or Message.objects.filter(state__in=OPEN).exists()
        )

    def settle(self, *, seconds: float, patient: bool = False) -> float:
        """Until nothing is left to do. Returns the seconds.

        Unless `patient`, time is moved on whenever nothing has happened for a while: what the dead held is free then.
        """
        seen, since = None, time.monotonic()

        def look() -> bool:
            nonlocal seen, since
            end_time_for_undoing()
            if (signs := self._signs()) != seen:
                seen, since = signs, time.monotonic()
            elif not patient and time.monotonic() - since > QUIET_SECONDS:
                pass_time()
                since = time.monotonic()
            return self.is_quiet()

        return self.stack.until(look, seconds=seconds)

    def _signs(self) -> tuple[object, ...]:
        """What changes as long as somebody works."""
        states = Counter(Message.objects.values_list("state", "attempts"))
        jobs = list(Job.objects.filter(state__in=UNFINISHED).values_list("runs", "done"))
        return states, jobs, BadgeFile.objects.aggregate(last=Max("pk"))["last"], len(self.stack.sink.ids)

    # --- the verdict ---------------------------------------------------------------------------------------------
    def faults(self) -> list[str]:
        """Everything that is lost, doubled or stuck. Empty after a good drill; each fault is told once."""
        found = {*self._badge_faults(), *self._mail_faults(), *self._job_faults()} - self.told
        self.told |= found
        return sorted(found)

    def _badge_faults(self) -> list[str]:
        faults = []
        for registration in Registration.objects.filter(state=RegistrationState.CONFIRMED):
            credentials = Credential.objects.filter(registration=registration)
            if [c.state for c in credentials] != [CredentialState.LIVE]:
                faults.append(f"{registration.ref} has {len(credentials)} credentials")
            files = BadgeFile.objects.filter(credential__in=credentials, file__isnull=False).select_related("file")
            if len(files) != 1:
                faults.append(f"{registration.ref} has {len(files)} files")
            for badge in files:
                content = (self.stack.private / badge.file.file.name).read_bytes()
                if hashlib.sha256(content).hexdigest() != badge.file.sha256:
                    faults.append(f"{registration.ref} has a broken file")
            letters = Message.objects.filter(reason=READY, subject_id=registration.ref).count()
            if letters != 1:
                faults.append(f"{registration.ref} has {letters} letters with a badge")
        return faults

    def _mail_faults(self) -> list[str]:
        arrived = Counter(self.stack.sink.ids)
        rows = {str(pk): state for pk, state in Message.objects.values_list("public_id", "state")}
        faults = [f"{key} arrived {times} times" for key, times in arrived.items() if times > 1]
        faults += [f"{key} arrived and is in no ledger" for key in arrived if key not in rows]
        for key, state in rows.items():
            if state not in (MessageState.SENT, MessageState.UNKNOWN):
                faults.append(f"{key} is {state}")
            if state == MessageState.SENT and not arrived[key]:
                faults.append(f"{key} is sent and did not arrive")
        unknown, limit = self.unknown(), self.stack.all_kills + self.stack.sink.hung_up
        return faults + ([f"{unknown} unknown, {limit} kills and hang-ups"] if unknown > limit else [])

    def _job_faults(self) -> list[str]:
        jobs = Job.objects.all()
        return [
            f"job {j.kind} is {j.state}: {j.done} of {j.total} done, {j.failed} failed"
            for j in jobs
            if (j.state, j.done) != (JobState.DONE, j.total)
        ]

    def unknown(self) -> int:
        """Letters of which nobody knows whether they arrived."""
        return Message.objects.filter(state=MessageState.UNKNOWN).count()


def end_time_for_undoing() -> None:
    """Letters of decisions about many wait ten minutes for somebody to undo them; nobody will."""
    Message.objects.filter(state=MessageState.QUEUED, due_at__gt=now() + timedelta(minutes=1)).update(due_at=now())


def pass_time() -> None:
    """What a dead worker held becomes free now instead of in a minute, what waits for another try is due, the sweeps run.

    Rows and beat's clock are moved, nothing else. The living lose nothing: each of their writes says which state it expects.
    """
    moment = now()
    Message.objects.filter(leased_until__gt=moment).update(leased_until=moment)
    Message.objects.filter(state=MessageState.RETRY).update(due_at=moment)
    Job.objects.filter(state=JobState.RUNNING).update(heartbeat_at=moment - STALE_AFTER - timedelta(seconds=1))
    Job.objects.filter(state=JobState.QUEUED).update(created_at=moment - STALE_AFTER)
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        app.send_task(entry["task"])
