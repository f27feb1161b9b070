"""Takes an update to the right door and puts what the door says on the desk. One dispatcher, built once."""

from collections.abc import AsyncGenerator, Iterable, Mapping
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.fsm.context import FSMContext
from aiogram.methods import AnswerCallbackQuery, TelegramMethod
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, TelegramObject, Update, User
from pydantic import BaseModel, ValidationError

from bot.cases.errors import Refusal
from bot.cases.hurry import Hurry
from bot.desk import alerting
from bot.desk.about import is_quiet, seen_again
from bot.desk.desk import Desk
from bot.intake.signs import HEARD, Sign
from bot.intake.worker import Unreadable
from bot.outbox.buttons import one_below_the_other
from bot.texts.large import in_lines
from handlers import danger, refusals
from handlers.corridor import corridor
from handlers.dialogs import dialog_of
from handlers.resident.hurrying import passes, too_fast
from handlers.resident.voices import heard
from handlers.sorting import InGroup, Private

OBSERVED: Mapping[str, type[TelegramObject]] = {
    "message": Message,
    "edited_message": Message,
    "callback_query": CallbackQuery,
    "my_chat_member": ChatMemberUpdated,
}
READ = {**OBSERVED, HEARD: Message}
_PLAIN = frozenset({str, int, float, bool, dict})
UNSAID = (None, UNHANDLED)
HURRIED = frozenset({"message", "edited_message", "callback_query"})
"""What counts."""


class Mute(BaseSession):
    """Nothing leaves through aiogram; a session that could would read all certificates of the machine at the start."""

    async def close(self) -> None:
        """Nothing is open."""

    async def make_request(self, *given: Any, **more: Any) -> Any:
        """Raises NotImplementedError: what is to be said is returned."""
        raise NotImplementedError

    async def stream_content(self, *given: Any, **more: Any) -> AsyncGenerator[bytes, None]:
        """Raises NotImplementedError: files are fetched by a job."""
        raise NotImplementedError
        yield b""


class Ourselves(Bot):
    """aiogram asks who we are when a command names a bot; here that costs no call inside a transaction."""

    username = ""

    async def me(self) -> User:
        """Ourselves, as far as the desk knows."""
        return User(id=self.id, is_bot=True, first_name="", username=self.username or None)


class Reception:
    """What the worker calls for every update."""

    def __init__(self, token: str) -> None:
        self._bot = Ourselves(token, session=Mute())
        self._private = corridor(InGroup)
        self._groups = corridor(Private)

    async def answer(self, desk: Desk, update: dict[str, Any], sign: Sign) -> None:
        """Deal with one update. Raises Unreadable when it is none, Refusal when the rules say no."""
        event = self._read(update, sign)
        self._bot.username = desk.office.me.username
        place = 0 if sign.private else sign.chat_id or 0
        state = dialog_of(desk, place, self._bot.id)
        talks = desk.person is not None and sign.private
        in_danger = await alerting.before(desk) if talks else {}
        if sign.kind == HEARD and isinstance(event, Message):
            _put(desk, await heard(event, desk, desk.texts(), state, update["about"]))
        else:
            await self._through_the_door(desk, event, sign, state)
        if talks:
            await alerting.follow(desk, in_danger)

    async def _through_the_door(self, desk: Desk, event: TelegramObject, sign: Sign, state: FSMContext) -> None:
        if desk.person and not desk.person.reachable and sign.private:
            await seen_again(desk)
        hurry = self._hurry(desk, sign)
        if hurry is not Hurry.CALM and isinstance(event, CallbackQuery) and not passes(event):
            desk.answer_press(as_json(event.answer(desk.texts().pressed_too_fast(), show_alert=True)))
            return
        if desk.person and sign.private and sign.kind == "message" and isinstance(event, Message):
            _put(desk, await danger.ahead(event, desk, desk.texts(), state))
        raw_state = await state.get_state() if desk.person else None
        doors = self._private if sign.private else self._groups
        said = await doors.lead(
            sign.kind or "", event, bot=self._bot, desk=desk, texts=desk.texts(), state=state, raw_state=raw_state
        )
        if hurry is Hurry.CALM or desk.urgent or isinstance(event, CallbackQuery):
            _put(desk, said)
        elif hurry is Hurry.TELL and isinstance(event, Message):
            _put(desk, too_fast(event, desk.texts()))
        if isinstance(event, CallbackQuery) and not desk.at_once:
            desk.answer_press({"callback_query_id": event.id})  # else the button waits for ever

    def _hurry(self, desk: Desk, sign: Sign) -> Hurry:
        """How fast a resident writes privately; people with a duty may be as quick as they like."""
        known = desk.person
        if known is None or known.name is not None or not sign.private or sign.kind not in HURRIED:
            return Hurry.CALM
        return desk.office.hurries.look(known.id, sign.update_id or 0, desk.now(), desk.office.person_pace)

    async def refuse(self, desk: Desk, update: dict[str, Any], sign: Sign, refusal: Refusal) -> None:
        """Say no politely, where it was asked."""
        event, hurry = self._read(update, sign), self._hurry(desk, sign)
        if hurry is Hurry.CALM or isinstance(event, CallbackQuery):
            _put(desk, refusals.sentence(desk.texts(), event, refusal))
        elif hurry is Hurry.TELL and isinstance(event, Message):
            _put(desk, too_fast(event, desk.texts()))

    def _read(self, update: dict[str, Any], sign: Sign) -> TelegramObject:
        """What happened. Only the part that a door looks at is taken apart."""
        if sign.private and sign.user_id is None:
            raise Unreadable  # in private all that comes is somebody's; of a number that is none nobody knows whose
        kind = sign.kind or ""
        seen, part = (READ[kind], update[kind]) if kind in READ else (Update, update)
        try:
            return seen.model_validate(part, context={"bot": self._bot})
        except ValidationError:
            raise Unreadable from None


def _put(desk: Desk, said: Any) -> None:
    methods = cast("Iterable[object]", said) if isinstance(said, list | tuple) else (said,)
    for method in methods:
        if method in UNSAID:
            continue
        assert isinstance(method, TelegramMethod)
        params = as_json(method)
        if isinstance(method, AnswerCallbackQuery):
            desk.answer_press(params)
        else:
            if desk.person is not None and params.get("chat_id", 0) > 0:
                _as_they_need_it(desk, params)
            desk.answer(params.get("chat_id", 0), method.__api_method__, params)


def _as_they_need_it(desk: Desk, params: dict[str, Any]) -> None:
    """In large style; and for whoever must not be heard without a sound (a changed message makes none anyway)."""
    if desk.person is not None and desk.person.large:
        _enlarge(params)
    if is_quiet(desk) and "message_id" not in params:
        params["disable_notification"] = True


def _enlarge(params: dict[str, Any]) -> None:
    """Short lines and wide buttons, for whoever chose the large style."""
    if "text" in params:
        params["text"] = in_lines(params["text"])
    if "inline_keyboard" in params.get("reply_markup", {}):
        params["reply_markup"] = one_below_the_other(params["reply_markup"])


def as_json(value: Any) -> Any:
    """A method or type of aiogram as the JSON Telegram wants: without empty fields and the server's own defaults."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, BaseModel):
        fields = ((name, as_json(one)) for name, one in value.__dict__.items() if one is not None)
        return {name: one for name, one in fields if one is not None}
    if isinstance(value, list | tuple):
        return [as_json(one) for one in cast("Iterable[object]", value)]
    return cast("object", value) if isinstance(value, str | int | float | bool | dict) else None
