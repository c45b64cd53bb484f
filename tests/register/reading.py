"""Short ways to questions that the search has read."""

from typing import Any

from kenes.programme.models import Participant
from kenes.questions.models import Question
from kenes.register.actions import index_changed_questions
from kenes.register.queries import RegisterFilter, page_of
from kenes.register.states import Sort
from questions.acts import ask

RUSSIAN = "Когда откроется молодёжный центр в селе Аккөл?"
KAZAKH = "Біздің ауылда жастар орталығы қашан ашылады?"


def read_all() -> int:
    """Let the search read what has changed."""
    total = 0
    while read := index_changed_questions():
        total += read
    return total


def asked(participant: Participant, *texts: str, language: str = "ru") -> list[Question]:
    """Ask and let the search read."""
    questions = [ask(participant, text, language=language) for text in texts]
    read_all()
    return questions


def found(words: str = "", *, sort: str = Sort.NEWEST, **narrowed: Any) -> list[str]:
    """Return the codes of a list's first page."""
    page = page_of(RegisterFilter(words=words, **narrowed), sort=sort)
    return [question.code for question in page.questions]
