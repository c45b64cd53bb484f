"""Every KENES_* variable that the program reads stands in the reference, and no other."""

import re
from pathlib import Path

from kenes.config.openid import WANTED

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r"""\benv(?:ironment)?\.(?:text|choice|flag|number|words|folder)\(\s*"([A-Z_]+)\"""")
NAMED = re.compile(r"\bKENES_([A-Z_]+[A-Z])\b")


def variables_read() -> set[str]:
    sources = [path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py")]
    read = {name for source in sources for name in [*READ.findall(source), *NAMED.findall(source)]}
    return {f"KENES_{name}" for name in read | set(WANTED)} | {
        f"KENES_{name}" for name in NAMED.findall((ROOT / "do").read_text("utf-8"))
    }


def variables_documented() -> set[str]:
    reference = (ROOT / "docs/reference/settings.md").read_text("utf-8")
    return set(re.findall(r"^\| `(KENES_[A-Z_]+)` \|", reference, re.MULTILINE))


def test_every_variable_that_is_read_is_documented() -> None:
    assert sorted(variables_read() - variables_documented()) == []


def test_every_variable_that_is_documented_is_read() -> None:
    assert sorted(variables_documented() - variables_read()) == []
