"""Who is on stage: the cast of a session, and the entries of speakers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from agenda.actions.cast import Part, cast_of
from agenda.actions.editing import edit_session
from agenda.actions.stage import invite_speaker, update_speaker
from agenda.enums import SpeakerRole
from agenda.models import Session, Speaker
from agenda.queries.team_session import history_of
from agenda.queries.visibility import (
    acts_for,
    organisations_visible_to,
    sessions_editable_by,
    speakers_editable_by,
    speakers_visible_to,
)
from agenda.web.forms_team_speaker import SpeakerForm, entry_of, read_cast
from agenda.web.team_common import RELATED, ProgrammeView
from agenda.web.views_team_session import number
from forum.errors import DomainError
from forum.web.forms import attempt
from forum.web.two_versions import MINE, PICK, THEIRS


class CastView(ProgrammeView):
    """Order, roles, who comes and who goes."""

    permission_required = "agenda.edit_sessions"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The list as the draft stands."""
        session = self.editable(slug)
        return self.page(session, cast_of(session))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Save the whole list, or show both versions of it."""
        session = self.editable(slug)
        if request.POST.get(f"{PICK}cast") == THEIRS:
            return redirect("programme:cast", slug=slug)
        cast = self.typed(session)
        try:
            edit_session(session, version=number(request.POST.get("version")), cast=cast, by=self.account)
        except DomainError as refusal:
            return self.refused(session, cast, refusal)
        messages.success(request, _("Saved. The public sees it with the next release."))
        return redirect("programme:cast", slug=slug)

    def typed(self, session: Session) -> list[Part]:
        """The list as sent. A speaker one may not see is not there: 404."""
        known = list(speakers_visible_to(self.account).filter(forum=self.forum))
        sent = {*self.request.POST.getlist("speaker"), self.request.POST.get("add", "")} - {""}
        foreign = sent - {str(speaker.public_id) for speaker in known}
        # Somebody may have taken a guest off the last session of the region meanwhile; then the comparison tells.
        if foreign and number(self.request.POST.get("version")) == session.version:
            raise Http404
        return read_cast(self.request.POST, known=known)

    def refused(self, session: Session, cast: list[Part], refusal: DomainError) -> HttpResponse:
        """Both lists for a stale version; else the reason beside what was typed."""
        if refusal.code != "session.stale":
            return self.page(session, cast, refused=str(refusal.message), status=422)
        fresh = get_object_or_404(sessions_editable_by(self.account).select_related(*RELATED), pk=session.pk)
        stored = cast_of(fresh)
        if stored == cast:
            messages.success(self.request, _("Somebody has just saved the same; nothing was left to do."))
            return redirect("programme:session", slug=session.slug)
        context = {"session": fresh, "mine": cast, "theirs": stored, "last": history_of(fresh).first(), "pick": MINE}
        return render(self.request, "agenda/team/cast_conflict.html", context | self.shared(), status=409)

    def page(self, session: Session, cast: list[Part], *, refused: str = "", status: int = 200) -> HttpResponse:
        """The list, and whom one could add."""
        on_stage = {part.speaker.pk for part in cast}
        offered = speakers_visible_to(self.account).filter(forum=self.forum).select_related("organisation", "region")
        typed_on = self.request.POST.get("version")
        context: dict[str, Any] = {
            "session": session,
            "cast": cast,
            "offered": [speaker for speaker in offered.order_by("surname", "pk") if speaker.pk not in on_stage],
            "editable": set(speakers_editable_by(self.account).values_list("pk", flat=True)),
            "roles": SpeakerRole.choices,
            "version": number(typed_on) if typed_on else session.version,
            "refused": refused,
        }
        return render(self.request, "agenda/team/cast.html", context | self.shared(), status=status)


class NewSpeakerView(ProgrammeView):
    """Write down somebody new and put them on stage."""

    permission_required = "agenda.edit_sessions"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """An empty entry."""
        return self.page(self.editable(slug), self.form())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The entry, and the last place in the cast."""
        session, form = self.editable(slug), self.form(request.POST)
        made = attempt(form, lambda: self.invite(session, form)) if form.is_valid() else None
        if made is None:
            return self.page(session, form, status=422)
        messages.success(request, _("The speaker is written down and stands last in the list."))
        return redirect("programme:cast", slug=slug)

    def form(self, data: Any = None) -> SpeakerForm:
        """Organisations and regions this person may name."""
        return SpeakerForm(data, forum=self.forum, organisations=organisations_visible_to(self.account))

    def invite(self, session: Session, form: SpeakerForm) -> Speaker:
        """What the form says, as one act."""
        return invite_speaker(
            session,
            side=acts_for(self.account, session),
            organisation=form.cleaned_data["organisation"],
            new_organisation=form.cleaned_data["new_organisation"],
            role=SpeakerRole(form.cleaned_data["role"]),
            publication_consent=form.cleaned_data["publication_consent"],
            by=self.account,
            **form.values(),
        )

    def page(self, session: Session, form: SpeakerForm, *, status: int = 200) -> HttpResponse:
        """The form with what was typed."""
        context = {"session": session, "form": form, "version": 0}
        return render(self.request, "agenda/team/speaker.html", context | self.shared(), status=status)


