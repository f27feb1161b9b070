"""Large style for old eyes: one fact to a line. The channel cannot set larger letters, shorter lines read as easily."""

import re

ENDS = re.compile(r"([。！？；]|(?<=[a-z)])[.!?;](?= [A-Z]))[ \u3000]*(?=[^\s。！？；）”」])")
MOST_ROWS = 16
"""More buttons than this stay side by side: a long list is not longer still."""


def in_lines(words: str) -> str:
    """The same words, each sentence on a line of its own, with room between what were lines before."""
    return "\n".join(ENDS.sub(r"\1\n", line) for line in words.split("\n"))
