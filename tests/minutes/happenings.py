"""A meeting that happened, with something of everything that its minutes tell."""

from datetime import date, datetime, timedelta

from factories import NOON, a_body, a_meeting, an_agenda_item
from kenes.accounts.models import User
from kenes.core.folding import fold
from kenes.links.models import End
from kenes.organisations.models import Organisation
from kenes.programme.actions import add_speaker, join_meeting, move_agenda_item, note_presence
from kenes.programme.models import Meeting, Participant
from kenes.programme.plans import SpeakerPlan
from kenes.questions import actions as questions
from kenes.questions.actions import SpokenAnswer
from kenes.questions.models import Answer, AnswerText, Question, Vote
from kenes.questions.states import AnswerForm, Channel, QuestionState
from kenes.rooms.actions import close_meeting, post_announcement

END = NOON + timedelta(hours=2)
LATER = NOON + timedelta(days=3)
DUE = date(2021, 3, 12)
CHAIRMAN = "Комитет төрағасы"
SPOKEN = SpokenAnswer(CHAIRMAN, "Орталық наурызда ашылады.", "kk", second=754)
SECRET_NAME = "Name that stays hidden"
ABUSE = "Words that nobody should read again"


def minutes_after(number: int) -> datetime:
    return NOON + timedelta(minutes=number)


def a_guest(meeting: Meeting, name: str = SECRET_NAME) -> Participant:
    return join_meeting(meeting, name=name, user=None, previous=None, at=NOON)


def ask(participant: Participant, text: str, **fields: object) -> Question:
    values = {"language": "kk", "is_anonymous": True, "at": minutes_after(40), **fields}
    return questions.ask_question(participant.meeting, participant=participant, text=text, **values)  # type: ignore[arg-type]


def a_written_answer(question: Question, *, unit: Organisation, is_late: bool = False) -> Answer:
    """Return an answer in writing, set as the unit's signature will set it."""
    answer = Answer.objects.create(
        question=question,
        form=AnswerForm.WRITTEN,
        answered_by="Руководитель управления",
        organisation=unit,
        text="Пособие выплачивается с первого числа.",
        language="ru",
        at=LATER,
        is_late=is_late,
        promise="none",
    )
    AnswerText.objects.create(answer=answer, language="kk", text="Жәрдемақы айдың бірінен бастап төленеді.")
    Question.objects.filter(pk=question.pk).update(state=QuestionState.ANSWERED)
    return answer


def a_followed_agenda(meeting: Meeting, body: Organisation) -> None:
    first = an_agenda_item(meeting, "Report")
    role = {"kk": CHAIRMAN, "ru": "Председатель Комитета", "en": "Chairman of the Committee"}
    add_speaker(first, SpeakerPlan(role=role, organisation=body), by=None, at=NOON)
    second = an_agenda_item(meeting, "Questions", starts_at=minutes_after(30), ends_at=minutes_after(90))
    an_agenda_item(meeting, "Dropped", starts_at=minutes_after(90), ends_at=minutes_after(100))
    move_agenda_item(first, state="now", by=None, at=minutes_after(2))
    move_agenda_item(second, state="now", by=None, at=minutes_after(37))
    move_agenda_item(second, state="done", by=None, at=minutes_after(101))


def a_meeting_that_happened(*, moderator: User | None = None) -> Meeting:
    """Return a closed meeting of six questions: aloud, assigned twice, refused twice, withdrawn."""
    meeting = a_meeting(is_open=True)
    unit = a_body("Directorate", "directorate")
    guest = a_guest(meeting)
    a_followed_agenda(meeting, unit)
    aloud = ask(guest, "Орталық қашан ашылады?")
    Vote.objects.create(question=aloud, participant=guest, kind="guest", at=NOON)
    Question.objects.filter(pk=aloud.pk).update(votes_guest=1)
    questions.answer_aloud(aloud, by=moderator, at=minutes_after(45), spoken=SPOKEN)
    for text in ("Когда выплатят пособие?", "Где пройдёт семинар?"):
        assigned = ask(guest, text, language="ru")
        questions.assign_question(assigned, organisation=unit, due_on=DUE, by=moderator, at=minutes_after(50))
    for text, ground in (("Бұл бір пікір ғана.", "not_a_question"), (ABUSE, "abuse")):
        refused = ask(guest, text)
        questions.refuse_question(refused, by=moderator, at=minutes_after(55), ground=ground)
    questions.withdraw_question(ask(guest, "Ойымнан қайттым."), at=minutes_after(56))
    note_presence(meeting, present=45, at=minutes_after(60))
    post_announcement(meeting, text={"kk": "Үзіліс", "ru": "Перерыв"}, by=moderator, at=minutes_after(61))
    close_meeting(meeting, by=moderator, at=END)
    return meeting


def raw_questions(meeting: Meeting, states: list[str], *, participant: Participant | None = None) -> None:
    """Write questions in these states straight into the database, for documents of any mixture."""
    Question.objects.bulk_create(
        Question(
            meeting=meeting,
            feed_id=meeting.feed_id,
            code=f"{meeting.code}-{serial:04}",
            serial=serial,
            state=state,
            text=f"Question number {serial} on paper?",
            folded=fold(f"{serial}"),
            language="en",
            channel=Channel.PAPER,
            participant=participant,
            asked_at=NOON,
            refusal_ground="off_topic" if state == QuestionState.REFUSED else "",
        )
        for serial, state in enumerate(states, start=1)
    )
    answered = Question.objects.filter(meeting=meeting, state=QuestionState.ANSWERED)
    Answer.objects.bulk_create(
        Answer(
            question=one, form=AnswerForm.ALOUD, answered_by=CHAIRMAN, text="Said.", language="en", at=NOON
        )
        for one in answered
    )


def source_of(question: Question) -> End:
    return End("question", question.code)
