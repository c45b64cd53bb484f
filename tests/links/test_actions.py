"""Links and their two ends."""

from datetime import UTC, datetime

import pytest

from kenes.links.actions import link, unlink
from kenes.links.models import End
from kenes.links.queries import links_from, links_to
from kenes.record.queries import entries_about

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 5, tzinfo=UTC)
QUESTION = End("question", "AKM-2-0147")
ANSWER = End("answer", "3f8z0k2m9x1c")
PLAN = End("plan", "7w4q1n5b8d2h")


def test_each_end_of_a_link_shows_the_other() -> None:
    link(QUESTION, ANSWER, relation="answered_by", by=None, at=AT)
    assert [made.target for made in links_from(QUESTION)] == [ANSWER]
    assert [made.source for made in links_to(ANSWER)] == [QUESTION]


def test_a_link_made_twice_is_one_link_and_one_entry() -> None:
    first = link(QUESTION, ANSWER, relation="answered_by", by=None, at=AT)
    again = link(QUESTION, ANSWER, relation="answered_by", by=None, at=AT)
    assert again == first
    assert [entry.act for entry in entries_about("question", "AKM-2-0147")] == ["link"]


def test_links_of_one_relation_leave_the_others_out() -> None:
    link(QUESTION, ANSWER, relation="answered_by", by=None, at=AT)
    link(QUESTION, PLAN, relation="taken_into", by=None, at=AT)
    assert [made.target for made in links_from(QUESTION, relation="taken_into")] == [PLAN]
    assert [made.target for made in links_from(QUESTION)] == [ANSWER, PLAN]


def test_a_removed_link_is_gone_from_both_ends_and_its_removal_stays_on_record() -> None:
    link(QUESTION, ANSWER, relation="answered_by", by=None, at=AT)
    assert unlink(QUESTION, ANSWER, relation="answered_by", by=None, at=AT)
    assert (list(links_from(QUESTION)), list(links_to(ANSWER))) == ([], [])
    assert [entry.act for entry in entries_about("question", "AKM-2-0147")] == ["link", "unlink"]


def test_removing_a_link_that_is_not_there_records_nothing() -> None:
    assert not unlink(QUESTION, ANSWER, relation="answered_by", by=None, at=AT)
    assert list(entries_about("question", "AKM-2-0147")) == []
