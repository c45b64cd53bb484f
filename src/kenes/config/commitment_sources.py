"""Where promises were made: the answers and meetings of upper apps, told to commitments."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _

from kenes.commitments.sources import Source, register_source
from kenes.core.languages import localized
from kenes.programme.models import Meeting
from kenes.questions.models import Question
from kenes.questions.states import HAS_PAGE


def register_sources() -> None:
    """Register the kinds of sources: an answer goes by its question's code, a statement by the room's."""
    register_source("question", _questions)
    register_source("meeting", _meetings)


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
