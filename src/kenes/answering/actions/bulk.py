"""Work on many questions at once: one transaction a chunk, and of each question what hindered it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from kenes.accounts.models import User
from kenes.answering.actions import assignments, clearing, drafting, signing
from kenes.answering.actions.drafting import DraftWords
from kenes.answering.actions.signing import Signature
from kenes.answering.errors import DraftIsEmpty, NothingChosen, NothingToCheck, TooManyChosen, VersionChanged
from kenes.answering.models import DraftVersion
from kenes.answering.queries import latest_version, running_assignment
from kenes.answering.rules import (
    CommitmentWords,
    SharedCommitment,
    clean_texts,
    fill_template,
    refuse_missing,
    refuse_unknown_placeholders,
    split_chunks,
    unchecked_languages,
)
from kenes.answering.wording import values_for
from kenes.commitments.queries import commitments_of
from kenes.core.errors import KenesError
from kenes.links.models import End
from kenes.live.writer import change_feeds
from kenes.organisations.models import Organisation
from kenes.questions.models import Question

MOST_AT_ONCE = 200
# Few enough that a room which is asked and voted in meanwhile waits for some tens of milliseconds.
CHUNK = 4

Doing = Callable[[Question], object]
# Of each question, by its code, the number of the version that was read before the act.
Seen = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of one question; `error` is what hindered it."""

    code: str
    error: KenesError | None = None


def accept_many(questions: Sequence[Question], *, by: User | None, at: datetime) -> list[BulkResult]:
    """Accept each assignment. Raises: NothingChosen, TooManyChosen."""
    return _each(questions, lambda question: assignments.accept(question, by=by, at=at))


def assign_many_onward(
    questions: Sequence[Question], *, organisation: Organisation, by: User | None, at: datetime, reason: str
) -> list[BulkResult]:
    """Give each question to another unit. Raises: NothingChosen, TooManyChosen."""
    return _each(
        questions,
        lambda question: assignments.assign_onward(
            question, organisation=organisation, by=by, at=at, reason=reason
        ),
    )


def draft_many(
    questions: Sequence[Question], *, words: DraftWords, by: User | None, at: datetime
) -> list[BulkResult]:
    """Save the same text as each question's draft, its placeholders filled, and submit it to clearance.

    What would hinder each is refused before any is touched. Raises: NothingChosen, TooManyChosen,
    TextsMissing, PlaceholderUnknown, LanguageUnknown, TextTooShort, TextTooLong, TextUnreadable.
    """
    texts = clean_texts(words.texts, original=words.original)
    refuse_missing(texts)
    for text in texts.values():
        refuse_unknown_placeholders(text)

    def draft(question: Question) -> None:
        assignment = running_assignment(question)
        unit = assignment.organisation if assignment else None
        texts = {
            language: fill_template(text, values_for(question, unit, language))
            for language, text in words.texts.items()
        }
        before = latest_version(assignment) if assignment else None
        saved = drafting.save_draft(
            question,
            words=DraftWords(texts, words.original),
            base=before.number if before else 0,
            by=by,
            at=at,
        )
        clearing.submit_to_clearance(question, version=saved.number, by=by, at=at)

    return _each(questions, draft)


def check_many(
    questions: Sequence[Question], *, seen: Seen, by: User | None, at: datetime
) -> list[BulkResult]:
    """Confirm every translation of each draft that waits for it. Raises: NothingChosen, TooManyChosen."""

    def check(question: Question) -> None:
        version = _as_seen(question, seen)
        waiting = unchecked_languages({row.language: row.status for row in version.texts.all()})
        if not waiting:
            raise NothingToCheck
        for language in waiting:
            drafting.check_translation(question, language=language, version=version.number, by=by, at=at)

    return _each(questions, check)


def clear_many(
    questions: Sequence[Question], *, seen: Seen, by: User | None, at: datetime
) -> list[BulkResult]:
    """Clear the next step of each version that was read. Raises: NothingChosen, TooManyChosen."""
    return _each(
        questions,
        lambda question: clearing.clear_step(question, version=_as_seen(question, seen).number, by=by, at=at),
    )


def sign_many(
    questions: Sequence[Question], *, signature: Signature, seen: Seen, by: User | None, at: datetime
) -> list[BulkResult]:
    """Sign each cleared answer with the same mark; each gets an answer of its own.

    A commitment is made once, by the first; the others are linked to it.
    Raises: NothingChosen, TooManyChosen.
    """

    mark = signature.mark

    def sign(question: Question) -> None:
        nonlocal mark
        signing.sign_answer(
            question,
            version=_as_seen(question, seen).number,
            signature=replace(signature, mark=mark),
            by=by,
            at=at,
        )
        if isinstance(mark, CommitmentWords):
            made = commitments_of(End(signing.SOURCE_KIND, question.code)).order_by("-id").first()
            mark = SharedCommitment(made.code) if made else mark

    return _each(questions, sign)


def _as_seen(question: Question, seen: Seen) -> DraftVersion:
    """Return the version that stands if it is the one that was read. Raises: DraftIsEmpty, VersionChanged."""
    assignment = running_assignment(question)
    version = latest_version(assignment) if assignment else None
    if version is None:
        raise DraftIsEmpty
    if seen.get(question.code) != version.number:
        raise VersionChanged(number=version.number)
    return version


def _each(questions: Sequence[Question], do: Doing) -> list[BulkResult]:
    if not questions:
        raise NothingChosen
    if len(questions) > MOST_AT_ONCE:
        raise TooManyChosen(limit=MOST_AT_ONCE)
    results: list[BulkResult] = []
    for chunk in split_chunks(questions, CHUNK):
        # Every room of the chunk is locked at once: feeds come before any other row, in order.
        with change_feeds({question.feed_id for question in chunk}):
            results += [_one(question, do) for question in chunk]
    return results


def _one(question: Question, do: Doing) -> BulkResult:
    try:
        with transaction.atomic():
            do(question)
    except KenesError as error:
        return BulkResult(question.code, error)
    return BulkResult(question.code)
