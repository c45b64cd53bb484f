"""What the places refuse.

KenesError
└── InvalidInput
    ├── UnknownPlace      no place has this code
    └── UnknownColumns    the table to import has other columns
"""

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import InvalidInput


class UnknownPlace(InvalidInput):
    type = "unknown-place"
    message = _("No place has the code %(kato)s. Please choose a place from the list.")


class UnknownColumns(InvalidInput):
    type = "unknown-columns"
    message = _(
        "The table's columns are not those of the classifier. Expected: %(expected)s; found: %(found)s."
    )
