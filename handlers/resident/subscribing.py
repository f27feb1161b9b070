"""🔔 关注: following a place, choosing what to hear of it, stopping with one press and coming back with one."""

import re

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.cases.errors import NotOpen
from bot.cases.topics import Topic, packed, unpacked
from bot.desk import directory, subscribing
from bot.desk.about import places_below, places_by_code
from bot.desk.desk import Desk
from bot.desk.subscribing import Stopped, Subscription
from bot.texts import Texts
from handlers.choosing import paged, place_and_page
from handlers.numbers import number
from handlers.resident.keyboards import Choice, in_rows, inline, menu
from handlers.resident.notice import first_words
from handlers.resident.saying import Question, Said, says, turns
from handlers.resident.talk import leave_step, talk_of
from handlers.resident.whereabouts import Whereabouts
from handlers.sorting import Data, Private

LINK = "f_"
BACK = re.compile(r"([0-9a-f]{1,8})\.([0-9a-f])")


def doors() -> Router:
    """Private chats."""
    router = Router(name="subscribing")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(comes_by_link, CommandStart(magic=F.args.startswith(LINK)))
    router.message.register(lists, Command("follow"))
    HERE.listen(router)
    router.callback_query.register(presses, Data("sub"))
    router.callback_query.register(hears_no_more, Data("unsub"))
    return router


async def comes_by_link(message: Message, desk: Desk, texts: Texts, state: FSMContext, command: CommandObject) -> Said:
    """A link or code of a place: nothing is followed before it is pressed. Whoever comes first hears what is kept."""
    await leave_step(state)
    talk = await talk_of(desk, texts, state)
    first_words(talk)
    await talk.remember()
    before = [says(message, *one) for one in talk.before]
    found = await places_by_code(desk, (command.args or "").removeprefix(LINK))
    if not found:
        return [*before, says(message, texts.follow_gone(), menu(texts))]
    if len(found) == 1:
        return [*before, says(message, *await _offer(desk, texts, found[0].id))]
    parts = [(one.name, f"sub:open:{one.id}") for one in found]
    return [*before, says(message, texts.place_became_several(), inline(*in_rows(parts, 2)))]


async def lists(message: Message, desk: Desk, texts: Texts, state: FSMContext, command: CommandObject) -> Said:
    """/follow 新港小区: that place. /follow: what is followed, or could be."""
    if words := (command.args or "").strip():
        named = await desk.office.places.named(desk.tx, words)
        if named is not None:
            return [says(message, *await _offer(desk, texts, named.id))]
        return [says(message, texts.unknown_place()), *await HERE.ask(message, desk, texts, state)]
    return await begins(message, desk, texts, state)


