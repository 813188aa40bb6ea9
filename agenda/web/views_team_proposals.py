"""Time and hall: what stands against a change, whom it touches, proposing it, deciding it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from agenda.actions.moving import move_session
from agenda.actions.proposals import accept_proposal, propose_move, refuse_proposal, withdraw_proposal
from agenda.enums import ProposalState
from agenda.models import Proposal, Session
from agenda.queries.conflicts import Conflict, Place, conflicts, place_of
from agenda.queries.impact import impact_of
from agenda.queries.keys import needs_two_keys
from agenda.queries.proposals import desk_of, halls_by_key, is_open, place_from, with_everything
from agenda.queries.visibility import acts_for, proposals_visible_to, sessions_visible_to, sides_of
from agenda.queries.wording import conflict_text
from agenda.web.forms_team_session import PlaceForm
from agenda.web.team_common import RELATED, ProgrammeView
from agenda.web.views_team_session import number
from forum.errors import DomainError
from forum.web.forms import attempt

PER_PAGE = 20
DECISIONS: dict[str, Callable[..., Proposal]] = {
    "accept": accept_proposal,
    "refuse": refuse_proposal,
    "withdraw": withdraw_proposal,
}


class ConflictsMixin(ProgrammeView):
    """What stands against a place, in words; other drafts are *occupied* for whoever must not see them."""

    def against(self, session: Session, place: Place) -> list[dict[str, Any]]:
        """Rows of kind, sentence, whether it blocks, and the other session where it may be named."""
        found = conflicts(session, at=place)
        others = [conflict.other.pk for conflict in found if conflict.other]
        named = set(sessions_visible_to(self.account).filter(pk__in=others).values_list("pk", flat=True))
        return [self.row(conflict, named) for conflict in found]

    @staticmethod
    def row(conflict: Conflict, named: set[int]) -> dict[str, Any]:
        """One line."""
        other = conflict.other if conflict.other and conflict.other.pk in named else None
        return {
            "kind": conflict.kind.label,
            "text": conflict_text(conflict),
            "blocks": conflict.blocks,
            "other": other,
        }


class PlaceView(ConflictsMixin):
    """Another time or hall: the host team sets it where one key is enough; else it is proposed."""

    permission_required = "agenda.propose"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The form as the draft stands."""
        session = self.current(slug)
        return self.page(session, self.form(session))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """First what it would mean; then, on the second button, the act."""
        session = self.current(slug)
        form = self.form(session, request.POST)
        if not form.is_valid():
            return self.page(session, form, status=422)
        if form.place().ends <= form.place().starts:
            form.add_error("ends", _("A session ends after it starts. Correct one of the two times."))
            return self.page(session, form, status=422)
        if "send" not in request.POST:
            return self.page(session, form, place=form.place())
        done = attempt(form, lambda: self.act(session, form))
        if done is None:
            return self.page(session, form, place=form.place(), status=409)
        if isinstance(done, Proposal):
            messages.success(request, _("The proposal is on its way to the other side."))
            return redirect("programme:proposal", public_id=done.public_id)
        messages.success(request, _("Saved. The public sees it with the next release."))
        return redirect("programme:session", slug=slug)

    def current(self, slug: str) -> Session:
        """A session one may see, with its draft alive; else 404."""
        found = sessions_visible_to(self.account).filter(forum=self.forum, cancelled_at=None)
        return get_object_or_404(found.select_related(*RELATED), slug=slug)

    def asks(self, session: Session) -> bool:
        """Whether the other side has to agree."""
        return not self.is_host or needs_two_keys(session)

    def form(self, session: Session, data: Any = None) -> PlaceForm:
        """Every hall of the edition; halls are public."""
        return PlaceForm(data, session=session, halls=halls_by_key(self.forum), asks=self.asks(session))

    def act(self, session: Session, form: PlaceForm) -> Proposal | Session:
        """Propose, or move."""
        version, place = number(self.request.POST.get("version")), form.place()
        if self.asks(session):
            return propose_move(
                session,
                version=version,
                place=place,
                reason=form.cleaned_data["reason"],
                answer_by=min(form.answer_until(), session.period.lower),
                side=acts_for(self.account, session),
                by=self.account,
            )
        return move_session(
            session,
            version=version,
            hall=place.hall,
            linked_halls=place.linked,
            starts=place.starts,
            ends=place.ends,
            by=self.account,
        )

    def page(self, session: Session, form: PlaceForm, *, place: Place | None = None, status: int = 200) -> HttpResponse:
        """The form; with a place also what it would mean."""
        typed_on = self.request.POST.get("version")
        context = {
            "session": session,
            "form": form,
            "now": place_of(session),
            "place": place,
            "against": self.against(session, place) if place else [],
            "impact": impact_of(session, at=place) if place else None,
            "asks": self.asks(session),
            "version": number(typed_on) if typed_on else session.version,
        }
        return render(self.request, "agenda/team/place.html", context | self.shared(), status=status)


