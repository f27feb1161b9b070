"""The card of a call-back: what is asked about, how the reporter may be asked, and the next buttons."""

from bot.cases.actions import CENTRE, Action
from bot.cases.case import Case, Contact
from bot.cases.lifecycle import allowed
from bot.cases.revisiting import SOLVED, STARS
from bot.desk import routing
from bot.desk.desk import Desk
from bot.outbox.buttons import Button, Card, Keyboard, Press, button, keyboard, rows
from bot.outbox.cards_of import matter_of
from bot.outbox.letters import person
from bot.texts import Texts
from storage import revisits
from storage.revisits import Revisit


async def revisit_card(desk: Desk, texts: Texts, case: Case, number: int, to: str) -> Card | None:
    """The card as it stands now; None for whoever is no dispatcher of the case any more."""
    found = await revisits.of_round(desk.tx, case.id, number)
    callers = await routing.private_dispatchers(desk, case)
    if found is None or to not in {person(one) for one in callers}:
        return None
    name = texts.matter_name(matter_of(desk, case))
    open_still = found.state == "open"
    lines = [
        texts.revisit_card(case, name, found.why, found.due_at, late=open_still and found.due_at < desk.now()),
        texts.revisit_how(case.contact is Contact.CALL) if open_still and found.reached_at is None else "",
        texts.revisit_stand(found.state, found.tries, found.asked_at is not None and found.solved is None),
        texts.revisit_heard(found.solved or "", found.satisfied, found.note or ""),
    ]
    return texts.card([line for line in lines if line]), _keys(texts, case, found)


def _keys(texts: Texts, case: Case, found: Revisit) -> Keyboard | None:
    def key(words: str, what: str, value: str = "") -> Button:
        return button(words, f"rv:{case.id}:{found.round}:{what}:{value}")

    note = key(texts.button_note(), "note")
    if found.state != "open":
        again = [button(texts.button_relapse(), Press(case.id, "relapse", case.version).pack())]
        may = found.solved == "no" and Action.REDO in allowed(case, CENTRE)
        return keyboard([note], again if may else []) if found.state != "dropped" else None
    if found.reached_at is None:
        ask = [] if found.asked_at is not None else [key(texts.button_by_bot(), "bot")]
        phone = [key(texts.button_phone(), "phone")] if case.contact is Contact.CALL else []
        return keyboard([*phone, *ask], [key(texts.button_reached(), "reached"), key(texts.button_missed(), "missed")])
    if found.solved is None:
        return keyboard(*rows((key(texts.revisit_solved(one), "solved", one) for one in SOLVED), 1))
    return keyboard(*rows((key("⭐" * int(one), "satisfied", one) for one in STARS), 1), [note])


def revisit_question(texts: Texts, case: Case, matter: str, number: int) -> Card:
    """What the reporter is asked through the bot."""
    keys = [button(texts.revisit_solved(one), f"rq:{case.id}:{number}:solved:{one}") for one in SOLVED]
    return texts.revisit_question(case.number, matter), keyboard(*rows(keys, 1))
