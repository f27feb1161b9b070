"""The card of a supervision order: what is watched, where it stands, and what its holder may do."""

from bot.cases.actions import Action, Role
from bot.cases.case import Case
from bot.cases.lifecycle import allowed
from bot.desk.desk import Desk
from bot.desk.masking import read_by
from bot.desk.names import unit_name
from bot.desk.supervising import WATCHED
from bot.outbox.buttons import Button, Card, Press, button, keyboard, rows
from bot.outbox.buttons_of import press, verdict_buttons
from bot.outbox.cards_of import matter_of
from bot.outbox.letters import person
from bot.texts import Texts
from storage import supervisions

WATCHING = (Action.LOOK, Action.ASK_LEVEL_UP, Action.ASK_JOINT, Action.ASK_REASSIGN)
"""While the order runs; what is asked for goes to the centre, which agrees or not."""


async def watch_card(desk: Desk, texts: Texts, case: Case, to: str) -> Card:
    """The order as it stands now; whoever held it before reads that somebody else does."""
    order = await supervisions.of_case(desk.tx, case.id)
    if case.status in WATCHED and (order is None or to != person(order.person_id)):
        return texts.watch_elsewhere(case.number), None
    unit = await unit_name(desk, case.unit_id)
    name = f"{texts.matter_name(matter_of(desk, case))}　{texts.status_for_unit(case.status)}"
    case = await read_by(desk, case, to)
    facts = [texts.card_words(case), texts.card_place(case.place)]
    runs, keys = case.status in WATCHED, watch_buttons(texts, case)
    words = texts.watch_card(case, name, unit, facts, runs=runs, reopens=bool(keys))
    return words, keyboard(*rows(keys, 2))


def watch_buttons(texts: Texts, case: Case) -> list[Button]:
    """What somebody who watches may do: say what they see, ask the centre, judge, say that it is as bad as before."""
    may = allowed(case, {Role.SUPERVISOR, Role.GRID_MEMBER})
    if Action.CONFIRM in may:
        return verdict_buttons(texts, case)
    if Action.REDO in may:
        return [button(texts.button_relapse(), Press(case.id, "relapse", case.version).pack())]
    return [press(texts, case, action) for action in WATCHING if action in may]
