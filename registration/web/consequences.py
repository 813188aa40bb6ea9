"""What ends when a consent is withdrawn, said before it is done."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from registration.enums import HOLDS_PLACE, ConsentPurpose, RegistrationState
from registration.models import Registration
from registration.queries.consents import Matter

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_P = ConsentPurpose
LABELS: dict[ConsentPurpose, "_StrPromise"] = {
    _P.PROCESSING: _("Taking part in the forum"),
    _P.PUBLICATION: _("Name and photo in the programme and the media"),
    _P.PLANT_ACCESS: _("Your data for the pass of a plant"),
    _P.ABROAD: _("Your data for an organisation abroad"),
    _P.DOCUMENT: _("Data of your identity document"),
    _P.PHOTO: _("Your photo on the badge"),
}
"""What the person reads above a consent."""
USES: dict[ConsentPurpose, "_StrPromise"] = {
    _P.PROCESSING: _("We keep your application, decide on it, make your badge and let you in. Needed to take part."),
    _P.PUBLICATION: _(
        "If you speak at a session, you are named in the public programme. You may take part without it."
    ),
    _P.PLANT_ACCESS: _(
        "The plant gets what its list needs of you: name, citizenship, organisation and position, and the data of your "
        "document where it asks for them. Without it you do not stand on its list."
    ),
    _P.ABROAD: _("The organisation abroad gets your name, organisation and position."),
    _P.DOCUMENT: _("Only what a plant or an invitation letter needs of it, and only once you ask for one of these."),
    _P.PHOTO: _("It is printed on your badge and compared by people, never by a machine. You may do without it."),
}
"""What it is for, in a sentence."""
ENDS: dict[ConsentPurpose, tuple["_StrPromise", ...]] = {
    _P.PUBLICATION: (
        _("Your name disappears from the programme and from the page of speakers at once: “speaker to be announced”."),
        _("What others have printed or published already cannot be taken back by us."),
        _("Your application, your place and your badge stay as they are."),
    ),
    _P.PLANT_ACCESS: (
        _("We give your data to this plant no more. Without them it lets nobody in."),
        _("Your places in its visits go to the next in line at once, and your wishes to film there end."),
        _("If the plant has your data already, we tell it to strike you off its list."),
        _("Your application, your place at the forum and your badge stay as they are."),
    ),
    _P.ABROAD: (
        _("We give your data to this organisation no more: you stand on no list that we make for it."),
        _("If it has your data already, we tell it not to use them any more."),
        _("Your application, your place and your badge stay as they are."),
    ),
    _P.DOCUMENT: (
        _("Everything we keep of your document is erased at once, its picture too."),
        _("A plant that needs it lets nobody in without it, and no invitation letter can be written."),
        _("An invitation letter that was made of it stops being valid."),
        _("Your application, your place at the forum and your badge stay as they are."),
    ),
    _P.PHOTO: (
        _("Your photo is erased at once. The next badge is printed without it."),
        _("Your application, your place and your badge stay as they are."),
    ),
}
_APPLICATION = {
    "draft": (_("The draft is discarded. The organisers have not seen it."),),
    "open": (_("Your application is withdrawn. The organisers stop reviewing it."),),
    "place": (
        _("Your application is withdrawn, and your place goes to the next person in line at once."),
        _("Your places in sessions and plant visits are given back."),
        _("The badge stops working, also one that is printed already."),
    ),
    "over": (_("The application is closed already; nothing more happens with it."),),
}
_AFTER = (
    _("Your name is shown to nobody any more: not in lists, not in feeds, not in the programme."),
    _("You get one letter that confirms it, and no other letters."),
    _("We keep the proof that you agreed and withdrew, as the law asks."),
)


def consequences(registration: Registration, matter: Matter) -> list["_StrPromise"]:
    """Sentence by sentence, for this person as the application stands now."""
    if not matter.is_needed:
        return list(ENDS[matter.purpose])
    return [*_APPLICATION[_stage(registration)], *(_AFTER[:1] if _stage(registration) == "draft" else _AFTER)]


def _stage(registration: Registration) -> str:
    state = RegistrationState(registration.state)
    if state == RegistrationState.DRAFT:
        return "draft"
    if state in HOLDS_PLACE | {RegistrationState.BLOCKED}:
        return "place"
    over = (RegistrationState.CANCELLED, RegistrationState.REJECTED, RegistrationState.REPLACED)
    return "over" if state in over else "open"
