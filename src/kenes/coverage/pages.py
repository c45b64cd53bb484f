"""The pages of coverage, put together: numbers with their shares, their links and the period before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.urls import reverse

from kenes.core.figure import Figure
from kenes.core.languages import LocalizedText, localized
from kenes.coverage.figures import CLASSES, Coverage
from kenes.coverage.scope import Scope
from kenes.coverage.states import Class, Dimension
from kenes.organisations.models import Organisation
from kenes.programme.models import StrategicSession
from kenes.programme.states import SphereKey
from kenes.territories.models import Place

WHOLE = 1000  # the bar's width, in its own units


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class with its number, its share (%), the number of the period before, and its list."""

    key: str
    figure: Figure
    number: int
    percent: int
    before: int | None
    href: str


@dataclass(frozen=True, slots=True)
class Stripe:
    """A class's part of the bar, in thousandths."""

    key: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class PartLine:
    """One region, session, sphere or body with its coverage."""

    name: LocalizedText
    href: str
    coverage: Coverage
    stripes: Sequence[Stripe]

    @property
    def overdue(self) -> int:
        """How many of its questions are overdue."""
        return self.coverage.by_class[Class.OVERDUE]

    @property
    def percent(self) -> int:
        """Answered ones of all, in whole per cent."""
        return percent_of(self.coverage.answered, self.coverage.asked)


@dataclass(frozen=True, slots=True)
class Part:
    """The coverage by one dimension."""

    title: str
    lines: Sequence[PartLine]


def figure_link(name: str, scope: Scope) -> str:
    """Return the address of a figure's definition and list."""
    query = urlencode(scope.query())
    return reverse("coverage:figure", kwargs={"name": name}) + (f"?{query}" if query else "")


def overview_link(scope: Scope) -> str:
    """Return the address of all figures of a scope."""
    query = urlencode(scope.query())
    return reverse("coverage:overview") + (f"?{query}" if query else "")


def percent_of(part: int, whole: int) -> int:
    """Return the share in whole per cent: never 0 of something, nor 100 of less than all."""
    if not part or not whole:
        return 0
    return 100 if part == whole else min(99, max(1, round(100 * part / whole)))


def class_lines(coverage: Coverage, scope: Scope, before: Coverage | None) -> list[ClassLine]:
    """Return the classes in their order, empty ones too: the sum can be followed."""
    return [
        ClassLine(
            key=each.value,
            figure=figure,
            number=coverage.by_class[each],
            percent=percent_of(coverage.by_class[each], coverage.asked),
            before=before.by_class[each] if before else None,
            href=figure_link(figure.name, scope),
        )
        for each, figure in CLASSES.items()
    ]


def stripes_of(coverage: Coverage) -> list[Stripe]:
    """Return the bar: the classes side by side, their widths in proportion."""
    return list(_stripes(coverage))


def _stripes(coverage: Coverage) -> Iterator[Stripe]:
    begin = seen = 0
    for each in Class:
        seen += coverage.by_class[each]
        end = WHOLE * seen // coverage.asked if coverage.asked else 0
        if end > begin:
            yield Stripe(each.value, begin, end - begin)
        begin = end


def parts_of(by: Mapping[Dimension, Mapping[str, Coverage]], scope: Scope) -> list[Part]:
    """Return a table for each dimension that the scope leaves open and that has more than one line."""
    parts = []
    for dimension in Dimension:
        sums = by[dimension]
        if len(sums) < 2:
            continue
        named = _NAMES[dimension](list(sums))
        lines = [_line(dimension, key, text, value, sums, scope) for key, value, text in named]
        lines.sort(key=lambda line: (-line.coverage.asked, str(line.name)))
        parts.append(Part(str(dimension.label), lines))
    return parts


def _line(
    dimension: Dimension,
    key: str,
    text: LocalizedText,
    value: str,
    sums: Mapping[str, Coverage],
    scope: Scope,
) -> PartLine:
    narrowed = Scope(**{**asdict(scope), dimension.value: value})
    return PartLine(text, overview_link(narrowed), sums[key], stripes_of(sums[key]))


Named = list[tuple[str, str, LocalizedText]]
"""Key in the sums, value in the scope, name."""


def _regions(keys: Sequence[str]) -> Named:
    found = Place.objects.filter(kato__in=[f"{key}0000000" for key in keys])
    return [(each.kato[:2], each.kato[:2], localized(each, "name")) for each in found]


def _sessions(keys: Sequence[str]) -> Named:
    found = StrategicSession.objects.filter(public_id__in=keys)
    return [(each.public_id, each.public_id, localized(each, "title")) for each in found]


def _spheres(keys: Sequence[str]) -> Named:
    labels = {each.value: str(each.label) for each in SphereKey}
    return [(key, key, LocalizedText(labels[key], "", is_fallback=False)) for key in keys if key in labels]


def _bodies(keys: Sequence[str]) -> Named:
    found = Organisation.objects.filter(pk__in=[int(key) for key in keys])
    return [(str(each.pk), each.public_id, localized(each, "name")) for each in found]


_NAMES = {
    Dimension.REGION: _regions,
    Dimension.SESSION: _sessions,
    Dimension.SPHERE: _spheres,
    Dimension.BODY: _bodies,
}
