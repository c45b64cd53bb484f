"""What the places refuse.

KenesError
└── InvalidInput
    └── UnknownPlace     no place has this code
"""

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import InvalidInput


class UnknownPlace(InvalidInput):
    type = "unknown-place"
    message = _("No place has the code %(kato)s. Please choose a place from the list.")
