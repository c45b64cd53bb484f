"""What upper apps show beside a written answer: each registers a template and what it is given.

Registered in `config`; a resolver returns None where there is nothing to show.
"""

from collections.abc import Callable
from dataclasses import dataclass

from kenes.questions.models import Answer

Resolver = Callable[[Answer], object | None]
_RESOLVERS: dict[str, Resolver] = {}


@dataclass(frozen=True, slots=True)
class Annex:
    """A part of the page: its template, given `it`."""

    template: str
    it: object


def register_annex(template: str, resolver: Resolver) -> None:
    """Let `template` show what `resolver` finds beside written answers."""
    _RESOLVERS[template] = resolver


def annexes_of(answer: Answer) -> list[Annex]:
    """Return what stands beside the answer, in the order it was registered."""
    found = ((template, resolver(answer)) for template, resolver in _RESOLVERS.items())
    return [Annex(template, it) for template, it in found if it is not None]
