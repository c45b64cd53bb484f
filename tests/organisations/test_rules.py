"""The check digit of a business identification number."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenes.organisations.rules import has_check_digit, is_bin
from shared_data import shared_file


@pytest.mark.parametrize("number", ["210140012347", "210241012346", "210360012343", "991231412340"])
def test_a_number_with_its_check_digit_is_right(number: str) -> None:
    assert has_check_digit(number)


@pytest.mark.parametrize(
    "number",
    ["210140012346", "210410012347", "21014001234", "2101400123470", "", "21014001234x", "٢١٠١٤٠٠١٢٣٤٧"],
)
def test_another_is_not(number: str) -> None:
    assert not has_check_digit(number)


@pytest.mark.parametrize(("number", "is_body"), [("210140012347", True), ("900101311111", False)])
def test_a_persons_number_is_no_bodys(number: str, is_body: bool) -> None:
    assert (has_check_digit(number), is_bin(number)) == (True, is_body)


@given(st.from_regex(r"[0-9]{11}", fullmatch=True))
def test_at_most_one_last_digit_fits(eleven: str) -> None:
    assert sum(has_check_digit(f"{eleven}{last}") for last in range(10)) <= 1


def test_the_shared_vectors_come_out_as_stated() -> None:
    with shared_file("ids", "iin_bin_vectors.csv").open(encoding="utf-8", newline="") as file:
        vectors = [(row["number"], row["expected"] == "valid") for row in csv.DictReader(file)]
    assert [(number, has_check_digit(number)) for number, _expected in vectors] == vectors
