"""Commitments by where they were made, and what belongs to one."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, Prefetch, Q, QuerySet

from kenes.accounts.models import User
from kenes.accounts.queries import members_on, users_with_role
from kenes.accounts.rules import has_role
from kenes.accounts.states import MembershipKind, Role
from kenes.commitments.models import Commitment, CommitmentText, Evidence, Executor, Progress
from kenes.commitments.states import Claim, CommitmentState
from kenes.core.languages import LocalizedText
from kenes.deadlines.models import TermEntry
from kenes.links.models import End
from kenes.links.queries import links_from, links_to
from kenes.organisations.models import Organisation
from kenes.programme.models import Meeting

KIND = "commitment"
# Kinds of sources: a statement made aloud, and a key task announced in a report on the agenda.
MEETING, AGENDA_ITEM = "meeting", "agenda_item"
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
    executors = list(commitment.executors.select_related("organisation", "person"))
    people = {person.pk: person for person in people_of([row.organisation for row in executors], on=on)}
    named = [row.person for row in executors if row.person is not None and row.person.is_active]
    return list((people | {person.pk: person for person in named}).values())


def people_of(bodies: Iterable[Organisation], *, on: date) -> list[User]:
    """Return the heads and the executors of bodies on a day, each once."""
    people: dict[int, User] = {}
    for body in bodies:
        for member in members_on(body, on).prefetch_related("user__roles"):
            is_head = member.kind == MembershipKind.HEAD
            if is_head or has_role(member.user, Role.EXECUTOR, organisation=body):
                people[member.user_id] = member.user
    return list(people.values())


def keepers_people(commitment: Commitment, *, on: date) -> list[User]:
    """Return who looks at what was submitted: the heads and the moderators of the body that sees to it."""
    keeper = commitment.keeper
    people = {member.user_id: member.user for member in members_on(keeper, on, kind=MembershipKind.HEAD)}
    moderators = users_with_role(Role.MODERATOR, organisation=keeper)
    return list((people | {user.pk: user for user in moderators}).values())


def said_at(meeting: Meeting) -> QuerySet[Commitment]:
    """Return the commitments made aloud at a meeting, in a report or beside one, oldest first."""
    aloud = Commitment.objects.filter(meeting=meeting, source_kind__in=[MEETING, AGENDA_ITEM])
    return for_cards(aloud).order_by("id")
