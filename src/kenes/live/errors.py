"""What the lean path refuses.

KenesError
├── InvalidInput (422)
│   ├── BadJson          400  the body is not JSON in UTF-8
│   ├── BadText          422  a text holds what no text holds (NUL, a lone surrogate)
│   ├── KeyMissing       422  no idempotency key, or not a UUID
│   └── KeyReused        422  the key came before with another act
├── Forbidden (404)
├── TooMany (429)
├── Unavailable (503)
├── NotJoined            401  no token of this room
├── CrossSite            403  a request of another site that rests on a cookie
├── BadHost              400  a host that is not ours
├── WrongMethod          405
├── SlowBody             408  the body did not come in time
├── TooLarge             413  the body is over the limit
├── WrongMediaType       415  the body is not declared as JSON
└── Fault                500  our mistake; logged
"""

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import InvalidInput, KenesError


class BadJson(InvalidInput):
    type = "bad-json"
    status = 400
    message = _("The body must be one JSON object in UTF-8.")


class BadText(InvalidInput):
    type = "bad-text"
    message = _("The text holds characters that cannot be kept. Please type it anew.")


class KeyMissing(InvalidInput):
    type = "key-missing"
    message = _("Send an Idempotency-Key header that holds a UUID, new for each act.")


class KeyReused(InvalidInput):
    type = "key-reused"
    message = _("This idempotency key has been used for another act. Use a new one.")


class NotJoined(KenesError):
    type = "not-joined"
    status = 401
    message = _("Join the room first.")


class CrossSite(KenesError):
    type = "cross-site"
    status = 403
    message = _("This request came from another site and was refused.")


class BadHost(KenesError):
    type = "bad-host"
    status = 400
    message = _("This server does not answer for that host name.")


class WrongMethod(KenesError):
    type = "wrong-method"
    status = 405
    message = _("This address does not take that method.")


class SlowBody(KenesError):
    type = "slow-body"
    status = 408
    message = _("The request did not arrive in time. Please send it again.")


class TooLarge(KenesError):
    type = "too-large"
    status = 413
    message = _("The request is larger than this address takes.")


class WrongMediaType(KenesError):
    type = "wrong-media-type"
    status = 415
    message = _("Send the body as application/json.")


class Fault(KenesError):
    type = "fault"
    status = 500
    message = _("Something went wrong on our side. It has been noted; please try again.")
