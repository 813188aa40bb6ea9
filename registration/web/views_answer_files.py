"""A picture that one has handed in as an answer, for oneself."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from forum.web.files import private_file
from registration.actions.answer_uploads import look_at_file
from registration.models import AnswerFile
from registration.queries.answer_files import own_file
from registration.web.access import OwnApplicationView


class OwnFileView(OwnApplicationView):
    """The bytes, for the person alone."""

    def get(self, request: HttpRequest, ref: str, public_id: Any) -> HttpResponseBase:
        """A download."""
        kept = own_file(self.registration, public_id)
        if kept is None:
            raise Http404
        return answer_file(kept, by=self.account)


def answer_file(kept: AnswerFile, *, by: Any) -> HttpResponseBase:
    """A download that nobody on the way keeps; 404 where it was erased a moment ago."""
    try:
        content = look_at_file(kept, by=by)
    except FileNotFoundError as error:
        raise Http404 from error
    return private_file(content, name=kept.file.name, content_type=kept.file.content_type)
