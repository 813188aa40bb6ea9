"""The token itself, and long works."""

from typing import ClassVar
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from forum.actions.jobs import cancel_job
from forum.api.docs import LANGUAGE, READ, errors, example
from forum.api.paging import PageQuerySerializer, paged_schema
from forum.api.serializers import JOB, JobSerializer, TokenSerializer
from forum.api.views import TokenView
from forum.queries.jobs import jobs_within_rights


class ThisTokenView(TokenView):
    """The first thing a new program asks."""

    rights: ClassVar[dict[str, str]] = {"GET": "forum.enter_team"}

    @extend_schema(
        operation_id="token",
        tags=["Token"],
        summary="This token",
        description="Its role, what it is limited to, the edition it is for, and until when.",
        parameters=[LANGUAGE],
        responses={200: TokenSerializer, **errors(*READ)},
    )
    def get(self, request: Request) -> Response:
        """Tell."""
        return Response(TokenSerializer(request.auth).data)


class JobsView(TokenView):
    """Long works."""

    rights: ClassVar[dict[str, str]] = {"GET": "forum.enter_team"}

    @extend_schema(
        operation_id="jobs",
        tags=["Jobs"],
        summary="Long works",
        description="One's own, for organisers everybody's; the newest first.",
        parameters=[PageQuerySerializer, LANGUAGE],
        responses={200: paged_schema(JobSerializer), **errors(400, *READ)},
    )
    def get(self, request: Request) -> Response:
        """One page."""
        return self.paged(request, jobs_within_rights(self.account), JobSerializer)


class JobView(TokenView):
    """One work; ask every few seconds while it runs."""

    rights: ClassVar[dict[str, str]] = {"GET": "forum.enter_team"}

    @extend_schema(
        operation_id="job",
        tags=["Jobs"],
        summary="Progress of a work",
        parameters=[LANGUAGE],
        responses={200: JobSerializer, **errors(404, *READ)},
        examples=[example("Running", JOB)],
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        """How far it is."""
        job = get_object_or_404(jobs_within_rights(self.account), public_id=public_id)
        return Response(JobSerializer(job).data)


class CancelJobView(TokenView):
    """Stopping a work."""

    rights: ClassVar[dict[str, str]] = {"POST": "forum.enter_team"}

    @extend_schema(
        operation_id="cancel_job",
        tags=["Jobs"],
        summary="Stop a work",
        description="It stops after the item in hand; what was done stays done. Safe to repeat.",
        parameters=[LANGUAGE],
        request=None,
        responses={200: JobSerializer, **errors(404, *READ)},
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        """Ask it to stop."""
        job = get_object_or_404(jobs_within_rights(self.account), public_id=public_id)
        cancel_job(job, by=self.account)
        job.refresh_from_db()
        return Response(JobSerializer(job).data)
