"""Two versions of the product on one database: where each program comes from, and whose code it really is."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from bot.lab.chaos_bot import ROOT, ChaosFailedError, Victim
from bot.lab.chaos_street import Street

TOGETHER = (0.25, 0.75)
"""The version before is alone until this share of all updates; then both are there, and meet the blows; then ours is
alone."""

NEWER = '"database_is_newer"'
_ASK = (
    "import bot.lab.chaos_nursery, handlers, orjson, storage; from storage.migrations import HEAD;"
    "print(orjson.dumps([HEAD, bot.__file__, handlers.__file__, storage.__file__]).decode())"
)


@dataclass(frozen=True, slots=True)
class Version:
    """A checkout and the step of the migrations that its code knows."""

    name: str
    code: Path
    step: str


async def versions_of(replicas: int, beside: Path | None, folder: Path) -> list[Version]:
    """Of each program; those of the version before come first. Raises ChaosFailedError."""
    if beside is None:
        return [Version("present", ROOT, "")] * replicas
    before = Version("before", beside, await _step_of(beside, folder))
    present = Version("present", ROOT, await _step_of(ROOT, folder))
    old = replicas // 2
    return [before] * old + [present] * (replicas - old)


async def _step_of(code: Path, folder: Path) -> str:
    """What a program started like the others knows. Raises ChaosFailedError if it is not the code of this checkout."""
    env = os.environ | {"PYTHONPATH": str(code)}
    asked = await asyncio.create_subprocess_exec(sys.executable, "-c", _ASK, stdout=PIPE, cwd=folder, env=env)
    said, _ = await asked.communicate()
    if asked.returncode:
        raise ChaosFailedError(f"{code} is no checkout that can run here; what it said is above")
    step, *files = orjson.loads(said)
    if strange := [file for file in files if not Path(file).is_relative_to(code)]:
        raise ChaosFailedError(f"the code that runs is not that of {code}: {strange}")
    return step


def tell(members: Sequence[Victim], versions: Sequence[Version], street: Street) -> Mapping[str, int]:
    """What programs of each version did, when there are two."""
    told = Counter[str]()
    if len(set(versions)) == 1:
        return {}
    charges = Counter(place for place, _ in street.charge.senders)
    for place, (one, version) in enumerate(zip(members, versions, strict=True)):
        name = f"{version.name} ({version.step})"
        told[f"{name}: programs"] += 1
        told[f"{name}: times in charge"] += charges[place]
        told[f"{name}: updates taken"] += street.taken[place]
        told[f"{name}: lives that ended"] += street.who(place)[1]
        told[f"{name}: found the database newer"] += one.log().count(NEWER)
    return dict(told)
