"""What is said of 停报: to those who decide, by the number of the case; to the one concerned, why and until when."""

from collections.abc import Mapping
from typing import Any

from bot.desk.desk import Desk
from bot.desk.names import decider
from bot.outbox.buttons import Card, Press, button, keyboard
from bot.outbox.letters import person
from bot.texts import Texts
from storage import cases, mutes
from storage.mutes import Mute


async def asked(desk: Desk, texts: Texts, facts: Mapping[str, Any], recipient: str) -> Card | None:
    """The card of somebody who may decide, as it stands now."""
    one = await mutes.by_id(desk.tx, facts["mute"])
    if one is None:
        return None
    number = (await cases.by_ids(desk.tx, [one.case_id]))[one.case_id].number
    if one.state != "proposed":
        lift = keyboard([button(texts.mute_lift(), f"mute:u:{one.id}")]) if _lasts(desk, one) else None
        return texts.mute_of(number, await line(desk, texts, one)), lift
    words = texts.mute_asked(number, one.reason, one.days, await decider(desk, texts, one.proposed_by))
    yes = button(texts.mute_yes(), f"mute:y:{one.id}")
    mine = recipient == person(one.proposed_by)
    no = button(texts.mute_no(), f"mute:n:{one.id}")
    look = button(texts.button_details(), Press(one.case_id, "open").pack())
    return words, keyboard([look], [no] if mine else [yes, no])


def _lasts(desk: Desk, one: Mute) -> bool:
    return one.state == "agreed" and one.until is not None and one.until > desk.now()


async def line(desk: Desk, texts: Texts, one: Mute) -> str:
    """How one stands and who did it."""
    by = one.proposed_by if one.state == "proposed" else one.lifted_by or one.agreed_by
    return texts.mute_line(one.state, one.reason, await decider(desk, texts, by), one.until)


async def told(desk: Desk, texts: Texts, facts: Mapping[str, Any], _recipient: str) -> Card | None:
    """The one concerned hears that it began or ended; those who decide, that the one concerned does not agree."""
    one = await mutes.by_id(desk.tx, facts["mute"])
    if one is None:
        return None
    if facts["what"] == "lifted":
        return texts.you_are_heard_again(), None
    if not _lasts(desk, one) or one.until is None:
        return None
    if facts["what"] == "objected":
        number = (await cases.by_ids(desk.tx, [one.case_id]))[one.case_id].number
        return texts.somebody_objects(number), keyboard([button(texts.mute_lift(), f"mute:u:{one.id}")])
    objects = keyboard([button(texts.object_button(), f"mute:o:{one.id}")])
    return texts.you_are_muted(one.reason, one.until), objects
