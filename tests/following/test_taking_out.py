"""A letter that has not left says nothing that was taken out of the text it quotes."""

from dataclasses import replace

from factories import NOON
from following.conftest import LATER, a_follower, letters
from kenes.following.actions import tell_happenings
from kenes.notices.actions import claim_due_messages, note_sent, send_mail_later
from kenes.notices.models import Message
from kenes.organisations.models import Organisation
from kenes.questions.actions import answer_in_writing, decide_question_hits
from kenes.questions.models import Question
from kenes.redaction.hits import Hit
from kenes.redaction.states import Certainty, HitKind, Outcome
from kenes.redaction.subjects import Made, Verdict
from questions.acts import WRITTEN, write

TEXT = "Ask Асель Ахметова in the centre."


def answer(question: Question, unit: Organisation) -> None:
    write(question, unit, until="cleared")
    tell_happenings(at=NOON)
    Message.objects.all().delete()
    written = replace(WRITTEN, texts={**WRITTEN.texts, "en": TEXT})
    answer_in_writing(question, written=written, by=None, at=LATER)
    tell_happenings(at=LATER)


def take_out(question: Question, piece: str = "Асель Ахметова") -> None:
    start = TEXT.index(piece)
    made = [Made(Hit(start, start + len(piece), HitKind.NAME, Certainty.SURE), Outcome.REDACT)]
    decide_question_hits(question, Verdict("answer-en", TEXT, made, None, LATER))


def test_a_letter_that_waits_loses_what_is_taken_out_of_the_answer(
    question: Question, unit: Organisation
) -> None:
    a_follower("question", question.code)
    answer(question, unit)
    (before,) = letters()
    assert before.body.count(TEXT) == 1
    take_out(question)
    (after,) = letters()
    assert after.body == before.body.replace("Асель Ахметова", "[name removed]")
    assert after.state == "waiting"


def test_a_letter_whose_worker_died_loses_it_too(question: Question, unit: Organisation) -> None:
    a_follower("question", question.code)
    answer(question, unit)
    claim_due_messages(at=LATER, limit=10)
    take_out(question)
    assert [(letter.state, "Асель" in letter.body) for letter in letters()] == [("sending", False)]


def test_other_letters_keep_their_words(question: Question, unit: Organisation) -> None:
    a_follower("question", question.code)
    answer(question, unit)
    other = {"to": "asel@example.org", "language": "ru", "subject": "Асель Ахметова", "at": LATER}
    send_mail_later(key="other", body="Асель Ахметова, здравствуйте!", **other)
    left = send_mail_later(key="left", body=f"{question.code}: Асель Ахметова", **other)
    note_sent(left, at=LATER)
    take_out(question)
    kept = Message.objects.filter(key__in=["other", "left"]).order_by("id").values_list("body", flat=True)
    assert list(kept) == ["Асель Ахметова, здравствуйте!", f"{question.code}: Асель Ахметова"]
