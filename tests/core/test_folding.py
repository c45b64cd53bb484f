"""Folded search finds Kazakh names typed on a Russian keyboard."""

import pytest

from kenes.core.folding import fold, kazakh_sort_key


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("аккол", "Ақкөл"), ("АҚКӨЛ", "Ақкөл"), ("щучье", "Щучьё"), ("зеренди  ауданы", "Зеренді ауданы")],
)
def test_what_is_typed_on_a_russian_keyboard_folds_like_the_kazakh_name(typed: str, stored: str) -> None:
    assert fold(typed) == fold(stored)


def test_different_names_fold_differently() -> None:
    assert fold("Ақкөл") != fold("Ақсу")


def test_kazakh_letters_sort_after_their_russian_neighbours() -> None:
    assert sorted(["Өскемен", "Орал", "Петропавл", "Ойыл"], key=kazakh_sort_key) == [
        "Ойыл",
        "Орал",
        "Өскемен",
        "Петропавл",
    ]
