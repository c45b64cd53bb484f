"""What a person did in rooms is in their export, and loses their name when they are erased."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from factories import NOON, a_meeting, a_user
from kenes.accounts.actions import erase_person
from kenes.accounts.exports import personal_data_of
from kenes.accounts.models import User
from kenes.live.models import Feed, RevokedParticipant
from kenes.programme.actions import join_meeting
from kenes.programme.models import Meeting, Participant
from kenes.questions.actions import ask_question, cast_vote, decide_question_hits
from kenes.questions.models import Question, Vote
from kenes.record.models import Leaf, Nonce
from kenes.redaction.hits import Hit
from kenes.redaction.states import Certainty, HitKind, Outcome
from kenes.redaction.subjects import Made, Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(db: None) -> Meeting:
    return a_meeting(is_open=True)


@pytest.fixture
def person(db: None) -> User:
    return a_user()


@pytest.fixture
def participant(meeting: Meeting, person: User) -> Participant:
    return join_meeting(meeting, name="A name", user=person, previous=None, at=NOON)


@pytest.fixture
def question(meeting: Meeting, participant: Participant) -> Question:
    result = ask_question(
        meeting, participant=participant, text="When?", language="en", is_anonymous=False, at=NOON
    )
    asked = Question.objects.get(pk=result.pk)
    other = join_meeting(meeting, name="Other", user=None, previous=None, at=NOON)
    cast_vote(asked, participant=other, at=NOON)
    return asked


def test_the_export_holds_rooms_questions_and_votes(
    meeting: Meeting, person: User, participant: Participant, question: Question
) -> None:
    cast_vote(question, participant=participant, at=NOON)
    parts = personal_data_of(person)
    at = NOON.isoformat()
    assert parts["rooms"] == [{"room": meeting.code, "name": "A name", "joined": at}]
    assert parts["questions"] == {
        "asked": [
            {
                "code": question.code,
                "text": "When?",
                "language": "en",
                "name": "A name",
                "anonymous": False,
                "at": at,
                "state": "open",
            }
        ],
        "votes": [{"question": question.code, "at": at}],
    }


def test_the_export_holds_nothing_of_others(person: User, question: Question) -> None:
    other = personal_data_of(a_user("other"))
    assert (other["rooms"], other["questions"]) == ([], {"asked": [], "votes": []})


def test_erasure_takes_the_name_from_question_and_participant_and_keeps_both(
    person: User, participant: Participant, question: Question
) -> None:
    erase_person(person, by=None, at=NOON)
    question.refresh_from_db()
    participant.refresh_from_db()
    assert (question.text, question.asker_name, participant.name, participant.user) == ("When?", "", "", None)
    assert Vote.objects.filter(question=question).count() == 1


def test_the_rooms_feed_tells_of_the_erased_name(person: User, question: Question) -> None:
    before = Feed.objects.get(pk=question.feed_id).version
    erase_person(person, by=None, at=NOON)
    question.refresh_from_db()
    assert (question.version, Feed.objects.get(pk=question.feed_id).version) == (before + 1, before + 1)


def test_a_guests_name_goes_with_the_account_they_were_merged_into(meeting: Meeting, person: User) -> None:
    guest = join_meeting(meeting, name="As a guest", user=None, previous=None, at=NOON)
    join_meeting(meeting, name="", user=person, previous=guest, at=NOON)
    erase_person(person, by=None, at=NOON)
    assert [row.name for row in Participant.objects.all()] == ["", ""]


def test_the_keys_of_an_erased_person_are_taken_no_more(person: User, participant: Participant) -> None:
    erase_person(person, by=None, at=NOON)
    assert [row.participant_id for row in RevokedParticipant.objects.all()] == [participant.pk]


def test_the_export_names_the_entries_of_the_record(person: User, question: Question) -> None:
    leaf = Leaf.objects.get()
    entry = {"question": question.code, "kind": "question-registered", "entry": leaf.digest}
    assert personal_data_of(person)["record"] == [entry]
    assert personal_data_of(a_user("other"))["record"] == []


def test_an_erased_persons_question_stays_provable(
    person: User, participant: Participant, question: Question
) -> None:
    before = list(Leaf.objects.values_list("digest", "body"))
    erase_person(person, by=None, at=NOON)
    assert list(Leaf.objects.values_list("digest", "body")) == before
    call_command("verify_record", stdout=StringIO())
    Question.objects.update(text="Another question?")
    with pytest.raises(CommandError):
        call_command("verify_record", stdout=StringIO(), stderr=StringIO())


def test_what_was_taken_out_of_an_erased_persons_question_can_be_guessed_no_more(
    person: User, participant: Participant, question: Question
) -> None:
    made = [Made(Hit(0, 4, HitKind.NAME, Certainty.SURE), Outcome.REDACT)]
    decide_question_hits(question, Verdict("text", question.text, made, None, NOON))
    assert Nonce.objects.count() == 2
    erase_person(person, by=None, at=NOON)
    assert [nonce.leaf.kind for nonce in Nonce.objects.all()] == ["question-redacted"]
    call_command("verify_record", stdout=StringIO())
