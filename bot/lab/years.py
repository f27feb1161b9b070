"""A founded district whose database looks as after years of service: very many cases that ended, made by its database.

SQLite and PostgreSQL alike; the questions differ only in how a moment is written.
"""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import Column, MetaData, Table, Text, and_, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from bot import demo
from bot.app import App
from bot.cases.searching import pieces
from bot.config import Settings
from bot.demo_town import settings_for
from storage import counters
from storage.migrations import upgrade
from storage.tables import Pieces, case_words, cases
from storage.words import index_anew

NOWHERE = "http://127.0.0.1:1"
"""No Bot API: whatever is owed stays in the outbox."""

FIRST_OPEN = 100_000_000
"""The numbers of cases that are still open begin here; what ended stands before them."""

FAR = 1_000_000_000
"""Beyond the last line of the history."""
_said = Table(
    "lab_said",
    MetaData(),
    Column("text", Text, primary_key=True),
    Column("place", Text, primary_key=True),
    Column("pieces", Pieces),
    prefixes=["temporary"],
)
MOMENTS = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', 'now', {})",
    "postgresql": "now() + cast({} as interval)",
}
HURRY = {
    "sqlite": ("pragma synchronous = off", "pragma cache_size = -200000"),
    "postgresql": ("set synchronous_commit = off",),
}
CARE = {"sqlite": "pragma wal_checkpoint(truncate)", "postgresql": "vacuum analyze"}
NONE = {"sqlite": "null", "postgresql": "cast(null as timestamptz)"}
_COUNT = "with recursive n(i) as (select {first} union all select i + 1 from n where i < {last})"
_CASES = """
insert into cases (id, number, draft, reporter, matter, level, colour, visibility, status, text, place, node_id,
    unit_id, handler_id, closer_id, registered_at, dispatched_at, accepted_at, contacted_at, resolved_at, closed_at,
    due_at, result, outcome)
{count} select i, 'L' || i, 'lab ' || i, 'lab ' || i, 'H01a', 'community', 'none', 'P', :status,
    '楼下第' || (i % 97) || '盏路灯不亮，晚上走路看不见', '新港小区' || (i % 41) || '栋',
    node.id, unit.id, who.id, who.id,
    {registered}, {dispatched}, {dispatched}, {dispatched}, {resolved}, {closed}, {due}, :result, :outcome
from n join (select id, row_number() over (order by id) - 1 as turn from nodes where code like 'DX0101%') node
    on node.turn = i % (select count(*) from nodes where code like 'DX0101%'),
    (select id from units where code = 'xinmao') unit,
    (select person_id id from duties d join units u on u.id = d.unit_id where u.code = 'xinmao' limit 1) who
"""
_HISTORY = """
insert into history (case_id, at, action, role, before, after, unit_id)
{count} select i, {at}, :action, :role, :before, :after, unit.id
from n, (select id from units where code = 'xinmao') unit
"""
_CLOCK = """
insert into clocks (case_id, kind, step, audience, at, fired_at)
{count} select i, :kind, 1, :audience, {at}, {fired} from n
"""


async def found(folder: Path, address: str | None = None) -> Settings:
    """Keys, tables and the demo district in an empty folder; `address`: of an empty database that is not in it."""
    settings = settings_for(folder, NOWHERE, **({} if address is None else {"database_url": address}))
    await upgrade(settings.database)
    app = App(settings)
    await app.at_desk(lambda desk: demo.found(desk, demo.read()))
    await app.database.close()
    return settings


async def aged(settings: Settings, closed: int) -> None:
    """Give a founded district so many cases that ended, with rung clocks, archive clocks and history."""
    async with opened(settings) as base:
        numbers = _COUNT.format(first=1, last=closed)
        await _close(base, numbers)


async def with_open(settings: Settings, count: int, status: str) -> list[int]:
    """The numbers of so many more cases of one unit that are open in this status; no clock of theirs runs."""
    async with opened(settings) as base:
        numbers = _COUNT.format(first=FIRST_OPEN, last=FIRST_OPEN + count - 1)
        begun, due, none = _moment(base, "'-1 day'"), _moment(base, "'+2 days'"), NONE[base.dialect.name]
        moments = {"registered": begun, "dispatched": begun, "resolved": none, "closed": none, "due": due}
        await _tell(base, _CASES, numbers, moments, {"status": status, "result": None, "outcome": None})
        if status == "dispatched":
            await base.execute(
                text("update cases set handler_id = null, accepted_at = null, contacted_at = null where id >= :first"),
                {"first": FIRST_OPEN},
            )
        await base.execute(text("update cases set closer_id = null where id >= :first"), {"first": FIRST_OPEN})
    return list(range(FIRST_OPEN, FIRST_OPEN + count))


async def learned(settings: Settings) -> None:
    """What cases are found by, as the job would have learned it; the jobs of words and figures have come to the end."""
    async with opened(settings) as base:
        await base.run_sync(_said.create)
        asked = (await base.execute(select(cases.c.text, cases.c.place).distinct())).all()
        await base.execute(
            insert(_said),
            [{"text": one.text, "place": one.place, "pieces": pieces(f"{one.text}\n{one.place}")} for one in asked],
        )
        alike = and_(_said.c.text == cases.c.text, _said.c.place == cases.c.place)
        known = select(cases.c.id, _said.c.pieces).join_from(cases, _said, alike)
        await base.execute(insert(case_words).from_select(["case_id", "pieces"], known))
        await index_anew(base)
        for name, value in (("words back", 1), ("words", FAR), ("figures", FAR)):
            await counters.put(base, name, value)


async def _close(base: AsyncConnection, numbers: str) -> None:
    ago = _moment(base, "'-' || (6 + i % 20) || ' days'")
    moments: dict[str, str] = dict.fromkeys(("registered", "dispatched", "resolved", "closed", "due"), ago)
    await _tell(base, _CASES, numbers, moments, {"status": "closed", "result": "换了灯泡", "outcome": "solved"})
    for action, role, before, after in (
        ("submit", "reporter", "draft", "registered"),
        ("rate", "reporter", "feedback", "closed"),
    ):
        line = {"action": action, "role": role, "before": before, "after": after}
        await _tell(base, _HISTORY, numbers, {"at": ago}, line)
    rung = {"kind": "ask_rating", "audience": "reporter"}
    await _tell(base, _CLOCK, numbers, {"at": ago, "fired": ago}, rung)
    later = _moment(base, "'+' || (1 + i % 23) || ' days'")
    archive = {"kind": "archive", "audience": "system"}
    await _tell(base, _CLOCK, numbers, {"at": later, "fired": NONE[base.dialect.name]}, archive)


async def _tell(
    base: AsyncConnection, statement: str, numbers: str, parts: Mapping[str, str], given: Mapping[str, str | None]
) -> None:
    await base.execute(text(statement.format(count=numbers, **parts)), given)


def _moment(base: AsyncConnection, shift: str) -> str:
    return MOMENTS[base.dialect.name].format(shift)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncGenerator[AsyncConnection]:
    """The database, written without waiting for the disk: whoever dies meanwhile begins anew.

    Afterwards it is as its own care would have left it: the log taken over, what is in the tables counted.
    """
    engine = create_async_engine(settings.database, poolclass=NullPool)
    try:
        async with engine.connect() as base:
            for order in HURRY[base.dialect.name]:
                await base.execute(text(order))
            yield base
            await base.commit()
        async with engine.connect() as base:
            await base.execution_options(isolation_level="AUTOCOMMIT")
            await base.execute(text(CARE[base.dialect.name]))
    finally:
        await engine.dispose()
