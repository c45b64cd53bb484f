"""A paper as DOCX: real headings, tables whose head is repeated, page numbers, the language of each run."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from kenes.minutes.paper.blocks import (
    Block,
    Bullets,
    Heading,
    Line,
    Pairs,
    Paper,
    Paragraph,
    Piece,
    Signatures,
    Table,
)

LOCALES = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}
# What such papers are set in in Kazakhstan; a machine without it takes one of the same measures.
FONT = "Times New Roman"
TEXT_WIDTH = 165  # mm: A4 less the margins
SIZES = {"Normal": 12, "Title": 16, "Heading 1": 13, "Heading 2": 12, "Caption": 11, "List Bullet": 12}
HEADINGS = {2: "Heading 1", 3: "Heading 2"}
NOTE_SIZE = Pt(9.5)
TABLE_SIZE = Pt(10.5)
CELL_PADDING = 40  # twentieths of a point


def as_docx(paper: Paper) -> bytes:
    """Return the paper as a DOCX file."""
    file = BytesIO()
    _Writer(paper).write().save(file)
    return file.getvalue()


class _Writer:
    """Writes one paper into one document."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._document = Document()

    def write(self) -> Any:
        self._set_up()
        self._head()
        for block in self._paper.blocks:
            self._block(block)
        return self._document

    def _set_up(self) -> None:
        paper, document = self._paper, self._document
        properties = document.core_properties
        properties.title, properties.author = paper.name, paper.body.text
        properties.created = properties.modified = paper.made_at
        properties.last_modified_by = ""
        properties.language, properties.comments = LOCALES[paper.language], ""
        section = document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(30), Mm(15)
        section.top_margin, section.bottom_margin = Mm(20), Mm(20)
        for name, size in SIZES.items():
            _set_font(document.styles[name], size, LOCALES[paper.language])
        document.styles["Normal"].paragraph_format.space_after = Pt(4)
        title = document.styles["Title"]
        title.font.bold = True
        for rule in title.element.xpath(".//w:pBdr"):
            rule.getparent().remove(rule)
        section.different_first_page_header_footer = True
        for foot in (section.first_page_footer, section.footer):
            self._foot(foot.paragraphs[0])
        self._page_head(section.header.paragraphs[0])

    def _page_head(self, paragraph: Any) -> None:
        """Say on every page but the first whose paper it is."""
        paper = self._paper
        # The style of page heads has a stop in the middle too.
        paragraph.style = self._document.styles["Normal"]
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        self._run(paragraph, paper.body, size=NOTE_SIZE)
        self._run(paragraph, Piece(f"\t{paper.name}"), size=NOTE_SIZE)

    def _foot(self, paragraph: Any) -> None:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        before, _, rest = self._paper.page_words.partition("{page}")
        between, _, after = rest.partition("{pages}")
        if self._paper.mark:
            self._run(paragraph, Piece(f"{self._paper.mark}. "))
        for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
            self._run(paragraph, Piece(text))
            if field:
                paragraph._p.append(_field(field, LOCALES[self._paper.language]))

    def _head(self) -> None:
        paper = self._paper
        if paper.mark:
            mark = self._paragraph((Piece(paper.mark, is_strong=True),))
            mark.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        body = self._paragraph((paper.body,))
        body.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title = self._paragraph((Piece(paper.title),), style="Title")
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        subtitle = self._paragraph(paper.subtitle)
        subtitle.alignment = WD_ALIGN_PARAGRAPH.CENTER
        when = self._paragraph((Piece(f"{paper.date}\t{paper.place}"),))
        when.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        when.paragraph_format.space_before = when.paragraph_format.space_after = Pt(12)

    def _block(self, block: Block) -> None:
        match block:
            case Pairs():
                self._pairs(block)
            case Table():
                self._table(block)
            case Signatures():
                self._signatures(block)
            case Heading():
                self._paragraph((Piece(block.text),), style=HEADINGS[block.level])
            case _:
                self._lines(block)

    def _lines(self, block: Paragraph | Bullets) -> None:
        if isinstance(block, Bullets):
            for line in block.items:
                self._paragraph(line, style="List Bullet")
        else:
            for line in block.lines:
                self._paragraph(line, size=NOTE_SIZE if block.is_note else None)

    def _paragraph(self, line: Line, *, style: str = "Normal", size: Any = None, on: Any = None) -> Any:
        paragraph = on if on is not None else self._document.add_paragraph()
        paragraph.style = self._document.styles[style]
        for piece in line:
            self._run(paragraph, piece, size=size)
        return paragraph

    def _run(self, paragraph: Any, piece: Piece, *, size: Any = None) -> None:
        if not piece.text:
            return
        run = paragraph.add_run(piece.text)
        run.bold = True if piece.is_strong else None
        if size is not None:
            run.font.size = size
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), LOCALES[piece.language or self._paper.language])
        run._r.get_or_add_rPr().append(language)
        if piece.href:
            self._link(paragraph, run, piece.href)

    def _link(self, paragraph: Any, run: Any, href: str) -> None:
        link = OxmlElement("w:hyperlink")
        relation = paragraph.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), relation)
        paragraph._p.replace(run._r, link)
        link.append(run._r)

    def _cell(self, cell: Any, lines: tuple[Line, ...], *, is_number: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        for place, line in enumerate(lines or ((),)):
            paragraph = paragraph if place == 0 else cell.add_paragraph()
            self._paragraph(line, size=TABLE_SIZE, on=paragraph)
            paragraph.paragraph_format.space_after = Pt(1)
            if is_number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _pairs(self, block: Pairs) -> None:
        table = self._new_table(len(block.rows), (34, 66))
        for row, (name, lines) in zip(table.rows, block.rows, strict=True):
            self._cell(row.cells[0], ((Piece(name),),))
            self._cell(row.cells[1], lines)
        self._gap()

    def _table(self, block: Table) -> None:
        self._paragraph((Piece(block.caption),), style="Caption").paragraph_format.keep_with_next = True
        table = self._new_table(1 + len(block.rows), tuple(column.width for column in block.columns))
        _say(table, block.caption)
        head, *rows = table.rows
        _repeat(head)
        for cell, column in zip(head.cells, block.columns, strict=True):
            self._cell(cell, ((Piece(column.text, is_strong=True),),), is_number=column.is_number)
        for row, told in zip(rows, block.rows, strict=True):
            _keep_whole(row)
            for cell, lines, column in zip(row.cells, told.cells, block.columns, strict=True):
                self._cell(cell, lines, is_number=column.is_number)
        if block.is_whole:
            _keep_together(table)
        self._gap()

    def _new_table(self, rows: int, widths: tuple[int, ...], *, style: str = "Table Grid") -> Any:
        table = self._document.add_table(rows=rows, cols=len(widths))
        table.style, table.alignment = style, WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        _pad(table)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(TEXT_WIDTH * width / sum(widths))
            for cell in column.cells:
                cell.width = column.width
        return table

    def _signatures(self, block: Signatures) -> None:
        table = self._new_table(len(block.rows), (60, 40), style="Normal Table")
        for row, (name, who) in zip(table.rows, block.rows, strict=True):
            _keep_whole(row)
            told = (Piece(name), Piece(" ("), *who, Piece(")")) if who else (Piece(name),)
            self._cell(row.cells[0], (told,))
            self._cell(row.cells[1], ((Piece("_" * 30),), (Piece(block.under),)))
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.space_before = Pt(18)
        _keep_together(table)
        self._gap()

    def _gap(self) -> None:
        """Leave room below a table; without a paragraph the next one would grow onto it."""
        gap = self._document.add_paragraph().paragraph_format
        gap.space_after, gap.line_spacing = Pt(0), Pt(8)


def _set_font(style: Any, size: int, locale: str) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    fonts = properties.rFonts
    for name in list(fonts.attrib):
        if name.endswith("Theme"):  # a theme's font would win over the one named
            del fonts.attrib[name]
    for script in ("w:eastAsia", "w:cs", "w:hAnsi"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), locale)
    properties.append(language)


def _field(name: str, locale: str) -> Any:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    return field


def _repeat(row: Any) -> None:
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)
    _keep_whole(row)


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _pad(table: Any) -> None:
    """Leave room above and below what stands in the table's cells."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "bottom"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(CELL_PADDING))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption")


def _keep_together(table: Any) -> None:
    """Leave the whole table on one page: each row but the last stays with the next."""
    for row in table.rows[:-1]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _say(table: Any, caption: str) -> None:
    """Give the table its caption for readers that do not see it."""
    told = OxmlElement("w:tblCaption")
    told.set(qn("w:val"), caption)
    table._tbl.tblPr.append(told)
