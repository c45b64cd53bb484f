"""The figures of answer coverage: definitions in words, and the numbers of a scope."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from kenes.core.figure import Figure
from kenes.coverage.queries import numbers_of, timed_answers
from kenes.coverage.scope import Scope
from kenes.coverage.states import ANSWERED, Class, Dimension
from kenes.programme.models import Meeting

_QUESTIONS = _("questions")
_DAYS = _("working days")

ASKED = Figure(
    "coverage.asked",
    _("Every question registered in the period: asked in the room, sent through the page, taken by phone"
      " or on paper. None is left out, whatever became of it."),
    _QUESTIONS,
    _("Asked"),
)  # fmt: skip
CLASSES: Mapping[Class, Figure] = {
    Class.ALOUD: Figure(
        "coverage.answered_aloud",
        _("The answer that stands was given aloud in the meeting, with who gave it. If a written one is owed"
          " besides, the question counts as not yet due or overdue until it is there."),
        _QUESTIONS,
        Class.ALOUD.label,
    ),
    Class.IN_TIME: Figure(
        "coverage.answered_in_time",
        _("The answer that stands is written, signed and published, on its due date or before it."),
        _QUESTIONS,
        Class.IN_TIME.label,
    ),
    Class.LATE: Figure(
        "coverage.answered_late",
        _("The answer that stands is written, signed and published, after the due date that stood then."),
        _QUESTIONS,
        Class.LATE.label,
    ),
    Class.NOT_YET_DUE: Figure(
        "coverage.not_yet_due",
        _("A unit owes a written answer, and its due date is today or later, or its clock stood before"
          " that date was past and stands still."),
        _QUESTIONS,
        Class.NOT_YET_DUE.label,
    ),
    Class.OVERDUE: Figure(
        "coverage.overdue",
        _("An answer is owed and its due date has passed while its clock ran, whether a unit has the question"
          " or it still waits for a moderator."),
        _QUESTIONS,
        Class.OVERDUE.label,
    ),
    Class.WAITING: Figure(
        "coverage.waiting",
        _("The question waits for a moderator, stands open in the room, or is being put to the speaker, and"
          " no due date has passed."),
        _QUESTIONS,
        Class.WAITING.label,
    ),
    Class.REFUSED: Figure(
        "coverage.refused",
        _("Refused on a ground that its page names."),
        _QUESTIONS,
        Class.REFUSED.label,
    ),
    Class.PASSED_ON: Figure(
        "coverage.passed_on",
        _("Became a formal appeal in the state's system of appeals, whose number and date are noted."),
        _QUESTIONS,
        Class.PASSED_ON.label,
    ),
    Class.WITHDRAWN: Figure(
        "coverage.withdrawn",
        _("Withdrawn by the one who asked."),
        _QUESTIONS,
        Class.WITHDRAWN.label,
    ),
}  # fmt: skip
MERGED = Figure(
    "coverage.merged",
    _("Questions that live on in another one, with the same meaning. Each counts in the class of that one;"
      " this number tells how many they are and is not added to the sum."),
    _QUESTIONS,
    _("of them merged into others"),
)  # fmt: skip
MEDIAN = Figure(
    "coverage.working_days_median",
    _("Half of the written answers took so many working days or fewer, counted from the registration of the"
      " question, by the working calendar of the place. Of a question answered twice the last answer"
      " counts."),
    _DAYS,
    _("Median of written answers"),
)  # fmt: skip
NINETIETH = Figure(
    "coverage.working_days_p90",
    _("Nine of ten written answers took so many working days or fewer, counted the same way."),
    _DAYS,
    _("90th percentile of written answers"),
)
DEFINITIONS = (ASKED, *CLASSES.values(), MERGED, MEDIAN, NINETIETH)


def percent_of(part: int, whole: int) -> int:
    """Return the share in whole per cent: never 0 of something, nor 100 of less than all."""
    if not part or not whole:
        return 0
    return 100 if part == whole else min(99, max(1, round(100 * part / whole)))


@dataclass(frozen=True, slots=True)
class Coverage:
    """Questions by class; the classes sum to `asked`."""

    by_class: Mapping[Class, int]
    merged: int = 0

    @property
    def asked(self) -> int:
        """All questions."""
        return sum(self.by_class.values())

    @property
    def answered(self) -> int:
        """Those with an answer on record."""
        return sum(number for each, number in self.by_class.items() if each in ANSWERED)

    @property
    def percent_answered(self) -> int:
        """The answered ones of all, in whole per cent."""
        return percent_of(self.answered, self.asked)

    def share(self, each: Class) -> float:
        """Return a class's part of all, 0–1; 0 where nothing was asked."""
        return self.by_class.get(each, 0) / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class Durations:
    """How long written answers took, in working days; None where there are none."""

    answers: int
    median: int | None
    ninetieth: int | None


