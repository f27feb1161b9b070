"""Cards: a case as the reporter, the unit, the centre and the verifier see it, with the buttons they may press."""

from dataclasses import replace
from datetime import datetime
from zlib import crc32

from bot.cases.actions import CENTRE, Action
from bot.cases.case import AT_WORK, WITH_UNIT, Case, Contact, Status
from bot.cases.clocks import Deadline, deadlines, extended, told_of
from bot.cases.conditions import is_praise
from bot.cases.inviting import opens_chat
from bot.cases.lifecycle import allowed
from bot.cases.matter import Matter, Question, QuestionKind
from bot.cases.pausing import paused_until
from bot.cases.secrecy import is_secret, secrets_in
from bot.desk import accused, masking, onduty, routing, showing
from bot.desk.desk import Desk
from bot.desk.moves import clock_spans
from bot.desk.names import unit_name
from bot.outbox import triage_of, verdicts_of
from bot.outbox.buttons import Button, Card, Press, button, keyboard, rows
from bot.outbox.buttons_of import CENTRE_BUTTONS, more_button, more_of_centre, press, sending_buttons, unit_buttons
from bot.outbox.letters import person
from bot.texts import Texts
from storage import cases, people, units
from storage.units import Unit

SERIAL = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SERIAL_LONG = 4
NEXT_STEP = {
    Status.REGISTERED: Deadline.TRIAGE,
    Status.TRIAGE: Deadline.DISPATCH,
    Status.NEED_INFO: Deadline.ANSWER,
    Status.DISPATCHED: Deadline.SIGN,
    Status.ACCEPTED: Deadline.CONTACT,
}

TO_SEND = frozenset({Status.TRIAGE, Status.REDO, Status.DIVERTED})
UNDECIDED = frozenset({Status.EXTENSION_REVIEW, Status.RETURN_REVIEW})


def serial(case: Case, to: str) -> str:
    """A short serial people can read aloud: every copy of one card shows the same, however often it is edited."""
    number, digits = crc32(f"{case.number} {to}".encode()), ""
    while len(digits) < SERIAL_LONG:
        number, rest = divmod(number, len(SERIAL))
        digits += SERIAL[rest]
    return digits


def matter_of(desk: Desk, case: Case) -> Matter:
    """The matter of a case; one that left the catalogue reads as 其他."""
    return desk.office.catalogue.of(case.matter)


async def promise(desk: Desk, texts: Texts, case: Case) -> Card:
    """The reporter's card."""
    times = deadlines(case, desk.office.calendar, clock_spans(desk, case))
    kind = NEXT_STEP.get(case.status)
    step: datetime | None = times.get(kind) if kind else None
    name = texts.matter_name(matter_of(desk, case))
    text = texts.promise(case, name, await unit_name(desk, case.unit_id), step, times[Deadline.FINISH])
    more = [] if case.ended else [button(texts.button_add(), Press(case.id, "add").pack())]
    return text, keyboard([button(texts.button_details(), Press(case.id, "show").pack()), *more])


def voice(texts: Texts, case: Case, words: str, at: int, *, danger: bool) -> Card:
    """What a machine heard in a voice; of a sealed report a dispatcher passes it on by one tap."""
    hand_on = button(texts.pass_on(), Press(case.id, "hear", case.version, str(at)).pack())
    keys = keyboard([hand_on]) if case.confidential else None
    return texts.voice_words(case.number, words, danger=danger, sealed=case.confidential), keys


def ask_rating(texts: Texts, case: Case) -> Card:
    """The first of the three taps."""
    buttons = [
        button(words, Press(case.id, "rate", case.version, f"contacted.{value}").pack())
        for words, value in zip(texts.in_time(), ("yes", "no"), strict=True)
    ]
    words = texts.ask_contacted(case, case.result or "", texts.tell_them(case))
    return words, keyboard(buttons, _whom_to_tell(texts, case))


