"""Writing down what arrives. All that waits shares one transaction; whoever brought it is told after the commit."""

import asyncio
from collections.abc import Sequence
from typing import Any

import orjson

from bot.desk.desk import Office
from bot.intake.signs import whose
from storage import inbox, people
from storage.database import Database


class Arrivals:
    """The clerk at the door. `keep` returns when the updates are on disk; `run` does the writing."""

    def __init__(self, database: Database, office: Office, written: asyncio.Event) -> None:
        self._database = database
        self._office = office
        self._written = written
        self._waiting: list[tuple[list[dict[str, Any]], asyncio.Future[None]]] = []
        self._something = asyncio.Event()

    async def keep(self, updates: Sequence[object]) -> None:
        """Write down updates (parsed JSON of any shape). Raises what the database raises; then nothing was kept."""
        if not updates:
            return
        done = asyncio.get_running_loop().create_future()
        self._waiting.append(([self._row(update) for update in updates], done))
        self._something.set()
        await done

    async def run(self) -> None:
        """Write until cancelled; one transaction for all that waits."""
        while True:
            await self._something.wait()
            self._something.clear()
            batch, self._waiting = self._waiting, []
            try:
                await self._write([row for rows, _ in batch for row in rows])
            except BaseException as error:
                _tell(batch, error)
                if not isinstance(error, Exception):
                    raise
            else:
                _tell(batch, None)
                self._written.set()

    async def _write(self, rows: list[dict[str, Any]]) -> None:
        async with self._database.write() as tx:
            await inbox.keep(tx, rows)

    def _row(self, update: object) -> dict[str, Any]:
        sign = whose(update)
        vault, content = self._office.seals.vault, self._office.seals.content
        return {
            "bot_id": self._office.bot_id,
            "update_id": sign.update_id if sign.update_id is not None else content.fingerprint(repr(update)),
            "deed": None if sign.deed is None else content.fingerprint(sign.deed),
            "person": None if sign.user_id is None else people.fingerprint(vault, sign.user_id),
            "raw": content.close(orjson.dumps(update)),
            "state": "new",
            "received_at": self._office.clock.now(),
        }


def _tell(batch: list[tuple[list[dict[str, Any]], "asyncio.Future[None]"]], error: BaseException | None) -> None:
    for _, done in batch:
        if done.done():
            continue
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error if isinstance(error, Exception) else ConnectionAbortedError())
