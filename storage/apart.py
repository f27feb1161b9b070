"""A program of its own that answers one question at a time over pipes. Hostile files are opened there, not here."""

import asyncio
import contextlib
import os
import struct
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path

SLICE = 1024 * 1024
# The program sees no setting, token or key: only what an interpreter may need to start.
HANDED_DOWN = ("HOME", "LD_LIBRARY_PATH", "PATH", "PYTHONPATH", "SYSTEMROOT")

# The programs import no product: this layout is written down in each of them too.
LENGTH = struct.Struct(">I")

GONE = (ConnectionError, asyncio.IncompleteReadError)
"""What asking raises when the program died or answers nonsense."""


class Apart:
    """Starts with the first question, and anew after it died, hung or was ended. One question at a time."""

    def __init__(self, script: Path, *words: str, patience: float, largest_answer: int) -> None:
        self._command = (sys.executable, "-P", str(script), *words)
        self._patience = patience
        self._largest = largest_answer
        self._process: Process | None = None

    @property
    def pid(self) -> int | None:
        """Process id of the program that runs now."""
        return self._process.pid if self._process else None

    async def ask(self, question: bytes) -> bytes:
        """Return its answer. Raises TimeoutError after `patience` seconds, or what is in GONE.

        A question that was given up ends the program: nobody could tell the next answer from this one.
        """
        try:
            async with asyncio.timeout(self._patience):
                process = await self._running()
                asking, answering = process.stdin, process.stdout
                if asking is None or answering is None:
                    raise ConnectionError("the program was started without pipes")
                asking.write(LENGTH.pack(len(question)))
                for start in range(0, len(question), SLICE):
                    asking.write(question[start : start + SLICE])
                    await asking.drain()
                (length,) = LENGTH.unpack(await answering.readexactly(LENGTH.size))
                if length > self._largest:
                    raise ConnectionError("the program answers nonsense")
                return await answering.readexactly(length)
        except (asyncio.CancelledError, TimeoutError):
            await self.end()
            raise

    async def end(self, grace: float = 0.0) -> int | None:
        """Return the exit status the program died with; one that still lives after `grace` seconds is killed."""
        if self._process is None:
            return None
        process, self._process = self._process, None
        # Popen.kill() would collect the status of a dead process before asyncio does, which then reports 255.
        if grace:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(grace):
                    return await process.wait()
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        return await process.wait()

    async def _running(self) -> Process:
        if self._process is None:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                limit=SLICE,
                env={name: os.environ[name] for name in HANDED_DOWN if name in os.environ},
                start_new_session=True,  # Ctrl-C is for the bot, which lets what is in hand be finished
            )
        return self._process
