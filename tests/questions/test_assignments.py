"""Who owes an answer by when: the clock's dates, redirects, acceptance, extensions, late questions."""

from datetime import UTC, date, datetime, timedelta

import pytest

from factories import NOON, a_body, a_meeting
from kenes.deadlines.errors import (
    ExtensionNeedsReason,
    ExtensionTooLong,
    LaterOnlyByExtension,
    TermHasNoClock,
)
from kenes.deadlines.models import Term, TermEntry
from kenes.organisations.models import Organisation
from kenes.programme.actions import close_meeting
from kenes.programme.models import Meeting, Participant
from kenes.questions import actions, errors
from kenes.questions.models import Question
from kenes.questions.rules import WITHOUT_CLOCK
from kenes.record.models import Leaf
from questions.acts import a_question, ask, guests, minutes_later

pytestmark = pytest.mark.django_db

LATER = minutes_later(10)
TODAY = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)  # a Monday, 11:00 in Kokshetau


@pytest.fixture
def asker(clock: None) -> Participant:
    """Somebody in a room of March 2026, when 15 working days are given."""
    meeting = a_meeting(is_open=True, starts_at=TODAY, ends_at=TODAY + timedelta(hours=2))
    return guests(meeting, 1)[0]


def assign(question: Question, unit: Organisation, at: datetime = TODAY, **more: object) -> Term:
    actions.assign_question(question, organisation=unit, by=None, at=at, **more)  # type: ignore[arg-type]
    return Term.objects.get(object_id=question.code, closed_at=None)


def units(question: Question) -> list[tuple[str, bool]]:
    rows = question.assignments.select_related("organisation").order_by("id")
    return [(str(row.organisation), row.ended_at is None) for row in rows]


def test_the_clock_gives_the_date_from_the_registration(asker: Participant, unit: Organisation) -> None:
    question = ask(asker, at=TODAY)
    term = assign(question, unit, at=TODAY + timedelta(days=3))
    # 15 working days after 2 March: 9 March is off for the 8th, Nauryz for the 21st to the 25th.
    assert (term.due_on, term.policy_key) == (date(2026, 3, 27), "appeal")


def test_what_was_asked_after_hours_is_registered_the_next_working_day(
    asker: Participant, unit: Organisation
) -> None:
    in_hours, after = ask(asker, at=TODAY), ask(asker, at=TODAY + timedelta(hours=9))
    assert assign(after, unit).due_on - assign(in_hours, unit).due_on == timedelta(days=3)  # over a weekend


def test_a_person_may_set_an_earlier_date_and_no_later_one(asker: Participant, unit: Organisation) -> None:
    first, second = ask(asker, at=TODAY), ask(asker, at=TODAY)
    assert assign(first, unit, due_on=date(2026, 3, 10)).due_on == date(2026, 3, 10)
    with pytest.raises(LaterOnlyByExtension):
        assign(second, unit, due_on=date(2026, 4, 10))
    assert (Question.objects.get(pk=second.pk).state, units(second)) == ("open", [])


def test_a_redirect_within_three_working_days_starts_the_term_anew(
    asker: Participant, unit: Organisation
) -> None:
    question = ask(asker, at=TODAY)
    before = assign(question, unit).due_on
    after = assign(question, a_body("Youth centre"), at=TODAY + timedelta(days=2)).due_on
    assert (after > before, units(question)) == (True, [("Directorate", False), ("Youth centre", True)])
    assert Term.objects.filter(object_id=question.code).count() == 1


def test_a_later_redirect_lets_the_term_run_on(asker: Participant, unit: Organisation) -> None:
    question = ask(asker, at=TODAY)
    before = assign(question, unit).due_on
    assert assign(question, a_body("Youth centre"), at=TODAY + timedelta(days=8)).due_on == before


def test_the_unit_that_has_it_is_not_assigned_again(asker: Participant, unit: Organisation) -> None:
    question = ask(asker, at=TODAY)
    assign(question, unit)
    with pytest.raises(errors.AlreadyAssigned):
        assign(question, unit)


def test_without_a_calendar_weekdays_stand_in_and_the_ledger_says_so(
    guest: Participant, unit: Organisation
) -> None:
    question = ask(guest)
    term = assign(question, unit, at=NOON)
    assert (term.due_on, term.policy_key) == (date(2021, 3, 11), "")
    assert TermEntry.objects.get(term=term).reason == WITHOUT_CLOCK


