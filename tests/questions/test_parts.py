"""A part of a question at another unit: its own term, its answer, its end; and the clock that stands."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from answering.people import KK, RU, Unit, a_unit
from factories import a_body, a_meeting, a_user
from kenes.answering.actions import answer_part
from kenes.answering.errors import WorkNotOpen
from kenes.deadlines.models import Notice, Term
from kenes.deadlines.queries import terms_overdue
from kenes.deadlines.states import Cause
from kenes.following.actions import leave_contact, note_askers_told, tell_happenings
from kenes.following.actions.subscribing import confirm_subscription
from kenes.notices.models import Message
from kenes.programme.models import Participant
from kenes.questions import actions, errors
from kenes.questions.models import Part, Question
from kenes.questions.rows import companions_of
from kenes.questions.timeline import timeline_of
from kenes.record.models import Leaf
from questions.acts import WRITTEN, ask, guests

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TODAY = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)  # a Monday
DUE = date(2026, 3, 27)
TEXTS = {"kk": KK, "ru": RU}


@pytest.fixture
def owner() -> Unit:
    return a_unit("Directorate")


@pytest.fixture
def other() -> Unit:
    return a_unit("Department")


@pytest.fixture
def guest() -> Participant:
    meeting = a_meeting(is_open=True, starts_at=TODAY, ends_at=TODAY + timedelta(hours=2))
    return guests(meeting, 1)[0]


@pytest.fixture
def question(guest: Participant, owner: Unit) -> Question:
    found = ask(guest, at=TODAY)
    actions.assign_question(found, organisation=owner.body, by=None, at=TODAY)
    return found


def days(number: int) -> datetime:
    return TODAY + timedelta(days=number)


def pass_part(question: Question, unit: Unit, at: datetime) -> Part:
    return actions.pass_part_on(question, organisation=unit.body, subject="The second point.", by=None, at=at)


def test_a_part_passed_on_in_time_is_counted_anew_and_the_whole_runs_on(
    question: Question, other: Unit
) -> None:
    part = pass_part(question, other, days(2))
    # 15 working days after Wednesday 4 March, without the 9th and 23rd to 25th.
    assert (part.term.due_on, part.term.part_of) == (date(2026, 3, 31), Term.objects.get(part_of=None))
    assert Term.objects.get(part_of=None).due_on == DUE
    assert question.assignments.get(ended_at=None).organisation != other.body
    assert companions_of([question], using="default").terms[question.code].due_on == DUE


def test_a_part_passed_on_late_gains_no_time(question: Question, other: Unit) -> None:
    part = pass_part(question, other, days(10))
    assert part.term.due_on == DUE
    assert list(part.term.entries.order_by("id").values_list("cause", flat=True)) == [Cause.CLOCK, Cause.SET]


def test_neither_the_unit_of_the_whole_nor_one_with_a_part_gets_one(
    question: Question, owner: Unit, other: Unit
) -> None:
    with pytest.raises(errors.PartHasUnit):
        pass_part(question, owner, days(1))
    pass_part(question, other, days(1))
    with pytest.raises(errors.PartHasUnit):
        pass_part(question, other, days(1))
    with pytest.raises(errors.ReasonMissing):
        actions.pass_part_on(question, organisation=a_body("Third"), subject=" ", by=None, at=days(1))


def test_a_signer_of_its_unit_alone_answers_a_part_in_both_languages(
    question: Question, owner: Unit, other: Unit
) -> None:
    part = pass_part(question, other, days(1))
    refused = [owner.signer, *(person for kind, person in other.people.items() if kind != "signer")]
    for person in [*refused, a_user("somebody"), None]:
        with pytest.raises(WorkNotOpen):
            answer_part(part, texts=TEXTS, answered_by="Head", by=person, at=days(2))
    signer = {"answered_by": "Head of the department", "by": other.signer, "at": days(2)}
    with pytest.raises(errors.BothLanguagesNeeded):
        answer_part(part, texts={"kk": KK}, **signer)
    with pytest.raises(errors.PartHoldsPersonalData):
        answer_part(part, texts={"kk": KK, "ru": "Звоните: +7 701 123 45 67."}, **signer)
    answer_part(part, texts=TEXTS, **signer)
    part.refresh_from_db()
    part.term.refresh_from_db()
    assert (part.answer_kk, part.is_late, part.term.closed_at) == (KK, False, days(2))
    assert Leaf.objects.filter(kind="part-answered").count() == 1
    assert (question.state, Term.objects.get(part_of=None).closed_at) == ("assigned", None)
    with pytest.raises(errors.PartIsDone):
        answer_part(part, texts=TEXTS, **signer)


def test_a_part_answered_after_its_day_is_late(question: Question, other: Unit) -> None:
    part = pass_part(question, other, days(1))
    answer_part(part, texts=TEXTS, answered_by="Head", by=other.signer, at=days(60))
    assert part.is_late


def test_a_part_runs_on_after_the_whole_was_answered_and_ends_when_it_is_owed_no_more(
    guest: Participant, question: Question, other: Unit
) -> None:
    part = pass_part(question, other, days(1))
    actions.withdraw_question(question, at=days(2))
    part.refresh_from_db()
    assert (part.ended_at, part.answered_at) == (days(2), None)
    assert not Term.objects.filter(closed_at=None).exists()


def test_everybody_reads_the_part_its_unit_and_its_answer(
    client: Client, question: Question, other: Unit
) -> None:
    part = pass_part(question, other, days(1))
    answer_part(part, texts=TEXTS, answered_by="Head of the department", by=other.signer, at=days(2))
    page = client.get(f"/en/questions/{question.code}/").content.decode()
    told = client.get(f"/en/questions/{question.code}/due/").content.decode()
    assert [text in page for text in ("The second point.", "Department", RU)] == [True, True, True]
    assert ["Department" in told, "Tue 31 March" in told] == [True, False]
    assert "tell the asker that it was passed on" in told
    labels = [step.label for step in timeline_of(question)]
    assert "A part was passed on to Department" in labels
    assert "Department answered its part" in labels


@time_machine.travel(TODAY + timedelta(days=2), tick=False)
def test_by_the_pages_a_head_passes_a_part_on_and_a_signer_there_answers_it(
    client: Client, question: Question, owner: Unit, other: Unit
) -> None:
    client.force_login(owner.head)
    typed = {"organisation": "Department", "subject": "The second point."}
    done = client.post(reverse("answering:pass_part", args=[question.code]), typed)
    assert done.status_code == 303
    part = Part.objects.get()
    address = reverse("answering:part", args=[part.public_id])
    assert client.get(address).status_code == 404
    client.force_login(other.drafter)
    assert "The second point." in client.get("/en/work/").content.decode()
    answer = {**TEXTS, "answered_by": "Head of the department"}
    assert [client.get(address).status_code, client.post(address, answer).status_code] == [200, 404]
    client.force_login(other.signer)
    assert client.post(address, {"kk": KK, "ru": "", "answered_by": "Head"}).status_code == 422
    assert client.post(address, answer).status_code == 303
    part.refresh_from_db()
    assert part.answer_ru == RU


def test_asker_and_unit_of_the_part_are_told(question: Question, other: Unit) -> None:
    contact = leave_contact(question, channel="email", address="asker@example.org", language="en", at=TODAY)
    assert contact is not None
    confirm_subscription(contact, at=TODAY)
    tell_happenings(at=TODAY)
    Message.objects.all().delete()
    part = pass_part(question, other, days(1))
    tell_happenings(at=days(1))
    told = {message.to: message.body for message in Message.objects.all()}
    assert told.keys() == {"asker@example.org", *(p.email for k, p in other.people.items() if k != "member")}
    assert all("The second point." in body for body in told.values())
    assert f"/work/parts/{part.public_id}/" in told[other.signer.email]


def test_while_the_clock_stands_nothing_becomes_late_and_its_story_is_public(
    question: Question,
) -> None:
    actions.pause_due_date(question, by=None, at=days(3), reason="Papers are awaited.")
    with pytest.raises(errors.ClockStands):
        actions.pause_due_date(question, by=None, at=days(4), reason="Again.")
    assert list(terms_overdue(on=date(2026, 5, 1))) == []
    actions.resume_due_date(question, by=None, at=days(8))
    with pytest.raises(errors.ClockRuns):
        actions.resume_due_date(question, by=None, at=days(9))
    # Stopped on Thursday 5 March, started on Tuesday 10 March: Friday and Tuesday are made up for.
    assert Term.objects.get().due_on == date(2026, 3, 31)
    told = [(step.label, step.note) for step in timeline_of(question)]
    assert ("The clock was stopped", "Papers are awaited.") in told
    assert ("The clock was started again", "") in told


@pytest.mark.parametrize(("stopped_on", "is_late"), [(3, False), (30, True)])
def test_an_answer_given_while_the_clock_stands_is_late_only_where_its_day_had_passed_before(
    question: Question, stopped_on: int, is_late: bool
) -> None:
    actions.pause_due_date(question, by=None, at=days(stopped_on), reason="Papers are awaited.")
    actions.submit_draft(question, by=None, at=days(59))
    actions.clear_answer(question, by=None, at=days(59))
    answer = actions.answer_in_writing(question, written=WRITTEN, by=None, at=days(60))
    assert (answer.is_late, Term.objects.get().closed_at) == (is_late, days(60))


def test_a_message_that_left_is_noted_as_the_notice_of_an_extension(question: Question) -> None:
    contact = leave_contact(question, channel="email", address="asker@example.org", language="en", at=TODAY)
    assert contact is not None
    confirm_subscription(contact, at=TODAY)
    actions.extend_due_date(question, count=1, by=None, at=days(1), reason="An inquiry.")
    tell_happenings(at=days(1))
    assert note_askers_told() == 0  # written, and not sent yet
    Message.objects.update(sent_at=days(2))
    assert note_askers_told() == 1
    notice = Notice.objects.get()
    assert (notice.way, notice.told_at, notice.due_on) == ("message", days(2), date(2026, 3, 6))


def test_who_asked_on_a_screen_without_an_address_is_told_by_the_page(question: Question) -> None:
    actions.extend_due_date(question, count=1, by=None, at=days(1), reason="An inquiry.")
    assert [note_askers_told(), note_askers_told()] == [1, 0]
    assert Notice.objects.get().way == "page"


def test_who_asked_by_phone_is_told_by_a_person_and_seen_untold_till_then(
    client: Client, question: Question, owner: Unit
) -> None:
    Question.objects.update(channel="phone")
    actions.extend_due_date(question, count=1, by=None, at=days(1), reason="An inquiry.")
    assert note_askers_told() == 0
    client.force_login(owner.head)
    with time_machine.travel(days(14), tick=False):
        assert "the asker was not told in time" in client.get("/en/work/").content.decode()
        client.post(reverse("answering:tell_asker", args=[question.code]), {"way": "message"})
        assert Notice.objects.get().told_at is None
        client.post(reverse("answering:tell_asker", args=[question.code]), {"way": "phone"})
        assert "the asker was not told in time" not in client.get("/en/work/").content.decode()
    (told,) = [step.note for step in timeline_of(question) if step.label == "The asker was told"]
    assert told.endswith("by telephone. It was to be told by 6 March 2026, and was told late.")
    with pytest.raises(errors.NothingToTell):
        actions.note_asker_told(question, way="phone", by=None, at=days(15))
