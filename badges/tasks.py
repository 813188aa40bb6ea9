"""Celery doors of badges. Each takes ids, calls one action, and is safe to run twice or ten times."""

from celery_app import app


@app.task(name="badges.issue_badge")
def issue_badge(*, registration_id: int) -> None:
    """Give a confirmed person a credential, render the badge, write the email."""
    from badges.actions.issuing import issue_badge as issue  # noqa: PLC0415 -- task

    issue(registration_id=registration_id)


@app.task(name="badges.sweep_credentials")
def sweep_credentials() -> None:
    """Find confirmed people without a badge: the broker was lost, or a name has been corrected."""
    from badges.actions.issuing import sweep  # noqa: PLC0415 -- task

    sweep()


@app.task(name="badges.erase_badges")
def erase_badges() -> None:
    """Erase the drawings whose day has come."""
    from badges.actions.erasing import erase_late_badges  # noqa: PLC0415 -- task

    erase_late_badges()
