"""Adapts questions for the review of personal data: their text and the answer that stands."""

from django.utils.translation import gettext as _

from kenes.accounts.rules import AnyUser
from kenes.questions.access import question_to_moderate
from kenes.questions.actions import decide_question_hits, forget_original
from kenes.questions.actions.redacting import ANSWER, TEXT
from kenes.questions.models import Question
from kenes.questions.queries import standing_answer
from kenes.redaction.subjects import Reviewed, ReviewedText, Verdict


class QuestionSubject:
    """Questions, for the moderators of their meeting."""

    def find(self, object_id: str, *, user: AnyUser) -> Reviewed:
        """Return the question's texts. Raises: QuestionUnknown."""
        question = question_to_moderate(user, object_id)
        code = question.code
        texts = [ReviewedText(TEXT, question.text, question.language, _("The question"))]
        answer = standing_answer(question)
        if answer is not None:
            texts.append(ReviewedText(ANSWER, answer.text, answer.language, _("The answer")))
        back = ("rooms:desk", question.meeting.code, f"question={code}")
        return Reviewed("question", code, code, back, texts)

    def decide(self, object_id: str, verdict: Verdict) -> None:
        """Keep the decisions in the question's own transaction."""
        decide_question_hits(Question.objects.get(code=object_id), verdict)

    def forget(self, object_id: str, field: str) -> None:
        """Let the log's commitments to the original be opened no more."""
        forget_original(object_id, field)
