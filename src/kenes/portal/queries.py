"""What the portal's pages ask. Each number has its definition here and a list that shows its rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count, Model, Q, QuerySet, prefetch_related_objects

from kenes.accounts.models import User
from kenes.accounts.rules import AnyUser, has_role_anywhere
from kenes.accounts.states import Role
from kenes.answering.access import units_of
from kenes.answering.queries import QueueCounts, QueueFilter, count_queue, questions_in_queue
from kenes.core.folding import fold
from kenes.programme.models import Campaign, Meeting, StrategicSession
from kenes.programme.rules import may_moderate
from kenes.programme.states import MeetingState, SphereKey
from kenes.questions.models import Question
from kenes.questions.states import HAS_PAGE, QuestionState
from kenes.territories.models import Place
from kenes.territories.queries import places_valid_on, regions_on

Row = TypeVar("Row", bound=Model)

# What is searched for, in letters.
SHORTEST = 2
LONGEST = 200

# A question has been answered, or somebody owes its answer, or it still waits in the room.
STATE_GROUPS: dict[str, tuple[QuestionState, ...]] = {
    "answered": (QuestionState.ANSWERED,),
    "assigned": (QuestionState.ASSIGNED, QuestionState.DRAFTED, QuestionState.CLEARED),
    "open": (QuestionState.OPEN, QuestionState.STAGED),
}


@dataclass(frozen=True, slots=True)
class QuestionFilter:
    """What a list of questions is narrowed to; blank is all.

    `region`: two digits; `campaign`: slug; `meeting`: code; `group`: a key of `STATE_GROUPS`;
    `words`: what the code and the text must hold.
    """

    region: str = ""
    campaign: str = ""
    meeting: str = ""
    group: str = ""
    language: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class QuestionCounts:
    """Public questions of something, and how many of them are answered."""

    asked: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting with its counts."""

    meeting: Meeting
    counts: QuestionCounts


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region with the number of its meetings, those on now, and its questions."""

    region: Place
    meetings: int
    live: int
    counts: QuestionCounts


@dataclass(frozen=True, slots=True)
class SphereRow:
    """A sphere of a campaign with the number of its meetings."""

    key: str
    label: str
    meetings: int


def public_questions() -> QuerySet[Question]:
    """Return the questions on the public list; held, refused and withdrawn ones are not."""
    return Question.objects.filter(public_since__isnull=False, public_until=None)


def registered_questions() -> QuerySet[Question]:
    """Return what the register lists and the portal counts: refused questions too."""
    return Question.objects.filter(state__in=HAS_PAGE)


def words_of(text: str) -> list[str]:
    """Return the folded words to look for; none where they are too short to mean anything."""
    words = fold(text.replace("\0", " ")[:LONGEST]).split()
    return words if len("".join(words)) >= SHORTEST else []


def holding(rows: QuerySet[Row], words: list[str]) -> QuerySet[Row]:
    """Narrow rows to those whose folded copy holds every word."""
    for word in words:
        rows = rows.filter(folded__contains=word)
    return rows


def questions_found(narrowed: QuestionFilter) -> QuerySet[Question]:
    """Return the public questions of a filter, the newest first."""
    found = public_questions().select_related("meeting__place", "meeting__session__region")
    conditions = {
        "meeting__session__region__kato": narrowed.region and f"{narrowed.region}0000000",
        "meeting__session__campaign__slug": narrowed.campaign,
        "meeting__code": narrowed.meeting.upper(),
        "language": narrowed.language,
    }
    found = found.filter(**{column: value for column, value in conditions.items() if value})
    if narrowed.group in STATE_GROUPS:
        found = found.filter(state__in=STATE_GROUPS[narrowed.group])
    return holding(found, words_of(narrowed.words)).order_by("-id")


def group_counts(questions: QuerySet[Question]) -> dict[str, int]:
    """Return how many of `questions` stand in each group of states, and under "" how many there are."""
    sums = {group: Count("pk", filter=Q(state__in=states)) for group, states in STATE_GROUPS.items()}
    return dict(questions.order_by().aggregate(all=Count("pk"), **sums))


def for_cards(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Return meetings with all at hand that their cards show."""
    return meetings.prefetch_related(None).select_related(
        "place", "host", "session__region", "session__campaign__host"
    )


