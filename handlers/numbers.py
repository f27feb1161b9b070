"""Numbers in callback data: what a forged button carries is refused, not looked up."""

from bot.cases.errors import NotOpen

LONGEST = 18
"""Digits of a number that fits the database."""


def number(text: str) -> int:
    """A whole number. Raises NotOpen for anything else."""
    if not (text.isascii() and text.isdecimal()) or len(text) > LONGEST:
        raise NotOpen
    return int(text)
