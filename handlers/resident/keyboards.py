"""Keyboards of the resident's door."""

from collections.abc import Sequence
from functools import cache

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from bot.texts import Texts
from handlers.resident.saying import Keys

Choice = tuple[str, str]


def inline(*rows: Sequence[Choice]) -> InlineKeyboardMarkup:
    """Rows of (words, data); empty rows are left out."""
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=text, callback_data=data) for text, data in row] for row in rows if row
        ]
    )


def in_rows(choices: Sequence[Choice], width: int) -> list[Sequence[Choice]]:
    """Choices in rows of `width`."""
    return [choices[at : at + width] for at in range(0, len(choices), width)]


def with_row(keys: Keys, row: Sequence[Choice]) -> Keys:
    """The same keys with one more row before the last, which leads back."""
    if not row or not isinstance(keys, InlineKeyboardMarkup):
        return keys
    rows, more = keys.inline_keyboard, inline(row).inline_keyboard
    return InlineKeyboardMarkup(inline_keyboard=[*rows[:-1], *more, *rows[-1:]])


MENU = ("menu_report", "menu_mine", "menu_grid", "menu_ask", "menu_praise", "menu_help")
"""The sentences on its keys."""


@cache
def menu(texts: Texts) -> ReplyKeyboardMarkup:
    """The menu that stays under the chat: large, few."""
    return ReplyKeyboardMarkup(
        keyboard=[
            [KeyboardButton(text=texts.menu_report())],
            [KeyboardButton(text=texts.menu_mine()), KeyboardButton(text=texts.menu_grid())],
            [KeyboardButton(text=words) for words in (texts.menu_ask(), texts.menu_praise(), texts.menu_help())],
        ],
        resize_keyboard=True,
        is_persistent=True,
    )


def where(texts: Texts, *known: str) -> ReplyKeyboardMarkup:
    """Asks the phone for its location, or lets choose from the list. `known`: places that are likely, by name."""
    return large(
        [location_key(texts)],
        *([KeyboardButton(text=name)] for name in known),
        [KeyboardButton(text=texts.choose_place()), KeyboardButton(text=texts.skip())],
        [KeyboardButton(text=texts.back()), KeyboardButton(text=texts.cancel())],
    )


def large(*rows: Sequence[KeyboardButton]) -> ReplyKeyboardMarkup:
    """Keys in the place of the menu, for one answer."""
    return ReplyKeyboardMarkup(keyboard=[list(row) for row in rows], resize_keyboard=True, one_time_keyboard=True)


def location_key(texts: Texts) -> KeyboardButton:
    """The key with which the phone sends where it is."""
    return KeyboardButton(text=texts.share_location(), request_location=True)


def number_key(texts: Texts) -> KeyboardButton:
    """The key with which the phone sends its own number."""
    return KeyboardButton(text=texts.share_number(), request_contact=True)


def of_own_data(texts: Texts) -> list[Choice]:
    """下载我的资料, 删掉我的资料."""
    return [(texts.way_data(), "mydata:"), (texts.way_forget(), "way:forget")]
