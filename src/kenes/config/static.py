"""Static files under hashed names, the imports between JavaScript modules rewritten to them."""

from servestatic.storage import CompressedManifestStaticFilesStorage


class ModuleStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashes modules too: a page never mixes the modules of two releases."""

    support_js_module_import_aggregation = True
