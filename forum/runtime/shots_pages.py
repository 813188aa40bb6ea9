"""Which pages `./run shots` takes pictures of, and the browser tests judge. A page that is not here fails a test.

The pictures of README are chosen from these.
"""

from forum.runtime import shots_ways as ways
from forum.runtime.shots_page import ALL, BOTH, DESKTOP, EN, PHONE, RU, Shot
from forum.runtime.shots_team import TEAM
from forum.runtime.shots_ways import follow, press

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
    Shot(
        name="apply-questions",
        url="/{lang}/apply/",
        view="registration:questions",
        languages=ALL,
        dark=True,
        way=ways.come_to_questions,
    ),
    Shot(name="apply-questions-more", view="registration:questions", languages=ALL, way=ways.lead_on),
    Shot(name="apply-questions-wrong", view="registration:questions", languages=ALL, way=ways.forget_answers),
    Shot(name="apply-questions-check", view="registration:summary", languages=ALL, way=ways.tell_answers),
    Shot(
        name="my-questions",
        url=f"/demo/mail/?to={ways.ASKED}",
        view="registration:answer_again",
        languages=(RU,),
        way=ways.open_new_questions,
    ),
]
"""One application from the first page to the letter, then one with questions: in this order."""

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
        name="hand-over",
        url="/{lang}/my/",
        view="registration:hand_over",
        role="delegate",
        languages=ALL,
        way=follow("main a[href$='/hand-over/']"),
    ),
    Shot(
        name="delete",
        url="/{lang}/my/",
        view="registration:delete",
        role="delegate",
        languages=ALL,
        way=follow("main a[href$='/data/']", "main a[href$='/data/delete/']"),
    ),
    Shot(
        name="document",
        url="/{lang}/my/",
        view="registration:document",
        role="delegate",
        languages=ALL,
        dark=True,
        way=follow("main a[href$='/document/']"),
    ),
    Shot(
        name="document-mistakes",
        url="/{lang}/my/",
        view="registration:document",
        role="delegate",
        languages=ALL,
        sizes=(PHONE,),
        way=ways.mistype_document,
    ),
    Shot(
        name="picture",
        url="/{lang}/my/",
        view="registration:picture",
        role="delegate",
        languages=ALL,
        way=follow("main a[href$='/document/']", "main a[href$='/pictures/photo/']"),
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
    Shot(
        name="offer",
        url=f"/demo/mail/?to={ways.OFFERED}",
        view="registration:offer",
        languages=(RU,),
        way=ways.open_offer,
    ),
    Shot(name="offer-gone", url="/{lang}/apply/offer/none/", languages=ALL, sizes=(PHONE,), status=410),
    Shot(name="offer-over", url="/{lang}/my/offers/none/", languages=ALL, sizes=(PHONE,), status=410),
    Shot(name="sign-out", url="/{lang}/accounts/logout/", role="delegate", languages=ALL, sizes=(PHONE,)),
    Shot(name="not-found", url="/{lang}/nothing/here/", languages=ALL, sizes=(PHONE,), status=404),
    *TEAM,
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