def test_a_unit_accepts_once(guest: Participant, unit: Organisation) -> None:
    question = a_question("assigned", guest, unit)
    actions.accept_assignment(question, by=None, at=LATER)
    assert question.assignments.get().accepted_at == LATER
    with pytest.raises(errors.AlreadyAccepted):
        actions.accept_assignment(question, by=None, at=LATER)
    with pytest.raises(errors.AlreadyAccepted):
        actions.decline_assignment(question, by=None, at=LATER, reason="Too late.")


def test_what_a_unit_declines_falls_to_the_host_and_the_term_runs_on(
    asker: Participant, unit: Organisation
) -> None:
    question = ask(asker, at=TODAY)
    term = assign(question, unit)
    actions.decline_assignment(question, by=None, at=TODAY, reason="Not our field.")
    assert units(question) == [("Directorate", False), (str(question.meeting.host), True)]
    assert Term.objects.get(object_id=question.code, closed_at=None) == term
    declined = question.assignments.exclude(declined_at=None).get()
    assert (declined.declined_at, declined.decline_reason) == (TODAY, "Not our field.")
    assert question.moves.latest("id").reason == "Not our field."


def test_the_host_cannot_decline_and_nobody_without_a_reason(guest: Participant, unit: Organisation) -> None:
    question = a_question("assigned", guest, unit)
    with pytest.raises(errors.ReasonMissing):
        actions.decline_assignment(question, by=None, at=LATER, reason=" ")
    actions.decline_assignment(question, by=None, at=LATER, reason="Not ours.")
    with pytest.raises(errors.HostCannotDecline):
        actions.decline_assignment(question, by=None, at=LATER, reason="Not ours either.")


def test_an_extension_needs_a_reason_and_keeps_within_the_policy(
    asker: Participant, unit: Organisation
) -> None:
    question = ask(asker, at=TODAY)
    before = assign(question, unit).due_on
    with pytest.raises(errors.ReasonMissing):
        actions.extend_due_date(question, count=2, by=None, at=TODAY, reason="")
    with pytest.raises(ExtensionTooLong):
        actions.extend_due_date(question, count=500, by=None, at=TODAY, reason="An inquiry.")
    actions.extend_due_date(question, count=2, by=None, at=TODAY, reason="An inquiry.")
    term = Term.objects.get(object_id=question.code)
    # Two months from the day of the decision, 2 March; 2 May is a Saturday.
    assert (before, term.due_on) == (date(2026, 3, 27), date(2026, 5, 4))
    assert [entry.due_on for entry in term.entries.order_by("id")] == [before, term.due_on]
    assert Leaf.objects.filter(kind="term-extended", object_id=question.code).count() == 1


def test_a_date_set_by_hand_is_not_extended_by_the_clock(guest: Participant, unit: Organisation) -> None:
    question = a_question("assigned", guest, unit)
    with pytest.raises(TermHasNoClock):
        actions.extend_due_date(question, count=1, by=None, at=LATER, reason="An inquiry.")
    with pytest.raises(ExtensionNeedsReason):
        actions.change_question_due_date(question, due_on=date(2021, 4, 1), by=None, at=LATER)


def test_what_comes_after_the_closing_has_a_term_at_the_host_at_once(
    asker: Participant, unit: Organisation
) -> None:
    close_meeting(asker.meeting, by=None, at=TODAY)
    question = ask(asker, at=TODAY)
    term = Term.objects.get(object_id=question.code)
    host = str(question.meeting.host)
    assert (question.state, units(question), term.due_on) == ("held", [(host, True)], date(2026, 3, 27))
    assert assign(question, unit, at=TODAY + timedelta(days=9)) == term
    assert (units(question), question.state) == ([(host, False), ("Directorate", True)], "assigned")


def test_a_question_in_time_has_no_term_before_it_is_assigned(asker: Participant) -> None:
    question = ask(asker, at=TODAY)
    assert (units(question), Term.objects.count()) == ([], 0)


def test_also_in_writing_is_a_new_duty_from_the_act(asker: Participant, unit: Organisation) -> None:
    question = a_question("answered", asker, unit, at=TODAY)
    assert assign(question, unit, at=TODAY + timedelta(days=28)).due_on > date(2026, 4, 15)


def test_a_late_refusal_ends_the_hosts_term(meeting: Meeting, guest: Participant) -> None:
    close_meeting(meeting, by=None, at=NOON)
    question = ask(guest)
    actions.refuse_question(question, by=None, at=LATER, ground="repeated")
    assert Term.objects.get(object_id=question.code).closed_at == LATER
