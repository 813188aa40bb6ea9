"""What the living page of the design system shows: every component with something in it, in all its states."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forum.models import Forum
from forum.templatetags import art

FOLDER = "forum/team/design/"
_FILES = Path(__file__).resolve().parents[1] / "templates" / FOLDER
_COLOURS = re.compile(r"^\.of-([\w-]+) ", re.MULTILINE)


def samples() -> list[dict[str, str]]:
    """One template for each component, by name."""
    return [{"name": path.stem, "template": FOLDER + path.name} for path in sorted(_FILES.glob("*.html"))]


class SampleForm(forms.Form):
    """One field of each kind that the product uses."""

    surname = forms.CharField(max_length=100)
    email = forms.EmailField(required=False)
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    category = forms.ChoiceField()
    zone = forms.ChoiceField(widget=forms.RadioSelect)
    languages = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), required=False)
    agreed = forms.BooleanField()

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="", auto_id=f"sample-{'wrong' if data is not None else 'fresh'}-%s")
        words = {
            "surname": _("Surname"),
            "email": _("Email"),
            "note": _("Message"),
            "category": _("Category"),
            "zone": _("Zone"),
            "languages": _("Languages"),
            "day": _("Day"),
            "agreed": _("I agree"),
        }
        for name, word in words.items():
            self.fields[name].label = word
        self.fields["surname"].help_text = _("As in the document that you will show.")
        self.fields["category"].choices = [("", "—"), ("delegate", _("Delegate"))]
        self.fields["zone"].choices = [("A", "A"), ("B", "B")]
        self.fields["languages"].choices = [("ru", "Русский"), ("uz", "Oʻzbekcha")]


def context(request: HttpRequest, forum: Forum) -> dict[str, Any]:
    """Everything that the samples name."""
    return {
        "samples": samples(),
        "tones": _tones(),
        "colours": _COLOURS.findall((art.STATIC / "css" / "design.css").read_text(encoding="utf-8")),
        "icon_names": sorted(art.icons()),
        "drawings": sorted(path.stem for path in (art.STATIC / "drawings").glob("*.svg")),
        "form": SampleForm(),
        "wrong_form": _wrong_form(),
        "page": Paginator(range(400), 20).get_page(request.GET.get("page", 7)),
        "zones": [("A", "#2E7D32"), ("B", "#F9A825"), ("P", "#B71C1C"), ("V", "#1F4E79")],
        **_pictures(forum),
        **_ways(forum),
    }


def _wrong_form() -> SampleForm:
    """Two fields, both wrong."""
    form = SampleForm({"surname": "", "email": "nobody"})
    for name in set(form.fields) - {"surname", "email"}:
        del form.fields[name]
    return form


def _tones() -> list[tuple[str, str]]:
    return [
        ("ok", _("Approved")),
        ("wait", _("Waiting")),
        ("ask", _("Question")),
        ("no", _("Rejected")),
        ("off", _("Ended")),
        ("new", _("New")),
    ]


def _pictures(forum: Forum) -> dict[str, Any]:
    """Numbers, drawn."""
    heights = (0, 2, 5, 9, 14, 22, 31, 40, 28, 17, 9, 4, 6, 3, 1, 0)
    quarters = [f"{8 + quarter // 4:02}:{quarter % 4 * 15:02}" for quarter in range(len(heights))]
    return {
        "bars": list(zip(quarters, heights, strict=True)),
        "no_bars": [],
        "fills": (0, 7, 18, 20, 23),
        "regions": _tiles(forum),
        "legs": [
            {"kind": "transfer", "title": _("Bus"), "minutes": 40, "start": "09:00"},
            {"kind": "gate_control", "title": _("Gate"), "minutes": 15, "start": "09:40"},
            {"kind": "tour", "title": _("Tour"), "minutes": 75, "start": "09:55"},
            {"kind": "transfer", "title": _("Bus"), "minutes": 40, "start": "11:10"},
        ],
    }


def _tiles(forum: Forum) -> list[dict[str, Any]]:
    """The edition's own regions with invented counts."""
    partners = set(forum.partner_regions.values_list("pk", flat=True))
    return [
        {
            "code": region.code,
            "name": region.name,
            "tile_x": region.tile_x,
            "tile_y": region.tile_y,
            "count": number * 7 % 40,
            "role": "partner" if region.pk in partners else "guest",
        }
        for number, region in enumerate(forum.guest_regions.all())
    ]


def _ways(forum: Forum) -> dict[str, Any]:
    """Ways, times and cards."""
    moment = now()
    return {
        "step_names": [_("Category"), _("Name"), _("Contact"), _("Work")],
        "tabs": [
            {"url": "#c-tabs", "label": _("Day 1"), "count": 42, "current": True},
            {"url": "#c-pager", "label": _("Day 2"), "count": 0, "current": False},
        ],
        "events": [
            {"title": _("Sent"), "moment": moment - timedelta(days=3), "zone": forum.timezone, "state": "done"},
            {
                "title": _("Approved"),
                "moment": moment,
                "zone": forum.timezone,
                "state": "current",
                "text": _("Confirm."),
            },
            {"title": _("Badge"), "state": "todo"},
        ],
    }
