"""JSON of a sensible size."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

MOST_BYTES = 256 * 1024


class TooLarge(APIException):
    """413."""

    status_code = 413
    default_code = "too_large"
    default_detail = _("The request is too large. At most 256 KB are taken.")


class SmallJSONParser(JSONParser):
    """Reads at most `MOST_BYTES`, whatever the headers say."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """Raises `TooLarge` and `ParseError`."""
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise TooLarge
        try:
            return super().parse(BytesIO(body), media_type, parser_context)
        except (ParseError, RecursionError) as error:
            raise ParseError(_("The body is not valid JSON in UTF-8."), "not_json") from error
