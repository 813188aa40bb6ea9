"""Shapes of applications. Documents are never part of them."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from forum.api.serializers import CodedSerializer
from forum.models import Forum
from registration.api.answers import filled
from registration.api.fields import LatinNameField, LineField, NameField, RussianNameField
from registration.countries import country_names
from registration.engine.proposals import SHORT_POSITION, propose_short_position
from registration.enums import SEEN, ConsentEvidence, RegistrationState, SpokenLanguage
from registration.models import Category, ConsentDocument, Delegation, Person, Registration
from registration.queries.applications import QueueFilter
from registration.queries.dossier import categories_of
from registration.queries.offers import consent_in_force, delegations_of
from registration.queries.questions import read_by
from registration.validators import missing_answers

LONGEST_CODE = 20


class PersonSerializer(serializers.Serializer):
    """Who applies. Each spelling is what the person wrote; none is derived from another."""

    surname = RussianNameField(help_text="In Cyrillic.")
    given_name = RussianNameField()
    patronymic = RussianNameField()
    latin_surname = LatinNameField(help_text="As in the document; needed for every document but a Russian one.")
    latin_given_name = LatinNameField()
    native_name = NameField(help_text="The whole name in the person's own language.")
    badge_name = NameField(help_text="Only if the badge shall show another form.")
    citizenship = serializers.RegexField(r"^[A-Z]{2}$", help_text="ISO 3166-1 code of the document to be shown.")
    languages = serializers.ListField(
        child=serializers.ChoiceField(SpokenLanguage.choices), min_length=1, max_length=8, help_text="Languages spoken."
    )
    email = serializers.EmailField(
        max_length=254, error_messages={"invalid": _("This is not an email address. Write one, like name@example.org.")}
    )

    def validate_citizenship(self, value: str) -> str:
        """A country that exists."""
        if value not in country_names("en"):
            raise serializers.ValidationError(
                _("There is no country with this code. Write its two letters: RU, BY, UZ.")
            )
        return value

    def validate_email(self, value: str) -> str:
        """Logins are compared in lower case."""
        return value.lower()


class ConsentEvidenceSerializer(serializers.Serializer):
    """The person's own consent. Without it there is no application: nobody consents for another adult."""

    evidence = serializers.ChoiceField([ConsentEvidence.SIGNED_PAPER.value])
    version = serializers.IntegerField(min_value=1, max_value=32767, help_text="Version of the text that was signed.")
    signed_on = serializers.DateField(help_text="Date on the paper.")


