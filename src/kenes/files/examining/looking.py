"""One look into a file of any type that is taken."""

from typing import BinaryIO

from kenes.files.examining.archives import Parts
from kenes.files.examining.findings import Finding, Unreadable
from kenes.files.examining.images import examine_image
from kenes.files.examining.office import examine_office
from kenes.files.examining.opendocument import examine_opendocument
from kenes.files.examining.pdf import examine_pdf
from kenes.files.rules import CMS, DOCX, ODP, ODS, ODT, PDF, PPTX, TEXT, XLSX, FileType
from kenes.files.states import FindingKind


def examine(file: BinaryIO, file_type: FileType) -> list[Finding]:
    """Return what the file holds beside what is seen; one finding where it cannot be checked."""
    try:
        return _examine(file, file_type)
    except Unreadable:
        return [Finding(FindingKind.UNREADABLE)]
    finally:
        file.seek(0)


def _examine(file: BinaryIO, file_type: FileType) -> list[Finding]:
    if file_type in (TEXT, CMS):
        return []
    if file_type is PDF:
        return examine_pdf(file)
    if file_type in (DOCX, XLSX, PPTX):
        return examine_office(Parts(file))
    if file_type in (ODT, ODS, ODP):
        return examine_opendocument(Parts(file))
    file.seek(0)
    return examine_image(file.read(), file_type)
