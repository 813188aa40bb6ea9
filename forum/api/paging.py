"""Pages by cursor: no row is lost or doubled while others are added. A cursor is signed and holds a row's place alone."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.core import signing
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

USUAL, MOST = 50, 200
SALT = "forum.api.cursor"


class PageQuerySerializer(serializers.Serializer):
    """Where in the list."""

    cursor = serializers.CharField(
        required=False, max_length=200, help_text="From `next` or `previous` of an earlier answer."
    )
    limit = serializers.IntegerField(required=False, default=USUAL, min_value=1, max_value=MOST)

    def validate_cursor(self, value: str) -> tuple[bool, Any]:
        """(Backwards?, the place of the row at the edge)."""
        try:
            back, place = signing.loads(value, salt=self.context["salt"])
        except (signing.BadSignature, ValueError) as error:
            raise ValidationError(_("This cursor is not ours. Begin with the first page.")) from error
        return bool(back), place


@cache
def paged_schema(serializer: type[serializers.Serializer]) -> Any:
    """The shape of a page of `serializer`, for the documentation."""
    name = serializer.__name__.removesuffix("Serializer")
    links = {
        side: serializers.URLField(allow_null=True, help_text="Whole address; null at the end of the list.")
        for side in ("next", "previous")
    }
    return inline_serializer(f"{name}Page", {**links, "results": serializer(many=True)})


class CursorPages:
    """Rows of a queryset by primary key, the newest first; whatever order the queryset had is dropped."""

    def of(self, queryset: Any, request: Request) -> list[Any]:
        """The rows of the page that the address asks for. Raises `ValidationError`."""
        # A cursor of another list is none here.
        self.salt = f"{SALT}:{request.path}"
        asked = PageQuerySerializer(data=request.query_params, context={"salt": self.salt})
        asked.is_valid(raise_exception=True)
        self.address = request.build_absolute_uri()
        back, place = asked.validated_data.get("cursor", (False, None))
        limit = asked.validated_data["limit"]
        found = self.rows(queryset, back=back, place=place, limit=limit + 1)
        more, page = len(found) > limit, found[:limit]
        if back:
            page.reverse()
        self.has_next = back or more
        self.has_previous = more if back else place is not None
        self.page = page
        return page

    def rows(self, queryset: "QuerySet[Any]", *, back: bool, place: Any, limit: int) -> list[Any]:
        """Up to `limit` rows beyond `place`, those next to it first."""
        if place is not None:
            queryset = queryset.filter(**{"pk__gt" if back else "pk__lt": place})
        return list(queryset.order_by("pk" if back else "-pk")[:limit])

    def place_of(self, row: Any) -> Any:
        """What a cursor holds."""
        return row.pk

    def _link(self, row: Any, *, back: bool) -> str:
        cursor = signing.dumps([back, self.place_of(row)], salt=self.salt)
        return replace_query_param(self.address, "cursor", cursor)

    def answer(self, data: Any) -> Response:
        """Whole addresses of the neighbours, null at the ends."""
        after, before = self.page and self.has_next, self.page and self.has_previous
        return Response(
            {
                "next": self._link(self.page[-1], back=False) if after else None,
                "previous": self._link(self.page[0], back=True) if before else None,
                "results": data,
            }
        )


class ListPages(CursorPages):
    """The same for a list in memory that is sorted by `place_of`, in ascending order."""

    def rows(self, queryset: Sequence[Any], *, back: bool, place: Any, limit: int) -> list[Any]:  # type: ignore[override]
        if place is None:
            return list(queryset[:limit])
        if back:
            return [row for row in reversed(queryset) if self.place_of(row) < place][:limit]
        return [row for row in queryset if self.place_of(row) > place][:limit]
