"""Who clears or signs is told when an answer waits for them, each once for each act."""

from datetime import timedelta

import pytest

from answering.people import KK, NOW, RU, WORDS, Unit, a_member, checked, saved, seen, submitted
from answering.test_clearing import a_chain
from kenes.answering import actions
from kenes.answering.actions import StepPlan
from kenes.answering.errors import NotNow
from kenes.notices.models import Message
from kenes.programme.models import Participant
from kenes.questions.models import Question
from questions.acts import a_question

pytestmark = pytest.mark.django_db


def told() -> dict[str, str]:
    """Return the subjects of the letters since the last look, by who reads them, and forget the letters."""
    found = Message.objects.filter(key__startswith="waits-").order_by("id")
    subjects = {message.to.partition("@")[0]: message.subject for message in found}
    assert len(subjects) == found.count()
    Message.objects.all().delete()
    return subjects


def cleared_by(question: Question, user: object) -> None:
    actions.clear_step(question, version=1, by=user, at=NOW)  # type: ignore[arg-type]


def test_clearers_and_the_head_are_told_of_a_draft_and_signers_of_what_is_cleared(
    question: Question, unit: Unit
) -> None:
    submitted(question, unit)
    subject = f"Question {question.code}: an answer waits for your clearance"
    assert told() == {"directorate-clearer": subject, "directorate-head": subject}
    cleared_by(question, unit.clearer)
    assert told() == {"directorate-signer": f"Question {question.code}: an answer waits for your signature"}


def test_the_letter_leads_to_the_answer_and_to_all_that_waits_and_names_nobody(
    question: Question, unit: Unit
) -> None:
    a_chain(unit, "clearer")
    submitted(question, unit)
    body = Message.objects.get(to=unit.clearer.email).body
    words = [
        f"/en/work/questions/{question.code}/",
        "/en/work/?state=drafted",
        "Step: Step 1",
        "due by Friday, 5 March 2021",
    ]
    assert [body.count(each) for each in words] == [1, 1, 1, 1]
    assert [each for each in (question.text, KK, RU, "Guest of the hall") if each in body] == []
    cleared_by(question, unit.clearer)
    body = Message.objects.get(to=unit.signer.email).body
    assert ["is cleared and waits to be signed" in body, "Step:" in body] == [True, False]


@pytest.mark.parametrize(
    ("language", "subject"),
    [("kk", "сұрағы: жауап сіздің келісуіңізді күтіп тұр"), ("ru", "ответ ждёт вашего согласования")],
)
def test_each_reads_their_own_language(question: Question, unit: Unit, language: str, subject: str) -> None:
    unit.clearer.language = language
    unit.clearer.save()
    submitted(question, unit)
    assert subject in told()["directorate-clearer"]


def test_each_step_is_told_to_whom_it_names_and_nobody_of_what_they_did_themselves(
    question: Question, unit: Unit
) -> None:
    lawyer = a_member("lawyer", unit.body, "member", "signer")
    a_chain(unit, "clearer")
    plan = StepPlan(unit.body, 2, {"en": "Legal opinion", "ru": "Заключение юриста"}, people=(lawyer,))
    actions.save_clearance_step(plan, by=None, at=NOW)
    submitted(question, unit)
    assert told().keys() == {"directorate-clearer"}
    cleared_by(question, unit.clearer)
    assert told().keys() == {"lawyer"}
    cleared_by(question, lawyer)
    assert told().keys() == {"directorate-signer"}


def test_who_left_the_unit_is_not_told(question: Question, unit: Unit) -> None:
    unit.people["clearer"].memberships.update(until=NOW.date() - timedelta(days=1))
    unit.head.is_active = False
    unit.head.save()
    version = saved(question, unit.drafter)
    actions.check_translation(question, language="kk", version=version.number, by=unit.signer, at=NOW)
    actions.submit_to_clearance(question, version=version.number, by=unit.drafter, at=NOW)
    assert told() == {}


def test_a_new_version_that_voids_a_clearance_waits_for_the_first_step_again(
    question: Question, unit: Unit
) -> None:
    a_chain(unit, "clearer", "head")
    submitted(question, unit)
    told()
    saved(question, unit.head, base=1, kk=KK, ru=f"{RU} Точно.")
    assert told() == {}  # nobody had cleared it yet: who was told still has it before them
    checked(question, unit)
    actions.clear_step(question, version=2, by=unit.clearer, at=NOW + timedelta(minutes=1))
    assert told().keys() == {"directorate-head"}
    saved(question, unit.head, base=2, kk=KK, ru=f"{RU} Наверно.")
    assert told().keys() == {"directorate-clearer"}


def test_a_translation_handed_in_after_the_submission_is_told(question: Question, unit: Unit) -> None:
    submitted(question, unit)
    told()
    actions.ask_translation(question, language="kk", version=1, by=unit.head, at=NOW)
    assert told() == {}
    actions.finish_translation(
        question, language="kk", text=f"{KK} Иә.", base=1, by=unit.member, at=NOW + timedelta(minutes=1)
    )
    assert told().keys() == {"directorate-clearer", "directorate-head"}


def test_what_was_refused_tells_nobody(question: Question, unit: Unit) -> None:
    version = saved(question, unit.drafter)
    with pytest.raises(NotNow):
        actions.clear_step(question, version=version.number, by=unit.clearer, at=NOW)
    assert told() == {}


def test_of_many_handed_on_at_once_each_gets_one_letter(guest: Participant, unit: Unit) -> None:
    questions = [a_question("assigned", guest, unit.body) for _each in range(6)]
    actions.draft_many(questions, words=WORDS, by=unit.drafter, at=NOW)
    subject = f"Question {questions[0].code}: an answer waits for your clearance"
    assert told() == {"directorate-clearer": subject, "directorate-head": subject}
    actions.check_many(questions, seen=seen(*questions), by=unit.clearer, at=NOW)
    actions.clear_many(questions, seen=seen(*questions), by=unit.clearer, at=NOW)
    assert told().keys() == {"directorate-signer"}
