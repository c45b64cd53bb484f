"""What a domain refuses, in words its reader can act on.

    KenesError
    ├── InvalidInput     422  the thing sent is not of the form asked for
    ├── Conflict         409  right in itself, but not in the present state
    ├── Forbidden        404  unknown and forbidden look the same from outside
    ├── TooMany          429  a limit is reached; come back later
    └── Unavailable      503  the server is at its limit; nothing was kept

Each app's `errors.py` hangs its own tree under one of these.
"""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ERRORS_BY_TYPE: dict[str, type["KenesError"]] = {}


class KenesError(Exception):
    """A refusal with a stable `type`, an HTTP `status` and a translatable `message`.

    `message` may hold named placeholders, filled from `params`.
    """

    type: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    message: ClassVar[str | Promise] = _("This cannot be done.")

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.type)

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "type" not in cls.__dict__:
            raise TypeError(f"{cls.__qualname__} needs a type of its own.")
        if cls.type in ERRORS_BY_TYPE:
            raise TypeError(
                f"The error type {cls.type!r} is taken by {ERRORS_BY_TYPE[cls.type].__qualname__}."
            )
        ERRORS_BY_TYPE[cls.type] = cls

    def __str__(self) -> str:
        """The message in the active language."""
        text = str(self.message)
        return text % self.params if self.params else text


class InvalidInput(KenesError):
    type = "invalid-input"
    status = 422
    message = _("Something in what you sent is not right. Please check it and send it again.")


class Conflict(KenesError):
    type = "conflict"
    status = 409
    message = _("This is not possible now: the state has changed. Please look again.")


class Forbidden(KenesError):
    type = "not-found"
    status = 404
    message = _("There is nothing at this address, or it is not open to you.")


class TooMany(KenesError):
    type = "too-many"
    status = 429
    message = _("Too many requests. Please wait a moment and try again.")


class Unavailable(KenesError):
    type = "unavailable"
    status = 503
    message = _("The server is busy. Nothing was lost: please try again in a moment.")
