"""Putting a promise on record."""

from datetime import date

import pytest

from commitments.promises import DUE, LATER, TEXT, a_commitment, a_promise
from factories import NOON, a_body, a_meeting
from kenes.commitments.actions import add_co_executor, make_commitment, translate_commitment
from kenes.commitments.errors import (
    ExecutorTwice,
    PromiseHasNoText,
    PromiseLanguageUnknown,
    PromiseTextLength,
    TextStandsAlready,
)
from kenes.commitments.models import Commitment, CommitmentText
from kenes.commitments.queries import commitments_of
from kenes.deadlines.errors import DueDateIsPast
from kenes.deadlines.queries import ledger_of, open_term_of
from kenes.links.models import End
from kenes.record.models import Entry, Leaf

pytestmark = pytest.mark.django_db


def test_a_promise_gets_the_regions_letters_and_the_next_number() -> None:
    meeting = a_meeting()
    made = [a_commitment(meeting, executor=a_body(f"Body {number}")) for number in (1, 2)]
    assert [commitment.code for commitment in made] == ["C-AKM-0001", "C-AKM-0002"]


def test_a_promise_without_a_meeting_has_the_countrys_letters_and_the_body_above_as_its_keeper() -> None:
    ministry = a_body("Ministry", "ministry")
    committee = a_body("Committee")
    committee.parent = ministry
    committee.save()
    made = make_commitment(
        promise=a_promise(executor=committee), source=End("report", "2020"), meeting=None, by=None, at=NOON
    )
    assert (made.code, made.keeper, made.region) == ("C-KZ-0001", ministry, None)


def test_sphere_place_and_keeper_are_the_meetings() -> None:
    made = a_commitment()
    assert made.meeting is not None
    assert (made.sphere, made.place, made.keeper) == ("youth", made.meeting.place, made.meeting.host)


def test_its_date_is_a_term_with_the_first_line_of_a_ledger() -> None:
    made = a_commitment()
    term = open_term_of(object_kind="commitment", object_id=made.code)
    lines = [
        (line.old_due_on, line.due_on) for line in ledger_of(object_kind="commitment", object_id=made.code)
    ]
    assert term is not None
    assert (term.due_on, made.due_on, lines) == (DUE, DUE, [(None, DUE)])


def test_it_is_in_the_record_and_its_log() -> None:
    made = a_commitment()
    leaf = Leaf.objects.get(object_kind="commitment", object_id=made.code)
    entry = Entry.objects.get(object_kind="commitment", object_id=made.code)
    assert (leaf.kind, entry.act) == ("commitment-made", "make_commitment")


def test_commitments_are_found_by_where_they_were_made() -> None:
    meeting = a_meeting()
    first = a_commitment(meeting, source=End("question", "AKM-1-0001"))
    a_commitment(meeting, executor=a_body("Other"))
    assert list(commitments_of(End("question", "AKM-1-0001"))) == [first]


def test_texts_are_kept_in_each_language_they_were_given_in() -> None:
    made = a_commitment()
    assert dict(made.texts.values_list("language", "text")) == TEXT


def test_the_language_is_the_first_texts_where_none_is_named() -> None:
    assert a_commitment(language="").language == "ru"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"texts": {"kk": "Ақкөлде орталық ашу"}}, PromiseHasNoText),
        ({"texts": {"ru": " \u200b "}}, PromiseHasNoText),
        ({"texts": {}}, PromiseHasNoText),
        ({"texts": {"ru": "да"}}, PromiseTextLength),
        ({"texts": {"ru": "да" * 1000}}, PromiseTextLength),
        ({"texts": {**TEXT, "de": "Ein Jugendzentrum"}}, PromiseLanguageUnknown),
        ({"due_on": date(2021, 2, 17)}, DueDateIsPast),
    ],
)
def test_what_is_no_promise_is_refused_and_leaves_nothing(fields: dict[str, object], error: type) -> None:
    meeting = a_meeting()
    with pytest.raises(error):
        a_commitment(meeting, **fields)
    assert (Commitment.objects.count(), CommitmentText.objects.count()) == (0, 0)


def test_a_body_is_named_once() -> None:
    body = a_body("Directorate")
    with pytest.raises(ExecutorTwice):
        a_commitment(executor=body, co_executors=(body,))


def test_a_text_in_another_language_is_added_once() -> None:
    made = a_commitment()
    translate_commitment(made, language="en", text="Open a youth centre in Akkol", by=None, at=NOON)
    made.refresh_from_db()
    assert "open a youth centre" in made.folded
    with pytest.raises(TextStandsAlready):
        translate_commitment(made, language="ru", text="Открыть два центра", by=None, at=NOON)


def test_a_body_is_added_as_co_executor_once() -> None:
    promise, centre = a_commitment(), a_body("Youth centre")
    add_co_executor(promise, organisation=centre, by=None, at=LATER)
    assert [(row.organisation.name, row.role) for row in promise.executors.all()] == [
        ("Directorate", "lead"),
        ("Youth centre", "co_executor"),
    ]
    with pytest.raises(ExecutorTwice):
        add_co_executor(promise, organisation=centre, by=None, at=LATER)
