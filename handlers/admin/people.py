"""/people: the register in the private chat of an admin; and whoever presses an invitation or approves one."""

import re
from collections.abc import Sequence
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.cases.errors import NotOpen
from bot.cases.inviting import LINK
from bot.cases.register import LONGEST
from bot.desk import directory, handing, inviting, register
from bot.desk.about import places_below
from bot.desk.desk import Desk
from bot.desk.register import Member, Sheet
from bot.desk.rights import must_be_admin
from bot.outbox.invitations import lines_of
from bot.texts import Texts
from handlers import aside
from handlers.choosing import paged, place_and_page
from handlers.numbers import number
from handlers.resident.keyboards import Choice, in_rows, inline
from handlers.resident.saying import Question, Said, says, turns
from handlers.responders.handing import takers
from handlers.responders.replies import NoKey
from handlers.sorting import Data, InStep, Private

FINDING, REPLACING = "people:find", "people:replace"
NEWCOMER = re.compile(r"(\S(?:.{0,18}?\S)?)(?:[\s,，:：]+(\+?[0-9][0-9 -]{5,18}))?")


def doors() -> Router:
    """Private chats only: in a group nobody's telephone or state is shown."""
    router = Router(name="people")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(comes_invited, CommandStart(magic=F.args.startswith(LINK)))
    router.message.register(asks, Command("people"))
    router.message.register(finds, InStep(FINDING), NoKey(), F.text.as_("text"))
    router.message.register(replaces, InStep(REPLACING), NoKey(), F.text.as_("text"))
    router.callback_query.register(presses, Data("p"))
    router.callback_query.register(approves, Data("a"))
    return router


async def asks(message: Message, desk: Desk, texts: Texts, state: FSMContext, command: CommandObject) -> Said:
    """/people, or /people 钱丽 at once."""
    await must_be_admin(desk)
    if words := (command.args or "").strip():
        told, keys = await _found(desk, texts, words)
        return [says(message, told, keys or inline(*await _places(desk, texts, None, 0)))]
    await aside.ask(state, FINDING)
    return [says(message, texts.find_people(), inline(*await _places(desk, texts, None, 0)))]


async def _places(desk: Desk, texts: Texts, node_id: int | None, page: int) -> list[Sequence[Choice]]:
    choices = [(f"🏘 {one.name}", f"p:place:{one.id}") for one in await places_below(desk, node_id)]
    return paged(texts, choices, page, lambda to: f"p:place:{node_id or 0}.{to}")


async def finds(message: Message, desk: Desk, texts: Texts, state: FSMContext, text: str) -> Said:
    """Name, place or the end of a telephone. Somebody found ends the search."""
    words, keys = await _found(desk, texts, text.strip())
    if keys is not None:
        await aside.end(state)
    return [says(message, words, keys)]


async def _found(desk: Desk, texts: Texts, words: str) -> Question:
    found = await register.find(desk, words)
    if not found:
        return texts.found_nobody(), None
    if len(found) == 1:
        return _card(texts, await register.sheet(desk, found[0].id))
    shown = found[: register.SHOWN]
    return texts.found_people(len(found) > len(shown)), inline(*in_rows(_choices(shown), 2))


def _choices(found: list[Member]) -> list[Choice]:
    return [(f"{one.name} {one.phone_tail or ''}".strip(), f"p:show:{one.id}") for one in found]


async def _at_place(desk: Desk, texts: Texts, node_id: int, page: int) -> Question:
    """Who is for a place, and the places below it."""
    if not node_id:
        await must_be_admin(desk)
        return texts.find_people(), inline(*await _places(desk, texts, None, page))
    found = await register.at_place(desk, node_id)
    words = texts.people_at(await directory.name_of(desk, (await directory.place(desk, node_id)).id), len(found))
    return words, inline(*in_rows(_choices(found), 2), *await _places(desk, texts, node_id, page))


def _card(texts: Texts, sheet: Sheet) -> Question:
    one = sheet.member
    lines = lines_of(texts, sheet.posts)
    until = one.until or min((post.until for post in sheet.posts if post.until), default=None)
    words = texts.member_card(one.name, one.state, lines, one.phone_tail, one.hours, until)
    return words, inline(*in_rows(_buttons(texts, sheet), 2))


