"""The reference says what the code does: states, acts, standings, and the leaves of the log."""

import re
from pathlib import Path

from kenes.commitments.actions import leaves
from kenes.commitments.figures import ALL_FIGURES
from kenes.commitments.rules import BY_EXECUTORS
from kenes.commitments.states import ACTS, MOVES, CommitmentState, Standing

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"


def table_under(document: str, heading: str) -> list[list[str]]:
    """Return the cells of the first table under a heading, without its head."""
    section = (REFERENCE / document).read_text(encoding="utf-8").split(f"\n{heading}\n", 1)[1]
    lines = re.search(r"(?:^\|.*\n)+", section, re.MULTILINE)
    assert lines is not None, heading
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[0].splitlines()]
    return rows[2:]


def codes(states: frozenset[CommitmentState]) -> str:
    return ", ".join(f"`{state.value}`" for state in CommitmentState if state in states) or "–"


def test_the_table_of_states_is_that_of_the_code() -> None:
    wanted = [[f"`{state.value}`", str(state.label), codes(MOVES[state])] for state in CommitmentState]
    assert table_under("states.md", "## States and moves of a commitment") == wanted


def test_the_table_of_acts_is_that_of_the_code() -> None:
    wanted = [
        [
            str(verb.label),
            f"`{verb.action}`",
            codes(act.origins),
            f"`{act.goal.value}`" if act.goal else "stays",
            "executor" if verb in BY_EXECUTORS else "keeper",
        ]
        for verb, act in ACTS.items()
    ]
    assert table_under("states.md", "## Acts on a commitment") == wanted


def test_the_table_of_standings_is_that_of_the_code() -> None:
    wanted = [[f"`{standing.value}`", str(standing.label)] for standing in Standing]
    assert table_under("states.md", "## Where a commitment stands") == wanted


def test_every_leaf_of_a_commitment_is_documented() -> None:
    kinds = {value for value in vars(leaves).values() if str(value).startswith("commitment-")}
    table = table_under("record.md", "Of a commitment (`object.kind` is `commitment`, the id its code):")
    assert {row[0].strip("`") for row in table} == kinds


def test_every_figure_is_documented() -> None:
    text = (REFERENCE / "figures.md").read_text(encoding="utf-8")
    assert [figure.key for figure in ALL_FIGURES if f"| `{figure.key}` | commitments |" not in text] == []
