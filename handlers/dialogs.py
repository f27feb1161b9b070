"""aiogram's dialog storage over the desk's own transaction: step and words are written with all else, or not."""

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from bot.desk.desk import Desk


class DeskStorage(BaseStorage):
    """Reads and changes the dialog of the person who acts; the desk writes it at its end."""

    def __init__(self, desk: Desk, place: int) -> None:
        self._desk = desk
        self._place = place

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Go to a step; None ends the dialog."""
        dialog = await self._dialog()
        dialog.state = state.state if isinstance(state, State) else state
        dialog.changed = True

    async def get_state(self, key: StorageKey) -> str | None:
        """The step."""
        return (await self._dialog()).state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Keep what was said."""
        dialog = await self._dialog()
        dialog.data = dict(data)
        dialog.changed = True

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """What was said."""
        return dict((await self._dialog()).data)

    async def close(self) -> None:
        """Nothing to close: the transaction is the desk's."""

    async def _dialog(self) -> Any:
        assert self._desk.person is not None
        return await self._desk.dialog(self._desk.person.id, self._place)


def dialog_of(desk: Desk, place: int, bot_id: int) -> FSMContext:
    """The dialog of whoever acts, in a private chat (0) or a group."""
    return FSMContext(storage=DeskStorage(desk, place), key=StorageKey(bot_id=bot_id, chat_id=place, user_id=0))
