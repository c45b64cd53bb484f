"""A summary in one language: as lines with links, and as plain text with footnotes."""

from dataclasses import dataclass

from django.conf import settings

from kenes.minutes.models import Summary
from kenes.minutes.paper.blocks import Line
from kenes.minutes.paper.words import Words
from kenes.minutes.press.tokens import lines_told
from kenes.questions.rows import in_utc


@dataclass(frozen=True, slots=True)
class SummaryTold:
    """A summary as it is read. `language` is that of its text, which the reader's may lack."""

    title: str
    lines: tuple[Line, ...]
    language: str
    counted: str


def told(summary: Summary, language: str) -> SummaryTold:
    """Return the summary in a language, or in the first it is written in."""
    zone = summary.figures["meeting"]["zone"]
    text, found = Words(language, zone).official(summary.texts)
    words = Words(found, zone)
    address = f"{settings.PUBLIC_URL}/{found}/rooms/{summary.meeting.code}/summary/{summary.version}/"
    return SummaryTold(
        title=words("summary", code=summary.meeting.code),
        lines=tuple(lines_told(text, summary.figures, words, address=address)),
        language=found,
        counted=words("summary_counted", at=words.moment(in_utc(summary.counted_at))),
    )


def as_text(summary: Summary, language: str) -> str:
    """Return the summary as plain text: behind each number the sign of a footnote with its address."""
    shown = told(summary, language)
    words = Words(shown.language, summary.figures["meeting"]["zone"])
    notes: list[str] = []
    paragraphs = [_with_notes(line, notes) for line in shown.lines]
    foot = [f"[{number}] {address}" for number, address in enumerate(notes, start=1)]
    told_in_full = [shown.title, *paragraphs, shown.counted]
    if foot:
        told_in_full.append("\n".join([words("summary_footnotes") + ":", *foot]))
    return "\n\n".join(told_in_full) + "\n"


def _with_notes(line: Line, notes: list[str]) -> str:
    told_line = ""
    for piece in line:
        told_line += piece.text
        if piece.href:
            if piece.href not in notes:
                notes.append(piece.href)
            told_line += f" [{notes.index(piece.href) + 1}]"
    return told_line
