"""Rows of the feed as the pages write them: the words that the browser's side writes too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kenes.core.languages import LANGUAGES
from kenes.core.moments import place_in_recording
from kenes.redaction.words import in_words
from kenes.rooms.words import day_words

TEMPLATE_CODE = "CODE"


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """An answer as it is read; `second` is where in the recording, in words."""

    by: str = ""
    text: str = ""
    language: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """A question as it is read. Times are on the clock of the meeting's zone."""

    code: str
    version: int = 0
    state: str = "open"
    text: str = ""
    language: str = ""
    by: str = ""
    at: str = ""
    votes: int = 0
    votes_apart: str = ""
    state_words: str = ""
    is_edited: bool = False
    answer: AnswerWords | None = None


def template_question() -> QuestionWords:
    """Return the empty question that the browser's side clones."""
    return QuestionWords(code=TEMPLATE_CODE)


def question_in_words(row: Mapping[str, Any], words: Mapping[str, Any]) -> QuestionWords:
    """Return a `question` row (with code and version) in words."""
    votes = row["votes"]
    return QuestionWords(
        code=row["code"],
        version=row["version"],
        state=row["state"],
        text=in_words(row["text"]),
        language=row["language"],
        by=asked_by(row, words),
        at=clock(row["at"], words),
        votes=votes["confirmed"] + votes["guest"],
        votes_apart=words["votes_apart"] % votes,
        state_words=_state(row, words),
        is_edited=row["edited"],
        answer=_answer(row["answer"], words),
    )


def asked_by(row: Mapping[str, Any], words: Mapping[str, Any]) -> str:
    """Return who asked and, where it was not in the room, how."""
    return " · ".join(filter(None, [row["by"] or words["anonymous"], words["channels"].get(row["channel"])]))


def clock(at: str, words: Mapping[str, Any]) -> str:
    """Return hours and minutes of a UTC time on the meeting's clock."""
    return datetime.fromisoformat(at).astimezone(ZoneInfo(words["zone"])).strftime("%H:%M")


def official(texts: Mapping[str, str], words: Mapping[str, Any]) -> str:
    """Return an official text in the reader's language, or in the first it exists in."""
    found = (texts[language] for language in (words["language"], *LANGUAGES) if texts.get(language))
    return next(found, "")


def _state(row: Mapping[str, Any], words: Mapping[str, Any]) -> str:
    due = row["due"]
    if row["state"] == "assigned" and due and due["on"]:
        values = {
            "unit": official(due["unit"], words),
            "on": day_words(words, date.fromisoformat(due["on"])),
        }
        return str(words["assigned_to"] % values)
    key = f"answered_{row['answer']['form']}" if row["answer"] else row["state"]
    return str(words["states"].get(key, ""))


def _answer(answer: Mapping[str, Any] | None, words: Mapping[str, Any]) -> AnswerWords | None:
    if not answer:
        return None
    second = answer.get("second")
    time = "" if second is None else place_in_recording(second)
    return AnswerWords(
        by=answer["by"],
        text=in_words(answer["text"]),
        language=answer["language"],
        second=words["at_second"] % {"time": time} if time else "",
    )
