"""Applications for programs: list, search, enter for others, decide. The same actions as on the officers' pages."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from forum.api.docs import LANGUAGE, READ, WRITE, errors, example
from forum.api.idempotency import KEY_PARAMETER, idempotent
from forum.api.paging import PageQuerySerializer, paged_schema
from forum.api.throttles import SearchThrottle
from forum.api.views import TokenView
from registration.actions import review
from registration.actions.on_behalf import register_on_behalf
from registration.api.examples import APPLICATION, FULL, NEW
from registration.api.serializers import (
    ApplicationDetailSerializer,
    ApplicationSerializer,
    FilterSerializer,
    NeededNoteSerializer,
    NewApplicationSerializer,
    NoteSerializer,
    SearchSerializer,
)
from registration.models import Registration
from registration.queries.applications import possible_duplicates, queue, registrations_visible_to

TAG = ["Applications"]


class ApplicationView(TokenView):
    """Base: one application, or the answer about one."""

    def find(self, ref: str) -> Registration:
        """The application, or 404."""
        visible = registrations_visible_to(self.account).filter(forum=self.forum)
        return get_object_or_404(visible.prefetch_related("moves"), ref=ref)

    def shown(self, ref: str, **options: Any) -> Response:
        """The application as it stands now."""
        found = self.find(ref)
        context = {"duplicates": possible_duplicates(found), "reader": self.account}
        return Response(ApplicationDetailSerializer(found, context=context).data, **options)


class ApplicationsView(ApplicationView):
    """The list, and entering one for somebody."""

    rights: ClassVar[dict[str, str]] = {"GET": "registration.view_people", "POST": "registration.register_others"}

    @extend_schema(
        operation_id="applications",
        tags=TAG,
        summary="List applications",
        description="The newest first. To look for words, use the search: names never stand in an address.",
        parameters=[FilterSerializer, PageQuerySerializer, LANGUAGE],
        responses={200: paged_schema(ApplicationSerializer), **errors(400, *READ)},
    )
    def get(self, request: Request) -> Response:
        """One page."""
        asked = FilterSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = queue(self.account, forum=self.forum, narrowed_by=asked.narrowed_by)
        return self.paged(request, found, ApplicationSerializer)

    @extend_schema(
        operation_id="enter_application",
        tags=TAG,
        summary="Enter an application for somebody",
        description=(
            "Only with the person's own consent, signed on paper: nobody consents for another adult, and nothing personal "
            "is stored before the consent. The person gets the usual letter with the way to sign in, correct and withdraw. "
            "Whoever has not signed applies on the public page."
        ),
        parameters=[KEY_PARAMETER, LANGUAGE],
        request=NewApplicationSerializer,
        responses={
            201: ApplicationDetailSerializer,
            **errors(*WRITE, e409="The idempotency key was used for another request, or the first one still runs."),
        },
        examples=[
            OpenApiExample("Signed on paper", value=NEW, request_only=True),
            example("Entered", APPLICATION, status_codes=["201"]),
        ],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Enter and send."""
        entered = NewApplicationSerializer(data=request.data, context={"forum": self.forum})
        entered.is_valid(raise_exception=True)
        made = register_on_behalf(**entered.arguments(), by=self.account)
        address = reverse("registration_api:application", args=[made.ref])
        return self.shown(made.ref, status=201, headers={"Location": address})


class SearchView(ApplicationView):
    """The list, narrowed by words."""

    rights: ClassVar[dict[str, str]] = {"POST": "registration.view_people"}
    throttle_classes = [SearchThrottle]

    @extend_schema(
        operation_id="search_applications",
        tags=TAG,
        summary="Search applications",
        description="Any spelling, Russian or Latin. For the next page send the same body to `next`.",
        parameters=[PageQuerySerializer, LANGUAGE],
        request=SearchSerializer,
        responses={200: paged_schema(ApplicationSerializer), **errors(*WRITE)},
        examples=[OpenApiExample("By name", value={"q": "primerova", "state": "submitted"}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        """One page."""
        asked = SearchSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        found = queue(self.account, forum=self.forum, narrowed_by=asked.narrowed_by)
        return self.paged(request, found, ApplicationSerializer)


class OneApplicationView(ApplicationView):
    """One application."""

    rights: ClassVar[dict[str, str]] = {"GET": "registration.view_people"}

    @extend_schema(
        operation_id="application",
        tags=TAG,
        summary="One application",
        parameters=[LANGUAGE],
        responses={200: ApplicationDetailSerializer, **errors(404, *READ)},
        examples=[example("Under review", APPLICATION)],
    )
    def get(self, request: Request, ref: str) -> Response:
        """With its history."""
        return self.shown(ref)


class DecideView(ApplicationView):
    """Base of the decisions; each is safe to repeat."""

    rights: ClassVar[dict[str, str]] = {"POST": "registration.decide"}
    note: ClassVar[type[serializers.Serializer]] = NoteSerializer
    act: ClassVar[Callable[..., Any]]

    def post(self, request: Request, ref: str) -> Response:
        """Decide, and show where the application stands."""
        registration, said = self.find(ref), self.note(data=request.data)
        said.is_valid(raise_exception=True)
        decide: Callable[..., Any] = type(self).act
        decide(registration, by=self.account, note=said.validated_data["note"])
        return self.shown(ref)


def decision(operation_id: str, summary: str, description: str, *, note: Any = NoteSerializer, **conflict: Any) -> Any:
    """How each decision is documented."""
    documented = extend_schema(
        operation_id=operation_id,
        tags=TAG,
        summary=summary,
        description=f"{description} Safe to repeat; the applicant is told once.",
        parameters=[LANGUAGE],
        request=note,
        responses={200: ApplicationDetailSerializer, **errors(404, 409, *WRITE)},
        examples=[
            OpenApiExample(
                "With a message", value={"note": "Пришлите, пожалуйста, имя как в паспорте."}, request_only=True
            ),
            *(example(name, value, status_codes=["409"]) for name, value in conflict.items()),
        ],
    )
    return extend_schema_view(post=documented)


@decision(
    "approve_application",
    "Approve",
    "Takes a place of the quota of the delegation or organisation, else of the category; 409 when none is left.",
    no_place_left=FULL,
)
class ApproveView(DecideView):
    """Approve."""

    act = staticmethod(review.approve)


@decision("reject_application", "Do not accept", "Also for people on the waiting list.")
class RejectView(DecideView):
    """Decline."""

    act = staticmethod(review.reject)


@decision("ask_for_changes", "Ask for changes", "Sends the application back with a message.", note=NeededNoteSerializer)
class AskForChangesView(DecideView):
    """Send back."""

    note = NeededNoteSerializer
    act = staticmethod(review.ask_for_changes)


@decision(
    "waitlist_application",
    "Put in line",
    "No place now: the person waits, and is offered one that is given back, with a deadline.",
)
class WaitlistView(DecideView):
    """Put in line."""

    act = staticmethod(review.put_in_line)
