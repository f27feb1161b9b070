"""Cards about a result: the question for a verdict, and the spot check of what was settled at once."""

from bot.cases.case import Case
from bot.cases.elements import lacking
from bot.desk import masking, proving, settling
from bot.desk.desk import Desk
from bot.desk.names import unit_name
from bot.outbox import triage_of
from bot.outbox.buttons import Card, Press, button, keyboard, rows
from bot.outbox.buttons_of import verdict_buttons
from bot.texts import Texts


async def spot_check(desk: Desk, texts: Texts, case: Case, to: str) -> Card:
    """One of ten finds that were settled on the spot: is it so? Or what was found."""
    case = await masking.read_by(desk, case, to)
    name = texts.matter_name(desk.office.catalogue.of(case.matter))
    said = await settling.said_of(desk, case)
    taken_up = texts.moment(case.accepted_at) if case.accepted_at else ""
    doubts = [texts.card_lacks(settling.lacks(desk, said)), *await _used(desk, texts, case)]
    card = texts.spot_card(case.number, name, case.place, case.text, said, taken_up, doubts)
    verdict = await settling.verdict_of(desk, case)
    if verdict is not None:
        return texts.spot_judged(card, right=verdict == settling.CHECKED), None
    right = button(texts.spot_right(), Press(case.id, "spot", case.version, "ok").pack())
    wrong = [button(texts.spot_wrong(why), Press(case.id, "spot", case.version, why).pack()) for why in settling.WRONG]
    return card, keyboard([right], *rows(wrong, 2))


async def doubts(desk: Desk, texts: Texts, case: Case) -> list[str]:
    """What of a result is not as it should be: words that tell too little, pictures that were there before."""
    return [texts.card_lacks(lacking(case, case.result or "")), *await _used(desk, texts, case)]


async def _used(desk: Desk, texts: Texts, case: Case) -> list[str]:
    """Its pictures that were there before."""
    return [texts.card_used(own, number) for own, number in await proving.doubts(desk, case)]


async def verify_card(desk: Desk, texts: Texts, case: Case, verdict: str | None, to: str) -> Card:
    """Asks for the verdict, or shows it."""
    case = await masking.read_by(desk, case, to)
    name, unit = texts.matter_name(desk.office.catalogue.of(case.matter)), await unit_name(desk, case.unit_id)
    about = texts.verify_card(case, name, unit, await doubts(desk, texts, case))
    asked = f"{about}\n{triage_of.criterion(desk, texts, case)}"
    return (texts.judged(asked, verdict), None) if verdict else (asked, keyboard(verdict_buttons(texts, case)))


async def judging_card(desk: Desk, texts: Texts, case: Case, to: str) -> Card:
    """The same from a list: its pictures come at a tap."""
    words, _ = await verify_card(desk, texts, case, None, to)
    look = [button(texts.see_files(), Press(case.id, "files", case.version).pack())]
    return words, keyboard(verdict_buttons(texts, case), look if await desk.files_of(case.id) else [])
