"""Folded search over what is public: meetings, places, bodies, questions.

Places and bodies keep a folded copy. Meetings and questions do not, so the latest of them are folded
as they are read; older ones are found through their region, campaign or code.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from kenes.core.folding import fold
from kenes.core.languages import LANGUAGES
from kenes.organisations.models import Organisation
from kenes.portal.queries import public_questions
from kenes.programme.models import Meeting
from kenes.questions.models import Question
from kenes.territories.models import Place
from kenes.territories.queries import place_paths, search_places

SHORTEST = 2
LONGEST = 200
SHOWN = 20
LATEST_MEETINGS = 2_000
LATEST_QUESTIONS = 5_000


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place with the path that tells it from its namesakes."""

    place: Place
    path: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, at most `SHOWN` of each kind, best first."""

    meetings: list[Meeting]
    questions: list[Question]
    places: list[FoundPlace]
    organisations: list[Organisation]

    @property
    def total(self) -> int:
        """How many are shown."""
        return len(self.meetings) + len(self.questions) + len(self.places) + len(self.organisations)


def search(text: str) -> Found:
    """Return what holds every word of `text`, capitals and Kazakh letters aside; a code finds its own."""
    words = fold(text.replace("\0", " ")[:LONGEST]).split()
    if len("".join(words)) < SHORTEST:
        return Found([], [], [], [])
    return Found(_meetings(words), _questions(words), _places(" ".join(words)), _organisations(words))


def _holds(words: list[str], *texts: str | None) -> bool:
    folded = fold(" ".join(text for text in texts if text))
    return all(word in folded for word in words)


def _meetings(words: list[str]) -> list[Meeting]:
    titles = [f"title_{language}" for language in LANGUAGES]
    rows = Meeting.objects.order_by("-starts_at", "-id").values_list("pk", "code", *titles)
    found = [pk for pk, *texts in rows[:LATEST_MEETINGS] if _holds(words, *texts)][:SHOWN]
    return list(Meeting.objects.filter(pk__in=found).select_related("place").order_by("-starts_at", "-id"))


def _questions(words: list[str]) -> list[Question]:
    rows = public_questions().order_by("-id").values_list("pk", "code", "text")
    found = [pk for pk, *texts in rows[:LATEST_QUESTIONS] if _holds(words, *texts)][:SHOWN]
    return list(Question.objects.filter(pk__in=found).order_by("-id"))


def _places(text: str) -> list[FoundPlace]:
    found = list(search_places(text)[:SHOWN])
    paths = place_paths(found)
    return [FoundPlace(place, paths[place.pk]) for place in found]


def _organisations(words: list[str]) -> list[Organisation]:
    found: QuerySet[Organisation] = Organisation.objects.select_related("place")
    for word in words:
        found = found.filter(folded__contains=word)
    return list(found.order_by("kind", "id")[:SHOWN])
