"""Fetching the files of kept cases: one short transaction before and after, the network in between."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk import proving, showing
from bot.desk.alarms import alarm
from bot.desk.desk import Desk, Office, write_down
from bot.outbox.channel import Channel, FetchFailed, Verdict
from bot.outbox.letters import Kind, Letter, reporter
from storage import attachments, cases, looks, outbox
from storage.attachments import Attachment
from storage.darkroom import Unsafe
from storage.database import Database
from storage.media import Kept, MediaStore, NoRoom, NotKept, TooLarge

log = structlog.get_logger()

BATCH = 4
WAITS = tuple(timedelta(seconds=s) for s in (2, 10, 60, 300, 1800, 7200))
REFUSED_TRIES = 4
"""Telegram says the same of a wrong file id and of a file that is not there at the moment."""

MOST_TRIES = 90
"""About a week: a network that is away, or a full disk, loses nothing."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of a file: the columns to write, and the trouble to tell the reporter of, if any."""

    columns: dict[str, Any]
    trouble: str | None = None
    no_room: bool = False

    @property
    def hides(self) -> bool:
        """Whether others will never see this file."""
        return self.columns.get("state") in {"too_large", "unsafe", "lost"}

    def counts_anew(self, kind: str) -> bool:
        """Whether cards count this file as something else than before: as nothing, or a document as a picture."""
        return self.hides or (kind == "document" and "copy" in self.columns)


class FetchFiles:
    """The job that gets files. Safe to repeat: a file fetched twice has one row."""

    def __init__(self, database: Database, office: Office, channel: Channel, media: MediaStore) -> None:
        self._database = database
        self._office = office
        self._channel = channel
        self._media = media
        self._turn = asyncio.Lock()

    async def run(self) -> int:
        """Fetch what is due, one after the other. Returns how many rows were looked at."""
        async with self._turn:
            return await self._run()

    async def _run(self) -> int:
        async with self._database.read() as tx:
            due = await attachments.waiting(tx, self._office.seals.content, self._office.clock.now(), BATCH)
        fetched = await asyncio.gather(*(self._fetch(one) for one in due))
        if due:
            async with self._database.write() as tx:
                for one, result in zip(due, fetched, strict=True):
                    await self._book(tx, one, result)
        return len(due)

    async def _fetch(self, one: Attachment) -> Fetched:
        outcome = await self._channel.call("getFile", {"file_id": one.file_id})
        if outcome.verdict is Verdict.REFUSED and "too big" in outcome.trouble:
            return Fetched({"state": "too_large"}, "too_large")
        if outcome.verdict is not Verdict.SENT:
            final = outcome.verdict is Verdict.REFUSED and outcome.code == 400 and one.attempts + 1 >= REFUSED_TRIES
            return self._again(one, outcome.trouble, final=final, at_least=outcome.retry_after)
        if not (path := outcome.result.get("file_path")):
            return self._again(one, "no path")
        try:
            kept = await self._media.keep(self._channel.fetch(path), f"c{one.case_id}")
        except TooLarge:
            return Fetched({"state": "too_large"}, "too_large")
        except NoRoom:
            return replace(self._again(one, "NoRoom"), no_room=True)
        except NotKept as error:
            return self._again(one, type(error).__name__)
        except FetchFailed as error:
            return self._again(one, str(error), final=error.final and one.attempts + 1 >= REFUSED_TRIES)
        return await self._developed(one, kept)

    async def _developed(self, one: Attachment, kept: Kept) -> Fetched:
        columns: dict[str, Any] = {"state": "kept", "path": kept.path, "sha256": kept.sha256, "size": kept.size}
        if one.kind not in showing.PICTURES:
            return Fetched(columns)
        copy = await self._media.working_copy(kept.path)
        if isinstance(copy, Unsafe):
            log.info("file_not_shown", row=one.id, reason=copy.reason.value)
            return Fetched({**columns, "state": "unsafe"}, "unsafe")
        return Fetched({**columns, "copy": copy.path, "look": copy.look, **looks.quarters(copy.look)})

    def _again(self, one: Attachment, trouble: str, *, final: bool = False, at_least: float = 0) -> Fetched:
        log.warning("file_not_fetched", row=one.id, attempts=one.attempts + 1, trouble=trouble)
        if final or one.attempts + 1 >= MOST_TRIES:
            return Fetched({"state": "lost", "attempts": one.attempts + 1}, "lost")
        wait = max(WAITS[min(one.attempts, len(WAITS) - 1)], timedelta(seconds=at_least))
        return Fetched({"attempts": one.attempts + 1, "not_before": self._office.clock.now() + wait})

    async def _book(self, tx: AsyncConnection, one: Attachment, fetched: Fetched) -> None:
        await attachments.change(tx, one.id, **fetched.columns)
        desk = Desk(tx, self._office, self._office.clock.now(), f"file {one.id}")
        if not await attachments.still_waiting(tx, one.case_id, one.source):
            await outbox.hurry(tx, one.case_id, Kind.MEDIA, desk.now())
        if fetched.no_room:
            await alarm(desk, f"no room {desk.now():%Y%m%d}", "no_room")
        case = await cases.by_id(tx, one.case_id) if fetched.counts_anew(one.kind) else None
        if case is not None and one.source == "report":
            await showing.refresh_cards(desk, case, f" file {one.id}")
            if fetched.trouble:
                facts = {"why": fetched.trouble}
                key = f"file {case.id} {fetched.trouble} {one.came_at:%y%m%d%H%M}"
                to = reporter(case.reporter)
                desk.owe(Letter(key=key, kind=Kind.FILE_TROUBLE, to=to, case_id=case.id, facts=facts))
        if one.source == "result" and (look := fetched.columns.get("look")) is not None:
            await proving.compare(desk, one, look, fetched.columns["sha256"])
        await write_down(tx, self._office, [desk])
