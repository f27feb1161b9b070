"""A moment as people type it: 18:30, 明天8点, 后天 9:15, 11-26 08:30, 11月26日8点半."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAYS = {"今天": 0, "今晚": 0, "today": 0, "明天": 1, "明早": 1, "明晚": 1, "tomorrow": 1, "后天": 2}
_EVENING = ("晚", "下午", "pm")
_DATE = re.compile(r"(?:(\d{4})\s*[-年/.]\s*)?(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*[日号]?")
_TIME = re.compile(r"(\d{1,2})\s*(?:[:：]\s*(\d{2})|[点時时]\s*(半|\d{1,2})?\s*分?)")
FURTHEST = timedelta(days=60)


def moment_of(words: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The next moment that the words mean, aware, or None: not understood, gone by, or more than 60 days away."""
    words = words.strip().lower()
    clock = _TIME.search(words)
    if clock is None:
        return None
    local = now.astimezone(zone)
    day, named = _day(words[: clock.start()] + " " + words[clock.end() :], local.date())
    at = _time(clock, evening=any(sign in words for sign in _EVENING))
    if day is None or at is None:
        return None
    moment = datetime.combine(day, at, zone)
    if moment <= now and not named:
        moment += timedelta(days=1)
    return moment if now < moment <= now + FURTHEST else None


def _day(words: str, today: date) -> tuple[date | None, bool]:
    """The day, and whether it was named; a date that does not exist is None."""
    for name, days in _DAYS.items():
        if name in words:
            return today + timedelta(days=days), True
    found = _DATE.search(words)
    if found is None:
        return today, False
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        meant = date(year or today.year, month or 0, day or 0)
    except ValueError:
        return None, True
    if year is None and meant < today:
        meant = meant.replace(year=today.year + 1, day=min(meant.day, 28) if meant.month == 2 else meant.day)
    return meant, True


def _time(found: re.Match[str], *, evening: bool) -> time | None:
    hour = int(found[1])
    minute = 30 if found[3] == "半" else int(found[2] or found[3] or 0)
    if evening and hour < 12:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None
