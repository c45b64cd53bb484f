"""The demonstration shows what it says: two campaigns, a seminar that always runs, every state."""

from datetime import UTC, datetime, timedelta

import pytest

from kenes.accounts.models import User
from kenes.commitments.models import Commitment
from kenes.coverage.figures import coverage_of
from kenes.coverage.scope import Scope
from kenes.coverage.states import Class
from kenes.demo.actions import load_demo
from kenes.demo.content.questions import LIVE_QUESTIONS
from kenes.minutes.models import Minutes, Remark, Summary
from kenes.minutes.states import MinutesState, SummaryState
from kenes.programme.models import Campaign, Meeting
from kenes.programme.states import MeetingState
from kenes.questions.models import Question, Reopening
from kenes.questions.states import LOOSE_ENDS, QuestionState

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)


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
def test_one_promise_is_kept_and_one_has_slipped() -> None:
    dates = Commitment.objects.order_by("id").values_list("state", "first_due_on", "due_on")
    assert sorted((state, due != first) for state, first, due in dates) == [
        ("done", False),
        ("open", False),
        ("open", False),
        ("open", True),
    ]


@pytest.mark.usefixtures("demo")
def test_one_question_was_asked_again() -> None:
    assert Reopening.objects.count() == 1
