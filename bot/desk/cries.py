"""What becomes of a danger that was told: its card, a line that rings, its case, the answer to 打通了吗."""

from typing import Any

from bot.cases.case import Case
from bot.cases.crying import ANSWERED_WITHIN, Through, next_number
from bot.cases.errors import NotOpen
from bot.desk import routing
from bot.desk.desk import Desk
from bot.outbox.letters import Kind, Lane, Letter, person
from storage import cards, cases, cries
from storage.cards import BOARD
from storage.cries import Cry

LEFT = ("to", "secret", "matter", "version", "at")
"""What stays for a day of a danger whose teller is to be forgotten, for the cards that show it."""


def board(cry_id: int) -> str:
    """The name of the card of an unfinished danger."""
    return f"cry {cry_id}"


def show(desk: Desk, cry: Cry) -> None:
    """Owe the card to everybody who was told, edited in place where it is already."""
    cry.body["version"] = cry.body.get("version", 0) + 1
    for to in cry.body.get("to", []):
        key = f"{board(cry.id)} {cry.body['version']} {to}"
        facts = {"board": board(cry.id), "cry": cry.id, "secret": bool(cry.body.get("secret"))}
        desk.owe(Letter(key=key, kind=Kind.CRY, to=to, lane=Lane.URGENT, facts=facts))


def say(desk: Desk, cry: Cry, what: str, **facts: Any) -> None:
    """Owe a line that rings to everybody who was told. Of a confidential danger no group reads it."""
    secret = bool(cry.body.get("secret"))
    for to in cry.body.get("to", []):
        if secret and to.startswith("unit:"):
            continue
        key = f"{board(cry.id)} {what} {to}"
        about = {"cry": cry.id, "what": what, "secret": secret, **facts}
        desk.owe(
            Letter(key=key, kind=Kind.CRY_NOTE, to=to, case_id=cry.body.get("case"), lane=Lane.URGENT, facts=about)
        )


async def filed(desk: Desk, draft_id: str, case: Case, shown: list[str]) -> None:
    """It is a case now: its card takes the place of the unfinished one of everybody in `shown`."""
    seal = desk.office.seals.content
    cry = await cries.by_draft(desk.tx, seal, draft_id)
    if cry is None:
        return
    cry.state, cry.end_at = "filed", None
    cry.body |= {"case": case.id, "number": case.number, "at": desk.now().isoformat()}
    cry.body.pop("draft", None)
    await _hand_over(desk, cry, case, shown)
    cry.body["secret"] = case.confidential
    show(desk, cry)
    await cries.keep(desk.tx, seal, cry)


async def _hand_over(desk: Desk, cry: Cry, case: Case, shown: list[str]) -> None:
    centre = await routing.dispatchers(desk, case)
    for to in cry.body.get("to", []):
        message = await cards.shown(desk.tx, BOARD, board(cry.id), to)
        if message is None or to not in shown:
            continue
        kind = Kind.TRIAGE_CARD if to in centre else Kind.PRIVATE_CARD
        await cards.remember(desk.tx, [(case.id, kind, to, message)])
        await cards.lose_board(desk.tx, board(cry.id), to)


async def answer(desk: Desk, cry: Cry, through: Through) -> str:
    """Keep whether the call got through, and tell who must know. Returns the number to call next."""
    first = cry.body.get("through") is None
    cry.body |= {"through": through.value, "at": desk.now().isoformat()}
    cry.ask_at = None
    show(desk, cry)
    if first or through is not Through.YES:
        tries = cry.body["tries"] = cry.body.get("tries", 0) + (through is Through.NO)
        if through is not Through.YES:
            say(desk, cry, f"{through.value} {tries}", numbers=cry.body.get("numbers", []))
    if (case_id := cry.body.get("case")) is not None:
        await cases.record(desk.tx, [_line(desk, case_id, through)])
    await cries.keep(desk.tx, desk.office.seals.content, cry)
    return next_number(cry.body.get("numbers", []))


def _line(desk: Desk, case_id: int, through: Through) -> dict[str, Any]:
    return {"case_id": case_id, "at": desk.now(), "action": f"call_{through.value}", "role": "reporter", "note": None}


async def rename(desk: Desk, old: str, new: str) -> None:
    """What was told apart belongs to the draft `new` after all: so does its card."""
    seal = desk.office.seals.content
    cry = await cries.by_draft(desk.tx, seal, old)
    if cry is None or await cries.by_draft(desk.tx, seal, new) is not None:
        return
    cry.mark = cries.mark_of(seal, new)
    await cries.keep(desk.tx, seal, cry)


async def forget(desk: Desk) -> None:
    """Whoever tells is to be forgotten: what is open is taken back, and none of the words stay."""
    assert desk.person is not None
    seal = desk.office.seals.content
    for cry in await cries.of_person(desk.tx, seal, desk.person.id):
        was, cry.state, cry.person_id, cry.ask_at, cry.end_at, cry.asked_at = cry.state, "over", 0, None, None, None
        cry.body = {name: cry.body[name] for name in LEFT if name in cry.body}
        if was == "open":
            show(desk, cry)
            say(desk, cry, "taken_back")
        await cries.keep(desk.tx, seal, cry)


async def drop(desk: Desk, cry: Cry) -> None:
    """It is done with."""
    await cards.lose_board(desk.tx, board(cry.id))
    await cries.forget(desk.tx, cry.id)


def ask_through(cry: Cry) -> Letter:
    """The one question after the numbers."""
    facts = {"cry": cry.id, "numbers": cry.body.get("numbers", [])}
    return Letter(
        key=f"through {cry.id}", kind=Kind.GOT_THROUGH, to=person(cry.person_id), lane=Lane.URGENT, facts=facts
    )


async def asked(desk: Desk) -> Cry | None:
    """The danger of which whoever acts was asked of late whether the call got through."""
    assert desk.person is not None
    since = desk.now() - ANSWERED_WITHIN
    return await cries.asked_of(desk.tx, desk.office.seals.content, desk.person.id, since)


async def lately(desk: Desk) -> Cry | None:
    """The newest danger that whoever acts told of in the last day and that is not known to be over."""
    assert desk.person is not None
    found = await cries.of_person(desk.tx, desk.office.seals.content, desk.person.id)
    return next((one for one in reversed(found) if one.state in {"open", "filed"}), None)


async def mine(desk: Desk, cry_id: int) -> Cry:
    """The danger that whoever acts told of. Raises NotOpen for any other, and when it is over."""
    cry = await cries.by_id(desk.tx, desk.office.seals.content, cry_id)
    if cry is None or desk.person is None or cry.person_id != desk.person.id or cry.state in {"over", "calm"}:
        raise NotOpen
    return cry
