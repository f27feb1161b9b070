"""Choosing a place by taps where there are many: a page of them at a time, in rows of two."""

from collections.abc import Callable, Sequence

from bot.texts import Texts
from handlers.numbers import number
from handlers.resident.keyboards import Choice, in_rows

PAGE = 16
"""So many are still seen at once. Telegram refuses more than a hundred buttons under one message."""


def paged(texts: Texts, choices: Sequence[Choice], page: int, turn: Callable[[int], str]) -> list[Sequence[Choice]]:
    """The rows of one page (the last one for a number beyond it), and the buttons that turn it; `turn` is their data.

    The pages are about equally full, so that no page has a single place.
    """
    pages = max(1, -(-len(choices) // PAGE))
    full = max(1, -(-len(choices) // pages))
    full += full % 2
    shown, turning = one_page(texts, choices, page, full, turn)
    return [*in_rows(shown, 2), turning]


def one_page(
    texts: Texts, choices: Sequence[Choice], page: int, size: int, turn: Callable[[int], str]
) -> tuple[Sequence[Choice], list[Choice]]:
    """A page of so many (the last one for a number beyond it), and the buttons that turn it; `turn` is their data."""
    page = min(page, max(0, (len(choices) - 1) // size))
    turning: list[Choice] = [(texts.page_before(), turn(page - 1))] if page else []
    if len(choices) > (page + 1) * size:
        turning.append((texts.next_page(), turn(page + 1)))
    return choices[page * size : (page + 1) * size], turning


def place_and_page(value: str) -> tuple[int, int]:
    """What the button of a place carries: its number, and behind a point the page of those below it. Raises NotOpen."""
    node_id, _, page = value.partition(".")
    return number(node_id), number(page or "0")
