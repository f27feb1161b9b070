"""However the grid is re-drawn, it stays a tree in which every point has one place, and all of it can be taken back."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import unary_union
from shapely.geometry import Point, box, mapping, shape
from sqlalchemy import select, text, update

from bot.app import open_office
from bot.cases.errors import CannotRedraw
from bot.cases.redrawing import Kind, NewPlace
from bot.demo_town import settings_for
from bot.desk import past, redrawing
from bot.desk.desk import Clock, Desk
from bot.desk.redrawing import Done, Plan
from storage import grid
from storage.database import Database
from storage.migrations import upgrade
from storage.seals import make_keys
from storage.tables import cases, duties, members, nodes

ALLOWED = {"later_first", "undone_already", "parent_gone"}
"""What a random re-drawing may be refused for; everything else is a defect of this test or of the product."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated installation."""
    place = tmp_path_factory.mktemp("grid")
    make_keys(place / "keys")
    asyncio.run(upgrade(settings_for(place, "http://127.0.0.1:1").database))
    return place


class Rolled(Exception):
    """Ends a transaction of which nothing is kept."""


@contextlib.asynccontextmanager
async def at_work(folder: Path) -> AsyncGenerator[Desk]:
    """A desk over a transaction that is given up at the end."""
    here = settings_for(folder, "http://127.0.0.1:1")
    database, office = Database(here.database), open_office(here, Clock())
    try:
        with contextlib.suppress(Rolled):
            async with database.write() as tx:
                yield Desk(tx, office, office.clock.now(), "test")
                raise Rolled
    finally:
        await database.close()


