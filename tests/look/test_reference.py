"""docs/reference/look.md names every part and every behaviour."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "src" / "kenes" / "core"
REFERENCE = (ROOT / "docs" / "reference" / "look.md").read_text(encoding="utf-8")


def test_every_part_is_in_the_reference() -> None:
    parts = {path.stem for path in (CORE / "templates" / "parts").glob("_*.html")}
    assert set(re.findall(r"^\| `(_\w+)` \|", REFERENCE, re.MULTILINE)) == parts


def test_every_behaviour_is_in_the_reference() -> None:
    scripts = "".join(path.read_text(encoding="utf-8") for path in (CORE / "static" / "core").glob("*.js"))
    bound = set(re.findall(r"\[(data-[a-z-]+)\]", scripts)) | {"data-confirm"}
    assert bound - set(re.findall(r"`(data-[a-z-]+)", REFERENCE)) == set()
