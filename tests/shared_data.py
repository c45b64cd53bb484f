"""Finds the shared trial data beside the checkout; tests that need them skip, saying so, without."""

import os
from pathlib import Path

import pytest

from conftest import MISSING_SHARED_DATA

ROOT = Path(__file__).resolve().parent.parent


def shared_file(*parts: str) -> Path:
    """Return the path of a shared file, or skip the test."""
    places = [os.environ.get("KENES_SHARED_DATA", ""), ROOT.parent / "shared" / "data"]
    for place in filter(None, places):
        path = Path(place, *parts)
        if path.exists():
            return path
    pytest.skip(MISSING_SHARED_DATA)
