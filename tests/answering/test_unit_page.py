"""The head's view: what is late and where, in the unit and below it."""

import csv
import io
from datetime import date

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from answering.people import NOW, Unit, a_unit, saved
from factories import a_user, grant
from kenes.answering.access import with_units_below
from kenes.answering.queries import QueueFilter, load_by_unit, load_by_writer, questions_in_queue
from kenes.deadlines.models import Term
from kenes.organisations.models import Organisation
from kenes.programme.models import Participant
from questions.acts import a_question

pytestmark = pytest.mark.django_db
TODAY = date(2021, 2, 18)


@pytest.fixture
def below(unit: Unit) -> Unit:
    department = a_unit("Department")
    Organisation.objects.filter(pk=department.body.pk).update(parent=unit.body)
    department.body.refresh_from_db()
    return department


def owed(guest: Participant, unit: Unit, *, is_late: bool = False) -> None:
    question = a_question("assigned", guest, unit.body)
    if is_late:
        Term.objects.filter(object_id=question.code).update(due_on=date(2021, 2, 16))


def test_load_is_told_by_unit_with_what_stands_below(guest: Participant, unit: Unit, below: Unit) -> None:
    owed(guest, unit)
    for is_late in (False, True):
        owed(guest, below, is_late=is_late)
    units = with_units_below([unit.body])
    loads = load_by_unit(questions_in_queue(units, QueueFilter(), today=TODAY), units, today=TODAY)
    assert [(load.who, load.owed, load.late, load.not_accepted) for load in loads] == [
        (below.body, 2, 1, 2),
        (unit.body, 1, 0, 1),
    ]
    assert loads[0].oldest_due_on == date(2021, 2, 16)


def test_load_is_told_by_who_wrote_last_and_what_nobody_began(guest: Participant, unit: Unit) -> None:
    for _each in range(2):
        question = a_question("assigned", guest, unit.body)
        saved(question, unit.drafter)
    saved(question, unit.head, base=1, ru="Иначе.")
    owed(guest, unit, is_late=True)
    loads = load_by_writer(questions_in_queue([unit.body], QueueFilter(), today=TODAY), today=TODAY)
    assert {str(load.who): (load.owed, load.late) for load in loads} == {
        "directorate-drafter": (1, 0),
        "directorate-head": (1, 0),
        "None": (1, 1),
    }


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_queries_for_one_and_three(
    number: int,
    client: Client,
    guest: Participant,
    unit: Unit,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _each in range(number):
        owed(guest, unit, is_late=True)
    client.force_login(unit.head)
    with time_machine.travel(NOW, tick=False), django_assert_num_queries(17):
        response = client.get(f"/en/work/units/{unit.body.public_id}/")
    assert response.status_code == 200


def test_only_heads_of_it_or_above_it_and_administrators_look(
    client: Client, unit: Unit, below: Unit
) -> None:
    statuses = {}
    people = {
        "head": unit.head,
        "head below": below.head,
        "drafter": unit.drafter,
        "stranger": a_user("stranger"),
        "administrator": grant(a_user("administrator"), "administrator"),
    }
    for name, user in people.items():
        client.force_login(user)
        statuses[name] = [
            client.get(f"/en/work/units/{body.public_id}/").status_code for body in (unit.body, below.body)
        ]
    assert statuses == {
        "head": [200, 200],
        "head below": [404, 200],
        "drafter": [404, 404],
        "stranger": [404, 404],
        "administrator": [200, 200],
    }


def test_each_unit_and_each_late_question_is_opened_from_there(
    client: Client, guest: Participant, unit: Unit, below: Unit
) -> None:
    mine = a_question("assigned", guest, unit.body)
    theirs = a_question("assigned", guest, below.body)
    Term.objects.update(due_on=date(2021, 2, 16))
    client.force_login(unit.head)
    with time_machine.travel(NOW, tick=False):
        page = client.get(f"/en/work/units/{unit.body.public_id}/").content.decode()
    leads = {
        f"/en/work/units/{below.body.public_id}/": True,
        f"/en/work/questions/{mine.code}/": True,
        f"/en/questions/{theirs.code}/": True,
        f"/en/work/questions/{theirs.code}/": False,
    }
    assert {href: f'href="{href}"' in page for href in leads} == leads
    assert {href: client.get(href).status_code for href in leads} == {
        href: 200 if is_there else 404 for href, is_there in leads.items()
    }


def test_all_that_is_owed_is_downloaded(client: Client, guest: Participant, unit: Unit, below: Unit) -> None:
    owed(guest, unit)
    owed(guest, below, is_late=True)
    client.force_login(unit.head)
    with time_machine.travel(NOW, tick=False):
        response = client.get(f"/en/work/units/{unit.body.public_id}/questions.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["Unit"] for row in rows] == ["Department", "Directorate"]
