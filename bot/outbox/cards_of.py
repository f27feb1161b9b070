"""Cards: a case as the reporter, the unit, the centre and the verifier see it, with the buttons they may press."""

from datetime import datetime

from bot.cases.actions import UNIT, Action, Role
from bot.cases.case import Case, Status
from bot.cases.clocks import Deadline, deadlines
from bot.cases.lifecycle import allowed
from bot.cases.matter import Matter
from bot.desk import routing
from bot.desk.desk import Desk
from bot.desk.moves import clock_spans
from bot.outbox.buttons import Button, Keyboard, Press, button, keyboard, rows
from bot.outbox.letters import Kind
from bot.texts import Texts
from storage import attachments, cases, people, units

FOUND_BY_REPLY = frozenset({Kind.NUDGE, Kind.SUPPLEMENT, Kind.VERIFY_CARD, Kind.URGED})
"""Messages about a case that somebody may reply to, besides its cards."""

UNIT_BUTTONS = (Action.ACCEPT, Action.CONTACT, Action.PROGRESS, Action.RESOLVE)
SERIAL = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
NEXT_STEP = {
    Status.REGISTERED: Deadline.TRIAGE,
    Status.TRIAGE: Deadline.DISPATCH,
    Status.DISPATCHED: Deadline.SIGN,
    Status.ACCEPTED: Deadline.CONTACT,
}

Card = tuple[str, Keyboard | None]


def serial(number: int) -> str:
    """A short serial people can read aloud; every copy of one letter shows the same."""
    digits = ""
    while number or len(digits) < 4:
        number, rest = divmod(number, len(SERIAL))
        digits = SERIAL[rest] + digits
    return digits


def matter_of(desk: Desk, case: Case) -> Matter:
    """The matter of a case; one that left the catalogue reads as 其他."""
    return desk.office.catalogue.matters.get(case.matter) or desk.office.catalogue.other


async def unit_name(desk: Desk, unit_id: int | None) -> str | None:
    """The name of a unit."""
    unit = await units.by_id(desk.tx, unit_id) if unit_id is not None else None
    return unit.name if unit else None


def press(texts: Texts, case: Case, action: Action) -> Button:
    """The button for an action on a case."""
    return button(texts.action(action.value), Press(case.id, action.value, case.version).pack())


async def promise(desk: Desk, texts: Texts, case: Case) -> Card:
    """The reporter's card."""
    times = deadlines(case, desk.office.calendar, clock_spans(desk, case))
    kind = NEXT_STEP.get(case.status)
    step: datetime | None = times.get(kind) if kind else None
    name = texts.matter_name(matter_of(desk, case))
    text = texts.promise(case, name, await unit_name(desk, case.unit_id), step, times[Deadline.FINISH])
    return text, keyboard([button(texts.menu_mine(), Press(case.id, "show").pack())])


def ask_rating(texts: Texts, case: Case) -> Card:
    """The first of the three taps."""
    buttons = [
        button(words, Press(case.id, "rate", case.version, f"contacted.{value}").pack())
        for words, value in zip(texts.in_time(), ("yes", "no"), strict=True)
    ]
    return texts.ask_contacted(case, case.result or ""), keyboard(buttons)


async def _facts(desk: Desk, texts: Texts, case: Case) -> list[str]:
    """The lines every card of a responder or dispatcher has. Nothing of the reporter is among them."""
    answers = await cases.answers_of(desk.tx, case.id)
    asked = [(one, answers[one.key]) for one in matter_of(desk, case).questions if one.key in answers]
    files = [
        one
        for one in await attachments.of_case(desk.tx, desk.office.seals.content, case.id)
        if one.source == "report" and not (case.confidential and one.kind in routing.PLAYABLE)
    ]
    pictures = sum(one.kind in routing.PICTURES and one.state == "kept" for one in files)
    waiting = sum(one.state == "waiting" for one in files)
    others = sum(one.kind in routing.PLAYABLE and one.state == "kept" for one in files)
    lines = [
        texts.card_danger() if case.danger else "",
        texts.card_words(case),
        *(texts.card_answers(one.ask, dict(texts.choices(one)).get(given, given)) for one, given in asked),
        texts.card_place(case.place) if case.place else "",
        texts.card_media(pictures, others, waiting),
    ]
    return [line for line in lines if line]


