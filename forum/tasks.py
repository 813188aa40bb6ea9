"""Celery doors of the ground. Each takes ids, calls one action, and is safe to run twice."""

from celery_app import app


@app.task(name="forum.send_messages")
def send_messages(*, lane: str) -> None:
    """Send what is due in one lane."""
    from forum.actions.bell import heard  # noqa: PLC0415 -- task
    from forum.actions.mail import send_due  # noqa: PLC0415 -- task

    heard(lane)
    send_due(lane=lane)


@app.task(name="forum.sweep_messages")
def sweep_messages() -> None:
    """Find messages that a lost broker or a killed worker left behind."""
    from forum.actions.mail import sweep  # noqa: PLC0415 -- task

    sweep()


@app.task(name="forum.run_job")
def run_job(*, job_id: int) -> None:
    """Do one long work."""
    from forum.actions.jobs import run  # noqa: PLC0415 -- task

    run(job_id=job_id)


@app.task(name="forum.sweep_jobs")
def sweep_jobs() -> None:
    """Start again the jobs whose worker died."""
    from forum.actions.jobs import sweep  # noqa: PLC0415 -- task

    sweep()


@app.task(name="forum.sweep_api_answers")
def sweep_api_answers() -> None:
    """Forget the answers kept for idempotency keys."""
    from forum.actions.api_answers import sweep_answers  # noqa: PLC0415 -- task

    sweep_answers()


@app.task(name="forum.erase_files")
def erase_files() -> None:
    """Erase what came out of works and has reached its day, and files that a crash left behind."""
    from forum.actions.files import erase_given_up  # noqa: PLC0415 -- task
    from forum.actions.job_results import erase_late_results  # noqa: PLC0415 -- task

    erase_late_results()
    erase_given_up()
