"""Forms as a browser sees them: found in the page, filled, sent."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TEXTUAL = {"text", "search", "email", "tel", "url", "number", "date", "time", "datetime-local"}


@dataclass
class Form:
    """`texts` are the names of fields one types into; `values` is what the form sends as it stands."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)


class FormReader(HTMLParser):
    """Collects the forms of a page. A choice keeps what is chosen, or else takes its first option."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._open)
        elif self._open is not None:
            self._control(self._open, tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None

    def _control(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in given or self._select not in form.values):
            form.values[self._select] = [given.get("value", "")]
        elif not name or tag not in ("input", "textarea", "button"):
            return
        elif tag == "textarea" or (tag == "input" and kind in TEXTUAL):
            form.texts.append(name)
        elif tag == "input" and (kind == "hidden" or "checked" in given or kind not in ("checkbox", "radio")):
            form.values.setdefault(name, []).append(given.get("value", "on"))


def forms_in(page: str) -> list[Form]:
    """Those that change something or look for something by POST."""
    reader = FormReader()
    reader.feed(page)
    return [form for form in reader.forms if form.method == "post"]