def _whom_to_tell(texts: Texts, case: Case) -> list[Button]:
    """For whoever recorded it, or reported it for another."""
    return (
        [button(texts.button_callback(case), Press(case.id, "callback").pack())]
        if case.recorded or case.on_behalf
        else []
    )


async def _facts(desk: Desk, texts: Texts, case: Case, to: str) -> list[str]:
    """The lines every card of a responder or dispatcher has. Nothing of the reporter is among them.

    Names and numbers of people are whole only for the one who signed and for a dispatcher, each privately.
    """
    seen = await masking.eyes(desk, case, to)
    case = replace(case, text=seen.read(case.text), place=seen.read(case.place))
    questions = matter_of(desk, case).questions
    answers = await cases.answers_of(desk.tx, case.id) if questions else {}
    asked = [(one.ask, _answer(texts, one, answers[one.key], seen)) for one in questions if one.key in answers]
    lines = [
        *texts.card_flags(case),
        texts.card_marks(case),
        texts.card_danger() if case.danger else "",
        texts.card_words(case),
        texts.card_summary(await showing.summary_of(desk, case)),
        *(texts.card_answers(ask, answer) for ask, answer in asked),
        texts.card_place(case.place),
        texts.card_joined(case.joined) if case.joined else "",
        texts.card_confided(case.confided) if case.confided else "",
        await _files(desk, texts, case),
    ]
    return [line for line in lines if line]


def _answer(texts: Texts, question: Question, value: str, seen: masking.Eyes) -> str:
    said = texts.answer_words(question, value, veiled=not seen.whole)
    free = question.kind in {QuestionKind.TEXT, QuestionKind.LOCATION} and value not in question.answers
    return seen.read(said) if free else said


async def _files(desk: Desk, texts: Texts, case: Case) -> str:
    """How many files the reporter sent, and what of them is not shown. A picture that came as a file is a picture."""
    files = await desk.files_of(case.id)
    files = [one for one in files if one.source == "report"]
    hidden = [one for one in files if one.state in {"unsafe", "lost", "too_large"}]
    shown = [one for one in files if one not in hidden]
    played = sum(one.kind in showing.PLAYABLE for one in shown)
    papers = sum(one.kind == "document" and one.copy is None for one in shown)
    pictures = len(shown) - played - papers
    if case.confidential:
        return texts.card_media(pictures, 0, len(hidden), played, papers)
    return texts.card_media(pictures, played, len(hidden), 0, papers)


async def _played(desk: Desk, case: Case) -> bool:
    files = await desk.files_of(case.id)
    return any(one.source == "report" and one.kind in showing.PLAYABLE for one in files)


def _owes_a_word(case: Case) -> bool:
    """Whether the first result is what is next."""
    return case.status in AT_WORK and not told_of(case)


async def _standing(desk: Desk, texts: Texts, case: Case) -> list[str]:
    times = deadlines(case, desk.office.calendar, clock_spans(desk, case))
    name = await people.name_of(desk.tx, case.handler_id) if case.handler_id is not None else None
    lines = [texts.card_handler(name) if name else "", await _result(desk, texts, case)]
    lines += texts.card_asked(case)
    lines += [texts.card_excluded(case.excluded)] if case.excluded else []
    if until := paused_until(case):
        lines.append(texts.card_paused(until))
    elif case.status in UNDECIDED:
        lines.append(texts.card_undecided(times[Deadline.FINISH], _if_granted(desk, case)))
    elif case.status in WITH_UNIT and case.dispatched_at:
        step = Deadline.FIRST_RESULT if _owes_a_word(case) else NEXT_STEP.get(case.status)
        lines.append(texts.card_due(case.status, times.get(step) if step else None, times[Deadline.FINISH]))
    if case.status in WITH_UNIT or case.criterion:
        lines.append(triage_of.criterion(desk, texts, case))
    return [line for line in lines if line]


