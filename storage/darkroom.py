"""The darkroom: asks the decoder (storage/sanitise.py, another process) for a harmless copy of a picture."""

import asyncio
import contextlib
import os
import struct
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

DECODER = Path(__file__).with_name("sanitise.py")
PATIENCE = 30.0  # seconds on the wall for one picture; the decoder itself has 10 s of CPU
LARGEST_ANSWER = 16 * 1024 * 1024
SLICE = 1024 * 1024
TRIES = 2
OUT_OF_TIME = -24  # the exit status after SIGXCPU, which Windows does not even name
# The decoder sees no setting, token or key: only what an interpreter may need to start.
HANDED_DOWN = ("HOME", "LD_LIBRARY_PATH", "PATH", "PYTHONPATH", "SYSTEMROOT")

# The decoder imports Pillow, so its process must not be imported here: the two layouts are written down twice.
LENGTH = struct.Struct(">I")
SHOWN = struct.Struct(">qHH")


class Harm(StrEnum):
    """Why a file is not shown."""

    NOT_A_PICTURE = "not_a_picture"
    BROKEN = "broken"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_NARROW = "too_narrow"
    TOO_SLOW = "too_slow"
    DECODER_DIED = "decoder_died"


@dataclass(frozen=True, slots=True)
class Unsafe:
    """The file stays sealed and is shown to nobody."""

    reason: Harm


@dataclass(frozen=True, slots=True)
class Developed:
    """A fresh JPEG of pixels only. `look` is a 64-bit difference hash as a signed number."""

    jpeg: bytes
    width: int
    height: int
    look: int


class Darkroom:
    """One decoder for all pictures, one picture at a time. It starts with the first, and anew after it died or hung."""

    def __init__(self, decoder: Path = DECODER, patience: float = PATIENCE) -> None:
        self._decoder = decoder
        self._patience = patience
        self._turn = asyncio.Lock()
        self._process: Process | None = None

    @property
    def pid(self) -> int | None:
        """Process id of the decoder that runs now."""
        return self._process.pid if self._process else None

    async def develop(self, format_name: str, data: bytes) -> Developed | Unsafe:
        """Decode `data` as JPEG, PNG or WEBP in the other process. A decoder that dies is asked once more."""
        async with self._turn:
            for _ in range(TRIES):
                try:
                    return _judged(await self._ask(format_name.ljust(4).encode("ascii"), data))
                except TimeoutError:
                    return Unsafe(Harm.TOO_SLOW)
                except (ConnectionError, asyncio.IncompleteReadError):
                    if await self._end(grace=1.0) == OUT_OF_TIME:
                        return Unsafe(Harm.TOO_SLOW)
        return Unsafe(Harm.DECODER_DIED)

    async def close(self) -> None:
        """End the decoder. Safe to repeat; a later picture starts another one."""
        async with self._turn:
            await self._end()

    async def _ask(self, format_name: bytes, data: bytes) -> bytes:
        try:
            async with asyncio.timeout(self._patience):
                process = await self._running()
                asking, answering = process.stdin, process.stdout
                if asking is None or answering is None:
                    raise ConnectionError("the decoder was started without pipes")
                asking.write(LENGTH.pack(len(format_name) + len(data)) + format_name)
                for start in range(0, len(data), SLICE):
                    asking.write(data[start : start + SLICE])
                    await asking.drain()
                (length,) = LENGTH.unpack(await answering.readexactly(LENGTH.size))
                if length > LARGEST_ANSWER:
                    raise ConnectionError("the decoder answers nonsense")
                return await answering.readexactly(length)
        except (asyncio.CancelledError, TimeoutError):
            await self._end()  # half a question is on its way: nobody could tell the next answer from this one
            raise

    async def _running(self) -> Process:
        if self._process is None:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", str(self._decoder)),
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                limit=SLICE,
                env={name: os.environ[name] for name in HANDED_DOWN if name in os.environ},
                start_new_session=True,  # Ctrl-C is for the bot, which lets a picture in hand be finished
            )
        return self._process

    async def _end(self, grace: float = 0.0) -> int | None:
        """Return the exit status the decoder died with; one that still lives after `grace` seconds is killed."""
        if self._process is None:
            return None
        process, self._process = self._process, None
        # Popen.kill() would collect the status of a dead process before asyncio does, which then reports 255.
        if grace:
            with contextlib.suppress(TimeoutError):
                return await asyncio.wait_for(process.wait(), grace)
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        return await process.wait()


def _judged(answer: bytes) -> Developed | Unsafe:
    try:
        if answer[:1] == b"+":
            look, width, height = SHOWN.unpack_from(answer, 1)
            return Developed(answer[1 + SHOWN.size :], width, height, look)
        return Unsafe(Harm(answer[1:].decode("ascii")))
    except (struct.error, ValueError):  # only a decoder that was taken over answers so
        return Unsafe(Harm.BROKEN)
