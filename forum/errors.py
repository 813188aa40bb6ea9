"""The one error our core raises for something the person can understand and mend."""

from typing import Any


class DomainError(Exception):
    """A refusal with a machine code and a message in the reader's language.

    `code` is stable and dotted (`registration.move_refused`); `message` is a translated sentence that names reason and
    remedy; `fields` maps a field name to its own message; `data` holds facts for tests and the API, never personal data.
    """

    def __init__(
        self, code: str, message: Any, *, fields: dict[str, Any] | None = None, status: int = 409, **data: Any
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.fields = fields or {}
        self.status = status
        self.data = data
