"""Personal data in a question's texts: publishing waits for the review, and pieces are taken out."""

from datetime import datetime

from kenes.accounts.models import User
from kenes.live.writer import LockedFeed, change_feed
from kenes.questions.actions.kept_texts import ANSWER, ASKED, TEXT, answer_field, forget_lost_texts
from kenes.questions.actions.leaves import OBJECT_KIND, log_redacted
from kenes.questions.actions.moves import keep
from kenes.questions.events import PiecesTakenOut, tell_of_pieces
from kenes.questions.models import Answer, AnswerText, Edit, Question
from kenes.questions.queries import standing_answer
from kenes.questions.rules import folded_question
from kenes.redaction.actions import decide_hits, leave_hits, require_reviewed, seal_original
from kenes.redaction.errors import NothingToReview, TextChangedMeanwhile
from kenes.redaction.hits import marker_of
from kenes.redaction.states import Outcome
from kenes.redaction.subjects import Verdict

Holder = Question | Answer | AnswerText


def decide_question_hits(question: Question, verdict: Verdict) -> None:
    """Keep what was decided about the question's text or its answer's, and take out what is to go.

    The room, the lists and the files show the new text at once; the log gets a leaf that says so.
    Raises: NothingToReview, TextChangedMeanwhile, SpanOutside, RedactionReasonMissing.
    """
    with change_feed(question.feed_id) as feed:
        question.refresh_from_db()
        holder = _holder(question, verdict.field)
        if holder.text != verdict.text:
            raise TextChangedMeanwhile
        holder.text = decide_hits(OBJECT_KIND, question.code, verdict)
        if holder.text != verdict.text:
            _keep_redacted(question, holder, feed=feed, verdict=verdict)


def review_answer(question: Question, text: str, *, leave_reason: str, by: User | None, at: datetime) -> None:
    """Refuse an answer with personal data nobody decided about; with a reason they stay.

    Raises: UnreviewedPersonalData.
    """
    if leave_reason.strip():
        leave_hits(OBJECT_KIND, question.code, ANSWER, text, reason=leave_reason, by=by, at=at)
    require_reviewed(OBJECT_KIND, question.code, ANSWER, text)


def _holder(question: Question, field: str) -> Holder:
    if field == TEXT:
        return question
    answer = standing_answer(question)
    if answer is not None and field == ANSWER:
        return answer
    texts = answer.texts.all() if answer is not None else ()
    found = next((text for text in texts if answer_field(text.language) == field), None)
    if found is None:
        raise NothingToReview
    return found


def _keep_redacted(question: Question, holder: Holder, *, feed: LockedFeed, verdict: Verdict) -> None:
    pieces = {
        made.hit.of(verdict.text): marker_of(made.hit.kind)
        for made in verdict.made
        if made.outcome == Outcome.REDACT
    }
    if isinstance(holder, Answer | AnswerText):
        _keep_answer(holder)
        keep(question, feed=feed, fields=[])
    else:
        _scrub_edits(question, pieces, at=verdict.at)
        question.folded = folded_question(question)
        keep(question, feed=feed, fields=["text", "folded"])
    kinds = sorted({made.hit.kind.value for made in verdict.made if made.outcome == Outcome.REDACT})
    log_redacted(question, field=verdict.field, kinds=kinds, texts=_texts_of(holder), at=verdict.at)
    forget_lost_texts(question)
    tell_of_pieces(PiecesTakenOut(question, verdict.field, pieces, verdict.at, verdict.by))


def _texts_of(holder: Holder) -> dict[str, str]:
    """Return the text as it is now; of a written answer, those in its other languages too."""
    if isinstance(holder, AnswerText):
        return dict(holder.answer.texts.values_list("language", "text"))
    return {holder.language: holder.text}


def _keep_answer(holder: Answer | AnswerText) -> None:
    """Save the text; an answer holds the one in its own language twice."""
    holder.save(update_fields=["text"])
    if isinstance(holder, AnswerText):
        Answer.objects.filter(pk=holder.answer_id, language=holder.language).update(text=holder.text)
    else:
        holder.texts.filter(language=holder.language).update(text=holder.text)


def _scrub_edits(question: Question, pieces: dict[str, str], *, at: datetime) -> None:
    """Take the pieces out of the texts before and after earlier edits; seal the first, which was asked."""
    edits = list(question.edits.order_by("id"))
    if edits:
        seal_original(OBJECT_KIND, question.code, ASKED, edits[0].old_text, at=at)
    for edit in edits:
        for piece, marker in pieces.items():
            edit.old_text = edit.old_text.replace(piece, marker)
            edit.new_text = edit.new_text.replace(piece, marker)
    Edit.objects.bulk_update(edits, ["old_text", "new_text"])


def forget_original(code: str) -> None:
    """Let nobody try texts against the log's commitments to a text whose original is erased."""
    forget_lost_texts(Question.objects.get(code=code))
