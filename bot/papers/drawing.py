"""Asks another process to draw: a script of this folder, which knows Pillow and nothing of the town."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

HERE = Path(__file__).parent
FONTS = (
    (HERE.parent / "texts" / "fonts" / "YashuSansSC.otf", 0),
    (Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"), 2),
)
"""Ours, else that of the system, whose face number 2 is the one for the mainland."""

PATIENCE_S = 30.0
HANDED_DOWN = ("HOME", "LD_LIBRARY_PATH", "PATH", "PYTHONPATH", "SYSTEMROOT")


@dataclass(frozen=True, slots=True)
class Drawer:
    """A script, the ending of what it draws, whether that is shown as a photo, and whether it needs our letters."""

    script: Path
    ending: str
    photo: bool
    lettered: bool = True


DRAWERS: Mapping[str, Drawer] = {
    "month": Drawer(HERE / "month.py", "png", photo=True),
    "bars": Drawer(HERE / "bars.py", "png", photo=True),
    "stats": Drawer(HERE / "book.py", "xlsx", photo=False, lettered=False),
    "pair": Drawer(HERE / "pair.py", "jpg", photo=True),
    "orders": Drawer(HERE / "book.py", "xlsx", photo=False, lettered=False),
    "place": Drawer(HERE / "place.py", "png", photo=True),
    "broadcast": Drawer(HERE / "book.py", "xlsx", photo=False, lettered=False),
}


def font() -> tuple[Path, int] | None:
    """A file with Chinese letters and the number of the face in it; None if there is none here."""
    return next((one for one in FONTS if one[0].exists()), None)


async def drawn(drawer: Drawer, facts: Mapping[str, Any]) -> bytes | None:
    """What the script makes of the facts; None if its font is missing, it died, or took longer than PATIENCE_S."""
    found = font() if drawer.lettered else (HERE, 0)
    if found is None:
        return None
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", str(drawer.script)),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env={name: os.environ[name] for name in HANDED_DOWN if name in os.environ},
        start_new_session=True,
    )
    given = orjson.dumps({**facts, "font": str(found[0]), "face": found[1]})
    try:
        async with asyncio.timeout(PATIENCE_S):
            made, _ = await process.communicate(given)
    except TimeoutError:
        return None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return made if process.returncode == 0 and made else None
