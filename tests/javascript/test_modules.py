"""The browser's modules that need no page, under node's own test runner."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
# Where the set-up puts node when the system has none.
SEARCHED = os.pathsep.join([os.environ.get("PATH", ""), str(ROOT / "build" / "node" / "bin")])
LONGEST_SECONDS = 120


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.test.mjs")))
def test_a_module_holds_under_node(name: str) -> None:
    node = shutil.which("node", path=SEARCHED)
    if node is None:
        pytest.fail("node is neither on PATH nor in build/node; ./do test sets it up.")
    done = subprocess.run(
        [node, "--test", str(FOLDER / name)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