async def _result(desk: Desk, texts: Texts, case: Case) -> str:
    """What was done; of what did not pass also why, so that nobody takes it for done."""
    if not case.result:
        return ""
    if case.status is not Status.REWORK:
        return texts.card_result(case.result)
    lines = await cases.history_of(desk.tx, case.id)
    why = next((one.note or "" for one in reversed(lines) if one.action == Action.FAIL), "")
    return texts.card_failed(case.result, why)


def _if_granted(desk: Desk, case: Case) -> datetime | None:
    """Until when it would take with the time that the unit asks for; None where it asks for none, or gets none."""
    spans = clock_spans(desk, case)
    if case.status is not Status.EXTENSION_REVIEW or spans.extension is None:
        return None
    return extended(case, desk.office.calendar, spans).due_at


async def unit_card(desk: Desk, texts: Texts, case: Case, to: str) -> Card:
    """The card of the unit, in its group or privately. Whoever has the case no longer reads nothing of it."""
    if not await _concerns(desk, case, to):
        return texts.card_elsewhere(case.number), None
    private = to.startswith("person:")
    if case.confidential and not private:
        return texts.stub(), None
    head = texts.card_head(case, texts.matter_name(matter_of(desk, case)))
    lines = [head, *await _facts(desk, texts, case, to), *await _standing(desk, texts, case)]
    if case.confidential:
        lines.insert(0, texts.confidential_head())
    elif not private and case.status is Status.DISPATCHED and case.unit_id is not None:
        lines += await _on_duty(desk, texts, case.unit_id)
    buttons = unit_buttons(texts, case)
    if private and case.contact is Contact.CALL and to == person(case.handler_id or 0):
        buttons.append(button(texts.button_call(), Press(case.id, "number").pack()))
    if buttons and case.status is not Status.DISPATCHED:
        me = desk.office.me.username
        lines.append(texts.card_how(opens_chat(me, f"c_{case.id}") if me and not private else ""))
    return texts.card([*lines, texts.serial(serial(case, to))]), keyboard(*rows(buttons, 2))


async def _on_duty(desk: Desk, texts: Texts, unit_id: int) -> list[str]:
    """Whose turn it is by the plan of the unit, in its group; without a plan everybody knows."""
    if await onduty.plan_of(desk, unit_id) is None:
        return []
    names = await people.names(desk.tx, found := await onduty.of_unit(desk, unit_id))
    return [texts.card_on_duty([names[one] for one in found if one in names])] if names else []


async def _concerns(desk: Desk, case: Case, to: str) -> bool:
    """Whether a unit (or somebody of it) still has the case; before it is sent out, whoever was shown it."""
    kind, _, number = to.partition(":")
    if case.unit_id is None:
        return True
    return (
        int(number) == case.unit_id
        if kind == "unit"
        else int(number) == case.handler_id
        or (int(number) in await routing.of_unit(desk, case.unit_id, *((0,) if case.confidential else ())))
    )


async def triage_card(desk: Desk, texts: Texts, case: Case, to: str) -> Card:
    """The dispatchers' card: where it stands, who has it, and the unit to send it to by one tap."""
    head = texts.triage_head(case, texts.card_head(case, texts.matter_name(matter_of(desk, case))))
    unit = await unit_name(desk, case.unit_id)
    lines = [
        *([texts.confidential_head()] if case.confidential else []),
        *_withheld(desk, texts, case),
        head,
        *([texts.has_it(case, unit)] if unit else []),
        *await _blocked(desk, texts, case),
        *await _facts(desk, texts, case, to),
        *await _standing(desk, texts, case),
        *(await verdicts_of.doubts(desk, texts, case) if case.status is Status.VERIFY else []),
    ]
    suggested = await suggested_for(desk, case)
    if case.confidential and await _played(desk, case):
        lines.append(texts.sum_up())
    if suggested:
        lines.append(texts.suggested(suggested.name))
    lines += await triage_of.waiting_lines(desk, texts, case)
    buttons = [*sending_buttons(texts, case, suggested), *await _maybe_blocked(desk, texts, case)]
    if case.status is Status.TRIAGE:
        lines += await triage_of.suggestions(desk, texts, case, suggested)
        buttons += triage_of.renaming_button(desk, texts, case)
    buttons += [press(texts, case, action) for action in CENTRE_BUTTONS if action in allowed(case, CENTRE)]
    if case.status is not Status.TRIAGE and await _files(desk, texts, case):
        buttons.append(button(texts.see_files(), Press(case.id, "files", case.version).pack()))
    if case.withheld:
        buttons.append(button(texts.button_unseal(), Press(case.id, "unseal", case.version).pack()))
    buttons += more_button(texts, case, "centre", more_of_centre(texts, case))
    if case.status is not Status.ARCHIVED:
        buttons.append(button(texts.mute_button(), f"mute:c:{case.id}"))
    return texts.card([*filter(None, lines), texts.serial(serial(case, to))]), keyboard(*rows(buttons, 1))


