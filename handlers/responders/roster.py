"""/duty: who is on duty now, the own shifts, a month ahead; swaps; and for leaders and admins the plan itself."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.cases.errors import NotOpen
from bot.cases.roster import DAY_SHIFT, NIGHT_SHIFT, Turn, days_of, hours_of
from bot.desk import rosters
from bot.desk.desk import Desk
from bot.desk.rosters import Roster
from bot.texts import Texts
from handlers import aside
from handlers.numbers import number
from handlers.resident.keyboards import Choice, in_rows, inline
from handlers.resident.saying import Question, Said, says, turns
from handlers.responders.replies import NoKey
from handlers.sorting import Data, InStep, Private

HOURS, DAYS = "duty:hours", "duty:days"
SEVERAL = {7: range(5), 8: range(7)}
"""Monday to Friday, every day."""

LATER = 60
"""Turns of a month that fit into a message."""

SHOWN = 12


@dataclass(frozen=True, slots=True)
class At:
    """A press on a roster: of which unit, and what else the button carries."""

    query: CallbackQuery
    desk: Desk
    texts: Texts
    state: FSMContext
    unit_id: int
    value: str

    def turns(self, question: Question) -> Said:
        """The pressed message becomes this."""
        return [self.query.answer(), turns(self.query, *question)]

    def numbers(self, count: int) -> list[int]:
        """The numbers a button carries. Raises NotOpen for anything else."""
        found = [number(part) for part in self.value.split(".")]
        if len(found) != count:
            raise NotOpen
        return found


def doors() -> Router:
    """Private chats only. Who may is looked up at every step."""
    router = Router(name="roster")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(asks, Command("duty"))
    router.message.register(told_hours, InStep(HOURS), NoKey(), F.text.as_("text"))
    router.message.register(told_days, InStep(DAYS), NoKey(), F.text.as_("text"))
    router.callback_query.register(presses, Data("du"))
    return router


async def asks(message: Message, desk: Desk, texts: Texts) -> Said:
    """/duty: one message for each unit."""
    found = await rosters.mine(desk)
    if not found:
        return [says(message, texts.no_duty_unit())]
    return [says(message, *await _now(desk, texts, one.id)) for one in found]


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """A button; who may is looked up by what it does."""
    if len(parts) != 3 or parts[0] not in STEPS:
        raise NotOpen
    return await STEPS[parts[0]](At(query, desk, texts, state, number(parts[1]), parts[2]))


async def _now(desk: Desk, texts: Texts, unit_id: int) -> Question:
    found = await rosters.of_unit(desk, unit_id)
    on_duty = await rosters.named_now(desk, unit_id)
    words = texts.duty_head(found.unit.name, on_duty, planned=bool(found.plan.shifts))
    own = await rosters.own_turns(desk, found)
    planned = bool(found.plan.shifts)
    rows: list[list[Choice]] = [
        [(texts.duty_month(), f"du:month:{unit_id}:"), (texts.duty_swap(), f"du:swap:{unit_id}:")] if planned else [],
        [(texts.duty_edit(), f"du:edit:{unit_id}:")] if found.changes else [],
    ]
    return f"{words}\n{texts.my_turns(own[:SHOWN])}" if planned else words, inline(*rows)


async def _shows(at: At) -> Said:
    return at.turns(await _now(at.desk, at.texts, at.unit_id))


async def _month(at: At) -> Said:
    found = await rosters.of_unit(at.desk, at.unit_id)
    ahead = rosters.ahead(at.desk, found, rosters.AHEAD)[:LATER]
    lines = [at.texts.turn_line(one, found.names.get(one.member_id or 0) or at.texts.nobody()) for one in ahead]
    return at.turns((at.texts.month(found.unit.name, lines), inline([_back(at)])))


def _back(at: At) -> Choice:
    return at.texts.duty_back(), f"du:now:{at.unit_id}:"


async def _edits(at: At) -> Said:
    found = await rosters.must_change(at.desk, at.unit_id)
    return at.turns(_week(at.texts, found))


def _week(texts: Texts, found: Roster) -> Question:
    unit_id, lines = found.unit.id, list[str]()
    for weekday in range(7):
        shifts = rosters.of_weekday(found.plan, weekday)
        said = [texts.shift_of(one.begins, one.ends, found.names.get(one.member_id, "")) for one in shifts]
        lines += [texts.week_line(weekday, said)] if said else []
    days = [(texts.weekday(at), f"du:day:{unit_id}:{at}") for at in (*range(7), *SEVERAL)]
    away = (texts.duty_away(), f"du:away:{unit_id}:")
    keys = inline(*in_rows(days, 3), [away], [(texts.duty_back(), f"du:now:{unit_id}:")])
    return texts.week(found.unit.name, lines), keys


async def _day(at: At) -> Said:
    (weekday,) = at.numbers(1)
    return at.turns(_of_day(at.texts, await rosters.must_change(at.desk, at.unit_id), weekday))


def _of_day(texts: Texts, found: Roster, weekday: int) -> Question:
    if weekday > max(SEVERAL):
        raise NotOpen
    unit_id = found.unit.id
    drops = [
        (
            texts.drop_button(one.begins, one.ends, found.names.get(one.member_id, "")),
            f"du:drop:{unit_id}:{weekday}.{one.id}",
        )
        for one in rosters.of_weekday(found.plan, weekday)
    ]
    known = dict.fromkeys([DAY_SHIFT, NIGHT_SHIFT, *((one.begins, one.ends) for one in found.plan.shifts)])
    adds = [(texts.add_button(*one), f"du:who:{unit_id}:{weekday}.{one[0]}.{one[1]}") for one in list(known)[:6]]
    other = (texts.other_hours(), f"du:hours:{unit_id}:{weekday}")
    keys = inline(*in_rows(drops, 1), *in_rows(adds, 2), [other], [(texts.duty_back(), f"du:edit:{unit_id}:")])
    return texts.day_plan(found.unit.name, weekday), keys


async def _drops(at: At) -> Said:
    weekday, shift_id = at.numbers(2)
    await rosters.take_out(at.desk, at.unit_id, shift_id)
    return at.turns(_of_day(at.texts, await rosters.must_change(at.desk, at.unit_id), weekday))


async def _who(at: At) -> Said:
    weekday, begins, ends = at.numbers(3)
    return at.turns(await _people(at.desk, at.texts, at.unit_id, weekday, (begins, ends)))


async def _people(desk: Desk, texts: Texts, unit_id: int, weekday: int, hours: tuple[int, int]) -> Question:
    await rosters.must_change(desk, unit_id)
    if weekday > max(SEVERAL) or max(hours) >= 1440:
        raise NotOpen
    data = f"du:add:{unit_id}:{weekday}.{hours[0]}.{hours[1]}"
    people = [(one.name, f"{data}.{one.id}") for one in await rosters.staff(desk, unit_id)]
    keys = inline(*in_rows(people, 2), [(texts.duty_back(), f"du:day:{unit_id}:{weekday}")])
    return texts.who_has_it(weekday, *hours), keys


async def _adds(at: At) -> Said:
    weekday, begins, ends, member_id = at.numbers(4)
    days = SEVERAL.get(weekday) or range(weekday, weekday + 1)
    if max(days) > 6 or max(begins, ends) >= 1440:
        raise NotOpen
    await rosters.add(at.desk, at.unit_id, days, (begins, ends), member_id)
    return at.turns(_week(at.texts, await rosters.must_change(at.desk, at.unit_id)))


async def _asks_hours(at: At) -> Said:
    (weekday,) = at.numbers(1)
    await rosters.must_change(at.desk, at.unit_id)
    await aside.ask(at.state, HOURS, unit=at.unit_id, weekday=weekday)
    return [at.query.answer(), says(at.query, at.texts.ask_hours())]


async def told_hours(message: Message, desk: Desk, texts: Texts, state: FSMContext, text: str) -> Said:
    """08:00-20:00: then, who?"""
    kept, hours = await aside.facts(state), hours_of(text)
    if hours is None or "weekday" not in kept:
        return [says(message, texts.hours_wrong())]
    question = await _people(desk, texts, kept["unit"], kept["weekday"], hours)
    await aside.end(state)
    return [says(message, *question)]


async def _away(at: At) -> Said:
    return at.turns(await _absences(at.desk, at.texts, await rosters.must_change(at.desk, at.unit_id)))


async def _absences(desk: Desk, texts: Texts, found: Roster) -> Question:
    unit_id = found.unit.id
    known = [
        (
            texts.absence_button(
                found.names.get(one.member_id, ""),
                rosters.local_day(one.since),
                rosters.local_day(one.until - timedelta(minutes=1)),
                found.names.get(one.substitute_id or 0, ""),
            ),
            f"du:here:{unit_id}:{one.id}",
        )
        for one in found.plan.absences
    ]
    people = [(one.name, f"du:days:{unit_id}:{one.id}") for one in await rosters.staff(desk, unit_id)]
    keys = inline(*in_rows(known, 1), *in_rows(people, 2), [(texts.duty_back(), f"du:edit:{unit_id}:")])
    return texts.absences(found.unit.name), keys


async def _is_here(at: At) -> Said:
    (absence_id,) = at.numbers(1)
    await rosters.back(at.desk, at.unit_id, absence_id)
    return await _away(at)


async def _asks_days(at: At) -> Said:
    (member_id,) = at.numbers(1)
    await rosters.must_change(at.desk, at.unit_id)
    name = next((one.name for one in await rosters.staff(at.desk, at.unit_id) if one.id == member_id), None)
    if name is None:
        raise NotOpen
    await aside.ask(at.state, DAYS, unit=at.unit_id, member=member_id, name=name)
    return [at.query.answer(), says(at.query, at.texts.ask_days(name))]


async def told_days(message: Message, desk: Desk, texts: Texts, state: FSMContext, text: str) -> Said:
    """11-30 12-03: then, who has the shifts meanwhile?"""
    kept, days = await aside.facts(state), days_of(text, rosters.today(desk))
    if days is None or "member" not in kept or days[1] - days[0] >= rosters.LONGEST_ABSENCE:
        return [says(message, texts.days_wrong())]
    data = f"du:sub:{kept['unit']}:{kept['member']}.{days[0]:%Y%m%d}.{days[1]:%Y%m%d}"
    people = [
        (one.name, f"{data}.{one.id}") for one in await rosters.staff(desk, kept["unit"]) if one.id != kept["member"]
    ]
    await aside.end(state)
    keys = inline(*in_rows(people, 2), [(texts.no_substitute(), f"{data}.0")])
    return [says(message, texts.ask_substitute(kept["name"], *days), keys)]


async def _substitutes(at: At) -> Said:
    member_id, since, until, substitute = at.numbers(4)
    days = (_date(since), _date(until))
    await rosters.away(at.desk, at.unit_id, member_id, days, substitute or None)
    return await _away(at)


def _date(digits: int) -> date:
    """The day 20261130. Raises NotOpen for none."""
    try:
        return date(digits // 10000, digits // 100 % 100, digits % 100)
    except ValueError:
        raise NotOpen from None


async def _swaps(at: At) -> Said:
    found = await rosters.of_unit(at.desk, at.unit_id)
    own, _ = await rosters.swappable(at.desk, found)
    choices = [
        (at.texts.turn_button(one), f"du:with:{at.unit_id}:{one.day:%Y%m%d}.{one.shift.begins}") for one in own[:SHOWN]
    ]
    return at.turns((at.texts.choose_own_turn(some=bool(own)), inline(*in_rows(choices, 1), [_back(at)])))


async def _swaps_with(at: At) -> Said:
    day, begins = at.numbers(2)
    found = await rosters.of_unit(at.desk, at.unit_id)
    own, others = await rosters.swappable(at.desk, found)
    mine = next((one for one in own if (one.day, one.shift.begins) == (_date(day), begins)), None)
    if mine is None:
        raise NotOpen
    first = rosters.today(at.desk)
    choices = [
        (
            at.texts.turn_button(one, found.names.get(one.member_id or 0, "")),
            _swap_data(at.unit_id, first, mine, one),
        )
        for one in others[: 2 * SHOWN]
    ]
    words = at.texts.choose_their_turn(mine, some=bool(choices))
    return at.turns((words, inline(*in_rows(choices, 1), [_back(at)])))


def _swap_data(unit_id: int, first: date, mine: Turn, theirs: Turn) -> str:
    """Two shifts on one button: the day on which it was drawn, and how many days later each of them is."""
    days = [(one.day - first).days for one in (mine, theirs)]
    turns_ = (days[0], mine.shift.begins, days[1], theirs.shift.begins, theirs.member_id)
    value = ".".join(str(one) for one in (f"{first:%y%m%d}", *turns_))
    return f"du:ask:{unit_id}:{value}"


async def _asks_swap(at: At) -> Said:
    drawn, day, begins, other_day, other_begins, member_id = at.numbers(6)
    first = _date(20_000_000 + drawn)
    own = (first + timedelta(days=day % 100), begins)
    other = (first + timedelta(days=other_day % 100), other_begins, member_id)
    await rosters.ask_swap(at.desk, at.unit_id, own, other)
    return at.turns((at.texts.swap_sent(), inline([_back(at)])))


async def _agrees(at: At) -> Said:
    (swap,) = at.numbers(1)
    await rosters.answer_swap(at.desk, swap, yes=True)
    return at.turns((at.texts.swap_done(yes=True), None))


async def _declines(at: At) -> Said:
    (swap,) = at.numbers(1)
    await rosters.answer_swap(at.desk, swap, yes=False)
    return at.turns((at.texts.swap_done(yes=False), None))


STEPS: Mapping[str, Callable[[At], Awaitable[Said]]] = {
    "now": _shows,
    "month": _month,
    "edit": _edits,
    "day": _day,
    "drop": _drops,
    "who": _who,
    "add": _adds,
    "hours": _asks_hours,
    "away": _away,
    "here": _is_here,
    "days": _asks_days,
    "sub": _substitutes,
    "swap": _swaps,
    "with": _swaps_with,
    "ask": _asks_swap,
    "yes": _agrees,
    "no": _declines,
}
