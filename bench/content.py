"""Content in the volume of a real campaign, made through the actions: sixty meetings, full rooms."""

from datetime import datetime, timedelta
from itertools import cycle

from kenes.organisations.models import Organisation
from kenes.organisations.states import BodyKind
from kenes.programme.actions import (
    create_campaign,
    create_meeting,
    create_session,
    join_meeting,
    open_meeting,
)
from kenes.programme.models import Meeting, StrategicSession
from kenes.programme.plans import CampaignPlan, MeetingPlan, SessionPlan
from kenes.programme.states import MeetingKind, SphereKey
from kenes.questions.actions import ask_question, cast_vote
from kenes.territories.actions import load_shipped_places
from kenes.territories.models import Place

TITLES = {
    "kk": "Өңірдегі кездесу: қойылған сұрақтар және олардың жауаптары, {}",
    "ru": "Встреча в области: заданные вопросы и ответы на них, {}",
    "en": "A meeting in the region: questions asked and their answers, {}",
}
QUESTIONS = (
    ("kk", "Ауылымыздағы жастар орталығы қашан ашылады және онда қандай үйірмелер жұмыс істейді? ({})"),
    (
        "ru",
        "Когда в нашем районе заработает приём документов по принципу одного окна для молодых семей? ({})",
    ),
)


def load_campaign(*, meetings: int, at: datetime) -> list[Meeting]:
    """Make a campaign of so many meetings in one region, four a day."""
    load_shipped_places()
    region = Place.objects.get(kato="110000000")
    host = Organisation.objects.create(kind=BodyKind.MINISTRY, name_kk="Министрлік", name_ru="Министерство")
    campaign = create_campaign(
        CampaignPlan(
            slug="bench",
            title=TITLES,
            host=host,
            starts_on=at.date(),
            ends_on=at.date() + timedelta(days=30),
            spheres=SphereKey.values,
            intended_meetings=meetings,
        ),
        by=None,
        at=at,
    )
    plan = SessionPlan(
        region=region, title=TITLES, starts_on=at.date(), ends_on=at.date() + timedelta(days=20)
    )
    session = create_session(campaign, plan, by=None, at=at)
    spheres = cycle(SphereKey.values)
    return [_meeting(session, number, next(spheres), host, at=at) for number in range(meetings)]


def _meeting(
    session: StrategicSession, number: int, sphere: str, host: Organisation, *, at: datetime
) -> Meeting:
    day, slot = divmod(number, 4)
    starts_at = (at + timedelta(days=day)).replace(hour=4 + 2 * slot, minute=0, second=0, microsecond=0)
    plan = MeetingPlan(
        kind=MeetingKind.SEMINAR,
        sphere=sphere,
        title={language: text.format(number + 1) for language, text in TITLES.items()},
        host=host,
        place=session.region,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
    )
    return create_meeting(session, plan, by=None, at=at)


def fill_room(meeting: Meeting, *, questions: int, voters: int, at: datetime) -> None:
    """Open the meeting's room and let so many questions be asked, with votes that differ."""
    open_meeting(meeting, by=None, at=at)
    crowd = [join_meeting(meeting, name="", user=None, previous=None, at=at) for _ in range(voters)]
    for number in range(questions):
        language, text = QUESTIONS[number % len(QUESTIONS)]
        question = ask_question(
            meeting,
            participant=crowd[number % voters],
            text=text.format(number + 1),
            language=language,
            is_anonymous=number % 3 == 0,
            at=at + timedelta(seconds=number),
        )
        for voter in crowd[: number % voters]:
            cast_vote(question, participant=voter, at=at)
