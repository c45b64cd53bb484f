"""Each question in one class; the classes sum to what was asked; each number is its list's length."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from answer_coverage.asked import TODAY, Story, asked
from factories import NOON, a_body, a_campaign, a_meeting, a_region, a_session
from kenes.coverage import lists
from kenes.coverage.figures import CLASSES, coverage_figures, coverage_of, durations, nearest_rank
from kenes.coverage.scope import Scope
from kenes.coverage.states import Class, Dimension
from kenes.organisations.models import Organisation
from kenes.programme.models import Meeting, StrategicSession
from kenes.programme.states import SphereKey
from kenes.questions.models import Answer, Question
from kenes.questions.states import QuestionState

pytestmark = pytest.mark.django_db

EARLY, LATE = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
ALL = Scope()
STORIES = [
    (Story("answered", answer="aloud"), Class.ALOUD),
    (Story("answered", answer="in_time", working_days=5), Class.IN_TIME),
    (Story("answered", answer="late"), Class.LATE),
    (Story("assigned", due_on=TODAY), Class.NOT_YET_DUE),
    (Story("drafted", due_on=LATE), Class.NOT_YET_DUE),
    (Story("cleared", due_on=EARLY), Class.OVERDUE),
    (Story("assigned", due_on=EARLY), Class.OVERDUE),
    (Story("assigned", due_on=EARLY, paused_on=EARLY - timedelta(days=1)), Class.NOT_YET_DUE),
    (Story("assigned", due_on=EARLY, paused_on=TODAY), Class.OVERDUE),
    (Story("assigned", answer="aloud", due_on=LATE), Class.NOT_YET_DUE),
    (Story("assigned", answer="in_time", due_on=EARLY), Class.OVERDUE),
    (Story("held"), Class.WAITING),
    (Story("held", due_on=LATE), Class.WAITING),
    (Story("held", due_on=EARLY), Class.OVERDUE),
    (Story("open"), Class.WAITING),
    (Story("staged"), Class.WAITING),
    (Story("refused"), Class.REFUSED),
    (Story("passed_on"), Class.PASSED_ON),
    (Story("withdrawn"), Class.WITHDRAWN),
]


@pytest.fixture
def meeting() -> Meeting:
    return a_meeting()


@pytest.mark.parametrize(("story", "expected"), STORIES)
def test_a_question_is_in_its_class(story: Story, expected: Class, meeting: Meeting) -> None:
    asked(meeting, story)
    counted = {each: number for each, number in coverage_of(ALL, today=TODAY).by_class.items() if number}
    assert counted == {expected: 1}


@pytest.mark.parametrize(("story", "expected"), STORIES)
def test_a_merged_question_counts_as_its_target_and_is_told(
    story: Story, expected: Class, meeting: Meeting
) -> None:
    target = asked(meeting, story)
    asked(meeting, Story(), into=target)
    coverage = coverage_of(ALL, today=TODAY)
    assert (coverage.by_class[expected], coverage.asked, coverage.merged) == (2, 2, 1)


def test_every_state_has_a_class(meeting: Meeting) -> None:
    target = asked(meeting, Story("open"))
    for state in QuestionState:
        if state is not QuestionState.STAGED:
            asked(meeting, Story(state), into=target if state == "merged" else None)
    assert coverage_of(ALL, today=TODAY).asked == Question.objects.count()


def test_an_answer_taken_back_does_not_count(meeting: Meeting) -> None:
    question = asked(meeting, Story("answered", answer="late"))
    fields = {"form": "aloud", "text": "No.", "language": "en", "at": NOON, "retracted_at": NOON}
    Answer.objects.create(question=question, **fields)
    assert coverage_of(ALL, today=TODAY).by_class[Class.LATE] == 1


def test_each_number_is_the_length_of_its_list(meeting: Meeting) -> None:
    for place, (story, _class) in enumerate(STORIES):
        target = asked(meeting, story)
        if place % 3 == 0:
            asked(meeting, Story(), into=target)
    coverage = coverage_of(ALL, today=TODAY)
    lengths = {each: lists.rows_of(figure.name, ALL, today=TODAY).count() for each, figure in CLASSES.items()}
    assert lengths == coverage.by_class
    assert lists.rows_of("asked", ALL, today=TODAY).count() == coverage.asked == sum(lengths.values())
    assert lists.rows_of("merged", ALL, today=TODAY).count() == coverage.merged == 7


def test_the_parts_sum_to_the_whole_and_two_spheres_count_in_both(meeting: Meeting) -> None:
    other = a_meeting(
        a_session(a_campaign("days-2022"), region=a_region("KST", "390000000")), second_sphere=""
    )
    unit = a_body("Directorate", "directorate")
    for (story, _class), where in zip(STORIES, [meeting, other] * 20, strict=False):
        asked(where, replace(story, unit=unit if story.due_on else None))
    found = coverage_figures(ALL, today=TODAY)
    sums = {each: sum(part.asked for part in found.by[each].values()) for each in Dimension}
    assert (sums[Dimension.REGION], sums[Dimension.SESSION], sums[Dimension.BODY]) == (19, 19, 19)
    spheres = {key: part.asked for key, part in found.by[Dimension.SPHERE].items()}
    assert spheres == {"youth": 19, "family": 10}
    assert {key: part.asked for key, part in found.by[Dimension.REGION].items()} == {"11": 10, "39": 9}
    bodies = {key: part.asked for key, part in found.by[Dimension.BODY].items()}
    assert bodies[str(unit.pk)] == sum(story.due_on is not None for story, _class in STORIES)


@pytest.mark.parametrize("seed", range(4))
def test_each_part_has_the_numbers_of_the_lists_it_opens_whatever_was_asked(
    seed: int, meeting: Meeting
) -> None:
    draw = random.Random(seed)
    stories = [story for story, _class in STORIES if story.state != "staged"]  # of them one a meeting at most
    other = a_meeting(a_session(a_campaign("days-2022"), region=a_region("KST", "390000000")))
    units = [a_body("Directorate", "directorate"), a_body("Department", "department"), None]
    for where in draw.choices([meeting, other], k=24):
        target = asked(where, replace(draw.choice(stories), unit=draw.choice(units)))
        if draw.random() < 0.3:
            asked(where, Story(), into=target)
    found = coverage_figures(ALL, today=TODAY)
    narrowed = {
        Scope(**{each.value: named[key]}): part
        for each, named in named_parts().items()
        for key, part in found.by[each].items()
    }
    assert len(narrowed) == sum(len(parts) for parts in found.by.values())
    for scope, part in {ALL: found.whole, **narrowed}.items():
        assert coverage_of(scope, today=TODAY) == part
        lengths = {
            each: lists.rows_of(figure.name, scope, today=TODAY).count() for each, figure in CLASSES.items()
        }
        assert lengths == part.by_class
        assert lists.rows_of("merged", scope, today=TODAY).count() == part.merged
        took, name = durations(scope, today=TODAY), "working_days_median"
        assert lists.rows_of(name, scope, today=TODAY).count() == took.answers
        assert lists.ids_of(name, scope, today=TODAY).count() == took.answers


def named_parts() -> dict[Dimension, dict[str, str]]:
    """Return of each dimension how its keys stand in a scope: only bodies are named otherwise."""
    bodies = {str(body.pk): body.public_id for body in Organisation.objects.all()}
    sessions = StrategicSession.objects.values_list("public_id", flat=True)
    return {
        Dimension.REGION: {"11": "11", "39": "39"},
        Dimension.SESSION: {each: each for each in sessions},
        Dimension.SPHERE: {each: each for each in SphereKey.values},
        Dimension.BODY: bodies,
    }


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(region="11"), 2),
        (Scope(region="39"), 0),
        (Scope(campaign="days-2021"), 2),
        (Scope(campaign="days-2022"), 0),
        (Scope(sphere="family"), 2),
        (Scope(sphere="media"), 0),
        (Scope(since=date(2021, 2, 18), until=date(2021, 2, 18)), 1),
        (Scope(since=date(2021, 2, 19)), 1),
        (Scope(until=date(2021, 2, 17)), 0),
        (Scope(body="nobody"), 0),
    ],
)
def test_a_scope_narrows(scope: Scope, expected: int, meeting: Meeting) -> None:
    asked(meeting, Story("open"))
    asked(meeting, Story("assigned", due_on=LATE), at=NOON + timedelta(days=3))
    assert coverage_of(scope, today=TODAY).asked == expected


def test_a_body_has_what_it_owes_and_its_host_the_rest(meeting: Meeting) -> None:
    unit = a_body("Directorate", "directorate")
    asked(meeting, Story("open"))
    asked(meeting, Story("assigned", due_on=LATE, unit=unit))
    found = {
        body.name_en: coverage_of(Scope(body=body.public_id), today=TODAY).asked
        for body in (unit, meeting.host)
    }
    assert found == {"Directorate": 1, "Ministry": 1}


def test_the_period_before_has_the_same_length() -> None:
    scope = Scope(region="11", since=date(2021, 3, 1), until=date(2021, 3, 31))
    assert scope.before() == Scope(region="11", since=date(2021, 1, 29), until=date(2021, 2, 28))
    assert Scope(since=date(2021, 3, 1)).before() is None


def test_durations_are_of_written_answers_that_stand(meeting: Meeting) -> None:
    for days in range(1, 11):
        asked(meeting, Story("answered", answer="in_time", working_days=days))
    asked(meeting, Story("answered", answer="aloud", working_days=100))
    found = durations(ALL, today=TODAY)
    assert (found.answers, found.median, found.ninetieth) == (10, 5, 9)
    assert lists.rows_of("working_days_p90", ALL, today=TODAY).count() == found.answers


def test_of_a_question_answered_twice_the_last_answer_is_timed_once(meeting: Meeting) -> None:
    question = asked(meeting, Story("answered", answer="late", working_days=20))
    fields = {"form": "written", "text": "Again.", "language": "en", "at": NOON, "promise": "none"}
    Answer.objects.create(question=question, working_days=4, **fields)
    asked(meeting, Story("answered", answer="in_time", working_days=6))
    found = durations(ALL, today=TODAY)
    assert (found.answers, found.median, found.ninetieth) == (2, 4, 6)
    ids = list(lists.ids_of("working_days_median", ALL, today=TODAY))
    listed = lists.listed(lists.rows_by_ids(ids, ALL, today=TODAY))
    assert [row.working_days for row in listed] == [4, 6]


def test_who_gave_the_answer_that_stands_has_the_question(meeting: Meeting) -> None:
    owed, gave = a_body("Directorate", "directorate"), a_body("Department", "department")
    question = asked(meeting, Story("answered", answer="aloud", unit=owed))
    Answer.objects.filter(question=question).update(organisation=gave)
    asked(meeting, Story("answered", answer="aloud"), into=question)
    found = coverage_figures(ALL, today=TODAY)
    assert {key: part.asked for key, part in found.by[Dimension.BODY].items()} == {str(gave.pk): 2}


def test_numbers_take_two_queries_whatever_their_size(
    meeting: Meeting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for (story, _class), _round in product(STORIES, range(3)):
        if story.state != "staged":
            asked(meeting, story)
    with django_assert_num_queries(2):
        coverage_figures(ALL, today=TODAY)


@given(st.lists(st.integers(0, 400), min_size=1), st.integers(1, 100))
def test_the_nearest_rank_leaves_no_more_above_than_it_says(values: list[int], percent: int) -> None:
    rank = nearest_rank(Counter(values), percent)
    assert rank in values
    assert sum(value <= rank for value in values) * 100 >= percent * len(values)
    assert sum(value < rank for value in values) * 100 < percent * len(values)


def test_nothing_has_no_rank() -> None:
    assert nearest_rank({}, 50) is None
