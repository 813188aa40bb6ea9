"""Which pages `./run shots` takes pictures of, and the browser tests judge. A page that is not here fails a test.

The pictures of README are chosen from these.
"""

from dataclasses import dataclass

from forum.runtime import shots_ways as ways
from forum.runtime.shots_ways import Way, follow, press

RU, EN, UZ, BE = "ru", "en", "uz", "be"
BOTH = (RU, EN)
ALL = (RU, EN, UZ, BE)
DESKTOP, PHONE = "desktop", "phone"
PERSON = "main a[data-open]"


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One page. `{lang}` in `url` stands for the language; `role` is a key of the demo's sign-in page, empty for nobody.

    `way` leads on from `url`; without a `url` it begins where the shot before ended. `view` is the name of the address
    that is shown, where it is not the one of `url`. `status`: what the server is to answer.
    """

    name: str
    url: str = ""
    view: str = ""
    role: str = ""
    languages: tuple[str, ...] = BOTH
    sizes: tuple[str, ...] = (DESKTOP, PHONE)
    dark: bool = False
    way: Way | None = None
    status: int = 200


APPLYING = [
    Shot(name="apply", url="/{lang}/apply/", languages=ALL, dark=True),
    Shot(
        name="apply-consent",
        url="/{lang}/apply/",
        view="registration:consent",
        languages=ALL,
        way=follow("main a[href$='/consent/']"),
    ),
    Shot(name="apply-mistakes", url="/{lang}/apply/", view="registration:step", languages=ALL, way=ways.make_mistakes),
    Shot(name="apply-name", url="/{lang}/apply/", view="registration:step", languages=ALL, way=ways.start_application),
    Shot(name="apply-contact", view="registration:step", languages=ALL, way=ways.tell_name),
    Shot(name="apply-work", view="registration:step", languages=ALL, way=ways.tell_contact),
    Shot(name="apply-check", view="registration:summary", languages=ALL, way=ways.tell_work),
    Shot(name="apply-sent", view="registration:sent", languages=ALL, sizes=(PHONE,), way=ways.send),
    Shot(name="my-waiting", url="/{lang}/my/", languages=ALL, sizes=(PHONE,)),
    Shot(
        name="apply-return",
        url=f"/demo/mail/?to={ways.EMAIL}",
        view="registration:return",
        languages=(RU,),
        sizes=(PHONE,),
        way=ways.open_letter_link,
    ),
]
"""One application from the first page to the letter: in this order."""

PAGES = [
    # Public and delegate
    Shot(name="home", url="/{lang}/", languages=ALL, dark=True),
    Shot(name="programme", url="/{lang}/programme/", languages=ALL, dark=True),
    Shot(name="programme-list", url="/{lang}/programme/?day=all", sizes=(PHONE,)),
    Shot(name="programme-nothing", url="/{lang}/programme/?words=zzzz", languages=(RU,)),
    Shot(
        name="session",
        url="/{lang}/programme/",
        view="agenda:session",
        languages=ALL,
        dark=True,
        way=follow("main .session:has(.cast) a.card-link"),
    ),
    Shot(name="speakers", url="/{lang}/speakers/", languages=ALL, dark=True),
    Shot(name="speakers-nobody", url="/{lang}/speakers/?words=zzzz", languages=(RU,), sizes=(PHONE,)),
    Shot(
        name="speaker",
        url="/{lang}/speakers/",
        view="agenda:speaker",
        languages=ALL,
        way=follow("main a.card-link"),
    ),
    Shot(name="visits", url="/{lang}/visits/", languages=ALL, dark=True),
    Shot(
        name="visit",
        url="/{lang}/visits/",
        view="agenda:visit",
        languages=ALL,
        dark=True,
        way=follow("main table a"),
    ),
    *APPLYING,
    Shot(name="sign-in", url="/{lang}/accounts/login/", languages=ALL),
    Shot(
        name="sign-in-code",
        url="/{lang}/accounts/login/",
        view="account_confirm_login_code",
        languages=ALL,
        way=press("main form button.main", fill={"#id_login": "nobody@example.org"}),
    ),
    Shot(name="my-nobody", url="/{lang}/my/", languages=ALL, sizes=(PHONE,), role="press"),
    Shot(name="my", url="/{lang}/my/", role="delegate", languages=ALL, dark=True),
    Shot(
        name="withdraw",
        url="/{lang}/my/",
        view="registration:withdraw",
        role="delegate",
        languages=ALL,
        sizes=(PHONE,),
        way=follow("main a[href$='/withdraw/']"),
    ),
    Shot(
        name="my-data",
        url="/{lang}/my/",
        view="registration:data",
        role="delegate",
        languages=ALL,
        way=follow("main a[href$='/data/']"),
    ),
    Shot(
        name="email",
        url="/{lang}/my/",
        view="registration:email",
        role="delegate",
        languages=ALL,
        sizes=(PHONE,),
        way=follow("main a[href$='/data/']", "main a[href$='/email/']"),
    ),
    Shot(
        name="email-code",
        view="registration:email_code",
        role="delegate",
        languages=ALL,
        sizes=(PHONE,),
        way=press("main form button.main", fill={"#id_email": "new@example.org"}),
    ),
    Shot(
        name="consents",
        url="/{lang}/my/",
        view="registration:consents",
        role="delegate",
        languages=ALL,
        way=follow("main a[href$='/consents/']"),
    ),
    Shot(
        name="consent-give",
        url="/{lang}/my/",
        view="registration:give_consent",
        role="delegate",
        languages=ALL,
        sizes=(PHONE,),
        way=follow("main a[href$='/consents/']", "main a[href$='/consents/publication/']"),
    ),
    Shot(
        name="consent-withdraw",
        url="/{lang}/my/",
        view="registration:withdraw_consent",
        role="delegate",
        languages=ALL,
        sizes=(PHONE,),
        way=follow("main a[href$='/consents/']", "main a[href$='/processing/withdraw/']"),
    ),
    Shot(name="my-badge", url="/{lang}/my/badge/", role="delegate", languages=ALL, sizes=(PHONE,), dark=True),
    Shot(name="my-agenda", url="/{lang}/my/agenda/", role="delegate", languages=ALL, dark=True),
    Shot(name="my-visits", url="/{lang}/my/visits/", role="delegate", languages=ALL, dark=True),
    Shot(
        name="my-visit",
        url="/{lang}/my/visits/",
        view="places:visit",
        role="delegate",
        languages=ALL,
        way=follow("main .run-place:has(.chip.ok) .place-actions a"),
    ),
    Shot(name="offer-over", url="/{lang}/my/offers/none/", languages=ALL, sizes=(PHONE,), status=410),
    Shot(name="sign-out", url="/{lang}/accounts/logout/", role="delegate", languages=ALL, sizes=(PHONE,)),
    Shot(name="not-found", url="/{lang}/nothing/here/", languages=ALL, sizes=(PHONE,), status=404),
    # Team
    Shot(name="today", url="/team/", role="organiser", dark=True),
    Shot(name="today-press", url="/team/", role="press", languages=(RU,)),
    Shot(name="today-checkin", url="/team/", role="checkin", languages=(RU,), sizes=(PHONE,)),
    Shot(name="keys", url="/team/people/", role="officer", sizes=(DESKTOP,), way=ways.key("?")),
    Shot(name="people", url="/team/people/", role="officer", dark=True),
    Shot(name="people-nobody", url="/team/people/?delegation=RU-SPE&state=blocked", role="officer", languages=(RU,)),
    Shot(
        name="people-approve",
        url="/team/people/",
        view="people:bulk",
        role="officer",
        way=press("button[data-needs-selection]", tick="input[name=refs]"),
    ),
    Shot(name="person", url="/team/people/", view="people:detail", role="officer", dark=True, way=follow(PERSON)),
    Shot(
        name="person-approved",
        url="/team/people/?state=approved",
        view="people:detail",
        role="officer",
        way=follow(PERSON),
    ),
    Shot(
        name="correct",
        url="/team/people/",
        view="people:correct",
        role="officer",
        way=follow(PERSON, "main a[href$='/correct/']"),
    ),
    Shot(
        name="replace",
        url="/team/people/?state=confirmed",
        view="people:replace",
        role="officer",
        way=follow(PERSON, "main a[href$='/replace/']"),
    ),
    Shot(name="consents-team", url="/team/consents/", role="privacy", dark=True),
    Shot(name="consents-nothing", url="/team/consents/?standing=older", role="privacy", languages=(RU,)),
    Shot(name="consent-texts", url="/team/consents/texts/", role="privacy"),
    Shot(name="consent-text-new", url="/team/consents/texts/new/?matter=publication", role="privacy"),
    Shot(name="lists", url="/team/people/lists/", role="officer", dark=True),
    Shot(
        name="list",
        url="/team/people/lists/",
        view="people:import",
        role="officer",
        dark=True,
        way=ways.hand_in_list,
    ),
    Shot(
        name="list-refused",
        url="/team/people/lists/",
        role="officer",
        languages=(RU,),
        way=ways.hand_in_picture,
    ),
    Shot(name="list-taken", url="/team/people/lists/", view="people:import", role="officer", way=ways.take_list_over),
    Shot(
        name="apply-agree",
        url=f"/demo/mail/?to={ways.LISTED}",
        view="registration:agree",
        languages=(RU,),
        way=ways.open_prepared,
    ),
    Shot(name="search-empty", url="/team/search/", role="organiser"),
    Shot(name="search", url="/team/search/", role="organiser", dark=True, way=ways.search("ро")),
    Shot(name="programme-room", url="/team/programme/?view=board", role="programme"),
    Shot(name="programme-partner", url="/team/programme/", role="partner", dark=True),
    Shot(name="programme-partner-board", url="/team/programme/?view=board", role="partner", sizes=(DESKTOP,)),
    Shot(name="programme-nothing-team", url="/team/programme/?view=list&words=zzzz", role="programme", languages=(RU,)),
    Shot(name="session-team", url="/team/programme/sessions/edu-guide/", role="partner"),
    Shot(name="session-edit", url="/team/programme/sessions/edu-guide/edit/", role="partner"),
    Shot(
        name="session-conflict",
        url="/team/programme/sessions/cas-spb/edit/",
        role="partner",
        way=ways.edit_twice,
    ),
    Shot(name="session-cast", url="/team/programme/sessions/edu-guide/speakers/", role="partner"),
    Shot(name="speaker-new", url="/team/programme/sessions/edu-guide/speakers/new/", role="partner"),
    Shot(
        name="speaker-team",
        url="/team/programme/sessions/edu-guide/speakers/",
        view="programme:speaker",
        role="partner",
        languages=(RU,),
        way=follow("main tbody th a"),
    ),
    Shot(name="session-place", url="/team/programme/sessions/edu-guide/place/", role="partner"),
    Shot(
        name="session-preview",
        url="/team/programme/sessions/edu-guide/place/",
        role="partner",
        way=press(
            "button[name=preview]", fill={"#id_starts": "09:30", "#id_ends": "11:00", "#id_reason": "Поезд в полдень."}
        ),
    ),
    Shot(name="proposals", url="/team/programme/proposals/", role="partner"),
    Shot(
        name="proposal",
        url="/team/programme/proposals/",
        view="programme:proposal",
        role="programme",
        way=follow("main tbody a"),
    ),
    Shot(name="releases", url="/team/programme/releases/", role="programme"),
    Shot(name="print-desk", url="/team/print/", role="officer", dark=True),
    Shot(name="check-in", url="/team/checkin/", role="supervisor", dark=True),
    Shot(name="messages", url="/team/messages/", role="organiser", dark=True),
    Shot(name="design", url="/team/design/", role="organiser", dark=True),
    Shot(
        name="design-toasts",
        url="/team/design/",
        view="team:design",
        role="organiser",
        languages=(RU,),
        way=press("button[value=toasts]"),
    ),
    Shot(name="team-visits", url="/team/visits/", role="visits", dark=True),
    Shot(name="team-visit", url="/team/visits/", view="visits:slot", role="visits", way=follow("main tbody th a")),
    Shot(
        name="team-visit-move",
        url="/team/visits/",
        view="visits:move",
        role="visits",
        way=follow("main tbody th a", "main a[href$='/move/']"),
    ),
    Shot(
        name="team-visit-remove",
        url="/team/visits/",
        view="visits:take_back",
        role="visits",
        way=follow("main tbody th a", "main a[href$='/take-back/']"),
    ),
    Shot(name="team-seats", url="/team/programme/sessions/rou-guidebook/seats/", role="programme"),
    Shot(name="rights", url="/team/rights/", role="organiser"),
    Shot(name="tokens", url="/team/tokens/", role="organiser"),
    Shot(name="jobs", url="/team/jobs/", role="officer"),
    Shot(name="job", url="/team/jobs/?all=1", view="team:job", role="organiser", way=follow("main tbody a")),
    Shot(name="second-factor", url="/{lang}/accounts/2fa/", role="organiser"),
    Shot(name="second-factor-app", url="/{lang}/accounts/2fa/totp/activate/", role="organiser", sizes=(PHONE,)),
    Shot(name="second-factor-keys", url="/{lang}/accounts/2fa/webauthn/", role="organiser", sizes=(PHONE,)),
    Shot(name="second-factor-key", url="/{lang}/accounts/2fa/webauthn/add/", role="organiser", sizes=(PHONE,)),
    # Scanner, phones only
    Shot(name="scan", url="/scan/", role="checkin", sizes=(PHONE,), dark=True),
    # Demo, API
    Shot(name="demo-roles", url="/demo/", languages=BOTH),
    Shot(name="demo-mail", url="/demo/mail/", languages=(RU,)),
    Shot(name="demo-letter", url="/demo/mail/", view="demo:mail_message", languages=(RU,), way=follow("ul.letters a")),
    Shot(name="api-docs", url="/api/docs/", role="organiser", languages=(EN,), sizes=(DESKTOP,)),
]


def chosen(names: list[str]) -> list[Shot]:
    """Those whose name begins so, in order; all without names. A shot without an address brings those before it along."""
    taken: list[Shot] = []
    for shot in reversed(PAGES):
        if not names or shot.name.startswith(tuple(names)) or (taken and not taken[-1].url):
            taken.append(shot)
    return taken[::-1]
