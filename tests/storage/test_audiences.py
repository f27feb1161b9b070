"""Who follows below a place and wants to hear of something: the right ones, once each, found by the index alone."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.broadcast import RESIDENTS, Audience
from bot.cases.topics import Topic
from storage import audiences, grid, subscriptions
from storage.database import Database
from storage.migrations import upgrade
from storage.subscriptions import Subscription
from storage.tables import people

NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
async def tx(tmp_path: Path) -> AsyncGenerator[AsyncConnection]:
    url = f"sqlite+aiosqlite:///{tmp_path}/x.db"
    await upgrade(url)
    opened = Database(url)
    async with opened.write() as tx:
        yield tx
    await opened.close()


async def _grid(tx: AsyncConnection) -> dict[str, int]:
    """A district, its town, communities 1 and 10 (whose paths begin alike), a building in each."""
    ids: dict[str, int] = {}
    above: dict[str, Any] = {"district": None, "town": "district", "one": "town", "b1": "one"}
    for n in range(2, 10):
        above[f"other{n}"] = "town"
    above |= {"ten": "town", "b10": "ten"}
    for depth, (name, parent) in enumerate(above.items()):
        row = {"code": name, "name": name, "depth": min(depth + 1, 4), "parent_id": ids.get(parent or "")}
        ids[name] = await grid.add(tx, row)
    return ids


async def _path(tx: AsyncConnection, node_id: int) -> str:
    return (await grid.path(tx, node_id))[-1].path


async def _heard(tx: AsyncConnection, node_id: int, topic: Topic | None) -> list[int]:
    path = await _path(tx, node_id)
    audience = Audience(role=RESIDENTS, path=path, topic=topic.value if topic else None)
    meant = audiences._meant(audience, NOW)
    return sorted(row.id for row in (await tx.execute(meant)).all())


async def test_below_and_above_but_not_beside_and_only_who_wants_it(tx: AsyncConnection) -> None:
    ids = await _grid(tx)
    who = {1: "one", 2: "b1", 3: "ten", 4: "b10", 5: "town"}
    await tx.execute(insert(people), [{"id": n, "address": b"x"} for n in (*who, 6)])
    every = frozenset(Topic)
    for person, name in who.items():
        await subscriptions.keep(tx, person, Subscription(ids[name], every), NOW)
    await subscriptions.keep(tx, 6, Subscription(ids["one"], every - {Topic.WORKS}), NOW)
    await subscriptions.keep(tx, 1, Subscription(ids["b1"], every), NOW)
    assert await _heard(tx, ids["one"], Topic.WORKS) == [1, 2, 5]
    assert await _heard(tx, ids["one"], Topic.RESULTS) == [1, 2, 5, 6]
    assert await _heard(tx, ids["b1"], Topic.WORKS) == [1, 2, 5]
    assert await _heard(tx, ids["ten"], Topic.WORKS) == [3, 4, 5]
    assert await _heard(tx, ids["town"], Topic.WORKS) == [1, 2, 3, 4, 5]
    assert await _heard(tx, ids["one"], None) == [1, 2, 5, 6]


async def test_the_index_alone_tells_who_wants_it(tx: AsyncConnection) -> None:
    meant = audiences._meant(Audience(role=RESIDENTS, path="/1/2/", topic="works"), NOW)
    words = str(meant.compile(dialect=tx.dialect, compile_kwargs={"literal_binds": True}))
    plan = [row[3] for row in (await tx.execute(text(f"explain query plan {words}".replace(":", r"\:")))).all()]
    assert any("COVERING INDEX ix_subscriptions_node (node_id=?)" in step for step in plan), plan
    assert not any(step.startswith("SCAN subscriptions") for step in plan), plan
