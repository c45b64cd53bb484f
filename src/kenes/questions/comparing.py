"""Each question's rows beside its leaves: acts, state, units, dates, answers and texts as the log tells them.

`kenes verify-record` asks it. What is found is told in words, with the question's code.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

from kenes.deadlines.models import TermEntry
from kenes.questions.actions.kept_texts import (
    TEXT,
    TEXT_KINDS,
    is_of_answer,
    standing_leaves,
    texts_answered,
    texts_asked,
)
from kenes.questions.actions.leaves import (
    ANSWERED,
    ANSWERED_IN_WRITING,
    BY_CALENDAR,
    EDITED,
    LOGGED,
    REASONED,
    REDACTED,
    REGISTERED,
    told_by,
)
from kenes.questions.comparing_parts import problems_of_parts
from kenes.questions.states import QuestionState, Verb
from kenes.questions.stories import Story, Told, all_stories, by_key, is_text, unlike
from kenes.record.canonical import utc
from kenes.record.models import Leaf
from kenes.record.queries import text_behind

_ACTIONS = frozenset(verb.action for verb in Verb)
_KINDS = {verb.action: kind for verb, kind in LOGGED.items()}
_ASSIGNED, _DECLINED = LOGGED[Verb.ASSIGN], LOGGED[Verb.DECLINE]
_REOPENED, _RETRACTED = LOGGED[Verb.REOPEN], LOGGED[Verb.RETRACT_ANSWER]
_EXTENDED, _DATE_CHANGED = LOGGED[Verb.EXTEND], LOGGED[Verb.CHANGE_DUE_DATE]
_PAUSED, _RESUMED = LOGGED[Verb.PAUSE], LOGGED[Verb.RESUME]
_PART_PASSED = LOGGED[Verb.PASS_PART]
# Leaves that tell a due date, and so the ledger's line of that moment.
_DATED = frozenset({_ASSIGNED, _REOPENED, _EXTENDED, _DATE_CHANGED, _PAUSED, _RESUMED})


def problems_of_questions() -> Iterator[str]:
    """Return in words where a question's rows differ from what the log tells."""
    for story in all_stories():
        yield from (f"question {story.question.code}: {text}" for check in _CHECKS for text in check(story))


def _moves(story: Story) -> Iterator[str]:
    """Each move is an act of the record, in the same order; the last leads to the state that stands."""
    question, moves = story.question, story.moves
    if not moves or moves[0].old or moves[0].at != question.asked_at:
        yield "its first move is not that of its asking"
        return
    acts = [entry for entry in story.entries if entry.act in _ACTIONS and "to" in entry.detail]
    for made, act in zip_longest(moves[1:], acts):
        if made is None:
            yield f"{act.act} at {utc(act.at)} is in the record, and no move says so"
        elif act is None:
            yield f"{made} at {utc(made.at)} is a move, and the record says nothing of it"
        elif (made.at, made.old, made.new) != (act.at, act.detail["from"], act.detail["to"]):
            yield f"{made} at {utc(made.at)} is a move, the record has {act.act} at {utc(act.at)} there"
            break
    if moves[-1].new != question.state:
        yield f"its state is {question.state!r}, its last move led to {moves[-1].new!r}"


def _acts(story: Story) -> Iterator[str]:
    """Each public act of the record has its leaf, which says the same, and each leaf its act."""
    waiting = by_key(story.told, lambda told: (told.kind, told.at))
    for entry in story.entries:
        kind = _KINDS.get(entry.act)
        if kind is None:
            continue
        told = waiting[kind, entry.at].pop(0) if waiting[kind, entry.at] else None
        if told is None:
            if not _is_old(story):
                yield f"{entry.act} at {utc(entry.at)} is in the record, no leaf of that time is in the log"
        else:
            yield from unlike(told, told_by(entry.detail))
            if kind in REASONED and not is_text(told, entry.reason):
                yield f"{told.kind}: the reason in the record is not the one that was logged"
    for told in (told for some in waiting.values() for told in some):
        if told.kind in _KINDS.values() and not _comes_without_act(story, told):
            yield f"{told.kind} is logged for {utc(told.at)}, and the record says nothing of it"


