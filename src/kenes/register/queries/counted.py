"""How many questions stand under each choice of a filter, and the choices there are."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Count, Exists, OuterRef

from kenes.core.languages import localized
from kenes.organisations.models import Organisation
from kenes.programme.models import Meeting
from kenes.programme.states import SphereKey
from kenes.questions.models import Answer, Assignment
from kenes.register.queries.listed import RegisterFilter, asked_of
from kenes.register.states import GROUP_OF, Group
from kenes.territories.models import Place


@dataclass(frozen=True, slots=True)
class Counts:
    """The whole list's length; and by each choice of a filter, all other filters holding."""

    total: int
    groups: Mapping[str, int] = field(default_factory=dict)
    regions: Mapping[str, int] = field(default_factory=dict)
    spheres: Mapping[str, int] = field(default_factory=dict)

    @property
    def all_groups(self) -> int:
        """The list's length without the filter by state."""
        return sum(self.groups.values())


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen: (value, label) of regions and of bodies."""

    regions: list[tuple[str, str]]
    bodies: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Cell:
    group: Group
    region: str
    spheres: frozenset[str]
    number: int


def counts_of(narrowed: RegisterFilter, *, on: date | None = None, using: str = "default") -> Counts:
    """Return the counts of a filter: one query for the questions and one for their meetings."""
    found = asked_of(wider_of(narrowed), on=on, using=using).order_by()
    rows = found.values_list("meeting", "state").annotate(number=Count("pk"))
    return counts_of_cells(narrowed, list(rows), using=using)


def wider_of(narrowed: RegisterFilter) -> RegisterFilter:
    """Return the filter without what it is counted by."""
    return replace(narrowed, group="", region="", sphere="")


def counts_of_cells(narrowed: RegisterFilter, rows: Iterable[tuple[int, str, int]], *, using: str) -> Counts:
    """Return the counts of (meeting, state, number) of the wider filter: one query, for the meetings."""
    cells = _cells(rows, using=using)
    groups, regions, spheres = Counter[str](), Counter[str](), Counter[str]()
    total = 0
    for cell in cells:
        is_group = narrowed.group in ("", cell.group)
        is_region = narrowed.region in ("", cell.region)
        is_sphere = not narrowed.sphere or narrowed.sphere in cell.spheres
        if is_group and is_region and is_sphere:
            total += cell.number
        if is_region and is_sphere:
            groups[cell.group] += cell.number
        if is_group and is_sphere:
            regions[cell.region] += cell.number
        if is_group and is_region:
            spheres.update(dict.fromkeys(cell.spheres, cell.number))
    return Counts(total, groups, regions, spheres)


def choices_of(regions: Iterable[str]) -> Choices:
    """Return the regions of these numbers and the bodies that owe or gave answers, by name."""
    places = Place.objects.filter(kato__in=[f"{number}0000000" for number in regions])
    owing = Assignment.objects.filter(organisation=OuterRef("pk"))
    answered = Answer.objects.filter(organisation=OuterRef("pk"))
    bodies = Organisation.objects.filter(Exists(owing) | Exists(answered))
    return Choices(
        sorted(((place.kato[:2], localized(place, "name").text) for place in places), key=_by_name),
        sorted(((body.public_id, localized(body, "name").text) for body in bodies), key=_by_name),
    )


def _by_name(choice: tuple[str, str]) -> str:
    return choice[1].casefold()


def _cells(rows: Iterable[tuple[int, str, int]], *, using: str) -> list[_Cell]:
    """Return the numbers of those states that have a page."""
    places = _meetings(using)
    return [
        _Cell(GROUP_OF[state], *places[meeting], number)
        for meeting, state, number in rows
        if meeting in places and state in GROUP_OF
    ]


def _meetings(using: str) -> dict[int, tuple[str, frozenset[str]]]:
    rows = Meeting.objects.using(using).values_list("pk", "session__region__kato", "sphere", "second_sphere")
    return {
        pk: (kato[:2], frozenset({first, second} & set(SphereKey.values)))
        for pk, kato, first, second in rows.iterator()
    }
