"""Where somebody lives or means, asked aside: by a location, by words, or chosen from the list of places."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.desk.desk import Desk
from bot.texts import Texts
from handlers import aside
from handlers.resident.keyboards import large, location_key, menu
from handlers.resident.saying import Question, Said, says
from handlers.responders.replies import NoKey
from handlers.sorting import InStep

TRIES = 2
"""So often it is asked again for words that mean no place; then what was going on before goes on."""
TRIED = "tried"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Who asks: the step that waits, how it is asked, the topmost places under some words, how the place is called,
    and what is answered at it."""

    step: str
    asked: Callable[[Texts], str]
    listed: Callable[[Desk, Texts, str], Awaitable[Question]]
    name: Callable[[Desk, int], Awaitable[str]]
    answer: Callable[[Desk, Texts, int], Awaitable[Question]]

    def listen(self, router: Router) -> None:
        """Take the location or the words while it is asked."""
        router.message.register(self._lives_there, InStep(self.step), F.location)
        router.message.register(self._says_where, InStep(self.step), NoKey(), F.text.as_("text"))

    async def ask(self, event: Message | CallbackQuery, desk: Desk, texts: Texts, state: FSMContext) -> Said:
        """The question with a key that sends the location, and the list."""
        await aside.ask(state, self.step)
        listed = await self.listed(desk, texts, texts.or_choose())
        asked = f"{self.asked(texts)}\n{texts.location_not_kept()}"
        return [says(event, asked, large([location_key(texts)])), says(event, *listed)]

    async def found(self, state: FSMContext) -> None:
        """A place was chosen by a button: nothing is asked any more."""
        if await state.get_state() == self.step:
            await aside.end(state)

    async def _lives_there(self, message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
        """A location; only the place of the grid that it lies in is used, the point is kept nowhere."""
        assert message.location is not None
        point = message.location
        node = await desk.office.places.at(desk.tx, point.latitude, point.longitude)
        return await self._answered(message, desk, texts, state, node.id if node else None)

    async def _says_where(self, message: Message, desk: Desk, texts: Texts, state: FSMContext, text: str) -> Said:
        """新港小区3栋."""
        node = await desk.office.places.named(desk.tx, text)
        return await self._answered(message, desk, texts, state, node.id if node else None)

    async def _answered(
        self, message: Message, desk: Desk, texts: Texts, state: FSMContext, node_id: int | None
    ) -> Said:
        if node_id is None:
            tried = (await aside.facts(state)).get(TRIED, 0) + 1
            if tried > TRIES:
                await aside.end(state)
                return [says(message, texts.place_given_up(), menu(texts))]
            await aside.ask(state, self.step, **{TRIED: tried})
            return [says(message, *await self.listed(desk, texts, texts.unknown_place()))]
        await aside.end(state)
        known = texts.place_known(await self.name(desk, node_id))
        return [says(message, known, menu(texts)), says(message, *await self.answer(desk, texts, node_id))]
