"""What a process and its children cost, by the kernel's own books (/proc, so Linux only)."""

import contextlib
import os
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
# Fields 4 and 14-17 of proc(5), counted here from the third: what stands before it is cut off.
_PARENT, _TIMES = 1, slice(11, 15)


def cpu_seconds(pid: int) -> float:
    """User and system time of the process, its living children, and the children it has seen end."""
    return sum(int(ticks) for fields in _tree(pid).values() for ticks in fields[_TIMES]) / _TICKS


def peak_mb(pid: int) -> float:
    """The most memory that was ever resident, process and living children together."""
    return _status(pid, "VmHWM:")


def resident_mb(pid: int) -> float:
    return _status(pid, "VmRSS:")


def own_mb(pid: int) -> float:
    """What is resident of the process itself, without its children."""
    return _read(pid, "VmRSS:")


def open_files(pid: int) -> int:
    """How many files, sockets and pipes the process and its living children hold open."""
    found = 0
    for one in _tree(pid):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            found += sum(1 for _ in (_PROC / str(one) / "fd").iterdir())
    return found


def _status(pid: int, name: str) -> float:
    return sum(_read(one, name) for one in _tree(pid))


def _read(pid: int, name: str) -> float:
    lines = (_PROC / str(pid) / "status").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


def _tree(root: int) -> dict[int, list[str]]:
    """The fields of `stat` of a process and everybody below it. Raises KeyError if it is gone."""
    everybody = _everybody()
    family = {root: everybody[root]}
    # A child's id may be smaller than its parent's once ids have wrapped, so one pass is not enough.
    while more := {p: f for p, f in everybody.items() if p not in family and int(f[_PARENT]) in family}:
        family |= more
    return family


def _everybody() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for one in _PROC.glob("[0-9]*"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            # The name in brackets may hold blanks and brackets: what follows the last one is safe to split.
            found[int(one.name)] = (one / "stat").read_text().rpartition(")")[2].split()
    return found
