"""/stats: what was counted of a place or unit in a period, for those who may see it; as words, picture and workbook."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.cases.case import Level
from bot.cases.conditions import ADVICE, PRAISE
from bot.cases.errors import NotOpen, NotYours
from bot.cases.figures import FEW, PERIODS, Figures, span_of
from bot.desk import directory, patrolling
from bot.desk.about import places_below
from bot.desk.desk import Desk
from bot.desk.rights import is_admin
from bot.outbox.letters import person
from bot.texts import Texts
from storage import figures, grid, papers, people, units
from storage.grid import Node
from storage.people import Duty

__all__ = ["FEW", "PERIODS", "Figures"]

MOST_BARS = 14
"""So many rows stay readable on a telephone."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is looked at: a place with everything below it (`path`), or one unit."""

    kind: str
    id: int
    name: str
    path: str | None = None

    @property
    def sign(self) -> str:
        """How a button names it."""
        return f"{self.kind}{self.id}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line below the sums: a place, unit or matter with its own, and how many are shelved now."""

    name: str
    figures: Figures
    on_books: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What /stats answers, of cases alone; `asked` questions (咨询) and `thanked` thank-yous (表扬) came besides.
    `on_books`: so many are shelved (挂账) now, whatever the period.

    `sealed`: confidential reports filed (None: not told to this reader), told from FEW on.
    """

    scope: Scope
    period: str
    first: date
    last: date
    total: Figures
    asked: int
    thanked: int
    on_books: int
    sealed: int | None


async def scopes(desk: Desk) -> list[Scope]:
    """What whoever acts may look at, the widest first. Raises NotYours for those who may look at nothing."""
    if desk.person is None:
        raise NotYours
    duties = await people.duties_of(desk.tx, desk.person.id, desk.now())
    everywhere = await is_admin(desk, desk.person.id)
    found: dict[str, Scope] = {}
    for node_id in await _top(desk) if everywhere else []:
        _put(found, await _place(desk, node_id))
    for duty in duties:
        _put(found, await _of_duty(desk, duty))
    if not found:
        raise NotYours
    return list(found.values())


def _put(found: dict[str, Scope], scope: Scope | None) -> None:
    if scope is not None:
        found[scope.sign] = scope


async def _top(desk: Desk) -> list[int]:
    return [node.id for node in await grid.children(desk.tx, None)]


async def _of_duty(desk: Desk, duty: Duty) -> Scope | None:
    unit = await units.by_id(desk.tx, duty.unit_id) if duty.unit_id is not None else None
    if duty.role == "dispatcher":
        if unit is None or unit.level is Level.DISTRICT or unit.node_id is None:
            return await _place(desk, (await _top(desk) or [0])[0])
        return await _place(desk, unit.node_id)
    if duty.role == "responder" and unit is not None:
        return Scope("u", unit.id, unit.name)
    if duty.role == "grid_member" and duty.node_id is not None:
        return await _place(desk, duty.node_id)
    return None


async def _place(desk: Desk, node_id: int) -> Scope | None:
    node = await grid.by_id(desk.tx, node_id)
    return Scope("p", node.id, await directory.name_of(desk, node.id) or node.name, node.path) if node else None


async def allowed(desk: Desk, sign: str) -> Scope:
    """The scope a button names, if whoever acts may look at it now. Raises NotYours, NotOpen."""
    own = await scopes(desk)
    kind, number = sign[:1], sign[1:]
    if kind not in {"p", "u"} or not number.isdecimal() or len(number) > 18:
        raise NotOpen
    scope = await (_place(desk, int(number)) if kind == "p" else _unit(desk, int(number)))
    if scope is None:
        raise NotOpen
    if not await _covered(desk, own, scope):
        raise NotYours
    return scope


async def _covered(desk: Desk, own: list[Scope], wanted: Scope) -> bool:
    led = await _led(desk)
    return any([await _covers(desk, one, wanted, leads=one in led) for one in own])


async def _unit(desk: Desk, unit_id: int) -> Scope | None:
    unit = await units.by_id(desk.tx, unit_id)
    return Scope("u", unit.id, unit.name) if unit else None


async def _covers(desk: Desk, own: Scope, wanted: Scope, *, leads: bool) -> bool:
    """Whoever may look at a place may look at all below it; whoever leads a place from above at the units there."""
    if own.kind == "u" or own.path is None:
        return own == wanted
    if wanted.kind == "p":
        return wanted.path is not None and wanted.path.startswith(own.path)
    unit = await units.by_id(desk.tx, wanted.id) if leads else None
    path = await desk.office.places.path(desk.tx, unit.node_id) if unit and unit.node_id is not None else []
    return bool(path) and path[-1].path.startswith(own.path)


async def _led(desk: Desk) -> list[Scope]:
    """The places of which whoever acts is an admin or dispatcher: there they look at units that are not their own, and
    hear how many confidential reports there are."""
    assert desk.person is not None
    found: dict[str, Scope] = {}
    for node_id in await _top(desk) if await is_admin(desk, desk.person.id) else []:
        _put(found, await _place(desk, node_id))
    for duty in await people.duties_of(desk.tx, desk.person.id, desk.now()):
        if duty.role == "dispatcher":
            _put(found, await _of_duty(desk, duty))
    return list(found.values())


def _is_led(scope: Scope, led: Sequence[Scope]) -> bool:
    """Whether a place is one of these or below one of them."""
    return scope.path is not None and any(one.path is not None and scope.path.startswith(one.path) for one in led)


async def report(desk: Desk, scope: Scope, period: str) -> Report:
    """The figures of a place or unit in one of PERIODS.

    What is confidential is counted by fives, and only of a whole place that somebody leads: from two periods, or from a
    place and one below it, no single report can be reckoned.
    """
    if period not in PERIODS:
        raise NotOpen
    first, last = span_of(period, patrolling.today(desk))
    unit_id = scope.id if scope.kind == "u" else None
    path = await _wide(desk, scope)
    total = await figures.total(desk.tx, first, last, path, unit_id, confidential=False)
    sealed = None
    if scope in await _led(desk):
        filed = (await figures.total(desk.tx, first, last, path, unit_id, confidential=True)).filed
        sealed = filed - filed % FEW
    by_matter = await figures.by(desk.tx, "matter", first, last, path, unit_id)
    asked, thanked = (
        sum(one.filed for code, one in by_matter.items() if code.startswith(kind)) for kind in (ADVICE, PRAISE)
    )
    on_books = sum((await figures.on_books(desk.tx, "unit_id", path, unit_id)).values())
    return Report(scope, period, first, last, total, asked, thanked, on_books, sealed)


async def _wide(desk: Desk, scope: Scope) -> str | None:
    """The whole district also counts what has no place."""
    return None if scope.kind == "u" or scope.id in await _top(desk) else scope.path


async def _by_unit(desk: Desk, found: Report) -> list[Row]:
    path = await _wide(desk, found.scope)
    sums = await figures.by(desk.tx, "unit_id", found.first, found.last, path)
    shelved = await figures.on_books(desk.tx, "unit_id", path)
    named = {unit.id: unit.name for unit in await units.all_units(desk.tx)}
    known = [one for one in {**sums, **shelved} if one in named]
    rows = [Row(named[one], sums.get(one, Figures()), shelved.get(one, 0)) for one in known]
    return sorted(rows, key=lambda row: (-row.figures.sent, row.name))


async def _by_matter(desk: Desk, texts: Texts, found: Report) -> list[Row]:
    """What it was about, the most frequent first; a matter that left the catalogue counts as 其他."""
    unit_id = found.scope.id if found.scope.kind == "u" else None
    path = await _wide(desk, found.scope)
    sums = await figures.by(desk.tx, "matter", found.first, found.last, path, unit_id)
    shelved = await figures.on_books(desk.tx, "matter", path, unit_id)
    catalogue = desk.office.catalogue
    named: defaultdict[str, Figures] = defaultdict(Figures)
    on_books: Counter[str] = Counter()
    for code in {**sums, **shelved}:
        if not code.startswith((ADVICE, PRAISE)):
            name = texts.matter_name(catalogue.of(code))
            named[name] += sums.get(code, Figures())
            on_books[name] += shelved.get(code, 0)
    rows = [Row(name, one, on_books[name]) for name, one in named.items() if not one.empty or on_books[name]]
    return sorted(rows, key=lambda row: (-row.figures.sent, -row.figures.filed, row.name))


async def matters_of(desk: Desk, texts: Texts, found: Report) -> list[Row]:
    """The most frequent matters of a place or unit."""
    return (await _by_matter(desk, texts, found))[:MOST_BARS]


async def _by_place(desk: Desk, found: Report) -> list[Row]:
    """Communities of a town and towns of a district: the places right below."""
    if found.scope.kind == "u":
        return []
    below = await places_of(desk, found.scope)
    path = await _wide(desk, found.scope)
    sums = await figures.by(desk.tx, "node_id", found.first, found.last, path)
    shelved = await figures.on_books(desk.tx, "node_id", path)
    paths = await figures.paths_of(desk.tx, [one for one in {**sums, **shelved} if one])
    rows = [Row(node.name, _sum(sums, paths, node), _sum_books(shelved, paths, node)) for node in below]
    return sorted(rows, key=lambda row: (-row.figures.filed, row.name))


def _sum(found: dict[int, Figures], paths: dict[int, str], node: Node) -> Figures:
    here = (sums for node_id, sums in found.items() if paths.get(node_id, "").startswith(node.path))
    return sum(here, Figures())


def _sum_books(found: dict[int, int], paths: dict[int, str], node: Node) -> int:
    return sum(many for node_id, many in found.items() if paths.get(node_id, "").startswith(node.path))


async def places_of(desk: Desk, scope: Scope) -> list[Node]:
    """The places right below one, down to what is counted by itself."""
    if scope.kind != "p":
        return []
    top = scope.id if scope.id not in await _top(desk) else None
    return [node for node in await places_below(desk, top) if node.depth <= 4]


async def units_of(desk: Desk, scope: Scope) -> list[Scope]:
    """The units of a place that whoever acts may look at by themselves."""
    if scope.kind != "p" or not _is_led(scope, await _led(desk)):
        return []
    every = [Scope("u", unit.id, unit.name) for unit in await units.all_units(desk.tx)]
    return [one for one in every if await _covers(desk, scope, one, leads=True)]


async def above(desk: Desk, scope: Scope) -> Scope | None:
    """The place above, if whoever acts may look at it; of a unit its own place."""
    if scope.kind == "u":
        unit = await units.by_id(desk.tx, scope.id)
        wanted = unit.node_id if unit else None
    else:
        node = await grid.by_id(desk.tx, scope.id)
        wanted = node.parent_id if node else None
    wider = await _place(desk, wanted) if wanted is not None else None
    if wider is None:
        return None
    return wider if await _covered(desk, await scopes(desk), wider) else None


async def called(desk: Desk, word: str) -> list[str]:
    """The signs of the place and the units that are called so."""
    node = await grid.by_code(desk.tx, word) or await desk.office.places.named(desk.tx, word)
    every = await units.all_units(desk.tx)
    named = [f"u{unit.id}" for unit in every if word in (unit.name, unit.code)]
    return [*([f"p{node.id}"] if node else []), *named]


async def ask_for_picture(desk: Desk, texts: Texts, found: Report) -> None:
    """Ask for the bars of the places right below, or of the unit. Asked twice within a minute they are drawn once."""
    await _draw(desk, texts, found, await _by_place(desk, found), by_unit=found.scope.kind == "u")


async def ask_for_units(desk: Desk, texts: Texts, found: Report) -> None:
    """The same for the units of a place. Raises NotYours for those who may not look at other units."""
    if not await units_of(desk, found.scope):
        raise NotYours
    await _draw(desk, texts, found, await _by_unit(desk, found), by_unit=True)


async def ask_for_matters(desk: Desk, texts: Texts, found: Report) -> None:
    """The same by what it was about."""
    await _draw(
        desk, texts, found, await _by_matter(desk, texts, found), by_unit=found.scope.kind == "u", what="matter"
    )


async def _draw(desk: Desk, texts: Texts, found: Report, rows: list[Row], *, by_unit: bool, what: str = "") -> None:
    rows = rows[:MOST_BARS] or [Row(found.scope.name, found.total)]
    bars = [texts.stats_bar(row.name, row.figures, by_unit=by_unit) for row in rows]
    words = texts.stats_picture(found.scope.name, found.first, found.last, found.total, found.on_books, by_unit=by_unit)
    await _ask(desk, "bars", found, {**words, "bars": bars}, f"{by_unit}{what}")


async def ask_for_workbook(desk: Desk, texts: Texts, found: Report) -> None:
    """Ask for the workbook: places, units for those who lead them, matters, and what each number means."""
    whole = Row(found.scope.name, found.total, found.on_books)
    units_too = await _by_unit(desk, found) if await units_of(desk, found.scope) else []
    parts = {
        "places": [whole, *await _by_place(desk, found)],
        "units": units_too,
        "matters": await _by_matter(desk, texts, found),
    }
    sheets = [
        {
            **texts.stats_workbook(part, found.scope.name, found.first, found.last),
            "rows": [[row.name, *texts.stats_cells(row.figures, row.on_books)] for row in rows],
        }
        for part, rows in parts.items()
        if rows
    ]
    await _ask(desk, "stats", found, {"sheets": [*sheets, texts.stats_meanings()]})


async def _ask(desk: Desk, kind: str, found: Report, drawing: Mapping[str, object], more: str = "") -> None:
    assert desk.person is not None
    key = f"{kind} {desk.person.id} {found.scope.sign} {found.period} {more} {desk.now():%y%m%d%H%M}"
    caption = {"name": found.scope.name, "first": found.first.isoformat(), "last": found.last.isoformat()}
    seal, to = desk.office.seals.content, person(desk.person.id)
    await papers.ask(desk.tx, seal, key, kind, to, drawing, caption, desk.now())
