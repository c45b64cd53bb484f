"""Generated tables of the shape of the classifier, for tests without the shared data."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter

COMPILED = ("kato", "kato_version", "level", "type_code", "name_ru", "name_kk")
OFFICIAL = ("te", "ab", "cd", "ef", "hij", "k", "name_kaz", "name_rus", "nn")
AKMOLA = ("110000000", "oblast", "0", "Акмолинская область", "Ақмола облысы")
AKKOL = ("113200000", "district", "4", "Аккольский район", "Ақкөл ауданы")
KENES = ("113243000", "sub_district", "2", "Кенесский с.о.", "Кеңес а.о.")
VILLAGE = ("113243200", "settlement", "2", "с.Кенес", "Кеңес а.")

Row = tuple[str, str, str, str, str]


def generated(*, districts: int, settlements: int) -> list[Row]:
    """Return a region with its districts, each with one rural district and its settlements."""
    rows: list[Row] = [AKMOLA]
    for number in range(districts):
        code = f"11{32 + number}"
        rows.append((f"{code}00000", "district", "2", f"Район {number}", f"{number} ауданы"))
        rows.append((f"{code}30000", "sub_district", "2", f"{number} с.о.", f"{number} а.о."))
        for village in range(1, settlements + 1):
            rows.append(
                (f"{code}30{village:03}", "settlement", "2", f"с.Жамбыл {village}", f"Жамбыл {village} а.")
            )
    return rows


def write_csv(path: Path, rows: Iterable[Sequence[str]], *, edition: str = "NK RK 11-2025") -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COMPILED)
        writer.writerows((row[0], edition, *row[1:]) for row in rows)
    return path


def write_official(path: Path, rows: Iterable[Row], *, as_numbers: bool = False) -> Path:
    """Write the official workbook; `as_numbers` as people leave it after opening it in a program."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, OFFICIAL)
    for index, (code, _level, type_code, name_ru, name_kk) in enumerate(rows, start=1):
        digits = [code, code[:2], code[2:4], code[4:6], code[6:], type_code]
        cells: list[object] = [int(text) if as_numbers else text for text in digits]
        sheet.write_row(index, 0, [*cells, f" {name_kk} ", name_ru, 1])
    book.close()
    return path
