"""The small dialog of responders: what a button asked for and what came so far. A draft of their own report stays.

A question that was left for another waits: whoever replies to it later answers it, and no other.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from aiogram.fsm.context import FSMContext

from bot.cases.actions import Action
from bot.cases.case import Case
from bot.desk.desk import Desk
from bot.texts import LANGUAGES, Texts, texts_in
from handlers.responders.asked import ASKED

STEP = "dealing"
PATIENCE_S = 30 * 60
"""Words that come later than this, and not as a reply, are meant for something else."""

WAITING = "dealings"
"""Questions that were left for others, the oldest first."""

MOST_WAITING = 5
TAG = re.compile("<[^>]*>")


def plain(words: str) -> str:
    """Words as somebody reads them: a reply brings them back like that."""
    return unescape(TAG.sub("", words))


async def begin(state: FSMContext, desk: Desk, case: Case, action: Action, about: str, asks: str) -> None:
    """Wait for words (and photos) about a case. `asks`: the question, by which its answer is known."""
    kept: dict[str, Any] = {
        "case": case.id,
        "number": case.number,
        "action": action.value,
        "about": about,
        "photo": [],
        "words": "",
        "asks": [plain(asks)],
        "at": desk.now().timestamp(),
    }
    await turn_to(state, kept)


async def leave(state: FSMContext) -> None:
    """Something else comes first; whoever replies to the question goes on with it."""
    if await state.get_state() != STEP:
        return
    kept = await now(state)
    waiting = [*await _waiting(state), kept][-MOST_WAITING:] if kept else await _waiting(state)
    await end(state)
    await state.update_data({WAITING: waiting})


async def _waiting(state: FSMContext) -> list[dict[str, Any]]:
    return list((await state.get_data()).get(WAITING) or [])


def _is_asked(kept: dict[str, Any], shown: str) -> bool:
    return any(words in shown for words in kept.get("asks", ()))


async def asked_before(state: FSMContext, shown: str) -> dict[str, Any] | None:
    """The question that a message of ours asked and that was left for another one, if it is such a one."""
    return next((one for one in reversed(await _waiting(state)) if _is_asked(one, shown)), None)


async def turn_to(state: FSMContext, kept: dict[str, Any]) -> None:
    """Wait for the answer to a question, a new one or one that was left; it is asked once."""
    await leave(state)
    step, about = await state.get_state(), (kept["case"], kept["action"])
    waiting = [one for one in await _waiting(state) if (one["case"], one["action"]) != about]
    await state.update_data({"dealing": {**kept, "step": step}, WAITING: waiting})
    await state.set_state(STEP)


async def is_over(state: FSMContext, shown: str, number: str) -> bool:
    """Whether a message of ours is a question that waits for nobody's words here: another's, or one of long ago."""
    kept = await now(state) if await state.get_state() == STEP else {}
    return not _is_asked(kept, shown) and any(words in shown for words in _questions(number))


def _questions(number: str) -> Iterator[str]:
    """All that buttons ask about a case, in every language."""
    for language in LANGUAGES:
        texts = texts_in(language)
        yield from (plain(one.ask(texts, number)) for one in ASKED.values())
        yield from map(plain, (texts.give_progress(number), *_of_result(texts, number)))


def _of_result(texts: Texts, number: str) -> tuple[str, str]:
    return texts.give_result(number, True), texts.give_result(number, False)


async def now(state: FSMContext) -> dict[str, Any]:
    """What is asked and what came so far; empty if nothing is asked."""
    return dict((await state.get_data()).get("dealing") or {})


async def keep(state: FSMContext, kept: dict[str, Any], asks: str = "") -> None:
    """Keep what came; more is needed, and asked for by `asks`."""
    more = [plain(asks)] if asks else []
    await state.update_data(dealing={**kept, "asks": [*kept.get("asks", [])[:1], *more]})


async def end(state: FSMContext, album: dict[str, Any] | None = None) -> None:
    """Nothing is asked any more; what was written before goes on. `album`: more of its pictures may follow."""
    data = await state.get_data()
    kept: dict[str, Any] = data.pop("dealing", None) or {}
    await state.set_data({**data, "album_of_work": album} if album else data)
    await state.set_state(kept.get("step"))


async def last_album(state: FSMContext) -> dict[str, Any]:
    """The album that was taken last: its id, case and where its pictures go."""
    return dict((await state.get_data()).get("album_of_work") or {})


async def took_album(state: FSMContext, album: dict[str, Any]) -> None:
    """Remember where the rest of an album goes."""
    await state.update_data(album_of_work=album)