def rooms_to_run(user: AnyUser, meetings: Iterable[Meeting]) -> list[Meeting]:
    """Return those of the meetings that the user moderates; no query for who does not moderate at all."""
    if not isinstance(user, User) or not has_role_anywhere(user, Role.MODERATOR):
        return []
    prefetch_related_objects([user], "roles")
    return [meeting for meeting in meetings if may_moderate(user, meeting)]


def answers_to_write(user: AnyUser, today: date) -> QueueCounts | None:
    """Return how much the user's units owe; None, without a query, for who is not signed in."""
    if not isinstance(user, User):
        return None
    counts = count_queue(questions_in_queue(units_of(user, on=today), QueueFilter(), today=today))
    return counts if counts.total else None


def meetings_of_region(region: Place) -> QuerySet[Meeting]:
    """Return the meetings of a region's sessions, the latest first."""
    return for_cards(Meeting.objects.filter(session__region=region)).order_by("-starts_at", "-id")


def sessions_of_region(region: Place) -> QuerySet[StrategicSession]:
    """Return a region's sessions with their campaigns and the number of their meetings."""
    found = StrategicSession.objects.filter(region=region).select_related("campaign")
    return found.annotate(meeting_count=Count("meetings")).order_by("-starts_on", "id")


def places_below(region: Place, on: date) -> QuerySet[Place]:
    """Return the districts and cities of a region as they were on a day, by code."""
    return places_valid_on(on).filter(parent=region).order_by("kato")


def with_counts(meetings: Iterable[Meeting]) -> list[MeetingRow]:
    """Return meetings with the counts of their public questions, in one query."""
    wanted = list(meetings)
    rows = registered_questions().filter(meeting__in=wanted).order_by().values("meeting")
    counted = {row["meeting"]: _counts(row) for row in rows.annotate(**_COUNTED)}
    return [MeetingRow(meeting, counted.get(meeting.pk, QuestionCounts())) for meeting in wanted]


def region_rows(on: date) -> list[RegionRow]:
    """Return the regions of a day with their counts, in three queries."""
    region = "session__region"
    live = Count("pk", filter=Q(state=MeetingState.OPEN))
    held = Meeting.objects.order_by().values(region).annotate(all=Count("pk"), live=live)
    meetings = {row[region]: (row["all"], row["live"]) for row in held}
    asked = registered_questions().order_by().values(f"meeting__{region}").annotate(**_COUNTED)
    counted = {row[f"meeting__{region}"]: _counts(row) for row in asked}
    return [
        RegionRow(place, *meetings.get(place.pk, (0, 0)), counted.get(place.pk, QuestionCounts()))
        for place in regions_on(on)
    ]


def current_campaign(on: date) -> Campaign | None:
    """Return the campaign of the day, else the one that began last, with the number of its meetings."""
    begun = Campaign.objects.filter(starts_on__lte=on).select_related("host")
    return begun.annotate(meeting_count=Count("sessions__meetings")).order_by("-starts_on", "-id").first()


def campaign_counts(campaign: Campaign) -> QuestionCounts:
    """Return how many public questions a campaign has, and how many are answered."""
    questions = registered_questions().filter(meeting__session__campaign=campaign)
    return _counts(questions.order_by().aggregate(**_COUNTED))


def sphere_rows(campaign: Campaign) -> list[SphereRow]:
    """Return the campaign's spheres with the number of their meetings; a second sphere counts too."""
    held = Meeting.objects.filter(session__campaign=campaign).order_by()
    pairs = held.values_list("sphere", "second_sphere").annotate(number=Count("pk"))
    numbers = dict.fromkeys(SphereKey.values, 0)
    for first, second, number in pairs:
        for key in {first, second} & numbers.keys():
            numbers[key] += number
    covered = set(campaign.spheres or SphereKey.values)
    return [
        SphereRow(key.value, str(key.label), numbers[key])
        for key in SphereKey
        if key in covered or numbers[key]
    ]


_COUNTED = {"asked": Count("pk"), "answered": Count("pk", filter=Q(state=QuestionState.ANSWERED))}


def _counts(row: Mapping[str, Any]) -> QuestionCounts:
    return QuestionCounts(row["asked"], row["answered"])
