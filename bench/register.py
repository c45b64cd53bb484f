"""The register under 100,000 questions: its page, searches, the export, on SQLite and PostgreSQL."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from bench.addresses import ROOT
from bench.pages import _milliseconds
from bench.peers import programs
from bench.report import Result, Section
from bench.server import MIGRATE, data_folder, environment, serving

QUESTIONS = int(os.environ.get("KENES_BENCH_QUESTIONS", "100000"))
MOST_MS, MOST_SECONDS, MOST_MEGABYTES = 300, 60, 40
COVERAGE_MOST_MS = 1000
COVERAGE_OF_A_PERIOD = "/ru/coverage/?sphere=youth&since=2020-01-01&until=2030-12-31"
# What is asked for, its address, and the most milliseconds of server time.
PAGES = (
    ("first page", "/ru/register/", MOST_MS),
    ("a page in the middle", f"/ru/register/?after={QUESTIONS // 2}", MOST_MS),
    ("narrowed: state, sphere, language", "/ru/register/?state=assigned&sphere=youth&language=kk", MOST_MS),
    ("late answers of a region", "/ru/register/?late=on&region=11", MOST_MS),
    ("search, a word of every fifth question", "/ru/register/?q=%D1%88%D0%BA%D0%BE%D0%BB%D1%8B", MOST_MS),
    (
        "search, two words",
        "/ru/register/?q=%D0%B6%D0%B0%D1%81%D1%82%D0%B0%D1%80+%D0%BE%D1%80%D1%82%D0%B0%D0%BB%D1%8B%D2%93%D1%8B",
        MOST_MS,
    ),
    ("search, a word of every second question", f"/ru/register/?q={quote('ауданы')}", MOST_MS),
    ("search, the same, the newest first", f"/ru/register/?q={quote('ауданы')}&sort=newest", MOST_MS),
    ("search, two letters and a star", f"/ru/register/?q={quote('ка*')}", MOST_MS),
    ("search, a word without another", f"/ru/register/?q={quote('школа -гранты')}", MOST_MS),
    ("search, a code", "/ru/register/?q=AKM-7-0100", MOST_MS),
    ("feed of a search", f"/ru/register.atom?q={quote('школы')}", MOST_MS),
    ("API, a page of 50", "/api/v1/register/", MOST_MS),
    ("coverage figures", "/ru/coverage/", COVERAGE_MOST_MS),
    ("coverage figures of a sphere and period", COVERAGE_OF_A_PERIOD, COVERAGE_MOST_MS),
    ("coverage, the list of what is overdue", "/ru/coverage/overdue/", COVERAGE_MOST_MS),
    ("coverage, a page in the middle of all", "/ru/coverage/asked/?page=1000", COVERAGE_MOST_MS),
    ("coverage, the list behind the median", "/ru/coverage/working_days_median/", COVERAGE_MOST_MS),
)


def main() -> Section:
    """Measure on both databases."""
    results = _measured("SQLite", {})
    with programs.postgresql() as (url, _pid):
        results += _measured("PostgreSQL", {"KENES_DATABASE_URL": url})
    notes = [
        f"{QUESTIONS:,} questions in 60 meetings, half Russian, half Kazakh: answered aloud and in writing, "
        "owed by 40 bodies, merged, refused, held. Times are those of a whole page on a new connection. "
        "The bare query reads the newest 31 rows; the bare export reads every row by key and writes CSV. "
        "No worker runs beside the pages: it would write the record of these questions, which were put into "
        "the database behind it. PostgreSQL is vacuumed first, as it does by itself within minutes.",
    ]
    return Section("register", "The register", results, notes)


def _measured(name: str, extra: Mapping[str, str]) -> list[Result]:
    with data_folder([MIGRATE], extra) as data_dir:
        read = _said(data_dir, extra, "bench.register_volume", str(QUESTIONS))
        bare = _said(data_dir, extra, "bench.register_parts", "bare")["ms"]
        results = [
            Result(f"{name}: questions read into the search a second", [read["read"] / read["seconds"]], ""),
            Result(f"{name}: bare indexed query", [bare], "ms"),
        ]
        with serving(data_dir, extra, works=False) as server:
            for told, path, most in PAGES:
                took = _milliseconds(server, path)
                remark = f"{took / bare:.0f} times the bare query"
                results.append(Result(f"{name}: {told}", [took], "ms", most=most, remark=remark))
        made = _said(data_dir, extra, "bench.register_parts", "export")
    rows = f"{made['rows']:,.0f} rows as CSV, {made['seconds'] / made['bare']:.1f} times the bare export"
    return [
        *results,
        Result(
            f"{name}: export of all by the worker", [made["seconds"]], "s", most=MOST_SECONDS, remark=rows
        ),
        Result(f"{name}: bare export", [made["bare"]], "s"),
        Result(f"{name}: memory the export grew by", [made["megabytes"]], "MB", most=MOST_MEGABYTES),
    ]


def _said(data_dir: Path, extra: Mapping[str, str], *words: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", *words],
        env={**environment(data_dir), **extra},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))
