"""The queue: what the person's units owe, late first, filtered in the address."""

import csv
import io
import re
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from answering.people import KK, RU, Unit, a_member, a_unit, saved, submitted
from factories import NOON, a_meeting, a_user, grant
from kenes.answering import actions
from kenes.answering.models import AnswerTemplate
from kenes.answering.workdays import calendar_at, working_days_left
from kenes.programme.actions import join_meeting
from kenes.programme.models import Participant
from kenes.questions.models import Question
from questions.acts import a_question

pytestmark = pytest.mark.django_db


def due(guest: Participant, unit: Unit, day: date | None = None, **fields: object) -> Question:
    question = a_question("assigned", guest, unit.body, **fields)
    if day is not None:
        from kenes.deadlines.models import Term

        Term.objects.filter(object_id=question.code).update(due_on=day)
    return question


def shown(client: Client, query: str = "", at: datetime = NOON) -> list[str]:
    with time_machine.travel(at, tick=False):
        response = client.get(f"/en/work/{query}")
    assert response.status_code == 200
    return re.findall(r'name="question" value="([A-Z0-9-]+)"', response.content.decode())


@pytest.fixture
def officer(client: Client, unit: Unit) -> Client:
    client.force_login(unit.drafter)
    return client


def test_late_ones_come_first_then_by_the_day(officer: Client, guest: Participant, unit: Unit) -> None:
    later = due(guest, unit, date(2021, 3, 10))
    soon = due(guest, unit, date(2021, 2, 22))
    late = due(guest, unit, date(2021, 2, 16))
    assert shown(officer) == [late.code, soon.code, later.code]


def test_what_others_owe_and_what_is_done_is_not_there(
    officer: Client, guest: Participant, unit: Unit
) -> None:
    mine = due(guest, unit)
    due(guest, a_unit("Department"))
    a_question("open", guest, unit.body)
    a_question("answered", guest, unit.body)
    a_question("refused", guest, unit.body)
    assert shown(officer) == [mine.code]


def test_filters_stand_in_the_address(officer: Client, guest: Participant, unit: Unit) -> None:
    other = a_unit("Department")
    a_member("in-both", unit.body, "drafter")
    unit.drafter.memberships.create(organisation=other.body, kind="drafter")
    late = due(guest, unit, date(2021, 2, 16))
    kazakh = due(guest, unit, text="Орталық қашан ашылады?", language="kk")
    drafted = due(guest, other)
    saved(drafted, unit.drafter)
    religion = a_meeting(guest.meeting.session, is_open=True, sphere="religion", second_sphere="")
    elsewhere = due(join_meeting(religion, name="", user=None, previous=None, at=NOON), unit)
    found = {
        query: sorted(shown(officer, query))
        for query in ("?late=on", "?language=kk", f"?unit={other.body.public_id}", "?sphere=religion")
    }
    assert found == {
        "?late=on": [late.code],
        "?language=kk": [kazakh.code],
        f"?unit={other.body.public_id}": [drafted.code],
        "?sphere=religion": [elsewhere.code],
    }


def test_a_value_that_is_not_on_offer_is_left_out(officer: Client, guest: Participant, unit: Unit) -> None:
    question = due(guest, unit)
    assert shown(officer, "?unit=nowhere&sphere=x&language=zz&page=x") == [question.code]


def test_tabs_count_what_is_there(officer: Client, guest: Participant, unit: Unit) -> None:
    due(guest, unit, date(2021, 2, 16))
    due(guest, unit)
    with time_machine.travel(NOON, tick=False):
        page = officer.get("/en/work/").content.decode()
    tabs = re.findall(r">\s*([A-Za-z ]+?) <span class=\"count\">(\d+)</span>", page)
    counts = {label: int(count) for label, count in tabs}
    assert {label: counts[label] for label in ("All", "Late", "A written answer is due")} == {
        "All": 2,
        "Late": 1,
        "A written answer is due": 2,
    }


@pytest.mark.parametrize("number", [1, 3])
def test_the_queue_costs_the_same_queries_for_one_and_three(
    number: int,
    officer: Client,
    guest: Participant,
    unit: Unit,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _each in range(number):
        due(guest, unit)
        submitted(due(guest, unit), unit)
    with time_machine.travel(NOON, tick=False), django_assert_num_queries(18):
        officer.get("/en/work/")


def test_the_list_is_downloaded_with_its_filter(officer: Client, guest: Participant, unit: Unit) -> None:
    late = due(guest, unit, date(2021, 2, 16))
    due(guest, unit)
    with time_machine.travel(NOON, tick=False):
        response = officer.get("/en/work/queue.csv?late=on")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["Code"], row["Unit"], row["Due on"], row["Working days left"]) for row in rows] == [
        (late.code, "Directorate", "2021-02-16", "-2")
    ]


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    response = client.get("/en/work/")
    assert (response.status_code, response.headers["Location"]) == (302, "/en/accounts/login/?next=/en/work/")


