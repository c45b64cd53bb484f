"""What executors report: progress with its evidence, and that it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from kenes.accounts.models import User
from kenes.commitments.actions.moves import Doing, changing, move, note
from kenes.commitments.actions.telling import tell_submitted
from kenes.commitments.errors import (
    DoneNeedsEvidence,
    NotAnExecutor,
    PromiseLanguageUnknown,
    TooMuchEvidence,
)
from kenes.commitments.models import Commitment, Evidence, Progress
from kenes.commitments.queries import evidence_since_return
from kenes.commitments.rules import (
    EVIDENCE_MOST,
    LANGUAGE_CODES,
    check_evidence,
    clean_report,
    one_line,
)
from kenes.commitments.states import Claim, Verb
from kenes.files.models import Upload
from kenes.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence: a file that was kept (`files.keep_upload`), or a link; with a title."""

    title: str = ""
    upload: Upload | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a body has to say of a commitment, in which language, with what to show for it."""

    organisation: Organisation
    text: str
    language: str
    evidence: Sequence[Proof] = ()


def report_progress(commitment: Commitment, *, report: Report, by: User, at: datetime) -> Progress:
    """Add what an executing body did so far; the commitment stays open.

    Raises: CommitmentMoved, NotAnExecutor, ReportTextLength, PromiseLanguageUnknown, TooMuchEvidence,
    EvidenceIncomplete, EvidenceAddressRefused.
    """
    text = _checked(report)
    doing = Doing(Verb.REPORT, by, at)
    with changing(commitment, doing) as held:
        progress = _add(held, report, text, claim=Claim.UNDER_WAY, doing=doing)
        note(held, doing, {"body": report.organisation.public_id, "evidence": len(report.evidence)})
    return progress


def submit_done(commitment: Commitment, *, report: Report, by: User, at: datetime) -> Progress:
    """Report the whole as done: it waits for a second person. What a return left behind is not enough.

    Raises: DoneNeedsEvidence, and what `report_progress` raises.
    """
    text = _checked(report)
    doing = Doing(Verb.SUBMIT, by, at)
    with changing(commitment, doing) as held:
        if not report.evidence and not evidence_since_return(held).exists():
            raise DoneNeedsEvidence
        progress = _add(held, report, text, claim=Claim.DONE, doing=doing)
        held.reported_on = timezone.localdate(at)
        held.submitted_by = by
        move(held, doing, fields=["reported_on", "submitted_by"])
        note(held, doing, {"body": report.organisation.public_id, "evidence": len(report.evidence)})
        tell_submitted(held, progress, at=at)
    return progress


def _checked(report: Report) -> str:
    if report.language not in LANGUAGE_CODES:
        raise PromiseLanguageUnknown
    if len(report.evidence) > EVIDENCE_MOST:
        raise TooMuchEvidence(most=EVIDENCE_MOST)
    for proof in report.evidence:
        check_evidence(proof.url, has_file=proof.upload is not None)
    return clean_report(report.text)


def _add(held: Commitment, report: Report, text: str, *, claim: Claim, doing: Doing) -> Progress:
    if not held.executors.filter(organisation=report.organisation).exists():
        raise NotAnExecutor
    progress = Progress.objects.create(
        commitment=held,
        organisation=report.organisation,
        claim=claim,
        text=text,
        language=report.language,
        by=doing.by,
        at=doing.at,
    )
    for proof in report.evidence:
        Evidence.objects.create(progress=progress, title=_title_of(proof), upload=proof.upload, url=proof.url)
    return progress


def _title_of(proof: Proof) -> str:
    name = proof.upload.original_name if proof.upload is not None else proof.url
    return one_line(proof.title) or name[:200]
