"""The darkroom: asks the decoder (storage/sanitise.py, another process) for a harmless copy of a picture."""

import asyncio
import struct
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from storage.apart import GONE, Apart

DECODER = Path(__file__).with_name("sanitise.py")
PATIENCE = 30.0  # seconds on the wall for one picture; the decoder itself has 10 s of CPU
LARGEST_ANSWER = 16 * 1024 * 1024
TRIES = 2
OUT_OF_TIME = -24  # the exit status after SIGXCPU, which Windows does not even name

# The decoder imports Pillow, so its process must not be imported here: the layout is written down twice.
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
        self._decoder = Apart(decoder, patience=patience, largest_answer=LARGEST_ANSWER)
        self._turn = asyncio.Lock()

    @property
    def pid(self) -> int | None:
        """Process id of the decoder that runs now."""
        return self._decoder.pid

    async def develop(self, format_name: str, data: bytes) -> Developed | Unsafe:
        """Decode `data` as JPEG, PNG or WEBP in the other process. A decoder that dies is asked once more."""
        async with self._turn:
            for _ in range(TRIES):
                try:
                    return _judged(await self._decoder.ask(format_name.ljust(4).encode("ascii") + data))
                except TimeoutError:
                    return Unsafe(Harm.TOO_SLOW)
                except GONE:
                    if await self._decoder.end(grace=1.0) == OUT_OF_TIME:
                        return Unsafe(Harm.TOO_SLOW)
        return Unsafe(Harm.DECODER_DIED)

    async def close(self) -> None:
        """End the decoder. Safe to repeat; a later picture starts another one."""
        async with self._turn:
            await self._decoder.end()


def _judged(answer: bytes) -> Developed | Unsafe:
    try:
        if answer[:1] == b"+":
            look, width, height = SHOWN.unpack_from(answer, 1)
            return Developed(answer[1 + SHOWN.size :], width, height, look)
        return Unsafe(Harm(answer[1:].decode("ascii")))
    except (struct.error, ValueError):  # only a decoder that was taken over answers so
        return Unsafe(Harm.BROKEN)
