"""A question's page tells its whole story, and its due date explains itself."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from factories import a_body, a_meeting
from kenes.deadlines.actions import pause_term, resume_term
from kenes.deadlines.models import Term
from kenes.organisations.models import Organisation
from kenes.programme.actions import close_meeting
from kenes.programme.models import Participant
from kenes.questions import actions
from kenes.questions.access import question_with_page
from kenes.questions.models import Question
from kenes.questions.pages import question_page_of
from kenes.questions.receipts import receipt_secret
from kenes.questions.timeline import timeline_of
from questions.acts import SPOKEN, WRITTEN, a_question, ask, guests

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
MONDAY = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


@pytest.fixture
def asker(clock: None) -> Participant:
    meeting = a_meeting(is_open=True, starts_at=MONDAY, ends_at=MONDAY + timedelta(hours=2))
    return guests(meeting, 1)[0]


def told(question: Question) -> list[tuple[str, str]]:
    return [(step.label, step.note) for step in timeline_of(question_with_page(question.code))]


def test_the_whole_story_is_told(asker: Participant, unit: Organisation) -> None:
    question = ask(asker, at=MONDAY)
    who = {"by": None}
    assign, at = actions.assign_question, MONDAY + DAY
    assign(question, organisation=unit, at=at, **who)
    actions.decline_assignment(question, reason="Not our field.", at=at + DAY, **who)
    assign(question, organisation=a_body("Youth centre"), at=at + 2 * DAY, **who)
    actions.accept_assignment(question, at=at + 3 * DAY, **who)
    actions.extend_due_date(question, count=1, reason="An inquiry.", at=at + 3 * DAY, **who)
    actions.submit_draft(question, at=at + 4 * DAY, **who)
    actions.send_back(question, reason="Secret inside.", at=at + 4 * DAY, **who)
    actions.submit_draft(question, at=at + 5 * DAY, **who)
    actions.clear_answer(question, at=at + 6 * DAY, **who)
    actions.answer_in_writing(question, written=WRITTEN, at=at + 7 * DAY, **who)
    actions.reopen_question(question, reason="No date was named.", at=at + 8 * DAY)
    actions.pass_on_question(question, number="ЖТ-7", on=(at + 9 * DAY).date(), at=at + 9 * DAY, **who)
    assert told(question) == [
        ("Asked, and on the public list", ""),
        ("Assigned to Directorate, to be answered by 27 March 2026", ""),
        ("Directorate declined; Ministry owes the answer", "Not our field."),
        ("Assigned to Youth centre, to be answered by 1 April 2026", ""),
        ("Youth centre accepted it", ""),
        ("The due date moved from 1 April 2026 to 6 April 2026", "extended: An inquiry."),
        ("Answered in writing", "Head of the Directorate"),
        ("Reopened by its asker; Youth centre answers by 6 April 2026", ""),
        ("Passed on as a formal appeal", "Number ЖТ-7 of 12 March 2026"),
    ]


def test_moderation_and_answers_aloud_are_told(asker: Participant) -> None:
    question = ask(asker, at=MONDAY)
    who = {"by": None, "at": MONDAY}
    actions.hold_question(question, **who)
    actions.publish_question(question, **who)
    actions.stage_question(question, **who)
    actions.answer_aloud(question, spoken=SPOKEN, **who)
    actions.retract_answer(question, reason="Another one.", **who)
    actions.refuse_question(question, ground="off_topic", reason="For the asker.", **who)
    actions.overrule_refusal(question, reason="On topic.", **who)
    assert told(question) == [
        ("Asked, and on the public list", ""),
        ("Taken off the public list", ""),
        ("Put on the public list", ""),
        ("Being put to the speaker", ""),
        ("Answered aloud", "Chairman of the Committee"),
        ("The answer was taken back", ""),
        ("Refused", ""),
        ("The refusal was overruled", ""),
    ]


def test_an_answer_after_its_date_says_so(asker: Participant, unit: Organisation) -> None:
    question = ask(asker, at=MONDAY)
    actions.assign_question(question, organisation=unit, due_on=(MONDAY + DAY).date(), by=None, at=MONDAY)
    actions.submit_draft(question, by=None, at=MONDAY)
    actions.clear_answer(question, by=None, at=MONDAY)
    actions.answer_in_writing(question, written=WRITTEN, by=None, at=MONDAY + 3 * DAY)
    assert told(question)[-1] == ("Answered in writing, after the due date", "Head of the Directorate")


def test_a_date_that_passed_without_an_answer_stands_on_the_page(
    client: Client, asker: Participant, unit: Organisation
) -> None:
    question = ask(asker, at=MONDAY)
    actions.assign_question(question, organisation=unit, due_on=(MONDAY + DAY).date(), by=None, at=MONDAY)
    missed = "The due date passed without an answer: 3 March 2026"
    with time_machine.travel(MONDAY + DAY, tick=False):
        page = client.get(f"/en/questions/{question.code}/").content.decode()
        assert [page.count(missed), page.count("The answer is overdue")] == [0, 0]
    with time_machine.travel(MONDAY + 2 * DAY, tick=False):
        page = client.get(f"/en/questions/{question.code}/").content.decode()
        assert [page.count(missed), page.count("The answer is overdue")] == [1, 1]
        steps = question_page_of(question_with_page(question.code)).steps
        assert (steps[-1].label, steps[-1].at) == (
            missed,
            datetime(2026, 3, 4, tzinfo=ZoneInfo(asker.meeting.zone)),
        )


def test_a_clock_that_stands_is_told_with_its_reason(asker: Participant, unit: Organisation) -> None:
    question = ask(asker, at=MONDAY)
    actions.assign_question(question, organisation=unit, by=None, at=MONDAY)
    pause_term(Term.objects.get(), by=None, at=MONDAY + DAY, reason="Papers are awaited.")
    assert told(question)[-1] == ("The clock was stopped", "Papers are awaited.")
    resume_term(Term.objects.get(), by=None, at=MONDAY + 3 * DAY)
    assert told(question)[-1] == ("The due date moved from 27 March 2026 to 31 March 2026", "resumed")


def test_what_was_joined_to_a_question_is_told_while_it_lives_on_there(asker: Participant) -> None:
    source, target = ask(asker, "A first like one?", at=MONDAY), ask(asker, "A second like one?", at=MONDAY)
    actions.merge_question(source, into=target, by=None, at=MONDAY + DAY)
    joined = timeline_of(question_with_page(target.code))[-1]
    told_of = ("A question that asks the same was joined to this one", MONDAY + DAY, source.code)
    assert (joined.label, joined.at, joined.code) == told_of
    actions.unmerge_question(source, by=None, at=MONDAY + 2 * DAY)
    assert [step.code for step in timeline_of(question_with_page(target.code))] == [""]


def test_a_late_question_tells_of_its_term_at_the_host(asker: Participant, unit: Organisation) -> None:
    close_meeting(asker.meeting, by=None, at=MONDAY)
    question = ask(asker, at=MONDAY)
    actions.assign_question(question, organisation=unit, by=None, at=MONDAY + 9 * DAY)
    assert [label for label, _note in told(question)] == [
        "Asked; it waits for a moderator",
        "It came after the closing; Ministry answers by 27 March 2026",
        "Assigned to Directorate, to be answered by 27 March 2026",
    ]


def test_its_asker_reads_why_it_was_reopened_and_nobody_else(
    client: Client, asker: Participant, unit: Organisation
) -> None:
    question = a_question("answered", asker, unit, at=MONDAY)
    actions.reopen_question(question, reason="Words of the asker.", at=MONDAY + DAY)
    pages = (
        f"/en/questions/{question.code}/own/{receipt_secret(question)}/",
        f"/en/questions/{question.code}/",
    )
    shown = ["Words of the asker." in client.get(page).content.decode() for page in pages]
    assert shown == [True, False]


def test_merged_questions_lead_to_each_other(client: Client, asker: Participant) -> None:
    source, target = ask(asker, "A first like one?"), ask(asker, "A second like one?")
    held = ask(asker, "Not for the public?")
    actions.hold_question(held, by=None, at=MONDAY)
    for question in (source, held):
        actions.merge_question(question, into=target, by=None, at=MONDAY)
    page = {q.code: client.get(f"/en/questions/{q.code}/").content.decode() for q in (source, target, held)}
    link = 'href="/en/questions/{}/"'
    assert link.format(target.code) in page[source.code]
    assert link.format(source.code) in page[target.code]
    assert ["A first like one?" in page[source.code], held.text in page[held.code]] == [True, False]


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en", "Nauryz"),
        ("ru", "Наурыз"),
        ("kk", "Наурыз"),
    ],
)
def test_the_due_date_explains_each_day(
    language: str, day: str, client: Client, asker: Participant, unit: Organisation
) -> None:
    question = ask(asker, at=MONDAY)
    actions.assign_question(question, organisation=unit, by=None, at=MONDAY)
    page = client.get(f"/{language}/questions/{question.code}/").content.decode()
    assert f'href="/{language}/questions/{question.code}/due/"' in page
    explained = client.get(f"/{language}/questions/{question.code}/due/").content.decode()
    days = [f'<time datetime="2026-03-{number:02}">' in explained for number in range(2, 28)]
    assert (day in explained, days) == (True, [True] * 26)


def test_a_date_set_by_hand_says_so_and_a_question_without_a_term_has_no_such_page(
    client: Client, guest: Participant, unit: Organisation
) -> None:
    by_hand, without = a_question("assigned", guest, unit), ask(guest)
    page = client.get(f"/en/questions/{by_hand.code}/due/")
    assert "This date was set by hand" in page.content.decode()
    assert client.get(f"/en/questions/{without.code}/due/").status_code == 404
