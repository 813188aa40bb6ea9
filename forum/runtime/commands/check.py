"""`./run check`: everything that can be judged without running the forum. One line for each step, details of failures."""

import os
from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor, as_completed

from forum.runtime import steps
from forum.runtime.paths import VENDOR

SHOWN_LINES = 60


def main(known: Namespace, rest: list[str]) -> int:
    chosen = [step for step in steps.all_steps() if not known.only or step.name in known.only]
    if not chosen:
        raise RuntimeError(f"no such step; there are {', '.join(step.name for step in steps.all_steps())}")
    VENDOR.mkdir(exist_ok=True)  # a fresh clone: Django asks for the folder, no step needs what goes into it
    results = []
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        for future in as_completed(pool.submit(steps.run, step) for step in chosen):
            results.append(future.result())
            print(_line(results[-1]), flush=True)
    failed = [result for result in results if not result.passed]
    for result in failed:
        print(f"\n--- {result.step.name} ---\n{_end(result.output)}")
    print(f"\n{len(results) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def _line(result: steps.Result) -> str:
    return f"{'ok  ' if result.passed else 'FAIL'}  {result.step.name:<15}{result.seconds:6.1f} s"


def _end(output: str) -> str:
    lines = output.splitlines()
    hidden = len(lines) - SHOWN_LINES
    return "\n".join([f"… {hidden} lines above …", *lines[-SHOWN_LINES:]] if hidden > 0 else lines)