def _buttons(texts: Texts, sheet: Sheet) -> list[Choice]:
    state, has_duties = sheet.member.state, bool(sheet.posts)
    offered = (
        (state == "invited" and has_duties, texts.button_invite(), "invite"),
        (state in {"active", "invited"}, texts.button_suspend(), "suspend"),
        (state == "suspended", texts.button_bring_back(), "back"),
        (state != "left" and has_duties, texts.button_replace(), "replace"),
        (state != "left", texts.button_let_go(), "leave"),
    )
    return [(words, f"p:{what}:{sheet.member.id}") for shown, words, what in offered if shown]


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """A button of a card; who may is looked up by what it does."""
    if len(parts) == 2 and parts[0] == "place":
        return [query.answer(), turns(query, *await _at_place(desk, texts, *place_and_page(parts[1])))]
    what, number = _read(parts)
    if what == "invite":
        await inviting.invite(desk, number, query.id)
        return [query.answer(texts.invitation_comes())]
    if what == "leave":
        one = (await register.sheet(desk, number)).member
        keys = inline([(texts.let_go_yes(), f"p:gone:{number}")], [(texts.back_to_member(), f"p:show:{number}")])
        return [query.answer(), turns(query, texts.let_go_sure(one.name), keys)]
    if what == "replace":
        one = (await register.sheet(desk, number)).member
        await aside.ask(state, REPLACING, member=number)
        return [query.answer(), says(query, texts.replace_by(one.name))]
    if what == "gone":
        return await _lets_go(query, desk, texts, number)
    if what not in DEEDS:
        raise NotOpen
    return [query.answer(), turns(query, *_card(texts, await DEEDS[what](desk, number)))]


DEEDS: dict[str, Any] = {
    "show": register.sheet,
    "suspend": register.suspend,
    "back": register.bring_back,
}


async def _lets_go(query: CallbackQuery, desk: Desk, texts: Texts, number: int) -> Said:
    """离岗, and what is still in their hands is offered to their colleagues, unit by unit."""
    before = (await register.sheet(desk, number)).member
    done = [query.answer(), turns(query, *_card(texts, await register.let_go(desk, number)))]
    held = [one for one in await handing.givers(desk) if one.person_id == before.person_id]
    return [*done, *[says(query, *await takers(desk, texts, one.unit_id, one.person_id)) for one in held]]


def _read(parts: list[str]) -> tuple[str, int]:
    if len(parts) != 2:
        raise NotOpen
    return parts[0], number(parts[1])


async def replaces(message: Message, desk: Desk, texts: Texts, state: FSMContext, text: str) -> Said:
    """张小明 13800001234: the new one; the card says how to invite them."""
    found = NEWCOMER.fullmatch(text.strip())
    kept = await aside.facts(state)
    if found is None or len(found[1]) > LONGEST["name"] or not found[1].isprintable() or "member" not in kept:
        return [says(message, texts.no_name())]
    before = (await register.sheet(desk, kept["member"])).member
    new = await register.replace(desk, kept["member"], found[1], found[2] or "")
    await aside.end(state)
    words, keys = _card(texts, new)
    return [says(message, f"{texts.replaced(before.name, new.member.name)}\n\n{words}", keys)]


async def comes_invited(message: Message, desk: Desk, texts: Texts, command: CommandObject) -> Said:
    """The link of an invitation was pressed."""
    called = message.from_user.full_name[:60] if message.from_user else ""
    came = await inviting.accept(desk, (command.args or "").removeprefix(LINK), called)
    lines = lines_of(texts, list(came.posts))
    words = texts.wait_for_approval(came.name, lines) if came.waits else texts.come_in(came.name, lines)
    return [says(message, words)]


async def approves(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """同意 or 不同意, by somebody responsible."""
    if len(parts) != 2 or parts[1] not in {"y", "n"}:
        raise NotOpen
    yes = parts[1] == "y"
    name = await inviting.decide(desk, number(parts[0]), yes=yes)
    return [query.answer(), turns(query, texts.approved(name) if yes else texts.not_approved(name))]
