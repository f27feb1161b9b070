"""Making the documents that were asked for: drawn by another process, outside any transaction, then owed."""

import asyncio
from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog

from bot.desk import broadcast_sheet, mydata, orders, proving
from bot.desk.desk import Desk, Office, write_down
from bot.jobs.mydata import pack
from bot.outbox.documents import document
from bot.outbox.letters import Kind, Letter
from bot.papers.drawing import DRAWERS, drawn
from bot.texts import texts_in
from storage import papers
from storage.database import Database
from storage.media import MediaStore, Unreadable
from storage.papers import Paper

log = structlog.get_logger()

BATCH = 4
MOST_TRIES = 3
KEPT = timedelta(days=3)


async def _broadcast(desk: Desk, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"sheets": await broadcast_sheet.sheets_of(desk, texts_in(facts["language"]), facts["broadcast"])}


async def _orders(desk: Desk, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"sheets": await orders.sheets_of(desk, texts_in(facts["language"]), facts)}


READ_NOW: Mapping[str, Callable[[Desk, Mapping[str, Any]], Awaitable[Mapping[str, Any]]]] = {
    "broadcast": _broadcast,
    "orders": _orders,
}


@dataclass(frozen=True, slots=True)
class Made:
    """A document (no content: it could not be made), the name it is shown under, and what the next part begins with."""

    content: bytes | None
    ending: str
    name: str
    photo: bool = False
    rest: Mapping[str, Any] | None = None


class MakePapers:
    """The job that draws. Safe to repeat: a document drawn twice is sent once."""

    def __init__(self, database: Database, office: Office, media: MediaStore) -> None:
        self._database = database
        self._office = office
        self._media = media
        self._turn = asyncio.Lock()

    async def run(self) -> int:
        """Draw what waits, one after the other, and delete what is old. Returns how many were looked at."""
        async with self._turn:
            async with self._database.read() as tx:
                due = await papers.waiting(tx, self._office.seals.content, BATCH)
                gone = await papers.old(tx, self._office.clock.now() - KEPT, BATCH)
            for paper in due:
                await self._make(paper)
            for _, path in gone:
                if path is not None:
                    await self._media.forget_made(path)
            if gone:
                async with self._database.write() as tx:
                    await papers.forget(tx, [number for number, _ in gone])
            return len(due)

    async def _facts(self, paper: Paper) -> Mapping[str, Any]:
        """What the drawer needs: kept with the paper, or read now, where it is much."""
        if paper.kind == proving.PAIR:
            copies = [await self._media.read_copy(path) for path in paper.facts["copies"]]
            return {**paper.facts, "pictures": [b64encode(copy).decode() for copy in copies]}
        if paper.kind not in READ_NOW:
            return paper.facts
        async with self._database.read() as tx:
            desk = Desk(tx, self._office, self._office.clock.now(), f"paper {paper.id}")
            return await READ_NOW[paper.kind](desk, paper.facts)

    async def _made(self, paper: Paper) -> Made:
        if paper.kind == mydata.KIND:
            packed = await pack(self._database, self._office, self._media, paper.facts)
            name = texts_in(paper.facts["language"]).my_data_name(paper.facts["part"])
            return Made(packed.content, "html", f"{name}.html", rest=packed.rest)
        drawer = DRAWERS[paper.kind]
        try:
            facts = await self._facts(paper)
        except Unreadable:
            return Made(None, drawer.ending, "")
        content = await drawn(drawer, facts)
        return Made(content, drawer.ending, f"{paper.kind}.{drawer.ending}", photo=drawer.photo)

    async def _make(self, paper: Paper) -> None:
        """The last try that fails is told in words, so that nobody waits for ever."""
        made = await self._made(paper)
        path = await self._media.keep_made(made.content, made.ending) if made.content else None
        async with self._database.write() as tx:
            desk = Desk(tx, self._office, self._office.clock.now(), f"paper {paper.id}")
            tries = paper.attempts + 1
            if path is None and tries < MOST_TRIES:
                await papers.change(tx, paper.id, attempts=tries)
                return
            if path is None:
                log.warning("paper_not_made", row=paper.id, kind=paper.kind)
            await papers.change(tx, paper.id, state="made" if path else "failed", path=path, attempts=tries)
            if path is not None and made.rest is not None:
                await mydata.ask_for_part(desk, made.rest["person"], made.rest)
            if path is None and paper.kind == proving.PAIR:
                await proving.show_apart(desk, paper.facts)
                await write_down(tx, self._office, [desk])
                return
            facts = document(path, made.name, paper.kind, paper.caption, photo=made.photo)
            desk.owe(Letter(key=f"paper {paper.key}", kind=Kind.DOCUMENT, to=paper.recipient, facts=facts))
            await write_down(tx, self._office, [desk])
