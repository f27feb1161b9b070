"""/orders: which cases somebody looks for and may see. Rights are looked up at each press, for each case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.cases.actions import CENTRE, UNIT, Role
from bot.cases.case import Case, Level, Status
from bot.cases.errors import NotFound, NotOpen, NotYours
from bot.cases.searching import numbers_like, pieces, tidied
from bot.desk.dealing import who_acts
from bot.desk.desk import Desk
from bot.desk.masking import for_strangers, told_to_strangers
from bot.desk.names import matter_name
from bot.desk.patrolling import today
from bot.desk.places import names_of
from bot.desk.rights import holds_order, may_see, roles_towards
from bot.outbox.letters import person
from bot.texts import Texts
from storage import grid, orders, papers, people, units
from storage.orders import Reach, Turn, Which, openly
from storage.people import Duty

PAGE = 8
MOST_ROWS = 1000
"""Rows of a workbook: more are no list for people any more."""

LISTS = ("mine", "unit", "late", "check", "wait")
OF_CENTRE = frozenset({"late", "check", "wait"})
KIND = "orders"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: one of LISTS, or `find` with a place, words, or a number; as a button carries it."""

    view: str
    node_id: int | None = None
    words: str = ""

    @property
    def newest(self) -> bool:
        """Lists of work begin with the oldest, what is found with the newest."""
        return self.view not in LISTS


@dataclass(frozen=True, slots=True)
class Here:
    """Where it is asked: in the private chat, or in the group of a unit."""

    chat_id: int = 0
    topic_id: int | None = None

    @property
    def private(self) -> bool:
        """Whether only one person reads the answer."""
        return not self.chat_id


@dataclass(frozen=True, slots=True)
class Page:
    """Cases of one page; `before` and `after` are the numbers from which the other pages go on, if there are some."""

    asked: Asked
    cases: Sequence[Case]
    place: str = ""
    before: int | None = None
    after: int | None = None


async def reach(desk: Desk, person_id: int, here: Here) -> Reach:
    """What somebody may find, by the duties they have now. Raises NotYours for those who deal with no cases.

    In a group only what belongs to its unit, and nothing confidential.
    """
    duties = await people.duties_of(desk.tx, person_id, desk.now())
    if not here.private:
        duties = await _of_group(desk, duties, here)
    towns = [await _town(desk, one) for one in duties if one.role == "dispatcher"]
    found = Reach(
        person_id=person_id,
        units=tuple(one.unit_id for one in duties if one.role == "responder" and one.unit_id and one.rank),
        on_duty=tuple(one.unit_id for one in duties if one.role == "responder" and one.unit_id and not one.rank),
        paths=tuple(path for path in towns if path),
        everywhere=None in towns,
        watches=any(one.role == "grid_member" for one in duties),
    )
    if not (found.units or found.on_duty or found.centre or found.watches):
        raise NotYours
    return found if here.private else openly(found)


async def _of_group(desk: Desk, duties: Sequence[Duty], here: Here) -> list[Duty]:
    bound = await units.in_chat(desk.tx, here.chat_id, here.topic_id)
    if bound is None:
        return []
    if bound.kind == "centre":
        return [one for one in duties if one.role == "dispatcher"]
    return [one for one in duties if one.role == "responder" and one.unit_id == bound.id]


async def _town(desk: Desk, duty: Duty) -> str | None:
    """The path of the place of a town's dispatcher; None for one of the district."""
    centre = await units.by_id(desk.tx, duty.unit_id) if duty.unit_id is not None else None
    if centre is None or centre.level is Level.DISTRICT:
        return None
    path = await grid.path(desk.tx, centre.node_id) if centre.node_id is not None else []
    return path[-1].path if path else "-"


async def meant(desk: Desk, words: str) -> Asked:
    """What somebody looks for by words: a number, a place, words, or words at a place. Raises NotOpen for nothing."""
    if numbers_like(words, desk.office.number_prefix, today(desk)):
        return Asked("find", None, words.strip()[:16])
    plain = tidied(words)
    node = await grid.by_code(desk.tx, words.strip()) or await desk.office.places.named(desk.tx, words)
    if node is None:
        if not pieces(plain):
            raise NotOpen
        return Asked("find", None, plain)
    called = max((name for name in (node.code, *names_of(node)) if name in words), key=len, default="")
    left = tidied(words.replace(called, " ", 1))
    return Asked("find", node.id, left if pieces(left) else "")


async def look(desk: Desk, asked: Asked, here: Here, turn: Turn) -> Page:
    """A page of a list. Raises NotYours for those who deal with no cases, NotOpen for a list that there is not."""
    may = await reach(desk, who_acts(desk), here)
    which, sought = await _which(desk, asked, may)
    found = await orders.page(desk.tx, may, which, turn, PAGE + 1, newest=asked.newest, pieces=sought)
    over = len(found) > PAGE
    shown = (found[:PAGE] if turn.forward else found[-PAGE:]) if over else found
    seen = [case for case in shown if await _seen(desk, case, who_acts(desk))]
    begins = turn.number is None or (not turn.forward and not over)
    ends = turn.forward and not over
    place = (await desk.office.places.path(desk.tx, asked.node_id))[-1:] if asked.node_id else []
    return Page(
        asked,
        seen,
        place[0].name if place else "",
        None if begins or not shown else shown[0].id,
        None if ends or not shown else shown[-1].id,
    )


