"""A finding, the marker that stands where one was taken out, and putting markers into a text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kenes.redaction.states import Certainty, HitKind

MARKER = re.compile(r"\[⋯(" + "|".join(kind.value for kind in HitKind) + r")\]")


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A piece of personal data: characters `start` to `end` (not included) of the text as it is kept."""

    start: int
    end: int
    kind: HitKind
    certainty: Certainty

    def of(self, text: str) -> str:
        """Return the characters that were found."""
        return text[self.start : self.end]


def marker_of(kind: str) -> str:
    """Return what stands in a stored text instead of a piece of this kind, in no language."""
    return f"[⋯{HitKind(kind).value}]"


def redacted(text: str, hits: Iterable[Hit]) -> str:
    """Return the text with a marker in the place of each hit; the hits do not overlap."""
    for hit in sorted(hits, reverse=True):
        text = text[: hit.start] + marker_of(hit.kind) + text[hit.end :]
    return text
