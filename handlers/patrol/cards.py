"""The card of a day's patrol: what was looked at, and a button for each thing left."""

from aiogram.types import InlineKeyboardMarkup

from bot.cases.checklists import Checklist, Look
from bot.desk import patrolling
from bot.desk.desk import Desk
from bot.desk.patrolling import Patrol
from bot.texts import Texts
from handlers.resident.keyboards import Choice, inline


async def patrol_card(desk: Desk, texts: Texts, patrol: Patrol) -> tuple[str, InlineKeyboardMarkup]:
    """Words and buttons."""
    listed = patrolling.checklist(desk, patrol)
    lines = [texts.patrol_line(item, patrol.items.get(item.code), patrol.cases.get(item.code)) for item in listed.items]
    words = texts.patrol_card(
        await patrolling.place_of(desk, patrol.node_id),
        patrol.day,
        texts.role(patrol.role),
        lines,
        await patrolling.photos(desk, patrol),
        patrol.note,
        done=patrol.done_at is not None,
    )
    looking = _done(texts, patrol) if patrol.done_at else _looking(texts, patrol, listed)
    return words, inline(*_defects(texts, patrol, listed), *looking)


def data(patrol: Patrol, what: str, code: str = "") -> str:
    """Callback data of a button."""
    return f"pt:{what}:{patrol.id}:{code}"


def _defects(texts: Texts, patrol: Patrol, listed: Checklist) -> list[list[Choice]]:
    """A defect is one tap away from being a case."""
    return [
        [(texts.patrol_report(item), data(patrol, "case", item.code))]
        for item in listed.items
        if patrol.items.get(item.code) == Look.BAD and item.matter and item.code not in patrol.cases
    ]


def _looking(texts: Texts, patrol: Patrol, listed: Checklist) -> list[list[Choice]]:
    looks = [
        [
            (texts.patrol_fine(item, patrol.items.get(item.code)), data(patrol, Look.FINE, item.code)),
            (texts.patrol_bad(patrol.items.get(item.code)), data(patrol, Look.BAD, item.code)),
        ]
        for item in listed.items
        if item.code not in patrol.cases
    ]
    everything = [(texts.patrol_all_fine(), data(patrol, "all"))] if listed.left(patrol.items) else []
    return [*looks, everything, [(texts.patrol_note(), data(patrol, "note")), _finish(texts, patrol)]]


def _finish(texts: Texts, patrol: Patrol) -> Choice:
    return texts.patrol_finish(), data(patrol, "done")


def _done(texts: Texts, patrol: Patrol) -> list[list[Choice]]:
    return [[(texts.patrol_again(), data(patrol, "again")), (texts.patrol_note(), data(patrol, "note"))]]
