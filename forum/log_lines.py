"""How log lines look, and what never gets into one: JSON in production, plain lines on a developer's machine.

Ours log public ids and closed words. Libraries do not know our rule: Django names the address of a request (a return
link is a key), PostgreSQL repeats the values of a row in its errors, Celery repeats both. So production's lines lose
addresses, the words of exceptions and everything that looks like an email address, and keep what helps: the route, the
kind of the exception, the constraint, the places in the code.
"""

import json
import logging
import logging.config
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from forum.logs import IDS, NOBODY

PLAIN = "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"
FACTS = ("method", "route", "status", "ms", "reason", "outcome")
"""Facts that our own lines may carry beside the message (`extra=`): closed words and numbers."""
EMAIL = re.compile(r"[^\s@<>\"'=:/*]+@[^\s@<>\"'/]+\.[^\s@<>\"'/,;:)]+")
HIDDEN = "<hidden>"

Trouble = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class IdsFilter(logging.Filter):
    """Adds the ids in hand to each record."""

    def filter(self, record: logging.LogRecord) -> bool:
        for name, variable in IDS.items():
            setattr(record, name, variable.get())
        return True


class JsonLines(logging.Formatter):
    """One JSON object a line, of a closed list of parts; ids that are not known are left out, and so are facts nobody listed."""

    def format(self, record: logging.LogRecord) -> str:
        own = vars(record)
        line = {"level": record.levelname, "logger": record.name, "message": message_of(record)}
        line |= {name: own[name] for name in IDS if own.get(name, NOBODY) not in (NOBODY, None)}
        line |= {name: own[name] for name in FACTS if name in own}
        if record.exc_info:
            line["exception"] = trouble(record.exc_info)
        line["time"] = datetime.fromtimestamp(record.created, UTC).isoformat()
        return json.dumps(line, ensure_ascii=False, default=str)


def message_of(record: logging.LogRecord) -> str:
    """What the line says. Raises nothing: a line that cannot be written must not break the work."""
    if record.name.startswith("gunicorn"):
        return _of_gunicorn(record)
    text = _of_celery(record) if record.name == "celery.app.trace" else str(record.getMessage())
    for error in chain(record.exc_info[1] if record.exc_info else None):
        if str(error):
            text = text.replace(str(error), type(error).__name__)
    request = getattr(record, "request", None)
    if path := getattr(request, "path", ""):
        text = text.replace(path, route_of(getattr(request, "resolver_match", None))) if len(path) > 1 else text
    return EMAIL.sub(HIDDEN, text)


def _of_gunicorn(record: logging.LogRecord) -> str:
    """gunicorn words its own state, and puts address and line of a request into its complaints: those are cut."""
    text = str(record.msg)
    return text.partition(" from ip=")[0] if record.levelno >= logging.WARNING else str(record.getMessage())


def _of_celery(record: logging.LogRecord) -> str:
    """The end of a task. Of an exception only its kind is kept: its text and arguments may hold a row."""
    if not isinstance(record.args, dict) or "exc" not in record.args:
        return str(record.getMessage())
    kind = str(record.args["exc"]).partition("(")[0]
    return f"Task {record.args.get('name')}[{record.args.get('id')}] ended with {kind}"


def route_of(match: Any) -> str:
    """The pattern of the address, such as `ru/apply/return/<slug:token>/`: never what stands in it."""
    return str(match.route) if match else "unknown address"


def chain(error: BaseException | None) -> list[BaseException]:
    """The exception and those that led to it, the last one first."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def trouble(exc_info: Trouble) -> str:
    """Kinds, constraints and places; no words of an exception, since PostgreSQL's repeat the row."""
    lines = []
    for error in reversed(chain(exc_info[1])):
        lines += [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
        ]
        constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
        lines.append(type(error).__name__ + (f" ({constraint})" if constraint else ""))
    return "\n".join(lines)


def begin(settings: dict[str, Any]) -> None:
    """Take over the logging of a process that is not started by Django: warnings of Python become lines, too."""
    logging.config.dictConfig(settings)
    logging.captureWarnings(True)


def configuration(*, as_json: bool, level: str) -> dict[str, Any]:
    """For `logging.config.dictConfig`: web, workers, beat and commands write alike, to standard error."""
    shape: dict[str, Any] = {"()": "forum.log_lines.JsonLines"} if as_json else {"format": PLAIN}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"ids": {"()": "forum.log_lines.IdsFilter"}},
        "formatters": {"line": shape},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["ids"]}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "fontTools": {"level": "WARNING"},
            "django": {"handlers": [], "level": "INFO"},
            # The line of a request says its status already; what broke comes as an error.
            "django.request": {"level": "ERROR"},
        },
    }
