"""What is said of a danger that is being told: its card, the lines that ring, the words to who tells it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.desk.cries import board
from bot.desk.desk import Desk
from bot.outbox.buttons import Card, button, keyboard
from bot.texts import Texts
from storage import cards, cases, cries
from storage.cards import BOARD


async def unfinished(desk: Desk, texts: Texts, facts: Mapping[str, Any], recipient: str) -> Card | None:
    """The card of a danger as it stands. In a group nothing stands of one that has become confidential."""
    cry = await cries.by_id(desk.tx, desk.office.seals.content, facts["cry"])
    if cry is None:
        return None
    if cry.state != "open" and await cards.shown(desk.tx, BOARD, board(cry.id), recipient) is None:
        return None
    body = cry.body
    if recipient.startswith("unit:") and body.get("secret"):
        return texts.cry_secret(), None
    matter = desk.office.catalogue.of(body.get("matter"))
    if cry.state == "filed":
        return texts.cry_filed(body["number"], texts.matter_name(matter)), None
    draft = body.get("draft", {})
    lines = texts.cry_lines(
        "\n".join(draft.get("words", [])),
        body.get("place", ""),
        files=len(draft.get("media", [])),
        numbers=body.get("numbers", []),
        through=body.get("through"),
        hush=body.get("hush", ""),
    )
    times = (cry.heard_at, datetime.fromisoformat(body["at"]))
    head = texts.cry_head(cry.state, body.get("joined", ""), texts.matter_name(matter))
    return "\n".join([head, *lines, texts.cry_times(*times)]), None


async def note(desk: Desk, texts: Texts, facts: Mapping[str, Any], recipient: str) -> Card | None:
    """Taken back, calm, or the call did not get through: with the number of the case, if it is one."""
    cry = await cries.by_id(desk.tx, desk.office.seals.content, facts["cry"])
    if cry is None or (recipient.startswith("unit:") and cry.body.get("secret")):
        return None
    matter = desk.office.catalogue.of(cry.body.get("matter"))
    said = "\n".join(cry.body.get("draft", {}).get("words", []))
    about = cry.body.get("number") or said or texts.matter_name(matter)
    what, hush = str(facts["what"]).partition(" ")[0], cry.body.get("hush")
    what = hush if hush and what in {"no", "hush"} else what
    return texts.cry_note(what, about, facts.get("numbers", [])), None


async def filed(desk: Desk, texts: Texts, facts: Mapping[str, Any], _recipient: str) -> Card | None:
    """To who told of it: silence has made a report of it."""
    case = (await cases.by_ids(desk.tx, [facts["case"]])).get(facts["case"])
    return (texts.cry_submitted(case.number), None) if case else None


async def got_through(desk: Desk, texts: Texts, facts: Mapping[str, Any], _recipient: str) -> Card | None:
    """打通了吗？ with its three buttons; not where it was taken back meanwhile."""
    cry = await cries.by_id(desk.tx, desk.office.seals.content, facts["cry"])
    if cry is None or cry.state not in {"open", "filed"} or cry.body.get("through"):
        return None
    keys = keyboard(
        [
            button(texts.through_yes(), f"thru:{cry.id}:yes"),
            button(texts.through_no(), f"thru:{cry.id}:no"),
        ],
        [button(texts.through_safe(), f"thru:{cry.id}:safe")],
    )
    return texts.ask_through(facts["numbers"]), keys
