"""Danger that is told of a case that is there already: it becomes red, and centre and duty hear of it."""

from collections.abc import Collection
from dataclasses import replace

from bot.cases.case import Case, Colour
from bot.cases.grading import LEVELS
from bot.cases.pausing import ended
from bot.cases.understanding import Danger
from bot.desk import alerting, grading, routing, showing
from bot.desk.desk import Desk
from bot.desk.masking import words_for
from bot.desk.moves import promise, promising, reset_clocks
from bot.desk.waking import wake
from bot.outbox.letters import Kind, Lane, Letter
from storage import cases


async def worsen(desk: Desk, case: Case, words: str, key: str, heard_by: Collection[str] = ()) -> Case:
    """Make a case red whose words tell of danger, and tell centre and duty at once. Without danger nothing happens.

    It stays with the unit that has it. `key` makes it safe to repeat; `heard_by` are told these words already. An ended
    case stays as it is, and everybody is told all the same.
    """
    danger = desk.office.catalogue.danger(words) if words else None
    if danger is None:
        return case
    after = case if case.ended else await redden(desk, case, danger)
    centre = await routing.dispatchers(desk, after)
    duty = await alerting.duty(desk, after, danger.matter)
    for to in dict.fromkeys([*centre, *duty]):
        if to not in heard_by:
            about = f"danger {case.id} {key} {to}"
            facts = {"words": await words_for(desk, after, to, words), "from_whom": "danger"}
            desk.owe(Letter(key=about, kind=Kind.SUPPLEMENT, to=to, case_id=case.id, lane=Lane.URGENT, facts=facts))
    return after


async def redden(desk: Desk, case: Case, danger: Danger) -> Case:
    """Make a case red, and show it to the centre; what was said is told elsewhere, or kept from the groups."""
    if case.danger and case.colour is Colour.RED:
        return case
    case = await wake(desk, case)
    level = max(case.level, danger.matter.level, key=LEVELS.index)
    going = ended(case, desk.now())
    after = replace(going, danger=True, colour=Colour.RED, level=level, version=case.version + 1)
    after = (await promising(desk, case))(going, after)
    if not await cases.change(desk.tx, case, after):
        return case
    line = {"case_id": case.id, "at": desk.now(), "action": "danger", "role": "reporter", "unit_id": case.unit_id}
    await cases.record(desk.tx, [{**line, "note": None}])
    await reset_clocks(desk, after)
    await grading.show_over(desk, after)
    await showing.refresh_cards(desk, after)
    await showing.show_to_centre(desk, after)
    await promise(desk, after)
    return after
