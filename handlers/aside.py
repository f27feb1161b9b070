"""A question asked aside: what was going on before (a draft, say) goes on when it is answered or given up."""

from typing import Any

from aiogram.fsm.context import FSMContext

KEPT = "aside"


async def ask(state: FSMContext, step: str, **facts: Any) -> None:
    """Wait for words at this step."""
    before = await state.get_state()
    kept = dict((await state.get_data()).get(KEPT) or {})
    goes_on = kept.get("before") if kept else before
    await state.update_data({KEPT: {**facts, "before": goes_on}})
    await state.set_state(step)


async def choose(state: FSMContext, **facts: Any) -> None:
    """Keep facts while buttons are pressed; words mean meanwhile what they meant before it was asked."""
    before = dict((await state.get_data()).get(KEPT) or {}).get("before")
    await state.update_data({KEPT: {**facts, "before": before}})
    await state.set_state(before)


async def facts(state: FSMContext) -> dict[str, Any]:
    """What was kept when it was asked."""
    return dict((await state.get_data()).get(KEPT) or {})


async def end(state: FSMContext) -> None:
    """Nothing is asked aside any more."""
    data = await state.get_data()
    kept: dict[str, Any] = data.pop(KEPT, None) or {}
    await state.set_data(data)
    await state.set_state(kept.get("before"))
