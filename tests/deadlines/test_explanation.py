"""The explanation in words: each day, each reason, the source, in the reader's language."""

from dataclasses import replace
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from deadlines.samples import APPEAL, APPEAL_NOW, CALENDAR, always, at
from kenes.deadlines.clock import reckon
from kenes.deadlines.events import (
    CalendarChanged,
    Extended,
    Paused,
    Redirected,
    Registered,
    Reopened,
    Resumed,
)
from kenes.deadlines.explanation import Explanation, explain
from kenes.deadlines.policy import Policy
from kenes.deadlines.states import DayKind
from kenes.deadlines.workdays import SpecialDay

NAMES = {"kk": "Наурыз мейрамы", "ru": "Наурыз мейрамы", "en": "Nauryz"}
CALENDAR_NAMED = replace(
    CALENDAR,
    days={
        **CALENDAR.days,
        date(2021, 3, 22): SpecialDay(date(2021, 3, 22), DayKind.HOLIDAY, NAMES),
        date(2021, 3, 24): SpecialDay(date(2021, 3, 24), DayKind.IN_LIEU, NAMES),
    },
)


def told(*events: object, policies: tuple[Policy, ...] = APPEAL) -> Explanation:
    return explain(reckon(events, policies, CALENDAR_NAMED))  # type: ignore[arg-type]


def sentences(explanation: Explanation) -> dict[str, str]:
    run = explanation.runs[-1]
    days = [*run.waiting, *(day for span in run.spans for day in span.days)]
    return {day.label: day.text for day in days}


def test_nauryz_is_named_and_not_counted() -> None:
    explanation = told(Registered(at("2021-03-19 19:00")), policies=always(replace(APPEAL_NOW, count=2)))
    assert explanation.result == "Due on Monday, 29 March 2021."
    assert explanation.runs[0].title == (
        "Received on Friday, 19 March 2021 at 19:00, after working hours; "
        "registered on Thursday, 25 March 2021."
    )
    assert sentences(explanation) == {
        "Fri 19 March": "received after working hours, not counted",
        "Sat 20 March": "weekly day off, not counted",
        "Sun 21 March": "holiday, not counted",
        "Mon 22 March": "Nauryz, not counted",
        "Tue 23 March": "holiday, not counted",
        "Wed 24 March": "day off in place of Nauryz, not counted",
        "Thu 25 March": "day of registration, counting starts the next day",
        "Fri 26 March": "counted",
        "Sat 27 March": "weekly day off, not counted",
        "Sun 28 March": "weekly day off, not counted",
        "Mon 29 March": "counted",
    }


def test_moved_days_name_each_other() -> None:
    explanation = told(Registered(at("2021-07-02 10:00")), policies=always(replace(APPEAL_NOW, count=2)))
    found = sentences(explanation)
    assert found["Sat 3 July"] == "worked instead of 5 July 2021, counted"
    assert found["Mon 5 July"] == "day off moved from 3 July 2021, not counted"


@pytest.mark.parametrize(
    ("language", "label", "month"),
    [("kk", "дс, 22 наурыз", "наурыз"), ("ru", "пн, 22 марта", "марта")],
)
def test_days_are_written_in_the_readers_language(language: str, label: str, month: str) -> None:
    with translation.override(language):
        found = sentences(told(Registered(at("2021-03-19 10:00")), policies=always(APPEAL_NOW)))
    assert [each for each in found if each.lower() == label] != []
    assert "Наурыз мейрамы" in next(text for each, text in found.items() if each.lower() == label)
    assert month in label


def test_a_russian_sentence_that_ends_in_a_date_has_one_full_stop() -> None:
    with translation.override("ru"):
        explanation = told(Registered(at("2026-02-02 10:00")))
    run = explanation.runs[0]
    told_last = [explanation.result, run.title, run.spans[0].end, *run.duties]
    assert [text for text in told_last if text.endswith("..") or not text.endswith(".")] == []


def test_what_happened_is_told_with_its_reason_and_the_earlier_run_stays() -> None:
    explanation = told(
        Registered(at("2026-02-02 10:00")),
        Paused(at("2026-02-03 10:00"), "Papers."),
        Resumed(at("2026-02-04 10:00")),
        Extended(at("2026-02-05 10:00"), 1, "An inquiry."),
        Redirected(at("2026-02-06 10:00"), at("2026-02-06 11:00"), is_part=True),
        CalendarChanged(at("2026-02-07 10:00"), CALENDAR_NAMED),
        Redirected(at("2026-02-09 10:00"), at("2026-02-10 10:00")),
        Reopened(at("2026-04-01 10:00"), "Not answered."),
    )
    first = explanation.runs[0]
    assert [run.is_current for run in explanation.runs] == [False, False, True]
    assert first.events == (
        "Tuesday, 3 February 2026: the clock was stopped. Papers.",
        "Wednesday, 4 February 2026: the clock was started again.",
        "Thursday, 5 February 2026: the term was extended. An inquiry.",
        "Friday, 6 February 2026: a part was passed on to another body, with a term of its own.",
        "Saturday, 7 February 2026: another edition of the working calendar holds.",
        "Monday, 9 February 2026: passed on to another body; the term starts anew there.",
    )
    assert first.duties == (
        "To be passed on, if another body is competent: by Thursday, 5 February 2026.",
        "The asker is to be told of the extension: by Tuesday, 10 February 2026.",
        "The asker is to be told that it was passed on: by Friday, 6 February 2026.",
    )
    assert first.spans[1].title == "Extended, 1 month from the day of the decision: An inquiry."
    assert explanation.runs[1].events == (
        "Wednesday, 1 April 2026: reopened; the term starts anew. Not answered.",
    )
    assert explanation.runs[2].source == "Administrative Procedure Code, art. 76, December 2025"


def test_a_standing_clock_an_unconfirmed_calendar_and_unknown_days_are_said() -> None:
    standing = told(Registered(at("2026-02-02 10:00")), Paused(at("2026-02-03 10:00")))
    assert standing.result == "The clock stands; the due date follows when it runs again."
    beyond = told(Registered(at("2026-12-28 10:00")))
    assert beyond.warnings == (
        "No person has confirmed this edition of the calendar yet.",
        "Holidays are known until 31 December 2026 only; the date may still move.",
    )
    confirmed = reckon([Registered(at("2026-02-02 10:00"))], APPEAL, replace(CALENDAR, is_confirmed=True))
    assert explain(confirmed).warnings == ()


def test_the_part_lists_every_day_with_its_number() -> None:
    explanation = told(Registered(at("2021-03-19 10:00")), policies=always(replace(APPEAL_NOW, count=2)))
    html = render_to_string("deadlines/parts/_explanation.html", {"explanation": explanation})
    assert html.count("<li") == 1 + 7 + 1
    assert '<time datetime="2021-03-22">Mon 22 March</time>: Nauryz, not counted' in html
    assert '<span class="number">2.</span>' in html
    assert "style=" not in html
