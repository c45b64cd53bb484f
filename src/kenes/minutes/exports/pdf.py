"""A paper as tagged PDF (PDF/UA-1) with the site's typeface embedded. Needs Pango on the machine."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from kenes.minutes.paper.blocks import Paper, Table

WEIGHTS = (400, 700)
FAMILY = '"Onest Paper", sans-serif'


def as_pdf(paper: Paper) -> bytes:
    """Return the paper as a PDF file. Nothing is fetched but the site's own font files.

    Raises: OSError where Pango is missing.
    """
    # Its native libraries are loaded when it is imported: only where a PDF is made.
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    fonts = FontConfiguration()
    fetcher = URLFetcher(allowed_protocols={"file"})
    style = CSS(string=_style(paper), font_config=fonts, url_fetcher=fetcher)
    document = HTML(string=render_to_string("minutes/print.html", {"paper": paper}), url_fetcher=fetcher)
    written = document.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
    return bytes(written)


def _style(paper: Paper) -> str:
    source = finders.find("minutes/print.css")
    rules = Path(str(source)).read_text(encoding="utf-8")
    return "\n".join([*_faces(), f"body {{ font-family: {FAMILY}; }}", rules, _page(paper), *_widths(paper)])


def _faces() -> list[str]:
    """Return the site's typeface as rules; where the build has not made it, the machine's own is taken."""
    found = {weight: finders.find(f"core/fonts/onest-paper-{weight}.ttf") for weight in WEIGHTS}
    return [
        f'@font-face {{ font-family: "Onest Paper"; font-weight: {weight}; '
        f'src: url("{Path(str(path)).as_uri()}"); }}'
        for weight, path in found.items()
        if path
    ]


def _page(paper: Paper) -> str:
    before, _, rest = paper.page_words.partition("{page}")
    between, _, after = rest.partition("{pages}")
    foot = f"{_quoted(before)} counter(page) {_quoted(between)} counter(pages) {_quoted(after)}"
    name = f"{paper.name} · {paper.mark}" if paper.mark else paper.name
    return (
        f"@page {{ font-family: {FAMILY}; font-size: 8.5pt; "
        f"@top-left {{ content: {_quoted(paper.body.text)}; }} @top-right {{ content: {_quoted(name)}; }} "
        f"@bottom-center {{ content: {foot}; }} }} "
        "@page:first { @top-left { content: none; } @top-right { content: none; } }"
    )


def _quoted(text: str) -> str:
    """Return words as a string of a style sheet, whatever is in them."""
    # Spaces too: one after an escape would be taken for its end.
    return '"' + "".join(char if char.isalnum() else f"\\{ord(char):06x}" for char in text) + '"'


def _widths(paper: Paper) -> list[str]:
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    widths = sorted({column.width for table in tables for column in table.columns})
    return [f".paper-col-{width} {{ width: {width}%; }}" for width in widths]
