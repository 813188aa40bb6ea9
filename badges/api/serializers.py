"""Shapes of the check-in API; `docs/scanner-api.md` explains them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from badges.actions.scans import ScanAnswer, ScanRequest
from badges.enums import POINT_DIRECTIONS, Direction, PointKind, ScanMethod, ScanOutcome, Severity, VerdictSound
from badges.models import Device, Point, Scan
from badges.queries.arrivals import may_be_named
from forum.names import full_latin, full_russian
from registration.enums import HAS_PLACE, RegistrationState
from registration.models import Registration
from registration.queries.people import name_of

BY_PHONE = [(m.value, m.label) for m in ScanMethod if m != ScanMethod.MANUAL]
LONGEST_CODE = 200


class ScanRequestSerializer(serializers.Serializer):
    """One physical scan. Send it again unchanged, but for `sent_at`, until there is an answer."""

    nonce = serializers.UUIDField(help_text="Made once per physical scan, kept through every retry.")
    point = serializers.SlugField(max_length=40, help_text="Slug of the point where the scan was made.")
    direction = serializers.ChoiceField(Direction.choices)
    method = serializers.ChoiceField(BY_PHONE)
    code = serializers.CharField(
        max_length=LONGEST_CODE, required=False, help_text="What the QR holds, or the short code."
    )
    registration = serializers.CharField(max_length=10, required=False, help_text="With `search`, in place of `code`.")
    device_time = serializers.DateTimeField(help_text="The phone's clock when the code was seen.")
    sent_at = serializers.DateTimeField(help_text="The same clock when this attempt was sent.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A code, or for a person found by name the registration."""
        needed = "registration" if attrs["method"] == ScanMethod.SEARCH else "code"
        if not attrs.get(needed):
            raise serializers.ValidationError({needed: _("This is missing.")})
        return attrs

    def to_request(self, valid: Mapping[str, Any]) -> ScanRequest:
        """The validated scan for the action."""
        data = dict(valid)
        return ScanRequest(
            ref=data.pop("registration", ""),
            direction=Direction(data.pop("direction")),
            method=ScanMethod(data.pop("method")),
            **data,
        )


class ScannedPersonSerializer(serializers.Serializer):
    """What staff see of a person: no documents, no birth date, no phone, no email."""

    name = serializers.CharField()
    name_latin = serializers.CharField()
    organisation = serializers.CharField()
    category = serializers.CharField()
    category_letter = serializers.CharField()
    category_colour = serializers.CharField()
    zones = serializers.ListField(child=serializers.CharField())
    photo = serializers.BooleanField(help_text="There is one: ask for `scans/{nonce}/photo`.")

    def to_representation(self, instance: Registration) -> dict[str, Any]:
        """`instance` is a row of `with_facts`."""
        return names_of(instance) | {
            "organisation": instance.organisation,
            "category": instance.category.name,
            "category_letter": instance.category.letter,
            "category_colour": instance.category.colour,
            "zones": [zone["letter"] for zone in instance.zone_rows],
            "photo": instance.photo_pk is not None,
        }


PERSON, TIME = ScannedPersonSerializer(), serializers.DateTimeField()


class ScanAnswerSerializer(serializers.Serializer):
    """The verdict. Colour, word and sound say the same; `person` is null when no name may be shown."""

    scan = serializers.UUIDField()
    outcome = serializers.ChoiceField(ScanOutcome.choices)
    admit = serializers.BooleanField()
    severity = serializers.ChoiceField([s.value for s in Severity])
    sound = serializers.ChoiceField([s.value for s in VerdictSound])
    title = serializers.CharField()
    reason = serializers.CharField()
    next_step = serializers.CharField()
    person = ScannedPersonSerializer(allow_null=True)
    first_at = serializers.DateTimeField(allow_null=True)
    point = serializers.CharField()
    direction = serializers.ChoiceField(Direction.choices)
    at = serializers.DateTimeField()

    def to_representation(self, instance: ScanAnswer) -> dict[str, Any]:
        """Times carry the forum's offset."""
        scan, verdict, words = instance.scan, instance.verdict, instance.words
        return {
            "scan": str(scan.nonce),
            "outcome": verdict.outcome.value,
            "admit": verdict.admit,
            "severity": verdict.severity.value,
            "sound": verdict.sound.value,
            "title": words.title,
            "reason": words.reason,
            "next_step": words.next_step,
            "person": PERSON.to_representation(instance.person) if instance.person else None,
            "first_at": TIME.to_representation(scan.first_at) if scan.first_at else None,
            "point": scan.point.slug,
            "direction": scan.direction,
            "at": TIME.to_representation(scan.at),
        }


class PointSerializer(serializers.Serializer):
    """Where the phone scans."""

    id = serializers.UUIDField(source="public_id")
    slug = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(PointKind.choices)
    zone = serializers.CharField(source="zone.letter")


