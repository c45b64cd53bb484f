"""What the rooms refuse.

Conflict
└── LooseEnds   a meeting with questions that have neither an answer nor a unit and a date
"""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import Conflict


class LooseEnds(Conflict):
    """Closing is refused; `codes` are the questions to settle first."""

    type = "loose-ends"
    message = _(
        "The meeting cannot be closed yet: %(count)d questions have neither an answer nor a unit with a date."
    )

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = tuple(codes)
        super().__init__(count=len(self.codes))
