"""The first text of a summary, and what its numbers are taken from."""

from collections.abc import Iterator, Mapping
from typing import Any

from kenes.core.languages import LANGUAGES
from kenes.minutes.figures import figures_of
from kenes.minutes.paper.words import Words
from kenes.minutes.press.sentences import KINDS, SENTENCES
from kenes.minutes.queries import Content

PARAGRAPHS = (
    ("held",),
    ("participants.all", "questions.asked", "questions.votes"),
    ("questions.aloud", "questions.in_time", "questions.late", "questions.not_due", "questions.overdue"),
    ("questions.refused", "questions.passed_on", "questions.waiting", "questions.withdrawn"),
    ("commitments.made",),
)


def counted_from(content: Content) -> dict[str, Any]:
    """Return what a summary keeps: the meeting's facts, and each number with the records behind it."""
    numbers = {
        key: {"value": figure.value, "rows": [dict(row) for row in figure.rows]}
        for key, figure in figures_of(content).items()
    }
    return {"meeting": content["meeting"], "numbers": numbers}


def composed(counted: Mapping[str, Any]) -> dict[str, str]:
    """Return the first text of a summary by language: sentences with signs for every number."""
    texts = {}
    for language in LANGUAGES:
        words = Words(language, counted["meeting"]["zone"])
        paragraphs = (" ".join(_sentences(counted, words, keys)) for keys in PARAGRAPHS)
        texts[language] = "\n\n".join(filter(None, paragraphs))
    return texts


def _sentences(counted: Mapping[str, Any], words: Words, keys: tuple[str, ...]) -> Iterator[str]:
    said = SENTENCES[words.language]
    for key in keys:
        if key == "held":
            yield said[key] % {"kind": KINDS[words.language][counted["meeting"]["kind"]]}
            continue
        value = counted["numbers"][key]["value"]
        if value:
            yield said.get(f"{key}.one", said[key]) if words.is_one(value) else said[key]
        elif key == "questions.asked":
            yield said["questions.none"]
