"""Ask the web server of this container whether it can do its work: `python -m forum.runtime.healthcheck`.

The name of the site goes along, as Django refuses requests for names it does not serve.
"""

import os
import sys
import urllib.request

ADDRESS = "http://127.0.0.1:8000/readyz"


def main() -> int:
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".") or "localhost"
    request = urllib.request.Request(ADDRESS, headers={"Host": "localhost" if host == "*" else host})
    try:
        with urllib.request.urlopen(request, timeout=8) as answer:  # noqa: S310 -- our own address
            return 0 if answer.status == 200 else 1
    except OSError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
