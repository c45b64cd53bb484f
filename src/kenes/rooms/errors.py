"""What the rooms refuse.

KenesError
├── InvalidInput
│   └── AnnouncementTooLong
└── Conflict
    └── LooseEnds   questions that have neither an answer nor a unit and a date
"""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import Conflict, InvalidInput


class AnnouncementTooLong(InvalidInput):
    type = "announcement-too-long"
    message = _("An announcement has at most %(limit)s characters. Please shorten it.")


class LooseEnds(Conflict):
    """Closing is refused; `codes` are the questions to settle first."""

    type = "loose-ends"
    message = _(
        "The meeting cannot be closed yet. Questions with neither an answer nor a unit and a date: %(count)s."
    )

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = tuple(codes)
        super().__init__(count=len(self.codes))
