"""Why an upload is not taken.

InvalidInput
└── UploadRefused              422
    ├── UploadHoldsHidden      422  it holds more than its reader sees
    ├── UploadIsEmpty          422  nothing in it
    ├── UploadTooBig           413  over the instance's limit
    ├── UploadTypeNotAllowed   422  its content is of no type we take
    └── UploadNameMismatch     422  its content is not what its name says
"""

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import InvalidInput


class UploadRefused(InvalidInput):
    type = "upload-refused"
    message = _("This file cannot be taken.")


class UploadHoldsHidden(UploadRefused):
    type = "upload-holds-hidden"
    message = _(
        "This file holds more than its reader sees: %(found)s. Please take that out in the program it was "
        "made with (accept the changes, delete comments, show or delete what is hidden), save a copy and "
        "send that one; or send it as a new PDF."
    )


class UploadIsEmpty(UploadRefused):
    type = "upload-empty"
    message = _("This file is empty. Please choose another.")


class UploadTooBig(UploadRefused):
    type = "upload-too-big"
    status = 413
    message = _("This file is too large: at most %(megabytes)s MB are taken. Please send a smaller one.")


class UploadTypeNotAllowed(UploadRefused):
    type = "upload-type"
    message = _("Files of this type are not taken. Please send one of these: %(allowed)s.")


class UploadNameMismatch(UploadRefused):
    type = "upload-name"
    message = _(
        "The content of this file is not what its name says: it ends in %(named)s but holds %(found)s. "
        "Please rename it or choose another."
    )
