"""Which pictures each category takes."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext

from registration.enums import PictureKind
from registration.models import Category


class PicturesForm(forms.Form):
    """One line for each category: a photo for the badge, a picture of the document."""

    def __init__(self, data: Any = None, *, categories: list[Category]) -> None:
        super().__init__(data, label_suffix="")
        self.categories = categories
        for one in categories:
            named = {"category": one.name}
            self.fields[f"photos_{one.code}"] = forms.BooleanField(
                label=gettext("Photo for the badge: %(category)s") % named, required=False, initial=one.takes_photos
            )
            self.fields[f"scans_{one.code}"] = forms.BooleanField(
                label=gettext("Picture of the document: %(category)s") % named, required=False, initial=one.takes_scans
            )

    def lines(self, kept: Mapping[int, Mapping[str, int]]) -> list[dict[str, Any]]:
        """Each category with its fields and what its people have handed in, for the table."""
        return [
            {
                "category": one,
                "cells": [
                    {
                        "field": self[f"{name}_{one.code}"],
                        "head": kind.label,
                        "kept": kept.get(one.pk, {}).get(kind, 0),
                    }
                    for name, kind in (("photos", PictureKind.PHOTO), ("scans", PictureKind.SCAN))
                ],
            }
            for one in self.categories
        ]

    def chosen(self) -> list[tuple[Category, dict[str, bool]]]:
        """What was chosen for whom."""
        given = self.cleaned_data
        return [
            (one, {"takes_photos": given[f"photos_{one.code}"], "takes_scans": given[f"scans_{one.code}"]})
            for one in self.categories
        ]