def _comes_without_act(story: Story, told: Told) -> bool:
    is_with_the_asking = told.kind == _ASSIGNED and told.at == story.question.asked_at
    return is_with_the_asking or told.facts.get("cause") == BY_CALENDAR or bool(told.facts.get("earlier"))


def _outcome(story: Story) -> Iterator[str]:
    """The ground of a refusal, the question it lives on in, the appeal, the reopening."""
    question = story.question
    if question.state == QuestionState.REFUSED:
        yield from _stands(story, Verb.REFUSE, {"ground": question.refusal_ground})
    elif question.refusal_ground:
        yield f"it is not refused, and has the ground {question.refusal_ground!r}"
    if question.merged_into is not None:
        yield from _stands(story, Verb.MERGE, {"into": question.merged_into.code})
    passed = getattr(question, "passed_on", None)
    if passed is not None:
        yield from _stands(story, Verb.PASS_ON, {"number": passed.number, "on": passed.on.isoformat()})
    elif story.last(LOGGED[Verb.PASS_ON]):
        yield "it was passed on, and no row says as what"
    reopening = getattr(question, "reopening", None)
    times = [told.at for told in story.of_kind(_REOPENED)]
    if times != ([] if reopening is None else [reopening.at]) and not _is_old(story):
        yield "its reopening is not the one that was logged"


def _stands(story: Story, verb: Verb, facts: dict[str, Any]) -> Iterator[str]:
    told = story.last(LOGGED[verb])
    if told is not None:
        yield from unlike(told, facts)
    elif not _is_old(story):
        yield f"{LOGGED[verb]} is in no leaf of it"


def _is_old(story: Story) -> bool:
    """Say whether the question is older than the log, which does not tell all that was done with it."""
    return any(told.facts.get("earlier") for told in story.of_kind(REGISTERED))


def _units(story: Story) -> Iterator[str]:
    """Each unit that owed an answer, since when, and whether it declined."""
    if _is_old(story):
        return
    logged = [
        (told.at, told.facts["falls_to" if told.kind == _DECLINED else "unit"])
        for told in story.of_kind(_ASSIGNED, _DECLINED, _REOPENED)
    ]
    kept = [(row.at, row.organisation.public_id) for row in story.assignments]
    if logged != kept:
        yield "the units that owed an answer are not those that were logged"
    declined = [row for row in story.assignments if row.declined_at is not None]
    said = story.of_kind(_DECLINED)
    pairs = list(zip_longest(declined, said))
    if any(
        row is None or told is None or (row.declined_at, row.organisation.public_id) != _decliner(told)
        for row, told in pairs
    ):
        yield "the units that declined are not those that were logged"
    elif any(not is_text(told, row.decline_reason) for row, told in pairs):
        yield f"{_DECLINED}: the reason is not the one that was logged"


def _decliner(told: Told) -> tuple[datetime, str]:
    return told.at, told.facts["unit"]


def _dates(story: Story) -> Iterator[str]:
    """Each line of the ledger has its leaf, each date that was logged its line; the term has the last."""
    if _is_old(story):
        return
    dated = story.of_kind(*_DATED)
    for told in dated:
        due_on = _due_at(story, told.at)
        if due_on != told.facts["due_on"]:
            said = told.facts["due_on"]
            yield f"{told.kind}: the ledger has {due_on} for {utc(told.at)}, logged was {said}"
    # Passing a part on is noted on the ledger of the whole, whose date it leaves alone.
    times = {told.at for told in (*dated, *story.of_kind(_PART_PASSED))}
    yield from (f"the ledger's line of {utc(line.at)} is in no leaf" for line in _lines(story, times))
    for term, lines in by_key(story.ledger, lambda line: line.term).items():
        if term.due_on != lines[-1].due_on:
            yield f"its term is due on {term.due_on}, the ledger's last line says {lines[-1].due_on}"
    for told in story.of_kind(_EXTENDED, _DATE_CHANGED, _PAUSED):
        reasons = [line.reason for line in story.ledger if line.at == told.at]
        if reasons and not any(is_text(told, reason) for reason in reasons):
            yield f"{told.kind}: the ledger's reason is not the one that was logged"


