"""Where promises were made: the answers and meetings of upper apps, told to commitments."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _

from kenes.commitments.queries import AGENDA_ITEM, MEETING
from kenes.commitments.sources import Source, register_source
from kenes.core.languages import localized
from kenes.programme.models import AgendaItem, Meeting
from kenes.questions.models import Question
from kenes.questions.states import HAS_PAGE


def register_sources() -> None:
    """Register the kinds of sources.

    An answer goes by its question's code, a statement by the room's, a key task of a report by the
    public id of its point of the agenda.
    """
    register_source("question", _questions)
    register_source(MEETING, _meetings)
    register_source(AGENDA_ITEM, _reports)


def _questions(codes: Collection[str]) -> dict[str, Source]:
    """Tell of answers by the codes of their questions alone: the text may not be public."""
    states = dict(Question.objects.filter(code__in=codes).values_list("code", "state"))
    return {
        code: Source(
            _("Answer to question %(code)s") % {"code": code},
            reverse("questions:question", args=[code]) if state in HAS_PAGE else "",
        )
        for code, state in states.items()
    }


def _meetings(codes: Collection[str]) -> dict[str, Source]:
    found = Meeting.objects.filter(code__in=codes)
    return {
        meeting.code: Source(
            _("Said at the meeting «%(title)s»") % {"title": localized(meeting, "title").text},
            reverse("rooms:room", args=[meeting.code]),
        )
        for meeting in found
    }


def _reports(public_ids: Collection[str]) -> dict[str, Source]:
    found = AgendaItem.objects.filter(public_id__in=public_ids).select_related("meeting")
    return {
        item.public_id: Source(
            _("Announced in «%(item)s», at the meeting «%(title)s»")
            % {"item": localized(item, "title").text, "title": localized(item.meeting, "title").text},
            reverse("rooms:room", args=[item.meeting.code]),
        )
        for item in found
    }
