"""Who may do what with minutes and summaries, and what a written part must be like."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from factories import NOON, a_body, a_meeting, a_user, grant
from kenes.accounts.models import Membership, User
from kenes.accounts.rules import AnyUser
from kenes.minutes.errors import PartTooLong, PartUnknown, RemarkMissing, RemarkTooLong
from kenes.minutes.rules import clean_parts, clean_remark, may
from kenes.minutes.states import MINUTES_MOVES, SUMMARY_MOVES, MinutesAct, MinutesState, SummaryState
from kenes.programme.models import Meeting

TODAY = NOON.date()
ALL = set(MinutesAct)
READING = {MinutesAct.READ_DRAFT, MinutesAct.ADD_REMARK}


def member(meeting: Meeting, **fields: object) -> User:
    user = a_user("member")
    Membership.objects.create(user=user, organisation=meeting.host, **fields)
    return user


# Who, how they come to be it, what they may do.
PEOPLE: list[tuple[str, Callable[[Meeting], AnyUser | None], set[MinutesAct]]] = [
    ("nobody", lambda meeting: None, set()),
    ("a guest", lambda meeting: AnonymousUser(), set()),
    ("an account without a role", lambda meeting: a_user(), set()),
    ("a moderator of the host", lambda meeting: grant(a_user(), "moderator", meeting.host), ALL),
    ("a moderator of all", lambda meeting: grant(a_user(), "moderator"), ALL),
    ("a moderator of another body", lambda meeting: grant(a_user(), "moderator", a_body()), set()),
    ("an editor of the campaign's host", lambda meeting: grant(a_user(), "editor", meeting.host), ALL),
    ("an editor of another body", lambda meeting: grant(a_user(), "editor", a_body()), set()),
    ("an administrator", lambda meeting: grant(a_user(), "administrator"), ALL),
    ("a superuser", lambda meeting: a_user(is_superuser=True), ALL),
    ("a speaker of the host", lambda meeting: grant(a_user(), "speaker", meeting.host), set()),
    ("an officer of the host", lambda meeting: grant(a_user(), "officer", meeting.host), set()),
    ("an executor of the host", lambda meeting: grant(a_user(), "executor", meeting.host), set()),
    ("a project manager", lambda meeting: grant(a_user(), "project_manager", meeting.host), set()),
    ("a member of the host", member, READING),
    ("a member until today", lambda meeting: member(meeting, until=TODAY), READING),
    ("a member until yesterday", lambda meeting: member(meeting, until=TODAY - timedelta(days=1)), set()),
    ("a closed account", lambda meeting: grant(a_user(is_active=False), "moderator", meeting.host), set()),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "make", "allowed"), PEOPLE, ids=[who for who, _, _ in PEOPLE])
def test_each_person_may_do_exactly_what_the_table_says(
    who: str, make: Callable[[Meeting], AnyUser | None], allowed: set[MinutesAct]
) -> None:
    meeting = a_meeting()
    user = make(meeting)
    assert {act for act in MinutesAct if may(user, act, meeting, on=TODAY)} == allowed


def test_every_state_stands_in_the_table_of_moves() -> None:
    assert set(MINUTES_MOVES) == set(MinutesState)
    assert set(SUMMARY_MOVES) == set(SummaryState)


def test_a_written_part_is_kept_by_language_and_an_empty_one_left_out() -> None:
    texts = {"decisions": {"kk": " Бірінші\r\n\r\n\r\nекінші ", "ru": "  ", "en": ""}, "opening": {"ru": ""}}
    assert clean_parts(texts) == {"decisions": {"kk": "Бірінші\n\nекінші"}}


def test_a_computed_part_is_never_written() -> None:
    with pytest.raises(PartUnknown):
        clean_parts({"questions": {"ru": "Вопросов: 12"}})


@pytest.mark.parametrize(("part", "limit"), [("chair", 300), ("decisions", 10_000)])
def test_a_written_part_has_a_limit(part: str, limit: int) -> None:
    assert clean_parts({part: {"ru": "я" * limit}}) == {part: {"ru": "я" * limit}}
    with pytest.raises(PartTooLong):
        clean_parts({part: {"ru": "я" * (limit + 1)}})


def test_a_remark_says_something_within_its_limit() -> None:
    assert clean_remark("  Поправьте время. ") == "Поправьте время."
    with pytest.raises(RemarkMissing):
        clean_remark(" \n ")
    with pytest.raises(RemarkTooLong):
        clean_remark("я" * 2001)
