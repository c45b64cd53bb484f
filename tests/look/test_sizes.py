"""What every page loads stays small."""

import gzip
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "src" / "kenes" / "core" / "static" / "core"
EVERY_PAGE = ("tokens.css", "base.css", "layout.css", "parts.css")


def test_the_styles_of_every_page_are_small() -> None:
    sources = [(STATIC / name).read_bytes() for name in EVERY_PAGE]
    assert sum(map(len, sources)) <= 30_000
    assert sum(len(gzip.compress(source, 9)) for source in sources) <= 8_000


def test_the_scripts_of_every_page_are_small() -> None:
    sources = [path.read_bytes() for path in STATIC.glob("*.js")]
    assert sum(len(gzip.compress(source, 9)) for source in sources) <= 4_000
