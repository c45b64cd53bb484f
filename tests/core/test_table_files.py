"""Files as people's programs write them are read; what cannot be read is named."""

from pathlib import Path

import pytest
import xlsxwriter

from kenes.core.table_files import BrokenLine, MixedEncodings, UnreadableTable, open_table

ROWS = [(2, {"code": "113200000", "name": "Ақкөл ауданы"}), (3, {"code": "113400000", "name": "Аршалы"})]
TEXT = "Code , name\n113200000, Ақкөл ауданы \n113400000,Аршалы\n"


def records(path: Path) -> list[tuple[int, dict[str, str]]]:
    with open_table(path) as table:
        return list(table.records())


def written(folder: Path, content: bytes) -> Path:
    path = folder / "table"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "kz1048"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_csv_file_is_read_in_the_encodings_programs_write(
    tmp_path: Path, encoding: str, delimiter: str, newline: str
) -> None:
    content = TEXT.replace(",", delimiter).replace("\n", newline).encode(encoding)
    assert records(written(tmp_path, content)) == ROWS


def test_russian_windows_1251_is_read(tmp_path: Path) -> None:
    content = "code,name\n1,Аккольский район №1\n".encode("cp1251")
    assert records(written(tmp_path, content)) == [(2, {"code": "1", "name": "Аккольский район №1"})]


def test_a_mixture_of_encodings_names_the_line(tmp_path: Path) -> None:
    content = "code,name\n1,Ақкөл\n".encode() + "2,Аршалы\n".encode("cp1251")
    with pytest.raises(MixedEncodings) as error:
        records(written(tmp_path, content))
    assert error.value.params == {"line": 3}


def test_a_bom_with_another_encoding_behind_it_names_the_line(tmp_path: Path) -> None:
    content = "\ufeffcode,name\n".encode() + "2,Аршалы\n".encode("cp1251")
    with pytest.raises(MixedEncodings) as error:
        records(written(tmp_path, content))
    assert error.value.params == {"line": 2}


def test_a_workbook_is_read_with_codes_that_it_keeps_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "places"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Code", " name"])
    sheet.write_row(1, 0, [113200000, "Ақкөл ауданы"])
    sheet.write_row(2, 0, ["113400000", " Аршалы "])
    book.close()
    assert records(path) == ROWS


def test_line_numbers_of_a_workbook_are_those_its_reader_sees(tmp_path: Path) -> None:
    path = tmp_path / "places"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(2, 1, ["code"])
    sheet.write_row(5, 1, ["113200000"])
    book.close()
    assert records(path) == [(6, {"code": "113200000"})]


def test_empty_lines_are_passed_over_and_short_ones_filled(tmp_path: Path) -> None:
    content = b"a,b\n\n,\n1\n2,3,4\n"
    assert records(written(tmp_path, content)) == [(4, {"a": "1", "b": ""}), (5, {"a": "2", "b": "3"})]


def test_a_row_over_several_lines_is_numbered_by_its_first(tmp_path: Path) -> None:
    assert [line for line, _ in records(written(tmp_path, b'a,b\n"1\n2",x\n3,y\n'))] == [2, 4]


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"\xd0\xcf\x11\xe0\xa1\xb1", b"PK\x03\x04 broken", b"a\0b,c\n1,2\n", b"\xff\xfea"],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableTable):
        records(written(tmp_path, content))


def test_a_zip_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    from zipfile import ZipFile

    with ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(UnreadableTable):
        records(tmp_path / "x.zip")


def test_an_open_quotation_mark_names_where_it_begins(tmp_path: Path) -> None:
    with pytest.raises(BrokenLine) as error:
        records(written(tmp_path, b'a,b\n1,2\n3,"never closed\n4,5\n'))
    assert error.value.params == {"line": 3}
