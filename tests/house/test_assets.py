"""The font's subset holds every letter of kk, ru and en and keeps its limit."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from kenes.config.assets import FONT_LIMIT_BYTES, KAZAKH_LETTERS, LATIN, RUSSIAN_LETTERS, TENGE, subset_font

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
