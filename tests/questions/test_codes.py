"""Codes: written, spoken, and as people type them."""

import pytest

from factories import a_meeting, a_region, a_session
from kenes.questions.access import question_by_spoken_code
from kenes.questions.codes import check_digit, parse_code, parse_spoken_code, question_code, spoken_code
from questions.acts import ask, guests


@pytest.mark.parametrize(
    "typed",
    [
        "AKM-2-0147",
        "akm-2-0147",
        " AKM 2 147 ",
        "AKM-2-147",
        "АКМ-2-0147",  # Cyrillic
        "акм 2 0147",
        "AKM–2–0147",
        "AKM—2—0147",
        "AKM2-0147",
        "AKM20147",
        "AKM_2_0147",
        "AKM.2.0147",
        "AKM/2/0147",
        "ＡＫＭ－２－０１４７",
    ],
)
def test_a_code_is_understood_however_it_is_typed(typed: str) -> None:
    assert parse_code(typed) == "AKM-2-0147"


@pytest.mark.parametrize(
    "typed",
    ["", "AKM", "AKM-2", "2-0147", "AKM-2-", "AKM-x-0147", "AKM-2-0147-9", "AKM-2-0147;--", "٣", "A" * 9000],
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert parse_code(typed) is None


def test_serials_are_padded_to_four_and_grow_beyond() -> None:
    assert [question_code("AKM-2", serial) for serial in (1, 147, 9999, 10000)] == [
        "AKM-2-0001",
        "AKM-2-0147",
        "AKM-2-9999",
        "AKM-2-10000",
    ]


@pytest.mark.parametrize(("meeting", "serial"), [(2, 147), (14, 1), (9999, 9999), (3, 12345)])
def test_the_spoken_code_names_what_it_was_made_of(meeting: int, serial: int) -> None:
    parsed = parse_spoken_code(spoken_code("11", meeting, serial))
    assert parsed is not None
    assert (parsed.region, parsed.meeting, parsed.serial) == ("11", meeting, serial)


def test_the_spoken_code_is_in_groups_that_can_be_read_out() -> None:
    assert spoken_code("11", 2, 147) == f"11 0002 0147 {check_digit('1100020147')}"


def test_every_wrong_digit_and_every_swap_of_neighbours_is_noticed() -> None:
    right = spoken_code("11", 2, 147).replace(" ", "")
    wrong = {
        right[:place] + digit + right[place + 1 :]
        for place in range(len(right))
        for digit in "0123456789"
        if digit != right[place]
    }
    swapped = {
        right[:place] + right[place + 1] + right[place] + right[place + 2 :]
        for place in range(len(right) - 1)
        if right[place] != right[place + 1]
    }
    assert (len(wrong), {parse_spoken_code(code) for code in wrong | swapped}) == (99, {None})


@pytest.mark.django_db
def test_a_question_is_found_by_the_digits_told_on_the_phone() -> None:
    akmola = a_session()
    kostanay = a_session(akmola.campaign, region=a_region("KST", "390000000"))
    asked = [ask(guests(a_meeting(session, is_open=True), 1)[0]) for session in (akmola, kostanay)]
    found = [question_by_spoken_code(spoken_code(region, 1, 1)) for region in ("11", "39", "55")]
    assert found == [*asked, None]
    assert question_by_spoken_code("11 0001 0001 0") is None