class ProposalsView(ProgrammeView):
    """What waits for this side, what this side waits for, what is decided."""

    permission_required = "agenda.propose"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The three lists."""
        desk = desk_of(request.user)
        context = {
            "desk": desk,
            "decided": Paginator(desk.decided, PER_PAGE).get_page(request.GET.get("page")),
            "halls": halls_by_key(self.forum),
            **self.shared(),
        }
        return render(request, "agenda/team/proposals.html", context)


class ProposalView(ConflictsMixin):
    """One proposal: what was, what is wanted, what stands against it now, and the decision."""

    permission_required = "agenda.propose"

    def find(self, public_id: str) -> Proposal:
        """A proposal about a session one may see, or 404."""
        found = with_everything(proposals_visible_to(self.account).filter(session__forum=self.forum))
        return get_object_or_404(found, public_id=public_id)

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """The page."""
        return self.page(self.find(public_id))

    def page(self, proposal: Proposal, *, refused: str = "", note: str = "", status: int = 200) -> HttpResponse:
        """The page, with the refusal of a decision where there was one; the note that was typed stays."""
        session = get_object_or_404(sessions_visible_to(self.account).select_related(*RELATED), pk=proposal.session_id)
        halls = halls_by_key(self.forum)
        place = place_from(proposal.change, halls=halls) if is_open(proposal) else None
        sides = sides_of(self.account)
        context = {
            "proposal": proposal,
            "session": session,
            "halls": halls,
            "against": self.against(session, place) if place else [],
            "impact_now": impact_of(session, at=place) if place else None,
            "is_open": is_open(proposal),
            "may_answer": proposal.answered_by.code in sides,
            "may_withdraw": proposal.region.code in sides,
            "refused": refused,
            "note": note,
        }
        return render(self.request, "agenda/team/proposal.html", context | self.shared(), status=status)


class DecideView(ProposalView):
    """Accept, refuse, or take back. Who may not decide sees a 404."""

    def get(self, request: HttpRequest, public_id: str, decision: str) -> HttpResponse:  # type: ignore[override]
        """A decision is made by a button, not by an address."""
        return redirect("programme:proposal", public_id=public_id)

    def post(self, request: HttpRequest, public_id: str, decision: str) -> HttpResponse:
        """A refusal of our rules says why on the page; the note stays."""
        proposal = self.find(public_id)
        if decision not in DECISIONS:
            raise Http404
        side = proposal.region if decision == "withdraw" else proposal.answered_by
        if side.code not in sides_of(self.account):
            raise Http404
        note = request.POST.get("note", "")[:1000]
        try:
            decided = DECISIONS[decision](proposal, note=note, side=side, by=self.account)
        except DomainError as refusal:
            return self.page(self.find(public_id), refused=str(refusal.message), note=note, status=refusal.status)
        messages.success(request, _("Decided: %(state)s.") % {"state": ProposalState(decided.state).label})
        return redirect("programme:proposal", public_id=public_id)
