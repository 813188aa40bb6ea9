"""`./run assets`: browser files, compiled catalogues, the collected static folder."""

from argparse import Namespace

from forum.runtime import assets
from forum.runtime.console import Console


def main(known: Namespace, rest: list[str]) -> int:
    console = Console()
    assets.build(say=console.say)
    console.say("up to date")
    return 0