def test_who_works_nowhere_reads_why_the_queue_is_empty(
    client: Client, guest: Participant, unit: Unit
) -> None:
    due(guest, unit)
    client.force_login(a_user("stranger"))
    assert shown(client) == []
    assert "You work in no unit here" in client.get("/en/work/").content.decode()


def test_an_officer_of_a_body_works_there_and_one_of_the_instance_everywhere(
    client: Client, guest: Participant, unit: Unit
) -> None:
    here = due(guest, unit)
    there = due(guest, a_unit("Department"))
    client.force_login(grant(a_user("officer-here"), "officer", unit.body))
    assert shown(client) == [here.code]
    client.force_login(grant(a_user("officer-everywhere"), "officer"))
    assert sorted(shown(client)) == sorted([here.code, there.code])


@pytest.mark.parametrize(
    ("due_on", "days"),
    [
        (date(2021, 2, 18), 0),
        (date(2021, 2, 19), 1),
        (date(2021, 2, 22), 2),
        (date(2021, 2, 17), -1),
        (date(2021, 2, 12), -4),
    ],
)
def test_working_days_left_leave_out_weekends(due_on: date, days: int, db: None) -> None:
    thursday = date(2021, 2, 18)
    assert working_days_left(due_on, today=thursday, calendar=calendar_at(None)) == days


def test_many_are_accepted_by_one_press(officer: Client, guest: Participant, unit: Unit) -> None:
    chosen = [due(guest, unit).code for _each in range(3)]
    with time_machine.travel(NOON, tick=False):
        response = officer.post("/en/work/many/accept/", {"question": chosen[:2], "back": "/en/work/?page=1"})
    assert (response.status_code, response.headers["Location"]) == (303, "/en/work/?page=1")
    accepted = Question.objects.filter(assignments__accepted_at__isnull=False).order_by("id")
    assert [question.code for question in accepted] == chosen[:2]


def test_questions_of_other_units_are_left_out_of_a_bulk_act(
    officer: Client, guest: Participant, unit: Unit
) -> None:
    other = due(guest, a_unit("Department"))
    response = officer.post("/en/work/many/accept/", {"question": [other.code]})
    assert response.status_code == 422
    assert other.assignments.get().accepted_at is None


def test_what_hindered_one_is_told_beside_its_code(officer: Client, guest: Participant, unit: Unit) -> None:
    chosen = [due(guest, unit).code for _each in range(2)]
    with time_machine.travel(NOON, tick=False):
        officer.post("/en/work/many/accept/", {"question": chosen[:1]})
        response = officer.post("/en/work/many/accept/", {"question": chosen})
    page = " ".join(response.content.decode().split())
    assert ["Done with 1 question." in page, "1 question could not be done:" in page] == [True, True]


def test_a_bulk_text_that_is_refused_keeps_what_was_typed(
    officer: Client, guest: Participant, unit: Unit
) -> None:
    question = due(guest, unit)
    typed = {"question": [question.code], "ru": "Ответ", "kk": "", "en": "", "original": "zz"}
    response = officer.post("/en/work/many/draft/", typed)
    assert (response.status_code, "Ответ" in response.content.decode()) == (422, True)


def test_those_that_were_hindered_stay_chosen_with_the_text(
    officer: Client, guest: Participant, unit: Unit
) -> None:
    done, hindered = due(guest, unit), due(guest, unit)
    submitted(hindered, unit)
    typed = {"question": [done.code, hindered.code], "ru": "Ответ по {code}", "kk": "Жауап", "original": "ru"}
    with time_machine.travel(NOON, tick=False):
        response = officer.post("/en/work/many/draft/", typed)
    page = " ".join(response.content.decode().split())
    left = re.findall(r'name="question" value="([A-Z0-9-]+)"', page)
    assert [left, "Done with 1 question." in page] == [[hindered.code], True]
    assert ["Ответ по {code}" in page, "Жауап" in page] == [True, True]


def test_a_text_in_one_language_is_refused_and_stays(officer: Client, guest: Participant, unit: Unit) -> None:
    question = due(guest, unit)
    typed = {"question": [question.code], "ru": "", "kk": "Тек қазақша.", "original": "kk"}
    response = officer.post("/en/work/many/draft/", typed)
    page = response.content.decode()
    assert [response.status_code, "Missing: Русский." in page, "Тек қазақша." in page] == [422, True, True]


