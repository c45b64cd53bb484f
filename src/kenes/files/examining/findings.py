"""A finding in a file."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kenes.files.states import FindingKind


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, where in the file (a sheet's name, a part), and how many times."""

    kind: FindingKind
    where: str = ""
    count: int = 1


class Unreadable(Exception):
    """The file cannot be checked: broken, encrypted, or larger inside than a file of this kind is."""


def counted(found: Iterable[tuple[FindingKind, str]]) -> list[Finding]:
    """Return the findings with equal ones counted, in the order of their first."""
    return [Finding(kind, where, count) for (kind, where), count in Counter(found).items()]
