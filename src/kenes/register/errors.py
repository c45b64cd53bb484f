"""What the register refuses.

KenesError
├── TooMany
│   └── TooManyExports
└── Forbidden
    └── ExportUnknown
"""

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import Forbidden, TooMany


class TooManyExports(TooMany):
    type = "too-many-exports"
    message = _("Other files are being prepared at this moment. Please try again in a few minutes.")


class ExportUnknown(Forbidden):
    type = "export-unknown"
    message = _("There is no such file, or it was kept long enough. Please ask for it again.")
