"""Executors are told once of each thing: made, due soon, late, returned."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from commitments.promises import DUE, LATER, a_commitment, a_keeper, a_member, lead_of, submitted
from factories import a_body, a_user, grant
from kenes.accounts.models import Membership, User
from kenes.commitments import actions
from kenes.commitments.models import Commitment
from kenes.commitments.tasks import tell_executors
from kenes.notices.models import Message

pytestmark = pytest.mark.django_db
ALMATY = ZoneInfo("Asia/Almaty")


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=ALMATY)


@pytest.fixture
def executor() -> User:
    """The person of a body that executes, who reads Russian."""
    user = a_member(a_body("Directorate"), "executor", role="executor")
    User.objects.filter(pk=user.pk).update(language="en")
    return User.objects.get(pk=user.pk)


@pytest.fixture
def promise(executor: User) -> Commitment:
    body = Membership.objects.get(user=executor).organisation
    a_member(body, "plain-member")
    return a_commitment(executor=body)


def keys() -> list[str]:
    return [key.rpartition(":")[0] for key in Message.objects.order_by("id").values_list("key", flat=True)]


def test_the_executors_people_are_told_when_it_is_made(promise: Commitment, executor: User) -> None:
    message = Message.objects.get()
    assert (message.to, message.subject) == (
        executor.email,
        "A commitment to be kept by Tuesday, 1 June 2021: C-AKM-0001",
    )
    assert message.body.splitlines()[-1].endswith("/c/C-AKM-0001")


def test_a_date_that_comes_near_is_told_once(promise: Commitment) -> None:
    actions.tell_of_dates(at=noon(DUE - timedelta(days=8)))
    assert keys()[1:] == []
    for days in (7, 7, 3, 0):
        actions.tell_of_dates(at=noon(DUE - timedelta(days=days)))
    assert keys()[1:] == ["commitment-due-soon:C-AKM-0001:2021-06-01"]


def test_a_date_that_passed_is_told_once(promise: Commitment) -> None:
    for days in (1, 2, 14, 15, 300):
        actions.tell_of_dates(at=noon(DUE + timedelta(days=days)))
    assert keys()[1:] == ["commitment-overdue:C-AKM-0001:2021-06-01"]


def test_a_new_date_is_told_anew(promise: Commitment) -> None:
    actions.tell_of_dates(at=noon(DUE))
    moved = DUE + timedelta(days=30)
    actions.change_commitment_due_date(promise, due_on=moved, by=None, at=noon(DUE), reason="Floods")
    actions.tell_of_dates(at=noon(moved))
    assert [key for key in keys() if "due-soon" in key] == [
        "commitment-due-soon:C-AKM-0001:2021-06-01",
        "commitment-due-soon:C-AKM-0001:2021-07-01",
    ]


def test_nobody_is_reminded_of_what_was_submitted(promise: Commitment, executor: User) -> None:
    submitted(promise, executor)
    assert actions.tell_of_dates(at=noon(DUE + timedelta(days=1))) == 0


def test_a_return_is_told_with_its_reason(promise: Commitment, executor: User) -> None:
    submitted(promise, executor)
    actions.return_done(promise, by=a_keeper(promise), at=LATER, reason="Another house is shown")
    message = Message.objects.filter(to=executor.email).order_by("id").last()
    assert message is not None
    assert message.subject == "Returned: C-AKM-0001"
    assert "Why: Another house is shown" in message.body


def test_who_sees_to_it_is_told_that_it_waits_and_who_submitted_it_is_not(
    promise: Commitment, executor: User
) -> None:
    head = a_keeper(promise)
    User.objects.filter(pk=head.pk).update(language="en")
    both = grant(a_user("moderator"), "moderator", promise.keeper)
    Membership.objects.create(user=both, organisation=lead_of(promise), kind="head")
    Message.objects.all().delete()
    submitted(promise, both)
    told = Message.objects.get(key__startswith="commitment-submitted:")
    assert (told.to, told.subject) == (head.email, "To be accepted: C-AKM-0001")
    assert told.body.count("/en/work/commitments/C-AKM-0001/") == 1


def test_executors_are_told_what_becomes_of_it(promise: Commitment, executor: User) -> None:
    keeper, moved = a_keeper(promise), DUE + timedelta(days=30)
    actions.change_commitment_due_date(promise, due_on=moved, by=keeper, at=LATER, reason="Floods")
    actions.change_commitment_due_date(promise, due_on=DUE, by=keeper, at=LATER)
    actions.change_commitment_due_date(promise, due_on=moved, by=keeper, at=LATER, reason="More floods")
    submitted(promise, executor)
    actions.accept_done(promise, by=keeper, at=LATER)
    other = a_commitment(promise.meeting, executor=lead_of(promise))
    actions.cancel_commitment(other, by=keeper, at=LATER, reason="Not needed")
    to_executor = Message.objects.filter(to=executor.email).order_by("id")
    assert [message.subject for message in to_executor][1:] == [
        "Due on another day, Thursday, 1 July 2021: C-AKM-0001",
        "Due on another day, Tuesday, 1 June 2021: C-AKM-0001",
        "Due on another day, Thursday, 1 July 2021: C-AKM-0001",
        "Accepted as kept: C-AKM-0001",
        "A commitment to be kept by Tuesday, 1 June 2021: C-AKM-0002",
        "Cancelled: C-AKM-0002",
    ]


def test_a_body_that_joins_later_is_told_and_told_of_dates_from_then_on(
    promise: Commitment, executor: User
) -> None:
    centre = a_body("Youth centre")
    joined = a_member(centre, "joined", role="executor")
    actions.add_co_executor(promise, organisation=centre, by=None, at=LATER)
    assert Message.objects.filter(to=joined.email).count() == 1
    actions.tell_of_dates(at=noon(DUE))
    assert Message.objects.filter(to=joined.email).count() == 2
    assert Message.objects.filter(to=executor.email).count() == 2


def test_the_person_named_for_it_is_told_too() -> None:
    named = a_member(a_body("Elsewhere"), "named")
    a_commitment(person=named)
    assert Message.objects.get().to == named.email


def test_a_head_is_told_and_one_who_left_is_not(promise: Commitment) -> None:
    a_member(lead_of(promise), "head", kind="head")
    left = a_member(lead_of(promise), "left", role="executor")
    Membership.objects.filter(user=left).update(until=DUE - timedelta(days=30))
    Message.objects.all().delete()
    actions.tell_of_dates(at=noon(DUE))
    assert set(Message.objects.values_list("to", flat=True)) == {
        "executor@example.org",
        "head@example.org",
    }


def test_the_workers_job_tells_by_the_clock_of_now(promise: Commitment) -> None:
    with time_machine.travel(noon(DUE + timedelta(days=1)), tick=False):
        tell_executors.call_local()
    assert keys()[1:] == ["commitment-overdue:C-AKM-0001:2021-06-01"]
