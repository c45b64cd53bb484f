"""The tables of questions, of their answers, and of the duties to answer."""

from kenes.questions.models.answers import SCORE_LEAST, SCORE_MOST, Answer, AnswerText, Rating
from kenes.questions.models.duties import Assignment, Part, PassedOn, Reopening
from kenes.questions.models.questions import Edit, Move, Question, Vote

__all__ = [
    "SCORE_LEAST",
    "SCORE_MOST",
    "Answer",
    "AnswerText",
    "Assignment",
    "Edit",
    "Move",
    "Part",
    "PassedOn",
    "Question",
    "Rating",
    "Reopening",
    "Vote",
]
