"""Commitments by where they were made, and what belongs to one."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, Prefetch, Q, QuerySet

from kenes.accounts.models import User
from kenes.accounts.queries import members_on
from kenes.accounts.rules import has_role
from kenes.accounts.states import MembershipKind, Role
from kenes.commitments.models import Commitment, CommitmentText, Evidence, Executor, Progress
from kenes.commitments.states import Claim, CommitmentState
from kenes.core.languages import LocalizedText
from kenes.deadlines.models import TermEntry
from kenes.links.models import End
from kenes.links.queries import links_from, links_to

KIND = "commitment"
# An answer that repeats a promise made elsewhere links to that commitment instead of making one more.
REPEATS = "repeats_commitment_of"


def commitments_of(source: End) -> QuerySet[Commitment]:
    """Return the commitments made or repeated there, oldest first, with what a card of one shows."""
    made = Q(source_kind=source.kind, source_id=source.id)
    repeated = links_from(source, relation=REPEATS).filter(target_kind=KIND).order_by()
    found = Commitment.objects.filter(made | Q(code__in=repeated.values("target_id")))
    return for_cards(found).order_by("id")


def sources_of(commitment: Commitment) -> list[End]:
    """Return where the commitment was made, and after that where it was repeated."""
    repeated = links_to(End(KIND, commitment.code), relation=REPEATS)
    return [commitment.source, *(link.source for link in repeated)]


def for_cards(commitments: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Return commitments with their texts, executors, meeting and place at hand."""
    return commitments.select_related("meeting", "region", "place", "keeper").prefetch_related(
        Prefetch("texts", CommitmentText.objects.order_by("id")),
        Prefetch("executors", Executor.objects.select_related("organisation").order_by("id")),
    )


def promise_in(commitment: Commitment, language: str) -> LocalizedText:
    """Return the promise in a language, or as it was said; needs its texts at hand."""
    texts = {text.language: text.text for text in commitment.texts.all()}
    found = language if language in texts else commitment.language
    return LocalizedText(texts.get(found, ""), found, found != language)


def slips_of(codes: Iterable[str]) -> dict[str, list[TermEntry]]:
    """Return the moves of the dates of many commitments by their code, oldest first, in one query."""
    lines = TermEntry.objects.filter(
        term__object_kind="commitment", term__object_id__in=list(codes), old_due_on__isnull=False
    )
    slips: dict[str, list[TermEntry]] = {}
    for line in lines.select_related("term").order_by("id"):
        slips.setdefault(line.term.object_id, []).append(line)
    return slips


def submission_of(commitment: Commitment) -> Progress | None:
    """Return the report that claims the commitment to be done, the last one."""
    return commitment.progress.filter(claim=Claim.DONE).order_by("id").last()


def evidence_since_return(commitment: Commitment) -> QuerySet[Evidence]:
    """Return the evidence given since it was made, or since it was returned last."""
    returned = commitment.moves.filter(old=CommitmentState.REPORTED, new=CommitmentState.OPEN)
    since = returned.aggregate(at=Max("at"))["at"]
    evidence = Evidence.objects.filter(progress__commitment=commitment)
    return evidence if since is None else evidence.filter(progress__at__gt=since)


def open_due_between(first: date, last: date) -> QuerySet[Commitment]:
    """Return the commitments to be kept that are due from one day through another."""
    due = Commitment.objects.filter(state=CommitmentState.OPEN, due_on__range=(first, last))
    return for_cards(due).order_by("due_on", "id")


def executors_people(commitment: Commitment, *, on: date) -> list[User]:
    """Return who is told of the commitment: heads and executors of its bodies, and who is named for it."""
    people: dict[int, User] = {}
    for executor in commitment.executors.select_related("organisation", "person"):
        members = members_on(executor.organisation, on).prefetch_related("user__roles")
        for member in members:
            is_head = member.kind == MembershipKind.HEAD
            if is_head or has_role(member.user, Role.EXECUTOR, organisation=executor.organisation):
                people[member.user_id] = member.user
        if executor.person is not None and executor.person.is_active:
            people[executor.person.pk] = executor.person
    return list(people.values())