class Land:
    """A square district in which every place is cut in halves: 2 towns, 4 communities, 8 groups, 16 buildings."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.made = 0

    async def settle(self) -> None:
        """Make it, with an open and a closed case in every building and somebody for every place."""
        await self._place(None, (0.0, 0.0, 16.0, 16.0), 1)

    async def _place(self, parent_id: int | None, area: tuple[float, float, float, float], depth: int) -> None:
        self.made += 1
        row = {"code": f"P{self.made}", "name": f"第{self.made}格", "depth": depth, "parent_id": parent_id}
        boundary = mapping(box(*area))
        node_id = await grid.add(self.desk.tx, {**row, "boundary": boundary, "households": depth})
        member = {"name": f"人{self.made}", "state": "active"}
        number = (await self.desk.tx.execute(members.insert().returning(members.c.id), member)).scalar_one()
        await self.desk.tx.execute(duties.insert(), {"member_id": number, "role": "grid_member", "node_id": node_id})
        if depth == 5:
            await self._cases(node_id, area)
            return
        west, south, east, north = area
        middle_x, middle_y = (west + east) / 2, (south + north) / 2
        halves = (
            ((west, south, middle_x, north), (middle_x, south, east, north))
            if depth % 2
            else ((west, south, east, middle_y), (west, middle_y, east, north))
        )
        for half in halves:
            await self._place(node_id, half, depth + 1)

    async def _cases(self, node_id: int, area: tuple[float, float, float, float]) -> None:
        now = self.desk.now()
        for closed_at in (None, now):
            name = f"{node_id}-{closed_at is not None}"
            point = Random(node_id).uniform(area[0], area[2]), Random(-node_id).uniform(area[1], area[3])
            row = {
                **dict.fromkeys(("number", "draft", "reporter"), name),
                **{"matter": "H01a", "level": "community", "colour": "none", "visibility": "P", "status": "triage"},
                **{"text": "灯", "place": "", "longitude": point[0], "latitude": point[1], "node_id": node_id},
                **{"registered_at": now, "closed_at": closed_at},
            }
            await self.desk.tx.execute(cases.insert(), row)

    async def tree(self) -> dict[int, Any]:
        """All places, valid or not."""
        rows = (await self.desk.tx.execute(select(nodes))).mappings().all()
        return {row["id"]: dict(row) for row in rows}

    async def valid(self) -> dict[int, Any]:
        """The tree as it is now."""
        return {number: one for number, one in (await self.tree()).items() if one["valid_to"] is None}

    async def held(self) -> set[tuple[str, int]]:
        """Who is for what."""
        question = select(members.c.name, duties.c.node_id).join(members, members.c.id == duties.c.member_id)
        found = [(row[0], row[1]) for row in (await self.desk.tx.execute(question)).all()]
        assert len(found) == len(set(found)), "nobody is for the same place twice"
        return set(found)

    async def cases_at(self, *, closed: bool) -> dict[str, int]:
        """Where the cases are."""
        of = cases.c.closed_at.is_not(None) if closed else cases.c.closed_at.is_(None)
        rows = await self.desk.tx.execute(select(cases.c.number, cases.c.node_id).where(of))
        return {row[0]: row[1] for row in rows.all()}

    async def stands(self) -> None:
        """What must be true of any grid."""
        tree, valid = await self.tree(), await self.valid()
        for number, one in tree.items():
            above = tree[one["parent_id"]]["path"] if one["parent_id"] else "/"
            assert one["path"] == f"{above}{number}/"
        for one in valid.values():
            if one["depth"] > 1:
                assert valid[one["parent_id"]]["depth"] == one["depth"] - 1
        parents = {one["parent_id"] for one in valid.values()}
        leaves = [shape(one["boundary"]) for number, one in valid.items() if number not in parents and one["boundary"]]
        assert sum(leaf.area for leaf in leaves) == pytest.approx(256), "nothing is in two leaves"
        assert unary_union(leaves).area == pytest.approx(256), "nothing is in none"
        assert {home for _, home in await self.held()} <= set(valid)
        points = await self.desk.tx.execute(
            select(cases.c.node_id, cases.c.longitude, cases.c.latitude).where(cases.c.closed_at.is_(None))
        )
        for node_id, longitude, latitude in points.all():
            assert shape(valid[node_id]["boundary"]).distance(Point(longitude, latitude)) < 1e-9


def pick(among: Sequence[Any], number: int) -> Any:
    return among[number % len(among)]


async def planned(land: Land, kind: Kind, one: int, two: int) -> Plan | None:
    """Some re-drawing of this kind; None where nothing fits."""
    desk, valid = land.desk, list((await land.valid()).values())
    land.made += 2
    codes = f"P{land.made - 1}", f"P{land.made}"
    if kind is Kind.SPLIT:
        place = pick([node for node in valid if node["depth"] > 1 and node["boundary"]], one)
        below = [node for node in valid if node["parent_id"] == place["id"]]
        if len(below) == 1:
            return None
        return await redrawing.split(desk, place["code"], parts_of(place, below, codes, two), reason="大")
    if kind is Kind.MERGE:
        place = pick([node for node in valid if node["depth"] > 1], one)
        beside = [node for node in valid if node["parent_id"] == place["parent_id"]]
        if len(beside) < 2:
            return None
        chosen = Random(two).sample(beside, 2)
        new = NewPlace(code=codes[0], name=f"合{codes[0]}")
        return await redrawing.merge(desk, [node["code"] for node in chosen], new, reason="小")
    place = pick([node for node in valid if node["depth"] > 2], one)
    parents = [node for node in valid if node["depth"] == place["depth"] - 1 and node["id"] != place["parent_id"]]
    lonely = sum(node["parent_id"] == place["parent_id"] for node in valid) < 2
    return (
        None
        if lonely or not parents
        else await redrawing.move(desk, place["code"], pick(parents, two)["code"], reason="近")
    )


def parts_of(place: Any, below: Sequence[Any], codes: tuple[str, str], two: int) -> list[NewPlace]:
    """By a list of what is below, or by two boundaries."""
    if below:
        cut = 1 + two % (len(below) - 1)
        children = [node["code"] for node in below]
        listed = zip(codes, (children[:cut], children[cut:]), strict=True)
        return [NewPlace(code=code, name=f"分{code}", children=tuple(some)) for code, some in listed]
    area = shape(place["boundary"])
    west, south, east, north = area.bounds
    middle = west + (east - west) * (0.3 + two % 5 / 10)
    halves = box(west, south, middle, north), box(middle, south, east, north)
    drawn = zip(codes, (area.intersection(half) for half in halves), strict=True)
    return [NewPlace(code=code, name=f"分{code}", boundary=mapping(half)) for code, half in drawn]


async def there_and_back(land: Land, plan: Plan) -> None:
    """Done, taken back, and done again: each time all is as it was."""
    desk = land.desk
    before = await land.valid(), await land.cases_at(closed=False), await land.held()
    looked = await redrawing.look(desk, plan)
    assert (await land.valid(), await land.cases_at(closed=False), await land.held()) == before
    done = await redrawing.carry_out(desk, plan)
    assert told(looked) == told(done), "a look tells exactly what happens"
    after = await land.valid(), await land.cases_at(closed=False)
    await land.stands()
    back = await redrawing.carry_out(desk, await redrawing.undo(desk, done.number, reason="错"))
    assert (await land.valid(), await land.cases_at(closed=False), await land.held()) == before
    await land.stands()
    await redrawing.carry_out(desk, await redrawing.undo(desk, back.number, reason="对"))
    assert (await land.valid(), await land.cases_at(closed=False)) == after
    await land.stands()


def told(done: Done) -> Any:
    """What a look and a deed say alike: new places have their codes, numbers may differ."""
    codes = [[place.code for place in places] for places in (done.ended, done.began, done.moved)]
    return done.kind, codes, done.below, done.followed


STEP = st.tuples(st.sampled_from([Kind.SPLIT, Kind.MERGE, Kind.MOVE, Kind.UNDO]), st.integers(0, 99), st.integers(0, 9))


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEP, min_size=1, max_size=4))
def test_any_sequence_leaves_a_tree_and_can_be_taken_back(folder: Path, steps: list[tuple[Kind, int, int]]) -> None:
    async def live() -> None:
        async with at_work(folder) as desk:
            land = Land(desk)
            await land.settle()
            closed = await land.cases_at(closed=True)
            for kind, one, two in steps:
                with contextlib.suppress(CannotRedraw):
                    await step(land, kind, one, two)
                await land.stands()
            assert await land.cases_at(closed=True) == closed, "history stays where it happened"

    asyncio.run(live())


async def step(land: Land, kind: Kind, one: int, two: int) -> None:
    try:
        if kind is not Kind.UNDO:
            if (plan := await planned(land, kind, one, two)) is not None:
                await there_and_back(land, plan)
            return
        known = (await land.desk.tx.execute(text("select max(id) from redrawings"))).scalar()
        if known:
            savepoint = await land.desk.tx.begin_nested()
            try:
                await redrawing.carry_out(land.desk, await redrawing.undo(land.desk, 1 + one % known, reason="撤"))
            except CannotRedraw:
                await savepoint.rollback()
                raise
    except CannotRedraw as error:
        assert error.what in ALLOWED, error.facts
        raise


async def test_what_a_place_was_on_a_day_is_known_for_ever(folder: Path) -> None:
    async with at_work(folder) as desk:
        land = Land(desk)
        await land.settle()
        days = [datetime(2027, 1, day, tzinfo=UTC) for day in range(1, 7)]
        tree = {one["id"]: one["code"] for one in (await land.tree()).values()}
        seen: list[dict[str, list[str]]] = []
        numbers: list[int] = []
        for day in days:
            desk.moment = day
            kind = Kind.MOVE if day.day % 2 else Kind.SPLIT
            plan = (
                await redrawing.undo(desk, numbers[-1], reason="撤")
                if day.day in {3, 6}
                else await planned(land, kind, day.day * 5, day.day)
            )
            assert plan is not None
            numbers.append((await redrawing.carry_out(desk, plan)).number)
            seen.append(await ways(land))
        for day, then in zip(days, seen, strict=True):
            now = await land.tree()
            found = {
                one["code"]: [
                    place.code for place in await past.path_on(desk, (await past.history(desk, one["code"]))[0], day)
                ]
                for one in now.values()
            }
            assert {code: way for code, way in found.items() if way} == then
        assert len(tree) == 31
        assert any(one != other for one, other in pairwise(seen))


async def ways(land: Land) -> dict[str, list[str]]:
    """The path of every valid place, as codes."""
    valid = await land.valid()
    return {
        one["code"]: [valid[int(part)]["code"] for part in one["path"].split("/") if part] for one in valid.values()
    }


async def test_a_town_of_a_thousand_places_moves_at_once(folder: Path) -> None:
    async with at_work(folder) as desk:
        top = await grid.add(desk.tx, {"code": "T", "name": "区", "depth": 1})
        towns = [await grid.add(desk.tx, {"code": f"T{n}", "name": "镇", "depth": 2, "parent_id": top}) for n in (1, 2)]
        moved = await grid.add(desk.tx, {"code": "C", "name": "社区", "depth": 3, "parent_id": towns[0]})
        group = await grid.add(desk.tx, {"code": "G", "name": "组", "depth": 4, "parent_id": moved})
        for number in range(1000):
            await grid.add(desk.tx, {"code": f"B{number}", "name": "栋", "depth": 5, "parent_id": group})
        began = perf_counter()
        done = await redrawing.carry_out(desk, await redrawing.move(desk, "C", "T2", reason="划转"))
        took = perf_counter() - began
        assert done.below == 1001
        inside = nodes.c.path.startswith(f"/{top}/{towns[1]}/{moved}/{group}/")
        assert len((await desk.tx.execute(select(nodes.c.id).where(inside))).all()) == 1001
        assert took < 1, took


async def test_an_old_duty_that_has_ended_stays_with_the_old_place(folder: Path) -> None:
    async with at_work(folder) as desk:
        land = Land(desk)
        await land.settle()
        first = next(one for one in (await land.valid()).values() if one["depth"] == 5)
        over = desk.now() - timedelta(days=1)
        await desk.tx.execute(update(duties).where(duties.c.node_id == first["id"]).values(until=over))
        parts = parts_of(first, [], ("X1", "X2"), 2)
        done = await redrawing.carry_out(desk, await redrawing.split(desk, first["code"], parts, reason="大"))
        assert done.followed.duties == 0
        assert first["id"] in {home for _, home in await land.held()}
