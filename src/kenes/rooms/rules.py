"""What a room says of itself before anybody tries: pure, from the meeting's policy and state."""

from datetime import date, timedelta

from kenes.programme.models import Meeting
from kenes.programme.states import Audience, MeetingState

WORKING_DAYS_TO_ANSWER = 15
FRIDAY = 5


def takes_votes(meeting: Meeting) -> bool:
    """Say whether anybody at all may vote there now; who, stands in the policy."""
    return meeting.who_may_vote != Audience.NOBODY and meeting.state != MeetingState.CLOSED


def proposed_due_date(today: date) -> date:
    """Return the date that the desk proposes for a written answer: 15 working days after today.

    Weekends are left out, holidays are not known here: a person confirms or changes the date.
    Source: Administrative Procedure Code, art. 76 (edition of December 2025).
    """
    day, left = today, WORKING_DAYS_TO_ANSWER
    while left:
        day += timedelta(days=1)
        left -= day.isoweekday() <= FRIDAY
    return day
