"""The reference says what the code does: states, acts, grounds, and the rows of the streams."""

import re
from pathlib import Path
from typing import Any

import pytest

from factories import NOON, a_meeting, an_agenda_item
from kenes.accounts.states import MembershipKind
from kenes.live.contracts import Stream
from kenes.organisations.models import Organisation
from kenes.programme.live import agenda_row, room_row
from kenes.programme.models import Meeting, Participant
from kenes.questions.rows import companions_of, counts_of, own_row, public_row, question_row
from kenes.questions.rules import streams_of
from kenes.questions.states import (
    ACTS,
    ASKERS_OWN,
    BY_OFFICERS_TOO,
    HAS_PAGE,
    HIDES_THE_TEXT,
    LOOSE_ENDS,
    MOVES,
    TAKES_VOTES,
    UNIT_KINDS,
    UNITS_OWN,
    QuestionState,
    RefusalGround,
    Verb,
)
from kenes.rooms.actions import post_announcement
from kenes.rooms.queries import announcement_row
from questions.acts import a_question

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"


def table_under(document: str, heading: str) -> list[list[str]]:
    """Return the cells of the first table under a heading, without its head."""
    text = (REFERENCE / document).read_text(encoding="utf-8")
    section = text.split(f"\n{heading}\n", 1)[1]
    lines = re.search(r"(?:^\|.*\n)+", section, re.MULTILINE)
    assert lines is not None, heading
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[0].splitlines()]
    return rows[2:]


def yes(value: bool) -> str:
    return "yes" if value else "no"


def codes(states: frozenset[QuestionState]) -> str:
    return ", ".join(f"`{state.value}`" for state in QuestionState if state in states) or "–"


def test_the_table_of_states_is_that_of_the_code() -> None:
    wanted = [
        [
            f"`{state.value}`",
            str(state.label),
            yes(Stream.PUBLIC in streams_of(state)),
            yes(Stream.SPEAKER in streams_of(state)),
            yes(state in HAS_PAGE),
            yes(state in LOOSE_ENDS),
            yes(state in TAKES_VOTES),
            codes(MOVES[state]),
        ]
        for state in QuestionState
    ]
    assert table_under("states.md", "## States and moves") == wanted


def who_does(verb: Verb) -> str:
    """Return the words of the column *who*: the unit's by kinds of membership, officers by their role."""
    if verb in ASKERS_OWN:
        return "asker"
    kinds = [f"`{kind.value}`" for kind in MembershipKind if kind in UNIT_KINDS.get(verb, ())]
    officers = ["`officer`"] if verb in BY_OFFICERS_TOO else []
    moderators = [] if verb in UNITS_OWN else ["moderator"]
    return ", ".join([*moderators, *(["unit: " + ", ".join([*kinds, *officers])] if kinds else [])])


def test_the_table_of_acts_is_that_of_the_code() -> None:
    wanted = [
        [
            str(verb.label),
            f"`{verb.action}`",
            codes(act.origins),
            f"`{act.goal.value}`" if act.goal else "stays",
            who_does(verb),
            yes(act.is_late),
        ]
        for verb, act in ACTS.items()
    ]
    assert table_under("states.md", "## Acts") == wanted


def test_the_table_of_grounds_is_that_of_the_code() -> None:
    wanted = [
        [f"`{ground.value}`", str(ground.label), yes(ground not in HIDES_THE_TEXT)]
        for ground in RefusalGround
    ]
    assert table_under("states.md", "## Grounds of refusal") == wanted


def fields_under(heading: str) -> list[str]:
    return [row[0].strip("`") for row in table_under("live-events.md", heading)]


@pytest.mark.django_db
def test_the_fields_of_a_question_are_documented(guest: Participant, unit: Organisation) -> None:
    question = a_question("refused", guest, unit)
    beside = companions_of([question], using="default", with_reasons=True)
    public = fields_under("## `question`")
    shown: dict[str, Any] = {
        "public": list(public_row(question, beside)),
        "desk": list(question_row(question, beside, stream=Stream.DESK)),
        "own": list(own_row(question, beside)),
    }
    assert shown == {
        "public": public,
        "desk": [*public, *fields_under("### `question` on the desk")],
        "own": ["code", "version", *public, *fields_under("### `question` among one's own")],
    }


@pytest.mark.django_db
def test_the_parts_of_answer_and_due_are_documented(guest: Participant, unit: Organisation) -> None:
    meanings = dict(row[:2] for row in table_under("live-events.md", "## `question`"))
    answered, assigned = a_question("answered", guest, unit), a_question("assigned", guest, unit)
    beside = companions_of([answered, assigned], using="default")
    answer, due = public_row(answered, beside)["answer"], public_row(assigned, beside)["due"]
    parts = "{" + ", ".join(f'"{name}"' for name in answer) + "}"
    assert (parts in meanings["`answer`"], list(due)) == (True, ["unit", "on"])


@pytest.mark.django_db
def test_the_fields_of_counts_are_documented(meeting: Meeting) -> None:
    public = fields_under("## `counts`")
    shown = {stream: list(counts_of(meeting.feed_id, stream=stream, using="default")[1]) for stream in Stream}
    assert shown == {
        Stream.PUBLIC: public,
        Stream.SPEAKER: public,
        Stream.DESK: [*public, *fields_under("### `counts` on the desk")],
    }


@pytest.mark.django_db
def test_the_fields_of_the_room_the_agenda_and_announcements_are_documented() -> None:
    meeting = a_meeting(is_open=True)
    item = an_agenda_item(meeting)
    announcement = post_announcement(meeting, text={"en": "A break of ten minutes"}, by=None, at=NOON)
    shown = [list(row) for row in (room_row(meeting), agenda_row(item), announcement_row(announcement))]
    assert shown == [fields_under(f"## `{type_}`") for type_ in ("room", "agenda", "announcement")]
