"""The table of moves and the deeds that make them."""

import pytest

from kenes.questions.states import ACTS, HAS_PAGE, LOOSE_ENDS, MOVES, ON_PUBLIC_LIST, QuestionState, Verb


@pytest.mark.parametrize("verb", list(Verb))
def test_every_act_makes_only_moves_of_the_table(verb: Verb) -> None:
    act = ACTS[verb]
    unlisted = {origin for origin in act.origins if act.goal and act.goal not in MOVES[origin]}
    assert unlisted == set()


def test_every_state_has_a_row_and_ends_are_ends() -> None:
    assert set(MOVES) == set(QuestionState)
    assert {state.value for state, goals in MOVES.items() if not goals} == {"passed_on", "withdrawn"}


def test_loose_ends_are_what_nobody_has_taken_on() -> None:
    assert {state.value for state in LOOSE_ENDS} == {"held", "open", "staged"}


def test_what_was_refused_merged_or_passed_on_has_a_page_but_is_on_no_list() -> None:
    assert {state.value for state in HAS_PAGE - ON_PUBLIC_LIST} == {"refused", "merged", "passed_on"}
