"""The check-in API: phones come with a device token, programs of the team with an API token."""

from typing import Any, ClassVar, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from badges.actions.devices import revoke_device
from badges.actions.photos import photo_of_scan
from badges.actions.scans import record_scan
from badges.api.authentication import DeviceAuthentication, IsDevice
from badges.api.examples import FEED, SCAN_EXAMPLES, device_errors
from badges.api.serializers import (
    DeviceSerializer,
    FeedScanSerializer,
    PeopleQuerySerializer,
    PeopleSerializer,
    ScanAnswerSerializer,
    ScanRequestSerializer,
    VisibleDeviceSerializer,
    VisiblePersonSerializer,
    device_facts,
)
from badges.api.throttles import DeviceThrottle, PeopleThrottle
from badges.models import Device
from badges.queries.arrivals import scans_visible_to
from badges.queries.devices import devices_visible_to
from badges.queries.people import people_at, people_visible_to
from forum.api.docs import LANGUAGE, READ, errors, example
from forum.api.paging import PageQuerySerializer, paged_schema
from forum.api.views import TokenView

CHECKIN = ["Check-in"]
SCAN, ANSWER = ScanRequestSerializer(), ScanAnswerSerializer()
"""Shapes keep nothing of a request, and making them takes longer than using them."""


class DeviceView(APIView):
    """Base: a device token, its own pace, nothing kept by caches."""

    authentication_classes = [DeviceAuthentication]
    permission_classes = [IsDevice]
    throttle_classes: list[type[BaseThrottle]] = [DeviceThrottle]

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Refusals are not cached either."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response


class ScansView(TokenView):
    """Scans: sent by phones one at a time, read by those who watch the check-in with a token."""

    rights: ClassVar[dict[str, str]] = {"GET": "badges.view_checkin"}

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        """A device sends, a token reads: told apart before anybody is authenticated."""
        if request.method == "POST":
            self.authentication_classes = [DeviceAuthentication]
            self.permission_classes = [IsDevice]
            self.throttle_classes = [DeviceThrottle]
        return super().initialize_request(request, *args, **kwargs)

    @extend_schema(
        operation_id="scans",
        tags=CHECKIN,
        summary="List scans",
        description="As they came in, the last one first. Nobody is named whose consent was withdrawn.",
        parameters=[PageQuerySerializer, LANGUAGE],
        responses={200: paged_schema(FeedScanSerializer), **errors(400, *READ)},
        examples=[example("A page", {"next": None, "previous": None, "results": [FEED]})],
    )
    def get(self, request: Request) -> Response:
        """One page."""
        return self.paged(request, scans_visible_to(self.account, forum=self.forum), FeedScanSerializer)

    @extend_schema(
        operation_id="record_scan",
        tags=CHECKIN,
        summary="Record a scan",
        description="Safe to repeat: the same nonce gets the same answer. 200 whether the person is let in or not.",
        request=ScanRequestSerializer,
        responses={200: ScanAnswerSerializer, **device_errors(400, 401, 409, 413, 415)},
        examples=SCAN_EXAMPLES,
    )
    def post(self, request: Request) -> Response:
        """Decide, store, answer. What phones usually send does not come here: `badges.api.short_way`."""
        scan = SCAN.to_request(SCAN.run_validation(request.data))
        return Response(ANSWER.to_representation(record_scan(scan, device=cast(Device, request.auth))))


class ScanPhotoView(DeviceView):
    """The photo of whom the phone has just scanned."""

    @extend_schema(
        operation_id="scan_photo",
        tags=CHECKIN,
        summary="Photo of a scanned person",
        description=(
            "For ten minutes after a scan of this phone whose answer says `photo`; each look stands in the person's log. "
            "404 where there is none, or none any more."
        ),
        responses={(200, "image/jpeg"): bytes, **device_errors(401, 404)},
    )
    def get(self, request: Request, nonce: UUID) -> HttpResponse:
        """A small JPEG that nobody keeps."""
        content = photo_of_scan(nonce, device=cast(Device, request.auth))
        if content is None:
            raise Http404
        return HttpResponse(content, content_type="image/jpeg", headers={"X-Content-Type-Options": "nosniff"})


class PeopleView(DeviceView):
    """People who cannot be scanned."""

    throttle_classes = [PeopleThrottle]

    @extend_schema(
        operation_id="find_people",
        tags=CHECKIN,
        summary="Find people by name",
        description="Any spelling, Russian or Latin; at most twenty, no documents, phones or emails.",
        request=PeopleQuerySerializer,
        responses={200: PeopleSerializer, **device_errors(400, 401, 413, 415)},
    )
    def post(self, request: Request) -> Response:
        """Look up. A POST, since addresses are logged and a name must not be."""
        asked = PeopleQuerySerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        found = people_at(cast(Device, request.auth).point, query=asked.validated_data["q"])
        return Response(PeopleSerializer({"results": found}).data)


class DeviceInfoView(DeviceView):
    """The phone asks whether it may still scan."""

    @extend_schema(
        operation_id="device",
        tags=CHECKIN,
        summary="This device",
        description="Its point, directions, and the server's time for the clock offset.",
        responses={200: DeviceSerializer, **device_errors(401)},
    )
    def get(self, request: Request) -> Response:
        """Tell."""
        return Response(DeviceSerializer(device_facts(cast(Device, request.auth)) | {"server_time": now()}).data)


class DevicesView(TokenView):
    """Phones that can scan."""

    rights: ClassVar[dict[str, str]] = {"GET": "badges.view_checkin"}

    @extend_schema(
        operation_id="devices",
        tags=CHECKIN,
        summary="Phones that can scan",
        parameters=[PageQuerySerializer, LANGUAGE],
        responses={200: paged_schema(VisibleDeviceSerializer), **errors(400, *READ)},
    )
    def get(self, request: Request) -> Response:
        """One page."""
        return self.paged(request, devices_visible_to(self.account, forum=self.forum), VisibleDeviceSerializer)


class RevokeDeviceView(TokenView):
    """A phone was lost."""

    rights: ClassVar[dict[str, str]] = {"POST": "badges.revoke_device"}

    @extend_schema(
        operation_id="revoke_device",
        tags=CHECKIN,
        summary="Shut a lost phone out",
        description="It scans no more; what it scanned stays. A phone that is shut out already is a 404.",
        parameters=[LANGUAGE],
        request=None,
        responses={204: None, **errors(404, *READ)},
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        """Revoke."""
        visible = devices_visible_to(self.account, forum=self.forum)
        revoke_device(get_object_or_404(visible, public_id=public_id), by=self.account)
        return Response(status=204)


class VisiblePeopleView(TokenView):
    """Who comes."""

    rights: ClassVar[dict[str, str]] = {"GET": "badges.view_people"}

    @extend_schema(
        operation_id="people",
        tags=["People"],
        summary="People one may see",
        description=(
            "Those who hold a place. Officers see all of them with position, delegation, languages and email; editors of a "
            "partner region see name, organisation and category of people in their own sessions, and no other field."
        ),
        parameters=[PageQuerySerializer, LANGUAGE],
        responses={200: paged_schema(VisiblePersonSerializer), **errors(400, *READ)},
    )
    def get(self, request: Request) -> Response:
        """One page."""
        whole = self.account.has_perm("registration.view_people")
        found = people_visible_to(self.account, forum=self.forum)
        return self.paged(request, found, VisiblePersonSerializer, whole=whole)
