"""The register as CSV and as a workbook, made in parts: memory stays flat however long the list is."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kenes.core.languages import localized
from kenes.core.tables import csv_lines, formula_safe
from kenes.programme.states import SphereKey
from kenes.questions.models import Question
from kenes.questions.states import AnswerForm, Channel, QuestionState, RefusalGround
from kenes.register.rows import Row, chunks_of, register_rows

# More rows than these are made by the worker.
LARGEST_AT_ONCE = 5_000
# A sheet holds no more. Source: Microsoft, "Excel specifications and limits".
SHEET_ROWS, CELL_CHARACTERS = 1_048_576, 32_767


def header() -> tuple[str, ...]:
    """Return the names of the columns in the active language."""
    return (
        _("Code"),
        _("Meeting"),
        _("Title of the meeting"),
        _("Region"),
        _("Spheres"),
        _("State"),
        _("Language"),
        _("How it came"),
        _("Question"),
        _("Asked at"),
        _("Votes, confirmed"),
        _("Votes, guests"),
        _("Unit that owes the answer"),
        _("Due on"),
        _("Answer"),
        _("Answered by"),
        _("Form of the answer"),
        _("Answered at"),
        _("Ground of refusal"),
        _("Units that answer a part"),
        _("Parts due on"),
        _("Parts answered at"),
    )


def cells_of(questions: QuerySet[Question], *, using: str = "default") -> Iterator[tuple[object, ...]]:
    """Yield questions × columns of `header`, the newest first; times in UTC."""
    for chunk in chunks_of(questions):
        rows = register_rows(chunk, using=using)
        yield from (_cells(question, row) for question, row in zip(chunk, rows, strict=True))


def csv_of(questions: QuerySet[Question], *, using: str = "default") -> Iterator[str]:
    """Yield the list as CSV line by line."""
    return csv_lines(header(), cells_of(questions, using=using))


def write_csv(path: Path, questions: QuerySet[Question], *, using: str) -> int:
    """Write the list as CSV; return the number of rows."""
    number = -1  # the header is no row
    with path.open("w", encoding="utf-8", newline="") as file:
        for line in csv_of(questions, using=using):
            file.write(line)
            number += 1
    return number


def write_xlsx(path: Path, questions: QuerySet[Question], *, using: str) -> int:
    """Write the list as a workbook of one sheet, texts as texts; return the number of rows."""
    from xlsxwriter import Workbook

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    number = 0
    with Workbook(str(path), options) as workbook:
        sheet = workbook.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, header(), workbook.add_format({"bold": True}))
        for number, cells in enumerate(cells_of(questions, using=using), start=1):
            if number == SHEET_ROWS:
                return number - 1
            for column, value in enumerate(cells):
                _write_cell(sheet, number, column, value)
    return number


def _write_cell(sheet: Any, row: int, column: int, value: object) -> None:
    if isinstance(value, int):
        sheet.write_number(row, column, value)
    elif value is not None:
        sheet.write_string(row, column, formula_safe(value)[:CELL_CHARACTERS])


def _cells(question: Question, row: Row) -> tuple[object, ...]:
    answer, due = row["answer"] or {}, row["due"] or {}
    unit = due.get("unit") or {}
    return (
        row["code"],
        row["meeting"],
        localized(question.meeting, "title").text,
        localized(question.meeting.session.region, "name").text,
        "; ".join(str(SphereKey(sphere).label) for sphere in row["spheres"]),
        str(QuestionState(row["state"]).label),
        row["language"],
        str(Channel(row["channel"]).label),
        row["text"],
        row["at"],
        row["votes"]["confirmed"],
        row["votes"]["guest"],
        "; ".join(dict.fromkeys(unit.values())),
        due.get("on"),
        answer.get("text"),
        answer.get("by"),
        str(AnswerForm(answer["form"]).label) if answer else None,
        answer.get("at"),
        str(RefusalGround(row["refusal"]).label) if row["refusal"] else None,
        *_parts(row["parts"]),
    )


def _parts(parts: Sequence[Row]) -> tuple[str, str, str]:
    """Return units, dates and times of the answers, each in the order of the parts."""
    language = get_language() or ""
    return (
        "; ".join(part["unit"].get(language) or next(iter(part["unit"].values()), "") for part in parts),
        "; ".join(part["due"] for part in parts),
        "; ".join(part["answer"]["at"] if part["answer"] else "" for part in parts),
    )
