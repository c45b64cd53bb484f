"""The conventions that a test can hold."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "kenes"
BELOW_VIEWS = [
    "tasks",
    "forms",
    "exports",
    "imports",
    "actions",
    "figures",
    "queries",
    "access",
    "rules",
    "models",
    "events",
    "states",
    "errors",
]
SAYS_NOTHING = {"utils.py", "helpers.py", "common.py", "misc.py", "service.py", "services.py", "manager.py"}


def modules() -> list[Path]:
    return [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]


def templates() -> list[Path]:
    return sorted(PACKAGE.rglob("templates/**/*.html"))


def test_no_file_is_longer_than_500_lines() -> None:
    sources = [*modules(), *(ROOT / "tests").rglob("*.py")]
    assert [path.name for path in sources if len(path.read_text(encoding="utf-8").splitlines()) > 500] == []


def test_no_javascript_module_is_longer_than_150_lines() -> None:
    scripts = PACKAGE.rglob("static/**/*.js")
    assert [path.name for path in scripts if len(path.read_text(encoding="utf-8").splitlines()) > 150] == []


def test_every_file_name_says_something() -> None:
    assert [str(path) for path in modules() if path.name in SAYS_NOTHING] == []


def test_every_module_has_a_docstring() -> None:
    bare = [
        str(path.relative_to(ROOT))
        for path in modules()
        if (source := path.read_text(encoding="utf-8").strip()) and not ast.get_docstring(ast.parse(source))
    ]
    assert bare == []


def test_nothing_below_the_views_knows_http() -> None:
    knowing = [
        str(path.relative_to(ROOT))
        for path in modules()
        if (path.stem in BELOW_VIEWS or path.parent.name in BELOW_VIEWS)
        and path.parts[-2] != "config"
        and re.search(
            r"^from django\.(http|shortcuts|urls)\b", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    ]
    assert knowing == []


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("inline handler", r"<[^>]+\son[a-z]+\s*="),
        ("inline style", r"<[^>]+\sstyle\s*="),
        ("style element", r"<style\b"),
        ("inline script", r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>"),
    ],
)
def test_no_template_has_anything_inline(name: str, pattern: str) -> None:
    guilty = [
        str(path.relative_to(ROOT))
        for path in templates()
        if re.search(pattern, path.read_text(encoding="utf-8"), re.IGNORECASE)
    ]
    assert guilty == [], name


def test_migrations_are_named_after_their_change() -> None:
    names = [path.name for path in PACKAGE.rglob("migrations/0*.py")]
    assert [name for name in names if "_auto_" in name] == []


def test_no_path_of_one_machine_is_named() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    sources = [
        ROOT / name for name in tracked.splitlines() if name.endswith((".py", ".md", ".js", ".toml", ".html"))
    ]
    # Units and executors work on pages of the site that stand below an address of the same name.
    own = "assignments|commitments|many|parts|questions|queue|templates|units"
    pattern = re.compile("/" + rf"(?:work/(?!{own})[a-z]|home/[a-z]|root/)")
    guilty = [
        path.name for path in sources if path.exists() and pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert guilty == []
