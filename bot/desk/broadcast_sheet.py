"""The workbook of a broadcast: sums, places, and who it went to. Of residents there are only figures per place."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from bot.cases.broadcast import RESIDENTS
from bot.cases.errors import TooLate
from bot.cases.levels import COMMUNITY
from bot.desk import broadcasting
from bot.desk.desk import Desk
from bot.desk.rights import must_be_admin
from bot.outbox.letters import person
from bot.texts import Texts
from storage import papers, recipients
from storage.broadcasts import Broadcast
from storage.recipients import Copy

KIND = "broadcast"
AT_ONCE = 1000
WIDTHS = {"sums": (14, 40), "places": (34, 8, 8, 8, 8, 8, 8, 8), "names": (34, 12, 10, 18)}


async def ask_for_sheet(desk: Desk, texts: Texts, broadcast_id: int) -> None:
    """Ask for it as a document for whoever acts. Asked twice within a minute it is made once.

    Raises NotYours, NotFound, TooLate while nothing of it was sent.
    """
    who = await must_be_admin(desk)
    found = await broadcasting.one(desk, broadcast_id)
    if found.began_at is None:
        raise TooLate
    key = f"{KIND} {found.id} {who} {desk.now():%y%m%d%H%M}"
    facts = {"broadcast": found.id, "language": texts.language}
    caption = {"title": found.title, "number": found.id}
    await papers.ask(desk.tx, desk.office.seals.content, key, KIND, person(who), facts, caption, desk.now())


async def sheets_of(desk: Desk, texts: Texts, broadcast_id: int) -> list[dict[str, Any]]:
    """The sheets as they stand now, as `bot.papers.sheets.Sheet` takes them. Raises NotFound."""
    found = await broadcasting.one(desk, broadcast_id)
    copies = await _copies(desk, found.id)
    places = {path: await _place(desk, path) for path in {copy.path for copy in copies}}
    heads = texts.broadcast_sheet_heads(receipt=found.receipt)
    names, title = texts.broadcast_sheet_names(), texts.broadcast_sheet_title(found.id, found.title)
    sheets = [
        _sheet(names[0], title, ["", ""], await _sums(desk, texts, found, copies), "sums"),
        _sheet(names[1], title, heads[0], _by_place(found, copies, places), "places"),
    ]
    if found.audience.role == RESIDENTS:
        return sheets
    rows = [
        texts.broadcast_sheet_person(places[one.path][1], one.name, one.state, one.read_at, receipt=found.receipt)
        for one in sorted(copies, key=lambda copy: (copy.path or "", copy.name or ""))
    ]
    return [*sheets, _sheet(names[2], title, heads[1], rows, "names")]


async def _copies(desk: Desk, broadcast_id: int) -> list[Copy]:
    copies: list[Copy] = []
    while page := await recipients.copies(desk.tx, broadcast_id, copies[-1].id if copies else 0, AT_ONCE):
        copies += page
    return copies


async def _place(desk: Desk, path: str | None) -> tuple[str, str]:
    """The community and the place itself, from the town down; empty for those without any."""
    ids = [int(part) for part in (path or "").split("/") if part]
    named = [node.name for node in await desk.office.places.path(desk.tx, ids[-1])] if ids else []
    return " ".join(named[1:COMMUNITY]) or "".join(named), " ".join(named[1:]) or "".join(named)


async def _sums(desk: Desk, texts: Texts, found: Broadcast, copies: Sequence[Copy]) -> list[list[str | int]]:
    progress = await broadcasting.progress(desk, found)
    ids = [part for part in found.audience.path.split("/") if part]
    path = [node.name for node in await desk.office.places.path(desk.tx, int(ids[-1]))] if ids else []
    audience = texts.broadcast_audience(found.audience.role, path, found.audience.tag)
    unread = progress.states.get("sent", 0) - progress.read
    more = {"read": progress.read, "unread": unread, "answers": progress.answers, "total": len(copies)}
    counts = {**progress.states, **more}
    return texts.broadcast_sheet_sums(audience, found.began_at, found.ended_at, counts, receipt=found.receipt)


def _by_place(
    found: Broadcast, copies: Sequence[Copy], places: Mapping[str | None, tuple[str, str]]
) -> list[list[str | int]]:
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in copies:
        counted[places[one.path][0]][one.state] += 1
        counted[places[one.path][0]]["read"] += one.read_at is not None
    rows: list[list[str | int]] = []
    for place, of in sorted(counted.items()):
        read = [of["read"], of["sent"] - of["read"]] if found.receipt else []
        rows.append([place, of.total() - of["read"], of["sent"], *read, *(of[one] for one in _MISSES)])
    return rows


_MISSES = ("unreachable", "failed", "stopped")


def _sheet(name: str, title: str, head: Sequence[str], rows: Sequence[Sequence[Any]], kind: str) -> dict[str, Any]:
    return {"name": name, "title": title, "head": head, "rows": rows, "widths": WIDTHS[kind]}
