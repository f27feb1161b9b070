"""Duty rosters as their people read them: who is on duty, the week, a month ahead, swaps and gaps."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.cases.roster import DAY_SHIFT, NIGHT_SHIFT, Turn
from bot.texts.language import Phrases

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
SEVERAL = {7: "周一到周五", 8: "每天"}
SHIFTS = {DAY_SHIFT: "白班", NIGHT_SHIFT: "夜班"}


def clock(minute: int) -> str:
    """A minute of the day as it is written: 08:30."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


class RosterTexts:
    """Sentences of /duty."""

    _say: Phrases

    def weekday(self, at: int) -> str:
        """Monday, ..., or several of them at once (7, 8)."""
        return self._say(SEVERAL.get(at) or WEEKDAYS[at])

    def hours(self, begins: int, ends: int) -> str:
        """When a shift is (plain)."""
        span = f"{clock(begins)}-{clock(ends)}"
        return f"{self._say(SHIFTS[begins, ends])} {span}" if (begins, ends) in SHIFTS else span

    def no_duty_unit(self) -> str:
        """/duty of somebody who is of no unit."""
        return self._say("您不在任何单位，没有值班表。")

    def duty_head(self, unit: str, on_duty: Sequence[str], *, planned: bool) -> str:
        """Who is on duty now."""
        named = self._say("、").join(on_duty) or self._say("没有人")
        lines = [self._say("🗓 <b>{unit}</b>\n现在值班：{names}", unit=unit, names=named)]
        lines += [] if planned else [self._say("还没有值班表，按职务通知。")]
        return "\n".join(lines)

    def my_turns(self, found: Sequence[Turn]) -> str:
        """The own next shifts."""
        if not found:
            return self._say("近两周您没有班。")
        return "\n".join([self._say("您的班："), *(self.turn_line(one) for one in found)])

    def turn_line(self, one: Turn, name: str = "") -> str:
        """One turn in a list."""
        day = self._say("{day} {raw_weekday}", day=one.day, raw_weekday=self.weekday(one.day.weekday()))
        span = f"{one.begin:%H:%M}-{one.end:%H:%M}"
        swapped = self._say("（换班）") if one.swapped else ""
        return self._say(
            "· {raw_day} {raw_span} {name}{raw_swapped}", raw_day=day, raw_span=span, name=name, raw_swapped=swapped
        )

    def turn_button(self, one: Turn, name: str = "") -> str:
        """A turn on a button (plain text)."""
        said = self._say("{day} {raw_weekday}", day=one.day, raw_weekday=self.weekday(one.day.weekday()))
        return f"{said} {one.begin:%H:%M} {name[:12]}".strip()

    def month(self, unit: str, lines: Sequence[str]) -> str:
        """A month ahead."""
        return "\n".join(
            [self._say("🗓 <b>{unit}</b> 未来一个月：", unit=unit), *(lines or [self._say("还没有值班表。")])]
        )

    def nobody(self) -> str:
        """In place of a name."""
        return self._say("⚠️ 没有人")

    def week(self, unit: str, lines: Sequence[str]) -> str:
        """The week plan, to be changed."""
        return "\n".join(
            [self._say("✏️ <b>{unit}</b>的周值班表，点一天来改：", unit=unit), *(lines or [self._say("还没有值班表。")])]
        )

    def week_line(self, weekday: int, shifts: Sequence[str]) -> str:
        """A day of it; `shifts` are lines made here."""
        return self._say(
            "<b>{raw_weekday}</b>　{raw_shifts}",
            raw_weekday=self.weekday(weekday),
            raw_shifts=self._say("；").join(shifts),
        )

    def shift_of(self, begins: int, ends: int, name: str) -> str:
        """A shift and who has it."""
        return self._say("{raw_hours} {name}", raw_hours=self.hours(begins, ends), name=name)

    def day_plan(self, unit: str, weekday: int) -> str:
        """Above the shifts of a day."""
        return self._say(
            "<b>{unit}</b>　{raw_weekday}：点一个班就去掉，或者加一个。", unit=unit, raw_weekday=self.weekday(weekday)
        )

    def who_has_it(self, weekday: int, begins: int, ends: int) -> str:
        """Above the people."""
        return self._say(
            "{raw_weekday} {raw_hours} 谁值班？", raw_weekday=self.weekday(weekday), raw_hours=self.hours(begins, ends)
        )

    def drop_button(self, begins: int, ends: int, name: str) -> str:
        """Button (plain text)."""
        return f"✖ {self.hours(begins, ends)} {name[:12]}"

    def add_button(self, begins: int, ends: int) -> str:
        """Button (plain text)."""
        return f"➕ {self.hours(begins, ends)}"

    def other_hours(self) -> str:
        """Button."""
        return self._say("➕ 其他时间")

    def ask_hours(self) -> str:
        """Asks for the hours of a shift."""
        return self._say("几点到几点？例如 08:00-20:00；到第二天的也行，例如 20:00-08:00。/cancel 不改了。")

    def hours_wrong(self) -> str:
        """What came is no time."""
        return self._say("没看懂。请写成 08:00-20:00 这样。")

    def duty_month(self) -> str:
        """Button."""
        return self._say("📅 一个月")

    def duty_swap(self) -> str:
        """Button."""
        return self._say("🔁 换班")

    def duty_edit(self) -> str:
        """Button."""
        return self._say("✏️ 改值班表")

    def duty_back(self) -> str:
        """Button."""
        return self._say("‹ 值班")

    def duty_away(self) -> str:
        """Button."""
        return self._say("🏖 请假和替班")

    def absences(self, unit: str) -> str:
        """Above who is away."""
        return self._say("<b>{unit}</b>：谁请假？点一个人。已经记的，点一下就取消。", unit=unit)

    def absence_button(self, name: str, since: date, until: date, substitute: str) -> str:
        """Button: somebody is away (plain text)."""
        by = self._say("{raw_name} 替", raw_name=substitute[:10]) if substitute else self._say("没人替")
        span = self._say("{since}到{until}", since=since, until=until)
        return f"✖ {name[:10]} {span} {by}"

    def ask_days(self, name: str) -> str:
        """Asks from when to when."""
        return self._say("{name}从哪天到哪天不在？例如 11-30 12-03，只一天就写 11-30。/cancel 不记了。", name=name)

    def days_wrong(self) -> str:
        """What came are no days."""
        return self._say("没看懂，或者太长、已经过了。请写成 11-30 12-03 这样，最多三个月。")

    def ask_substitute(self, name: str, since: date, until: date) -> str:
        """Above the colleagues."""
        return self._say("{name} {since}到{until}不在，谁替？", name=name, since=since, until=until)

    def no_substitute(self) -> str:
        """Button."""
        return self._say("没人替")

    def choose_own_turn(self, *, some: bool) -> str:
        """换班: which of mine?"""
        return self._say("换您的哪个班？") if some else self._say("近两周您没有可以换的班。")

    def choose_their_turn(self, turn: Turn, *, some: bool) -> str:
        """换班: for which of theirs?"""
        if not some:
            return self._say("近两周同事没有可以换的班。")
        return self._say("您的 {raw_turn} 换谁的班？对方同意才算。", raw_turn=self.turn_button(turn))

    def swap_sent(self) -> str:
        """It is asked."""
        return self._say("已经问对方了，同意后您会收到消息。")

    def swap_asked(self, name: str, mine: str, yours: str) -> str:
        """To the colleague."""
        return self._say("🔁 {name}想跟您换班：您值{mine}，{name}值{yours}。", name=name, mine=mine, yours=yours)

    def swap_yes(self) -> str:
        """Button."""
        return self._say("👌 同意换班")

    def swap_no(self) -> str:
        """Button."""
        return self._say("不换")

    def swap_answered(self, name: str, mine: str, yours: str, *, yes: bool) -> str:
        """To whoever asked."""
        if yes:
            return self._say("✅ {name}同意换班：您值{yours}，{name}值{mine}。", name=name, mine=mine, yours=yours)
        return self._say("{name}不换班，您还是值{mine}。", name=name, mine=mine)

    def swap_done(self, *, yes: bool) -> str:
        """To whoever answered."""
        return self._say("好的，换好了。") if yes else self._say("好的，没有换。")

    def shift_when(self, day: date, begins: int) -> str:
        """A shift of a swap."""
        return self._say("{day} {raw_begin} 的班", day=day, raw_begin=clock(begins))

    def gaps(self, unit: str, spans: Sequence[tuple[datetime, datetime]]) -> str:
        """To the leader: nobody is on duty."""
        lines = [self._say("· {begin} 到 {end}", begin=begin, end=end) for begin, end in spans[:12]]
        more = [self._say("　另有 {count} 段", count=len(spans) - 12)] if len(spans) > 12 else []
        return "\n".join([self._say("⚠️ <b>{unit}</b>近一周有时候没人值班：", unit=unit), *lines, *more])

    def card_on_duty(self, names: Sequence[str]) -> str:
        """On the unsigned card in a group: whose turn it is."""
        return self._say("值班：{names}", names=self._say("、").join(names))
