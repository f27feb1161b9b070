"""Inline buttons: what they carry, how they are laid out. What a button says is never trusted, only where it points."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.texts.large import MOST_ROWS

Keyboard = dict[str, Any]
Button = dict[str, str]
Card = tuple[str, Keyboard | None]
"""What a card says, and the buttons under it."""


@dataclass(frozen=True, slots=True)
class Press:
    """A press on a case: which, what, and on what the button was drawn."""

    case_id: int
    action: str
    version: int = 0
    value: str = ""

    def pack(self) -> str:
        """At most 64 bytes, as Telegram wants."""
        return f"c:{self.case_id}:{self.action}:{self.version}:{self.value}"


def read_press(data: str) -> Press | None:
    """The press behind callback data, or None if it is none of ours."""
    parts = data.split(":", 4)
    if len(parts) != 5 or parts[0] != "c" or not (parts[1].isdecimal() and parts[3].isdecimal()):
        return None
    if len(parts[1]) > 18 or len(parts[3]) > 9:
        return None
    return Press(int(parts[1]), parts[2], int(parts[3]), parts[4])


def button(text: str, data: str) -> Button:
    """One button."""
    return {"text": text, "callback_data": data}


def rows(buttons: Iterable[Button], width: int) -> list[list[Button]]:
    """Buttons in rows of `width`."""
    flat = list(buttons)
    return [flat[at : at + width] for at in range(0, len(flat), width)]


def keyboard(*lines: Sequence[Button]) -> Keyboard:
    """An inline keyboard; empty lines are left out."""
    return {"inline_keyboard": [list(line) for line in lines if line]}


def one_below_the_other(buttons: Keyboard) -> Keyboard:
    """Each button in a row of its own, as wide as the chat; a long list stays as it is."""
    each = [[one] for row in buttons.get("inline_keyboard", ()) for one in row]
    return {"inline_keyboard": each} if 0 < len(each) <= MOST_ROWS else buttons
