"""Cards of roll calls and tasks: one for each of those asked, and the table for who called."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from bot.cases.rounds import RoundKind, RoundStand, Tally, total
from bot.desk.desk import Desk
from bot.desk.patrolling import place_of
from bot.desk.rounds import answers_for, asked, people_of, tally_of
from bot.outbox.buttons import Button, Card, button, keyboard
from bot.texts import Texts
from storage import grid, people, rounds
from storage.rounds import Part, Round

MOST_ROWS = 20
"""More household groups than this are summed up by the places right below the one that was called for."""

LEAF = 5


async def card(desk: Desk, texts: Texts, facts: Mapping[str, Any], recipient: str) -> Card | None:
    """The card of somebody asked, as it is now; a reminder only to who has not answered, nothing after the end."""
    one = await rounds.by_id(desk.tx, facts["round"])
    part = await rounds.part(desk.tx, desk.office.seals.content, facts["round"], facts["node"])
    person_id = int(recipient.partition(":")[2])
    if one is None or part is None or one.closed_at is not None or one.closes_at <= desk.now():
        return None
    if not await answers_for(desk, person_id, one, part.node_id) or (facts["why"] == "again" and answered(one, part)):
        return None
    words, buttons = await card_of(desk, texts, one, part)
    return (f"{texts.round_again()}\n\n{words}" if facts["why"] == "again" else words), buttons


def answered(one: Round, part: Part) -> bool:
    """Whether nothing more is to be asked: a roll call was answered, a task is done to the end."""
    if one.kind == RoundKind.ROLLCALL:
        return part.answered_at is not None
    return bool(part.households) and part.done >= part.households


async def card_of(desk: Desk, texts: Texts, one: Round, part: Part) -> Card:
    """Words and buttons for one household group."""
    place, tally = await place_of(desk, part.node_id), tally_of(part)
    told = part.answered_at is not None
    if one.kind == RoundKind.TASK:
        return texts.task_card(place, one.words, one.closes_at, tally), keyboard(*_task_buttons(texts, part))
    text = texts.rollcall_card(place, one.words, one.closes_at, tally, told=told, who=part.who, case=part.case_number)
    return text, keyboard(*_rollcall_buttons(texts, part))


def _task_buttons(texts: Texts, part: Part) -> list[list[Button]]:
    more = [button(f"+{n}", _data(part, "add", f"{part.done}:{n}")) for n in (1, 5)]
    everything = [button(texts.task_all(), _data(part, "all"))] if part.households else []
    if part.households and part.done >= part.households:
        more, everything = [], []
    return [more, everything, [button(texts.round_type(), _data(part, "type"))]]


def _rollcall_buttons(texts: Texts, part: Part) -> list[list[Button]]:
    base = part.help + part.missing
    rest = part.households - base
    everything = [button(texts.all_safe(rest, rest < part.households), _data(part, "all"))] if rest > 0 else []
    need = [
        button(texts.one_help(), _data(part, "help", str(base))),
        button(texts.one_missing(), _data(part, "missing", str(base))),
    ]
    type_ = [button(texts.round_type(), _data(part, "type"))]
    anew = [button(texts.round_anew(), _data(part, "anew"))] if part.answered_at else []
    who = [button(texts.say_who(), _data(part, "who"))] if part.help else []
    case = [button(texts.who_case(), _data(part, "case"))] if part.who and not part.case_number else []
    return [everything, need, [*type_, *anew], who, case]


def _data(part: Part, what: str, more: str = "") -> str:
    return f"r:{what}:{part.round_id}:{part.node_id}:{more}"


async def board(desk: Desk, texts: Texts, number: int) -> Card | None:
    """The table: totals first, then who needs help, who is silent, and all others."""
    one = await rounds.by_id(desk.tx, number)
    if one is None:
        return None
    node = (await grid.path(desk.tx, one.node_id))[-1]
    if one.state != RoundStand.OPEN:
        return _unsent(texts, one, node.name)
    parts = await rounds.parts(desk.tx, desk.office.seals.content, number)
    groups = await rounds.groups_below(desk.tx, node.path, LEAF)
    text = texts.round_board(
        one.kind,
        node.name,
        one.words,
        one.closes_at,
        over=one.closed_at is not None,
        answered=sum(part.answered_at is not None for part in parts),
        asked=len(parts),
        without=max(0, groups - len(parts)),
        sums=total(tally_of(part) for part in parts),
        lines=await _lines(desk, texts, one, parts, node.path),
        number=one.id,
    )
    return text, None if one.closed_at else keyboard([button(texts.round_end(), f"rc:end:{one.id}")])


def _unsent(texts: Texts, one: Round, place: str) -> Card:
    """One that waits for somebody else's word, or never got it."""
    waits = one.state == RoundStand.WAITING and one.closed_at is None
    words = texts.round_unsent(one.kind, place, one.words, one.id, waits=waits, refused=one.state == RoundStand.REFUSED)
    return words, keyboard([button(texts.broadcast_order("stop"), f"rc:end:{one.id}")]) if waits else None


async def ask(desk: Desk, texts: Texts, number: int) -> Card | None:
    """Asks somebody else whether it may go out; nothing when that is decided."""
    one = await rounds.by_id(desk.tx, number)
    if one is None or one.state != RoundStand.WAITING or one.closed_at is not None or one.closes_at <= desk.now():
        return None
    node = (await grid.path(desk.tx, one.node_id))[-1]
    heads = await asked(desk, node, RoundKind(one.kind))
    caller = await people.name_of(desk.tx, one.caller_id) or ""
    words = texts.round_ask(one.kind, caller, node.name, one.words, people_of(heads), one.closes_at)
    answers = [button(texts.broadcast_order(order), f"rc:{order}:{one.id}") for order in ("agree", "refuse")]
    return words, keyboard(answers)


async def _lines(desk: Desk, texts: Texts, one: Round, parts: Sequence[Part], above: str) -> list[str]:
    """Household groups one by one; of many only those in need, and sums by place."""
    in_need = [part for part in parts if part.help]
    needs = [
        texts.board_need(await place_of(desk, part.node_id), part.help, part.who, part.case_number)
        for part in in_need[:MOST_ROWS]
    ]
    if len(parts) <= MOST_ROWS:
        silent = [part for part in parts if part.answered_at is None]
        rest = [part for part in parts if part.answered_at is not None]
        return [
            *needs,
            *[texts.board_silent(await place_of(desk, part.node_id)) for part in silent],
            *[texts.board_row(one.kind, await place_of(desk, part.node_id), tally_of(part)) for part in rest],
        ]
    return [*needs, *await _sums(desk, texts, one, parts, above)]


async def _sums(desk: Desk, texts: Texts, one: Round, parts: Sequence[Part], above: str) -> list[str]:
    by_place: defaultdict[int, list[Part]] = defaultdict(list)
    for part in parts:
        below = part.path.removeprefix(above).split("/")[0]
        by_place[int(below) if below else part.node_id].append(part)
    names = await rounds.names_of(desk.tx, by_place)
    rows: list[str] = []
    for node_id, several in list(by_place.items())[: MOST_ROWS * 2]:
        told = sum(part.answered_at is not None for part in several)
        sums: Tally = total(tally_of(part) for part in several)
        rows.append(texts.board_sum(one.kind, names[node_id], told, len(several), sums))
    return rows
