"""The programme's numbers, and the lists behind them."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from factories import NOON, a_campaign, a_meeting, a_region, a_session
from kenes.programme import queries
from kenes.programme.actions import close_meeting, open_meeting
from kenes.programme.figures import DEFINITIONS, RegionCount, SphereCount, campaign_figures
from kenes.programme.models import Campaign, Meeting
from kenes.programme.states import SphereKey


@pytest.mark.django_db
def test_a_campaign_without_meetings_has_its_spheres_and_intended_numbers() -> None:
    region = a_region()
    figures = campaign_figures(a_campaign(intended_meetings=None, region_targets={region: 3}))
    assert (figures.planned, figures.closed, figures.intended) == (0, 0, None)
    assert figures.spheres == [SphereCount(SphereKey.YOUTH, 0), SphereCount(SphereKey.FAMILY, 0)]
    assert figures.regions == [RegionCount(region, 0, 3)]


@pytest.mark.django_db
def test_a_meeting_of_two_spheres_counts_in_both_and_once_in_the_sum() -> None:
    session = a_session()
    a_meeting(session, sphere="youth", second_sphere="media")
    a_meeting(session, sphere="youth", second_sphere="youth")
    figures = campaign_figures(session.campaign)
    assert figures.planned == 2
    assert {row.sphere.value: row.planned for row in figures.spheres} == {
        "youth": 2,
        "family": 0,
        "media": 1,
    }


@pytest.mark.django_db
def test_another_campaigns_meetings_are_not_counted() -> None:
    a_meeting()
    other = a_campaign("days-2022")
    assert campaign_figures(other).planned == 0


def test_every_figure_has_a_key_of_its_own_and_a_definition() -> None:
    assert len({definition.key for definition in DEFINITIONS}) == len(DEFINITIONS)
    assert [definition.key for definition in DEFINITIONS if not str(definition.words)] == []


STATES = ["planned", "open", "closed"]
MEETINGS = st.lists(
    st.tuples(
        st.sampled_from(SphereKey.values), st.sampled_from(["", *SphereKey.values]), st.sampled_from(STATES)
    ),
    max_size=6,
)


class EveryProgramme(TestCase):
    """Whatever the programme, a number is as long as the list that it opens onto."""

    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(MEETINGS)
    def test_each_number_is_the_length_of_its_list(self, meetings: list[tuple[str, str, str]]) -> None:
        session = a_session()
        for sphere, second, state in meetings:
            meeting = a_meeting(session, sphere=sphere, second_sphere=second, is_open=state != "planned")
            if state == "closed":
                close_meeting(meeting, by=None, at=NOON)
        campaign = Campaign.objects.get(pk=session.campaign_id)
        figures = campaign_figures(campaign)

        def listed(**narrowed: str) -> int:
            found = queries.meetings_of_campaign(campaign, None, queries.MeetingFilter(**narrowed))
            return found.count()

        assert figures.planned == listed()
        assert figures.closed == listed(state="closed")
        assert [row.planned for row in figures.regions] == [listed(region="11")]
        counted = {row.sphere.value: row.planned for row in figures.spheres}
        assert counted == {sphere: listed(sphere=sphere) for sphere in counted}
        assert {s for s in SphereKey.values if listed(sphere=s)} - set(counted) == set()


@pytest.mark.django_db
def test_what_is_on_is_open_what_comes_is_planned_and_what_was_is_closed() -> None:
    session = a_session()
    day = timedelta(days=1)

    def at(shift: timedelta) -> Meeting:
        return a_meeting(session, starts_at=NOON + shift, ends_at=NOON + shift + timedelta(hours=1))

    missed, running, soon, later, early, late = (
        at(-3 * day),
        at(-2 * day),
        at(timedelta(0)),
        at(day),
        at(-5 * day),
        at(-4 * day),
    )
    for meeting in (running, early, late):
        open_meeting(meeting, by=None, at=NOON)
    for meeting in (early, late):
        close_meeting(meeting, by=None, at=NOON)
    lists = (queries.meetings_now, queries.meetings_next, queries.meetings_recent)
    assert [list(rows(None, NOON)) for rows in lists] == [[running], [soon, later], [late, early]]
    assert missed.state == "planned"


def test_every_figure_stands_in_the_reference() -> None:
    reference = Path(__file__).parents[2] / "docs" / "reference" / "figures.md"
    rows = [line.split("`")[1] for line in reference.read_text().splitlines() if line.startswith("| `prog")]
    assert rows == [definition.key for definition in DEFINITIONS]
