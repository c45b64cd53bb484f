"""What the record's log says of questions: that each was asked, and what was done with it in public."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kenes.deadlines.models import Term
from kenes.questions.models import Answer, Part, Question
from kenes.questions.states import Verb
from kenes.record.actions import Fact, append_leaves
from kenes.record.canonical import canonical

OBJECT_KIND = "question"
REGISTERED = "question-registered"
ANSWERED = "question-answered"
EDITED = "question-edited"
REDACTED = "question-redacted"
PART_ANSWERED = "part-answered"
PART_MOVED = "part-due-date-changed"
ANSWERED_IN_WRITING = "question-answered-in-writing"
# Moderation before an outcome (publishing, holding, the stage) is in the record, not in the public log.
LOGGED: Mapping[Verb, str] = {
    Verb.REFUSE: "question-refused",
    Verb.OVERRULE: "refusal-overruled",
    Verb.EDIT: EDITED,
    Verb.ANSWER_ALOUD: ANSWERED,
    Verb.RETRACT_ANSWER: "answer-retracted",
    Verb.ASSIGN: "question-assigned",
    Verb.DECLINE: "assignment-declined",
    Verb.CHANGE_DUE_DATE: "due-date-changed",
    Verb.EXTEND: "term-extended",
    Verb.PAUSE: "term-paused",
    Verb.RESUME: "term-resumed",
    Verb.PASS_PART: "part-passed-on",
    Verb.ANSWER_IN_WRITING: ANSWERED_IN_WRITING,
    Verb.MERGE: "question-merged",
    Verb.UNMERGE: "merge-undone",
    Verb.PASS_ON: "question-passed-on",
    Verb.REOPEN: "question-reopened",
    Verb.WITHDRAW: "question-withdrawn",
}
# Leaves that commit to the reason of the act: officials' words, told to the asker or on the timeline.
REASONED = frozenset(
    LOGGED[verb]
    for verb in (
        Verb.REFUSE,
        Verb.DECLINE,
        Verb.CHANGE_DUE_DATE,
        Verb.EXTEND,
        Verb.PAUSE,
        Verb.PASS_PART,
    )
)
# The cause of a changed date that no person set: a newer edition of the working calendar.
BY_CALENDAR = "calendar"
_INSIDE = frozenset({"from", "to"})  # the register's own steps


def log_registered(questions: Sequence[Question]) -> dict[str, str]:
    """Append the leaves of questions just registered; return their hashes by code."""
    digests = append_leaves([registered(question, question.text) for question in questions])
    return dict(zip((question.code for question in questions), digests, strict=True))


@dataclass(frozen=True, slots=True)
class Said:
    """What an act says to the record: `detail` holds nothing personal, to `text` the log only commits."""

    detail: Mapping[str, object]
    reason: str = ""
    text: str | None = None


def log_act(question: Question, verb: Verb, said: Said, *, at: datetime) -> None:
    """Append the leaf of an act on a question, where the log tells of such acts."""
    kind = LOGGED.get(verb)
    if kind is not None:
        text = said.reason if kind in REASONED else said.text
        append_leaves([Fact(kind, OBJECT_KIND, question.code, at, told_by(said.detail), text)])


def log_calendar_move(term: Term, *, at: datetime, part: Part | None = None) -> None:
    """Append the leaf of a due date, the question's or its `part`'s, that a newer calendar moved."""
    facts = {"cause": BY_CALENDAR, "due_on": term.due_on.isoformat()}
    if part is not None:
        facts |= {"part": part.public_id, "unit": part.organisation.public_id}
    kind = LOGGED[Verb.CHANGE_DUE_DATE] if part is None else PART_MOVED
    append_leaves([Fact(kind, OBJECT_KIND, term.object_id, at, facts)])


def told_by(detail: Mapping[str, object]) -> dict[str, object]:
    """Return what of an act's detail the log tells."""
    return {name: value for name, value in detail.items() if name not in _INSIDE}


def log_redacted(
    question: Question, *, field: str, kinds: Sequence[str], texts: Mapping[str, str], at: datetime
) -> None:
    """Append the leaf that says what kinds of personal data were taken out of a text.

    `texts` are those of the question or answer as they are now, by language; of a written answer all, so
    that those in which nothing was taken out stay provable too.
    """
    facts: dict[str, object] = {"field": field, "kinds": list(kinds)}
    if "-" not in field:
        append_leaves([Fact(REDACTED, OBJECT_KIND, question.code, at, facts, next(iter(texts.values())))])
        return
    facts["languages"] = sorted(texts)
    append_leaves([Fact(REDACTED, OBJECT_KIND, question.code, at, facts, all_texts(texts))])


def log_facts(verb: Verb, told: Iterable[tuple[Question, Mapping[str, object]]]) -> None:
    """Append the leaves of what came with the questions' registration, without an act of their own."""
    append_leaves([Fact(LOGGED[verb], OBJECT_KIND, q.code, q.asked_at, facts) for q, facts in told])


def registered(question: Question, text: str, **more: object) -> Fact:
    """Return what the log says of a question; `text` as it was asked."""
    facts = {
        "channel": str(question.channel),
        "language": question.language,
        "meeting": question.meeting.code,
        "serial": question.serial,
        **more,
    }
    return Fact(REGISTERED, OBJECT_KIND, question.code, question.asked_at, facts, text)


def answered(answer: Answer, **more: object) -> Fact:
    """Return what the log says of an answer."""
    facts = {**told_of(answer), **more}
    return Fact(ANSWERED, OBJECT_KIND, answer.question.code, answer.at, facts, answer.text)


def told_of(answer: Answer) -> dict[str, object]:
    """Return what the record says of an answer, apart from its text and who gave it."""
    return {
        "form": str(answer.form),
        "language": answer.language,
        "second": answer.recording_second,
        "unit": answer.organisation.public_id if answer.organisation else None,
    }


def told_of_written(answer: Answer, languages: Iterable[str]) -> dict[str, object]:
    """Return what the record says of a written answer, apart from its texts and who signed it."""
    return {
        "form": str(answer.form),
        "language": answer.language,
        "days": answer.working_days,
        "languages": sorted(languages),
        "late": answer.is_late,
        "promise": str(answer.promise),
        "unit": answer.organisation.public_id if answer.organisation else None,
    }


def all_texts(texts: Mapping[str, str]) -> str:
    """Return a written answer's texts as the one text to which its leaf commits: canonical JSON."""
    return canonical(dict(texts))
