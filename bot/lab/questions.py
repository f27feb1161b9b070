"""Whether a question takes longer among very many cases: those that people and jobs ask, on two databases by turns."""

import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import text

from bot.app import App
from bot.cases.case import Case, Status
from bot.cases.searching import pieces
from bot.desk.desk import Desk
from bot.lab.homes import Kind, homes
from bot.lab.years import aged, found, learned, opened, with_open
from storage import cases, clocks, figures, grid, orders, standing, units
from storage.orders import Reach, Turn, Which

MOST = 1.5
"""So many times longer at most (the median of the ratios within pairs)."""
PAGE = 6
OPEN = 300
SELDOM = 5
"""The case with words that no other has."""
OWNER = 7
OWNED = 20
"""So many cases of each person who reports."""
REPEAT = 5
"""One time is that of so many questions: a single one is too short for a busy machine."""

_REPORTERS = "insert into reporters (ref, owner) select reporter, id / :owned from cases"
_FIGURES = """
insert into figures (day, node_id, unit_id, matter, confidential, filed, sent, closed)
select {day}, coalesce(node_id, 0), coalesce(unit_id, 0), matter, false, count(*), count(*), count(closed_at)
from cases group by 1, 2, 3, 4
"""
_DAY = {"sqlite": "date(registered_at)", "postgresql": "cast(registered_at as date)"}
_SELDOM = "update cases set text = '消防通道被铁门锁住' where id = :row"


@dataclass(frozen=True, kw_only=True)
class Questions:
    """`questions`: of each its median in ms among `few` and among `many` cases, and the median ratio within pairs."""

    ratio: float
    questions: Mapping[str, tuple[float, float, float]]
    few: int
    many: int
    laps: int
    database: Kind

    @property
    def broken(self) -> list[str]:
        """The promises that were not kept."""
        return [
            f"{name} takes more than {MOST:g} times as long"
            for name, (_, _, ratio) in self.questions.items()
            if ratio > MOST
        ]


async def measure(few: int = 10_000, many: int = 1_000_000, laps: int = 15, database: Kind = "sqlite") -> Questions:
    """Ask by turns, `laps` times each after one that does not count; who begins changes from pair to pair."""
    with tempfile.TemporaryDirectory(prefix="yashu-questions-") as name, homes(database, Path(name)) as place:
        pair = [
            await _lane(Path(name) / lane, place.home(lane), count) for lane, count in (("few", few), ("many", many))
        ]
        took: dict[str, list[tuple[float, float]]] = {question: [] for question in QUESTIONS}
        try:
            for lap in range(-1, laps):
                for question, ask in QUESTIONS.items():
                    order = pair if lap % 2 == 0 else pair[::-1]
                    times = {id(app): await _time(app, ask) for app in order}
                    if lap >= 0:
                        took[question].append((times[id(pair[0])], times[id(pair[1])]))
        finally:
            for app in pair:
                await app.database.close()
    found = {
        question: (median(a for a, _ in all_), median(b for _, b in all_), median(b / a for a, b in all_))
        for question, all_ in took.items()
    }
    worst = max(ratio for *_, ratio in found.values())
    return Questions(ratio=worst, questions=found, few=few, many=many, laps=laps, database=database)


async def _lane(folder: Path, address: str | None, count: int) -> App:
    """A district with so many cases, all but a few of which ended: told by many people, with words and figures."""
    settings = await found(folder, address)
    await aged(settings, count - OPEN)
    await with_open(settings, OPEN, Status.HANDLING.value)
    async with opened(settings) as base:
        await base.execute(text(_SELDOM), {"row": SELDOM})
        await base.execute(text(_REPORTERS), {"owned": OWNED})
        await base.execute(text(_FIGURES.format(day=_DAY[base.dialect.name])))
    await learned(settings)
    return App(settings)


async def _time(app: App, ask: Callable[[Desk], Awaitable[Any]]) -> float:
    """How long one takes, in ms."""

    async def often(desk: Desk) -> None:
        for _ in range(REPEAT):
            await ask(desk)

    begin = time.perf_counter()
    await app.at_desk(often)
    return (time.perf_counter() - begin) * 1000 / REPEAT


async def _due(desk: Desk) -> None:
    await clocks.due(desk.tx, desk.now(), PAGE)


async def _mine(desk: Desk) -> None:
    assert len(await cases.of_owner(desk.tx, OWNER, None, PAGE)) == PAGE


async def _number(desk: Desk) -> None:
    assert len(await _page(desk, orders.numbered(["L77"]))) == 1


async def _unit(desk: Desk) -> None:
    unit = await units.by_code(desk.tx, "xinmao")
    assert unit is not None
    assert len(await _page(desk, orders.of_units(Reach(person_id=0, units=(unit.id,))))) == PAGE


async def _late(desk: Desk) -> None:
    await _page(desk, orders.late(desk.now()))


async def _place(desk: Desk) -> None:
    node = await grid.by_code(desk.tx, "DX010101")
    assert node is not None
    assert len(await _page(desk, orders.at_place(node.path))) == PAGE


async def _often(desk: Desk) -> None:
    assert len(await _page(desk, (), "路灯不亮")) == PAGE


async def _seldom(desk: Desk) -> None:
    assert [case.id for case in await _page(desk, (), "铁门锁住")] == [SELDOM]


async def _page(desk: Desk, which: Which, said: str = "") -> list[Case]:
    reach = Reach(person_id=0, everywhere=True)
    return await orders.page(desk.tx, reach, which, Turn(), PAGE, newest=True, pieces=list(pieces(said)))


async def _statistics(desk: Desk) -> None:
    today = desk.now().date()
    total = await figures.total(desk.tx, today - timedelta(days=40), today, None, None, confidential=False)
    assert total.filed > OPEN


async def _by_unit(desk: Desk) -> None:
    today = desk.now().date()
    assert await figures.by(desk.tx, "unit_id", today - timedelta(days=40), today, None)


async def _orphans(desk: Desk) -> None:
    await standing.without_owner(desk.tx, PAGE)


QUESTIONS: Mapping[str, Callable[[Desk], Awaitable[Any]]] = {
    "due clocks": _due,
    "my cases": _mine,
    "a number": _number,
    "the cases of a unit": _unit,
    "what is late": _late,
    "at a place": _place,
    "words that are frequent": _often,
    "words that are rare": _seldom,
    "figures of the district": _statistics,
    "figures by unit": _by_unit,
    "cases without an owner": _orphans,
}
