"""A worker is killed while it draws numbered papers: each is drawn once, told once, and nothing of it stays behind."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from django.utils.timezone import now

from forum.actions.files import UNKNOWN_FOR
from forum.models import AuditEntry, Message, Paper, StoredFile
from forum.queries.files import nobodys_files
from forum.tasks import erase_files
from registration.actions.letters import issue_letter
from tests.drills import steps
from tests.drills.figures import tell
from tests.drills.people import Guests
from tests.drills.stack import Stack
from tests.factories.vehicles import make_vehicle
from tests.factories.visas import make_ready

_plates = count(100)


def ask_for_letter(guests: Guests) -> None:
    issue_letter(make_ready(guests.forum), by=guests.officer)


def ask_for_pass(guests: Guests) -> None:
    make_vehicle(guests.forum, by=guests.officer, approved=True, plate=f"А{next(_plates)}ВС142")


def ask(step: steps.Step) -> Callable[[Guests], None]:
    return ask_for_letter if step.name.startswith("letter") else ask_for_pass


def undrawn() -> bool:
    return Paper.objects.filter(drawn_at=None).exists()


def paper_faults(stack: Stack) -> list[str]:
    """What is broken, lost or told twice."""
    faults = []
    for paper in Paper.objects.select_related("file"):
        content = (stack.private / paper.file.file.name).read_bytes() if paper.file else b""
        if not paper.file or hashlib.sha256(content).hexdigest() != paper.file.sha256:
            faults.append(f"{paper} has no whole file")
    letters = Paper.objects.filter(kind="visa_letter").count()
    told = Message.objects.filter(reason="registration.letter_ready").count()
    noted = AuditEntry.objects.filter(action="registration.letter_drawn").count()
    return faults + ([f"{letters} letters, {told} told, {noted} noted"] if not letters == told == noted else [])


def left_behind() -> int:
    """Drawings that no paper names."""
    return nobodys_files(before=now()).filter(purpose="paper").count()


def await_papers(stack: Stack, guests: Guests) -> None:
    stack.until(lambda: not undrawn(), seconds=60)
    guests.settle(seconds=60)
    assert guests.faults() == paper_faults(stack) == []


def test_child_killed_at_each_step(stack: Stack, guests: Guests) -> None:
    before = left_behind()
    for step in steps.PAPER_STEPS:
        steps.arm(stack.orders, step)
        ask(step)(guests)
        stack.until_fired(step)
    await_papers(stack, guests)
    assert left_behind() - before == len(steps.LEAVES_A_DRAWING)
    StoredFile.objects.update(created_at=now() - UNKNOWN_FOR - timedelta(minutes=1))
    erase_files.delay()
    stack.until(lambda: not left_behind(), seconds=30)
    assert paper_faults(stack) == []


@pytest.mark.long
def test_whole_worker_killed_at_each_step(stack: Stack, guests: Guests) -> None:
    """Nobody is left to give the task back: the broker does it, or the sweep finds the paper."""
    for step in steps.PAPER_STEPS:
        steps.arm(stack.orders, step, whole=True)
        ask(step)(guests)
        stack.until_fired(step)
    tell("papers drawn after six whole workers were killed", stack.until(lambda: not undrawn(), seconds=700))
    await_papers(stack, guests)


def test_task_delivered_ten_times(stack: Stack, guests: Guests) -> None:
    from registration.tasks import draw_letter, draw_vehicle_pass, sweep_vehicles, sweep_visas

    ask_for_letter(guests)
    ask_for_pass(guests)
    for paper in Paper.objects.order_by("-pk")[:2]:
        for _ in range(10):
            (draw_letter if paper.kind == "visa_letter" else draw_vehicle_pass).delay(paper_id=paper.pk)
            sweep_visas.delay()
            sweep_vehicles.delay()
    await_papers(stack, guests)
