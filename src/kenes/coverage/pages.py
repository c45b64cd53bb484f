"""The pages of coverage, put together: numbers with their shares, their links and the period before."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from kenes.core.figure import Figure
from kenes.core.languages import LocalizedText, localized
from kenes.core.moments import date_in_words
from kenes.coverage.figures import CLASSES, Coverage, percent_of
from kenes.coverage.scope import Scope
from kenes.coverage.states import Class, Dimension
from kenes.organisations.models import Organisation
from kenes.programme.models import Campaign, Meeting, StrategicSession
from kenes.programme.states import SphereKey
from kenes.territories.models import Place

WHOLE = 1000  # the bar's width, in its own units


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class with its number, its share (%), both of the period before, and its list."""

    key: str
    figure: Figure
    number: int
    percent: int
    before: int | None
    percent_before: int | None
    href: str


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that the numbers are narrowed to, and the address without it."""

    name: LocalizedText
    without: str


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
        return self.coverage.percent_answered


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


def chips_of(scope: Scope, link: Callable[[Scope], str]) -> list[Chip]:
    """Return what the scope is narrowed to, in words; one query for each part but sphere and period."""
    chips = [
        Chip(_name_of(part, value), link(Scope(**{**asdict(scope), part: ""})))
        for part in _PARTS
        if (value := getattr(scope, part))
    ]
    if scope.since or scope.until:
        period = LocalizedText(_period(scope), "", is_fallback=False)
        chips.append(Chip(period, link(replace(scope, since=None, until=None))))
    return chips


def class_lines(coverage: Coverage, scope: Scope, before: Coverage | None) -> list[ClassLine]:
    """Return the classes in their order, empty ones too: the sum can be followed."""
    return [
        ClassLine(
            key=each.value,
            figure=figure,
            number=coverage.by_class[each],
            percent=percent_of(coverage.by_class[each], coverage.asked),
            before=before.by_class[each] if before else None,
            percent_before=percent_of(before.by_class[each], before.asked) if before else None,
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


def _name_of(part: str, value: str) -> LocalizedText:
    if part == "sphere":
        return _spheres([value])[0][2]
    rows, lookup, field = _PARTS[part]
    key = f"{value[:2]}0000000" if part == "region" else value.upper() if part == "meeting" else value
    found = rows.objects.filter(**{lookup: key}).first()
    return localized(found, field) if found else LocalizedText(value, "", is_fallback=False)


def _period(scope: Scope) -> str:
    days = {"since": scope.since, "until": scope.until}
    words = {name: date_in_words(day) for name, day in days.items() if day}
    if len(words) == 2:
        return _("asked from %(since)s through %(until)s") % words
    return (_("asked from %(since)s") if scope.since else _("asked through %(until)s")) % words


_PARTS: Mapping[str, Any] = {
    "campaign": (Campaign, "slug", "title"),
    "session": (StrategicSession, "public_id", "title"),
    "meeting": (Meeting, "code", "title"),
    "region": (Place, "kato", "name"),
    "sphere": None,
    "body": (Organisation, "public_id", "name"),
}


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