async def _seen(desk: Desk, case: Case, person_id: int) -> bool:
    roles = await roles_towards(desk, case, person_id)
    return bool(roles & (UNIT | CENTRE)) or await holds_order(desk, case, roles, person_id)


async def _which(desk: Desk, asked: Asked, may: Reach) -> tuple[Which, Sequence[str]]:
    """The conditions of a list, and the pieces of the words that are looked for."""
    if asked.view in LISTS:
        return {
            "mine": orders.mine(may),
            "unit": orders.of_units(may),
            "late": orders.late(desk.now()),
            "check": orders.checking(may, desk.now()),
            "wait": orders.waiting(may, desk.now()),
        }[asked.view], ()
    path = await desk.office.places.path(desk.tx, asked.node_id) if asked.node_id else []
    here: Which = orders.at_place(path[-1].path) if path else ()
    if numbers := numbers_like(asked.words, desk.office.number_prefix, today(desk)):
        return [*here, *orders.numbered(numbers)], ()
    sought = pieces(asked.words)
    if asked.view != "find" or not (sought or here):
        raise NotOpen
    return here, sought


async def lists_of(desk: Desk, here: Here) -> list[str]:
    """The lists that mean something to whoever acts. Raises NotYours for those who deal with no cases."""
    may = await reach(desk, who_acts(desk), here)
    of_unit = set(LISTS) - {"check"} if may.units or may.on_duty else set[str]()
    shown = of_unit | (OF_CENTRE if may.centre else set[str]()) | ({"check"} if may.watches else set[str]())
    return [one for one in LISTS if one in shown]


async def opened(desk: Desk, case_id: int, here: Here) -> tuple[Case, str]:
    """One case of a list, and as what it is shown: `unit`, `centre`, `watch`, or `check` to whoever gives the verdict.

    Raises NotFound alike for none and another's.
    """
    case, roles = await may_see(desk, case_id, who_acts(desk))
    holds = here.private and await holds_order(desk, case, roles, who_acts(desk))
    if not (roles & (UNIT | CENTRE) or holds) or (case.confidential and not here.private):
        raise NotFound
    of_unit = await _of_unit(desk, case, roles, here)
    judges = case.status is Status.VERIFY and who_acts(desk) not in {case.closer_id, case.handler_id}
    if of_unit:
        return case, "unit"
    return case, "check" if judges else "centre" if roles & CENTRE else "watch"


async def _of_unit(desk: Desk, case: Case, roles: frozenset[Role], here: Here) -> bool:
    """Whether it is shown as to its unit. Raises NotFound where the chat or the role is another's."""
    if here.private:
        return bool(roles & UNIT)
    bound = await units.in_chat(desk.tx, here.chat_id, here.topic_id)
    if bound is None or (bound.kind != "centre" and bound.id != case.unit_id):
        raise NotFound
    of_centre = bound.kind == "centre"
    if not roles & (CENTRE if of_centre else UNIT):
        raise NotFound
    return not of_centre


async def ask_for_workbook(desk: Desk, texts: Texts, asked: Asked, here: Here) -> None:
    """Ask for the list as a workbook, sent privately. Raises NotYours. Asked twice within a minute it comes once."""
    await _which(desk, asked, await reach(desk, who_acts(desk), here))
    who = who_acts(desk)
    key = f"{KIND} {who} {asked.view} {asked.node_id or ''} {asked.words} {desk.now():%y%m%d%H%M}"
    facts = {
        "person": who,
        "language": texts.language,
        "view": asked.view,
        "node": asked.node_id,
        "words": asked.words,
        "chat": here.chat_id,
        "topic": here.topic_id,
    }
    caption = {"view": asked.view, "words": asked.words}
    await papers.ask(desk.tx, desk.office.seals.content, key, KIND, person(who), facts, caption, desk.now())


async def sheets_of(desk: Desk, texts: Texts, facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The workbook, as the one who asked may see it when it is made: masked, and nothing that is confidential."""
    asked, here = Asked(facts["view"], facts["node"], facts["words"]), Here(facts["chat"], facts["topic"])
    try:
        may = openly(await reach(desk, facts["person"], here))
        which, sought = await _which(desk, asked, may)
        found = await orders.page(desk.tx, may, which, Turn(), MOST_ROWS, newest=asked.newest, pieces=sought)
    except (NotYours, NotOpen):
        found = []
    seen = [case for case in found if await _seen(desk, case, facts["person"])]
    named = {one.id: one.name for one in await units.all_units(desk.tx)}
    rows = [
        texts.order_cells(
            case,
            matter_name(desk, case, texts),
            named.get(case.unit_id or 0, ""),
            await told_to_strangers(desk, case, case.place),
            await told_to_strangers(desk, case, case.text),
            await for_strangers(desk, case, case.result or ""),
        )
        for case in seen
    ]
    day: date = today(desk)
    return [{**texts.order_sheet(asked.view, asked.words, day, whole=len(found) < MOST_ROWS), "rows": rows}]