def _due_at(story: Story, at: datetime) -> str | None:
    known = [line.due_on for line in story.ledger if line.at <= at]
    return known[-1].isoformat() if known else None


def _lines(story: Story, times: set[datetime]) -> list[TermEntry]:
    return [line for line in story.ledger if line.at not in times]


def _answers(story: Story) -> Iterator[str]:
    """Which answers were taken back, and when; a written one holds the text in its own language twice."""
    taken_back = sorted(answer.retracted_at for answer in story.answers if answer.retracted_at)
    if taken_back != [told.at for told in story.of_kind(_RETRACTED)] and not _is_old(story):
        yield "the answers taken back are not those that were logged"
    for answer in story.answers:
        texts = {row.language: row.text for row in answer.texts.all()}
        if texts.get(answer.language, answer.text) != answer.text:
            yield f"the answer of {utc(answer.at)} has two texts in one language"


def _texts(story: Story) -> Iterator[str]:
    """Each text is one to which a leaf commits: that which stands, and what was before where it is kept."""
    standing = standing_leaves(told.leaf for told in story.told)
    kept = _kept_texts(story)
    for name, leaf in standing.items():
        texts = kept.get(name, [])
        # A question older than the log was registered in it as it was asked, and may have been edited before.
        is_first = _is_old(story) and leaf.kind == REGISTERED
        yield from _compared(leaf, texts if is_first else texts[:1], may_be_gone=False)
    current = {leaf.pk for leaf in standing.values()}
    name = TEXT
    for told in (told for told in story.told if told.kind in TEXT_KINDS):
        name = told.at.isoformat() if told.kind in {ANSWERED, ANSWERED_IN_WRITING} else name
        place = name if is_of_answer(told.leaf) else TEXT
        if told.leaf.pk not in current:
            yield from _compared(told.leaf, kept.get(place, []), may_be_gone=_was_redacted(standing[place]))


def _compared(leaf: Leaf, texts: Sequence[str], *, may_be_gone: bool) -> Iterator[str]:
    if getattr(leaf, "nonce", None) is None:
        if not may_be_gone:
            yield f"{leaf.kind}: the nonce is gone, so that nobody can compare the text, which stays"
    elif text_behind(leaf, texts) is None:
        yield f"{leaf.kind}: the text is not the one that was logged"


def _kept_texts(story: Story) -> dict[str, list[str]]:
    """Return what is kept of the question's text and of each answer's, that which stands the first."""
    kept = {answer.at.isoformat(): texts_answered(answer, story.opened) for answer in story.answers}
    return {**kept, TEXT: texts_asked(story.question, story.opened)}


def _was_redacted(standing: Leaf) -> bool:
    return standing.kind == REDACTED


def _edits(story: Story) -> Iterator[str]:
    """The edits follow one another from the text as it was asked, each at its time."""
    told = story.of_kind(REGISTERED, EDITED)
    if _is_old(story) or not told:
        return
    if [edit.at for edit in story.edits] != [one.at for one in told if one.kind == EDITED]:
        yield "its edits are not those that were logged"
    elif not any(one.kind == REDACTED and not is_of_answer(one.leaf) for one in story.told):
        texts = [(edit.old_text, edit.new_text) for edit in story.edits]
        for (old, new), before, after in zip(texts, told, told[1:], strict=False):
            if not (is_text(before, old) and is_text(after, new)):
                yield f"its edit of {utc(after.at)} is not between the texts that were logged"


_CHECKS = (_moves, _acts, _outcome, _units, _dates, problems_of_parts, _answers, _texts, _edits)
