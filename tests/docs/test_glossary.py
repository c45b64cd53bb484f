"""The glossary names each concept once, in three languages, with every state and sphere."""

import re
from pathlib import Path

import pytest

from kenes.commitments.states import CommitmentState
from kenes.programme.states import MeetingState, SphereKey
from kenes.questions.states import QuestionState

REFERENCE = (Path(__file__).resolve().parents[2] / "docs/reference/glossary.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", REFERENCE, re.MULTILINE | re.DOTALL))
# What the conventions call the field's words.
WORDS = [
    "campaign",
    "strategic session",
    "meeting",
    "sphere",
    "agenda item",
    "question",
    "answer",
    "moderation",
    "vote",
    "commitment",
    "measure",
    "executor",
    "indicator",
    "evidence",
    "grant",
    "reach",
    "act",
    "article",
    "amendment",
    "comparative table",
    "comment",
    "disposition",
]


def rows(section: str) -> list[list[str]]:
    lines = re.findall(r"^\| (.+) \|$", SECTIONS[section], re.MULTILINE)
    return [line.split(" | ") for line in lines[1:]]


def test_every_row_is_whole() -> None:
    assert [row for section in SECTIONS for row in rows(section) if len(row) != 4 or not all(row)] == []


def test_every_concept_has_one_word_and_the_fields_words_are_there() -> None:
    concepts = [row[0] for section in SECTIONS for row in rows(section) if not row[0].startswith("`")]
    assert sorted(concepts) == sorted(set(concepts))
    assert [word for word in WORDS if word not in concepts] == []


@pytest.mark.parametrize(
    ("section", "keys"),
    [
        ("States of a question", QuestionState.values),
        ("States of a commitment", CommitmentState.values),
        ("States of a meeting", MeetingState.values),
        ("Spheres", SphereKey.values),
    ],
)
def test_every_key_of_the_code_is_there(section: str, keys: list[str]) -> None:
    assert [row[0].strip("`") for row in rows(section)] == keys
