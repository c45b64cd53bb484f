"""All that is kept of one question, in its tables, in the record and in the log, read in batches."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from kenes.deadlines.models import TermEntry
from kenes.questions.actions.kept_texts import Opened, facts_of, open_originals
from kenes.questions.actions.leaves import OBJECT_KIND
from kenes.questions.models import Answer, Assignment, Edit, Move, Part, Question
from kenes.record.models import Entry, Leaf
from kenes.record.queries import text_behind
from kenes.redaction.models import Original

AT_ONCE = 500
Row = TypeVar("Row")
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Told:
    """A leaf as read."""

    leaf: Leaf
    facts: dict[str, Any]

    @property
    def kind(self) -> str:
        return self.leaf.kind

    @property
    def at(self) -> datetime:
        return self.leaf.at


@dataclass(frozen=True, slots=True)
class Story:
    """All that is kept of one question, each in its order."""

    question: Question
    told: Sequence[Told]
    entries: Sequence[Entry]
    moves: Sequence[Move]
    edits: Sequence[Edit]
    answers: Sequence[Answer]
    assignments: Sequence[Assignment]
    ledger: Sequence[TermEntry]
    parts: Sequence[Part]
    opened: Opened

    def of_kind(self, *kinds: str) -> list[Told]:
        return [told for told in self.told if told.kind in kinds]

    def last(self, kind: str) -> Told | None:
        found = self.of_kind(kind)
        return found[-1] if found else None


def unlike(told: Told, facts: dict[str, Any]) -> Iterator[str]:
    """Return in words which facts of a leaf differ from those of the rows."""
    for name, value in facts.items():
        if told.facts.get(name) != value:
            yield f"{told.kind}: {name} is {value!r}, logged was {told.facts.get(name)!r}"


def is_text(told: Told, text: str) -> bool:
    """Say whether the leaf commits to the text; one that commits to none has nothing to say."""
    return "text" not in told.facts or text_behind(told.leaf, [text]) is not None


def all_stories() -> Iterator[Story]:
    """Return every question with what is kept of it, in the order they were registered."""
    last = 0
    rows = Question.objects.select_related("meeting", "merged_into", "passed_on", "reopening").order_by("pk")
    while some := list(rows.filter(pk__gt=last).prefetch_related("edits")[:AT_ONCE]):
        yield from _stories(some)
        last = some[-1].pk


def _stories(questions: Sequence[Question]) -> Iterator[Story]:
    codes = [question.code for question in questions]
    about = {"object_kind": OBJECT_KIND, "object_id__in": codes}
    leaves = Leaf.objects.filter(**about).select_related("nonce").order_by("id")
    told = by_key(leaves, lambda leaf: leaf.object_id)
    entries = by_key(Entry.objects.filter(**about).order_by("id"), lambda entry: entry.object_id)
    of_these = {"question__in": [question.pk for question in questions]}
    moves = by_key(Move.objects.filter(**of_these).order_by("id"), lambda row: row.question_id)
    answers = Answer.objects.filter(**of_these).prefetch_related("texts").order_by("id")
    given = by_key(answers, lambda row: row.question_id)
    units = Assignment.objects.filter(**of_these).select_related("organisation").order_by("id")
    assigned = by_key(units, lambda row: row.question_id)
    # A part's own term is not the question's; the log tells of parts by leaves of their own.
    whole = {"term__object_kind": OBJECT_KIND, "term__object_id__in": codes, "term__part_of": None}
    lines = TermEntry.objects.filter(**whole)
    shared = Part.objects.filter(**of_these).select_related("organisation", "term").order_by("id")
    parts = by_key(shared.prefetch_related("term__entries"), lambda row: row.question_id)
    ledger = by_key(lines.select_related("term").order_by("id"), lambda line: line.term.object_id)
    sealed = by_key(
        Original.objects.filter(**about, erased_at=None).order_by("id"), lambda row: row.object_id
    )
    for question in questions:
        yield Story(
            question=question,
            told=[Told(leaf, facts_of(leaf)) for leaf in told[question.code]],
            entries=entries[question.code],
            moves=moves[question.pk],
            edits=sorted(question.edits.all(), key=lambda edit: edit.pk),
            answers=given[question.pk],
            assignments=assigned[question.pk],
            ledger=ledger[question.code],
            parts=parts[question.pk],
            opened=open_originals(sealed[question.code]),
        )


def by_key(rows: Iterable[Row], key: Callable[[Row], Key]) -> defaultdict[Key, list[Row]]:
    """Return the rows in groups, each in the order they came."""
    grouped: defaultdict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[key(row)].append(row)
    return grouped
