"""Numbers as people say them: 3, 三个人, 一百五; 十几个 is none that could be counted with."""

import re
import unicodedata
from collections.abc import Sequence

SIGNS = ("零〇", "一", "二两俩", "三仨", "四", "五", "六", "七", "八", "九")
DIGITS = {sign: value for value, signs in enumerate(SIGNS) for sign in signs}
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
SPOKEN = f"[{''.join((*DIGITS, *UNITS))}]"
NUMERAL = re.compile(f"[0-9]{{1,6}}|{SPOKEN}+")
VAGUE = re.compile(f"(?:几|数)[{''.join(UNITS)}]|[{''.join(UNITS)}](?:几|多|来)|好几|[0-9]+(?:几|多)|(?<![十百])几")
"""十几, 几十, 三十多, 好几个: more than one number could be meant."""


def number_in(words: str) -> int | None:
    """The one number that the words say; None if they say none, several, or only 十几个."""
    plain = unicodedata.normalize("NFKC", words)
    if VAGUE.search(plain):
        return None
    found = [value_of(numeral) for numeral in NUMERAL.findall(plain)]
    return found[0] if len(found) == 1 else None


def counted_in(text: str, units: Sequence[str]) -> int | None:
    """How many of something a text tells: 2 for 个人 in 关了两个人; None if none, or twice differently."""
    plain = unicodedata.normalize("NFKC", text)
    behind = "|".join(sorted(map(re.escape, units), key=len, reverse=True))
    spans = re.finditer(rf"(?<![0-9几第])({NUMERAL.pattern})\s?(?:{behind})", plain) if units else ()
    found = {value_of(span[1]) for span in spans if not VAGUE.search(plain[max(0, span.start() - 1) : span.end()])}
    return found.pop() if len(found) == 1 else None


def value_of(numeral: str) -> int | None:
    """The value of a numeral in digits or characters; None for 两三, which is no one number."""
    if numeral.isdecimal():
        return int(numeral)
    total, part, digit, last = 0, 0, None, 1
    for sign in numeral:
        if sign in UNITS:
            last = UNITS[sign]
            part, digit = part + (1 if digit is None else digit) * last, None
            if last == UNITS["万"]:
                total, part = part, 0
        elif digit:
            return None
        else:
            digit = DIGITS[sign]
            last = 1 if digit == 0 else last
    return total + part + (digit or 0) * (last // 10 if last > UNITS["十"] else 1)
