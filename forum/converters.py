"""References in addresses."""

from django.urls import register_converter

from forum.refs import ALPHABET, REF_LENGTH


class RefConverter:
    """A stored reference; anything else is no address of ours, so that words such as `return` stay free."""

    regex = f"[{ALPHABET}]{{{REF_LENGTH}}}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(RefConverter, "ref")
