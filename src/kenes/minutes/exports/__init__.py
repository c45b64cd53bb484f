"""Papers as files: DOCX to edit and sign, tagged PDF to read and keep."""

from kenes.minutes.exports.docx import as_docx
from kenes.minutes.exports.pdf import as_pdf

__all__ = ["as_docx", "as_pdf"]
