"""Shapes of the released programme and of plant visits. Times carry the offset of the venue's zone, which is named too."""

from typing import Any

from django.db.models import TextChoices
from rest_framework import serializers

from agenda.engine.programme import Item, Programme
from agenda.engine.route import FREE, PAUSE
from agenda.enums import Admission, LegKind, Outfit, PhotoPolicy, SessionKind, SpeakerRole, VenueMode
from agenda.queries.visits import DOCUMENTS, Run
from forum.api.serializers import CodedSerializer
from forum.api.times import moment


class HallSerializer(serializers.Serializer):
    """A room and where it is."""

    key = serializers.CharField()
    name = serializers.CharField()
    venue = serializers.CharField()
    city = serializers.CharField()
    zone = serializers.CharField()
    mode = serializers.ChoiceField(VenueMode.choices)
    capacity = serializers.IntegerField()
    step_free = serializers.BooleanField()


class SpeakerSerializer(serializers.Serializer):
    """Somebody on stage; without consent to publication everything but the role is empty."""

    role = serializers.ChoiceField(SpeakerRole.choices)
    name = serializers.CharField()
    position = serializers.CharField()
    organisation = serializers.CharField()
    region = serializers.CharField()
    remote = serializers.BooleanField()


class SessionSerializer(serializers.Serializer):
    """A released session."""

    slug = serializers.CharField()
    title = serializers.CharField()
    title_language = serializers.CharField(help_text="Language of the title, where it is not the one asked for.")
    kind = serializers.ChoiceField(SessionKind.choices)
    kind_label = serializers.CharField()
    admission = serializers.ChoiceField(Admission.choices)
    admission_label = serializers.CharField()
    places = serializers.IntegerField(allow_null=True, help_text="Null where no seats are booked.")
    track = CodedSerializer()
    hosts = CodedSerializer(many=True, help_text="Host region first.")
    hall = HallSerializer()
    linked_halls = HallSerializer(many=True)
    starts = serializers.DateTimeField()
    ends = serializers.DateTimeField()
    languages = serializers.ListField(child=serializers.CharField())
    interpretation = serializers.ListField(child=serializers.CharField())
    speakers = SpeakerSerializer(many=True)

    def to_representation(self, instance: Item) -> dict[str, Any]:
        """By the clock of the hall."""
        zone = instance.hall.zone
        return {
            "slug": instance.slug,
            "title": str(instance.title),
            "title_language": instance.title.language,
            "kind": instance.kind,
            "kind_label": label(SessionKind, instance.kind),
            "admission": instance.admission,
            "admission_label": label(Admission, instance.admission),
            "places": instance.places,
            "track": CodedSerializer(instance.track).data,
            "hosts": CodedSerializer(instance.hosts, many=True).data,
            "hall": HallSerializer(instance.hall).data,
            "linked_halls": HallSerializer(instance.linked, many=True).data,
            "starts": moment(instance.starts, zone=zone),
            "ends": moment(instance.ends, zone=zone),
            "languages": list(instance.languages),
            "interpretation": list(instance.interpretation),
            "speakers": SpeakerSerializer(instance.cast, many=True).data,
        }


class ProgrammeSerializer(serializers.Serializer):
    """The newest release, whole."""

    number = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    note = serializers.CharField()
    zone = serializers.CharField()
    sessions = SessionSerializer(many=True, source="items")

    def to_representation(self, instance: Programme) -> dict[str, Any]:
        """By the forum's clock."""
        return {
            "number": instance.number,
            "published_at": moment(instance.published_at, zone=instance.zone),
            "note": instance.note,
            "zone": instance.zone,
            "sessions": SessionSerializer(instance.items, many=True).data,
        }


class SessionFilterSerializer(serializers.Serializer):
    """What one looks for; everything may be left out."""

    day = serializers.DateField(required=False, help_text="Day of the forum, by its own clock.")
    track = serializers.CharField(required=False, max_length=10)
    language = serializers.CharField(required=False, max_length=5, help_text="Spoken or interpreted into.")
    region = serializers.CharField(required=False, max_length=6, help_text="Code of a host region.")
    kind = serializers.ChoiceField(SessionKind.choices, required=False)


class StepSerializer(serializers.Serializer):
    """A step of a visit; `free` and `pause` are gaps between two."""

    kind = serializers.ChoiceField([*LegKind.values, FREE, PAUSE])
    title = serializers.CharField()
    starts = serializers.DateTimeField()
    ends = serializers.DateTimeField()


class DeadlineSerializer(serializers.Serializer):
    """Until when a document of this kind can be put on the plant's list."""

    document = serializers.ChoiceField(list(DOCUMENTS))
    until = serializers.DateTimeField()
    passed = serializers.BooleanField()


class RunSerializer(serializers.Serializer):
    """A dated run of a visit."""

    slug = serializers.CharField()
    day = serializers.DateField()
    steps = StepSerializer(many=True)
    places = serializers.IntegerField()
    taken = serializers.IntegerField()
    closed = serializers.BooleanField()
    deadlines = DeadlineSerializer(many=True)

    def to_representation(self, instance: Run) -> dict[str, Any]:
        """By the forum's clock."""
        zone = self.context["zone"]
        return {
            "slug": instance.slug,
            "day": instance.day.isoformat(),
            "steps": [
                {
                    "kind": step.kind,
                    "title": str(step.title),
                    "starts": moment(step.starts, zone=zone),
                    "ends": moment(step.ends, zone=zone),
                }
                for step in instance.steps
            ],
            "places": instance.places,
            "taken": instance.taken,
            "closed": instance.is_closed,
            "deadlines": [
                {"document": d.document, "until": moment(d.until, zone=zone), "passed": d.passed}
                for d in instance.deadlines
            ],
        }


class VisitSerializer(serializers.Serializer):
    """What one plant shows and demands."""

    slug = serializers.CharField()
    title = serializers.CharField()
    plant = serializers.CharField()
    host = serializers.CharField(help_text="Full name of the enterprise.")
    city = serializers.CharField()
    min_age = serializers.IntegerField()
    photo_policy = serializers.ChoiceField(PhotoPolicy.choices)
    dress_code = serializers.ListField(child=serializers.ChoiceField(Outfit.choices))
    lent_by_host = serializers.ListField(child=serializers.ChoiceField(Outfit.choices))
    step_free = serializers.BooleanField()
    may_be_cancelled = serializers.BooleanField()
    runs = RunSerializer(many=True)


class VisitsSerializer(serializers.Serializer):
    """All plant visits: there are few, and people compare them."""

    zone = serializers.CharField()
    visits = VisitSerializer(many=True)


def label(choices: type[TextChoices], value: str) -> str:
    """In words, in the language asked for."""
    return str(choices(value).label)
