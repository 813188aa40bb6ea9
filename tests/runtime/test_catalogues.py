"""Texts are found in Python and templates, and no translation is lost on the way into the catalogues."""

from pathlib import Path

import pytest

from forum.runtime import catalogues, extract

TEMPLATE = """{% load i18n %}
<h1>{% translate "Come to Kuzbass" %}</h1>
      <p title="{% trans 'Plants' context 'factories' %}">{{ _("Apply") }} {{ value|default:_("none") }}</p>
  {% blocktranslate trimmed count n=people %}
    {{ n }} person
    comes
  {% plural %}
    {{ n }} people come
  {% endblocktranslate %}
{# Translators: not a text #}
{% comment %}{% translate "hidden" %}{% endcomment %}
<p>it's "quoted" text</p>
"""
PYTHON = '''
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
LABEL = _("Received")
def tell(n):
    """_("not in a docstring")"""
    return ngettext("%(n)s badge", "%(n)s badges", n) % {"n": n}, pgettext("verb", "Order"), _("long "
        "text")
'''


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree with one app, `registration`, in place of ours."""
    for module in (extract, catalogues):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "APPS", ("registration",))
    folder = tmp_path / "registration"
    write(folder / "enums.py", PYTHON)
    write(folder / "templates/registration/apply.html", TEMPLATE)
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def merge(language: str, **options: bool) -> int:
    return catalogues.merge("registration", language, known=catalogues.known_words(language), **options)


def translate(path: Path, **words: str) -> None:
    text = path.read_text(encoding="utf-8")
    for source, target in words.items():
        text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{target}"')
    path.write_text(text, encoding="utf-8")


def test_texts_of_python_and_templates_are_found(app: Path) -> None:
    assert [(text.singular, text.plural, text.context) for text in extract.texts_of("registration")] == [
        ("Received", None, None),
        ("%(n)s badge", "%(n)s badges", None),
        ("Order", None, "verb"),
        ("long text", None, None),
        ("Come to Kuzbass", None, None),
        ("Plants", None, "factories"),
        ("Apply", None, None),
        ("none", None, None),
        ("%(n)s person comes", "%(n)s people come", None),
    ]


def test_plural_forms_are_those_of_the_language(app: Path) -> None:
    for language, forms in (("ru", 3), ("be", 3), ("uz", 2)):
        merge(language)
        text = catalogues.po_path("registration", language).read_text()
        assert f"nplurals={forms};" in text
        assert text.count("msgstr[") == 2 * forms


def test_translation_survives_new_and_moved_texts(app: Path) -> None:
    merge("ru")
    translate(catalogues.po_path("registration", "ru"), Received="Получено")
    write(app / "models.py", 'from django.utils.translation import gettext as _\nX = _("New"), _("Received")\n')
    (app / "enums.py").write_text("")
    merge("ru")
    assert catalogues.words_of(catalogues.read("registration", "ru")) == {(None, "Received"): "Получено"}


def test_text_that_left_comes_back_with_its_translation(app: Path) -> None:
    merge("ru")
    translate(catalogues.po_path("registration", "ru"), Received="Получено")
    (app / "enums.py").write_text("")
    merge("ru")
    assert [fault.text for fault in catalogues.faults() if fault.kind == "obsolete"] == ["Received"]
    (app / "enums.py").write_text(PYTHON)
    merge("ru")
    assert "Received" not in {fault.text for fault in catalogues.faults() if fault.language == "ru"}


def test_prune_drops_what_left(app: Path) -> None:
    merge("ru")
    translate(catalogues.po_path("registration", "ru"), Received="Получено")
    (app / "enums.py").write_text("")
    merge("ru", prune=True)
    assert "Получено" not in catalogues.po_path("registration", "ru").read_text()


def test_merging_twice_changes_nothing(app: Path) -> None:
    merge("uz")
    first = catalogues.po_path("registration", "uz").read_bytes()
    merge("uz")
    assert catalogues.po_path("registration", "uz").read_bytes() == first


def test_team_only_texts_need_russian_only(app: Path) -> None:
    write(app / "templates/registration/team/people.html", '{% load i18n %}{% translate "Queue" %}')
    write(app / "web/views_team.py", 'from django.utils.translation import gettext as _\nX = _("Done")\n')
    wanted = {(fault.language, fault.text) for fault in catalogues.faults() if fault.text in ("Queue", "Done")}
    assert wanted == {("ru", "Queue"), ("ru", "Done")}


def test_text_shared_with_a_page_for_delegates_is_not_team_only(app: Path) -> None:
    write(app / "templates/registration/team/people.html", '{% load i18n %}{% translate "Apply" %}')
    assert {fault.language for fault in catalogues.faults() if fault.text == "Apply"} == {"ru", "uz", "be"}


def test_wrong_placeholder_is_a_fault(app: Path) -> None:
    merge("uz")
    path = catalogues.po_path("registration", "uz")
    wrong = 'msgstr[0] "%(m)s nishon"\nmsgstr[1] "%(m)s nishon"'
    path.write_text(path.read_text().replace('msgstr[0] ""\nmsgstr[1] ""', wrong, 1))
    assert [fault.text for fault in catalogues.faults() if fault.kind.startswith("wrong")] == ["%(n)s badge"]


def test_fuzzy_translation_is_a_fault(app: Path) -> None:
    merge("be")
    path = catalogues.po_path("registration", "be")
    path.write_text(
        path.read_text().replace('msgid "Received"\nmsgstr ""', '#, fuzzy\nmsgid "Received"\nmsgstr "Атрымана"')
    )
    assert ("fuzzy", "Received") in {(fault.kind, fault.text) for fault in catalogues.faults()}


def test_compiled_catalogue_follows_its_source(app: Path) -> None:
    merge("ru")
    assert (catalogues.compile_changed(), catalogues.compile_changed()) == (1, 0)
    assert catalogues.po_path("registration", "ru").with_suffix(".mo").exists()


def test_texts_that_a_library_leaves_untranslated_are_ours(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """allauth speaks no Belarusian: what its forms say is in our catalogue, or a fault. Django speaks Russian itself."""
    monkeypatch.setattr(catalogues, "OUTSIDE", "registration")
    missing = {(fault.language, fault.text) for fault in catalogues.faults() if fault.kind == "missing"}
    assert ("be", "Incorrect code.") in missing
    assert ("ru", "Incorrect code.") not in missing
    assert ("uz", "Enter a valid domain name.") in missing
    assert "This field is required." not in {text for _language, text in missing}


def test_no_file_of_ours_that_a_delegate_meets_is_taken_for_the_teams() -> None:
    """Templates below `team/` aside, the views behind addresses with a language are for delegates."""
    from django.urls import LocalePrefixPattern, get_resolver

    from tests.addresses import addresses

    prefixed = [entry for entry in get_resolver().url_patterns if isinstance(entry.pattern, LocalePrefixPattern)]
    modules = {pattern.callback.__module__ for entry in prefixed for _name, pattern in addresses(entry)}
    files = {module.replace(".", "/") + ".py" for module in modules if module.split(".")[0] in catalogues.APPS}
    assert {"agenda/web/views.py", "registration/web/views_apply.py"} <= files
    assert [file for file in sorted(files) if extract.TEAM_ONLY.search(file)] == []
