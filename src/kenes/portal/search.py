"""Folded search over what is public: meetings, places, bodies, questions.

Each of them keeps a folded copy, written by its actions. Questions are found by any form of their words
too, as in the register.
"""

from dataclasses import dataclass

from kenes.organisations.models import Organisation
from kenes.portal.queries import holding, public_questions, words_of
from kenes.programme.models import Meeting
from kenes.questions.models import Question
from kenes.questions.rules import is_text_public
from kenes.register.queries import RegisterFilter, page_of
from kenes.register.states import Sort
from kenes.territories.models import Place
from kenes.territories.queries import place_paths, search_places

SHOWN = 20


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
    words = words_of(text)
    if not words:
        return Found([], [], [], [])
    return Found(_meetings(words), _questions(words, text), _places(" ".join(words)), _organisations(words))


def _meetings(words: list[str]) -> list[Meeting]:
    found = holding(Meeting.objects.select_related("place"), words)
    return list(found.order_by("-starts_at", "-id")[:SHOWN])


def _questions(words: list[str], text: str) -> list[Question]:
    """Return the best matches by forms of words, then those that hold the letters as they were typed."""
    by_forms = page_of(RegisterFilter(words=text), sort=Sort.RELEVANCE, size=SHOWN).questions
    by_letters = holding(public_questions(), words).order_by("-id")[:SHOWN]
    found = {question.pk: question for question in [*by_forms, *by_letters] if is_text_public(question)}
    return list(found.values())[:SHOWN]


def _places(text: str) -> list[FoundPlace]:
    found = list(search_places(text)[:SHOWN])
    paths = place_paths(found)
    return [FoundPlace(place, paths[place.pk]) for place in found]


def _organisations(words: list[str]) -> list[Organisation]:
    found = holding(Organisation.objects.select_related("place"), words)
    return list(found.order_by("kind", "id")[:SHOWN])
