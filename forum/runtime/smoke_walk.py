"""The steps of `./run smoke`."""

from forum.runtime.smoke import Ground, Step, need

LANGUAGES = ("ru", "en", "uz", "be")


def health(ground: Ground) -> None:
    page = ground.visitor("anybody").get("/healthz")
    need(page.status == 200, f"/healthz answers {page.status}")


def home_in_every_language(ground: Ground) -> None:
    for language in LANGUAGES:
        page = ground.visitor("anybody").get(f"/{language}/")
        need(page.status == 200, f"/{language}/ answers {page.status}")
        need(f'lang="{language}"' in page.text, f"/{language}/ does not say that it is in {language}")


def programme(ground: Ground) -> None:
    for path in ("/ru/programme/", "/ru/visits/"):
        page = ground.visitor("anybody").get(path)
        need(page.status == 200, f"{path} answers {page.status}")


STEPS: list[Step] = [
    ("the server is well", health),
    ("home page in four languages", home_in_every_language),
    ("programme and visits", programme),
]
