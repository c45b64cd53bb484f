"""What publishing and redaction refuse.

KenesError
├── InvalidInput
│   ├── SpanOutside        422  a piece that is not in the text, or overlaps another
│   └── RedactionReasonMissing  422  personal data are left without a word why
├── Conflict
│   ├── UnreviewedPersonalData  409  personal data that nobody has decided about
│   └── TextChangedMeanwhile    409  the text is not the one that was looked at
└── Forbidden
    └── NothingToReview    404
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import Conflict, Forbidden, InvalidInput

if TYPE_CHECKING:
    from kenes.redaction.hits import Hit


class SpanOutside(InvalidInput):
    type = "redaction-span-outside"
    message = _("The piece to be taken out is not in the text. Please mark it again.")


class RedactionReasonMissing(InvalidInput):
    type = "redaction-reason-missing"
    message = _("Please say why the personal data may stay: it is kept in the record.")


class UnreviewedPersonalData(Conflict):
    """`hits` are those without a decision; the message names their kinds, never what was found."""

    type = "unreviewed-personal-data"
    message = _(
        "The text holds what looks like personal data: %(kinds)s. "
        "Please take it out, or say why it may stay, before it is published."
    )

    def __init__(self, *, kinds: str = "", hits: "Sequence[Hit]" = ()) -> None:
        self.hits = tuple(hits)
        super().__init__(kinds=kinds)


class TextChangedMeanwhile(Conflict):
    type = "redaction-text-changed"
    message = _("The text has changed since you looked at it. Please look again.")


class NothingToReview(Forbidden):
    type = "redaction-unknown"
