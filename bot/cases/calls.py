"""镇街吹哨: the time that is meant, how late and how far somebody is, and what is to be done, line by line."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from math import cos, hypot, radians
from zoneinfo import ZoneInfo

from bot.cases.nearby import METRES_A_DEGREE

REMIND_BEFORE = timedelta(hours=1)
MISSING_AFTER = timedelta(minutes=15)
FURTHEST = timedelta(days=14)
MOST_UNITS = 8
MOST_TASKS = 10
LONGEST_TASK = 120
AT_PLACE_M = 300
"""Further away than this is said on the card."""

STEP = timedelta(minutes=5)
DAYS = {"今天": 0, "明天": 1, "后天": 2, "today": 0, "tomorrow": 1}
SAID = re.compile(
    r"(?:(?P<day>今天|明天|后天|today|tomorrow)|(?:(?P<month>[0-9]{1,2})[月/.-](?P<date>[0-9]{1,2})[日号]?))?\s*"
    r"(?P<hour>[0-9]{1,2})(?:[:：点](?P<minute>[0-9]{2})?|点)分?"
)
BULLET = re.compile(r"^\s*(?:[-•·*]|[0-9]{1,2}[.、)）])?\s*")
Point = tuple[float, float]


def offered(now: datetime, zone: ZoneInfo) -> list[datetime]:
    """Times to choose from: soon, in an hour, in two, and tomorrow morning and afternoon."""
    rounded = now + STEP - timedelta(minutes=now.minute % 5, seconds=now.second, microseconds=now.microsecond)
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    later = [datetime.combine(tomorrow, at, zone).astimezone(now.tzinfo) for at in (time(9), time(14, 30))]
    return [*(rounded + timedelta(minutes=ahead) for ahead in (30, 60, 120)), *later]


def moment_in(words: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment to come that words like 9:30, 明天9:30 or 11月28日 14:00 mean; None for none, the past or too far."""
    found = SAID.fullmatch(words.strip())
    if found is None:
        return None
    local = now.astimezone(zone)
    try:
        clock = time(int(found["hour"]), int(found["minute"] or 0))
        meant = datetime.combine(_day(found, local.date()), clock, zone)
    except ValueError:
        return None
    return meant.astimezone(now.tzinfo) if may_be(meant, now) else None


def _day(found: re.Match[str], today: date) -> date:
    if not found["month"]:
        return today + timedelta(days=DAYS.get(found["day"] or "", 0))
    this_year = date(today.year, int(found["month"]), int(found["date"]))
    return this_year if this_year >= today else this_year.replace(year=today.year + 1)


def may_be(at: datetime, now: datetime) -> bool:
    """Whether somebody can be called for that time."""
    return now < at <= now + FURTHEST


def minutes_late(at: datetime, arrived: datetime) -> int:
    """Whole minutes after the time; 0 for who is in time."""
    return max(0, int((arrived - at).total_seconds() // 60))


def metres_between(here: Point, there: Point) -> int:
    """How far two points (latitude, longitude) of one district are apart."""
    north = (here[0] - there[0]) * METRES_A_DEGREE
    east = (here[1] - there[1]) * METRES_A_DEGREE * cos(radians(there[0]))
    return round(hypot(north, east))


def tasks_in(words: str) -> Sequence[str]:
    """One task a line, without its bullet; at most MOST_TASKS of them."""
    lines = (BULLET.sub("", line).strip() for line in words.splitlines())
    return [line[:LONGEST_TASK] for line in lines if line][:MOST_TASKS]