class NewApplicationSerializer(serializers.Serializer):
    """An application for somebody who has signed the consent on paper."""

    category = serializers.SlugField(max_length=LONGEST_CODE)
    delegation = serializers.CharField(max_length=6, help_text="Code of the country or region represented.")
    organisation = LineField(max_length=250)
    position = LineField(max_length=250)
    position_short = LineField(
        max_length=SHORT_POSITION, required=False, default="", allow_blank=True, help_text="For the badge."
    )
    language = serializers.ChoiceField(settings.LANGUAGES, help_text="Language of our letters to the person.")
    person = PersonSerializer()
    consent = ConsentEvidenceSerializer()
    answers = serializers.DictField(
        child=serializers.JSONField(),
        required=False,
        default=dict,
        help_text="Answers to the questions of the category, by their names: text, number, true or false, or a list of names.",
    )

    @property
    def forum(self) -> Forum:
        """The edition of the token."""
        return self.context["forum"]

    def validate_category(self, value: str) -> Category:
        """One of this edition."""
        return _found(categories_of(self.forum).filter(code=value).first(), _("There is no category with this code."))

    def validate_delegation(self, value: str) -> Delegation:
        """One of this edition."""
        found = delegations_of(self.forum).filter(region__code=value).first()
        return _found(
            found,
            _("No delegation of this edition has this code. Write the code of the country or region: RU-TOM, UZ."),
        )

    def validate_consent(self, value: dict[str, Any]) -> dict[str, Any]:
        """The text in force: a newer one has to be read before it is agreed to."""
        document = consent_in_force(self.forum)
        if document is None or document.version != value["version"]:
            raise serializers.ValidationError({"version": _("This version is not in force. Have the new one signed.")})
        return value | {"document": document}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The same answers must be there as on the public page."""
        person = Person(**attrs["person"])
        rest = {name: attrs[name] for name in ("delegation", "organisation", "position")}
        if missing := missing_answers(Registration(person=person, **rest)):
            raise serializers.ValidationError({"person": missing})
        attrs["questions"] = filled(attrs["category"], person, attrs.pop("answers"))
        return attrs

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        data = dict(self.validated_data)
        person, consent, category = data.pop("person"), data.pop("consent"), data.pop("category")
        questions = data.pop("questions")
        document: ConsentDocument = consent["document"]
        data["position_short"] = data["position_short"] or propose_short_position(data["position"])
        return {
            "category": category,
            "document": document,
            "signed_on": consent["signed_on"],
            "answers": {**person, **data},
            "questions": questions,
        }


def _found(row: Any, refusal: Any) -> Any:
    if row is None:
        raise serializers.ValidationError(refusal)
    return row


class ApplicationSerializer(serializers.Serializer[Registration]):
    """An application as officers see it."""

    ref = serializers.CharField()
    state = serializers.ChoiceField(SEEN)
    state_label = serializers.CharField(source="get_state_display")
    version = serializers.IntegerField()
    category = CodedSerializer()
    delegation = serializers.SerializerMethodField()
    organisation = serializers.CharField()
    position = serializers.CharField()
    position_short = serializers.CharField()
    language = serializers.ChoiceField(settings.LANGUAGES)
    note = serializers.CharField(help_text="The last message to the applicant.")
    submitted_at = serializers.DateTimeField(allow_null=True)
    confirm_by = serializers.DateTimeField(allow_null=True)
    person = PersonSerializer()

    def get_delegation(self, row: Registration) -> CodedSerializer(allow_null=True):  # type: ignore[valid-type]
        """By the code of its region."""
        region = row.delegation.region if row.delegation else None
        return {"code": region.code, "name": region.name} if region else None


class MoveSerializer(serializers.Serializer):
    """One step of the history."""

    was = serializers.ChoiceField(RegistrationState.choices)
    to = serializers.ChoiceField(RegistrationState.choices)
    at = serializers.DateTimeField()
    note = serializers.CharField()


class ApplicationDetailSerializer(ApplicationSerializer):
    """The same with its history, and applications that may be of the same person."""

    history = MoveSerializer(source="moves", many=True)
    possible_duplicates = serializers.SerializerMethodField()
    answers = serializers.SerializerMethodField()

    def get_answers(self, row: Registration) -> dict[str, Any]:
        """To the questions of the category, by their names; only those that this token's role may read."""
        return read_by(self.context["reader"], row)

    def get_possible_duplicates(self, row: Registration) -> list[str]:
        """References; a warning, never a refusal."""
        return [other.ref for other in self.context["duplicates"]]


class FilterSerializer(serializers.Serializer):
    """How the list is narrowed."""

    state = serializers.ChoiceField(SEEN, required=False)
    category = serializers.SlugField(max_length=LONGEST_CODE, required=False)
    delegation = serializers.CharField(max_length=6, required=False, help_text="Code of the country or region.")

    @property
    def narrowed_by(self) -> QueueFilter:
        """For the query."""
        data = self.validated_data
        return QueueFilter(
            **{name: data.get(name, "") for name in ("state", "category", "delegation")}, query=data.get("q", "")
        )


class SearchSerializer(FilterSerializer):
    """The same with words. They stand in the body, since addresses are logged and a name must not be."""

    q = serializers.CharField(
        min_length=2,
        max_length=100,
        help_text="Part of a name in any spelling, an email, a reference, an organisation.",
    )


class NoteSerializer(serializers.Serializer):
    """A message that the applicant gets with the decision."""

    note = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)


class NeededNoteSerializer(serializers.Serializer):
    """What has to be changed."""

    note = serializers.CharField(max_length=2000)
