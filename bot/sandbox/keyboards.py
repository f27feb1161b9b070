"""Reply markup of every kind: read, checked as Telegram checks it, and returned as a message would carry it."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from bot.sandbox.errors import bad
from bot.sandbox.params import Params
from bot.sandbox.records import Json

DATA_LIMIT = 64
MOST_BUTTONS = 100
INLINE_FIELDS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip
PRIVATE_ONLY = {"request_contact": "phone number", "request_location": "location"}


def reply_markup(params: Params, private: bool) -> Json | None:
    """The markup of a call, None for none. Raises Refused 400, among them BUTTON_DATA_INVALID over 64 bytes."""
    value = params.parsed("reply_markup", "reply keyboard markup")
    if value is None:
        return None
    if not isinstance(value, dict):
        raise bad("object expected as reply markup")
    markup = cast(Json, value)
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"])
    if "keyboard" in markup:
        return {**markup, "keyboard": _rows(markup["keyboard"], partial(_key, private))}
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    return None


def inline_markup(params: Params) -> Json | None:
    """The inline keyboard of an edit; any other kind is refused."""
    value = params.parsed("reply_markup", "inline keyboard markup")
    if value is None or value == {}:
        return None
    if not isinstance(value, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" not in value:
        raise bad("inline keyboard expected")
    return _inline(cast(Json, value)["inline_keyboard"])


def _inline(rows: Any) -> Json | None:
    checked = [row for row in _rows(rows, _button) if row]
    if sum(len(row) for row in checked) > MOST_BUTTONS:
        raise bad("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": checked} if checked else None


def _rows(rows: Any, read: Callable[[Any], Json]) -> list[list[Json]]:
    if not isinstance(rows, list):
        raise bad("field \"keyboard\" of the ReplyKeyboardMarkup must be an Array of Arrays")  # fmt: skip
    checked: list[list[Json]] = []
    for row in cast(list[Any], rows):
        if not isinstance(row, list):
            raise bad("can't parse keyboard: expected an Array of Arrays of buttons")
        checked.append([read(each) for each in cast(list[Any], row)])
    return checked


def _button(value: Any) -> Json:
    if not isinstance(value, dict):
        raise bad("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    button = {key: each for key, each in cast(Json, value).items() if each is not None}
    if not button.get("text"):
        raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not any(name in button for name in INLINE_FIELDS):
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= DATA_LIMIT:
        raise bad("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not str(url).startswith(("http://", "https://", "tg://")) and "." not in str(url):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return button


def _key(private: bool, value: Any) -> Json:
    if isinstance(value, str):
        return {"text": value}
    if not isinstance(value, dict) or not cast(Json, value).get("text"):
        raise bad("can't parse keyboard button: KeyboardButton must be a String or an Object with a text")
    key = cast(Json, value)
    for field, what in PRIVATE_ONLY.items():
        if key.get(field) and not private:
            raise bad(f"{what} can be requested in private chats only")
    return key


def pressed_button(message: Json, text: str) -> Json | None:
    """The button of a message that a person means by its text or a part of it."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons: list[Json] = [each for row in rows for each in row]
    exact = (each for each in buttons if each["text"] == text)
    return next(exact, None) or next((each for each in buttons if text in each["text"]), None)
