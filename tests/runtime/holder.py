"""Hold servers in one state folder until killed: a stand-in for `./run demo` that starts in a second.

`python -m tests.runtime.holder STATE` prints one line of JSON with the addresses and the keeper's number.
`python -m tests.runtime.holder` does what a pytest run does: `servers.ensure`.
"""

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from forum.runtime import servers
from forum.runtime.supervisor import Supervisor


def main() -> None:
    if len(sys.argv) > 1:
        supervisor = Supervisor(state=Path(sys.argv[1]))
        urls = servers.start(supervisor, durable=True)
        keeper = supervisor.keeper.pid
    else:
        urls, keeper = servers.ensure(durable=False), 0
    sys.stdout.write(json.dumps({**asdict(urls), "keeper": keeper}) + "\n")
    sys.stdout.flush()
    time.sleep(120)


main()
