"""`./run COMMAND`: reads the words and hands over to the module of that name."""

import argparse
import sys
from collections.abc import Callable
from importlib import import_module

from forum.runtime.orphan import end_with_parent
from forum.runtime.supervisor import StartError

INTERRUPTED = 130
STAGES = ("before", "first-day", "after")
BENCHES = ("scan", "badges", "apply", "programme", "mail", "search")


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="./run", description="Start, build and check the forum.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (summary, arguments) in COMMANDS.items():
        arguments(commands.add_parser(name, help=summary, description=summary))
    return top


def main() -> int:
    words = sys.argv[1:]
    # Django's own words and pytest's are passed on unread.
    known, rest = (parser().parse_args(words[:1]), words[1:]) if words[:1] in (["manage"],) else _parse(words)
    end_with_parent()
    module = import_module(f"forum.runtime.commands.{known.command}")
    try:
        return int(module.main(known, rest))
    except KeyboardInterrupt:
        return INTERRUPTED
    except (StartError, RuntimeError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1


def _parse(words: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """Only `test` takes words of somebody else (pytest)."""
    if words[:1] == ["test"]:
        return parser().parse_known_args(words)
    return parser().parse_args(words or ["--help"]), []


# --- what each command understands -----------------------------------------------------------------------------------
def _none(command: argparse.ArgumentParser) -> None:
    pass


def _demo(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=int, help="port of the web server (8000; with --lan 8443)")
    command.add_argument("--stage", choices=STAGES, default="before", help="what the calendar says")
    command.add_argument("--fresh", action="store_true", help="throw the data of an earlier start away")
    command.add_argument("--lan", action="store_true", help="TLS on the local network, for real phones")


def _serve(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=int, required=True)
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    command.add_argument("--people", type=int, help="how many people to seed")
    command.add_argument("--json", action="store_true", help="one line of JSON on standard output and nothing else")
    command.add_argument("--fresh", action="store_true", help="throw the data of an earlier start away")


def _test(command: argparse.ArgumentParser) -> None:
    command.add_argument("--long", action="store_true", help="soaks, fuzzing and the big drills too")


def _messages(command: argparse.ArgumentParser) -> None:
    command.add_argument("apps", nargs="*", metavar="APP", help="only these apps (all)")
    command.add_argument("--check", action="store_true", help="change nothing; list what is missing, obsolete or fuzzy")
    command.add_argument("--prune", action="store_true", help="drop texts that left the source")


def _shots(command: argparse.ArgumentParser) -> None:
    command.add_argument("only", nargs="*", metavar="NAME", help="only pages whose name begins so (all)")
    command.add_argument("--stage", choices=STAGES, default="before", help="what the calendar says")
    command.add_argument("--fresh", action="store_true", help="throw the data of an earlier start away")


def _check(command: argparse.ArgumentParser) -> None:
    command.add_argument("only", nargs="*", metavar="STEP", help="only these steps (all)")


def _bench(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", choices=BENCHES, metavar="NAME", help=", ".join(BENCHES))
    command.add_argument("--json", action="store_true", help="only the JSON line")
    command.add_argument("--people", type=int, default=500, help="confirmed people in the database (500)")
    command.add_argument("--count", type=int, default=1000, help="requests, badges or letters of a round (1000)")
    command.add_argument("--clients", type=int, default=8, help="clients of the throughput (8)")
    command.add_argument("--rounds", type=int, default=3, help="the median of them counts (3)")


COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "demo": ("a forum with people in it, for clicking through; Ctrl-C stops all of it", _demo),
    "serve": ("the production server with a seeded forum, for load and clients from outside", _serve),
    "test": ("the whole test suite on real servers; other words go to pytest", _test),
    "check": ("linters, types, imports, migrations, translations, API snapshot, containers", _check),
    "smoke": ("start everything, walk from application to scan, say what failed", _none),
    "bench": ("figures against a floor of the same run: " + ", ".join(BENCHES), _bench),
    "shots": ("pictures of the pages into shots/", _shots),
    "assets": ("browser files, catalogues and static files, where something changed", _none),
    "messages": ("collect the texts of the source into the catalogues", _messages),
    "manage": ("Django's manage.py on the demo's data; all words are passed on", _none),
}

if __name__ == "__main__":
    sys.exit(main())
