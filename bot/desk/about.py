"""What somebody decides about themselves: language, consent, being reachable again; and looking around in the grid."""

from dataclasses import replace
from typing import Any

from bot.cases.hush import QUIET_FOR
from bot.desk import menus
from bot.desk.desk import Desk
from bot.desk.following import show_open_anew
from bot.desk.resettling import now_at
from storage import grid, people
from storage.grid import Node
from storage.redrawing import Place


async def set_language(desk: Desk, language: str) -> None:
    """Speak this language to whoever acts from now on, also in the menu under their chat."""
    await _change(desk, language=language)
    await menus.refresh(desk, desk.person.id if desk.person else None)


async def set_large(desk: Desk, *, large: bool) -> None:
    """Short lines and wide buttons for whoever acts from now on, or no more."""
    await _change(desk, large=large)


async def set_consent(desk: Desk, consent: bool) -> None:
    """Keep whether whoever acts agreed to the privacy notice."""
    await _change(desk, consent=consent)


async def keep_quiet(desk: Desk) -> None:
    """Whoever acts must not be heard: for days nothing that we send them makes a sound."""
    await _change(desk, quiet_until=desk.now() + QUIET_FOR)


def is_quiet(desk: Desk) -> bool:
    """Whether nothing that we send to whoever acts may make a sound now."""
    until = desk.person.quiet_until if desk.person is not None else None
    return until is not None and until > desk.now()


async def seen_again(desk: Desk) -> None:
    """Whoever had blocked us is back: what they missed is shown anew."""
    await _change(desk, reachable=True)
    await menus.refresh(desk, desk.person.id if desk.person else None, anew=True)
    await show_open_anew(desk)


async def on_file(desk: Desk) -> None:
    """Write down at once whoever writes for the first time: something that is kept now belongs to them."""
    if desk.newcomers:
        await people.add(desk.tx, desk.newcomers)
        desk.newcomers.clear()


async def _change(desk: Desk, **columns: Any) -> None:
    assert desk.person is not None
    known = desk.person
    await on_file(desk)
    await people.change(desk.tx, known.id, **columns)
    desk.person = replace(known, **columns)


async def places_below(desk: Desk, node_id: int | None) -> list[Node]:
    """The places right below one; from the top the first with a choice, so nobody taps through a single one."""
    found = await grid.children(desk.tx, node_id)
    while node_id is None and len(found) == 1 and (below := await grid.children(desk.tx, found[0].id)):
        found = below
    return found


async def places_by_code(desk: Desk, code: str) -> list[Place]:
    """The place a QR code or deep link carries; where that is no more, all that it has become."""
    known = await grid.by_code(desk.tx, code)
    return await now_at(desk, known.id) if known else []


async def place_above(desk: Desk, node_id: int) -> Node | None:
    """The place one step up; None from where the tapping began."""
    path = await desk.office.places.path(desk.tx, node_id)
    first = {node.id for node in await places_below(desk, None)}
    return path[-2] if len(path) > 1 and node_id not in first else None
