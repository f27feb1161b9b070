"""The small dialog of responders: what a button asked for and what came so far. A draft of their own report stays."""

from typing import Any

from aiogram.fsm.context import FSMContext

from bot.cases.actions import Action
from bot.cases.case import Case
from bot.desk.desk import Desk

STEP = "dealing"
PATIENCE_S = 30 * 60
"""Words that come later than this, and not as a reply, are meant for something else."""


async def begin(state: FSMContext, desk: Desk, case: Case, action: Action, about: str) -> None:
    """Wait for words (and photos) about a case."""
    before = await state.get_state()
    kept: dict[str, Any] = {
        "case": case.id,
        "number": case.number,
        "action": action.value,
        "about": about,
        "photo": [],
        "words": "",
    }
    step = None if before == STEP else before
    await state.update_data(dealing={**kept, "at": desk.now().timestamp(), "step": step})
    await state.set_state(STEP)


async def now(state: FSMContext) -> dict[str, Any]:
    """What is asked and what came so far; empty if nothing is asked."""
    return dict((await state.get_data()).get("dealing") or {})


async def keep(state: FSMContext, kept: dict[str, Any]) -> None:
    """Keep what came; more is needed."""
    await state.update_data(dealing=kept)


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
