"""A 12345 order in words: its number, and until when it must be done (11月30日17:00, 明天下午五点, 3个工作日)."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.cases.contacts import number_to_call
from bot.cases.counting import SPOKEN, value_of
from bot.cases.when import PARTS, clock_of, later
from bot.cases.worktime import WorkCalendar

LONGEST = 32
FEWEST_DIGITS = 6
FARTHEST = timedelta(days=366)
NUMBER = re.compile(rf"(?<![0-9A-Za-z-])[0-9A-Za-z][0-9A-Za-z-]{{{FEWEST_DIGITS - 1},{LONGEST - 1}}}(?![0-9A-Za-z-])")
SPAN = re.compile(rf"([0-9]{{1,3}}|{SPOKEN}{{1,3}})\s?个?\s?(工作日|小时|天|日(?=内)|working days?|hours?|days?)")
DAYS = {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "today": 0, "tomorrow": 1}
DATE = re.compile(
    r"(?<![0-9A-Za-z-])(?:(20[0-9]{2})\s?[-年/.]\s?)?([0-9]{1,2})\s?[-月/.]\s?([0-9]{1,2})(?:\s?[日号])?(?![0-9])"
)
COMPACT = re.compile(r"(?<![0-9])(20[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])(?![0-9])")
SENT_BACK = timedelta(days=60)
"""A day without a year that is gone by less than this is that day, not the one of next year."""


@dataclass(frozen=True, slots=True)
class Order:
    """What was understood. `due` is aware UTC, None if nothing was said of it."""

    number: str
    due: datetime | None


def order_in(words: str, now: datetime, calendar: WorkCalendar) -> Order | None:
    """The order that the words name. None if there is no number, several, that of a telephone, or a time gone by."""
    plain = unicodedata.normalize("NFKC", words).strip()
    without_dates = DATE.sub(" ", plain)
    found = [one for one in NUMBER.findall(without_dates) if sum(sign.isdigit() for sign in one) >= FEWEST_DIGITS]
    if len(found) > 1:
        found = [one for one in found if not COMPACT.fullmatch(one)]
    if len(found) != 1 or number_to_call(found[0]) == found[0]:
        return None
    rest = plain.replace(found[0], " ", 1)
    due = due_in(rest, now, calendar)
    if due is not None and not now < due <= now + FARTHEST:
        return None
    return Order(found[0].upper(), due)


def due_in(words: str, now: datetime, calendar: WorkCalendar) -> datetime | None:
    """Until when something must be done; a day without an hour ends at its midnight. None if nothing is said of it."""
    plain = unicodedata.normalize("NFKC", words).lower()
    local = now.astimezone(calendar.zone)
    day = _day(plain, local.date())
    if day is None:
        return _span(plain, now, calendar)
    rest = COMPACT.sub(" ", DATE.sub(" ", plain))
    clock = clock_of(rest)
    if clock is None or clock[0] > 24 or clock[1] > 59:
        return calendar.end_of_day(datetime.combine(day, time(12), calendar.zone))
    part = next((part for part, said in PARTS.items() if any(word in rest for word in said)), "")
    hour = later(clock[0], part) if part else clock[0]
    midnight = datetime.combine(day, time(0), calendar.zone)
    return (midnight + timedelta(hours=hour, minutes=clock[1])).astimezone(now.tzinfo)


def _span(plain: str, now: datetime, calendar: WorkCalendar) -> datetime | None:
    """3个工作日, 24小时, 五天."""
    found = SPAN.search(plain)
    count = value_of(found[1]) if found else None
    if found is None or not count:
        return None
    if found[2].startswith(("工作", "working")):
        return calendar.add_workdays(now, count)
    return now + (timedelta(hours=count) if found[2].startswith(("小时", "hour")) else timedelta(days=count))


def _day(plain: str, today: date) -> date | None:
    for name, ahead in DAYS.items():
        if name in plain:
            return today + timedelta(days=ahead)
    found = COMPACT.search(plain) or DATE.search(plain)
    if found is None:
        return None
    year = int(found[1]) if found[1] else today.year
    try:
        day = date(year, int(found[2]), int(found[3]))
        gone = not found[1] and day < today - SENT_BACK
        return day.replace(year=year + 1) if gone else day
    except ValueError:
        return None
