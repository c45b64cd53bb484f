"""What a room says of itself before anybody tries: pure, from the meeting's policy and state."""

from kenes.programme.models import Meeting
from kenes.programme.states import Audience, MeetingState


def takes_votes(meeting: Meeting) -> bool:
    """Say whether anybody at all may vote there now; who, stands in the policy."""
    return meeting.who_may_vote != Audience.NOBODY and meeting.state != MeetingState.CLOSED
