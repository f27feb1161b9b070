"""/apply: becoming a 人民吹哨员, putting a neighbour forward, and saying yes to it. One question at a time."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, KeyboardButton, Message

from bot.cases.contacts import TAIL, number_to_call
from bot.cases.coverage import KINDS
from bot.cases.errors import NotOpen
from bot.cases.register import LONGEST
from bot.cases.whistling import LINK
from bot.desk import directory, whistling
from bot.desk.about import places_below
from bot.desk.desk import Desk
from bot.texts import Texts
from handlers import aside
from handlers.choosing import paged, place_and_page
from handlers.numbers import number
from handlers.resident.keyboards import Choice, in_rows, inline, large, menu, number_key
from handlers.resident.notice import first_words
from handlers.resident.saying import Question, Said, says, turns
from handlers.resident.talk import leave_step, talk_of
from handlers.resident.whereabouts import Whereabouts
from handlers.responders.replies import NoKey
from handlers.sorting import Data, InStep, Private, Says

NAME, PHONE = "apply:name", "apply:phone"
ME, OTHER = "m", "o"
"""For whom: oneself, or a neighbour who is put forward."""


def doors() -> Router:
    """Private chats."""
    router = Router(name="applying")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(opens_offer, CommandStart(magic=F.args.startswith(LINK)))
    router.message.register(asks, Command("apply"))
    router.message.register(leaves, InStep(NAME, PHONE), Says("cancel"))
    router.message.register(told_name, InStep(NAME), NoKey(), F.text.as_("text"))
    router.message.register(told_phone, InStep(PHONE), NoKey())
    for one in WHERE.values():
        one.listen(router)
    router.callback_query.register(presses, Data("ap"))
    return router


async def asks(message: Message, desk: Desk, texts: Texts) -> Said:
    """/apply: how one stands, and what can be done."""
    return [says(message, *await standing(desk, texts))]


async def standing(desk: Desk, texts: Texts) -> Question:
    """How one stands, with what can be done."""
    found = await whistling.standing(desk)
    other = [(texts.apply_other(), "ap:other")]
    out = [(texts.apply_leave(), "ap:x")]
    if found.whistles:
        lines = [
            (texts.whistle_kind(one.kind) if one.kind else "", await directory.name_of(desk, one.node_id), one.until)
            for one in found.whistles
        ]
        return texts.whistles_at(lines), inline(other, [(texts.step_down(), "ap:down")], out)
    if found.waiting is not None:
        return texts.apply_waits(), inline(other, [(texts.apply_take_back(), "ap:back")], out)
    return texts.apply_intro(), inline([(texts.apply_self(), "ap:me")], other, out)


async def opens_offer(message: Message, desk: Desk, texts: Texts, state: FSMContext, command: CommandObject) -> Said:
    """The link by which somebody was put forward: nothing is kept of them before they say yes."""
    await leave_step(state)
    talk = await talk_of(desk, texts, state)
    first_words(talk)
    await talk.remember()
    before = [says(message, *one) for one in talk.before]
    token = (command.args or "").removeprefix(LINK)
    try:
        one = await whistling.offered(desk, token)
    except NotOpen:
        return [*before, says(message, texts.offer_gone(), menu(texts))]
    words = texts.offer(one.name, texts.whistle_kind(one.kind), await directory.name_of(desk, one.node_id))
    keys = inline([(texts.offer_yes(), f"ap:yes:{token}")], [(texts.offer_no(), f"ap:no:{token}")])
    return [*before, says(message, words, keys)]


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """The buttons of all that."""
    what, *given = parts
    if what in {"me", "other"} and not given:
        return [query.answer(), *await WHERE[ME if what == "me" else OTHER].ask(query, desk, texts, state)]
    if what in {"yes", "no"} and len(given) == 1:
        await whistling.answer_offer(desk, given[0], yes=what == "yes")
        return [query.answer(), turns(query, texts.apply_sent() if what == "yes" else texts.offer_declined())]
    if what in {"in", "k"} and given and given[0] in WHERE:
        return await _walks(query, desk, texts, state, what, given)
    if what in PLAIN and not given:
        return [query.answer(), *await PLAIN[what](query, desk, texts, state)]
    raise NotOpen


async def _walks(
    query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, what: str, given: list[str]
) -> Said:
    """A place of the list, or a kind at a place."""
    whom, *rest = given
    if what == "in" and len(rest) == 1:
        node_id, page = place_and_page(rest[0])
        return [
            query.answer(),
            turns(query, *await _list(desk, texts, whom, node_id or None, texts.choose_node(), page)),
        ]
    if what == "k" and len(rest) == 1:
        await WHERE[whom].found(state)
        return [query.answer(), turns(query, *await _kinds(desk, texts, whom, number(rest[0])))]
    if what == "k" and len(rest) == 2 and number(rest[1]) < len(KINDS):
        await aside.ask(state, NAME, whom=whom, node=number(rest[0]), kind=KINDS[number(rest[1])])
        words = texts.apply_name() if whom == ME else texts.apply_name_other()
        called = query.from_user.full_name[: LONGEST["name"]]
        mine = [(texts.apply_name_is(called), "ap:as")] if whom == ME and called.isprintable() else []
        return [query.answer(), turns(query, words, inline(mine, [(texts.apply_leave(), "ap:x")]))]
    raise NotOpen


async def _list(desk: Desk, texts: Texts, whom: str, node_id: int | None, words: str, page: int = 0) -> Question:
    choices = [(node.name, f"ap:in:{whom}:{node.id}") for node in await places_below(desk, node_id)]
    here: list[Choice] = []
    if node_id is not None and await whistling.small_enough(desk, node_id):
        here = [(texts.here(), f"ap:k:{whom}:{node_id}")]
    rows = paged(texts, choices, page, lambda to: f"ap:in:{whom}:{node_id or 0}.{to}")
    return words, inline(*rows, here, [(texts.apply_leave(), "ap:x")])


async def _kinds(desk: Desk, texts: Texts, whom: str, node_id: int) -> Question:
    """Which of the ten kinds; of a place that is too large first which one below it."""
    if not await whistling.small_enough(desk, node_id):
        return await _list(desk, texts, whom, node_id, texts.choose_node(await directory.name_of(desk, node_id)))
    choices = [(texts.whistle_kind(kind), f"ap:k:{whom}:{node_id}:{at}") for at, kind in enumerate(KINDS)]
    words = texts.apply_kind(await directory.name_of(desk, node_id))
    return words, inline(*in_rows(choices, 2), [(texts.back(), f"ap:in:{whom}:0"), (texts.apply_leave(), "ap:x")])


async def told_name(message: Message, desk: Desk, texts: Texts, state: FSMContext, text: str) -> Said:
    """A name. Somebody who is put forward needs nothing more."""
    name = " ".join(text.split())
    if not 0 < len(name) <= LONGEST["name"] or not name.isprintable():
        return [says(message, texts.apply_name_again())]
    return await _named(message, desk, texts, state, name)


async def _named(event: Message | CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, name: str) -> Said:
    kept = await aside.facts(state)
    if not {"whom", "node", "kind"} <= kept.keys():
        raise NotOpen
    if kept["whom"] == OTHER:
        await whistling.put_forward(desk, kept["node"], kept["kind"], name)
        await aside.end(state)
        return [says(event, texts.put_forward(name), menu(texts))]
    await aside.ask(state, PHONE, **{**kept, "name": name})
    return [says(event, texts.apply_phone(), large([number_key(texts)], [KeyboardButton(text=texts.inconvenient())]))]


async def told_phone(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """One's own number, or none; then everything once more."""
    kept = await aside.facts(state)
    phone = await _number(message)
    if phone is None:
        return [says(message, texts.apply_phone_again())]
    await aside.choose(state, **{**kept, "phone": phone})
    place, kind = await directory.name_of(desk, kept["node"]), texts.whistle_kind(kept["kind"])
    keys = inline([(texts.apply_send(), "ap:go")], [(texts.apply_leave(), "ap:x")])
    known = texts.number_kept() if phone else texts.all_right()
    review = texts.apply_review(kept["name"], kind, place, phone[-TAIL:])
    return [says(message, known, menu(texts)), says(message, review, keys)]


