"""What a person who opens a file can read in it: text, properties, parts of archives, pages of PDFs."""

import gzip
import io
import re
import zipfile

from pypdf import PdfReader

ZIP, GZIP, PDF = b"PK\x03\x04", b"\x1f\x8b", b"%PDF-"
DEEPEST = 4
LARGEST_PART = 32 * 1024 * 1024


def readable(content: bytes, *, depth: int = 0) -> str:
    """Return everything that can be read in the bytes of a file, whatever kind it is of."""
    texts = [content.decode(errors="replace")]
    if depth < DEEPEST:
        if content.startswith(ZIP):
            texts += _of_archive(content, depth)
        elif content.startswith(GZIP):
            texts.append(readable(gzip.decompress(content), depth=depth + 1))
        elif content.startswith(PDF):
            texts += _of_pdf(content, depth)
    return "\n".join(texts)


def _of_archive(content: bytes, depth: int) -> list[str]:
    texts = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        texts.append(archive.comment.decode(errors="replace"))
        for part in archive.infolist():
            if part.file_size > LARGEST_PART:
                raise ValueError(f"{part.filename} is too large to be looked into")
            text = readable(archive.read(part), depth=depth + 1)
            # A word processor may cut a word into runs: it is read without the marks between them.
            texts += [part.filename, text, re.sub(r"<[^>]*>", "", text)]
    return texts


def _of_pdf(content: bytes, depth: int) -> list[str]:
    reader = PdfReader(io.BytesIO(content))
    texts = [str(dict(reader.metadata or {}))]
    if reader.xmp_metadata is not None:
        texts.append(reader.xmp_metadata.stream.get_data().decode(errors="replace"))
    for page in reader.pages:
        texts.append(page.extract_text())
        texts += [str(each.get_object()) for each in page.get("/Annots", [])]
    for files in reader.attachments.values():
        texts += [readable(each, depth=depth + 1) for each in files]
    return texts
