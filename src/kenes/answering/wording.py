"""A template's placeholders, filled for one question in one language."""

from django.utils import translation

from kenes.core.languages import localized
from kenes.core.moments import date_in_words, in_zone
from kenes.organisations.models import Organisation
from kenes.questions.models import Question


def values_for(question: Question, unit: Organisation | None, language: str) -> dict[str, str]:
    """Return what stands for each placeholder: the question's code, its meeting and day, the unit."""
    meeting = question.meeting
    with translation.override(language):
        day = date_in_words(in_zone(meeting.starts_at, meeting.zone).date())
    return {
        "code": question.code,
        "meeting": localized(meeting, "title", language).text,
        "day": day,
        "unit": localized(unit, "name", language).text if unit else "",
    }
