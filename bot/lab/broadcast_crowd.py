"""A founded demo district with as many building heads as a broadcast is to reach; all of them have pressed start."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import insert, select

from bot.desk.desk import Desk
from storage import people
from storage.tables import duties, members, nodes

FIRST_RECIPIENT = 200_000_001
SECOND_ADMIN = 9002
ROLE = "building_head"
_AT_ONCE = 500


async def found(count: int) -> None:
    """Keys, tables, the district, a second admin, `count` building heads: where the settings say."""
    from bot.app import App
    from bot.config import read_settings
    from bot.lab import product

    await product.found()
    if not count:
        return
    app = App(read_settings())
    await app.at_desk(lambda desk: _fill(desk, count))
    await app.database.close()


async def _fill(desk: Desk, count: int) -> None:
    vault = desk.office.seals.vault
    await people.appoint(desk.tx, vault, SECOND_ADMIN, "周强", [{"role": "admin"}])
    places = list((await desk.tx.execute(select(nodes.c.id).where(nodes.c.depth >= 3).order_by(nodes.c.id))).scalars())
    for some in _portions(count):
        ids = [people.fingerprint(vault, FIRST_RECIPIENT + n) for n in some]
        chats = [people.new_row(vault, one, FIRST_RECIPIENT + n) for one, n in zip(ids, some, strict=True)]
        named = [{**row, "name": f"楼栋长{n}"} for row, n in zip(chats, some, strict=True)]
        await people.add(desk.tx, named)
        registered: list[dict[str, Any]] = [
            {"person_id": one, "name": row["name"], "state": "active"} for one, row in zip(ids, named, strict=True)
        ]
        await desk.tx.execute(insert(members), registered)
        held = [
            {"person_id": one, "role": ROLE, "node_id": places[n % len(places)]}
            for one, n in zip(ids, some, strict=True)
        ]
        await desk.tx.execute(insert(duties), held)


def _portions(count: int) -> Iterator[range]:
    for first in range(0, count, _AT_ONCE):
        yield range(first, min(count, first + _AT_ONCE))