async def _standing(desk: Desk, texts: Texts, case: Case) -> list[str]:
    times = deadlines(case, desk.office.calendar, clock_spans(desk, case))
    name = await people.name_of(desk.tx, case.handler_id) if case.handler_id is not None else None
    lines = [texts.card_status(texts.status_for_unit(case.status), name)]
    if case.result:
        lines.append(texts.card_result(case.result))
    if not case.ended and case.dispatched_at and case.status is not Status.FEEDBACK:
        sign = times.get(Deadline.SIGN) if case.status is Status.DISPATCHED else None
        lines.append(texts.card_due(sign, times[Deadline.FINISH]))
    return lines


async def unit_card(desk: Desk, texts: Texts, case: Case, row: int, *, private: bool) -> Card:
    """The card of the unit: in its group, or privately of a confidential case."""
    name = texts.matter_name(matter_of(desk, case))
    lines = [*await _facts(desk, texts, case), *await _standing(desk, texts, case)]
    if case.confidential:
        if not private:
            return texts.stub(1), None
        lines.insert(0, texts.confidential_head())
    may = allowed(case, UNIT)
    buttons = [press(texts, case, action) for action in UNIT_BUTTONS if _offered(case, action, may)]
    if buttons and case.status is not Status.DISPATCHED:
        lines.append(texts.card_how())
    return texts.card(case, name, lines, serial(row)), keyboard(*rows(buttons, 2))


def _offered(case: Case, action: Action, may: tuple[Action, ...]) -> bool:
    """Progress and result are offered from the signing on; the first of them counts as first contact."""
    early = case.status is Status.ACCEPTED and action in {Action.PROGRESS, Action.RESOLVE}
    return early or action in may


async def triage_card(desk: Desk, texts: Texts, case: Case, row: int) -> Card:
    """The dispatchers' card: suggestion, and the unit to send it to by one tap."""
    name = texts.matter_name(matter_of(desk, case))
    head = [texts.triage_head(case), *([texts.confidential_head()] if case.confidential else [])]
    lines = [*head, *await _facts(desk, texts, case), *await _standing(desk, texts, case)]
    may = allowed(case, {Role.DISTRICT_DISPATCHER})
    buttons: list[Button] = []
    if Action.DISPATCH in may:
        unit = await routing.suggested_unit(desk, case, matter_of(desk, case))
        if unit:
            lines.append(texts.suggested(unit.name))
            data = Press(case.id, Action.DISPATCH, case.version, str(unit.id)).pack()
            buttons.append(button(texts.action("dispatch", unit.name), data))
        buttons.append(button(texts.other_unit(), Press(case.id, "units", case.version, Action.DISPATCH).pack()))
    elif Action.REASSIGN in may:
        if (unit_now := await unit_name(desk, case.unit_id)) is not None:
            lines.append(texts.automatic(unit_now) if case.status is Status.DISPATCHED else texts.suggested(unit_now))
        data = Press(case.id, "units", case.version, Action.REASSIGN).pack()
        buttons.append(button(texts.action("reassign"), data))
    return texts.card(case, name, lines, serial(row)), keyboard(*rows(buttons, 1))


def verify_card(desk: Desk, texts: Texts, case: Case) -> Card:
    """Asks for the verdict."""
    name = texts.matter_name(matter_of(desk, case))
    verdicts = [press(texts, case, action) for action in (Action.CONFIRM, Action.FAIL)]
    return texts.verify_card(case, name), keyboard(verdicts)


async def nudge(desk: Desk, texts: Texts, case: Case, kind: str) -> Card:
    """A reminder with number, reason, and the buttons to press."""
    due = deadlines(case, desk.office.calendar, clock_spans(desk, case))[Deadline.FINISH]
    text = texts.nudge(case, texts.matter_name(matter_of(desk, case)), kind, due)
    if case.status is Status.VERIFY:
        return text, verify_card(desk, texts, case)[1]
    if case.status in {Status.TRIAGE, Status.REDO}:
        return text, (await triage_card(desk, texts, case, 0))[1]
    may = allowed(case, UNIT)
    buttons = [press(texts, case, action) for action in UNIT_BUTTONS if _offered(case, action, may)]
    return text, keyboard(*rows(buttons, 2)) if buttons else None


def draft_waits(texts: Texts, step: int) -> Card:
    """A draft that rests: go on, submit as it is, or drop it."""
    buttons = [button(texts.submit_as_is(), "d:submit"), button(texts.cancel(), "d:cancel")]
    return texts.draft_waits(step), keyboard(buttons)
