"""Working time: 工时 and 工作日 of a unit, calendar days, and the quiet hours of the night."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, takewhile
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE_HOURS = ((time(8, 30), time(12)), (time(14), time(17, 30)))
QUIET_FROM = time(22)
QUIET_UNTIL = time(7)
NIGHT = timedelta(hours=9)
DAY = timedelta(days=1)
NO_TIME = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """When a unit works. `is_workday` must answer for every date; `hours` are in order and do not overlap.

    All moments given and returned are aware; those returned are in UTC.
    """

    is_workday: Callable[[date], bool]
    hours: tuple[tuple[time, time], ...] = OFFICE_HOURS
    zone: ZoneInfo = SHANGHAI

    def add_work_hours(self, start: datetime, span: timedelta) -> datetime:
        """The first moment at which `span` (not negative) of working time has passed since `start`."""
        start = start.astimezone(UTC)
        shifts = self._shifts(start)
        moment = start
        while span:
            opens, closes = next(shifts)
            worked = min(max(closes - max(opens, start), NO_TIME), span)
            moment, span = max(opens, start) + worked, span - worked
        return moment

    def work_between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two moments; nothing if `end` is not after `start`."""
        shifts = takewhile(lambda shift: shift[0] < end, self._shifts(start))
        return sum((max(min(closes, end) - max(opens, start), NO_TIME) for opens, closes in shifts), NO_TIME)

    def add_workdays(self, start: datetime, days: int) -> datetime:
        """The same working moment so many workdays later, or earlier if negative.

        A start outside the hours counts as the next working moment of its day, after hours and on a free day as the
        last closing: what comes in on Saturday with one workday to go is due on Monday when the office closes.
        """
        day, moment = self._working_moment(start)
        step = DAY if days > 0 else -DAY
        for _ in range(abs(days)):
            day = next(other for n in count(1) if self.is_workday(other := day + n * step))
        return self._at(day, moment)

    def add_days(self, start: datetime, days: float) -> datetime:
        """So many times 24 hours later, work or not."""
        return start.astimezone(UTC) + days * DAY

    def end_of_day(self, start: datetime) -> datetime:
        """The midnight that ends the day of `start`, where the unit is."""
        return self._at(start.astimezone(self.zone).date() + DAY, time(0))

    def is_quiet(self, moment: datetime) -> bool:
        """Whether people sleep (22:00 to 7:00)."""
        local = moment.astimezone(self.zone).time()
        return local >= QUIET_FROM or local < QUIET_UNTIL

    def after_quiet(self, moment: datetime) -> datetime:
        """The moment itself, or the seven o'clock after it if people sleep."""
        if not self.is_quiet(moment):
            return moment.astimezone(UTC)
        local = moment.astimezone(self.zone)
        return self._at((local + NIGHT).date() if local.time() >= QUIET_FROM else local.date(), QUIET_UNTIL)

    def next_morning(self, moment: datetime, *, every_day: bool) -> datetime:
        """The next opening of the office after a moment, on workdays only or on every day."""
        day = moment.astimezone(self.zone).date()
        days = (one for n in count() if self.is_workday(one := day + n * DAY) or every_day)
        return next(one for one in (self._at(day, self.hours[0][0]) for day in days) if one > moment)

    def _shifts(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Opening and closing moments from the day of `start` on, without end."""
        first = start.astimezone(self.zone).date()
        for day in (first + n * DAY for n in count()):
            if self.is_workday(day):
                for opens, closes in self.hours:
                    yield self._at(day, opens), self._at(day, closes)

    def _working_moment(self, start: datetime) -> tuple[date, time]:
        local = start.astimezone(self.zone)
        day = local.date()
        if self.is_workday(day):
            for opens, closes in self.hours:
                if local.time() <= closes:
                    return day, max(opens, local.time())
            return day, self.hours[-1][1]
        return next(before for n in count(1) if self.is_workday(before := day - n * DAY)), self.hours[-1][1]

    def _at(self, day: date, moment: time) -> datetime:
        return datetime.combine(day, moment, self.zone).astimezone(UTC)
