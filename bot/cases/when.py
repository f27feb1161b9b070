"""A time in the past as people say it: 昨晚八点, 下午, 三天前, 上个月; kept as precisely as it was said.

2026-11-24T20:00 an hour, 2026-11-24 evening a part of a day, 2026-11-24 a day, 2026-11 a month, 2026 a year.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.cases.counting import SPOKEN, value_of

EARLIER = "earlier"
"""更早: longer ago than yesterday, and nobody knows when."""
PARTS = {
    "night": ("凌晨", "半夜", "后半夜"),
    "morning": ("清早", "清晨", "大早", "早上", "早晨", "上午", "今早", "今晨", "昨早"),
    "noon": ("中午", "晌午"),
    "afternoon": ("下午", "午后"),
    "evening": ("傍晚", "晚上", "夜里", "深夜", "今晚", "昨晚", "昨夜", "前晚", "夜晚", "当晚"),
}
ENDS = {"night": 6, "morning": 12, "noon": 14, "afternoon": 18, "evening": 24}
"""The hour of the day by which a part of it has begun and may be spoken of as over."""
BEGINS = {"night": 0, "morning": 5, "noon": 11, "afternoon": 12, "evening": 17}
NOW = re.compile("刚才|刚刚|方才|刚(?=[发掉倒开出看])|现在|这会|此刻|just now|right now")
LONG_AGO = re.compile("更早|很久|好久|老早|早就|很早|一直|long ago|earlier")
DAYS = {
    "大前天": -3, "前天": -2, "前晚": -2, "昨": -1, "yesterday": -1,
    "今天": 0, "今日": 0, "今早": 0, "今晨": 0, "今晚": 0, "当天": 0, "today": 0, "tonight": 0,
}  # fmt: skip
NUMBER = rf"([0-9]{{1,3}}|{SPOKEN}+|半)"
AGO = re.compile(
    rf"{NUMBER}\s?(个)?(半)?\s?(分钟|分|小时|钟头|时辰|天|日|周|星期|礼拜|月|年|minutes?|hours?|days?|weeks?|months?|years?)"
)
SPANS = {"分": 1, "m": 1, "小": 60, "钟": 60, "时": 120, "h": 60, "天": 1440, "日": 1440, "d": 1440,
         "周": 10_080, "星": 10_080, "礼": 10_080, "w": 10_080, "月": 43_200, "年": 525_600, "y": 525_600}  # fmt: skip
DAY_MINUTES, MONTH_MINUTES, YEAR_MINUTES = 1440, 43_200, 525_600
BEFORE = re.compile(r"(?:之|以)?前|\s?ago|[了没]")
CLOCK = re.compile(
    rf"([0-9]{{1,2}}|{SPOKEN}{{1,3}})\s?(?:[:：]\s?([0-9]{{2}})|[点點时]\s?(半|一刻|三刻|[0-9]{{1,2}}|{SPOKEN}{{1,3}})?)"
)
QUARTERS = {"半": 30, "一刻": 15, "三刻": 45}
DATE = re.compile(
    rf"(?:([0-9]{{4}})\s?[-年/.]\s?)?([0-9]{{1,2}}|{SPOKEN}{{1,2}})\s?[-月/.]\s?([0-9]{{1,2}}|{SPOKEN}{{1,3}})\s?[日号]?"
)
DAY_ONLY = re.compile(rf"([0-9]{{1,2}}|{SPOKEN}{{1,3}})\s?[日号](?![0-9楼栋])")
MONTH = re.compile(rf"(去年|今年|[0-9]{{4}}年)?\s?(上个?月|[0-9]{{1,2}}月|{SPOKEN}{{1,2}}月)(?:份)?")
WEEKDAY = re.compile("(上*)个?(?:周|星期|礼拜)([一二三四五六日天])")
LAST_WEEK = re.compile("上个?(?:周|星期|礼拜)|last week")
WEEK = "一二三四五六日"
OLDEST = timedelta(days=366 * 60)


@dataclass(frozen=True, slots=True)
class Said:
    """What words say of a time: a day (if one was named), a part of it, an hour."""

    day: date | None
    part: str
    clock: tuple[int, int] | None


def when_of(words: str, now: datetime, zone: ZoneInfo) -> str | None:
    """The time in the past that an answer means, local in `zone`; None if it is not understood or to come."""
    plain = unicodedata.normalize("NFKC", words).strip().lower()
    local = now.astimezone(zone)
    if found := ago(plain, local, strict=False) or on_a_day(plain, local):
        return found
    if NOW.search(plain):
        return exact(local)
    if found := month_of(plain, local):
        return found
    return EARLIER if LONG_AGO.search(plain) else None


def when_in(text: str, now: datetime, zone: ZoneInfo) -> str | None:
    """The same of a time that is told in a longer text: only where it names a day, or says how long ago."""
    plain = unicodedata.normalize("NFKC", text).lower()
    local = now.astimezone(zone)
    if found := ago(plain, local, strict=True):
        return found
    return on_a_day(plain, local) if named_day(plain, local.date()) else None


def exact(local: datetime) -> str:
    """To the minute."""
    return f"{local:%Y-%m-%dT%H:%M}"


def ago(plain: str, local: datetime, *, strict: bool) -> str | None:
    """三天前, 半小时前; without `strict` also 三天."""
    found = AGO.search(plain)
    if found is None or (strict and not BEFORE.match(plain, found.end())) or DATE.search(plain):
        return None
    number, piece, half, unit_said = found.groups()
    a_date = unit_said in ("分", "日", "年", "月") and not piece
    if a_date and not BEFORE.match(plain, found.end()):
        return None
    count = 0.5 if number == "半" else value_of(number)
    if count is None:
        return None
    unit = MONTH_MINUTES if unit_said.startswith("month") else SPANS[unit_said[0]]
    minutes = int((count + (0.5 if half else 0)) * unit)
    if timedelta(minutes=minutes) > OLDEST:
        return None
    then = local - timedelta(minutes=minutes)
    if unit < DAY_MINUTES:
        return exact(then)
    if unit == YEAR_MINUTES and count >= 1:
        return f"{then:%Y}"
    return f"{then:%Y-%m}" if unit == MONTH_MINUTES and count >= 1 else f"{then:%Y-%m-%d}"


def on_a_day(plain: str, local: datetime) -> str | None:
    """昨晚八点, 下午, 周三早上: a day, a part of it or an hour, never one that is still to come."""
    named = named_day(plain, local.date())
    rest = DATE.sub(" ", plain) if DATE.search(plain) else plain
    part = next((part for part, words in PARTS.items() if any(word in rest for word in words)), "")
    said = Said(named, part, clock_of(rest))
    if said.clock:
        moment = hour_of(said, local)
        return exact(moment) if moment else None
    if said.day is None and not said.part:
        return None
    day = said.day or local.date()
    if said.day is None and BEGINS[said.part] > local.hour:
        day -= timedelta(days=1)
    if day > local.date() or (day == local.date() and said.part and BEGINS[said.part] > local.hour):
        return None
    return f"{day} {said.part}" if said.part else f"{day}"


def hour_of(said: Said, local: datetime) -> datetime | None:
    """The moment of an hour that was said; without a day the last one gone by."""
    assert said.clock is not None
    hour, minute = said.clock
    if hour > 24 or minute > 59:
        return None
    hours = (
        [later(hour, said.part)]
        if said.part or hour > 12 or said.day not in (None, local.date())
        else [hour, hour + 12]
    )
    days = [said.day] if said.day else [local.date(), local.date() - timedelta(days=1)]
    midnights = [datetime.combine(day, time(0), local.tzinfo) for day in days]
    moments = [midnight + timedelta(hours=one, minutes=minute) for midnight in midnights for one in hours]
    return max((moment for moment in moments if moment <= local), default=None)


def later(hour: int, part: str) -> int:
    """Eight in the evening is twenty."""
    if part == "night":
        return hour % 12
    afternoon = part in ("afternoon", "evening") or (part == "noon" and hour < 3)
    return hour + 12 if afternoon and hour <= 12 and not (part == "afternoon" and hour == 12) else hour


def clock_of(plain: str) -> tuple[int, int] | None:
    """Hour and minute as they were said."""
    found = CLOCK.search(plain)
    if found is None:
        return None
    hour = value_of(found[1])
    minute = QUARTERS[found[3]] if found[3] in QUARTERS else value_of(found[2] or found[3] or "0")
    return None if hour is None or minute is None else (hour, minute)


def named_day(plain: str, today: date) -> date | None:
    """The day that is named: 昨天, 11月20日, 20号, 上周三."""
    for name, days in DAYS.items():
        if name in plain:
            return today + timedelta(days=days)
    if weekday := WEEKDAY.search(plain):
        number = WEEK.index("日" if weekday[2] == "天" else weekday[2])
        back = (today.weekday() - number) % 7
        this_week = today.weekday() >= number
        return today - timedelta(days=back + (7 if weekday[1] and this_week else 0))
    if LAST_WEEK.search(plain):
        return today - timedelta(days=7)
    return dated(plain, today)


def dated(plain: str, today: date) -> date | None:
    """A date; without a year or a month the last one of that name."""
    if (found := DATE.search(plain)) and not CLOCK.fullmatch(found[0]):
        year, month, day = (value_of(part) if part else None for part in found.groups())
        year = year or (today.year if (month or 0, day or 0) <= (today.month, today.day) else today.year - 1)
    elif found := DAY_ONLY.search(plain):
        day = value_of(found[1])
        earlier = (day or 0) > today.day
        year, month = (today.year, today.month) if not earlier else previous_month(today)
    else:
        return None
    try:
        return date(year, month or 0, day or 0)
    except ValueError:
        return None


def previous_month(today: date) -> tuple[int, int]:
    """Year and month before."""
    before = today.replace(day=1) - timedelta(days=1)
    return before.year, before.month


def month_of(plain: str, local: datetime) -> str | None:
    """上个月, 8月份, 去年10月; 去年 alone is the year."""
    found = MONTH.search(plain)
    if found is not None and DATE.search(plain):
        return None
    if found is None:
        return f"{local.year - 1}" if "去年" in plain else f"{local.year - 2}" if "前年" in plain else None
    if found[2].startswith("上"):
        return "{:04}-{:02}".format(*previous_month(local.date()))
    month = value_of(found[2].removesuffix("月"))
    if not month or month > 12:
        return None
    said = found[1] or ""
    year = int(said[:4]) if said[:4].isdecimal() else local.year - 1 if said == "去年" else local.year
    if not said and month > local.month:
        year -= 1
    return f"{year:04}-{month:02}" if (year, month) <= (local.year, local.month) else None
