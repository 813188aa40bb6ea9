"""Static files with their hash in the name, imports between our ES modules included (complaint CHK-8).

Without the second part a new `main.js` would import an old, cached `scanner.js` after an update. Django's own switch
(`support_js_module_import_aggregation`) looks into every script and stumbles over type comments of a library, so the same
patterns are applied to the folders that hold modules.
"""

from django.contrib.staticfiles.storage import HashedFilesMixin, ManifestStaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

MODULES = ("badges/*.js", "forum/js/*.js", "registration/*.js", "vendor/*.js")
_IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns[1]
PATTERNS = (*HashedFilesMixin.patterns, *((folder, _IMPORTS) for folder in MODULES))


class HashedStorage(ManifestStaticFilesStorage):
    """For the demo: hashed, not compressed, so that the first start is quick."""

    patterns = PATTERNS


class CompressedStorage(CompressedManifestStaticFilesStorage):
    """For production: hashed and compressed."""

    patterns = PATTERNS
