"""The released programme and the plant visits, for everybody. Nothing is answered before the programme is public."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from agenda.api.examples import PROGRAMME, SESSION, VISIT
from agenda.api.serializers import (
    ProgrammeSerializer,
    SessionFilterSerializer,
    SessionSerializer,
    VisitSerializer,
    VisitsSerializer,
)
from agenda.engine.programme import Choice, Item, Programme
from agenda.queries.programme import released_programme
from agenda.queries.visits import Visit, visits
from forum.api.docs import LANGUAGE, MATCH, PUBLIC, errors, example
from forum.api.paging import ListPages, PageQuerySerializer, paged_schema
from forum.api.views import PublicView
from forum.errors import DomainError
from forum.models import Forum
from forum.queries.kept import PAGES

TAG = ["Programme"]
VISITS = ["Plant visits"]
NOT_YET = "The programme is not public yet (`programme.not_public`), or there is nothing with this name."


def language() -> str:
    """Of the texts."""
    return get_language() or "ru"


def programme_of(forum: Forum) -> Programme:
    """The newest release. Raises `DomainError` (404) before the programme is public."""
    found = released_programme(forum, language=language()) if forum.programme_public else None
    return found or _not_public()


def visits_of(forum: Forum) -> list[Visit]:
    """All visits. Raises `DomainError` (404) before the programme is public."""
    return visits(forum, language=language(), at=now()) if forum.programme_public else _not_public()


def _not_public() -> Any:
    raise DomainError("programme.not_public", _("The programme is not public yet. Come back later."), status=404)


class ProgrammeView(PublicView):
    """The programme as one document."""

    @extend_schema(
        operation_id="programme",
        tags=TAG,
        summary="The released programme",
        description="The newest release as one document. Keep its `ETag`: as long as nothing changes the answer is 304.",
        parameters=[MATCH, LANGUAGE],
        responses={200: ProgrammeSerializer, **errors(304, *PUBLIC, e404=NOT_YET)},
        examples=[example("A release", PROGRAMME)],
    )
    def get(self, request: Request) -> HttpResponse:
        """All of it."""
        content = PAGES.kept("api", "programme", language(), build=self._content)
        return HttpResponse(content, content_type="application/json")

    def _content(self) -> bytes:
        return JSONRenderer().render(ProgrammeSerializer(programme_of(self.forum)).data)


class SessionPages(ListPages):
    """By time, then by name."""

    def place_of(self, row: Item) -> list[str]:
        """Start in UTC, as text that sorts like time, and the name."""
        return [f"{row.starts.timestamp():020.3f}", row.slug]


class SessionsView(PublicView):
    """The sessions of the newest release."""

    @extend_schema(
        operation_id="programme_sessions",
        tags=TAG,
        summary="Sessions of the released programme",
        description="By time. Filters may be combined.",
        parameters=[SessionFilterSerializer, PageQuerySerializer, MATCH, LANGUAGE],
        responses={200: paged_schema(SessionSerializer), **errors(304, 400, *PUBLIC, e404=NOT_YET)},
    )
    def get(self, request: Request) -> Response:
        """One page."""
        asked = SessionFilterSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        pages, found = SessionPages(), self.chosen(**asked.validated_data)
        return pages.answer(SessionSerializer(pages.of(sorted(found, key=pages.place_of), request), many=True).data)

    def chosen(self, *, day: date | None = None, **choice: str) -> list[Item]:
        """Sessions that fit."""
        programme = programme_of(self.forum)
        items = programme.items if day is None else programme.on(day)
        return Choice(**choice).chosen(items)


class SessionView(PublicView):
    """One session of the newest release."""

    @extend_schema(
        operation_id="programme_session",
        tags=TAG,
        summary="One session of the released programme",
        parameters=[MATCH, LANGUAGE],
        responses={200: SessionSerializer, **errors(304, *PUBLIC, e404=NOT_YET)},
        examples=[example("A panel", SESSION)],
    )
    def get(self, request: Request, slug: str) -> Response:
        """By its name in addresses."""
        found = next((item for item in programme_of(self.forum).items if item.slug == slug), None)
        if found is None:
            raise Http404
        return Response(SessionSerializer(found).data)


class VisitsView(PublicView):
    """All plant visits."""

    @extend_schema(
        operation_id="visits",
        tags=VISITS,
        summary="Plant visits",
        description="What each plant shows and demands, its runs with places, and until when one can be put on the list.",
        parameters=[MATCH, LANGUAGE],
        responses={200: VisitsSerializer, **errors(304, *PUBLIC, e404=NOT_YET)},
        examples=[example("One plant", {"zone": "Asia/Novokuznetsk", "visits": [VISIT]})],
    )
    def get(self, request: Request) -> Response:
        """As one document."""
        forum = self.forum
        found = {"zone": forum.timezone, "visits": visits_of(forum)}
        return Response(VisitsSerializer(found, context={"zone": forum.timezone}).data)


class VisitView(PublicView):
    """One plant visit."""

    @extend_schema(
        operation_id="visit",
        tags=VISITS,
        summary="One plant visit",
        parameters=[MATCH, LANGUAGE],
        responses={200: VisitSerializer, **errors(304, *PUBLIC, e404=NOT_YET)},
        examples=[example("A plant", VISIT)],
    )
    def get(self, request: Request, slug: str) -> Response:
        """By its name in addresses."""
        forum = self.forum
        found = next((visit for visit in visits_of(forum) if visit.slug == slug), None)
        if found is None:
            raise Http404
        return Response(VisitSerializer(found, context={"zone": forum.timezone}).data)
