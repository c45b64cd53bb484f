"""The style page shows every part."""

import re
from pathlib import Path

from django.test import RequestFactory

from kenes.core.style_page import style_page

CORE = Path(__file__).resolve().parents[2] / "src" / "kenes" / "core"
SHOWN_ON_PAGES_ONLY = {
    "_head.html",
    "_header.html",
    "_footer.html",
    "_mark.html",
    "_messages.html",
    "_field_notes.html",
    "_error_summary.html",
    "_field.html",
    "_meeting_card.html",
    "_day_list.html",
    "_when.html",
}


def test_the_style_page_renders(rf: RequestFactory) -> None:
    response = style_page(rf.get("/style/"))
    assert (response.status_code, response.content.count(b"error-summary")) == (200, 1)


def test_every_part_is_on_the_style_page() -> None:
    parts = {path.name for path in (CORE / "templates" / "parts").glob("_*.html")}
    page = (CORE / "templates" / "core" / "style.html").read_text(encoding="utf-8")
    assert parts - SHOWN_ON_PAGES_ONLY == set(re.findall(r'"parts/(_\w+\.html)"', page))
