"""What people were shown against what the database holds: nothing lost, nothing doubled, what came twice."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.lab.chaos_points import Heard
from bot.lab.chaos_poison import is_poisoner

NUMBER = re.compile(r"\d{6}-\d{3,}")
VOICE = re.compile(r"voice-\d+")
MARK = re.compile(r"（(\d+)）")


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """`lost`: receipts shown without a case. `doubled`: reports with two cases. `lost_pushes`: cards, photos and voices
    of cases that a group was not shown. `duplicates`: deliveries of something that had been delivered; `by_life` says
    after which death of the bot they came. `said_again`: those that a lost answer explains, one each; they do not count
    among the duplicates."""

    cases: int
    lost: int
    doubled: int
    lost_pushes: int
    duplicates: int
    by_life: Mapping[int, int]
    said_again: int


def reckon(
    cases: Iterable[tuple[str, str]], heard: Sequence[Heard], lost: Mapping[str, int] | None = None
) -> Reckoning:
    """Compare cases (number, text with the report's mark) with all that was shown; `lost`: how often something was
    shown whose answer got lost."""
    marks = {number: _mark(text) for number, text in cases}
    receipts = {number for one in heard if one.chat > 0 for number in NUMBER.findall(one.text)}
    again, said_again = _again((one for one in heard if not is_poisoner(one.chat)), Counter(lost))
    return Reckoning(
        cases=len(marks),
        lost=len(receipts - marks.keys()),
        doubled=sum(count - 1 for count in Counter(marks.values()).values()),
        lost_pushes=_lost_pushes(marks, heard),
        duplicates=again.total(),
        by_life=dict(again),
        said_again=said_again,
    )


def _lost_pushes(marks: Mapping[str, str], heard: Iterable[Heard]) -> int:
    """All reports are alike: a group that was shown one card, photo or voice must be shown those of all cases."""
    wanted = {"sendMessage": set(marks), "sendPhoto": set(marks), "sendVoice": {f"voice-{m}" for m in marks.values()}}
    shown: dict[tuple[str, int], set[str]] = {(method, 0): set() for method in wanted}
    for one in heard:
        if one.chat < 0 and one.method in wanted:
            words = (VOICE if one.method == "sendVoice" else NUMBER).findall(one.text)
            shown.setdefault((one.method, one.chat), set()).update(words)
            shown.pop((one.method, 0), None)
    return sum(len(wanted[method] - seen) for (method, _), seen in shown.items())


def _mark(text: str) -> str:
    found = MARK.search(text)
    return found[1] if found else text


def _again(heard: Iterable[Heard], lost: Counter[str]) -> tuple[Counter[int], int]:
    """Everybody reports once only, and every card has its serial: what is shown twice alike is one letter twice."""
    shown: set[str] = set()
    again: Counter[int] = Counter()
    said_again = 0
    for one in heard:
        if one.what in shown and lost[one.what]:
            lost[one.what] -= 1
            said_again += 1
        elif one.what in shown:
            again[one.life] += 1
        shown.add(one.what)
    return again, said_again
