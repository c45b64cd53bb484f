"""The demonstration's minutes as people open them: in LibreOffice, in Kazakh and in Russian."""

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from kenes.demo.actions import load_demo
from kenes.minutes.exports import as_docx
from kenes.minutes.models import Minutes
from kenes.minutes.paper.blocks import Heading, Paper, Table
from kenes.minutes.paper.making import paper_of
from kenes.minutes.states import MinutesState

SOFFICE = shutil.which("soffice")
NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)

pytestmark = [
    pytest.mark.service,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not on this machine: no DOCX can be opened"),
]


def opened_in_libreoffice(files: list[Path], folder: Path) -> list[pypdf.PdfReader]:
    """Have the files opened and printed; return what came on paper."""
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = [str(SOFFICE), "--headless", home, "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=180)
    return [pypdf.PdfReader(folder / f"{file.stem}.pdf") for file in files]


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


@pytest.fixture
def papers(db: None) -> dict[str, Paper]:
    load_demo(at=NOW)
    minutes = Minutes.objects.get(state=MinutesState.REMARKS)
    return {language: paper_of(minutes, language) for language in ("kk", "ru")}


def test_the_minutes_open_in_libreoffice_with_all_they_say(papers: dict[str, Paper], tmp_path: Path) -> None:
    files = []
    for language, paper in papers.items():
        files.append(tmp_path / f"{language}.docx")
        files[-1].write_bytes(as_docx(paper))
    for paper, printed in zip(papers.values(), opened_in_libreoffice(files, tmp_path), strict=True):
        pages = [squeezed(page.extract_text()) for page in printed.pages]
        whole = "".join(pages)
        headings = [block.text for block in paper.blocks if isinstance(block, Heading)]
        codes = [row.anchor for block in paper.blocks if isinstance(block, Table) for row in block.rows]
        wanted = [paper.title, paper.date, *headings, *filter(lambda code: "-" in code, codes)]
        assert [words for words in wanted if squeezed(words) not in whole] == []
        # Each page has its number, each but the first whose paper it is.
        numbers = paper.page_words.format(page="{page}", pages=len(pages))
        assert [squeezed(numbers.format(page=place)) in page for place, page in enumerate(pages, 1)] == (
            [True] * len(pages)
        )
        heads = [squeezed(paper.body.text + paper.name) in page for page in pages]
        assert heads == [False, *[True] * (len(pages) - 1)]
        # The table of questions runs over pages: its head is repeated.
        tables = [block for block in paper.blocks if isinstance(block, Table)]
        questions = max(tables, key=lambda table: len(table.rows))
        head = squeezed("".join(column.text for column in questions.columns))
        assert sum(head in page for page in pages) >= 2
