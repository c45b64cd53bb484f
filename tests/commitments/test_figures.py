"""The numbers of commitments: each in one class, summing to all, the same for the database and the rules."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from commitments.promises import DUE, LATER, a_commitment, a_keeper, an_executor, brought_to
from factories import a_body, a_meeting, a_region, a_session
from kenes.commitments.figures import (
    ALL_FIGURES,
    FIGURES,
    CommitmentCounts,
    commitment_counts,
    commitment_counts_by,
)
from kenes.commitments.models import Commitment
from kenes.commitments.queries import CommitmentFilter, commitments_found, standing_counts, with_standing
from kenes.commitments.rules import standing_on
from kenes.commitments.states import CommitmentState, Standing

AFTER = DUE + timedelta(days=1)


@pytest.fixture
def three() -> list[Commitment]:
    """A late one and a kept one in Akmola, and an open one, moved later, in Almaty region."""
    akmola = a_meeting()
    almaty = a_meeting(
        a_session(akmola.session.campaign, region=a_region("ALM", "190000000")), sphere="media"
    )
    lead = a_body("Directorate")
    late = a_commitment(akmola, executor=lead, co_executors=(a_body("Centre"),))
    kept = a_commitment(akmola, executor=lead)
    brought_to("done", kept, executor=an_executor(kept), keeper=a_keeper(kept))
    moved = a_commitment(almaty, executor=a_body("Other"), due_on=AFTER)
    Commitment.objects.filter(pk=moved.pk).update(first_due_on=DUE)
    return [late, kept, moved]


@pytest.mark.django_db
def test_the_classes_sum_to_all_that_were_made(three: list[Commitment]) -> None:
    counts = commitment_counts(Commitment.objects.all(), on=AFTER)
    assert (counts, counts.made) == (CommitmentCounts(open=1, late=1, kept=1, slipped=1), 3)


@pytest.mark.django_db
def test_each_number_is_the_length_of_its_list(three: list[Commitment]) -> None:
    counts = commitment_counts(Commitment.objects.all(), on=AFTER)
    for standing in Standing:
        listed = commitments_found(CommitmentFilter(standing=standing.value), on=AFTER)
        assert listed.count() == getattr(counts, standing.value)
    assert commitments_found(CommitmentFilter(slipped=True), on=AFTER).count() == counts.slipped


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("dimension", "wanted"),
    [
        ("meeting", {"AKM-1": (1, 1, 0), "ALM-1": (0, 0, 1)}),
        ("region", {"110000000": (1, 1, 0), "190000000": (0, 0, 1)}),
        ("sphere", {"youth": (1, 1, 0), "media": (0, 0, 1)}),
    ],
)
def test_counts_by(
    three: list[Commitment],
    dimension: str,
    wanted: dict[str, tuple[int, int, int]],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        found = commitment_counts_by(dimension, Commitment.objects.all(), on=AFTER)
    assert {key: (counts.late, counts.kept, counts.open) for key, counts in found.items()} == wanted


@pytest.mark.django_db
def test_a_commitment_counts_in_each_of_its_bodies(three: list[Commitment]) -> None:
    found = commitment_counts_by("body", Commitment.objects.all(), on=AFTER)
    assert sorted((counts.late, counts.kept, counts.open) for counts in found.values()) == [
        (0, 0, 1),
        (1, 0, 0),
        (1, 1, 0),
    ]


@pytest.mark.django_db
def test_no_commitments_are_none_of_each() -> None:
    assert commitment_counts(Commitment.objects.all(), on=AFTER) == CommitmentCounts()
    assert commitment_counts_by("region", Commitment.objects.all(), on=AFTER) == {}


def test_every_way_to_stand_has_its_figure() -> None:
    assert [figure.name for figure in FIGURES.values()] == Standing.values
    assert len({figure.key for figure in ALL_FIGURES}) == len(ALL_FIGURES) == 7


class InTheDatabaseAndInTheRules(TestCase):
    """A commitment stands in the database's eyes where the rules say, on any day."""

    @settings(max_examples=25, deadline=None)
    @given(
        st.sampled_from(list(CommitmentState)),
        st.integers(-2, 2),
        st.integers(-2, 2),
    )
    def test_both_say_the_same(self, state: CommitmentState, reported: int, today: int) -> None:
        made = a_commitment(at=LATER)
        has_report = state in {CommitmentState.REPORTED, CommitmentState.DONE}
        reported_on = DUE + timedelta(days=reported) if has_report else None
        Commitment.objects.filter(pk=made.pk).update(state=state, reported_on=reported_on)
        day: date = DUE + timedelta(days=today)
        held = with_standing(Commitment.objects.all(), on=day).get()
        counts = standing_counts(Commitment.objects.all(), on=day)
        assert held.standing == standing_on(held, day)  # type: ignore[attr-defined]
        assert Counter({key: number for key, number in counts.items() if number}) == {"": 1, held.standing: 1}  # type: ignore[attr-defined]
