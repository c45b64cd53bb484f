"""The list with its counts, found in one statement, agrees with the plain questions of the same filter."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from factories import NOON, a_meeting, a_region, a_session
from kenes.organisations.models import Organisation
from kenes.programme.actions import join_meeting
from kenes.programme.models import Meeting, Participant
from kenes.questions.errors import CursorUnknown
from kenes.register.queries import RegisterFilter, counts_of, listing_of, questions_of
from kenes.register.states import GROUP_OF, Group, Sort
from questions.acts import a_question
from register.reading import read_all

STATES = ("open", "assigned", "answered", "refused", "held")
LONG_AFTER = date(2030, 1, 1)  # what is owed is late


@pytest.fixture
def two_rooms(meeting: Meeting, guest: Participant, unit: Organisation) -> Meeting:
    """Two questions of each state in each of two rooms of different regions and spheres."""
    session = a_session(meeting.session.campaign, region=a_region("ALA", "750000000"))
    other = a_meeting(session, sphere="media", second_sphere="", is_open=True)
    visitor = join_meeting(other, name="Guest", user=None, previous=None, at=NOON)
    for participant, state, _ in product((guest, visitor), STATES, range(2)):
        a_question(state, participant, unit, text=f"When does the youth centre open, and for whom? {state}")
    read_all()
    return other


DEAR = (
    RegisterFilter(words="centre"),
    RegisterFilter(words="centre -refused"),
    RegisterFilter(words='"youth centre"', language="en"),
    RegisterFilter(words="nothing"),
    RegisterFilter(is_late=True),
    RegisterFilter(words="centre", is_late=True),
)
PLAIN = (RegisterFilter(), RegisterFilter(language="en", channel="room"))
NARROWER = (
    {},
    {"group": "answered"},
    {"region": "75"},
    {"sphere": "media"},
    {"region": "11", "group": "assigned", "sphere": "youth"},
)


def filters() -> list[RegisterFilter]:
    return [replace(wide, **narrower) for wide, narrower in product((*PLAIN, *DEAR), NARROWER)]


@pytest.mark.parametrize("sort", list(Sort))
def test_every_way_to_the_list_finds_and_counts_the_same(two_rooms: Meeting, sort: Sort) -> None:
    seen = 0
    for narrowed in filters():
        plain = questions_of(narrowed, on=LONG_AFTER).order_by("-pk")
        listing = listing_of(narrowed, sort=sort, size=100, on=LONG_AFTER)
        listed, expected = [q.pk for q in listing.page.questions], [q.pk for q in plain]
        # All of these texts match alike, so the best first are the newest first too.
        assert (sorted(listed, reverse=True), listing.page.after) == (expected, None), narrowed
        assert listing.counts == counts_of(narrowed, on=LONG_AFTER), narrowed
        assert listing.counts.total == len(expected), narrowed
        seen += len(expected)
    assert seen > 100  # and none of it by finding nothing


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("narrowed", [RegisterFilter(words="centre"), RegisterFilter(is_late=True)])
def test_pages_give_each_question_once(two_rooms: Meeting, sort: Sort, narrowed: RegisterFilter) -> None:
    pages, after = [], ""
    while True:
        listing = listing_of(narrowed, sort=sort, after=after, size=3, on=LONG_AFTER)
        pages.append([question.pk for question in listing.page.questions])
        if listing.page.after is None:
            break
        after = listing.page.after
    seen = [pk for page in pages for pk in page]
    assert sorted(seen) == sorted(questions_of(narrowed, on=LONG_AFTER).values_list("pk", flat=True))
    assert {len(page) for page in pages[:-1]} == {3}


def test_counts_leave_out_the_filter_they_count_by(two_rooms: Meeting) -> None:
    counts = listing_of(RegisterFilter(words="centre", group="answered", region="75")).counts
    assert (counts.total, counts.groups[Group.ANSWERED], counts.groups[GROUP_OF["open"]]) == (2, 2, 2)
    assert (counts.regions["75"], counts.regions["11"]) == (2, 2)


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("after", ["x", "-1", "9" * 30])
def test_a_place_that_is_none_is_refused_by_every_way(two_rooms: Meeting, sort: Sort, after: str) -> None:
    for narrowed in (RegisterFilter(), RegisterFilter(words="centre"), RegisterFilter(is_late=True)):
        with pytest.raises(CursorUnknown):
            listing_of(narrowed, sort=sort, after=after)
