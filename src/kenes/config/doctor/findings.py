"""One line of the doctor's report."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """`look`: it works, somebody should know; `wrong`: mend it before people come."""

    OK = "ok"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was found, and, unless all is well, what to do."""

    level: Level
    subject: str
    text: str
    advice: str = ""

    def __str__(self) -> str:
        line = f"{self.level:<5}  {self.subject}: {self.text}"
        return f"{line}\n       -> {self.advice}" if self.advice else line


def ok(subject: str, text: str) -> Finding:
    return Finding(Level.OK, subject, text)


def look(subject: str, text: str, advice: str) -> Finding:
    return Finding(Level.LOOK, subject, text, advice)


def wrong(subject: str, text: str, advice: str) -> Finding:
    return Finding(Level.WRONG, subject, text, advice)
