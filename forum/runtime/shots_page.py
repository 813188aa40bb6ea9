"""One page as `./run shots` photographs it and the browser tests judge it."""

from dataclasses import dataclass

from forum.runtime.shots_ways import Way

RU, EN, UZ, BE = "ru", "en", "uz", "be"
BOTH = (RU, EN)
ALL = (RU, EN, UZ, BE)
DESKTOP, PHONE = "desktop", "phone"


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
