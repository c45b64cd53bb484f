"""What a server costs: the CPU-seconds and the memory of its whole tree of processes."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Cost:
    """A reading: CPU-seconds since the processes began, and bytes resident now."""

    cpu_seconds: float
    resident_bytes: int

    def __sub__(self, before: "Cost") -> "Cost":
        return Cost(self.cpu_seconds - before.cpu_seconds, self.resident_bytes - before.resident_bytes)


def cost_of(roots: Iterable[int]) -> Cost:
    """Read the trees under these processes; time is the scheduler's own, not sampled by the clock tick."""
    pids = _tree(roots)
    return Cost(sum(map(_cpu_seconds, pids)), sum(map(_resident_bytes, pids)))


def _tree(roots: Iterable[int]) -> list[int]:
    children: dict[int, list[int]] = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            children.setdefault(_parent(folder), []).append(int(folder.name))
    found: list[int] = []
    left = list(roots)
    while left:
        pid = left.pop()
        found.append(pid)
        left.extend(children.get(pid, []))
    return found


def _parent(folder: Path) -> int:
    try:
        return int((folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _cpu_seconds(pid: int) -> float:
    nanoseconds = 0
    for task in (PROC / str(pid) / "task").glob("*/schedstat"):
        try:
            nanoseconds += int(task.read_text(encoding="ascii").split()[0])
        except OSError:  # the thread has ended
            continue
    return nanoseconds / 1e9


def _resident_bytes(pid: int) -> int:
    try:
        status = (PROC / str(pid) / "status").read_text(encoding="utf-8")
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS"))
