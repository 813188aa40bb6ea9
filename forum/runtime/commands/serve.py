"""`./run serve`: production's server and settings with a seeded forum. Tokens for each role go to standard output."""

import json
from argparse import Namespace

from forum.runtime import stack
from forum.runtime.console import Console
from forum.runtime.paths import state_root
from forum.runtime.supervisor import Supervisor

WEB_WORKERS = 2


def main(known: Namespace, rest: list[str]) -> int:
    console = Console(quiet=known.json)
    people = ("--people", str(known.people)) if known.people else ()
    state = state_root() / f"serve-{known.people or 'standard'}"
    with Supervisor(state=state, notice=console.say) as supervisor:
        if known.fresh:
            stack.clear(supervisor.state)
        plan = stack.Plan(
            mode="production", state=supervisor.state, port=known.port, host=known.host,
            site=f"http://{known.host}:{known.port}", seed=("--stage", "before", *people), web_workers=WEB_WORKERS,
        )  # fmt: skip
        running = stack.bring_up(supervisor, plan, say=console.say)
        tokens = json.loads(stack.manage(supervisor, running, "access_tokens", "--json"))
        answer = {"url": plan.local, "mail": str(running.mail), "tokens": tokens}
        console.say("ready; Ctrl-C stops")
        print(json.dumps(answer, indent=None if known.json else 2, ensure_ascii=False), flush=True)
        try:
            supervisor.watch()
        except KeyboardInterrupt:
            console.show("\nStopping …")
    return 0
