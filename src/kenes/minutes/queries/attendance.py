"""Who was there, as far as it is recorded; each number says elsewhere how it was counted."""

from typing import Any

from django.db.models import Count

from kenes.core.languages import in_languages
from kenes.organisations.models import Organisation
from kenes.programme.models import Meeting, Participant
from kenes.programme.states import ParticipantKind


def attendance_of(meeting: Meeting) -> dict[str, Any]:
    """Return the participants by kind, the bodies they and the speakers are of, the most screens at once.

    `screens` is None where nobody counted. A guest who signed in is one participant.
    """
    present = Participant.objects.filter(meeting=meeting, merged_into=None)
    counted = dict(present.order_by().values_list("kind").annotate(number=Count("pk")))
    of_participants = Organisation.objects.filter(
        pk__in=present.exclude(organisation=None).values("organisation")
    )
    of_speakers = Organisation.objects.filter(
        pk__in=meeting.agenda.filter(removed_at=None)
        .exclude(speakers__organisation=None)
        .values("speakers__organisation")
    )
    return {
        "participants": {kind.value: counted.get(kind.value, 0) for kind in ParticipantKind},
        "bodies": [_body(body) for body in of_participants.order_by("id")],
        "speaking_bodies": [_body(body) for body in of_speakers.order_by("id")],
        "screens": meeting.present_most,
    }


def _body(body: Organisation) -> dict[str, Any]:
    return {"id": body.public_id, "name": in_languages(body, "name")}
