"""What the pages of commitments show, made ready: cards of a list, and one commitment's whole story."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenes.commitments.models import Commitment, Evidence, Executor, Progress
from kenes.commitments.queries import promise_in, sources_of
from kenes.commitments.rules import standing_on
from kenes.commitments.sources import Source, sources_told
from kenes.commitments.states import Claim, CommitmentState, ExecutorRole, Standing
from kenes.core.languages import LocalizedText, localized
from kenes.deadlines.models import TermEntry
from kenes.deadlines.queries import ledger_of
from kenes.organisations.models import Organisation
from kenes.programme.states import SphereKey


@dataclass(frozen=True, slots=True)
class Card:
    """A commitment as a list shows it on a day."""

    commitment: Commitment
    promise: LocalizedText
    standing: Standing
    lead: Organisation | None
    co_executors: Sequence[Organisation]
    slipped_days: int
    waits: bool

    @property
    def sphere(self) -> str:
        """The sphere's name, or nothing."""
        key = self.commitment.sphere
        return str(SphereKey(key).label) if key in SphereKey.values else ""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to a commitment. `key` is its kind, for the look."""

    at: datetime
    key: str
    label: str | Promise
    text: str = ""
    language: str = ""
    body: LocalizedText | None = None
    evidence: Sequence[Evidence] = ()
    old_due_on: date | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class CommitmentPage:
    """A commitment's page: the card, where it was made (then repeated), and its story, oldest first."""

    card: Card
    sources: Sequence[Source]
    zone: str
    steps: Sequence[Step]
    slips: Sequence[TermEntry]
    other_texts: Sequence[LocalizedText] = field(default_factory=tuple)

    @property
    def link(self) -> str:
        """The permanent address."""
        return f"{settings.PUBLIC_URL}/c/{self.card.commitment.code}"


def cards_of(commitments: Iterable[Commitment], *, on: date) -> list[Card]:
    """Return cards of commitments; needs what `queries.for_cards` brings."""
    return [_card(commitment, on) for commitment in commitments]


def page_of(commitment: Commitment, *, on: date) -> CommitmentPage:
    """Return the page of one commitment, with what `access.commitment_of` brings at hand."""
    ledger = list(ledger_of(object_kind="commitment", object_id=commitment.code))
    card = _card(commitment, on)
    others = [
        LocalizedText(text.text, text.language, is_fallback=True)
        for text in commitment.texts.all()
        if text.language != card.promise.language
    ]
    meeting = commitment.meeting
    ends = sources_of(commitment)
    told = sources_told(ends)
    return CommitmentPage(
        card=card,
        sources=[told[end] for end in ends],
        zone=meeting.zone if meeting is not None else settings.TIME_ZONE,
        steps=sorted(_steps(commitment, ledger), key=lambda step: step.at),
        slips=[line for line in ledger if line.old_due_on is not None],
        other_texts=others,
    )


def _card(commitment: Commitment, on: date) -> Card:
    executors: list[Executor] = list(commitment.executors.all())
    leads = [executor.organisation for executor in executors if executor.role == ExecutorRole.LEAD]
    return Card(
        commitment=commitment,
        promise=promise_in(commitment, get_language() or ""),
        standing=standing_on(commitment, on),
        lead=leads[0] if leads else None,
        co_executors=[executor.organisation for executor in executors if executor.role != ExecutorRole.LEAD],
        slipped_days=max(0, (commitment.due_on - commitment.first_due_on).days),
        waits=commitment.state == CommitmentState.REPORTED,
    )


def _steps(commitment: Commitment, ledger: Sequence[TermEntry]) -> list[Step]:
    return [
        _made(commitment),
        *(_moved(line) for line in ledger if line.old_due_on is not None),
        *_additions(commitment),
        *_reports(commitment),
        *_ends(commitment),
    ]


def _made(commitment: Commitment) -> Step:
    return Step(
        commitment.made_at,
        "made",
        _("Promised"),
        text=commitment.made_by,
        language=commitment.language,
        due_on=commitment.first_due_on,
    )


def _moved(line: TermEntry) -> Step:
    is_later = line.old_due_on is not None and line.due_on > line.old_due_on
    label = _("Date moved later") if is_later else _("Date moved earlier")
    key = "later" if is_later else "earlier"
    return Step(line.at, key, label, text=line.reason, old_due_on=line.old_due_on, due_on=line.due_on)


def _additions(commitment: Commitment) -> list[Step]:
    added = [(row.added_at, row.organisation) for row in commitment.executors.all()]
    label = _("Takes part in it from now on")
    return [Step(at, "joined", label, body=localized(body, "name")) for at, body in added if at is not None]


def _reports(commitment: Commitment) -> list[Step]:
    return [_report(row) for row in commitment.progress.all()]


def _report(row: Progress) -> Step:
    is_done = row.claim == Claim.DONE
    return Step(
        row.at,
        "submitted" if is_done else "progress",
        _("Reported as done") if is_done else _("Progress reported"),
        text=row.text,
        language=row.language,
        body=localized(row.organisation, "name"),
        evidence=list(row.evidence.all()),
    )


def _ends(commitment: Commitment) -> list[Step]:
    steps = []
    for move in commitment.moves.order_by("id"):
        if move.old == CommitmentState.REPORTED and move.new == CommitmentState.OPEN:
            steps.append(Step(move.at, "returned", _("Returned"), text=move.reason))
        elif move.new == CommitmentState.CANCELLED:
            steps.append(Step(move.at, "cancelled", _("Cancelled"), text=move.reason))
    acceptance = getattr(commitment, "acceptance", None)
    if acceptance is not None:
        body = localized(acceptance.organisation, "name")
        label = _("Accepted as kept by a second person")
        steps.append(Step(acceptance.at, "accepted", label, text=acceptance.note, body=body))
    return steps
