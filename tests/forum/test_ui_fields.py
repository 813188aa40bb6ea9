"""The form field: label, hint, input and errors hang together for those who do not see them."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation


class ApplicationForm(forms.Form):
    surname = forms.CharField(label="Surname", max_length=5, help_text="As in your document")
    about = forms.CharField(label="About", required=False, widget=forms.Textarea)
    citizenship = forms.ChoiceField(
        label="Citizenship", widget=forms.RadioSelect, choices=[("RU", "Russia"), ("BY", "Belarus")]
    )
    languages = forms.MultipleChoiceField(
        label="Languages", required=False, widget=forms.CheckboxSelectMultiple, choices=[("ru", "Russian")]
    )
    consent = forms.BooleanField(label="I agree")
    nonce = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        if self.cleaned_data.get("surname") == "twice":
            raise forms.ValidationError("You have applied already.", params={"remedy": "Sign in instead."})


def draw(source: str, form: forms.Form, **context: object) -> str:
    with translation.override("en"):
        return Template("{% load ui %}" + source).render(Context({"form": form, **context}))


def test_input_is_described_by_its_hint_and_its_errors() -> None:
    html = draw("{% field form.surname %}", ApplicationForm({"surname": "much too long"}))
    assert 'aria-describedby="id_surname_hint id_surname_errors"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_surname_hint"' in html
    assert 'id="id_surname_errors"' in html
    assert "Please shorten it." in html


def test_field_without_notes_is_described_by_nothing() -> None:
    assert "aria-describedby" not in draw("{% field form.about %}", ApplicationForm())


def test_required_field_says_so_in_words_too() -> None:
    html = draw("{% field form.surname %}", ApplicationForm())
    assert '<span class="visually-hidden"> (required)</span>' in html


def test_optional_word_stands_only_where_asked_and_true() -> None:
    assert "(optional)" in draw("{% field form.about optional=True %}", ApplicationForm())
    assert "(optional)" not in draw("{% field form.surname optional=True %}", ApplicationForm())
    assert "(optional)" not in draw("{% field form.about %}", ApplicationForm())


def test_group_of_choices_is_a_fieldset_with_a_legend() -> None:
    html = draw("{% field form.citizenship %}", ApplicationForm({}))
    assert re.search(
        r'<fieldset class="field group[^"]*" id="id_citizenship" aria-describedby="id_citizenship_errors">', html
    )
    assert re.search(r"<legend>\s*Citizenship", html)
    assert html.count('type="radio"') == 2
    assert html.count('<label class="option"') == 2


def test_tick_stands_inside_its_label() -> None:
    html = draw("{% field form.consent %}", ApplicationForm())
    assert re.search(r'<label class="option" for="id_consent"><input type="checkbox"', html)


def test_hidden_field_is_only_its_input() -> None:
    assert (
        draw("{% field form.nonce %}", ApplicationForm()).strip() == '<input type="hidden" name="nonce" id="id_nonce">'
    )


def test_summary_links_each_error_to_what_takes_the_focus() -> None:
    html = draw("{% form_errors form %}", ApplicationForm({"surname": "Ivan"}))
    assert "Please correct 2 things" in html
    assert '<a href="#id_citizenship_0">Citizenship</a>' in html
    assert '<a href="#id_consent">I agree</a>' in html


def test_summary_of_a_correct_or_untouched_form_is_absent() -> None:
    assert draw("{% form_errors form %}", ApplicationForm()).strip() == ""
    good = ApplicationForm({"surname": "Ivan", "citizenship": "RU", "consent": "on"})
    assert draw("{% form_errors form %}", good).strip() == ""


def test_error_of_the_whole_form_brings_its_remedy() -> None:
    form = ApplicationForm({"surname": "twice", "citizenship": "RU", "consent": "on"})
    html = draw("{% form_errors form whole=True %}", form)
    assert "You have applied already. Sign in instead." in html


def test_typed_text_is_kept_and_escaped() -> None:
    html = draw("{% field form.surname %}", ApplicationForm({"surname": '"><b>x'}))
    assert 'value="&quot;&gt;&lt;b&gt;x"' in html


@pytest.mark.parametrize("width", ["short", "medium"])
def test_width_is_a_class(width: str) -> None:
    assert f'class="field line {width}"' in draw("{% field form.surname width=width %}", ApplicationForm(), width=width)
