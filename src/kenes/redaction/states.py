"""Kinds of personal data, how sure a finding is, and what a person decides about it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HitKind(TextChoices):
    """What was found, or what a person says is there."""

    IIN = "iin", _("individual identification number")
    PHONE = "phone", _("telephone number")
    EMAIL = "email", _("e-mail address")
    CARD = "card", _("bank card number")
    IBAN = "iban", _("bank account number")
    ADDRESS = "address", _("home address")
    DOCUMENT = "document", _("number of an identity document")
    PLATE = "plate", _("number plate of a car")
    NAME = "name", _("name of a person")
    OTHER = "other", _("private matter")


class Certainty(TextChoices):
    """How sure a finding is: by its own check (digits, form), or by its looks."""

    SURE = "sure", _("certain")
    LIKELY = "likely", _("likely")


class Outcome(TextChoices):
    """What was decided about a finding."""

    REDACT = "redact", _("Taken out")
    LEAVE = "leave", _("Left as it is")


# A sure finding of one of these is not published at once, whatever the room's policy is.
HELD_BACK = frozenset({HitKind.IIN, HitKind.PHONE, HitKind.EMAIL, HitKind.CARD, HitKind.IBAN})
# No rule finds these; a person names them.
NAMED_BY_PEOPLE = frozenset({HitKind.NAME, HitKind.OTHER})
