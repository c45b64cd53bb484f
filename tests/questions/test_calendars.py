"""A calendar that is edited while answers are due: whom the new date reaches, and by which lines."""

from datetime import UTC, date, datetime, timedelta

import pytest

from factories import a_body, a_meeting, a_user
from kenes.accounts.models import Membership
from kenes.deadlines.actions import draft_edition, publish_edition, recompute_terms, set_day
from kenes.deadlines.models import CalendarEdition, Term
from kenes.deadlines.states import Cause, DayKind
from kenes.deadlines.workdays import SpecialDay
from kenes.following.actions import leave_contact, tell_happenings
from kenes.following.actions.subscribing import confirm_subscription
from kenes.notices.models import Message
from kenes.programme.models import Participant
from kenes.questions import actions
from kenes.questions.models import Question
from questions.acts import ask, guests

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TODAY = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
NEXT = TODAY + timedelta(days=1)
BEFORE, AFTER = date(2026, 3, 27), date(2026, 3, 30)


@pytest.fixture
def guest() -> Participant:
    meeting = a_meeting(is_open=True, starts_at=TODAY, ends_at=TODAY + timedelta(hours=2))
    return guests(meeting, 1)[0]


@pytest.fixture
def assigned(guest: Participant) -> Question:
    question = ask(guest, at=TODAY)
    actions.assign_question(question, organisation=a_body("Directorate"), by=None, at=TODAY)
    return question


def publish_day_off(day: date) -> None:
    """Publish an edition with one day off more, as an administrator does, and let the worker follow."""
    first = CalendarEdition.objects.get()
    draft = draft_edition(first.calendar, by=None, at=NEXT)
    set_day(draft, SpecialDay(day, DayKind.HOLIDAY, {"en": "Day of mourning"}), by=None, at=NEXT)
    publish_edition(draft, by=None, at=NEXT)
    recompute_terms(by=None, at=NEXT)


def told_since(question: Question) -> list[tuple[str, str]]:
    """Return subject and reader of every letter of what has happened since."""
    Message.objects.all().delete()
    publish_day_off(date(2026, 3, 12))
    tell_happenings(at=NEXT)
    return [(message.subject, message.to) for message in Message.objects.order_by("id")]


def test_the_ledger_has_old_and_new_and_the_lists_of_the_room_show_the_new_date(assigned: Question) -> None:
    version = assigned.meeting.feed.version
    publish_day_off(date(2026, 3, 12))
    entry = Term.objects.get().entries.last()
    assert entry is not None
    assert (entry.cause, entry.old_due_on, entry.due_on) == (Cause.CALENDAR, BEFORE, AFTER)
    assigned.refresh_from_db()
    assigned.meeting.feed.refresh_from_db()
    assert assigned.version == assigned.meeting.feed.version == version + 1


def test_the_asker_and_the_unit_are_told_of_the_new_date_and_why(assigned: Question) -> None:
    contact = leave_contact(assigned, channel="email", address="asker@example.org", language="en", at=TODAY)
    assert contact is not None
    confirm_subscription(contact, at=TODAY)
    head, stranger = a_user("head", language="en"), a_user("stranger")
    unit = assigned.assignments.get().organisation
    Membership.objects.create(user=head, organisation=unit, kind="head")
    Membership.objects.create(user=stranger, organisation=a_body("Another"), kind="head")
    tell_happenings(at=TODAY)
    subject = f"The answer to question {assigned.code} is due on another day"
    assert told_since(assigned) == [(subject, "asker@example.org"), (subject, head.email)]
    for message in Message.objects.all():
        assert "due by Monday, 30 March 2026" in message.body
        assert "Before: Friday, 27 March 2026" in message.body
        assert "The working calendar changed" in message.body


def test_a_day_off_that_moves_no_date_changes_nothing_and_tells_nobody(assigned: Question) -> None:
    tell_happenings(at=TODAY)
    version = assigned.meeting.feed.version
    publish_day_off(date(2026, 5, 12))
    assert tell_happenings(at=NEXT) == 0
    assigned.meeting.feed.refresh_from_db()
    assert assigned.meeting.feed.version == version


def test_a_term_whose_question_is_unknown_follows_all_the_same(assigned: Question) -> None:
    Term.objects.update(object_id="AKM-0-0000")
    publish_day_off(date(2026, 3, 12))
    assert Term.objects.get().due_on == AFTER
