"""The e-mail of an assignment and its link: shown by GET, acted on by POST, good for three working days."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from answering.people import Unit, a_unit, saved
from factories import NOON, a_user
from kenes.answering import actions
from kenes.answering.access import link_token
from kenes.config.log_paths import shown_path
from kenes.deadlines.models import Term
from kenes.notices.models import Message
from kenes.programme.models import Meeting
from kenes.questions.actions import assign_question
from kenes.questions.models import Assignment, Question

pytestmark = pytest.mark.django_db
# Thursday, 18 February 2021; three working days later is Tuesday.
LATER = NOON + timedelta(hours=2)
LAST_MOMENT = datetime(2021, 2, 23, 17, 59, tzinfo=UTC)  # 23:59 in Almaty
TOO_LATE = datetime(2021, 2, 23, 18, 1, tzinfo=UTC)


def link(question: Question, unit: Unit, kind: str = "head") -> str:
    assignment = question.assignments.filter(ended_at=None).get()
    return f"/en/work/assignments/{link_token(assignment, unit.people[kind])}/"


def test_heads_and_drafters_are_written_to_in_their_language(question: Question, unit: Unit) -> None:
    mails = Message.objects.filter(key__startswith="assignment-").order_by("to")
    assert [(mail.to, mail.language) for mail in mails] == [
        ("directorate-drafter@example.org", "en"),
        ("directorate-head@example.org", "en"),
    ]
    body = mails[1].body
    assert mails[1].subject == f"Question {question.code}: an answer is asked of your unit"
    assert [link(question, unit) in body, f"/en/work/questions/{question.code}/" in body] == [True, True]
    assert [question.text in body, question.asker_name in body] == [False, False]


def test_who_assigned_it_is_not_written_to(question: Question, unit: Unit) -> None:
    other = a_unit("Department")
    assign_question(question, organisation=other.body, by=other.head, at=LATER)
    told = Message.objects.filter(to__startswith="department").values_list("to", flat=True)
    assert list(told) == ["department-drafter@example.org"]


def test_opening_the_link_shows_and_does_nothing(client: Client, question: Question, unit: Unit) -> None:
    with time_machine.travel(LATER, tick=False):
        response = client.get(link(question, unit))
    shown = response.content.decode()
    assert [question.text in shown, "Tuesday, 23 February 2021" in shown] == [True, True]
    assert Assignment.objects.get().accepted_at is None
    headers = {name: response.headers[name] for name in ("Cache-Control", "Referrer-Policy")}
    assert headers == {"Cache-Control": "no-store, private", "Referrer-Policy": "same-origin"}


def test_a_press_accepts_without_signing_in_and_once(client: Client, question: Question, unit: Unit) -> None:
    with time_machine.travel(LATER, tick=False):
        first = client.post(link(question, unit), {"act": "accept"})
        again = client.post(link(question, unit), {"act": "accept"})
    assert [first.status_code, again.status_code] == [200, 409]
    assert Assignment.objects.get().accepted_at == LATER


def test_a_link_that_is_over_says_why_and_leads_to_the_question(
    client: Client, question: Question, unit: Unit
) -> None:
    mine = link(question, unit)
    with time_machine.travel(TOO_LATE, tick=False):
        late = client.get(mine).content.decode()
    with time_machine.travel(LATER, tick=False):
        client.post(mine, {"act": "accept"})
        again = client.post(mine, {"act": "accept"}).content.decode()
    assert "It was good for three working days. Please sign in to answer." in late
    assert "has been accepted" in again
    assert [f'href="/en/work/questions/{question.code}/"' in page for page in (late, again)] == [True, True]
    assert [question.text in page for page in (late, again)] == [False, False]


def test_the_link_tells_the_day_the_answer_is_due(client: Client, question: Question, unit: Unit) -> None:
    Term.objects.filter(object_id=question.code).update(due_on=date(2021, 3, 12))
    with time_machine.travel(LATER, tick=False):
        assert "Friday, 12 March 2021" in client.get(link(question, unit)).content.decode()


def test_the_host_who_cannot_decline_is_not_offered_to(
    client: Client, question: Question, unit: Unit
) -> None:
    Meeting.objects.update(host=unit.body)
    with time_machine.travel(LATER, tick=False):
        shown = client.get(link(question, unit)).content.decode()
    assert ['value="accept"' in shown, 'value="decline"' in shown] == [True, False]


def test_declining_by_the_link_wants_a_reason(client: Client, question: Question, unit: Unit) -> None:
    with time_machine.travel(LATER, tick=False):
        bare = client.post(link(question, unit), {"act": "decline", "reason": ""})
        done = client.post(link(question, unit), {"act": "decline", "reason": "Another ministry's."})
    declined = Assignment.objects.order_by("id").first()
    assert [bare.status_code, done.status_code] == [422, 200]
    assert declined is not None
    assert (declined.declined_at, declined.decline_reason) == (LATER, "Another ministry's.")
    assert question.assignments.get(ended_at=None).organisation == question.meeting.host


@pytest.mark.parametrize(("at", "status"), [(LAST_MOMENT, 200), (TOO_LATE, 409)])
def test_the_link_ends_with_the_third_working_day(
    at: datetime, status: int, client: Client, question: Question, unit: Unit
) -> None:
    with time_machine.travel(at, tick=False):
        assert client.get(link(question, unit)).status_code == status


def test_a_link_ends_when_the_question_goes_to_another_unit(
    client: Client, question: Question, unit: Unit
) -> None:
    mine = link(question, unit)
    assign_question(question, organisation=a_unit("Department").body, by=None, at=LATER)
    with time_machine.travel(LATER, tick=False):
        assert [client.get(mine).status_code, client.post(mine).status_code] == [409, 409]
    assert question.assignments.get(ended_at=None).accepted_at is None


def test_a_link_ends_when_the_draft_was_submitted(client: Client, question: Question, unit: Unit) -> None:
    saved(question, unit.drafter)
    actions.submit_to_clearance(question, version=1, by=unit.drafter, at=LATER)
    with time_machine.travel(LATER, tick=False):
        assert client.get(link(question, unit)).status_code == 409


def test_a_link_ends_with_the_persons_place_in_the_unit(
    client: Client, question: Question, unit: Unit
) -> None:
    unit.head.memberships.update(until="2021-02-17")
    with time_machine.travel(LATER, tick=False):
        assert client.get(link(question, unit)).status_code == 404


def test_a_link_that_was_made_up_opens_nothing(client: Client, question: Question, unit: Unit) -> None:
    good = link(question, unit)
    other = good.replace(f"-{unit.head.pk}.", f"-{a_user('stranger').pk}.")
    wrong = [other, good[:-2] + "/", "/en/work/assignments/1-1.x/", "/en/work/assignments/nonsense/"]
    with time_machine.travel(LATER, tick=False):
        assert [client.get(address).status_code for address in wrong] == [404] * 4


def test_a_link_of_one_question_acts_on_no_other_address(
    client: Client, question: Question, unit: Unit
) -> None:
    with time_machine.travel(LATER, tick=False):
        client.post(link(question, unit), {"act": "accept"})
        response = client.get(f"/en/work/questions/{question.code}/")
    assert (response.status_code, "/accounts/login/" in response.headers["Location"]) == (302, True)


def test_the_token_stands_in_no_access_line(question: Question, unit: Unit) -> None:
    path = shown_path(link(question, unit))
    assert re.fullmatch(r"/en/work/assignments/[^/0-9A-Za-z]+/", path) is not None
