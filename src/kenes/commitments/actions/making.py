"""Putting a promise on record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from kenes.accounts.models import User
from kenes.commitments.actions.leaves import (
    EXECUTOR_ADDED,
    MADE,
    OBJECT_KIND,
    TRANSLATED,
    facts_of,
    joined_texts,
    log_commitment,
)
from kenes.commitments.actions.moves import Doing, changing, note
from kenes.commitments.actions.telling import tell_added, tell_made
from kenes.commitments.codes import WHOLE_COUNTRY, commitment_code
from kenes.commitments.errors import ExecutorTwice, TextStandsAlready
from kenes.commitments.models import Commitment, CommitmentSerial, CommitmentText, Executor, Move
from kenes.commitments.rules import clean_texts, one_line
from kenes.commitments.states import CommitmentState, ExecutorRole, Verb
from kenes.core.folding import fold
from kenes.core.languages import in_languages
from kenes.deadlines.actions import open_term
from kenes.links.models import End
from kenes.organisations.models import Organisation
from kenes.programme.models import Meeting
from kenes.record.actions import record_act
from kenes.territories.models import Place


@dataclass(frozen=True, slots=True)
class PromiseText:
    """What was promised: in which words, by which body, by when.

    `texts` by language, at least the one it was said in (`language`; the first one where it is not
    named); `made_by` is role and body in words. Sphere and place are the meeting's where none is given.
    """

    texts: Mapping[str, str]
    executor: Organisation
    due_on: date
    language: str = ""
    made_by: str = ""
    co_executors: Sequence[Organisation] = ()
    person: User | None = None
    sphere: str = ""
    place: Place | None = None


@transaction.atomic
def make_commitment(
    *, promise: PromiseText, source: End, meeting: Meeting | None, by: User | None, at: datetime
) -> Commitment:
    """Put a promise on record with its executors and its term; `source` is where it was made.

    Raises: PromiseLanguageUnknown, PromiseHasNoText, PromiseTextLength, PersonalDataInWords,
    ExecutorTwice, DueDateIsPast.
    """
    language = promise.language or next(iter(promise.texts), "")
    texts = clean_texts(promise.texts, language)
    bodies = [promise.executor, *promise.co_executors]
    if len({body.pk for body in bodies}) != len(bodies):
        raise ExecutorTwice
    region = meeting.session.region if meeting is not None else promise.place
    commitment = Commitment.objects.create(
        code=_next_code(region),
        language=language,
        sphere=promise.sphere or (meeting.sphere if meeting is not None else ""),
        region=region,
        place=promise.place or (meeting.place if meeting is not None else None),
        meeting=meeting,
        keeper=_keeper(meeting, promise.executor),
        source_kind=source.kind,
        source_id=source.id,
        made_by=one_line(promise.made_by),
        made_at=at,
        by=by,
        first_due_on=promise.due_on,
        due_on=promise.due_on,
    )
    open_term(object_kind=OBJECT_KIND, object_id=commitment.code, due_on=promise.due_on, by=by, at=at)
    _add_executors(commitment, bodies, promise.person)
    for code, text in texts.items():
        CommitmentText.objects.create(commitment=commitment, language=code, text=text, by=by, at=at)
    refold(commitment)
    Move.objects.create(commitment=commitment, new=CommitmentState.OPEN, by=by, at=at)
    _note_made(commitment, [body.public_id for body in bodies], texts, by=by, at=at)
    return commitment


def translate_commitment(
    commitment: Commitment, *, language: str, text: str, by: User | None, at: datetime
) -> CommitmentText:
    """Add the promise's text in another language. What stands already is never rewritten.

    Raises: CommitmentMoved, TextStandsAlready, PromiseLanguageUnknown, PromiseHasNoText,
    PromiseTextLength.
    """
    kept = clean_texts({language: text}, language)[language]
    doing = Doing(Verb.TRANSLATE, by, at)
    with changing(commitment, doing) as held:
        if held.texts.filter(language=language).exists():
            raise TextStandsAlready
        added = CommitmentText.objects.create(commitment=held, language=language, text=kept, by=by, at=at)
        refold(held)
        note(held, doing, {"language": language})
        log_commitment(TRANSLATED, held, at=at, facts={"language": language}, text=kept)
    return added


def add_co_executor(
    commitment: Commitment, *, organisation: Organisation, by: User | None, at: datetime
) -> Executor:
    """Let one more body take part; nobody who was named is ever struck out.

    Raises: CommitmentMoved, ExecutorTwice.
    """
    doing = Doing(Verb.ADD_EXECUTOR, by, at)
    with changing(commitment, doing) as held:
        if held.executors.filter(organisation=organisation).exists():
            raise ExecutorTwice
        added = Executor.objects.create(
            commitment=held, organisation=organisation, role=ExecutorRole.CO_EXECUTOR, added_at=at
        )
        refold(held)
        facts = {"executor": organisation.public_id}
        note(held, doing, facts)
        log_commitment(EXECUTOR_ADDED, held, at=at, facts=facts, text="")
        tell_added(held, added, at=at)
    return added


def refold(commitment: Commitment) -> None:
    """Write anew what a search for the commitment looks into."""
    texts = commitment.texts.values_list("text", flat=True)
    executors = commitment.executors.select_related("organisation")
    names = [name for row in executors for name in in_languages(row.organisation, "name").values()]
    commitment.folded = fold(" ".join([commitment.code, *texts, *names]))
    commitment.save(update_fields=["folded"])


def _next_code(region: Place | None) -> str:
    letters = (region.letters if region is not None else "") or WHOLE_COUNTRY
    CommitmentSerial.objects.get_or_create(letters=letters)
    serial = CommitmentSerial.objects.select_for_update().get(letters=letters)
    serial.last_number += 1
    serial.save(update_fields=["last_number"])
    return commitment_code(letters, serial.last_number)


def _keeper(meeting: Meeting | None, executor: Organisation) -> Organisation:
    """The host sees to what was promised at its meeting; else the body above the executor, or itself."""
    return meeting.host if meeting is not None else executor.parent or executor


def _add_executors(commitment: Commitment, bodies: Sequence[Organisation], person: User | None) -> None:
    for place, body in enumerate(bodies):
        is_lead = place == 0
        Executor.objects.create(
            commitment=commitment,
            organisation=body,
            role=ExecutorRole.LEAD if is_lead else ExecutorRole.CO_EXECUTOR,
            person=person if is_lead else None,
        )


def _note_made(
    commitment: Commitment,
    executors: Sequence[str],
    texts: Mapping[str, str],
    *,
    by: User | None,
    at: datetime,
) -> None:
    facts = facts_of(commitment, executors)
    record_act(
        act="make_commitment",
        object_kind=OBJECT_KIND,
        object_id=commitment.code,
        by=by,
        at=at,
        detail=facts,
    )
    log_commitment(MADE, commitment, at=at, facts=facts, text=joined_texts(texts))
    tell_made(commitment, at=at)
