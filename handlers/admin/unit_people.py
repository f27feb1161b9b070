"""The people of a unit: who is on duty, who comes in, who goes."""

from collections.abc import Awaitable, Callable, Mapping

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.cases.errors import NotOpen
from bot.desk import handing, unit_register
from bot.desk.desk import Desk
from bot.desk.rights import must_be_admin
from bot.desk.unit_register import Unit, Worker
from bot.texts import Texts
from handlers import aside
from handlers.admin.people import NEWCOMER
from handlers.admin.unit_card import At, back, data
from handlers.numbers import number
from handlers.resident.keyboards import Choice, in_rows, inline, with_row
from handlers.resident.saying import Question, Said, says
from handlers.responders.handing import takers

FINDING = "units:who"
SHOWN = 12
RANKS = (0, 1, 2)


async def _lists(at: At) -> Said:
    await must_be_admin(at.desk)
    unit = await at.unit()
    here = await unit_register.workers(at.desk, unit)
    choices = [(one.member.name, data("worker", unit, one.post.id)) for one in here]
    keys = inline(*in_rows(choices, 2), [(at.texts.worker_in(), data("in", unit))], [back(at.texts, unit)])
    return at.turns(at.texts.choose_worker(unit.name), keys)


async def _shows(at: At) -> Said:
    await must_be_admin(at.desk)
    one = await unit_register.worker(at.desk, at.unit_id, number(at.value))
    unit, offer = await at.unit(), await _offer(at, one.member.person_id)
    words, keys = _sheet(at.texts, unit, one)
    return at.turns(words, with_row(keys, offer))


async def _offer(at: At, person_id: int | None) -> list[Choice]:
    """🤝 where somebody has open cases in this unit."""
    try:
        found = await handing.giver(at.desk, at.unit_id, person_id or 0)
    except NotOpen:
        return []
    return [(at.texts.offer_button(), f"ho:w:{at.unit_id}:{found.person_id}")]


def _sheet(texts: Texts, unit: Unit, one: Worker) -> Question:
    ranks: list[Choice] = [
        (
            texts.rank_button(rank, now=rank == one.post.rank),
            data("rank", unit, f"{one.post.id}.{one.post.rank}.{rank}"),
        )
        for rank in RANKS
    ]
    invite = [(texts.button_invite(), f"p:invite:{one.member.id}")] if one.member.state == "invited" else []
    out = [(texts.worker_out(), data("out", unit, one.post.id))]
    keys = inline(ranks, invite, out, [(texts.workers_back(), data("people", unit))])
    return texts.worker_sheet(one.member.name, unit.name, one.post.rank, reached=one.reached), keys


async def _ranks(at: At) -> Said:
    given = [number(part) for part in at.value.split(".")]
    if len(given) != 3 or given[2] not in RANKS:
        raise NotOpen
    one = await unit_register.set_rank(at.desk, at.unit_id, *given)
    return at.turns(*_sheet(at.texts, await at.unit(), one))


async def _asks_to_move_out(at: At) -> Said:
    await must_be_admin(at.desk)
    unit, one = await at.unit(), await unit_register.worker(at.desk, at.unit_id, number(at.value))
    keys = inline(
        [(at.texts.worker_out_yes(), data("gone", unit, one.post.id))],
        [(at.texts.workers_back(), data("people", unit))],
    )
    return at.turns(at.texts.worker_out_sure(one.member.name, unit.name), keys)


async def _moves_out(at: At) -> Said:
    left = await unit_register.worker(at.desk, at.unit_id, number(at.value))
    await unit_register.move_out(at.desk, at.unit_id, number(at.value))
    if not await _offer(at, left.member.person_id):
        return await at.card()
    words, keys = await takers(at.desk, at.texts, at.unit_id, left.member.person_id or 0)
    return [*await at.card(), says(at.query, words, keys)]


async def _asks_who(at: At) -> Said:
    await must_be_admin(at.desk)
    unit = await at.unit()
    await aside.ask(at.state, FINDING, unit=unit.id, version=unit.version)
    return [at.query.answer(), says(at.query, at.texts.ask_worker(unit.name))]


async def finds(message: Message, desk: Desk, texts: Texts, state: FSMContext, text: str) -> Said:
    """A name or the end of a telephone is looked for; a name with a whole telephone is somebody new."""
    kept, words = await aside.facts(state), text.strip()
    if "unit" not in kept:
        raise NotOpen
    unit = await unit_register.one(desk, kept["unit"])
    new = NEWCOMER.fullmatch(words)
    if new is not None and new[2]:
        if not new[1].isprintable():
            return [says(message, texts.worker_unreadable())]
        return await _registers(message, desk, texts, state, (new[1], new[2]))
    found = await unit_register.candidates(desk, words, SHOWN)
    if not found:
        return [says(message, texts.no_worker())]
    choices = [(f"{one.name} {one.phone_tail or ''}".strip(), data("pick", unit, one.id)) for one in found[:SHOWN]]
    return [says(message, texts.which_worker(len(found) > SHOWN), inline(*in_rows(choices, 2)))]


async def _registers(message: Message, desk: Desk, texts: Texts, state: FSMContext, given: tuple[str, str]) -> Said:
    kept = await aside.facts(state)
    if await unit_register.phone_is_known(desk, given[1]):
        return [says(message, texts.phone_known())]
    one = await unit_register.register(desk, kept["unit"], kept["version"], *given)
    await aside.end(state)
    return [says(message, *_sheet(texts, await unit_register.one(desk, kept["unit"]), one))]


async def _moves_in(at: At) -> Said:
    one = await unit_register.move_in(at.desk, at.unit_id, at.version, number(at.value))
    if await at.state.get_state() == FINDING:
        await aside.end(at.state)
    return at.turns(*_sheet(at.texts, await at.unit(), one))


STEPS: Mapping[str, Callable[[At], Awaitable[Said]]] = {
    "people": _lists,
    "worker": _shows,
    "rank": _ranks,
    "out": _asks_to_move_out,
    "gone": _moves_out,
    "in": _asks_who,
    "pick": _moves_in,
}
