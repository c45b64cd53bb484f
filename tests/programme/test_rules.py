"""Who may do what, and the pure rules of times."""

from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st

from factories import NOON, a_body, a_meeting, a_user, an_agenda_item, grant
from kenes.accounts.models import User
from kenes.organisations.models import Organisation
from kenes.programme import access, rules
from kenes.programme.actions import add_speaker, remove_agenda_item
from kenes.programme.errors import OutsideItsFrame, PeriodReversed
from kenes.programme.models import Meeting
from kenes.programme.plans import SpeakerPlan

VERBS = {
    "edit": lambda user, meeting: rules.may_edit(user, meeting.session.campaign),
    "moderate": rules.may_moderate,
    "speak": rules.may_speak,
}
# Role, of which body, and what it may do in a meeting of the seminar's host in the ministry's campaign.
TABLE = [
    (None, "instance", set()),
    ("participant", "instance", set()),
    ("moderator", "instance", {"moderate"}),
    ("moderator", "campaign", {"moderate"}),
    ("moderator", "meeting", {"moderate"}),
    ("moderator", "elsewhere", set()),
    ("speaker", "instance", {"speak"}),
    ("speaker", "campaign", {"speak"}),
    ("speaker", "meeting", {"speak"}),
    ("speaker", "elsewhere", set()),
    ("officer", "instance", set()),
    ("executor", "instance", set()),
    ("project_manager", "instance", set()),
    ("editor", "instance", {"edit"}),
    ("editor", "campaign", {"edit"}),
    ("editor", "meeting", set()),
    ("editor", "elsewhere", set()),
    ("administrator", "instance", {"edit", "moderate", "speak"}),
    ("administrator", "campaign", {"edit", "moderate", "speak"}),
    ("administrator", "meeting", {"moderate", "speak"}),
    ("administrator", "elsewhere", set()),
]


def a_meeting_of_two_hosts() -> Meeting:
    return a_meeting(host=a_body("Committee"))


def somebody(role: str | None, where: str, meeting: Meeting) -> User | AnonymousUser:
    bodies: dict[str, Organisation | None] = {
        "instance": None,
        "campaign": meeting.session.campaign.host,
        "meeting": meeting.host,
        "elsewhere": a_body("Elsewhere"),
    }
    if role is None:
        return AnonymousUser()
    return a_user() if role == "participant" else grant(a_user(), role, bodies[where])


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "where", "allowed"), TABLE)
def test_each_role_may_do_what_the_table_says(role: str | None, where: str, allowed: set[str]) -> None:
    meeting = a_meeting_of_two_hosts()
    user = somebody(role, where, meeting)
    assert {verb for verb, may in VERBS.items() if may(user, meeting)} == allowed


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "where", "allowed"), TABLE)
def test_the_lists_of_what_one_may_prepare_agree_with_the_rule(
    role: str | None, where: str, allowed: set[str]
) -> None:
    meeting = a_meeting_of_two_hosts()
    user = somebody(role, where, meeting)
    expected = int("edit" in allowed)
    listed = (access.campaigns_editable_by, access.sessions_editable_by, access.meetings_editable_by)
    assert [rows(user).count() for rows in listed] == [expected] * 3


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "where", "allowed"), TABLE)
def test_everybody_sees_the_programme(role: str | None, where: str, allowed: set[str]) -> None:
    meeting = a_meeting_of_two_hosts()
    user = somebody(role, where, meeting)
    seen = (access.campaigns_visible_to, access.sessions_visible_to, access.meetings_visible_to)
    assert [rows(user).count() for rows in seen] == [1, 1, 1]


@pytest.mark.django_db
def test_whoever_stands_on_the_agenda_may_follow_as_a_speaker_while_they_do() -> None:
    meeting, user = a_meeting(), a_user()
    item = an_agenda_item(meeting)
    add_speaker(item, SpeakerPlan(role={"ru": "Докладчик"}, user=user), by=None, at=NOON)
    other = a_meeting(meeting.session)
    assert (rules.may_speak(user, meeting), rules.may_speak(user, other)) == (True, False)
    remove_agenda_item(item, by=None, at=NOON)
    assert rules.may_speak(user, meeting) is False


@pytest.mark.django_db
def test_an_account_that_is_switched_off_may_nothing() -> None:
    meeting = a_meeting()
    user = grant(a_user(is_active=False, is_superuser=True), "administrator")
    item = an_agenda_item(meeting)
    add_speaker(item, SpeakerPlan(role={"ru": "Докладчик"}, user=user), by=None, at=NOON)
    assert {verb for verb, may in VERBS.items() if may(user, meeting)} == set()
    assert access.campaigns_editable_by(user).count() == 0


@given(st.datetimes(), st.datetimes())
def test_a_period_is_good_only_where_the_end_is_after_the_start(start: datetime, end: datetime) -> None:
    if end > start:
        rules.check_times(start, end)
    else:
        with pytest.raises(PeriodReversed):
            rules.check_times(start, end)


@given(st.dates(), st.dates())
def test_a_period_of_days_may_be_one_day(start: date, end: date) -> None:
    if end >= start:
        rules.check_dates(start, end)
    else:
        with pytest.raises(PeriodReversed):
            rules.check_dates(start, end)


@given(st.integers(-120, 240), st.integers(-120, 240))
def test_times_lie_within_their_frame_edges_included(start: int, end: int) -> None:
    frame = (NOON, NOON + timedelta(hours=2))
    times = [NOON + timedelta(minutes=minutes) for minutes in (start, end)]
    if frame[0] <= times[0] and times[1] <= frame[1]:
        rules.check_within(*times, frame=frame, zone="Asia/Almaty")
    else:
        with pytest.raises(OutsideItsFrame):
            rules.check_within(*times, frame=frame, zone="Asia/Almaty")
