"""The pieces of a text that the learned weights know: its runs of one to four characters, and whole English words."""

import re
from itertools import pairwise

LONGEST = 4
NUMBERS = re.compile(r"\d[\d-]{5,}x?|[一-龥][a-z][a-z\d]{5,6}(?![a-z\d])")
"""Telephones, identities, plates: whose they are tells nothing of what happened, and would drown what does."""
DIGITS = re.compile(r"\d")
SIGNS = re.compile(r"\W+")
WORDS = re.compile("[a-z]{2,}")


def pieces(plain: str) -> set[str]:
    """All runs of 1 to 4 characters between signs, and English words and pairs of them.

    Every digit counts as 0: a house is as good as another. Long numbers are left out.
    """
    found: set[str] = set()
    for part in SIGNS.split(DIGITS.sub("0", NUMBERS.sub(" ", plain))):
        for long in range(1, LONGEST + 1):
            found.update(part[at : at + long] for at in range(len(part) - long + 1))
    english = WORDS.findall(plain)
    found.update(f"{word} " for word in english)
    found.update(f"{one} {other}" for one, other in pairwise(english))
    found.discard("")
    return found
