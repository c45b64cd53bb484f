"""Which rows of upper apps the record's log is compared with."""

from kenes.commitments.witnesses import register_commitment_witnesses
from kenes.minutes.witnesses import minutes_redacted_seen, minutes_seen, problems_of_documents
from kenes.questions.comparing import problems_of_questions
from kenes.questions.witnesses import answers_seen, questions_seen, written_answers_seen
from kenes.record.witnesses import register_check, register_witness


def register_witnesses() -> None:
    """Register the rows behind each kind of leaf that has them."""
    register_witness("question-registered", questions_seen)
    register_witness("question-answered", answers_seen)
    register_witness("question-answered-in-writing", written_answers_seen)
    register_check(problems_of_questions)
    register_check(problems_of_documents)
    register_commitment_witnesses()
    register_witness("minutes-final", minutes_seen)
    register_witness("minutes-redacted", minutes_redacted_seen)
