"""A founded district whose database looks as after years of service: very many cases that ended, made by SQLite."""

import shutil
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from bot import demo
from bot.app import App
from bot.demo_town import settings_for
from storage.migrations import upgrade

NOWHERE = "http://127.0.0.1:1"
"""No Bot API: whatever is owed stays in the outbox."""

DATABASE = "yashu.db"
FIRST_OPEN = 100_000_000
"""The numbers of cases that are still open begin here; what ended stands before them."""

_MOMENT = "strftime('%Y-%m-%d %H:%M:%f000', 'now', {})"
_COUNT = "with recursive n(i) as (select {first} union all select i + 1 from n where i < {last})"
_CASES = """
insert into cases (id, number, draft, reporter, matter, level, colour, visibility, status, text, place, node_id,
    unit_id, handler_id, closer_id, registered_at, dispatched_at, accepted_at, contacted_at, resolved_at, closed_at,
    due_at, result, outcome)
select i, 'L' || i, 'lab ' || i, 'lab ' || i, 'H01a', 'community', 'none', 'P', :status,
    '楼下第' || (i % 97) || '盏路灯不亮，晚上走路看不见', '新港小区' || (i % 41) || '栋',
    node.id, unit.id, who.id, who.id,
    {registered}, {dispatched}, {dispatched}, {dispatched}, {resolved}, {closed}, {due}, :result, :outcome
from n, (select id from nodes where code = 'DX010101') node, (select id from units where code = 'xinmao') unit,
    (select person_id id from duties d join units u on u.id = d.unit_id where u.code = 'xinmao' limit 1) who
"""
_HISTORY = """
insert into history (case_id, at, action, role, before, after, unit_id)
select i, {at}, :action, :role, :before, :after, unit.id from n, (select id from units where code = 'xinmao') unit
"""
_CLOCK = (
    "insert into clocks (case_id, kind, step, audience, at, fired_at) select i, :kind, 1, :to, {at}, {fired} from n"
)


async def found(folder: Path) -> None:
    """Keys, tables and the demo district in an empty folder."""
    settings = settings_for(folder, NOWHERE)
    await upgrade(settings.database)
    app = App(settings)
    await app.at_desk(lambda desk: demo.found(desk, demo.read()))
    await app.database.close()


def aged(template: Path, folder: Path, closed: int) -> Path:
    """A copy of a founded folder with so many cases that ended, with rung clocks, archive clocks and history."""
    shutil.copytree(template, folder)
    with _opened(folder) as base:
        _close(base, closed)
    return folder


def with_open(folder: Path, count: int, status: str) -> list[int]:
    """The numbers of so many more cases of one unit that are open in this status; no clock of theirs runs."""
    with _opened(folder) as base:
        numbers = _COUNT.format(first=FIRST_OPEN, last=FIRST_OPEN + count - 1)
        begun, due = _moment("'-1 day'"), _moment("'+2 days'")
        moments = {"registered": begun, "dispatched": begun, "resolved": "null", "closed": "null", "due": due}
        base.execute(numbers + _CASES.format(**moments), {"status": status, "result": None, "outcome": None})
        if status == "dispatched":
            base.execute(
                "update cases set handler_id = null, accepted_at = null, contacted_at = null where id >= ?",
                (FIRST_OPEN,),
            )
        base.execute("update cases set closer_id = null where id >= ?", (FIRST_OPEN,))
    return list(range(FIRST_OPEN, FIRST_OPEN + count))


def _close(base: sqlite3.Connection, count: int) -> None:
    numbers = _COUNT.format(first=1, last=count)
    ago = _moment("'-' || (6 + i % 20) || ' days'")
    moments = dict.fromkeys(("registered", "dispatched", "resolved", "closed", "due"), ago)
    base.execute(numbers + _CASES.format(**moments), {"status": "closed", "result": "换了灯泡", "outcome": "solved"})
    for action, role, before, after in (
        ("submit", "reporter", "draft", "registered"),
        ("rate", "reporter", "feedback", "closed"),
    ):
        line = {"action": action, "role": role, "before": before, "after": after}
        base.execute(numbers + _HISTORY.format(at=ago), line)
    rung = {"kind": "ask_rating", "to": "reporter"}
    base.execute(numbers + _CLOCK.format(at=ago, fired=ago), rung)
    later = _moment("'+' || (1 + i % 23) || ' days'")
    base.execute(numbers + _CLOCK.format(at=later, fired="null"), {"kind": "archive", "to": "system"})


def _moment(shift: str) -> str:
    return _MOMENT.format(shift)


@contextmanager
def _opened(folder: Path) -> Generator[sqlite3.Connection]:
    """The file, written without waiting for the disk: whoever dies meanwhile begins anew."""
    base = sqlite3.connect(folder / DATABASE)
    base.execute("pragma synchronous = off")
    base.execute("pragma cache_size = -200000")
    try:
        yield base
        base.commit()
        base.execute("pragma wal_checkpoint(truncate)")
    finally:
        base.close()
