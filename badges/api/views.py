"""The check-in API: for phones with a device token, and for nobody else."""

from typing import Any, cast

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from badges.actions.scans import record_scan
from badges.api.authentication import DeviceAuthentication, IsDevice
from badges.api.examples import SCAN_EXAMPLES, errors
from badges.api.serializers import (
    DeviceSerializer,
    PeopleQuerySerializer,
    PeopleSerializer,
    ScanAnswerSerializer,
    ScanRequestSerializer,
    device_facts,
)
from badges.api.throttles import DeviceThrottle, PeopleThrottle
from badges.models import Device
from badges.queries.people import people_at


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


class ScansView(DeviceView):
    """Scans, one at a time."""

    @extend_schema(
        operation_id="record_scan",
        summary="Record a scan",
        description="Safe to repeat: the same nonce gets the same answer. 200 whether the person is let in or not.",
        request=ScanRequestSerializer,
        responses={200: ScanAnswerSerializer, **errors(400, 401, 409, 429)},
        examples=SCAN_EXAMPLES,
    )
    def post(self, request: Request) -> Response:
        """Decide, store, answer."""
        scan = ScanRequestSerializer(data=request.data)
        scan.is_valid(raise_exception=True)
        return Response(ScanAnswerSerializer(record_scan(scan.to_request(), device=cast(Device, request.auth))).data)


class PeopleView(DeviceView):
    """People who cannot be scanned."""

    throttle_classes = [PeopleThrottle]

    @extend_schema(
        operation_id="find_people",
        summary="Find people by name",
        description="Any spelling, Russian or Latin; at most twenty, no documents, phones or emails.",
        request=PeopleQuerySerializer,
        responses={200: PeopleSerializer, **errors(400, 401, 429)},
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
        summary="This device",
        description="Its point, directions, and the server's time for the clock offset.",
        responses={200: DeviceSerializer, **errors(401, 429)},
    )
    def get(self, request: Request) -> Response:
        """Tell."""
        return Response(DeviceSerializer(device_facts(cast(Device, request.auth)) | {"server_time": now()}).data)
