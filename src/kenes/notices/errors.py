"""What the notices refuse.

KenesError
└── InvalidInput
    ├── EndpointAddressWrong, EndpointEventsMissing
    └── SecretTooShort
"""

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import InvalidInput


class EndpointAddressWrong(InvalidInput):
    type = "endpoint-address-wrong"
    message = _("Please give an address that begins with https:// and has no name or password in it.")


class EndpointEventsMissing(InvalidInput):
    type = "endpoint-events-missing"
    message = _("Please choose at least one event from the list.")


class SecretTooShort(InvalidInput):
    type = "endpoint-secret-short"
    message = _("The secret needs at least %(least)s characters.")
