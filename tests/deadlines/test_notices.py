"""What the asker is to be told of a term: rows that fall due, are told of, or are seen late."""

from datetime import date

import pytest

from deadlines.samples import at
from deadlines.test_clocked import DUE, a_term, publish_holiday
from kenes.deadlines.actions import (
    close_term,
    extend_term,
    note_told,
    pause_term,
    recompute_terms,
    redirect_part,
    redirect_term,
)
from kenes.deadlines.errors import AlreadyTold, ExtensionTooLong
from kenes.deadlines.models import CalendarEdition, Notice
from kenes.deadlines.queries import notices_of, notices_owed, notices_owed_by, reckoning_of
from kenes.deadlines.states import NoticeWay
from kenes.record.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]


def owed() -> list[tuple[str, date]]:
    return list(notices_owed(object_kind="question").values_list("kind", "due_on"))


def test_an_extension_owes_the_asker_a_notice_within_three_working_days() -> None:
    term = a_term()
    assert owed() == []
    extend_term(term, count=1, by=None, at=at("2026-02-12 10:00"), reason="An inquiry.")
    # Thursday; Friday, Monday, Tuesday.
    assert owed() == [("extension_notice", date(2026, 2, 17))]


def test_an_extension_that_was_refused_owes_nothing() -> None:
    with pytest.raises(ExtensionTooLong):
        extend_term(a_term(), count=9, by=None, at=at("2026-02-12 10:00"), reason="An inquiry.")
    assert Notice.objects.count() == 0


def test_passing_on_is_told_the_same_day_and_on_a_day_off_the_next_working_one() -> None:
    whole, in_part = a_term("A"), a_term("B")
    received = at("2026-02-05 10:00")
    redirect_term(whole, received_at=received, by=None, at=at("2026-02-04 10:00"), reason="Not ours.")
    redirect_part(
        in_part,
        received_at=at("2026-02-09 10:00"),
        place=None,
        by=None,
        at=at("2026-02-07 10:00"),  # a Saturday
        reason="Point 2.",
    )
    assert owed() == [("redirect_notice", date(2026, 2, 4)), ("redirect_notice", date(2026, 2, 9))]
    named = notices_owed_by(object_kind="question", object_ids=["A", "B", "C"])
    assert {code: notice.due_on for code, notice in named.items()} == {
        "A": date(2026, 2, 4),
        "B": date(2026, 2, 9),
    }


def test_the_rows_are_those_that_the_explanation_tells(country: CalendarEdition) -> None:
    term = a_term()
    redirect_term(
        term, received_at=at("2026-02-04 10:00"), by=None, at=at("2026-02-04 10:00"), reason="Not ours."
    )
    extend_term(term, count=1, by=None, at=at("2026-02-20 10:00"), reason="An inquiry.")
    reckoning = reckoning_of(term)
    assert reckoning is not None
    told = {(str(duty.kind), duty.due_on) for duty in reckoning.current.duties if duty.kind != "redirect"}
    assert (
        set(owed())
        == told
        == {
            ("redirect_notice", date(2026, 2, 4)),
            ("extension_notice", date(2026, 2, 25)),
        }
    )


def test_what_was_told_is_owed_no_more_and_stands_on_the_record_with_its_lateness() -> None:
    term = a_term()
    extend_term(term, count=1, by=None, at=at("2026-02-12 10:00"), reason="An inquiry.")
    notice = Notice.objects.get()
    note_told(notice, way=NoticeWay.PHONE, by=None, at=at("2026-02-19 12:00"))
    assert owed() == []
    (kept,) = notices_of(object_kind="question", object_id="AKM-2-0147")
    assert (kept.told_at, kept.way, kept.due_on) == (at("2026-02-19 12:00"), "phone", date(2026, 2, 17))
    with pytest.raises(AlreadyTold):
        note_told(notice, way=NoticeWay.PAPER, by=None, at=at("2026-02-20 12:00"))
    entry = Entry.objects.get(act="note_told")
    assert entry.detail == {"notice": "extension_notice", "due_on": "2026-02-17", "way": "phone"}


def moved() -> list[dict[str, str]]:
    return [entry.detail for entry in Entry.objects.filter(act="move_notice").order_by("id")]


def test_what_is_still_to_be_told_follows_a_new_calendar_and_what_was_told_does_not(
    country: CalendarEdition,
) -> None:
    untold, told = a_term("A"), a_term("B")
    for term in (untold, told):
        extend_term(term, count=1, by=None, at=at("2026-02-12 10:00"), reason="An inquiry.")
    note_told(told.notices.get(), way=NoticeWay.PHONE, by=None, at=at("2026-02-12 12:00"))
    publish_holiday(country, date(2026, 2, 13), "2026-02-12 14:00")
    recompute_terms(by=None, at=at("2026-02-12 14:01"))
    assert [term.notices.get().due_on for term in (untold, told)] == [date(2026, 2, 18), date(2026, 2, 17)]
    change = {"notice": "extension_notice", "from": "2026-02-17", "to": "2026-02-18", "calendar": "KZ-2"}
    assert moved() == [change]
    recompute_terms(by=None, at=at("2026-02-12 14:02"))
    assert moved() == [change]


def test_a_notice_follows_where_its_term_stays_and_after_the_term_began_anew(
    country: CalendarEdition,
) -> None:
    passed_on, in_part = a_term("A"), a_term("B")
    extend_term(passed_on, count=1, by=None, at=at("2026-02-03 10:00"), reason="An inquiry.")
    friday = at("2026-02-06 19:00")
    redirect_term(passed_on, received_at=friday, by=None, at=friday, reason="Not ours.")
    saturday = at("2026-02-07 10:00")
    redirect_part(in_part, received_at=saturday, place=None, by=None, at=saturday, reason="Point 2.")
    before = [("extension_notice", 6), ("redirect_notice", 6), ("redirect_notice", 9)]
    assert owed() == [(kind, date(2026, 2, day)) for kind, day in before]
    publish_holiday(country, date(2026, 2, 9), "2026-02-06 20:00")
    recompute_terms(by=None, at=at("2026-02-08 10:00"))
    after = [("extension_notice", 6), ("redirect_notice", 6), ("redirect_notice", 10)]
    assert owed() == [(kind, date(2026, 2, day)) for kind, day in after]
    publish_holiday(country, date(2026, 2, 5), "2026-02-06 20:00")
    recompute_terms(by=None, at=at("2026-02-08 10:02"))
    assert owed()[1] == ("extension_notice", date(2026, 2, 10))


def test_what_happens_before_the_worker_has_followed_moves_the_notices_too(country: CalendarEdition) -> None:
    term = a_term()
    extend_term(term, count=1, by=None, at=at("2026-02-12 10:00"), reason="An inquiry.")
    publish_holiday(country, date(2026, 2, 13), "2026-02-12 14:00")
    pause_term(term, by=None, at=at("2026-02-12 14:00"), reason="Papers.")
    assert recompute_terms(by=None, at=at("2026-02-12 14:01")) == 0
    assert owed() == [("extension_notice", date(2026, 2, 18))]
    assert len(moved()) == 1


def test_what_is_done_needs_no_notice_that_it_takes_longer() -> None:
    term = a_term()
    extend_term(term, count=1, by=None, at=at("2026-02-12 10:00"), reason="An inquiry.")
    close_term(term, at=at("2026-02-13 10:00"))
    assert owed() == []
    assert term.due_on > DUE