async def _number(message: Message) -> str | None:
    """The telephone in a message: of their own contact, typed, or empty for none; None where it is not understood."""
    if message.contact is not None:
        mine = message.from_user is not None and message.contact.user_id == message.from_user.id
        return number_to_call(message.contact.phone_number) if mine else None
    if await Says("inconvenient")(message) or await Says("skip")(message):
        return ""
    return number_to_call(message.text or "")


async def leaves(message: Message, texts: Texts, state: FSMContext) -> Said:
    """不报了, typed."""
    await aside.end(state)
    return [says(message, texts.apply_left(), menu(texts))]


async def _named_so(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """The name in the channel is the right one."""
    if await state.get_state() != NAME:
        raise NotOpen
    return await _named(query, desk, texts, state, query.from_user.full_name[: LONGEST["name"]])


async def _sends(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    kept = await aside.facts(state)
    if not {"node", "kind", "name", "phone"} <= kept.keys():
        raise NotOpen
    await whistling.apply(desk, kept["node"], kept["kind"], kept["name"], kept["phone"])
    await aside.end(state)
    return [turns(query, texts.apply_sent())]


async def _leaves(query: CallbackQuery, _desk: Desk, texts: Texts, state: FSMContext) -> Said:
    if aside.KEPT in await state.get_data():
        await aside.end(state)
    return [says(query, texts.apply_left(), menu(texts))]


async def _takes_back(query: CallbackQuery, desk: Desk, texts: Texts, _state: FSMContext) -> Said:
    await whistling.take_back(desk)
    return [turns(query, texts.apply_taken_back())]


async def _sure(query: CallbackQuery, _desk: Desk, texts: Texts, _state: FSMContext) -> Said:
    keys = inline([(texts.step_down_yes(), "ap:end")], [(texts.apply_leave(), "ap:x")])
    return [turns(query, texts.step_down_sure(), keys)]


async def _steps_down(query: CallbackQuery, desk: Desk, texts: Texts, _state: FSMContext) -> Said:
    await whistling.step_down(desk)
    return [turns(query, texts.stepped_down())]


PLAIN: dict[str, Any] = {
    "as": _named_so,
    "go": _sends,
    "x": _leaves,
    "back": _takes_back,
    "down": _sure,
    "end": _steps_down,
}


async def _mine(desk: Desk, texts: Texts, words: str) -> Question:
    return await _list(desk, texts, ME, None, words)


async def _theirs(desk: Desk, texts: Texts, words: str) -> Question:
    return await _list(desk, texts, OTHER, None, words)


async def _my_kind(desk: Desk, texts: Texts, node_id: int) -> Question:
    return await _kinds(desk, texts, ME, node_id)


async def _their_kind(desk: Desk, texts: Texts, node_id: int) -> Question:
    return await _kinds(desk, texts, OTHER, node_id)


WHERE = {
    ME: Whereabouts("apply:where", Texts.apply_where, _mine, directory.name_of, _my_kind),
    OTHER: Whereabouts("apply:there", Texts.apply_where_other, _theirs, directory.name_of, _their_kind),
}
