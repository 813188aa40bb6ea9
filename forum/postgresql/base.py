"""Before a request uses a kept connection, Django asks the server `SELECT 1`. The socket knows it without a round trip.

A server that has stopped, restarted or ended the session has said goodbye or closed the stream; either waits to be read,
and on a connection between two requests nothing else does. What no socket knows (a pulled cable) `SELECT 1` would only
find by waiting for the time-out of TCP, like the first statement of the request.
"""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """The only database of the forum."""

    def is_usable(self) -> bool:
        """Whether the connection that is kept can be used: open, and nothing unread in it."""
        if self.connection is None or self.connection.closed:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return not poll.poll(0)
