"""Splitting, merging and moving places of the grid, and taking it back: looked at first, then done at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.cases.errors import CannotRedraw
from bot.cases.grid_file import CODE, READERS, Odd
from bot.cases.redrawing import LONGEST_REASON, Entry, Kind, Line, NewPlace, What, still_in_force, taken_back
from bot.desk import outlines, resettling, routing
from bot.desk.desk import Desk
from bot.desk.resettling import Resettled
from bot.outbox.letters import Kind as Kinds
from bot.outbox.letters import Letter
from storage import cases, grid, redrawing, units
from storage.redrawing import Place

DISTRICT, LEAF = 1, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be done: places that are made and end, and lines that are known already.

    `children` says in which new place (by code) each place below an ended one goes; `default` names where whatever
    cannot be placed goes.
    """

    kind: Kind
    reason: str
    ends: tuple[Place, ...] = ()
    makes: tuple[NewPlace, ...] = ()
    children: Mapping[int, str] = field(default_factory=dict[int, str])
    lines: tuple[Line, ...] = ()
    default: str | None = None
    undoes: int | None = None
    remembered: Mapping[tuple[What, int], int | None] = field(default_factory=dict[tuple[What, int], int | None])
    dropped: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was done, or would be: places that ended, began and moved, how many hang on them, and what followed."""

    number: int
    kind: Kind
    ended: tuple[Place, ...]
    began: tuple[Place, ...]
    moved: tuple[Place, ...]
    below: int
    followed: Resettled


async def split(desk: Desk, code: str, parts: Sequence[NewPlace], *, reason: str, default: str | None = None) -> Plan:
    """One place becomes several, each with a boundary, a list of places below it, or neither. Raises CannotRedraw."""
    place = await _valid(desk, code)
    if len(parts) < 2:
        raise CannotRedraw(what="one_part")
    await _must_be_new(desk, parts)
    if default is not None and default not in {part.code for part in parts}:
        raise CannotRedraw(what="default_unknown", value=default)
    below = await redrawing.below(desk.tx, [place.id])
    listed = _listed(parts, below)
    bounded = _bounded(place, parts, below, listed)
    children = {child.id: _part_for(child, bounded, listed) for child in below}
    makes = tuple(replace(part, children=()) for part in bounded)
    return Plan(kind=Kind.SPLIT, reason=_reason(reason), ends=(place,), makes=makes, children=children, default=default)


async def merge(desk: Desk, codes: Sequence[str], new: NewPlace, *, reason: str) -> Plan:
    """Several places side by side become one, with all that is below them. Raises CannotRedraw."""
    places = [await _valid(desk, code) for code in dict.fromkeys(codes)]
    if len(places) < 2:
        raise CannotRedraw(what="one_place")
    if len({place.parent_id for place in places}) > 1:
        raise CannotRedraw(what="not_side_by_side", value=places[-1].code)
    await _must_be_new(desk, [new])
    below = await redrawing.below(desk.tx, [place.id for place in places])
    return Plan(
        kind=Kind.MERGE,
        reason=_reason(reason),
        ends=tuple(places),
        makes=(_sum(places, new),),
        children={child.id: new.code for child in below},
    )


async def move(desk: Desk, code: str, under: str, *, reason: str) -> Plan:
    """A place goes below another with all that is below it; the boundaries above follow. Raises CannotRedraw."""
    place, parent = await _valid(desk, code), await _valid(desk, under, top=True)
    if parent.depth != place.depth - 1:
        raise CannotRedraw(what="wrong_level", value=under)
    if parent.id == place.parent_id:
        raise CannotRedraw(what="there_already", value=under)
    moved = Line(What.MOVED, place.id, place.parent_id, parent.id)
    return Plan(kind=Kind.MOVE, reason=_reason(reason), lines=(moved, *await _outlines(desk, place, parent)))


async def undo(desk: Desk, number: int, *, reason: str, default: str | None = None) -> Plan:
    """Take a re-drawing back: itself a re-drawing, that can be taken back too. Raises CannotRedraw.

    Not possible while a later one at the same places stands, or when it was taken back already.
    """
    if await redrawing.by_id(desk.tx, number) is None:
        raise CannotRedraw(what="no_redrawing", value=str(number))
    if by := await redrawing.undone_by(desk.tx, number):
        raise CannotRedraw(what="undone_already", value=str(by))
    all_lines = await redrawing.lines_of(desk.tx, number)
    back = taken_back(all_lines)
    later = await redrawing.later_at(desk.tx, number, [line.row_id for line in back])
    if standing := still_in_force([Entry(one.id, one.undoes) for one in later]):
        raise CannotRedraw(what="later_first", value=str(standing[-1]))
    back += await _newly_below(desk, back)
    return Plan(
        kind=Kind.UNDO,
        reason=_reason(reason),
        lines=tuple(back),
        undoes=number,
        default=default,
        remembered={(line.what, line.row_id): line.before for line in all_lines},
        dropped=tuple(line for line in all_lines if line.what is What.DROPPED),
    )


async def look(desk: Desk, plan: Plan) -> Done:
    """Exactly what carrying it out would do: it is done, counted and taken back at once."""
    owed, savepoint = len(desk.owed), await desk.tx.begin_nested()
    try:
        return await carry_out(desk, plan)
    finally:
        await savepoint.rollback()
        del desk.owed[owed:]
        grid.taken_back()
        units.changed()


async def carry_out(desk: Desk, plan: Plan) -> Done:
    """Do it, let everything follow, and write down what became of what. Raises CannotRedraw."""
    lines = [*plan.lines, *await _made(desk, plan)]
    row = {"kind": plan.kind.value, "reason": plan.reason, "at": desk.now(), "undoes": plan.undoes}
    number = await redrawing.write(desk.tx, {**row, "made_by": desk.person.id if desk.person else None}, lines)
    await _apply(desk, lines)
    places = await redrawing.by_ids(desk.tx, [line.row_id for line in lines])
    ended, began, moved = (
        tuple(places[line.row_id] for line in lines if line.what is what)
        for what in (What.ENDED, What.BEGAN, What.MOVED)
    )
    await _must_stand(desk, ended, [*began, *moved])
    below = sum([await redrawing.count_below(desk.tx, place.path) for place in (*began, *moved)])
    default = next((place for place in began if place.code == plan.default), None)
    if plan.default is not None and default is None:
        raise CannotRedraw(what="default_unknown", value=plan.default)
    ways = resettling.Ways(number, ended, began, default, plan.remembered, plan.dropped)
    followed = await resettling.resettle(desk, ways)
    await _ask_where(desk, number, followed.unplaced)
    return Done(number=number, kind=plan.kind, ended=ended, began=began, moved=moved, below=below, followed=followed)


async def _ask_where(desk: Desk, number: int, case_ids: Sequence[int]) -> None:
    """Tell the dispatchers which cases nobody could place; of a confidential one only those who may know of it."""
    told = defaultdict[str, list[int]](list)
    for case in (await cases.by_ids(desk.tx, case_ids)).values():
        for to in await routing.dispatchers(desk, case):
            told[to].append(case.id)
    for to, ids in told.items():
        facts = {"redrawing": number, "cases": ids}
        desk.owe(Letter(key=f"unplaced {number} {to}", kind=Kinds.UNPLACED, to=to, facts=facts))


async def _must_stand(desk: Desk, ended: Sequence[Place], placed: Sequence[Place]) -> None:
    """Every valid place hangs on a valid one, one level up."""
    if left := await redrawing.below(desk.tx, [place.id for place in ended]):
        raise CannotRedraw(what="still_below", value=left[0].code)
    parents = await redrawing.by_ids(desk.tx, [place.parent_id for place in placed if place.parent_id is not None])
    for place in placed:
        parent = parents[place.parent_id or 0]
        if parent.valid_to is not None or parent.depth != place.depth - 1:
            raise CannotRedraw(what="parent_gone", value=place.code)


async def _made(desk: Desk, plan: Plan) -> list[Line]:
    """Make the new places, and say in lines what begins, moves and ends because of that."""
    if not plan.makes:
        return []
    parent_id, depth = plan.ends[0].parent_id, plan.ends[0].depth
    numbers: dict[str, int] = {}
    for new in plan.makes:
        columns = {name: getattr(new, name) for name in ("code", "name", "households", "party_group", "boundary")}
        several = {"aliases": list(new.aliases) or None, "addresses": list(new.addresses) or None}
        where = {"depth": depth, "parent_id": parent_id, "valid_from": desk.now()}
        numbers[new.code] = await grid.add(desk.tx, {**columns, **several, **where})
    only = next(iter(numbers.values())) if len(numbers) == 1 else parent_id
    below = await redrawing.by_ids(desk.tx, list(plan.children))
    return [
        *(Line(What.BEGAN, number, None, parent_id) for number in numbers.values()),
        *(Line(What.MOVED, one, below[one].parent_id, numbers[code]) for one, code in plan.children.items()),
        *(Line(What.ENDED, place.id, parent_id, only) for place in plan.ends),
    ]


async def _apply(desk: Desk, lines: Sequence[Line]) -> None:
    """Lines come in the order in which nothing is put under a place that is no more."""
    for line in lines:
        if line.what is What.OUTLINE:
            await redrawing.change(desk.tx, line.row_id, boundary=line.facts["after"])
            continue
        if line.what is What.BEGAN:
            await redrawing.change(desk.tx, line.row_id, valid_to=None)
        elif line.what is What.ENDED:
            await redrawing.change(desk.tx, line.row_id, valid_to=desk.now())
        if line.after is not None and line.before != line.after:
            await redrawing.put_under(desk.tx, line.row_id, line.after)


async def _valid(desk: Desk, code: str, *, top: bool = False) -> Place:
    place = (await redrawing.by_codes(desk.tx, [code])).get(code)
    if place is None or place.valid_to is not None:
        raise CannotRedraw(what="no_place", value=code)
    if place.depth == DISTRICT and not top:
        raise CannotRedraw(what="whole_district", value=code)
    return place


async def _must_be_new(desk: Desk, parts: Sequence[NewPlace]) -> None:
    """Codes stand on posters: none is ever used a second time."""
    codes = [part.code for part in parts]
    if twice := next((code for code in codes if codes.count(code) > 1), None):
        raise CannotRedraw(what="code_twice", value=twice)
    if wrong := next((code for code in codes if not CODE.fullmatch(code)), None):
        raise CannotRedraw(what="code_wrong", value=wrong)
    if nameless := next((part.code for part in parts if not part.name.strip()), None):
        raise CannotRedraw(what="place_name_missing", value=nameless)
    for part in parts:
        try:
            READERS["name"](part.name)
        except Odd as odd:
            raise CannotRedraw(what="too_long", value=odd.value[:20]) from None
    if known := await redrawing.by_codes(desk.tx, codes):
        raise CannotRedraw(what="code_taken", value=next(iter(known)))


def _reason(words: str) -> str:
    if not words.strip():
        raise CannotRedraw(what="no_reason")
    return words.strip()[:LONGEST_REASON]


def _listed(parts: Sequence[NewPlace], below: Sequence[Place]) -> dict[str, str]:
    """The new place of each place that is named in a list."""
    known, found = {child.code for child in below}, dict[str, str]()
    for part in parts:
        for code in part.children:
            if code not in known:
                raise CannotRedraw(what="not_below", value=code)
            if code in found:
                raise CannotRedraw(what="child_twice", value=code)
            found[code] = part.code
    return found


def _bounded(
    place: Place, parts: Sequence[NewPlace], below: Sequence[Place], listed: Mapping[str, str]
) -> list[NewPlace]:
    """The parts with their boundaries: those they came with, or what lies around the places below them."""
    given = {part.code: part.boundary for part in parts if part.boundary is not None}
    if given:
        _must_fit(place, given)
        fit = outlines.fitted(given, place.boundary)
        return [replace(part, boundary=fit.get(part.code)) for part in parts]
    groups = {
        part.code: [one.boundary for one in below if listed.get(one.code) == part.code and one.boundary is not None]
        for part in parts
    }
    if place.boundary is None or not all(groups.values()):
        return [replace(part, boundary=outlines.joined(groups[part.code])) for part in parts]
    cut = outlines.shared_out(place.boundary, groups)
    return [replace(part, boundary=cut[part.code]) for part in parts]


def _must_fit(place: Place, given: Mapping[str, outlines.Boundary]) -> None:
    """Nothing outside of what the place was, nothing twice."""
    for code, boundary in given.items():
        if not outlines.is_sound(boundary):
            raise CannotRedraw(what="boundary_wrong", value=code)
        if place.boundary is not None and not outlines.is_inside(boundary, place.boundary):
            raise CannotRedraw(what="boundary_outside", value=code)
    codes = list(given)
    for at, code in enumerate(codes):
        if other := next((one for one in codes[:at] if outlines.overlap(given[one], given[code])), None):
            raise CannotRedraw(what="boundaries_overlap", value=f"{other}、{code}")
    if place.boundary is not None and not outlines.covers(list(given.values()), place.boundary):
        raise CannotRedraw(what="boundary_gap", value=place.code)


def _part_for(child: Place, parts: Sequence[NewPlace], listed: Mapping[str, str]) -> str:
    """The part a place goes to: by list, else by where its middle is."""
    if child.code in listed:
        return listed[child.code]
    if child.boundary is not None:
        middle = outlines.middle(child.boundary)
        for part in parts:
            if part.boundary is not None and outlines.holds(part.boundary, *middle):
                return part.code
    raise CannotRedraw(what="child_nowhere", value=child.code)


def _sum(places: Sequence[Place], new: NewPlace) -> NewPlace:
    """The new place has what those before it had, besides what is said of it; their names go on as aliases."""
    known = [place.households for place in places if place.households is not None]
    names = dict.fromkeys((*new.aliases, *(name for place in places for name in (place.name, *place.aliases))))
    return replace(
        new,
        aliases=tuple(name for name in names if name != new.name),
        addresses=tuple(dict.fromkeys((*new.addresses, *(one for place in places for one in place.addresses)))),
        households=sum(known) if new.households is None and known else new.households,
        party_group=new.party_group or next((place.party_group for place in places if place.party_group), None),
        boundary=outlines.joined([place.boundary for place in places if place.boundary is not None]),
        children=(),
    )


async def _outlines(desk: Desk, place: Place, parent: Place) -> list[Line]:
    """What a place leaves loses its area, what it comes to gains it; those above both stay as they are."""
    if place.boundary is None:
        return []
    old = {int(part) for part in place.path.split("/") if part} - {place.id}
    new = {int(part) for part in parent.path.split("/") if part}
    lines: list[Line] = []
    for one in (await redrawing.by_ids(desk.tx, sorted(old ^ new))).values():
        if one.boundary is not None:
            after = (
                outlines.without(one.boundary, place.boundary)
                if one.id in old
                else outlines.joined([one.boundary, place.boundary])
            )
            lines.append(Line(What.OUTLINE, one.id, None, None, {"before": dict(one.boundary), "after": after}))
    return lines


async def _newly_below(desk: Desk, back: Sequence[Line]) -> list[Line]:
    """Places that came below what ends now, and of which the re-drawing that is taken back knew nothing."""
    revived = [line.row_id for line in back if line.what is What.BEGAN]
    ends, moved = [line.row_id for line in back if line.what is What.ENDED], {line.row_id for line in back}
    fresh = [one for one in await redrawing.below(desk.tx, ends) if one.id not in moved]
    if fresh and len(revived) != 1:
        raise CannotRedraw(what="still_below", value=fresh[0].code)
    return [Line(What.MOVED, one.id, one.parent_id, revived[0]) for one in fresh]
