"""Which pages `./run shots` takes pictures of. The pictures of README are chosen from these."""

from dataclasses import dataclass

RU, EN, UZ, BE = "ru", "en", "uz", "be"
BOTH = (RU, EN)
ALL = (RU, EN, UZ, BE)
DESKTOP, PHONE = "desktop", "phone"


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One page. `{lang}` in `url` stands for the language; `role` is a key of the demo's sign-in page, empty for nobody.

    `link` is a CSS selector: the picture is of the page that the first such link of `url` leads to.
    """

    name: str
    url: str
    role: str = ""
    languages: tuple[str, ...] = BOTH
    sizes: tuple[str, ...] = (DESKTOP, PHONE)
    dark: bool = False
    link: str = ""


PAGES = [
    # Public and delegate
    Shot(name="home", url="/{lang}/", languages=ALL, dark=True),
    Shot(name="programme", url="/{lang}/programme/", dark=True),
    Shot(name="visits", url="/{lang}/visits/", dark=True),
    Shot(name="apply", url="/{lang}/apply/", languages=ALL),
    Shot(name="apply-consent", url="/{lang}/apply/", link="main a[href$='/consent/']", languages=ALL),
    Shot(name="sign-in", url="/{lang}/accounts/login/", languages=ALL),
    Shot(name="my", url="/{lang}/my/", role="delegate", languages=ALL, dark=True),
    Shot(name="my-badge", url="/{lang}/my/badge/", role="delegate", languages=ALL, sizes=(PHONE,)),
    # Team
    Shot(name="today", url="/team/", role="organiser", dark=True),
    Shot(name="people", url="/team/people/", role="officer", dark=True),
    Shot(name="person", url="/team/people/", role="officer", link="main a[data-open]"),
    Shot(name="print-desk", url="/team/print/", role="officer"),
    Shot(name="check-in", url="/team/checkin/", role="supervisor"),
    Shot(name="messages", url="/team/messages/", role="organiser"),
    Shot(name="rights", url="/team/rights/", role="organiser"),
    Shot(name="jobs", url="/team/jobs/", role="officer"),
    # Scanner, phones only
    Shot(name="scan", url="/scan/", role="checkin", sizes=(PHONE,), dark=True),
    # Demo, errors, API
    Shot(name="demo-roles", url="/demo/", languages=BOTH),
    Shot(name="demo-mail", url="/demo/mail/", languages=(RU,)),
    Shot(name="api-docs", url="/api/docs/", role="organiser", languages=(EN,), sizes=(DESKTOP,)),
]
