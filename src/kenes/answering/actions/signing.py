"""Signing: the cleared version becomes the published answer, with its commitment if it makes one."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kenes.accounts.models import User
from kenes.answering.actions.work import Act, Work, note, working
from kenes.answering.errors import NotNow, PromiseNotMarked, SignatureIsNoCms
from kenes.answering.models import SignatureFile
from kenes.answering.queries import chain_of, texts_of
from kenes.answering.rules import (
    CommitmentWords,
    NoCommitment,
    PromiseMark,
    SharedCommitment,
    clean_promise,
    is_cms,
    next_link,
    publishable,
    refuse_incomplete,
    refuse_unchecked,
    words_to_sign,
)
from kenes.answering.states import WorkVerb
from kenes.commitments.actions import PromiseText, make_commitment
from kenes.commitments.queries.single import KIND, REPEATS
from kenes.files.models import Upload
from kenes.links.actions import link
from kenes.links.models import End
from kenes.questions import actions as questions
from kenes.questions.actions import WrittenAnswer
from kenes.questions.models import Answer, Question
from kenes.questions.rules import clean_role
from kenes.questions.states import Promise

SOURCE_KIND = "question"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, as it is published (role and body), the mark, and the file of a digital signature.

    `leave_reason` says why personal data in the answer may stay (an office's telephone).
    """

    signed_as: str
    mark: PromiseMark | None
    file: Upload | None = None
    leave_reason: str = ""


def sign_answer(
    question: Question, *, version: int, signature: Signature, by: User | None, at: datetime
) -> Answer:
    """Publish the cleared version that the signer read, and put its commitment on record.

    Raises: PromiseNotMarked, PromiseIncomplete, TextsMissing, TranslationsUnchecked, SignatureIsNoCms,
    TextTooShort (of the role), VersionChanged, DraftIsEmpty, UnreviewedPersonalData, NotNow, WorkNotOpen,
    and what `make_commitment` raises.
    """
    if signature.mark is None:
        raise PromiseNotMarked
    if signature.file is not None and not is_cms(signature.file):
        raise SignatureIsNoCms
    signed_as = clean_role(signature.signed_as)
    promised = clean_promise(signature.mark) if isinstance(signature.mark, CommitmentWords) else {}
    with working(question, Act(WorkVerb.SIGN, by, at)) as work:
        texts = _cleared_texts(work, version)
        answer = questions.answer_in_writing(
            question,
            written=WrittenAnswer(
                texts=texts,
                language=next(iter(texts)),
                answered_by=signed_as,
                organisation=work.assignment.organisation,
                promise=Promise.NONE if isinstance(signature.mark, NoCommitment) else Promise.MADE,
                leave_reason=signature.leave_reason,
            ),
            by=by,
            at=at,
        )
        code = _promise(work, signature.mark, promised, signed_as=signed_as)
        if signature.file is not None:
            _keep_signature(answer, signature.file, code=question.code)
        note(work, "sign_answer", detail={"version": version, "commitment": code})
    return answer


def _cleared_texts(work: Work, number: int) -> dict[str, str]:
    """Return the version's texts, the original first."""
    version = work.version(number)
    if next_link(chain_of(work.assignment.organisation, version)) is not None:
        raise NotNow
    rows = texts_of(version)
    statuses = {language: row.status for language, row in rows.items()}
    refuse_incomplete(statuses)
    refuse_unchecked(statuses)
    return publishable({language: (row.text, row.status) for language, row in rows.items()})


def _keep_signature(answer: Answer, upload: Upload, *, code: str) -> None:
    """Keep the file with the digest of what it is over, so that a later redaction is told."""
    over = words_to_sign(code, {row.language: row.text for row in answer.texts.all()})
    digest = hashlib.sha256(over).hexdigest()
    SignatureFile.objects.create(answer=answer, upload=upload, over_sha256=digest, by=answer.by, at=answer.at)


def _promise(work: Work, mark: PromiseMark, promised: Mapping[str, str], *, signed_as: str) -> str:
    """Put the commitment on record, or link to the one that is; return its code."""
    source = End(SOURCE_KIND, work.question.code)
    by, at = work.act.by, work.act.at
    if isinstance(mark, SharedCommitment):
        link(source, End(KIND, mark.code), relation=REPEATS, by=by, at=at)
        return mark.code
    if not isinstance(mark, CommitmentWords) or mark.executor is None or mark.due_on is None:
        return ""
    promise = PromiseText(promised, mark.executor, mark.due_on, made_by=signed_as)
    return make_commitment(promise=promise, source=source, meeting=work.question.meeting, by=by, at=at).code
