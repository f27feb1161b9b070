"""Putting together the page of everything that somebody reported. No transaction is open while files are read."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.desk import mydata
from bot.desk.desk import Desk, Office
from bot.papers.page import Section, page
from bot.texts import Texts, texts_in
from storage.database import Database
from storage.media import MediaStore, Unreadable

MOST_BYTES = 12 * 1024 * 1024
"""Photos in one part. A third more as text, it stays far under the 50 MB that Telegram takes of a bot."""
MOST_REPORTS = 500


@dataclass(frozen=True, slots=True)
class Packed:
    """One part, and the facts of the next one if there is more."""

    content: bytes
    rest: Mapping[str, Any] | None


async def pack(database: Database, office: Office, media: MediaStore, facts: Mapping[str, Any]) -> Packed:
    """The part that begins with the reports before `facts["before"]`."""
    texts, before, rest = texts_in(facts["language"]), facts["before"], False
    sections: list[Section] = []
    size = 0
    while not rest and (found := await _page(database, office, texts, facts["person"], before)):
        for one in found:
            photos = [content for path in one.photos if (content := await _photo(media, path)) is not None]
            more = sum(map(len, photos))
            if sections and (size + more > MOST_BYTES or len(sections) == MOST_REPORTS):
                rest = True
                break
            size, before = size + more, one.case_id
            sections.append(Section(one.title, one.lines, photos))
    intro = texts.my_data_intro(office.clock.now(), facts["part"])
    if facts["part"] == 1:
        async with database.read() as tx:
            desk = Desk(tx, office, office.clock.now(), "my data")
            intro += await mydata.besides(desk, texts, facts["person"])
    content = await asyncio.to_thread(page, texts.my_data_title(), intro, sections)
    following = {**facts, "before": before, "part": facts["part"] + 1}
    return Packed(content, following if rest else None)


async def _page(
    database: Database, office: Office, texts: Texts, person_id: int, before: int | None
) -> list[mydata.Account]:
    async with database.read() as tx:
        return await mydata.accounts(Desk(tx, office, office.clock.now(), "my data"), texts, person_id, before)


async def _photo(media: MediaStore, path: str) -> bytes | None:
    """The harmless copy; a file that cannot be read any more is left out."""
    try:
        return await media.read_copy(path)
    except Unreadable:
        return None
