"""Terms by the clock: events move the date, the ledger keeps every one, a new calendar is followed."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deadlines.samples import at
from kenes.core.append_only import RowIsAppendOnly
from kenes.deadlines.actions import (
    change_due_date,
    close_term,
    draft_edition,
    extend_term,
    open_term,
    open_term_by_clock,
    pause_term,
    publish_edition,
    recompute_terms,
    redirect_part,
    redirect_term,
    reopen_term,
    resume_term,
    set_day,
)
from kenes.deadlines.errors import (
    EventsOutOfOrder,
    ExtensionTooLong,
    LaterOnlyByExtension,
    NoCalendar,
    NoPolicyOnDay,
    TermHasNoClock,
    TermIsClosed,
)
from kenes.deadlines.models import CalendarEdition, Term
from kenes.deadlines.queries import (
    is_overdue,
    open_term_of,
    open_terms_of,
    propose_due_date,
    reckoning_of,
    terms_behind,
    terms_due_soon,
    terms_overdue,
)
from kenes.deadlines.states import Cause, DayKind
from kenes.deadlines.workdays import SpecialDay
from kenes.record.models import Entry
from kenes.territories.actions import load_shipped_places
from kenes.territories.queries import find_region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]

REGISTERED = at("2026-02-02 10:00")
DUE = date(2026, 2, 23)
# Its edition, events and last line, to see whether the date moves, and its question; then in one
# transaction: savepoint, lock, events, last line, notices, line, record, term, release.
QUERIES_OF_A_TERM = 13


def a_term(object_id: str = "AKM-2-0147") -> Term:
    proposal = propose_due_date("appeal", REGISTERED, None)
    return open_term_by_clock(
        object_kind="question", object_id=object_id, proposal=proposal, by=None, at=REGISTERED
    )


def ledger(term: Term) -> list[tuple[str, date | None, date]]:
    return list(term.entries.values_list("cause", "old_due_on", "due_on"))


def publish_holiday(country: CalendarEdition, day: date, moment: str) -> CalendarEdition:
    draft = draft_edition(country.calendar, by=None, at=at(moment))
    set_day(draft, SpecialDay(day, DayKind.HOLIDAY, {"en": "Feast"}), by=None, at=at(moment))
    return publish_edition(draft, by=None, at=at(moment))


def test_a_proposal_names_what_it_follows_from(country: CalendarEdition) -> None:
    proposal = propose_due_date("appeal", REGISTERED, None)
    assert (proposal.due_on, proposal.policy_key, proposal.edition) == (DUE, "appeal", country)
    assert proposal.reckoning.current.spans[0].counted == 15


def test_a_proposal_reads_the_clocks_of_the_place() -> None:
    load_shipped_places()
    # 18:30 in Akmola and 17:30 in Aktobe, in 2021; 15 days after the 9th end on a Saturday.
    moment = at("2021-07-08 18:30")
    akmola, aktobe = find_region("11"), find_region("15")
    days = [propose_due_date("information", moment, place).due_on.day for place in (akmola, aktobe)]
    assert days == [26, 23]


def test_an_unknown_policy_or_a_day_before_it_is_refused() -> None:
    with pytest.raises(NoPolicyOnDay):
        propose_due_date("nothing", REGISTERED, None)
    with pytest.raises(NoPolicyOnDay):
        propose_due_date("petition-local", at("2023-02-02 10:00"), None)


def test_without_a_calendar_nothing_is_proposed() -> None:
    CalendarEdition.objects.all().delete()
    with pytest.raises(NoCalendar):
        propose_due_date("appeal", REGISTERED, None)


def test_a_term_keeps_its_explanation() -> None:
    term = a_term()
    told = reckoning_of(term)
    assert told is not None
    assert (told.due_on, told.calendar.edition) == (DUE, "KZ-1")
    assert ledger(term) == [(Cause.CLOCK, None, DUE)]


def test_a_pause_keeps_the_date_that_stood_until_the_clock_runs_again() -> None:
    term = a_term()
    pause_term(term, by=None, at=at("2026-02-05 15:00"), reason="Papers are awaited.")
    assert [list(terms_overdue(on=date(2026, 3, 2))), list(terms_due_soon(on=DUE, days=1))] == [[], []]
    assert is_overdue(term, on=date(2026, 3, 2)) is False
    with pytest.raises(EventsOutOfOrder):
        pause_term(term, by=None, at=at("2026-02-06 15:00"), reason="Again.")
    resume_term(term, by=None, at=at("2026-02-10 09:00"))
    term.refresh_from_db()
    assert (term.due_on, term.paused_since) == (date(2026, 2, 26), None)
    assert ledger(term) == [
        (Cause.CLOCK, None, DUE),
        (Cause.PAUSED, DUE, DUE),
        (Cause.RESUMED, DUE, date(2026, 2, 26)),
    ]
    assert list(terms_overdue(on=date(2026, 3, 2))) == [term]
    assert term.events.count() == 3


def test_what_was_late_before_a_pause_stays_late() -> None:
    term = a_term()
    pause_term(term, by=None, at=at("2026-03-05 15:00"), reason="Too late.")
    assert list(terms_overdue(on=date(2026, 3, 10))) == [term]
    assert is_overdue(term, on=date(2026, 3, 10)) is True


def test_an_extension_is_a_line_and_on_record_and_one_outside_the_policy_leaves_nothing() -> None:
    term = a_term()
    with pytest.raises(ExtensionTooLong):
        extend_term(term, count=3, by=None, at=at("2026-02-10 10:00"), reason="Long.")
    assert (term.events.count(), len(ledger(term))) == (1, 1)
    extend_term(term, count=1, by=None, at=at("2026-02-10 10:00"), reason="An inquiry.")
    assert ledger(term)[1:] == [(Cause.EXTENDED, DUE, date(2026, 3, 10))]
    entry = Entry.objects.get(act="change_due_date")
    assert (entry.object_id, entry.reason) == ("AKM-2-0147", "An inquiry.")
    assert entry.detail == {
        "term": term.public_id,
        "cause": "extended",
        "from": "2026-02-23",
        "to": "2026-03-10",
        "calendar": "KZ-1",
    }


def test_a_whole_redirect_starts_anew() -> None:
    term = a_term()
    received = at("2026-02-05 10:00")
    redirect_term(term, received_at=received, by=None, at=at("2026-02-04 10:00"), reason="Not ours.")
    assert ledger(term)[1:] == [(Cause.REDIRECTED, DUE, date(2026, 2, 26))]


def test_a_part_has_a_term_of_its_own_and_the_whole_keeps_its_place() -> None:
    term = a_term()
    part = redirect_part(
        term,
        received_at=at("2026-02-05 10:00"),
        place=None,
        by=None,
        at=at("2026-02-04 10:00"),
        reason="The second point.",
    )
    assert (part.part_of, part.due_on, term.due_on) == (term, date(2026, 2, 26), DUE)
    assert open_term_of(object_kind="question", object_id="AKM-2-0147") == term
    assert open_terms_of(object_kind="question", object_ids=["AKM-2-0147"]) == {"AKM-2-0147": term}


def test_a_closed_term_starts_anew_when_it_is_reopened() -> None:
    term = a_term()
    with pytest.raises(EventsOutOfOrder):
        reopen_term(term, by=None, at=at("2026-02-10 10:00"), reason="Not answered.")
    close_term(term, at=at("2026-02-20 10:00"))
    with pytest.raises(TermIsClosed):
        pause_term(term, by=None, at=at("2026-02-21 10:00"), reason="why")
    reopen_term(term, by=None, at=at("2026-04-01 10:00"), reason="Not answered.")
    term.refresh_from_db()
    assert (term.due_on, term.closed_at) == (date(2026, 4, 22), None)


def test_a_date_set_without_the_clock_has_no_events() -> None:
    term = open_term(object_kind="question", object_id="A", due_on=DUE, by=None, at=REGISTERED)
    assert reckoning_of(term) is None
    with pytest.raises(TermHasNoClock):
        pause_term(term, by=None, at=at("2026-02-05 10:00"), reason="why")


def test_a_person_may_set_an_earlier_date_and_a_later_one_only_by_extension() -> None:
    term = a_term()
    change_due_date(term, due_on=date(2026, 2, 20), by=None, at=at("2026-02-05 10:00"), reason="")
    change_due_date(term, due_on=DUE, by=None, at=at("2026-02-06 10:00"), reason="Back again.")
    with pytest.raises(LaterOnlyByExtension):
        change_due_date(term, due_on=date(2026, 2, 24), by=None, at=at("2026-02-06 10:00"), reason="More.")
    assert [cause for cause, _old, _new in ledger(term)] == [Cause.CLOCK, Cause.SET, Cause.SET]


def test_running_terms_follow_a_new_calendar_and_the_ledger_keeps_old_and_new(
    country: CalendarEdition,
) -> None:
    moved, closed, by_hand = a_term("A"), a_term("B"), a_term("C")
    without = open_term(object_kind="question", object_id="D", due_on=DUE, by=None, at=REGISTERED)
    close_term(closed, at=at("2026-02-03 10:00"))
    change_due_date(by_hand, due_on=date(2026, 2, 12), by=None, at=at("2026-02-03 10:00"), reason="")
    second = publish_holiday(country, date(2026, 2, 10), "2026-02-04 10:00")
    assert list(terms_behind()) == [moved, by_hand]
    assert recompute_terms(by=None, at=at("2026-02-04 10:01")) == 1
    assert recompute_terms(by=None, at=at("2026-02-04 10:02")) == 0
    assert ledger(moved) == [(Cause.CLOCK, None, DUE), (Cause.CALENDAR, DUE, date(2026, 2, 24))]
    assert [term.entries.count() for term in (closed, by_hand, without)] == [1, 2, 1]
    moved.refresh_from_db()
    assert (moved.due_on, moved.edition) == (date(2026, 2, 24), second)
    last = moved.entries.last()
    assert last is not None
    assert last.edition == second
    assert list(terms_behind()) == []


def test_following_a_calendar_reads_it_once_and_each_term_costs_the_same(
    country: CalendarEdition,
) -> None:
    counts = []
    for number, day in [(1, 10), (3, 11)]:
        for each in range(number - Term.objects.count()):
            a_term(f"{number}-{each}")
        publish_holiday(country, date(2026, 2, day), "2026-02-04 10:00")
        with CaptureQueriesContext(connection) as queries:
            assert recompute_terms(by=None, at=at("2026-02-04 10:01")) == number
        counts.append(len(queries))
        days = [each["sql"] for each in queries if 'FROM "deadlines_calendarday"' in each["sql"]]
        assert len(days) == 1
    one, three = counts
    assert three - one == 2 * QUERIES_OF_A_TERM


def test_a_holiday_after_the_last_day_moves_nothing_and_is_noted(country: CalendarEdition) -> None:
    term = a_term()
    second = publish_holiday(country, date(2026, 6, 10), "2026-02-04 10:00")
    assert recompute_terms(by=None, at=at("2026-02-04 10:01")) == 0
    term.refresh_from_db()
    assert (term.due_on, term.edition, term.entries.count()) == (DUE, second, 1)


def test_a_paused_term_follows_a_new_calendar_when_it_runs_again(country: CalendarEdition) -> None:
    term = a_term()
    pause_term(term, by=None, at=at("2026-02-05 15:00"), reason="Papers.")
    publish_holiday(country, date(2026, 2, 18), "2026-02-06 10:00")
    recompute_terms(by=None, at=at("2026-02-06 10:01"))
    resume_term(term, by=None, at=at("2026-02-10 09:00"))
    assert term.due_on == date(2026, 2, 27)


def test_an_event_of_a_term_is_never_changed() -> None:
    event = a_term().events.get()
    event.reason = "written afterwards"
    with pytest.raises(RowIsAppendOnly):
        event.save()
