"""Documents, tables, pictures and PDFs made for the tests, clean or with something to find."""

import io
import zipfile
from collections.abc import Mapping

import docx
import xlsxwriter
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

NAME = "Planted Author"


def a_document(*, author: str = "") -> bytes:
    """A Word document of one sentence."""
    document = docx.Document()
    document.add_paragraph("A public text.")
    document.core_properties.author = author
    document.core_properties.last_modified_by = author
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def a_workbook(*, hidden_sheet: bool = False, hidden_cells: bool = False, company: str = "") -> bytes:
    """An Excel workbook of two sheets."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    if company:
        book.set_properties({"company": company, "author": NAME})
    first, second = book.add_worksheet("Plan"), book.add_worksheet("Salaries")
    first.write(0, 0, "Measure")
    second.write(0, 0, "Secret")
    if hidden_sheet:
        second.hide()
    if hidden_cells:
        first.set_row(3, None, None, {"hidden": True})
        first.set_column(5, 6, None, None, {"hidden": True})
        first.write_comment("A1", "a remark")
    book.close()
    return content.getvalue()


def a_picture(kind: str, *, place: bool = False, author: bool = False, orientation: int = 0) -> bytes:
    """A picture of four colours, so that turning it would be seen."""
    image = Image.new("RGB", (8, 4), (200, 30, 30))
    image.putpixel((0, 0), (0, 0, 255))
    exif = Image.Exif()
    if author:
        exif[0x013B] = NAME
    if orientation:
        exif[0x0112] = orientation
    if place:
        exif[0x8825] = {1: "N", 2: (53.0, 17.0, 0.0), 3: "E", 4: (69.0, 23.0, 0.0)}
    content = io.BytesIO()
    options: dict[str, object] = {"exif": exif} if len(exif) else {}
    if kind == "PNG" and author:
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", NAME)
        options["pnginfo"] = text
    if kind == "WEBP":
        options["lossless"] = True
    image.save(content, kind, **options)
    return content.getvalue()


def a_pdf(
    *, script: bool = False, attachment: bool = False, author: bool = False, note: bool = False
) -> bytes:
    """A PDF of one empty page."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=200, height=200)
    if script:
        action = DictionaryObject()
        action[NameObject("/S")] = NameObject("/JavaScript")
        action[NameObject("/JS")] = TextStringObject("app.alert('x')")
        writer.root_object[NameObject("/OpenAction")] = action
    if attachment:
        writer.add_attachment("list.txt", b"names")
    if author:
        writer.add_metadata({"/Author": NAME})
    if note:
        remark = DictionaryObject()
        remark[NameObject("/Type")] = NameObject("/Annot")
        remark[NameObject("/Subtype")] = NameObject("/Text")
        remark[NameObject("/Contents")] = TextStringObject("a remark")
        page[NameObject("/Annots")] = ArrayObject([remark])
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def with_parts(document: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The same archive with these parts put in or put anew."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as source, zipfile.ZipFile(content, "w") as target:
        for entry in source.infolist():
            if entry.filename not in parts:
                target.writestr(entry, source.read(entry))
        for name, part in parts.items():
            target.writestr(name, part)
    return content.getvalue()


def an_open_document(content: str = "", meta: str = "", kind: str = "spreadsheet") -> bytes:
    """An OpenDocument file whose parts hold these elements."""
    spaces = " ".join(
        f'xmlns:{name}="urn:{name}"' for name in ("office", "table", "style", "text", "dc", "meta")
    )
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        target.writestr("content.xml", f"<office:document {spaces}>{content}</office:document>")
        target.writestr("meta.xml", f"<office:document {spaces}>{meta}</office:document>")
    return archive.getvalue()
