"""Every policy, rule and word of the clock stands in the reference, with its source."""

import re
from pathlib import Path

import pytest
from django.db.models import TextChoices

from kenes.deadlines import states
from kenes.deadlines.shipped import lines_of

REFERENCE = (Path(__file__).resolve().parents[2] / "docs/reference/deadlines.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^##+ (.+?)\n(.*?)(?=^##|\Z)", REFERENCE, re.MULTILINE | re.DOTALL))
WORDS = [
    each
    for each in vars(states).values()
    if isinstance(each, type) and issubclass(each, TextChoices) and each is not TextChoices
]


def rows(section: str) -> list[list[str]]:
    lines = re.findall(r"^\| (`.+) \|$", SECTIONS[section], re.MULTILINE)
    return [line.split(" | ") for line in lines]


def source(line: dict[str, str]) -> str:
    article = f"art. {line['article']}" if line["article"] else ""
    return ", ".join(filter(None, [line["act"], article, line["edition"]]))


def test_every_policy_stands_there_with_its_validity_source_and_certainty() -> None:
    shipped = [
        [
            f"`{line['key']}`",
            line["valid_from"] or "–",
            line["valid_to"] or "–",
            f"`{line['start']}`",
            source(line),
            f"`{line['certainty']}`",
        ]
        for line in lines_of("policies.csv")
    ]
    told = [[row[0], row[1], row[2], row[4], row[7], row[8]] for row in rows("Policies")]
    assert told == shipped


def test_every_term_and_extension_stands_there() -> None:
    short = {"working_day": "wd", "calendar_day": "cd", "month": "months"}
    shipped = [
        [
            f"{line['count']} {short[line['unit']]}",
            f"{line['extension_count']} {short[line['extension_unit']]}, {line['extension_times']}×"
            if line["extension_unit"]
            else "–",
        ]
        for line in lines_of("policies.csv")
    ]
    assert [[row[3], row[5]] for row in rows("Policies")] == shipped


def test_every_note_of_a_policy_stands_there() -> None:
    assert [line["key"] for line in lines_of("policies.csv") if line["note"] not in REFERENCE] == []


def test_every_rule_without_a_count_stands_there() -> None:
    shipped = [
        [f"`{line['key']}`", line["text"], source(line), f"`{line['certainty']}`"]
        for line in lines_of("standing_rules.csv")
    ]
    assert rows("Rules without a count") == shipped


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.__name__)
def test_every_word_of_the_code_stands_there(words: type[TextChoices]) -> None:
    assert [row[0].strip("`") for row in rows(words.__name__)] == words.values
