"""The pieces of a text that the learned weights know: its runs of one to four characters, and whole English words."""

import re
from itertools import pairwise

LONGEST = 4
DIGITS = re.compile(r"\d")
SIGNS = re.compile(r"\W+")
WORDS = re.compile("[a-z]{2,}")


def pieces(plain: str) -> set[str]:
    """All runs of 1 to 4 characters between signs, and English words and pairs of them.

    Every digit counts as 0: a house is as good as another.
    """
    found: set[str] = set()
    for part in SIGNS.split(DIGITS.sub("0", plain)):
        for long in range(1, LONGEST + 1):
            found.update(part[at : at + long] for at in range(len(part) - long + 1))
    english = WORDS.findall(plain)
    found.update(f"{word} " for word in english)
    found.update(f"{one} {other}" for one, other in pairwise(english))
    found.discard("")
    return found
