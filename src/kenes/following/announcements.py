"""What other systems are told: public facts alone, and where the rest is read. Never a text."""

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from kenes.core.languages import in_languages
from kenes.deadlines.queries import open_term_of
from kenes.following.models import Happening
from kenes.following.queries import part_told
from kenes.following.states import Kind
from kenes.notices.states import WebhookEvent
from kenes.notices.wishes import Announcement
from kenes.organisations.models import Organisation
from kenes.questions.models import Assignment, Part, Question
from kenes.questions.pages import short_link
from kenes.questions.rules import public_state
from kenes.questions.states import HAS_PAGE

EVENTS = {
    Kind.REGISTERED: WebhookEvent.REGISTERED,
    Kind.ASSIGNED: WebhookEvent.ASSIGNED,
    Kind.DUE_SOON: WebhookEvent.DUE_SOON,
    Kind.OVERDUE: WebhookEvent.OVERDUE,
    Kind.ANSWERED: WebhookEvent.ANSWERED,
    Kind.REOPENED: WebhookEvent.REOPENED,
    Kind.PART_PASSED: WebhookEvent.ASSIGNED,
    Kind.PART_SOON: WebhookEvent.DUE_SOON,
    Kind.PART_LATE: WebhookEvent.OVERDUE,
    Kind.PART_ANSWERED: WebhookEvent.PART_ANSWERED,
}


def announcements_of(happening: Happening) -> Iterator[Announcement]:
    """Yield the announcement of a happening, where other systems are told of such; made when asked for."""
    event = EVENTS.get(Kind(happening.kind))
    if event is None:
        return
    body = {
        "id": happening.public_id,
        "event": event.value,
        "at": happening.at.isoformat(),
        "question": _question(happening.question),
        "part": _part(part_told(happening)),
    }
    yield Announcement(
        key=f"webhook:{happening.public_id}",
        event=event.value,
        body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
    )


def _question(question: Question) -> dict[str, Any]:
    meeting = question.meeting
    assignment = Assignment.objects.filter(question=question, ended_at=None).select_related("organisation")
    found = assignment.last()
    term = open_term_of(object_kind="question", object_id=question.code)
    has_page = question.state in HAS_PAGE
    return {
        "code": question.code,
        "state": public_state(question.state),
        "language": question.language,
        "meeting": meeting.code,
        "session": meeting.session.public_id,
        "region": meeting.place.kato[:2],
        "sphere": meeting.sphere,
        "unit": None if found is None else _unit(found.organisation),
        "due_on": None if term is None else term.due_on.isoformat(),
        "page": short_link(question.code) if has_page else None,
        "api": f"{settings.PUBLIC_URL}/api/v1/questions/{question.code}" if has_page else None,
    }


def _part(part: Part | None) -> dict[str, Any] | None:
    """Return the part that alone is meant, where it is one: the question's unit and date stay the whole's."""
    if part is None:
        return None
    due_on = part.term.due_on.isoformat()
    return {"id": part.public_id, "unit": _unit(part.organisation), "due_on": due_on}


def _unit(unit: Organisation) -> dict[str, Any]:
    return {"id": unit.public_id, "name": in_languages(unit, "name")}