@dataclass(frozen=True, slots=True)
class CoverageFigures:
    """The coverage of a scope, whole and by each dimension (keys as in `Scope`, bodies by id)."""

    whole: Coverage
    by: Mapping[Dimension, Mapping[str, Coverage]]


def coverage_figures(scope: Scope, *, today: date) -> CoverageFigures:
    """Return the scope's numbers in two queries, whatever their size.

    A meeting with two spheres counts in both, and once in the whole.
    """
    groups = numbers_of(scope, today=today)
    meetings = _meetings({group[0] for group in groups})
    whole = _Sum()
    parts: dict[Dimension, dict[str, _Sum]] = {each: defaultdict(_Sum) for each in Dimension}
    for meeting, body, class_, number, merged in groups:
        region, session, *spheres = meetings[meeting]
        keys = {Dimension.REGION: [region], Dimension.SESSION: [session], Dimension.SPHERE: spheres}
        for sum_ in [whole, *(parts[each][key] for each in keys for key in keys[each] if key)]:
            sum_.add(class_, number, merged)
        parts[Dimension.BODY][str(body)].add(class_, number, merged)
    by = {each: {key: sum_.coverage() for key, sum_ in sums.items()} for each, sums in parts.items()}
    return CoverageFigures(whole.coverage(), by)


def coverage_of(scope: Scope, *, today: date) -> Coverage:
    """Return the scope's numbers as a whole, in one query."""
    return coverage_figures(scope, today=today).whole


def durations(scope: Scope, *, today: date) -> Durations:
    """Return how long the written answers of the scope took, by nearest rank. One query.

    Source: the nearest-rank method, ISO 3534-1.
    """
    rows = timed_answers(scope, today=today)
    took = Counter(dict(rows.values_list("working_days").annotate(Count("pk"))))
    return Durations(took.total(), nearest_rank(took, 50), nearest_rank(took, 90))


def nearest_rank(counts: Mapping[int, int], percent: int) -> int | None:
    """Return the smallest value that `percent` of the counted values do not exceed; None of nothing."""
    total = sum(counts.values())
    needed, seen = -(-total * percent // 100), 0
    for value in sorted(counts):
        seen += counts[value]
        if seen >= needed > 0:
            return value
    return None


class _Sum:
    def __init__(self) -> None:
        self.by_class: Counter[Class] = Counter()
        self.merged = 0

    def add(self, class_: str, number: int, merged: int) -> None:
        self.by_class[Class(class_)] += number
        self.merged += merged

    def coverage(self) -> Coverage:
        return Coverage({each: self.by_class[each] for each in Class}, self.merged)


def _meetings(keys: Iterable[int]) -> dict[int, Sequence[str]]:
    """Return of each meeting: region's two digits, session's public id, spheres (the second may be "")."""
    columns = ("pk", "session__region__kato", "session__public_id", "sphere", "second_sphere")
    rows = Meeting.objects.filter(pk__in=keys).order_by().values_list(*columns)
    return {pk: (kato[:2], session, first, second) for pk, kato, session, first, second in rows}
