"""A campaign with a session in Akmola, one meeting on, one planned, one closed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from factories import a_campaign, a_meeting, a_session
from kenes.programme.actions import close_meeting, join_meeting
from kenes.programme.models import Campaign, Meeting
from kenes.questions.actions import SpokenAnswer, answer_aloud, ask_question
from kenes.questions.models import Question
from kenes.territories.actions import load_shipped_places
from kenes.territories.models import Place

MORNING = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
"""10:00 in Kokshetau on Friday, 20 November 2026 (+05)."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Days:
    """What the pages show."""

    campaign: Campaign
    now: Meeting
    planned: Meeting
    closed: Meeting


def ask(meeting: Meeting, text: str, language: str = "ru") -> Question:
    guest = join_meeting(meeting, name="Guest of the hall", user=None, previous=None, at=MORNING)
    return ask_question(
        meeting, participant=guest, text=text, language=language, is_anonymous=False, at=MORNING
    )


def answer(question: Question) -> None:
    spoken = SpokenAnswer(answered_by="Chairman of the Committee", summary="Иә, биыл ашылады.", language="kk")
    answer_aloud(question, by=None, at=MORNING, spoken=spoken)


@pytest.fixture
def days(db: None) -> Days:
    load_shipped_places()
    akmola = Place.objects.get(letters="AKM")
    campaign = a_campaign("days-2026", starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30))
    session = a_session(campaign, region=akmola)
    at = {"starts_at": MORNING, "ends_at": MORNING + 2 * HOUR}
    later = {"starts_at": MORNING + 5 * HOUR, "ends_at": MORNING + 6 * HOUR}
    before = {"starts_at": MORNING - 5 * HOUR, "ends_at": MORNING - 4 * HOUR}
    closed = a_meeting(session, is_open=True, **before)
    close_meeting(closed, by=None, at=MORNING)
    return Days(campaign, a_meeting(session, is_open=True, **at), a_meeting(session, **later), closed)