class SpeakerView(ProgrammeView):
    """Correct the entry of a speaker of one's own."""

    permission_required = "agenda.edit_sessions"

    def find(self, public_id: str) -> Speaker:
        """The entry, or 404."""
        found = speakers_editable_by(self.account).filter(forum=self.forum).select_related("organisation", "region")
        return get_object_or_404(found, public_id=public_id)

    def form(self, speaker: Speaker, data: Any = None) -> SpeakerForm:
        """With the organisation the entry has, whoever may name it."""
        return SpeakerForm(
            data, forum=self.forum, organisations=organisations_visible_to(self.account), speaker=speaker
        )

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """The entry as it stands."""
        speaker = self.find(public_id)
        return self.page(speaker, self.form(speaker))

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Save; an older version is compared with the stored one."""
        speaker = self.find(public_id)
        form = self.form(speaker, request.POST)
        if not form.is_valid():
            return self.page(speaker, form, status=422)
        try:
            self.save(speaker, form)
        except DomainError as refusal:
            form.add_error(None, str(refusal.message))
            return self.page(self.find(public_id), form, status=refusal.status, stale=refusal.code == "speaker.stale")
        messages.success(request, _("Saved. Names are seen at once, wherever the speaker is published."))
        return redirect("programme:speaker", public_id=public_id)

    def save(self, speaker: Speaker, form: SpeakerForm) -> None:
        """What the form says, as one act."""
        update_speaker(
            speaker,
            version=number(self.request.POST.get("version")),
            organisation=form.cleaned_data["organisation"],
            new_organisation=form.cleaned_data["new_organisation"],
            publication_consent=form.cleaned_data["publication_consent"],
            by=self.account,
            **form.values(),
        )

    def page(self, speaker: Speaker, form: SpeakerForm, *, status: int = 200, stale: bool = False) -> HttpResponse:
        """The form; a conflict shows what is stored beside what was typed, and the next save is on the new version."""
        typed_on = "" if stale else self.request.POST.get("version", "")
        context = {
            "speaker": speaker,
            "form": form,
            "differing": self.differing(speaker, form) if stale else [],
            "version": number(typed_on) if typed_on else speaker.version,
        }
        return render(self.request, "agenda/team/speaker.html", context | self.shared(), status=status)

    @staticmethod
    def differing(speaker: Speaker, form: SpeakerForm) -> list[dict[str, Any]]:
        """Fields in which what was typed is not what is stored."""
        stored, typed = entry_of(speaker), form.cleaned_data
        return [
            {"label": form.fields[name].label, "stored": value, "typed": typed[name]}
            for name, value in stored.items()
            if typed.get(name) != value
        ]
