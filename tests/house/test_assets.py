"""The font's subset holds every letter of kk, ru and en and keeps its limit."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from kenes.config.assets import (
    FONT_LIMIT_BYTES,
    KAZAKH_LETTERS,
    LATIN,
    RUSSIAN_LETTERS,
    TENGE,
    merge_paper_fonts,
    subset_font,
)

FILES = Path(__file__).resolve().parents[2] / "node_modules" / "@fontsource-variable" / "onest" / "files"


@pytest.fixture(scope="module")
def subset(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    target = tmp_path_factory.mktemp("fonts")
    return target, subset_font(FILES, target)


def test_the_subset_keeps_its_limit(subset: tuple[Path, dict[str, int]]) -> None:
    _, sizes = subset
    assert sum(sizes.values()) <= FONT_LIMIT_BYTES


def test_the_subset_has_every_letter(subset: tuple[Path, dict[str, int]]) -> None:
    target, sizes = subset
    held = {chr(code) for name in sizes for code in TTFont(target / name).getBestCmap()}
    assert set(KAZAKH_LETTERS + RUSSIAN_LETTERS + LATIN + TENGE) - held == set()


def test_the_font_of_papers_holds_every_letter_and_the_space_in_one_file(tmp_path: Path) -> None:
    sizes = merge_paper_fonts(FILES, tmp_path)
    assert sorted(sizes) == ["onest-paper-400.ttf", "onest-paper-700.ttf"]
    letters = set(KAZAKH_LETTERS + RUSSIAN_LETTERS + LATIN + TENGE + " №«»–")
    for name in sizes:
        assert letters - {chr(code) for code in TTFont(tmp_path / name).getBestCmap()} == set()