async def begins(event: Message | CallbackQuery, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """What is followed; at first the place known from a draft or report, else which one?"""
    if found := await subscribing.followed(desk):
        return [says(event, *await _list(desk, texts, found))]
    talk = await talk_of(desk, texts, state)
    known = await directory.place_of_mine(desk, talk.draft.node_id)
    if known is None or not await desk.office.places.valid(desk.tx, known):
        return await HERE.ask(event, desk, texts, state)
    return [says(event, *await _offer(desk, texts, known))]


async def _list(desk: Desk, texts: Texts, found: list[Subscription]) -> Question:
    rows = [[(await subscribing.name_of(desk, one.node_id), f"sub:see:{one.node_id}")] for one in found]
    return texts.followed_places(), inline(
        *rows, [(texts.follow_another(), "sub:where"), (texts.unfollow_all(), "sub:none")]
    )


async def _tree(desk: Desk, texts: Texts, node_id: int | None, words: str, page: int = 0) -> Question:
    choices = [(node.name, f"sub:open:{node.id}") for node in await places_below(desk, node_id)]
    small = node_id is not None and await subscribing.may_follow(desk, node_id)
    rows = paged(texts, choices, page, lambda to: f"sub:page:{node_id or 0}.{to}")
    return words, inline(*rows, [(texts.follow_here(), f"sub:on:{node_id}")] if small else [])


async def _turned(desk: Desk, texts: Texts, node_id: int, page: int) -> Question:
    """Another page of the same list."""
    if node_id and not await desk.office.places.valid(desk.tx, node_id):
        raise NotOpen
    return await _tree(desk, texts, node_id or None, texts.choose_node(), page)


async def _offer(desk: Desk, texts: Texts, node_id: int) -> Question:
    """A place that is too large to be followed shows those below it."""
    if not await subscribing.may_follow(desk, node_id):
        return await _tree(desk, texts, node_id, texts.choose_node())
    words = texts.follow_offer(await subscribing.name_of(desk, node_id))
    return words, inline([(texts.follow_here(), f"sub:on:{node_id}"), (texts.another_place(), "sub:where")])


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """The buttons of all that."""
    what, *given = parts
    if what == "back" and len(given) == 1:
        followed = await subscribing.restore(desk, _before(given[0]))
        return [query.answer(), turns(query, *await _list(desk, texts, followed))]
    if what == "t" and len(given) == 2 and given[1] in list(Topic):
        one = await subscribing.switch(desk, number(given[0]), Topic(given[1]))
        return [query.answer(), turns(query, *await _card(desk, texts, one, new=False))]
    if what in {"list", "none", "where"} and not given:
        return await _pressed(query, desk, texts, state, what)
    if what == "page" and len(given) == 1:
        return [query.answer(), turns(query, *await _turned(desk, texts, *place_and_page(given[0])))]
    if what in {"on", "see", "off", "open"} and len(given) == 1:
        return await _pressed_at(query, desk, texts, state, what, number(given[0]))
    raise NotOpen


async def _pressed(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, what: str) -> Said:
    if what == "where":
        return [query.answer(), *await HERE.ask(query, desk, texts, state)]
    if what == "none":
        return [query.answer(), turns(query, *await _stopped(desk, texts, await subscribing.stop(desk)))]
    found = await subscribing.followed(desk)
    shown = await _list(desk, texts, found) if found else (texts.follows_nothing(), None)
    return [query.answer(), turns(query, *shown)]


async def _pressed_at(
    query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, what: str, node_id: int
) -> Said:
    if what == "open" and await places_below(desk, node_id):
        return [query.answer(), turns(query, *await _tree(desk, texts, node_id, texts.choose_node()))]
    if what in {"on", "open"}:
        one = await subscribing.follow(desk, node_id)
        await HERE.found(state)
        return [query.answer(), says(query, *await _card(desk, texts, one, new=True))]
    if what == "see":
        one = await subscribing.one_followed(desk, node_id)
        return [query.answer(), turns(query, *await _card(desk, texts, one, new=False))]
    if what == "off":
        stopped = await subscribing.stop(desk, node_id)
        return [query.answer(), turns(query, *await _stopped(desk, texts, stopped, node_id))]
    raise NotOpen


async def _card(desk: Desk, texts: Texts, one: Subscription, *, new: bool) -> Question:
    switches = [
        (texts.topic_switch(topic, on=topic in one.topics), f"sub:t:{one.node_id}:{topic.value}") for topic in Topic
    ]
    leave = [(texts.unfollow(), f"sub:off:{one.node_id}"), (texts.follow_list(), "sub:list")]
    words = texts.following(await subscribing.name_of(desk, one.node_id), new=new)
    return words, inline(*in_rows(switches, 2), leave)


async def hears_no_more(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """不再接收 under a notice. Older notices do not say which they are: there everything is stopped."""
    stopped = await subscribing.hear_no_more(desk, number(parts[0]) if parts and parts[0] else 0)
    return [query.answer(), says(query, *await _stopped(desk, texts, stopped))]


async def _stopped(desk: Desk, texts: Texts, stopped: Stopped, node_id: int | None = None) -> Question:
    """What was stopped, and the way back."""
    if not stopped.before:
        return texts.follows_nothing(), None
    back: list[Choice] = [(texts.follow_again(), "sub:back:" + _packed(stopped.before))]
    if stopped.topic is not None:
        more = [(texts.unfollow_all(), "sub:none"), (texts.follow_list(), "sub:list")]
        return texts.topic_off(stopped.topic), inline(back, more)
    if node_id is not None:
        return texts.unfollowed(await subscribing.name_of(desk, node_id)), inline(back)
    return texts.unfollowed_all(), inline(back)


def _packed(before: list[Subscription]) -> str:
    """Places and topics, short enough for a button."""
    return ",".join(f"{one.node_id:x}.{packed(one.topics):x}" for one in before)


def _before(data: str) -> list[Subscription]:
    found = [one for one in map(BACK.fullmatch, data.split(",")) if one is not None]
    if not found:
        raise NotOpen
    return [Subscription(int(one[1], 16), unpacked(int(one[2], 16))) for one in found]


async def _topmost(desk: Desk, texts: Texts, words: str) -> Question:
    return await _tree(desk, texts, None, words)


HERE = Whereabouts("follow", Texts.follow_where, _topmost, subscribing.name_of, _offer)
