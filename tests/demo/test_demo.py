"""The demonstration shows what it says: two campaigns, a seminar that always runs, every state."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from pytest_django import Settings

from kenes.accounts.models import User
from kenes.answering.models import ClearanceStep, DraftVersion
from kenes.commitments.models import Commitment
from kenes.commitments.pages import page_of
from kenes.commitments.queries import slips_of
from kenes.commitments.rules import standing_on
from kenes.coverage.figures import coverage_of
from kenes.coverage.scope import Scope
from kenes.coverage.states import Class
from kenes.demo.actions import load_demo
from kenes.demo.content.questions import LIVE_QUESTIONS
from kenes.demo.days import is_office_day, office_calendar
from kenes.minutes.models import Minutes, Remark, Summary
from kenes.minutes.states import MinutesState, SummaryState
from kenes.programme.models import Campaign, Meeting
from kenes.programme.states import MeetingState
from kenes.questions.models import Answer, Question, Reopening
from kenes.questions.states import LOOSE_ENDS, QuestionState
from kenes.record.models import Entry
from kenes.record.witnesses import problems_of_rows

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def uploads(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def demo(db: None) -> None:
    assert load_demo(at=NOW) is True


def live_meeting() -> Meeting:
    return Meeting.objects.get(state=MeetingState.OPEN)


@pytest.mark.usefixtures("demo")
def test_there_are_two_campaigns_both_marked_illustrative() -> None:
    assert sorted(Campaign.objects.values_list("slug", "is_illustrative")) == [
        ("days-2021", True),
        ("days-2026", True),
    ]


@pytest.mark.usefixtures("demo")
def test_its_rows_are_as_its_record_tells() -> None:
    assert list(problems_of_rows()) == []


@pytest.mark.usefixtures("demo")
def test_the_archive_has_fourteen_closed_meetings_in_six_spheres() -> None:
    meetings = Meeting.objects.filter(session__campaign__slug="days-2021")
    assert (meetings.count(), len(set(meetings.values_list("sphere", flat=True)))) == (14, 6)
    assert set(meetings.values_list("state", flat=True)) == {MeetingState.CLOSED}


@pytest.mark.usefixtures("demo")
def test_nothing_of_the_archive_is_a_loose_end() -> None:
    archived = Question.objects.filter(meeting__session__campaign__slug="days-2021")
    assert archived.count() == 12
    assert archived.filter(state__in=LOOSE_ENDS).count() == 0


@pytest.mark.usefixtures("demo")
def test_each_question_of_the_live_seminar_reached_its_state_with_its_votes() -> None:
    rows = Question.objects.filter(meeting=live_meeting()).order_by("serial")
    reached = [(row.text, str(row.state), (row.votes_confirmed, row.votes_guest)) for row in rows]
    assert reached == [(wanted.text, str(wanted.state), wanted.votes) for wanted in LIVE_QUESTIONS]
    assert len(reached) == 40


@pytest.mark.usefixtures("demo")
def test_loaded_again_nothing_is_doubled_and_the_seminar_still_runs() -> None:
    before = (Question.objects.count(), Meeting.objects.count(), User.objects.count())
    tomorrow = NOW + timedelta(days=1)
    assert load_demo(at=tomorrow) is False
    meeting = live_meeting()
    assert meeting.starts_at < tomorrow < meeting.ends_at
    assert (Question.objects.count(), Meeting.objects.count(), User.objects.count()) == before


@pytest.mark.usefixtures("demo")
def test_yesterdays_seminar_has_a_question_in_every_class_of_the_register() -> None:
    seminar = Meeting.objects.get(title_en__startswith="Social orders")
    coverage = coverage_of(Scope(meeting=seminar.code), today=NOW.date())
    assert [each for each in Class if not coverage.by_class[each]] == []
    assert (coverage.asked, coverage.merged, seminar.state) == (20, 2, MeetingState.CLOSED)


@pytest.mark.usefixtures("demo")
def test_the_demonstration_shows_every_state_of_a_question() -> None:
    assert set(Question.objects.values_list("state", flat=True)) == set(QuestionState)


@pytest.mark.usefixtures("demo")
def test_promises_stand_in_every_way_but_cancelled_and_two_of_them_in_a_report_and_aloud() -> None:
    promises = list(Commitment.objects.order_by("id"))
    assert Counter(str(standing_on(promise, NOW.date())) for promise in promises) == {
        "open": 6,
        "late": 1,
        "kept": 1,
        "kept_late": 1,
    }
    assert Counter(promise.source_kind for promise in promises) == {
        "question": 6,
        "meeting": 2,
        "agenda_item": 1,
    }
    assert [slip.due_on for slip in slips_of(["C-AKM-0002"])["C-AKM-0002"]] == sorted(
        slip.due_on for slip in slips_of(["C-AKM-0002"])["C-AKM-0002"]
    )
    assert len(slips_of(["C-AKM-0002"])["C-AKM-0002"]) == 2
    assert Commitment.objects.filter(state="reported").count() == 1


@pytest.mark.usefixtures("demo")
def test_the_directorates_signed_answers_passed_both_steps_of_its_chain() -> None:
    steps = list(ClearanceStep.objects.order_by("position"))
    assert [step.kind for step in steps] == ["clearer", "head"]
    signed = Answer.objects.filter(form="written", organisation=steps[0].organisation).values("question")
    versions = DraftVersion.objects.filter(draft__assignment__question__in=signed)
    passed = [sorted(version.clearances.values_list("step__position", flat=True)) for version in versions]
    assert len(passed) >= 2
    assert passed == [[1, 2]] * len(passed)


@pytest.mark.usefixtures("demo")
def test_minutes_are_shown_final_and_open_for_remarks_and_a_summary_approved() -> None:
    shown = (
        Minutes.objects.exclude(state=MinutesState.REPLACED)
        .order_by("meeting")
        .values_list("state", flat=True)
    )
    assert list(shown) == [MinutesState.FINAL, MinutesState.REMARKS]
    assert sorted(remark.resolution != "" for remark in Remark.objects.all()) == [False, True]
    assert [summary.state for summary in Summary.objects.all()] == [SummaryState.APPROVED]


@pytest.mark.usefixtures("demo")
def test_nothing_in_the_minutes_is_later_than_they_are() -> None:
    content = Minutes.objects.get(state=MinutesState.REMARKS).content
    moments = [answer["at"] for row in content["questions"] for answer in row["answers"]]
    assert [at for at in moments if at > content["as_of"]] == []


@pytest.mark.usefixtures("demo")
def test_one_question_was_asked_again() -> None:
    assert Reopening.objects.count() == 1


ANY_DAYS = {
    "a weekday before dawn": datetime(2026, 11, 25, 20, tzinfo=UTC),
    "a Sunday": datetime(2026, 11, 29, 6, tzinfo=UTC),
    "a Monday morning": datetime(2026, 11, 30, 4, tzinfo=UTC),
    "the last day of Nauryz": datetime(2027, 3, 24, 10, tzinfo=UTC),
    "the second of January": datetime(2027, 1, 2, 18, 59, tzinfo=UTC),
    "the leap day": datetime(2028, 2, 29, 9, tzinfo=UTC),
}


def at_work(at: datetime) -> bool:
    """Say whether offices are at work at that moment."""
    local = at.astimezone(ZoneInfo("Asia/Almaty"))
    return is_office_day(local.date(), office_calendar()) and time(9) <= local.time() <= time(18)


@pytest.mark.django_db
@pytest.mark.parametrize("day", list(ANY_DAYS))
def test_it_is_plausible_on_any_day(day: str) -> None:
    now = ANY_DAYS[day]
    load_demo(at=now)
    seminar = Meeting.objects.get(title_en__startswith="Social orders")
    others = Meeting.objects.exclude(state=MeetingState.OPEN)
    assert [meeting.starts_at for meeting in others if not at_work(meeting.starts_at)] == []
    told = Entry.objects.filter(at__gt=now)
    assert [(entry.act, entry.at) for entry in told] == []
    coverage = coverage_of(Scope(meeting=seminar.code), today=timezone.localdate(now))
    assert [each for each in Class if not coverage.by_class[each]] == []
    promises = Commitment.objects.order_by("id")
    assert {str(standing_on(promise, timezone.localdate(now))) for promise in promises} == {
        "open",
        "late",
        "kept",
        "kept_late",
    }
    for promise in promises:
        steps = list(page_of(promise, on=timezone.localdate(now)).steps)
        assert (steps[0].key, sum(step.key == "made" for step in steps)) == ("made", 1)
        assert [step.key for step in steps if not at_work(step.at)] == []
