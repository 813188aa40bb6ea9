"""The power of attorney in words: who fetches whose badges. It names people and references, never a document."""

from collections.abc import Sequence
from io import BytesIO

from django.utils.translation import gettext as _

from forum.refs import format_ref
from forum.templatetags.times import day_text
from registration.engine.attorney import Attorney, draw_attorney
from registration.models import Delegation


def attorney_pdf(delegation: Delegation, *, collector: str, people: Sequence[tuple[str, str]]) -> bytes:
    """`people` are names and references, in their order. In the language in use."""
    out = BytesIO()
    draw_attorney(out, _paper(delegation, collector, people))
    return out.getvalue()


def _paper(delegation: Delegation, collector: str, people: Sequence[tuple[str, str]]) -> Attorney:
    forum = delegation.forum
    words = {"delegation": str(delegation), "collector": collector, "number": len(people)}
    days = {"city": forum.city, "first": day_text(forum.starts_on), "last": day_text(forum.ends_on)}
    return Attorney(
        letterhead=(forum.title, _("%(city)s, %(first)s – %(last)s") % days),
        title=_("Power of attorney to collect badges"),
        place_and_day=_("Place and date: ______________________"),
        paragraphs=(
            _(
                "Delegation: %(delegation)s. I, the head of the delegation, authorise %(collector)s to collect the badges of the "
                "participants listed below, %(number)s in all, at the badge desk of the forum and to sign for them."
            )
            % words,
            _("The collector shows an identity document at the desk and hands each badge to its owner in person."),
        ),
        heads=("№", _("Participant"), _("Reference")),
        people=tuple((name, format_ref(ref)) for name, ref in people),
        signs=(
            (_("Head of the delegation"), _("signature, name in full")),
            (_("Collector"), _("signature, name in full")),
            (_("Badges handed over"), _("number, signature of the desk, date")),
        ),
        foot=_("Valid with the signature of the head, for the days of the forum."),
        page_words=_("page %(page)s of %(pages)s"),
    )
