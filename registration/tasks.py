"""Celery doors of registration. Each takes ids, calls one action, and is safe to run twice."""

from celery_app import app


@app.task(name="registration.serve_line")
def serve_line(*, pool_id: int) -> None:
    """Give or offer freed places to those who wait."""
    from registration.actions.line import serve_line as serve  # noqa: PLC0415 -- task

    serve(pool_id=pool_id)


@app.task(name="registration.sweep_places")
def sweep_places() -> None:
    """Take back unconfirmed places, pass unanswered offers on, and serve lines that a lost broker forgot."""
    from registration.actions.sweeps import sweep  # noqa: PLC0415 -- task

    sweep()


@app.task(name="registration.erase_answers")
def erase_answers() -> None:
    """Erase answers whose time after the forum is over, and files that were handed in and never became one."""
    from registration.actions.answer_erasure import erase_old_answers  # noqa: PLC0415 -- task
    from registration.actions.answer_files import drop_unused  # noqa: PLC0415 -- task

    erase_old_answers()
    drop_unused()


@app.task(name="registration.erase_lists")
def erase_lists() -> None:
    """Erase files of imported lists after their week."""
    from registration.actions.imports import erase_old  # noqa: PLC0415 -- task

    erase_old()


@app.task(name="registration.erase_people")
def erase_people() -> None:
    """Remind of unsent applications, then erase people and dates whose time is over."""
    from registration.actions.retention import sweep  # noqa: PLC0415 -- task

    sweep()


@app.task(name="registration.erase_documents")
def erase_documents() -> None:
    """Erase data of documents, of drivers and of equipment whose term is over."""
    from registration.actions.equipment import erase_equipment  # noqa: PLC0415 -- task
    from registration.actions.erasing import erase_due  # noqa: PLC0415 -- task
    from registration.actions.vehicle_passes import erase_drivers  # noqa: PLC0415 -- task

    erase_due()
    erase_drivers()
    erase_equipment()


@app.task(name="registration.draw_letter")
def draw_letter(*, paper_id: int) -> None:
    """Draw an invitation letter that has got its number."""
    from registration.actions.letters import draw_letter as draw  # noqa: PLC0415 -- task

    draw(paper_id=paper_id)


@app.task(name="registration.assess_visas")
def assess_visas(*, forum_id: int) -> None:
    """Ask the rules anew about everybody of an edition."""
    from registration.actions.visa_sweeps import assess_all  # noqa: PLC0415 -- task

    assess_all(forum_id=forum_id)


@app.task(name="registration.sweep_visas")
def sweep_visas() -> None:
    """Draw forgotten letters, ask the rules about those who were missed, remind who still owes data."""
    from registration.actions.visa_sweeps import sweep  # noqa: PLC0415 -- task

    sweep()


@app.task(name="registration.draw_vehicle_pass")
def draw_vehicle_pass(*, paper_id: int) -> None:
    """Draw a vehicle pass that has got its number."""
    from registration.actions.vehicle_passes import draw_pass  # noqa: PLC0415 -- task

    draw_pass(paper_id=paper_id)


@app.task(name="registration.sweep_vehicles")
def sweep_vehicles() -> None:
    """Draw passes that a lost broker forgot."""
    from registration.actions.vehicle_passes import draw_missing  # noqa: PLC0415 -- task

    draw_missing()
