"""What bodies refuse.

KenesError
├── InvalidInput
│   └── InvalidOrganisation
│       ├── NameMissing          no name in any language, or a name too long
│       ├── NotABin              twelve digits that are no body's number
│       └── ParentIsBelow        a body cannot stand under itself
└── Conflict
    └── OrganisationExists       the BIN, or the name at the place, is another body's
"""

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import Conflict, InvalidInput


class InvalidOrganisation(InvalidInput):
    type = "invalid-organisation"
    message = _("This organisation cannot be saved so. Please check what you wrote.")


class NameMissing(InvalidOrganisation):
    type = "organisation-name"
    message = _("An organisation needs a name in at least one language, of at most %(limit)d characters.")


class NotABin(InvalidOrganisation):
    type = "not-a-bin"
    message = _(
        "This is not a business identification number: it has 12 digits, the last one a check digit. "
        "A person's number is not kept."
    )


class ParentIsBelow(InvalidOrganisation):
    type = "parent-is-below"
    message = _("An organisation cannot stand under itself or under one of its own units.")


class OrganisationExists(Conflict):
    type = "organisation-exists"
    message = _("There is such an organisation already: %(name)s. Please use that one.")
