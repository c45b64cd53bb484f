"""The ledger of due dates: each date that ever stood stays in it."""

from datetime import UTC, date, datetime

import pytest

from kenes.accounts.models import User
from kenes.core.append_only import RowIsAppendOnly
from kenes.deadlines.actions import change_due_date, close_term, open_term
from kenes.deadlines.errors import DueDateIsPast, ExtensionNeedsReason, TermIsClosed
from kenes.deadlines.models import Term, TermEntry

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 5, 6, 0, tzinfo=UTC)


def a_term(due_on: date = date(2026, 11, 20)) -> Term:
    return open_term(object_kind="question", object_id="AKM-2-0147", due_on=due_on, by=None, at=AT)


def ledger(term: Term) -> list[tuple[date | None, date, str]]:
    return list(term.entries.values_list("old_due_on", "due_on", "reason"))


def test_opening_a_term_writes_the_first_line() -> None:
    term = a_term()
    assert ledger(term) == [(None, date(2026, 11, 20), "")]
    assert term.opened_at == AT


def test_an_extension_without_a_reason_changes_nothing() -> None:
    term = a_term()
    with pytest.raises(ExtensionNeedsReason):
        change_due_date(term, due_on=date(2026, 12, 1), by=None, at=LATER, reason="   ")
    term.refresh_from_db()
    assert term.due_on == date(2026, 11, 20)
    assert ledger(term) == [(None, date(2026, 11, 20), "")]


def test_an_extension_with_a_reason_keeps_the_old_date_in_the_ledger() -> None:
    term, officer = a_term(), User.objects.create_user("officer@kenes.test")
    change_due_date(term, due_on=date(2026, 12, 1), by=officer, at=LATER, reason="An inquiry is under way.")
    term.refresh_from_db()
    assert term.due_on == date(2026, 12, 1)
    assert ledger(term) == [
        (None, date(2026, 11, 20), ""),
        (date(2026, 11, 20), date(2026, 12, 1), "An inquiry is under way."),
    ]
    last = term.entries.last()
    assert last is not None
    assert (last.by, last.at) == (officer, LATER)


def test_an_earlier_date_needs_no_reason() -> None:
    term = a_term()
    change_due_date(term, due_on=date(2026, 11, 10), by=None, at=LATER, reason="")
    assert term.due_on == date(2026, 11, 10)


def test_the_same_date_again_writes_no_line() -> None:
    term = a_term()
    assert change_due_date(term, due_on=term.due_on, by=None, at=LATER, reason="") is None
    assert len(ledger(term)) == 1


def test_a_stale_copy_is_measured_against_the_date_that_stands() -> None:
    term = a_term()
    stale = Term.objects.get(pk=term.pk)
    change_due_date(term, due_on=date(2026, 11, 6), by=None, at=LATER, reason="")
    with pytest.raises(ExtensionNeedsReason):
        change_due_date(stale, due_on=date(2026, 11, 10), by=None, at=LATER, reason="")


@pytest.mark.parametrize("due_on", [date(2026, 11, 1), date(2021, 2, 12)])
def test_a_due_date_before_the_day_of_the_act_is_refused(due_on: date) -> None:
    with pytest.raises(DueDateIsPast):
        a_term(due_on)
    assert Term.objects.count() == 0


def test_today_in_the_instance_zone_is_not_the_past() -> None:
    # 20:00 UTC on 1 November is already 2 November in Almaty.
    late = datetime(2026, 11, 1, 20, 0, tzinfo=UTC)
    term = open_term(object_kind="question", object_id="A", due_on=date(2026, 11, 2), by=None, at=late)
    assert term.due_on == date(2026, 11, 2)


def test_a_closed_term_is_neither_moved_nor_closed_again() -> None:
    term = a_term()
    close_term(term, at=LATER)
    with pytest.raises(TermIsClosed):
        change_due_date(term, due_on=date(2026, 11, 25), by=None, at=LATER, reason="why")
    with pytest.raises(TermIsClosed):
        close_term(term, at=LATER)
    term.refresh_from_db()
    assert (term.due_on, term.closed_at) == (date(2026, 11, 20), LATER)


def test_a_line_of_the_ledger_is_never_changed_or_removed() -> None:
    entry = a_term().entries.get()
    entry.reason = "written afterwards"
    with pytest.raises(RowIsAppendOnly):
        entry.save()
    with pytest.raises(RowIsAppendOnly):
        entry.delete()
    with pytest.raises(RowIsAppendOnly):
        TermEntry.objects.update(reason="written afterwards")
    with pytest.raises(RowIsAppendOnly):
        TermEntry.objects.all().delete()
    with pytest.raises(RowIsAppendOnly):
        TermEntry.objects.bulk_update([entry], ["reason"])
    assert TermEntry.objects.get().reason == ""


def test_an_erased_account_leaves_its_lines() -> None:
    officer = User.objects.create_user("officer@kenes.test")
    term = open_term(object_kind="question", object_id="A", due_on=date(2026, 11, 20), by=officer, at=AT)
    officer.delete()
    assert term.entries.get().by is None
