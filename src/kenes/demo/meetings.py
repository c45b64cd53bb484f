"""What the demonstration's meetings have in common: their agenda."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kenes.demo.cast import Cast
from kenes.demo.content.current import AgendaPoint
from kenes.programme.actions import add_agenda_item, add_speaker
from kenes.programme.models import AgendaItem, Meeting
from kenes.programme.plans import AgendaPlan, SpeakerPlan


def add_agenda(
    meeting: Meeting, points: Sequence[AgendaPoint], cast: Cast, *, starts_at: datetime, at: datetime
) -> list[AgendaItem]:
    """Put the points on the agenda one after another from `starts_at`."""
    items = []
    begins = starts_at
    for point in points:
        ends = begins + timedelta(minutes=point.minutes)
        plan = AgendaPlan(title=point.title, starts_at=begins, ends_at=ends)
        item = add_agenda_item(meeting, plan, by=cast.people["editor"], at=at)
        speaker = SpeakerPlan(role=point.role, organisation=cast.bodies[point.body])
        add_speaker(item, speaker, by=cast.people["editor"], at=at)
        items.append(item)
        begins = ends
    return items
