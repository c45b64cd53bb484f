"""The reference tells the states, acts, written parts and numbers of minutes as the code has them."""

import re
from pathlib import Path

import pytest
from django.db.models import TextChoices

from kenes.minutes.actions.documents import DOCUMENTS_KIND
from kenes.minutes.actions.moves import FINAL_KIND
from kenes.minutes.actions.taking_out import REDACTED_KIND
from kenes.minutes.figures import DEFINITIONS
from kenes.minutes.states import (
    MINUTES_MOVES,
    SUMMARY_MOVES,
    FreePart,
    MinutesAct,
    MinutesState,
    Outcome,
    SummaryState,
)

DOCS = Path(__file__).resolve().parents[2] / "docs/reference"
REFERENCE = (DOCS / "minutes.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", REFERENCE, re.MULTILINE | re.DOTALL))


def rows(section: str) -> list[list[str]]:
    return [line.split(" | ") for line in re.findall(r"^\| (`.+) \|$", SECTIONS[section], re.MULTILINE)]


@pytest.mark.parametrize(
    ("section", "states", "moves"),
    [
        ("States of minutes", MinutesState, MINUTES_MOVES),
        ("States of a summary", SummaryState, SUMMARY_MOVES),
    ],
)
def test_the_table_of_states_is_that_of_the_code(
    section: str, states: type[TextChoices], moves: dict[str, frozenset[str]]
) -> None:
    wanted = [
        [
            f"`{state.value}`",
            str(state.label),
            ", ".join(f"`{goal.value}`" for goal in states if goal in moves[state]) or "–",
        ]
        for state in states
    ]
    assert rows(section) == wanted


def test_every_act_and_written_part_is_there() -> None:
    acts = [[f"`{act.value}`", str(act.label)] for act in MinutesAct]
    assert [row[:2] for row in rows("Acts")] == acts
    assert rows("Parts written by hand") == [[f"`{part.value}`", str(part.label)] for part in FreePart]


def test_every_outcome_and_number_is_named() -> None:
    assert [outcome for outcome in Outcome if f"`{outcome.value}`" not in REFERENCE] == []
    figures = (DOCS / "figures.md").read_text("utf-8")
    assert [one.key for one in DEFINITIONS if f"`{one.key}`" not in figures] == []


def test_every_leaf_of_minutes_is_in_the_records_table() -> None:
    record = (DOCS / "record.md").read_text("utf-8")
    kinds = re.findall(r"^\| `(minutes-[a-z]+)` \| ", record, re.MULTILINE)
    assert kinds == [FINAL_KIND, REDACTED_KIND, DOCUMENTS_KIND]
