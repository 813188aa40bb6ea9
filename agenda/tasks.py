"""Celery doors of agenda. Each calls one action and is safe to run twice."""

from celery_app import app


@app.task(name="agenda.expire_proposals")
def expire_proposals() -> None:
    """Close proposals that nobody answered in time."""
    from agenda.actions.proposals import expire_proposals as expire  # noqa: PLC0415 -- task

    expire()


@app.task(name="agenda.erase_wishes")
def erase_wishes() -> None:
    """Erase wishes to film of editions whose term is over."""
    from agenda.actions.filming import erase_due_wishes  # noqa: PLC0415 -- task

    erase_due_wishes()


@app.task(name="agenda.erase_lists")
def erase_lists() -> None:
    """Erase files of lists for plants, thirty days after the visit."""
    from agenda.actions.plant_lists import erase_old_lists  # noqa: PLC0415 -- task

    erase_old_lists()
