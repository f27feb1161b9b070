"""A re-drawing in words: the account of what it did or would do, and the letter about cases nobody can place."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.cases.redrawing import Line, What
from bot.desk.desk import Desk
from bot.desk.redrawing import Done
from bot.desk.resettling import now_at
from bot.texts import Texts
from storage import cases, redrawing
from storage.redrawing import Place, Redrawing


def account(texts: Texts, done: Done, *, dry: bool) -> str:
    """All that it did, one matter a line."""
    followed = done.followed
    said = [
        texts.redraw_head(done.kind.value, done=None if dry else done.number),
        texts.redraw_tree(named(done.ended), named(done.began), named(done.moved), done.below),
        texts.redraw_follows(
            followed.cases, followed.duties, followed.groups, followed.invitations, followed.subscribers
        ),
    ]
    if followed.unplaced:
        said.append(texts.redraw_unplaced(len(followed.unplaced)))
    said += [texts.redraw_person(name, texts.role(role), homes) for name, role, homes in followed.people]
    if followed.units:
        said.append(texts.redraw_units(followed.units))
    if followed.broadcasts:
        said.append(texts.redraw_broadcasts(followed.broadcasts))
    return "\n".join(said)


def named(places: Sequence[Place]) -> list[tuple[str, str]]:
    """Name and code of each."""
    return [(place.name, place.code) for place in places]


async def unplaced(desk: Desk, texts: Texts, facts: Mapping[str, Any], *, in_group: bool) -> str | None:
    """Cases of a re-drawing that nobody has placed yet; nothing once all of them are ended, elsewhere or sealed."""
    number: int = facts["redrawing"]
    found, lines = await redrawing.by_id(desk.tx, number), await redrawing.lines_of(desk.tx, number)
    put = {line.row_id: line.after for line in lines if line.what is What.CASE}
    every = (await cases.by_ids(desk.tx, facts["cases"])).values()
    known = [one for one in every if not (in_group and one.confidential)]
    left = [one.number for one in known if one.node_id == put.get(one.id) and one.closed_at is None]
    if found is None or not left:
        return None
    ended = await redrawing.of_redrawing(desk.tx, number, What.ENDED)
    began = await redrawing.of_redrawing(desk.tx, number, What.BEGAN)
    head = texts.redraw_head(found.kind.value, done=number)
    return "\n".join([head, texts.redraw_became(named(ended), named(began)), texts.redraw_where(left)])


async def biography(desk: Desk, texts: Texts, place: Place, lines: Sequence[tuple[Redrawing, Line]]) -> list[str]:
    """All that happened to a place, the oldest first, and what it is now."""
    said = [texts.place_since(line.what.value, done.at, done.id, done.reason) for done, line in lines]
    return [*said, texts.place_is_now(named(await now_at(desk, place.id)))]
