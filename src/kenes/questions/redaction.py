"""Adapts questions for the review of personal data: their text and the answer that stands."""

from django.conf import settings
from django.utils.translation import gettext as _

from kenes.accounts.rules import AnyUser
from kenes.questions.access import question_to_moderate
from kenes.questions.actions import decide_question_hits, forget_original
from kenes.questions.actions.kept_texts import ANSWER, TEXT, answer_field
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
        texts += _answer_texts(question)
        back = ("rooms:desk", question.meeting.code, f"question={code}")
        return Reviewed("question", code, code, back, texts)

    def decide(self, object_id: str, verdict: Verdict) -> None:
        """Keep the decisions in the question's own transaction."""
        decide_question_hits(Question.objects.get(code=object_id), verdict)

    def forget(self, object_id: str) -> None:
        """Let the log's commitments to the original be opened no more."""
        forget_original(object_id)


def _answer_texts(question: Question) -> list[ReviewedText]:
    answer = standing_answer(question)
    if answer is None:
        return []
    names = dict(settings.LANGUAGES)
    written = [
        ReviewedText(
            answer_field(row.language),
            row.text,
            row.language,
            _("The answer: %(language)s") % {"language": names[row.language]},
        )
        for row in answer.texts.order_by("id")
    ]
    return written or [ReviewedText(ANSWER, answer.text, answer.language, _("The answer"))]
