"""What hung on places that are no more follows to what they have become; what nobody can know is told to people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.cases.errors import CannotRedraw
from bot.cases.redrawing import Line, What, by_words
from bot.desk import outlines
from bot.desk.desk import Desk
from storage import members, redrawing, resettling
from storage.redrawing import Place
from storage.resettling import Held, Standing


@dataclass(frozen=True, slots=True)
class Ways:
    """From where to where: every home is one of the places that began; `default` takes what cannot be placed.

    `remembered` and `dropped` are what the re-drawing changed that is taken back now.
    """

    number: int
    ended: Sequence[Place]
    homes: Sequence[Place]
    default: Place | None
    remembered: Mapping[tuple[What, int], int | None]
    dropped: Sequence[Line]

    @property
    def from_ids(self) -> list[int]:
        """The places that are no more."""
        return [place.id for place in self.ended]

    @property
    def home_ids(self) -> list[int]:
        """What they have become."""
        return [place.id for place in self.homes]

    @property
    def only(self) -> int | None:
        """The single home, or the one named as default."""
        if self.default is not None:
            return self.default.id
        return self.homes[0].id if len(self.homes) == 1 else None

    @property
    def above(self) -> int:
        """Where something stays that belongs to none of the homes for certain: the place above them."""
        return self.homes[0].parent_id or self.homes[0].id

    def back(self, what: What, row_id: int) -> int | None:
        """Where this row stood before the re-drawing that is taken back, if that is valid again."""
        home = self.remembered.get((what, row_id))
        return home if home in self.home_ids else None


@dataclass(frozen=True, slots=True)
class Resettled:
    """What followed: how many cases, and which of them (by id) belong to no home for certain; and what else.

    `people` are (name, role, homes) of those now at several places, `units` names of units that could be elsewhere too;
    both wait for a decision of people.
    """

    cases: int = 0
    unplaced: tuple[int, ...] = ()
    duties: int = 0
    people: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    units: tuple[str, ...] = ()
    groups: int = 0
    invitations: int = 0
    subscribers: int = 0
    broadcasts: tuple[int, ...] = field(default=())


async def resettle(desk: Desk, ways: Ways) -> Resettled:
    """Let everything follow and write it into the history. Raises CannotRedraw where a default must be named."""
    if not ways.ended:
        return Resettled(broadcasts=await _broadcasts(desk, ways))
    cases, unplaced = await _cases(desk, ways)
    duties, people = await _duties(desk, ways)
    units_moved = await _rows(desk, ways, What.UNIT, await resettling.units_at(desk.tx, ways.from_ids))
    invited = await resettling.invitations_at(desk.tx, ways.from_ids)
    await _rows(desk, ways, What.INVITATION, invited)
    groups = await resettling.groups_at(desk.tx, ways.from_ids)
    await _rows(desk, ways, What.GROUP, groups)
    names = [row[2] for row in units_moved]
    several = len(ways.homes) > 1 or len({row[1] for row in units_moved}) > 1
    return Resettled(
        cases=cases,
        unplaced=tuple(unplaced),
        duties=duties,
        people=tuple(people),
        units=tuple(names) if several else (),
        groups=len(groups),
        invitations=len(invited),
        subscribers=await resettling.subscribe_to(desk.tx, ways.from_ids, ways.home_ids),
        broadcasts=await _broadcasts(desk, ways),
    )


def home_of(ways: Ways, case: Standing) -> int | None:
    """Where a case belongs: where it came from, the only home, that of its point, of its words; else the default."""
    if back := ways.back(What.CASE, case.id):
        return back
    if len(ways.homes) == 1:
        return ways.homes[0].id
    if case.latitude is not None and case.longitude is not None:
        for home in sorted(ways.homes, key=lambda one: one.code):
            if home.boundary is not None and outlines.holds(home.boundary, case.latitude, case.longitude):
                return home.id
    return by_words(case.words, {home.id: home.named for home in ways.homes}) or (
        ways.default.id if ways.default else None
    )


async def _cases(desk: Desk, ways: Ways) -> tuple[int, list[int]]:
    standing = await resettling.open_cases(desk.tx, ways.from_ids)
    found = {case.id: home_of(ways, case) for case in standing}
    where = {number: home or ways.above for number, home in found.items()}
    await resettling.move_cases(desk.tx, where)
    lines = [
        Line(What.CASE, case.id, case.node_id, where[case.id], {} if found[case.id] else {"unplaced": True})
        for case in standing
    ]
    await redrawing.write_lines(desk.tx, ways.number, lines)
    return len(standing), [case.id for case in standing if found[case.id] is None]


async def _duties(desk: Desk, ways: Ways) -> tuple[int, list[tuple[str, str, tuple[str, ...]]]]:
    """Whoever was responsible still is, for all that it has become; nobody is there twice."""
    held = await resettling.held_at(desk.tx, ways.from_ids, desk.now())
    there = {(one.node_id, *one.same) for one in await resettling.held_at(desk.tx, ways.home_ids, desk.now())}
    lines, doubtful = list[Line](), dict[tuple[str, str], tuple[str, ...]]()
    for one in held:
        back = ways.back(What.DUTY, one.id)
        homes = [back] if back else [ways.only, *(home for home in ways.home_ids if home != ways.only)]
        fresh = [home for home in homes if home is not None and (home, *one.same) not in there]
        there |= {(home, *one.same) for home in fresh}
        lines.append(await _settle(desk, one, fresh))
        if len(homes) > 1 and len(ways.homes) > 1:
            doubtful[one.name, one.columns["role"]] = tuple(home.name for home in ways.homes)
    await redrawing.write_lines(desk.tx, ways.number, lines)
    await _give_back(desk, ways, there)
    return len({one.same[:2] for one in held}), [(*who, homes) for who, homes in doubtful.items()]


async def _settle(desk: Desk, one: Held, homes: Sequence[int]) -> Line:
    if not homes:
        await members.end_duty(desk.tx, one.id)
        return Line(What.DROPPED, one.id, one.node_id, None, _facts(one))
    await members.change_duty(desk.tx, one.id, node_id=homes[0])
    await members.appoint(desk.tx, [{**one.columns, "node_id": home} for home in homes[1:]])
    return Line(What.DUTY, one.id, one.node_id, homes[0])


def _facts(one: Held) -> dict[str, Any]:
    """What is kept to give a duty back. Whose it is says the register, so nothing here outlives being forgotten."""
    until, person = one.columns["until"], None if one.columns["member_id"] else one.columns["person_id"]
    return {**one.columns, "person_id": person, "until": until.isoformat() if until else None}


async def _give_back(desk: Desk, ways: Ways, there: set[tuple[Any, ...]]) -> None:
    """Duties that were dropped because two were the same: both are wanted again, where they were."""
    for line in ways.dropped:
        until = line.facts["until"]
        kept = {**line.facts, "until": datetime.fromisoformat(until) if until else None}
        columns = await resettling.still_theirs(desk.tx, kept, desk.now())
        one = Held(line.row_id, line.before or 0, "", columns or kept)
        if columns and line.before in ways.home_ids and (line.before, *one.same) not in there:
            await members.appoint(desk.tx, [{**columns, "node_id": line.before}])


async def _rows(desk: Desk, ways: Ways, what: What, rows: Sequence[tuple[Any, ...]]) -> Sequence[Any]:
    """Units, groups and invitations stand at one place each. A group may stay above; for the others people decide."""
    where: dict[int, int] = {}
    for row in rows:
        home = ways.back(what, row[0]) or ways.only or (ways.above if what is What.GROUP else None)
        if home is None:
            raise CannotRedraw(what=f"default_for_{what.value}", value=str(row[2] if len(row) > 2 else len(rows)))
        where[row[0]] = home
    await resettling.move_rows(desk.tx, what, where)
    await redrawing.write_lines(desk.tx, ways.number, [Line(what, row[0], row[1], where[row[0]]) for row in rows])
    return rows


async def _broadcasts(desk: Desk, ways: Ways) -> tuple[int, ...]:
    """What waits to be said goes to where its place is now. Returns those whose place has become several."""
    doubtful: list[int] = []
    for number, audience in await resettling.broadcasts_ahead(desk.tx):
        last = [int(part) for part in audience["path"].split("/") if part][-1:]
        if not last:
            continue
        home = ways.only if last[0] in ways.from_ids else last[0]
        if home is None:
            doubtful.append(number)
            continue
        path = (await redrawing.by_ids(desk.tx, [home]))[home].path
        if path != audience["path"]:
            await resettling.change_audience(desk.tx, number, {**audience, "path": path})
    return tuple(doubtful)


async def now_at(desk: Desk, node_id: int) -> list[Place]:
    """What a place is now: itself while it is valid, else all that it has become, however often it was re-drawn."""
    place = (await redrawing.by_ids(desk.tx, [node_id])).get(node_id)
    found: dict[int, Place] = {}
    waiting, seen = [place] if place else [], set[int]()
    while waiting:
        one = waiting.pop()
        if one.valid_to is None:
            found[one.id] = one
        elif one.id not in seen:
            seen.add(one.id)
            number = await redrawing.ended_in(desk.tx, one.id)
            waiting += await redrawing.of_redrawing(desk.tx, number, What.BEGAN) if number else []
    return sorted(found.values(), key=lambda one: one.code)


async def place_now(desk: Desk, node_id: int, point: tuple[float | None, float | None], words: str) -> int | None:
    """The valid place for what belongs to a place that may be no more: one of its homes, or what is above them."""
    homes = await now_at(desk, node_id)
    if not homes:
        return None
    if len(homes) == 1:
        return homes[0].id
    ways = Ways(0, (), homes, None, {}, ())
    return home_of(ways, Standing(0, "", node_id, *point, words)) or _common(homes)


def _common(homes: Sequence[Place]) -> int | None:
    """The lowest place above all of them."""
    ways = [[int(part) for part in home.path.split("/") if part] for home in homes]
    shared = [first for first, *rest in zip(*ways, strict=False) if all(one == first for one in rest)]
    return shared[-1] if shared else None
