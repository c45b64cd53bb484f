"""What the record's log says of questions: that each was asked, and what was done with it in public."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from kenes.questions.models import Answer, Question
from kenes.questions.states import Verb
from kenes.record.actions import Fact, append_leaves
from kenes.record.canonical import canonical

OBJECT_KIND = "question"
REGISTERED = "question-registered"
ANSWERED = "question-answered"
REDACTED = "question-redacted"
PART_ANSWERED = "part-answered"
ANSWERED_IN_WRITING = "question-answered-in-writing"
# Moderation before an outcome (publishing, holding, the stage) is in the record, not in the public log.
LOGGED: Mapping[Verb, str] = {
    Verb.REFUSE: "question-refused",
    Verb.OVERRULE: "refusal-overruled",
    Verb.EDIT: "question-edited",
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
_INSIDE = frozenset({"from", "to"})  # the register's own steps


def log_registered(questions: Sequence[Question]) -> dict[str, str]:
    """Append the leaves of questions just registered; return their hashes by code."""
    digests = append_leaves([registered(question, question.text) for question in questions])
    return dict(zip((question.code for question in questions), digests, strict=True))


def log_act(
    question: Question, verb: Verb, *, at: datetime, detail: Mapping[str, object], text: str | None
) -> None:
    """Append the leaf of an act on a question, where the log tells of such acts."""
    kind = LOGGED.get(verb)
    if kind is not None:
        facts = {name: value for name, value in detail.items() if name not in _INSIDE}
        append_leaves([Fact(kind, OBJECT_KIND, question.code, at, facts, text)])


def log_redacted(question: Question, *, field: str, kinds: Sequence[str], text: str, at: datetime) -> None:
    """Append the leaf that says what kinds of personal data were taken out of a text; `text` as it is now."""
    facts = {"field": field, "kinds": list(kinds)}
    append_leaves([Fact(REDACTED, OBJECT_KIND, question.code, at, facts, text)])


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
        "languages": sorted(languages),
        "promise": str(answer.promise),
        "unit": answer.organisation.public_id if answer.organisation else None,
    }


def all_texts(texts: Mapping[str, str]) -> str:
    """Return a written answer's texts as the one text to which its leaf commits: canonical JSON."""
    return canonical(dict(texts))
