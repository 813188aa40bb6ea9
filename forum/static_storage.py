"""Static files with their hash in the name, imports between our ES modules included (complaint CHK-8).

Without the second part a new `main.js` would import an old, cached `scanner.js` after an update.
"""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(ManifestStaticFilesStorage):
    """For the demo: hashed, not compressed, so that the first start is quick."""

    support_js_module_import_aggregation = True


class CompressedStorage(CompressedManifestStaticFilesStorage):
    """For production: hashed and compressed."""

    support_js_module_import_aggregation = True
