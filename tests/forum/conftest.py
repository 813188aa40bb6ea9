"""What the tests of the ground share."""

from tests.mail import sink

__all__ = ["sink"]
