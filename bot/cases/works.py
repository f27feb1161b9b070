"""Planned works: what an announcement must tell before it leaves."""

import re

CLOCK = re.compile(r"[0-9０-９]{1,2}\s*(?:[:：]\s*[0-9０-９]{2}|[点时])")
TELEPHONE = re.compile(r"[0-9]{3,4}-[0-9]{7,8}|(?<![0-9])[0-9]{5,12}(?![0-9])")

DAY_WORD = re.compile(r"大?后[天日]|[今明][天日早晚晨]|today|tonight|tomorrow", re.IGNORECASE)


def day_word(words: str) -> str:
    """A word that means another day on the day after: 明天. Empty without one."""
    found = DAY_WORD.search(words)
    return found[0] if found else ""


def lacks(words: str) -> list[str]:
    """What is missing: `when` (from and until), `contact` (a telephone number)."""
    missing = ["when"] if len(CLOCK.findall(words)) < 2 else []
    return missing if TELEPHONE.search(words) else [*missing, "contact"]
