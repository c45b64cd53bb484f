"""Static files under hashed names, the imports between our JavaScript modules rewritten to them."""

from django.conf import settings
from servestatic.storage import CompressedManifestStaticFilesStorage

_OURS = [name.removeprefix("kenes.") for name in settings.INSTALLED_APPS if name.startswith("kenes.")]
_IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]


class ModuleStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashes our modules too: a page never mixes those of two releases."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        *((f"{app}/*.js", _IMPORTS) for app in _OURS),
    )
