"""Planned works: what an announcement must tell before it leaves."""

import re

CLOCK = re.compile(r"[0-9０-９]{1,2}\s*(?:[:：]\s*[0-9０-９]{2}|[点时])")
TELEPHONE = re.compile(r"[0-9]{3,4}-[0-9]{7,8}|(?<![0-9])[0-9]{5,12}(?![0-9])")


def lacks(words: str) -> list[str]:
    """What is missing: `when` (from and until), `contact` (a telephone number)."""
    missing = ["when"] if len(CLOCK.findall(words)) < 2 else []
    return missing if TELEPHONE.search(words) else [*missing, "contact"]
