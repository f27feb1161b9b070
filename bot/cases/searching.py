"""Searching by words: two characters at a time, so that Chinese needs no dictionary. And what may be a case number."""

import re
import unicodedata
from datetime import date, timedelta
from itertools import pairwise

LONGEST = 39
"""Bytes of what is looked for: so much goes into a button beside a place and a number. Thirteen Chinese characters."""

DAYS_BACK = 31
_NUMBER = re.compile(r"(?:(\d{2})?(\d{4})-)?(\d{1,6})|(\d{6})-?")


def pieces(text: str) -> list[str]:
    """Every pair of neighbouring letters, digits or Chinese characters, each once, in order."""
    return sorted({a + b for run in _runs(text) for a, b in pairwise(run)})


def tidied(words: str) -> str:
    """What somebody looks for as a button carries it: letters, digits and spaces, cut to LONGEST bytes."""
    plain = " ".join(_runs(words))
    while len(plain.encode()) > LONGEST:
        plain = plain[:-1]
    return plain.strip()


def _runs(text: str) -> list[str]:
    """The text without signs; wide and narrow letters are the same, and so are large and small ones."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign if sign.isalnum() else " " for sign in plain).split()


def numbers_like(words: str, prefix: str, today: date) -> list[str]:
    """The case numbers that a part of one may mean: 261126-003, 1126-003, or 003 of the last month; none if it is none.

    A day alone (261126) is the beginning of all of its numbers, and ends with a hyphen.
    """
    part = words.strip().removeprefix(prefix)
    found = _NUMBER.fullmatch(part)
    if found is None:
        return []
    year, day, running, whole_day = found.groups()
    if whole_day or (day is None and len(running) == 6):
        return [f"{prefix}{whole_day or running}-"]
    number = f"{int(running):03d}"
    if year:
        return [f"{prefix}{year}{day}-{number}"]
    if day:
        return [f"{prefix}{(today.year - back) % 100:02d}{day}-{number}" for back in (0, 1)]
    days = (today - timedelta(days=back) for back in range(DAYS_BACK))
    return [f"{prefix}{one:%y%m%d}-{number}" for one in days]
