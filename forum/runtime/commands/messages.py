"""`./run messages`: bring the catalogues up to date with the source, or (`--check`) say what is wrong with them."""

from argparse import Namespace

from forum.runtime import catalogues
from forum.runtime.paths import APPS


def main(known: Namespace, rest: list[str]) -> int:
    apps = known.apps or list(APPS)
    if unknown := set(apps) - set(APPS):
        raise RuntimeError(f"no such app: {', '.join(sorted(unknown))}; there are {', '.join(APPS)}")
    return _check(apps) if known.check else _merge(apps, prune=known.prune)


def _merge(apps: list[str], *, prune: bool) -> int:
    for language in catalogues.LANGUAGES:
        words = catalogues.known_words(language)
        for app in apps:
            lacking = catalogues.merge(app, language, known=words, prune=prune)
            print(f"{catalogues.po_path(app, language)}: {lacking or 'none'} without translation")
    return 0


def _check(apps: list[str]) -> int:
    faults = list(catalogues.faults(apps))
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults" if faults else "catalogues are complete")
    return 1 if faults else 0
