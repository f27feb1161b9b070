"""Roll calls and tasks as rows, for the command line."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cases.rounds import RoundKind, RoundStand
from bot.desk.desk import Desk
from bot.desk.patrolling import place_of
from storage import grid, rounds
from storage.rounds import Part


@dataclass(frozen=True, slots=True)
class Rows:
    """A title, the head, and one row for each household group."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str | int]]


async def listed(desk: Desk, limit: int) -> list[str]:
    """One line for each of the newest rounds."""
    texts = desk.texts()
    return [
        texts.round_line(one.id, one.kind, await place_of(desk, one.node_id), one.words, one.closes_at)
        for one in await rounds.newest(desk.tx, limit)
    ]


async def rows(desk: Desk, number: int) -> Rows | None:
    """What every household group answered; None if there is no such round, or nobody was asked.

    Who needs help is not on the sheet.
    """
    one = await rounds.by_id(desk.tx, number)
    if one is None or one.state != RoundStand.OPEN:
        return None
    node = (await grid.path(desk.tx, one.node_id))[-1]
    texts, parts = desk.texts(), await rounds.parts(desk.tx, desk.office.seals.content, number)
    title = texts.round_line(one.id, one.kind, node.name, one.words, one.closes_at)
    return Rows(title, texts.round_head(one.kind), [await _row(desk, one.kind, part) for part in parts])


async def _row(desk: Desk, kind: str, part: Part) -> list[str | int]:
    when = desk.texts().at(part.answered_at) if part.answered_at else ""
    front: list[str | int] = [await place_of(desk, part.node_id), part.households, part.done]
    if kind == RoundKind.TASK:
        share = f"{100 * part.done / part.households:.0f}%" if part.households else ""
        return [*front, share, when]
    return [*front, part.help, part.missing, when]
