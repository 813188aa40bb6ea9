"""Static files with their hash in the name, imports between our ES modules included (complaint CHK-8).

Without the second part a new `main.js` would import an old, cached `scanner.js` after an update.
"""

from collections.abc import Callable
from re import Match
from typing import Any

from django.contrib.staticfiles.storage import HashedFilesMixin, ManifestStaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

PLAIN = ("django_htmx/",)
"""Folders without modules: type comments in them read like imports of files that do not exist."""


class HashedModules(HashedFilesMixin):
    """Imports become imports of the hashed name."""

    support_js_module_import_aggregation = True

    def url_converter(self, name: str, *args: Any, **kwargs: Any) -> Callable[[Match[str]], str]:
        """How references inside one file are rewritten."""
        if name.startswith(PLAIN):
            return lambda found: found["matched"]
        return super().url_converter(name, *args, **kwargs)


class HashedStorage(HashedModules, ManifestStaticFilesStorage):  # type: ignore[misc]  # stubs disagree on `url`
    """For the demo: hashed, not compressed, so that the first start is quick."""


class CompressedStorage(HashedModules, CompressedManifestStaticFilesStorage):
    """For production: hashed and compressed."""