class NamedDeviceSerializer(serializers.Serializer):
    """The phone itself."""

    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField(source="label")


class DeviceSerializer(serializers.Serializer):
    """What the phone may do, and the server's clock."""

    device = NamedDeviceSerializer()
    point = PointSerializer()
    directions = serializers.ListField(child=serializers.ChoiceField(Direction.choices))
    server_time = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class FoundPersonSerializer(serializers.Serializer):
    """One result of the search."""

    registration = serializers.CharField()
    name = serializers.CharField()
    name_latin = serializers.CharField()
    organisation = serializers.CharField()
    category_letter = serializers.CharField()
    category_colour = serializers.CharField()
    state = serializers.ChoiceField(RegistrationState.choices)
    state_label = serializers.CharField()

    def to_representation(self, instance: Registration) -> dict[str, Any]:
        """Just enough to tell two namesakes apart."""
        return names_of(instance) | {
            "registration": instance.ref,
            "organisation": instance.organisation,
            "category_letter": instance.category.letter,
            "category_colour": instance.category.colour,
            "state": instance.state,
            "state_label": instance.get_state_display(),
        }


class PeopleSerializer(serializers.Serializer):
    """At most twenty people."""

    results = FoundPersonSerializer(many=True)


class PeopleQuerySerializer(serializers.Serializer):
    """What to look for."""

    q = serializers.CharField(
        min_length=2, max_length=80, help_text="Part of a name in any spelling, or of an organisation."
    )


class FeedPersonSerializer(serializers.Serializer):
    """Whose badge it was."""

    registration = serializers.CharField()
    name = serializers.CharField()
    name_latin = serializers.CharField()
    organisation = serializers.CharField()
    category = serializers.CharField()

    def to_representation(self, instance: Registration) -> dict[str, Any]:
        """`instance` with its person and category loaded."""
        return names_of(instance) | {
            "registration": instance.ref,
            "organisation": instance.organisation,
            "category": instance.category.name,
        }


class FeedScanSerializer(serializers.Serializer[Scan]):
    """One scan as those who watch the check-in see it."""

    scan = serializers.UUIDField(source="nonce")
    point = serializers.CharField(source="point.slug")
    device = NamedDeviceSerializer()
    direction = serializers.ChoiceField(Direction.choices)
    method = serializers.ChoiceField(ScanMethod.choices)
    outcome = serializers.ChoiceField(ScanOutcome.choices)
    outcome_label = serializers.CharField(source="get_outcome_display")
    counts = serializers.BooleanField(help_text="It changed who is inside, boarded or served.")
    at = serializers.DateTimeField(help_text="Corrected time.")
    received_at = serializers.DateTimeField()
    person = serializers.SerializerMethodField()

    def get_person(self, scan: Scan) -> FeedPersonSerializer(allow_null=True):  # type: ignore[valid-type]
        """Null when nobody is known, or the name may not be shown."""
        if scan.registration is None or not may_be_named(scan):
            return None
        return FeedPersonSerializer(scan.registration).data


class VisibleDeviceSerializer(serializers.Serializer[Device]):
    """A phone as the team sees it."""

    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField(source="label")
    point = serializers.CharField(source="point.slug")
    enrolled_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    last_seen_at = serializers.DateTimeField(allow_null=True)


class VisiblePersonSerializer(serializers.Serializer[Registration]):
    """Somebody who comes. The fields after `category` are there for officers alone."""

    registration = serializers.CharField()
    name = serializers.CharField()
    name_latin = serializers.CharField()
    organisation = serializers.CharField()
    category = serializers.CharField()
    state = serializers.ChoiceField(HAS_PLACE, required=False)
    position = serializers.CharField(required=False)
    delegation = serializers.CharField(required=False, help_text="Code of the country or region.")
    languages = serializers.ListField(child=serializers.CharField(), required=False)
    email = serializers.EmailField(required=False)

    def to_representation(self, instance: Registration) -> dict[str, Any]:
        """Fields by role."""
        seen = FeedPersonSerializer(instance).data
        if not self.context["whole"]:
            return seen
        return seen | {
            "state": instance.state,
            "position": instance.position,
            "delegation": instance.delegation.region.code if instance.delegation else "",
            "languages": instance.person.languages,
            "email": instance.person.email,
        }


def names_of(registration: Registration) -> dict[str, str]:
    """The name in both scripts; somebody without a Russian spelling shows the Latin one first."""
    name = name_of(registration.person)
    russian, latin = full_russian(name), full_latin(name)
    return {"name": russian or latin, "name_latin": latin if russian else ""}


def device_facts(device: Device) -> dict[str, Any]:
    """What every answer about a device says."""
    point: Point = device.point
    return {
        "device": device,
        "point": point,
        "directions": [d.value for d in POINT_DIRECTIONS[PointKind(point.kind)]],
        "expires_at": device.expires_at,
    }
