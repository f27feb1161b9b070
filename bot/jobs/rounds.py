"""Roll calls and tasks go on by themselves: the silent are reminded, the table is kept fresh, the end comes."""

from collections.abc import Sequence

from bot.cases.rounds import ANSWERERS, RoundKind, RoundStand, next_reminder
from bot.desk.desk import Desk
from bot.desk.rounds import ask_others, owe_board, owe_card, who_agrees
from bot.outbox.rounds_of import answered
from storage import beats, grid, rounds
from storage.rounds import Round

BATCH = 50


async def go_on(desk: Desk) -> int:
    """End what is over, remind who is silent, show the tables that changed: each at most once a tick."""
    due = await rounds.due(desk.tx, desk.now(), BATCH)
    for one in due:
        if one.closes_at <= desk.now():
            await rounds.close(desk.tx, one.id, desk.now())
        elif one.state == RoundStand.WAITING:
            await _ask_again(desk, one)
        else:
            await _remind(desk, one)
    return max(len(due), await _show(desk, await rounds.stale(desk.tx, BATCH)))


async def _ask_again(desk: Desk, one: Round) -> None:
    node = (await grid.path(desk.tx, one.node_id))[-1]
    await ask_others(desk, one, await who_agrees(desk, node, one.caller_id))


async def _remind(desk: Desk, one: Round) -> None:
    """Once for each time; who has answered meanwhile is left in peace."""
    kind = RoundKind(one.kind)
    following = next_reminder(kind, one.opened_at, one.closes_at, desk.now())
    await rounds.change(desk.tx, one.id, remind_at=following)
    parts = await rounds.parts(desk.tx, desk.office.seals.content, one.id)
    silent = {part.node_id for part in parts if not answered(one, part)}
    node = (await grid.path(desk.tx, one.node_id))[-1]
    for head in await beats.below(desk.tx, node.path, ANSWERERS[kind], desk.now()):
        if head.node_id in silent:
            owe_card(desk, one, head, f"again {one.remind_at:%m%d%H%M}")


async def _show(desk: Desk, stale: Sequence[Round]) -> int:
    for one in stale:
        owe_board(desk, one)
        await rounds.change(desk.tx, one.id, stale=False)
    return len(stale)
