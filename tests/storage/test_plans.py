"""What is asked each second, or of a large table, is answered by the index that was made for it."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import (
    broadcasts,
    conflicts,
    figures,
    looks,
    mutes,
    orders,
    recipients,
    resettling,
    rounds,
    standing,
    whistleblowers,
)
from storage.database import Database
from storage.migrations import upgrade
from storage.orders import Reach, Turn
from storage.seals import Seal, make_keys, read_keys

NOON = datetime(2026, 11, 26, 4, tzinfo=UTC)
HOLDER = Reach(person_id=7, watches=True)
Asked = Callable[[AsyncConnection, Seal], Awaitable[Any]]
ASKED: dict[str, Asked] = {
    "ix_broadcasts_reminding": broadcasts.reminding,
    "ix_rounds_stale": lambda tx, _: rounds.stale(tx, 10),
    "ix_recipients_nudge": lambda tx, _: tx.execute(recipients._NEXT, {"broadcast": 1, "most": 10}),
    "ix_duties_ending": lambda tx, _: whistleblowers.ending(tx, 0, NOON, 10),
    "ix_mutes_owner": lambda tx, _: tx.execute(mutes._UNTIL, {"whose": 7, "now": NOON}),
    "ix_media_look_c": lambda tx, _: tx.execute(looks._ALIKE, {name: [1, 2] for name in looks.QUARTERS}),
    "ix_media_sha256": lambda tx, _: tx.execute(looks._SAME, {"content": "ab"}),
    "ix_clocks_open": lambda tx, _: standing.without_clock(tx, 10),
    "ix_cases_handler_open": lambda tx, _: tx.execute(standing._OF_HANDLER, {"who": 7, "most": 10}),
    "ix_nudged_recipient": lambda tx, _: tx.execute(standing._TOLD, {"to": "unit:1", "since": NOON}),
    "ix_conflicts_case": lambda tx, _: tx.execute(conflicts._SET, {"case": 1}),
    "ix_supervisions_watching": lambda tx, _: orders.page(
        tx, HOLDER, orders.checking(HOLDER, NOON), Turn(), 9, newest=False
    ),
    "ix_cases_status_open": lambda tx, _: figures.on_books(tx, "unit_id", "/1/"),
    "ix_cases_near_open": lambda tx, _: resettling.dots(tx, "/1/", 100),
}


@pytest.mark.parametrize("index", ASKED)
async def test_the_index_is_used(tmp_path: Path, index: str) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/x.db"
    await upgrade(url)
    make_keys(tmp_path / "keys")
    opened = Database(url)
    said: list[tuple[str, Any]] = []

    def hears(_connection: Any, _cursor: Any, statement: str, given: Any, *_rest: Any) -> None:
        said.append((statement, given))

    try:
        async with opened.write() as tx:
            event.listen(tx.engine.sync_engine, "before_cursor_execute", hears)
            await ASKED[index](tx, read_keys(tmp_path / "keys").content)
            event.remove(tx.engine.sync_engine, "before_cursor_execute", hears)
            statement, given = said[0]
            plan = (await tx.exec_driver_sql(f"explain query plan {statement}", given)).all()
    finally:
        await opened.close()
    assert any(index in str(step) for step in plan), plan