async def _blocked(desk: Desk, texts: Texts, case: Case) -> list[str]:
    """Who is complained of, or may be: for dispatchers only."""
    known = await accused.of_case(desk, case)
    held = [one.name for one in known if one.conflict.state == "set"]
    maybe = [one.name for one in known if one.conflict.state == "suggested"]
    return [*([texts.card_blocked(held)] if held else []), *([texts.card_maybe_blocked(maybe)] if maybe else [])]


async def _maybe_blocked(desk: Desk, texts: Texts, case: Case) -> list[Button]:
    """One tap blocks whom the report names, another says that nobody is complained of."""
    found: list[Button] = []
    for one in await accused.of_case(desk, case):
        held = one.conflict
        if held.state == "suggested":
            whom = f"u{held.unit_id}" if held.unit_id is not None else f"m{held.member_id}"
            block = Press(case.id, Action.BLOCK, case.version, whom)
            found += [button(texts.block_button(one.name), block.pack())]
            found += [button(texts.dismiss_button(one.name), Press(case.id, "unmeant", 0, str(held.id)).pack())]
    return found


def _withheld(desk: Desk, texts: Texts, case: Case) -> list[str]:
    """Why a report is kept from the groups."""
    if not case.withheld:
        return []
    told = routing.secret_matters(desk, case, matter_of(desk, case))
    return [texts.card_withheld([texts.matter_name(one) for one in told if is_secret(one)])]


async def confided(desk: Desk, texts: Texts, case: Case, words: str, at: int | None) -> Card:
    """A confidential supplement; `at` is its number for a dispatcher, who may pass it on."""
    about = [texts.matter_name(one) for one in secrets_in(desk.office.catalogue, words)] if words else []
    keys = keyboard([button(texts.button_unseal(), Press(case.id, "unhide", case.version, str(at)).pack())])
    return texts.confided(case.number, case.place, words, about), keys if at is not None else None


async def suggested_for(desk: Desk, case: Case) -> Unit | None:
    """The unit that the dispatchers are offered first, where it is theirs to send; of a 退单 the one that it names."""
    if case.status is Status.RETURN_REVIEW:
        return await units.by_id(desk.tx, case.proposed_unit_id) if case.proposed_unit_id is not None else None
    if case.status not in TO_SEND:
        return None
    if is_praise(case) and case.status is Status.TRIAGE:
        return await routing.thanked_unit(desk, case)
    return await routing.suggested_unit(desk, case, matter_of(desk, case))


def draft_waits(texts: Texts, step: int, sign: str, about: str, *, danger: bool) -> Card:
    """A draft that rests: go on, submit as it is, or drop it. The buttons carry its sign, as all of its buttons do."""
    go_on = [button(texts.go_on(), f"d:{sign}:go:")]
    others = [button(texts.submit_as_is(), f"d:{sign}:submit:"), button(texts.cancel(), f"d:{sign}:cancel:")]
    return texts.draft_waits(step, about, danger=danger), keyboard(go_on, others)
