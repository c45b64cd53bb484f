"""Whatever row a public fact rests on is changed behind the actions' back: verify-record names it."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from factories import NOON, a_body
from kenes.deadlines.actions import draft_edition, publish_edition, recompute_terms, set_day
from kenes.deadlines.models import Term
from kenes.deadlines.states import DayKind
from kenes.deadlines.workdays import SpecialDay
from kenes.organisations.models import Organisation
from kenes.programme.models import Participant
from kenes.questions import actions
from kenes.questions.actions.leaves import LOGGED
from kenes.questions.models import Question
from kenes.record.models import Leaf
from kenes.record.witnesses import problems_of_rows
from questions.acts import WRITTEN, a_question, ask, minutes_later

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(guest: Participant, unit: Organisation, clock: None) -> dict[str, Question]:
    """Questions with every act that the log tells of, each at a minute of its own."""
    refused = a_question("refused", guest, unit, text="Who is to blame?")
    overruled = a_question("refused", guest, unit, text="What is to be done?")
    actions.overrule_refusal(overruled, by=None, at=minutes_later(2), reason="It is on topic.")
    retracted = a_question("answered", guest, unit, text="Where will it be?")
    actions.retract_answer(retracted, by=None, at=minutes_later(2), reason="The wrong one.")
    merged = a_question("merged", guest, unit, text="A question like another?")
    parted = ask(guest, text="Will it be parted?")
    actions.merge_question(parted, into=merged.merged_into or merged, by=None, at=minutes_later(2))
    actions.unmerge_question(parted, by=None, at=minutes_later(3), reason="It asks more.")
    withdrawn = a_question("withdrawn", guest, unit, text="Nothing, thanks?")
    passed = a_question("passed_on", guest, unit, text="A formal matter?")
    edited = ask(guest, text="When will the centre opne?")
    actions.edit_question(edited, text="When will the centre open?", by=None, at=minutes_later(2))
    actions.edit_question(edited, text="When does the centre open?", by=None, at=minutes_later(3))
    aloud = a_question("answered", guest, unit, text="How many points are in the plan?")
    return {
        "refused": refused,
        "overruled": overruled,
        "retracted": retracted,
        "merged": merged,
        "parted": parted,
        "withdrawn": withdrawn,
        "passed": passed,
        "edited": edited,
        "aloud": aloud,
        "owed": _an_owed_question(guest, unit),
        "asked again": _a_question_asked_again(guest, unit),
        "shared": _a_question_answered_in_parts(guest, unit),
    }


def _an_owed_question(guest: Participant, unit: Organisation) -> Question:
    question = ask(guest, text="Who owes the answer?")
    actions.assign_question(question, organisation=unit, by=None, at=minutes_later(2))
    actions.decline_assignment(question, by=None, at=minutes_later(3), reason="Not our field.")
    other = a_body("Another directorate")
    actions.assign_question(question, organisation=other, by=None, at=minutes_later(4))
    actions.change_question_due_date(
        question, due_on=date(2021, 3, 1), by=None, at=minutes_later(5), reason="It is urgent."
    )
    actions.extend_due_date(question, count=2, by=None, at=minutes_later(6), reason="An inquiry.")
    return question


def _a_question_asked_again(guest: Participant, unit: Organisation) -> Question:
    question = ask(guest, text="When will it really open?")
    actions.assign_question(question, organisation=unit, by=None, at=minutes_later(2))
    actions.submit_draft(question, by=None, at=minutes_later(3))
    actions.clear_answer(question, by=None, at=minutes_later(4))
    actions.answer_in_writing(question, written=WRITTEN, by=None, at=minutes_later(5))
    actions.reopen_question(question, at=minutes_later(6), reason="No date was named.")
    return question


def _a_question_answered_in_parts(guest: Participant, unit: Organisation) -> Question:
    question = ask(guest, text="When and where will it open?")
    actions.assign_question(question, organisation=unit, by=None, at=minutes_later(2))
    actions.pause_due_date(question, by=None, at=minutes_later(3), reason="Papers are awaited.")
    actions.resume_due_date(question, by=None, at=minutes_later(4))
    third = a_body("Third directorate")
    part = actions.pass_part_on(
        question, organisation=third, subject="Where it opens.", by=None, at=minutes_later(5)
    )
    texts = {"kk": "Орталық көшеде.", "ru": "На центральной улице."}
    actions.answer_part(part, texts=texts, answered_by="Director", by=None, at=minutes_later(6))
    return question


def change(table: str, column: str, value: Any, where: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {where}", [value])
        return int(cursor.rowcount)


def of(question: Question, problems: list[str]) -> list[str]:
    return [problem for problem in problems if problem.split()[1] == f"{question.code}:"]


def test_every_kind_of_leaf_is_told_and_rows_nobody_touched_hold(told: dict[str, Question]) -> None:
    kinds = set(Leaf.objects.values_list("kind", flat=True))
    assert set(LOGGED.values()) - kinds == set()
    assert list(problems_of_rows()) == []


EARLIER = NOON - timedelta(days=3)
CHANGES = [
    # (whose, table, column, value, which rows of it)
    ("refused", "question", "refusal_ground", "abuse", ""),
    ("refused", "question", "state", "open", ""),
    ("refused", "move", "at", EARLIER, "new = 'refused'"),
    ("refused", "move", "new", "withdrawn", "new = 'refused'"),
    ("overruled", "question", "state", "held", ""),
    ("overruled", "question", "refusal_ground", "abuse", ""),
    ("overruled", "move", "at", EARLIER, "old = 'refused'"),
    ("retracted", "answer", "retracted_at", EARLIER, ""),
    ("retracted", "answer", "retracted_at", None, ""),
    ("aloud", "answer", "retracted_at", EARLIER, ""),
    ("aloud", "answer", "text", "Nothing was promised.", ""),
    ("aloud", "answer", "recording_second", 12, ""),
    ("aloud", "answer", "at", EARLIER, ""),
    ("aloud", "question", "text", "How many?", ""),
    ("aloud", "question", "asked_at", EARLIER, ""),
    ("merged", "question", "merged_into_id", "parted", ""),
    ("parted", "move", "at", EARLIER, "old = 'merged'"),
    ("withdrawn", "move", "at", EARLIER, "new = 'withdrawn'"),
    ("withdrawn", "question", "state", "open", ""),
    ("passed", "passedon", "number", "ЖТ-2021-101", ""),
    ("passed", "passedon", "on", date(2021, 1, 1), ""),
    ("edited", "question", "text", "When will the centre close?", ""),
    ("edited", "edit", "old_text", "When was it?", ""),
    ("edited", "edit", "new_text", "When was it?", ""),
    ("edited", "edit", "at", EARLIER, ""),
    ("owed", "assignment", "at", EARLIER, "declined_at IS NOT NULL"),
    ("owed", "assignment", "declined_at", EARLIER, "declined_at IS NOT NULL"),
    ("owed", "assignment", "decline_reason", "We were busy.", "declined_at IS NOT NULL"),
    ("owed", "assignment", "organisation_id", "other", "ended_at IS NULL"),
    ("asked again", "reopening", "at", EARLIER, ""),
    ("shared", "part", "subject", "What it costs.", ""),
    ("shared", "part", "at", EARLIER, ""),
    ("shared", "part", "organisation_id", "other", ""),
    ("shared", "part", "answer_ru", "Нигде.", ""),
    ("shared", "part", "answered_at", EARLIER, ""),
    ("shared", "part", "is_late", True, ""),
    ("asked again", "answer", "text", "Орталық ашылмайды.", ""),
    ("asked again", "answer", "at", EARLIER, ""),
    ("asked again", "answer", "is_late", True, ""),
    ("asked again", "answer", "working_days", 99, ""),
    ("asked again", "answer", "promise", "made", ""),
    ("asked again", "move", "at", EARLIER, "new = 'answered'"),
]


@pytest.mark.parametrize(("whose", "table", "column", "value", "where"), CHANGES)
def test_a_changed_row_is_named(
    told: dict[str, Question], whose: str, table: str, column: str, value: Any, where: str
) -> None:
    question = told[whose]
    value = {"parted": told["parted"].pk, "other": question.meeting.host_id}.get(value, value)
    mine = f"id = {question.pk}" if table == "question" else f"question_id = {question.pk}"
    where = f"{mine} AND {where}" if where else mine
    assert change(f"questions_{table}", f'"{column}"', value, where) >= 1
    assert of(question, list(problems_of_rows())) != []


@pytest.mark.parametrize(
    ("table", "column", "value", "where"),
    [
        ("deadlines_termentry", "due_on", date(2021, 6, 1), "cause = 'extended'"),
        ("deadlines_termentry", "at", EARLIER, "cause = 'extended'"),
        ("deadlines_termentry", "reason", "No inquiry.", "cause = 'extended'"),
        ("deadlines_termentry", "due_on", date(2021, 6, 1), "cause = 'set'"),
        ("deadlines_termentry", "reason", "It is not urgent.", "cause = 'set'"),
        ("deadlines_term", "due_on", date(2021, 6, 1), "1 = 1"),
    ],
)
def test_a_changed_ledger_is_named(
    told: dict[str, Question], table: str, column: str, value: Any, where: str
) -> None:
    term = Term.objects.get(object_id=told["owed"].code)
    mine = f"id = {term.pk}" if table == "deadlines_term" else f"term_id = {term.pk}"
    assert change(table, column, value, f"{mine} AND {where}") == 1
    assert of(told["owed"], list(problems_of_rows())) != []


@pytest.mark.parametrize(
    ("whose", "table", "where"),
    [
        ("refused", "questions_move", "new = 'refused'"),
        ("overruled", "questions_move", "old = 'refused'"),
        ("passed", "questions_passedon", ""),
        ("edited", "questions_edit", ""),
        ("asked again", "questions_reopening", ""),
        ("owed", "questions_assignment", "declined_at IS NOT NULL"),
    ],
)
def test_a_dropped_row_is_named(told: dict[str, Question], whose: str, table: str, where: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} WHERE question_id = {told[whose].pk} {f'AND {where}' if where else ''}"
        )
        assert cursor.rowcount >= 1
    assert of(told[whose], list(problems_of_rows())) != []


def test_moves_in_another_order_are_named(told: dict[str, Question]) -> None:
    first, second = told["asked again"].moves.order_by("id")[2:4]
    for move, other in ((first, second), (second, first)):
        type(move).objects.filter(pk=move.pk).update(old=other.old, new=other.new, at=other.at)
    assert of(told["asked again"], list(problems_of_rows())) != []


def test_a_nonce_taken_away_does_not_cover_a_changed_text(told: dict[str, Question]) -> None:
    aloud = told["aloud"]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM record_nonce")
    Question.objects.filter(pk=aloud.pk).update(text="How many?")
    said = "question-registered: the nonce is gone, so that nobody can compare the text, which stays"
    assert f"question {aloud.code}: {said}" in list(problems_of_rows())


def test_an_act_that_the_record_forgot_is_named(told: dict[str, Question], unguarded_log: None) -> None:
    leaf = Leaf.objects.get(kind="question-refused", object_id=told["overruled"].code)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM record_nonce WHERE leaf_id = %s", [leaf.pk])
        cursor.execute("DELETE FROM record_leaf WHERE id = %s", [leaf.pk])
    at = "2021-02-18T06:01:00.000000Z"
    said = f"refuse_question at {at} is in the record, no leaf of that time is in the log"
    assert of(told["overruled"], list(problems_of_rows())) == [f"question {told['overruled'].code}: {said}"]


def test_a_date_that_the_calendar_moved_is_logged(told: dict[str, Question]) -> None:
    owed = told["owed"]
    term = Term.objects.get(object_id=owed.code)
    draft = draft_edition(term.calendar, by=None, at=minutes_later(7))
    day_off = SpecialDay(date(2021, 3, 9), DayKind.HOLIDAY, {"en": "A feast"})
    set_day(draft, special=day_off, by=None, at=minutes_later(7))
    publish_edition(draft, by=None, at=minutes_later(7))
    assert recompute_terms(by=None, at=minutes_later(8)) == 1
    term.refresh_from_db()
    body = json.loads(Leaf.objects.order_by("id").last().body)  # type: ignore[union-attr]
    assert (body["kind"], body["facts"]["cause"]) == ("due-date-changed", "calendar")
    assert body["facts"]["due_on"] == term.due_on.isoformat()
    assert list(problems_of_rows()) == []
    change("deadlines_termentry", "due_on", date(2021, 6, 1), "cause = 'calendar'")
    assert of(owed, list(problems_of_rows())) != []
