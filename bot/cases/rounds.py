"""Roll calls (平安报到) and household tasks: one question to every household group of a place, counted by taps."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.cases.worktime import SHANGHAI

NUMBERS = re.compile(r"\d+")
MOST = 9999
"""More households than one group can have; what is larger is a telephone number."""

EVENING = time(20)
MORNING = time(9)
DAY = timedelta(days=1)


class RoundKind(StrEnum):
    """A roll call is urgent and counts safe, in need, not reached; a task counts what is done."""

    ROLLCALL = "rollcall"
    TASK = "task"


class RoundStand(StrEnum):
    """Whether somebody else must agree before anybody is asked, has agreed (or need not), or has not."""

    WAITING = "waiting"
    OPEN = "open"
    REFUSED = "refused"


ASKED_AGAIN = timedelta(minutes=5)
"""A roll call that waits for somebody's word asks for it again so often: nobody is to wait in an emergency."""

ANSWERERS = {
    RoundKind.ROLLCALL: ("household_head",),
    RoundKind.TASK: ("household_head", "building_head"),
}
"""Who is asked."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Households of one group or of several: `done` are safe (roll call) or finished (task)."""

    households: int = 0
    done: int = 0
    help: int = 0
    missing: int = 0

    @property
    def told(self) -> int:
        """Households of which something is known."""
        return self.done + self.help + self.missing

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.households + other.households,
            self.done + other.done,
            self.help + other.help,
            self.missing + other.missing,
        )


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    return sum(tallies, Tally())


def rest_done(tally: Tally) -> Tally:
    """全部平安, 其余平安, 全部完成: every household that is not in need and not missing."""
    done = max(0, tally.households - tally.help - tally.missing)
    return Tally(tally.households, done, tally.help, tally.missing)


def one_of(tally: Tally, kind: str) -> Tally:
    """One more household in need or not reached (`kind` is help or missing).

    Nothing is assumed of the others; only where all were counted already, one safe household fewer is.
    """
    troubled = {"help": tally.help + (kind == "help"), "missing": tally.missing + (kind == "missing")}
    room = max(0, tally.households - sum(troubled.values()))
    return Tally(tally.households, min(tally.done, room) if tally.households else tally.done, **troubled)


def advanced(tally: Tally, more: int) -> Tally:
    """So many more are done, not more than there are (where that is known) and not fewer than none."""
    done = max(0, tally.done + more)
    return Tally(tally.households, min(done, tally.households) if tally.households else min(done, MOST))


def numbers_in(words: str, count: int) -> list[int] | None:
    """The `count` numbers somebody typed (30 2 3, 平安30 帮助2 没联系3); None if they are more, fewer or absurd."""
    found = [int(one) for one in NUMBERS.findall(words)]
    return found if len(found) == count and all(one <= MOST for one in found) else None


def closing_times(now: datetime) -> Sequence[tuple[str, datetime]]:
    """When a roll call may end: in one hour, in three, this evening at eight while that is an hour away."""
    evening = datetime.combine(now.astimezone(SHANGHAI).date(), EVENING, SHANGHAI)
    times = [("1", now + timedelta(hours=1)), ("3", now + timedelta(hours=3))]
    return [*times, ("eve", evening)] if evening - now >= timedelta(hours=1) else times


def due_times(now: datetime) -> Sequence[tuple[str, datetime]]:
    """When a task may be due: at eight in the evening, tomorrow, in three days, in a week, in a month."""
    today = now.astimezone(SHANGHAI).date()
    return [(str(days), datetime.combine(today + days * DAY, EVENING, SHANGHAI)) for days in (1, 3, 7, 30)]


def next_reminder(kind: RoundKind, opened: datetime, closes: datetime, now: datetime) -> datetime | None:
    """When those who have not answered hear of it next: half-way of a roll call; of a task the days before it is due.

    None when nothing more is to be said before the end.
    """
    if kind is RoundKind.ROLLCALL:
        half = opened + (closes - opened) / 2
        return half if now < half else None
    due = closes.astimezone(SHANGHAI).date()
    mornings = (datetime.combine(due - days * DAY, MORNING, SHANGHAI) for days in (3, 1, 0))
    return next((at for at in mornings if at > now and at - opened >= timedelta(hours=12)), None)
