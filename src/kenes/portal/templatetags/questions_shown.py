"""How the portal's pages show a question."""

from django import template

from kenes.questions.models import Question
from kenes.questions.rules import public_state
from kenes.questions.states import QuestionState

register = template.Library()


@register.filter
def shown_state(question: Question) -> QuestionState:
    """Return the state as the public sees it; work inside a unit is not told."""
    return QuestionState(public_state(question.state))
