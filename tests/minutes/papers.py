"""Files of papers read back, and whether this machine can make a PDF."""

import io
import re
from ctypes.util import find_library

import pypdf
import pytest
from docx import Document

needs_pango = pytest.mark.skipif(
    find_library("pango-1.0") is None, reason="Pango is not on this machine: no PDF can be made"
)


def words_of_docx(content: bytes) -> str:
    """Return all the words of a DOCX file: paragraphs, tables, links, foot."""
    document = Document(io.BytesIO(content))
    parts = [document.element.body, document.sections[0].footer._element]
    return " ".join(text.text or "" for part in parts for text in part.iter() if text.tag.endswith("}t"))


def words_of_pdf(content: bytes) -> str:
    """Return the words of a PDF file on one line."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
