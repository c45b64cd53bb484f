"""What OpenDocument texts, spreadsheets and presentations hold beside what is seen (OASIS ODF 1.2)."""

from collections.abc import Callable

from kenes.files.examining.archives import Attributes, Parts
from kenes.files.examining.findings import Finding, counted
from kenes.files.states import FindingKind as Kind

Found = tuple[Kind, str]

_FOLDERS = {
    "Basic/": Kind.MACROS,
    "Scripts/": Kind.MACROS,
    "Object ": Kind.EMBEDDED,
    "EmbeddedFiles/": Kind.EMBEDDED,
    "VersionList.xml": Kind.TRACKED_CHANGES,
    "Versions/": Kind.TRACKED_CHANGES,
}
_ELEMENTS = {
    "changed-region": Kind.TRACKED_CHANGES,
    "cell-content-change": Kind.TRACKED_CHANGES,
    "insertion": Kind.TRACKED_CHANGES,
    "deletion": Kind.TRACKED_CHANGES,
    "annotation": Kind.COMMENTS,
    "hidden-text": Kind.HIDDEN_TEXT,
    "hidden-paragraph": Kind.HIDDEN_TEXT,
}
_AUTHORS = frozenset({"creator", "initial-creator", "printed-by"})


def examine_opendocument(parts: Parts) -> list[Finding]:
    """Return what is hidden in the document and named in its properties. Raises: Unreadable."""
    found = [(kind, "") for start, kind in _FOLDERS.items() for _name in parts.starting(start)]
    content = _Content()
    for name in ("styles.xml", "content.xml"):
        parts.scan(name, content.on_start)
    return counted([*found, *content.found, *_authors(parts)])


class _Content:
    """Walks the content; which sheet is hidden is told by the style it names, which stands before it."""

    def __init__(self) -> None:
        self.found: list[Found] = []
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._sheet = ""
        self._on: dict[str, Callable[[Attributes], None]] = {
            "style": self._on_style,
            "table-properties": self._on_table_properties,
            "drawing-page-properties": self._on_page_properties,
            "text-properties": self._on_text_properties,
            "table": self._on_table,
            "table-row": self._on_cells,
            "table-column": self._on_cells,
        }

    def on_start(self, element: str, attributes: Attributes) -> None:
        if element in _ELEMENTS:
            self.found.append((_ELEMENTS[element], ""))
        elif element in self._on:
            self._on[element](attributes)

    def _on_style(self, attributes: Attributes) -> None:
        self._style = attributes.get("name", "")

    def _on_table_properties(self, attributes: Attributes) -> None:
        if attributes.get("display") == "false":
            self._hidden_styles.add(self._style)

    def _on_page_properties(self, attributes: Attributes) -> None:
        if attributes.get("visibility") == "hidden":
            self.found.append((Kind.HIDDEN_SLIDE, ""))

    def _on_text_properties(self, attributes: Attributes) -> None:
        if attributes.get("display") == "none":
            self.found.append((Kind.HIDDEN_TEXT, ""))

    def _on_table(self, attributes: Attributes) -> None:
        self._sheet = attributes.get("name", "")
        if attributes.get("style-name") in self._hidden_styles:
            self.found.append((Kind.HIDDEN_SHEET, self._sheet))

    def _on_cells(self, attributes: Attributes) -> None:
        if attributes.get("visibility") in {"collapse", "filter"}:
            self.found.append((Kind.HIDDEN_CELLS, self._sheet))


def _authors(parts: Parts) -> list[Found]:
    own = [(Kind.METADATA, row.get("name", "")[:100]) for row in parts.elements("meta.xml", "user-defined")]
    named = [words[:100] for element, words in parts.texts("meta.xml") if element in _AUTHORS]
    return [*((Kind.AUTHOR, name) for name in named), *own]
