"""What each app knows about a person: the seam for export and erasure.

`config.personal_data` registers the apps that stand above this one:

    register_personal_data("questions", export=..., erase=...)

`export` returns plain JSON (lists and mappings) of what is kept about the user. `erase` takes the
person out of it in the running transaction: what others rely on stays without the name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kenes.accounts.models import User

Json = Sequence[object] | Mapping[str, object]


class Erase(Protocol):
    """Takes a person out of an app's rows."""

    def __call__(self, user: User, *, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One app's part: its name in the export, and how it is read and erased."""

    name: str
    export: Callable[[User], Json]
    erase: Erase


_registered: dict[str, PersonalData] = {}


def register_personal_data(name: str, *, export: Callable[[User], Json], erase: Erase) -> None:
    """Add an app's part; the same name again replaces it."""
    _registered[name] = PersonalData(name, export, erase)


def registered_personal_data() -> list[PersonalData]:
    """Return the parts in the order in which they were registered."""
    return list(_registered.values())
