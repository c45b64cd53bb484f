"""Questions that ask alike: TF-IDF over stems, within what a unit owes. It only suggests."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kenes.answering.stems import stems_of
from kenes.organisations.models import Organisation
from kenes.questions.models import Question
from kenes.questions.states import UNDER_WORK

LEAST_ALIKE = 0.3
MOST_SHOWN = 10
# Enough for any unit's desk; reading more would make the page slow.
MOST_COMPARED = 1_000

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Alike:
    """A question of the same unit that asks alike; `likeness` from 0 to 1."""

    code: str
    text: str
    language: str
    state: str
    likeness: float


def alike_in_queue(question: Question, unit: Organisation) -> list[Alike]:
    """Return what else the unit owes that asks alike, the most alike first: one query."""
    owed = Question.objects.filter(
        assignments__organisation=unit, assignments__ended_at=None, state__in=UNDER_WORK
    )
    rows = list(
        owed.exclude(pk=question.pk)
        .order_by("-id")
        .values_list("code", "text", "language", "state")[:MOST_COMPARED]
    )
    scores = likeness(question.text, [text for _code, text, _language, _state in rows])
    found = [Alike(*row, score) for row, score in zip(rows, scores, strict=True) if score >= LEAST_ALIKE]
    return sorted(found, key=lambda each: -each.likeness)[:MOST_SHOWN]


def likeness(text: str, others: Sequence[str]) -> list[float]:
    """Return how much each of the others is like the text: the cosine of their weighted stems."""
    counted = [Counter(stems_of(each)) for each in (text, *others)]
    frequency = Counter(stem for counts in counted for stem in counts)
    weighted = [_weights(counts, frequency, len(counted)) for counts in counted]
    return [_cosine(weighted[0], other) for other in weighted[1:]]


def _weights(counts: Mapping[str, int], frequency: Mapping[str, int], total: int) -> Weights:
    return {stem: n * (math.log((1 + total) / (1 + frequency[stem])) + 1) for stem, n in counts.items()}


def _cosine(one: Weights, other: Weights) -> float:
    product = sum(weight * other.get(stem, 0.0) for stem, weight in one.items())
    if not product:
        return 0.0
    return product / (_length(one) * _length(other))


def _length(weights: Weights) -> float:
    return math.sqrt(sum(weight * weight for weight in weights.values()))
