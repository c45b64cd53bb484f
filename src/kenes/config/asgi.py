"""The site for a foreign ASGI server; there each stream costs a task and a queue."""

import logging
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kenes.config.settings")
django.setup()

from kenes.config.site import build_site  # noqa: E402 (after django.setup)

logging.getLogger(__name__).warning(
    "Not run by `kenes serve`: streams go through the server's own sends, and no worker is started "
    "(run `kenes worker` beside)"
)
application = build_site(with_worker=False)
