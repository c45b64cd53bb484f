"""Results, and the page of the reference that the measurements write: what does not hold stays in it."""

import math
import platform
import re
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from bench.addresses import ROOT
from bench.peers.programs import POSTGRESQL, bench_python, program

PAGE = ROOT / "docs" / "reference" / "benchmarks.md"
ORDER = ("pages", "fanout", "mixed", "write", "read", "register")
PEERS_ASKED = """
from importlib import metadata
for name in ("channels", "channels-redis", "sse-starlette", "websockets", "gunicorn"):
    try:
        print(name, metadata.version(name))
    except metadata.PackageNotFoundError:
        print("no", name)
"""
HEAD = """# Benchmarks

Written by `./do bench`; do not edit. Each table comes from one run on one machine, and only figures of
the same run may be compared. The main figure is CPU time of the whole tree of processes (for PostgreSQL and
Redis too), as the scheduler counts it; the load comes from processes of its own, which are not counted.
Rounds of Kenes and of its peers take turns; a figure is the median, with the least and the most of the
rounds. A limit that does not hold is marked **does not hold** and stays here until it does.
"""


@dataclass(frozen=True, slots=True)
class Result:
    """A figure by its rounds, with the limit it has to keep, if there is one."""

    name: str
    rounds: Sequence[float]
    unit: str
    least: float | None = None
    most: float | None = None
    remark: str = ""

    @property
    def value(self) -> float:
        return statistics.median(self.rounds)

    @property
    def holds(self) -> bool:
        return not (
            (self.least is not None and not self.value >= self.least)
            or (self.most is not None and not self.value <= self.most)
        )

    @property
    def limit(self) -> str:
        if self.least is not None:
            return f"≥ {number(self.least)}"
        return f"≤ {number(self.most)}" if self.most is not None else ""

    @property
    def verdict(self) -> str:
        if not self.limit:
            return ""
        return "holds" if self.holds else "**does not hold**"

    @property
    def span(self) -> str:
        if len(self.rounds) < 2:
            return ""
        return f"{number(min(self.rounds))} – {number(max(self.rounds))}"


@dataclass(frozen=True, slots=True)
class Section:
    """The results of one measurement."""

    key: str
    title: str
    results: Sequence[Result]
    notes: Sequence[str] = ()

    @property
    def holds(self) -> bool:
        return all(result.holds for result in self.results)


def ratio(above: Sequence[float], below: Sequence[float]) -> list[float]:
    """Return the ratio of each round with the peer's of the same turn."""
    return [a / b for a, b in zip(above, below, strict=False)]


def number(value: float) -> str:
    """Return a number with three digits that matter."""
    if math.isnan(value):  # nothing was received
        return "none"
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"


def show(section: Section) -> None:
    """Print a section."""
    print(f"\n{section.title}")
    for one in section.results:
        figure = f"{number(one.value):>9} {one.unit}"
        print(f"  {one.name:<76}{figure:<18}{one.span:<20}{one.limit:<10}{one.verdict.replace('*', '')}")


def write(section: Section) -> None:
    """Put the section into the reference's page in place of the one before."""
    old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else HEAD
    parts = dict(re.findall(r"<!-- (\w+) -->\n(.*?)(?=\n<!-- \w+ -->|\Z)", old, re.DOTALL))
    parts[section.key] = _text_of(section)
    body = "\n".join(f"<!-- {key} -->\n{parts[key].strip()}\n" for key in ORDER if key in parts)
    PAGE.write_text(f"{HEAD}\n{body}", encoding="utf-8")


def _text_of(section: Section) -> str:
    lines = [f"## {section.title}", "", f"`./do bench {section.key}`, {_when()}. {_machine()}", ""]
    lines += [f"{note}\n" for note in section.notes]
    lines += ["| figure | median | rounds | limit | |", "|---|---|---|---|---|"]
    for one in section.results:
        name = f"{one.name} ({one.remark})" if one.remark else one.name
        lines.append(
            f"| {name} | {number(one.value)} {one.unit} | {one.span} | {one.limit} | {one.verdict} |"
        )
    return "\n".join(lines)


def _when() -> str:
    return time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())


def _machine() -> str:
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    models = re.findall(r"model name\s*: (.*)", info)
    memory = int(re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text(encoding="ascii"))[1])
    load = Path("/proc/loadavg").read_text(encoding="ascii").split()[1]
    return (
        f"{len(models)} × {models[0] if models else platform.machine()}, {memory / 2**20:.0f} GiB, Linux "
        f"{platform.release().split('-')[0]}, load before it {load}. {', '.join(versions())}."
    )


def versions() -> list[str]:
    """Return what was measured, with versions."""
    found = [f"Python {platform.python_version()}"]
    found += [f"{name} {metadata.version(name)}" for name in ("django", "uvicorn", "uvloop", "httptools")]
    found += _said([bench_python(), "-c", PEERS_ASKED]).splitlines()
    for name, words in (("nginx", ["-v"]), ("redis-server", ["--version"])):
        said = re.search(r"\d+\.\d+(\.\d+)?", _said([program(name) or name, *words]))
        found.append(f"{name} {said[0]}" if said else f"no {name}")
    clusters = sorted(path.name for path in POSTGRESQL.glob("*") if (path / "bin").is_dir())
    found.append(f"PostgreSQL {clusters[-1]}" if clusters else "no PostgreSQL")
    return found


def _said(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
    except OSError:
        return ""
    return (done.stdout or done.stderr).strip()
