"""`./run demo`: a forum with people in it, until Ctrl-C."""

from argparse import Namespace
from pathlib import Path

from forum.runtime import lan, stack
from forum.runtime.console import Console
from forum.runtime.paths import state_root
from forum.runtime.supervisor import Supervisor

PORT, LAN_PORT = 8000, 8443
EVERYWHERE = "0.0.0.0"  # noqa: S104 -- as asked with --lan


def main(known: Namespace, rest: list[str]) -> int:
    console = Console()
    # Each stage keeps data of its own: what was clicked in one is there when one comes back to it.
    with Supervisor(state=state_root() / f"demo-{known.stage}", notice=console.say) as supervisor:
        if known.fresh:
            stack.clear(supervisor.state)
        identity = lan.prepare(supervisor.state) if known.lan else None
        running = stack.bring_up(supervisor, _plan(known, supervisor.state, identity), say=console.say)
        if identity:
            log = supervisor.state / "logs" / "authority.log"
            supervisor.start(lan.authority_service(identity, port=running.plan.port + 1, env=running.env, log=log))
        console.say("ready")
        print(_welcome(running.plan, identity), flush=True)
        _until_interrupted(supervisor, console)
    return 0


def _plan(known: Namespace, state: Path, identity: lan.Identity | None) -> stack.Plan:
    port = known.port or (LAN_PORT if identity else PORT)
    return stack.Plan(
        mode="demo",
        state=state,
        port=port,
        host=EVERYWHERE if identity else "127.0.0.1",
        site=f"https://{identity.address}:{port}" if identity else f"http://localhost:{port}",
        seed=("--stage", known.stage),
        certificate=(identity.certificate, identity.key) if identity else None,
    )


def _until_interrupted(supervisor: Supervisor, console: Console) -> None:
    try:
        supervisor.watch()
    except KeyboardInterrupt:
        console.show("\nStopping …")


def _welcome(plan: stack.Plan, identity: lan.Identity | None) -> str:
    rows = [
        ("The forum", f"{plan.site}/"),
        ("Sign in as any role, one click", f"{plan.site}/demo/"),
        ("What was mailed", f"{plan.site}/demo/mail/"),
        ("Scanner", f"{plan.site}/scan/"),
        ("API", f"{plan.site}/api/docs/"),
        ("Data and logs", str(plan.state)),
    ]
    if identity:
        rows.insert(0, ("On the phone first, install", f"http://{identity.address}:{plan.port + 1}{lan.OFFERED}"))
    width = max(len(name) for name, _ in rows)
    lines = "\n".join(f"  {name:<{width}}  {value}" for name, value in rows)
    return f"\n{lines}\n\nCtrl-C stops everything; the data stay. --fresh starts over.\n"
