"""Reminders: number, reason and the buttons to press; several for one chat are one list."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.cases.actions import Action
from bot.cases.alarms import Kind as Alarm
from bot.cases.case import Case, Status
from bot.cases.clocks import Deadline, deadlines, told_of
from bot.desk.blocked import may_get
from bot.desk.desk import Desk
from bot.desk.masking import for_group
from bot.desk.moves import clock_spans
from bot.desk.names import unit_name
from bot.outbox.buttons import Button, Card, Press, button, keyboard, rows
from bot.outbox.buttons_of import press, sending_buttons, unit_buttons, verdict_buttons
from bot.outbox.cards_of import matter_of, suggested_for
from bot.outbox.watching import watch_buttons
from bot.texts import Texts
from storage import cases, people


async def nudge(desk: Desk, texts: Texts, case: Case, kind: str, reader: str) -> Card:
    """One reminder. `reader` is unit, centre or parent: the same fact asks something else of each."""
    times = deadlines(case, desk.office.calendar, clock_spans(desk, case))
    handler = await people.name_of(desk.tx, case.handler_id) if case.handler_id is not None else None
    text = texts.nudge(
        replace(case, place=for_group(desk, case, case.place)),
        texts.matter_name(matter_of(desk, case)),
        _kind(case, kind),
        reader,
        unit=await unit_name(desk, case.unit_id),
        handler=handler,
        due=times[Deadline.FINISH],
        sign=times.get(Deadline.SIGN),
    )
    buttons = await _buttons(desk, texts, case, reader)
    return text, keyboard(*rows(buttons, 2)) if buttons else None


def still_true(case: Case, kind: str) -> bool:
    """Whether there is still reason to remind of it: the status stays when a progress was told meanwhile."""
    return kind != Alarm.NO_RESULT or not told_of(case)


def _kind(case: Case, kind: str) -> str:
    """What was handed to the emergency line is not simply unsent: did the line take it?"""
    return "diverted" if kind == Alarm.UNDISPATCHED and case.status is Status.DIVERTED else kind


async def _buttons(desk: Desk, texts: Texts, case: Case, reader: str) -> list[Button]:
    if reader == "parent":
        return []
    if reader == "supervisor":
        return watch_buttons(texts, case)
    if reader == "unit":
        return unit_buttons(texts, case)
    if case.status is Status.VERIFY:
        return verdict_buttons(texts, case)
    line = [press(texts, case, Action.TAKEN_OVER)] if case.status is Status.DIVERTED else []
    return [*line, *sending_buttons(texts, case, await suggested_for(desk, case))]


async def many(desk: Desk, texts: Texts, nudges: Sequence[tuple[int, str, str, str]], to: str) -> Card | None:
    """Several reminders (case, status, kind, reader) in one message; what moved on meanwhile is left out.

    So is what became confidential, in a group, or must not be known to whoever reads it. Each case has one line.
    """
    known = await cases.by_ids(desk.tx, [case_id for case_id, _, _, _ in nudges])
    reasons: dict[int, dict[str, str]] = {}
    for case_id, status, kind, reader in nudges:
        if (
            known[case_id].status == status
            and still_true(known[case_id], kind)
            and await may_read(desk, known[case_id], to)
        ):
            reasons.setdefault(case_id, {})[kind] = reader
    lines = [await _line(desk, texts, known[case_id], why) for case_id, why in reasons.items()]
    buttons = [key for case_id, why in reasons.items() for key in _opens(texts, known[case_id], why)]
    return (texts.reminders(lines), keyboard(*rows(buttons, 2)) if buttons else None) if lines else None


async def _line(desk: Desk, texts: Texts, case: Case, why: Mapping[str, str]) -> str:
    """Why a case is reminded of; whoever is not of its unit reads whose it is."""
    unit = None if set(why.values()) == {"unit"} else await unit_name(desk, case.unit_id)
    return texts.reminder_line(case, texts.matter_name(matter_of(desk, case)), [_kind(case, one) for one in why], unit)


def _opens(texts: Texts, case: Case, why: Mapping[str, str]) -> list[Button]:
    """The key to its buttons; those above the unit have none to press."""
    kind, reader = list(why.items())[-1]
    if reader not in {"unit", "centre"}:
        return []
    return [button(texts.reminder_button(case), Press(case.id, "remind", case.version, f"{kind}.{reader}").pack())]


async def may_read(desk: Desk, case: Case, to: str) -> bool:
    """Whether a list that goes to an address may name this case."""
    return await may_get(desk, case, to) and not (case.confidential and to.startswith("unit:"))
