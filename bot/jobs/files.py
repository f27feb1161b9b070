"""Fetching the files of kept cases: one short transaction before and after, the network in between."""

from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk.desk import Desk, Office, write_down
from bot.outbox.channel import Channel, FetchFailed, Verdict
from bot.outbox.letters import Kind, Letter, reporter
from storage import attachments, cases
from storage.attachments import Attachment
from storage.darkroom import Unsafe
from storage.database import Database
from storage.media import Kept, MediaStore, NotKept, TooLarge

log = structlog.get_logger()

BATCH = 8
WAITS = tuple(timedelta(seconds=s) for s in (2, 10, 60, 300, 1800))
MOST_TRIES = 12
PICTURES = frozenset({"photo", "document"})


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of a file: the columns to write, and the trouble to tell the reporter of, if any."""

    columns: dict[str, object]
    trouble: str | None = None


class FetchFiles:
    """The job that gets files. Safe to repeat: a file fetched twice has one row."""

    def __init__(self, database: Database, office: Office, channel: Channel, media: MediaStore) -> None:
        self._database = database
        self._office = office
        self._channel = channel
        self._media = media

    async def run(self) -> int:
        """Fetch what is due, one after the other. Returns how many rows were looked at."""
        async with self._database.read() as tx:
            due = await attachments.waiting(tx, self._office.seals.content, self._office.clock.now(), BATCH)
        for one in due:
            fetched = await self._fetch(one)
            async with self._database.write() as tx:
                await self._book(tx, one, fetched)
        return len(due)

    async def _fetch(self, one: Attachment) -> Fetched:
        outcome = await self._channel.call("getFile", {"file_id": one.file_id})
        if outcome.verdict is Verdict.REFUSED and "too big" in outcome.trouble:
            return Fetched({"state": "too_large"}, "too_large")
        if outcome.verdict is not Verdict.SENT:
            final = outcome.verdict is Verdict.REFUSED and outcome.code == 400
            return self._again(one, outcome.trouble, final=final)
        try:
            kept = await self._media.keep(self._channel.fetch(outcome.result["file_path"]), f"c{one.case_id}")
        except TooLarge:
            return Fetched({"state": "too_large"}, "too_large")
        except NotKept as error:
            return self._again(one, type(error).__name__, final=False)
        except FetchFailed as error:
            return self._again(one, str(error), final=error.final)
        return await self._developed(one, kept)

    async def _developed(self, one: Attachment, kept: Kept) -> Fetched:
        columns: dict[str, object] = {"state": "kept", "path": kept.path, "sha256": kept.sha256, "size": kept.size}
        if one.kind not in PICTURES:
            return Fetched(columns)
        copy = await self._media.working_copy(kept.path)
        if isinstance(copy, Unsafe):
            log.info("file_not_shown", row=one.id, reason=copy.reason.value)
            trouble = "unsafe" if one.kind == "photo" else None
            return Fetched({**columns, "state": "unsafe"}, trouble)
        return Fetched({**columns, "copy": copy.path, "look": copy.look})

    def _again(self, one: Attachment, trouble: str, *, final: bool) -> Fetched:
        log.warning("file_not_fetched", row=one.id, attempts=one.attempts + 1, trouble=trouble)
        if final or one.attempts + 1 >= MOST_TRIES:
            return Fetched({"state": "lost", "attempts": one.attempts + 1}, "lost")
        wait = WAITS[min(one.attempts, len(WAITS) - 1)]
        return Fetched({"attempts": one.attempts + 1, "not_before": self._office.clock.now() + wait})

    async def _book(self, tx: AsyncConnection, one: Attachment, fetched: Fetched) -> None:
        await attachments.change(tx, one.id, **fetched.columns)
        desk = Desk(tx, self._office, self._office.clock.now(), f"file {one.id}")
        case = await cases.by_id(tx, one.case_id)
        if fetched.trouble and one.source == "report" and case:
            to = reporter(case.reporter)
            facts = {"why": fetched.trouble}
            desk.owe(Letter(key=f"file {one.id}", kind=Kind.FILE_TROUBLE, to=to, case_id=case.id, facts=facts))
        await write_down(tx, self._office, [desk])
