"""`./run shots`: pictures of the pages into shots/. Exit code 1 when the browser complained about one of them."""

from argparse import Namespace

from forum.runtime import shots, stack
from forum.runtime.console import Console
from forum.runtime.paths import SHOTS, state_root
from forum.runtime.ports import free_port
from forum.runtime.shots_pages import chosen
from forum.runtime.supervisor import Supervisor


def main(known: Namespace, rest: list[str]) -> int:
    console = Console()
    SHOTS.mkdir(exist_ok=True)
    with shots.chromium() as engine, Supervisor(state=state_root() / f"shots-{known.stage}") as supervisor:
        if known.fresh:
            stack.clear(supervisor.state)
        port = free_port()
        plan = stack.Plan(
            mode="demo", state=supervisor.state, port=port, site=f"http://localhost:{port}",
            seed=("--stage", known.stage), durable=False,
        )  # fmt: skip
        stack.bring_up(supervisor, plan, say=console.say)
        complaints = 0
        for path, found in shots.take(engine, base=plan.site, shots=chosen(known.only)):
            complaints += len(found)
            console.say("\n          ".join([path.name, *found]))
    console.show(f"\npictures are in {SHOTS}; {complaints or 'no'} complaints of the browser")
    return 1 if complaints else 0
