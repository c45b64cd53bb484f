"""The parts that other units answer beside their leaves: to whom, which, by when, and what was answered."""

from collections.abc import Iterator

from kenes.deadlines.models import TermEntry
from kenes.deadlines.states import Cause
from kenes.questions.actions.leaves import LOGGED, PART_ANSWERED, PART_MOVED
from kenes.questions.models import Part
from kenes.questions.states import Verb
from kenes.questions.stories import Story, is_text, unlike
from kenes.record.canonical import canonical

_PART_PASSED = LOGGED[Verb.PASS_PART]


def problems_of_parts(story: Story) -> Iterator[str]:
    """Each part that another unit answers: to whom it went, when, which part, its dates and its answer."""
    yield from _passed(story)
    yield from _dates(story)
    yield from _answers(story)


def _passed(story: Story) -> Iterator[str]:
    passed = story.of_kind(_PART_PASSED)
    if [(told.at, told.facts["unit"]) for told in passed] != [
        (part.at, part.organisation.public_id) for part in story.parts
    ]:
        yield "the parts passed on are not those that were logged"
        return
    for told, part in zip(passed, story.parts, strict=True):
        if not is_text(told, part.subject):
            yield f"{_PART_PASSED}: the words for the part are not those that were logged"
        yield from unlike(told, {"due_on": _first_date(part)})


def _first_date(part: Part) -> str | None:
    known = [line.due_on.isoformat() for line in _lines(part) if line.at <= part.at]
    return known[-1] if known else None


def _dates(story: Story) -> Iterator[str]:
    """Each date to which the calendar moved a part has its leaf, and each such leaf its line."""
    moved = [
        (line.at, part.public_id, part.organisation.public_id, line.due_on.isoformat())
        for part in story.parts
        for line in _lines(part)
        if line.cause == Cause.CALENDAR
    ]
    logged = [
        (told.at, told.facts["part"], told.facts["unit"], told.facts["due_on"])
        for told in story.of_kind(PART_MOVED)
    ]
    if sorted(moved) != sorted(logged):
        yield f"{PART_MOVED}: the dates in the ledger are not those that were logged"
    for part in story.parts:
        lines = _lines(part)
        if lines and lines[-1].due_on != part.term.due_on:
            last = lines[-1].due_on
            yield f"a part's term is due on {part.term.due_on}, its ledger's last line says {last}"


def _lines(part: Part) -> list[TermEntry]:
    return sorted(part.term.entries.all(), key=lambda line: line.pk)


def _answers(story: Story) -> Iterator[str]:
    answered = {part.public_id: part for part in story.parts if part.answered_at is not None}
    said = {told.facts["part"]: told for told in story.of_kind(PART_ANSWERED)}
    if answered.keys() != said.keys():
        yield "the parts answered are not those that were logged"
    for key in answered.keys() & said.keys():
        part, told = answered[key], said[key]
        yield from unlike(told, {"is_late": part.is_late, "unit": part.organisation.public_id})
        texts = canonical({"kk": part.answer_kk, "ru": part.answer_ru})
        if part.answered_at != told.at or not is_text(told, texts):
            yield f"{PART_ANSWERED}: the answer is not the one that was logged"