def test_the_common_text_begins_with_a_template(officer: Client, guest: Participant, unit: Unit) -> None:
    question, other = due(guest, unit), a_unit("Department")
    ours = AnswerTemplate(organisation=unit.body, name="Ours", text_ru="О {code}.", text_kk="{code} туралы.")
    theirs = AnswerTemplate(organisation=other.body, name="Theirs", text_ru="Чужое.")
    for template in (ours, theirs):
        actions.save_template(template, by=None, at=NOON)
    offered = officer.get("/en/work/").content.decode()
    assert [f'value="{ours.public_id}"' in offered, theirs.public_id in offered] == [True, False]
    begin = {"question": [question.code], "begin": "on", "template": ours.public_id, "ru": "", "en": "Typed."}
    page = officer.post("/en/work/many/draft/", begin).content.decode()
    words = ["О {code}.", "{code} туралы.", "Typed.", f'value="{question.code}"']
    assert [word in page for word in words] == [True] * 4
    stolen = officer.post("/en/work/many/draft/", {**begin, "template": theirs.public_id}).content.decode()
    assert "Чужое." not in stolen
    assert not question.assignments.filter(draft__isnull=False).exists()


def test_alike_questions_are_shown_together_and_chosen(
    officer: Client, guest: Participant, unit: Unit
) -> None:
    asked = due(guest, unit, text="Когда откроется молодёжный центр района?", language="ru")
    alike = due(guest, unit, text="Молодёжный центр района: когда откроется?", language="ru")
    due(guest, unit, text="Кто отвечает за ремонт школы?", language="ru")
    theirs = due(guest, a_unit("Department"), text="Когда откроется молодёжный центр района?", language="ru")
    assert sorted(shown(officer, f"?alike={asked.code}")) == [asked.code, alike.code]
    page = officer.get(f"/en/work/?alike={asked.code}").content.decode()
    assert page.count("data-choose checked") == 2
    assert len(shown(officer, f"?alike={theirs.code}")) == 3
    assert f"?alike={asked.code}" in officer.get(f"/en/work/questions/{asked.code}/").content.decode()


def test_what_waits_to_be_cleared_is_read_in_the_queue_and_cleared_as_it_was_read(
    client: Client, guest: Participant, unit: Unit
) -> None:
    question = due(guest, unit)
    submitted(question, unit)
    client.force_login(unit.clearer)
    page = client.get("/en/work/").content.decode()
    assert [KK in page, RU in page, f'name="seen" value="{question.code}:1"' in page] == [True, True, True]
    with time_machine.travel(NOON, tick=False):
        unread = client.post("/en/work/many/clear/", {"question": [question.code]})
        read = client.post(
            "/en/work/many/clear/", {"question": [question.code], "seen": [f"{question.code}:1"]}
        )
    assert "Please read it first." in unread.content.decode()
    assert (read.status_code, Question.objects.get().state) == (303, "cleared")


def test_an_act_of_others_is_told_in_words_that_fit(officer: Client, guest: Participant, unit: Unit) -> None:
    question = due(guest, unit)
    submitted(question, unit)
    chosen = {"question": [question.code], "seen": [f"{question.code}:1"]}
    with time_machine.travel(NOON, tick=False):
        page = officer.post("/en/work/many/clear/", chosen).content.decode()
    assert "This is for others of the unit to do." in page


def test_as_many_stand_on_a_page_as_are_taken_at_once(
    officer: Client, guest: Participant, unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kenes.answering.views.queue.PAGE_SIZE", 2)
    codes = [due(guest, unit).code for _each in range(3)]
    assert [len(shown(officer)), "200 on a page" in officer.get("/en/work/").content.decode()] == [2, True]
    assert sorted(shown(officer, "?many=on")) == codes
    assert "on a page" not in officer.get("/en/work/?many=on").content.decode()


def test_the_address_of_a_bulk_act_leads_to_the_queue(officer: Client) -> None:
    response = officer.get("/en/work/many/draft/")
    assert (response.status_code, response.headers["Location"]) == (303, "/en/work/")


def test_the_home_page_leads_those_who_owe_answers_to_their_queue(
    officer: Client, guest: Participant, unit: Unit
) -> None:
    due(guest, unit, date(2021, 2, 16))
    with time_machine.travel(NOON, tick=False):
        mine, anybodys = officer.get("/en/").content.decode(), Client().get("/en/").content.decode()
    words = ["Your units owe 1 answer", 'href="/en/work/"', "1 late"]
    assert [word in mine for word in words] == [True, True, True]
    assert [word in anybodys for word in words] == [False, False, False]
