"""Where it is: what somebody told of the place, matched with the grid and put into the draft."""

from bot.cases.draft import UNCLEAR, Ask
from bot.cases.placing import ends_as_place, in_estate, place_in, reads_as_place, wants_estate
from handlers.resident.answers import choose_matter, took_place
from handlers.resident.keyboards import menu
from handlers.resident.talk import Talk

LONGEST_PLACE = 120
MOST_OFFERED = 3
"""So many places are offered where the words may mean several."""
PUT_RIGHT = "put right"
"""Marks a message that put a part of the place right, in `Draft.told`."""
CLEAR_PLACE = 4
"""Fewer characters (a group of a village, a gate) are no place that anybody could go to; it is asked for."""
POINT = "point"
"""Marks a message that brought where it is, in `Draft.told`."""


async def take_place(talk: Talk, words: str) -> None:
    """A place in words: matched with the names of the grid; the words stay as they were said.

    Of a building or a gate it is asked once in which estate it is.
    """
    draft, places = talk.draft, talk.desk.office.places
    words = draft.set_number_aside(words)
    node = await places.named(talk.desk.tx, words)
    if not draft.has_place and node is None and wants_estate(words) and not draft.within:
        draft.within = words[:LONGEST_PLACE]
        talk.afresh()
        return
    if not draft.has_place and draft.within and not wants_estate(words):
        words = in_estate(words, draft.within)
        node = await places.named(talk.desk.tx, words)
    draft.maybe = [one.id for one in (await places.doubtful(talk.desk.tx, words))[:MOST_OFFERED]]
    draft.node_id = node.id if node else None
    draft.place, draft.latitude, draft.longitude = words, None, None
    if not draft.maybe:
        confirm_place(talk)


async def take_point(talk: Talk, latitude: float, longitude: float, name: str, source: int) -> None:
    """A shared location or venue: an answer where one was asked for, else where it is; the last one counts."""
    node = await talk.desk.office.places.at(talk.desk.tx, latitude, longitude)
    place = in_estate(name or (await place_name(talk, node.id) if node else ""), talk.draft.within)[:LONGEST_PLACE]
    if took_place(talk, place or f"{latitude:.5f}, {longitude:.5f}", source):
        return
    draft = talk.draft
    draft.told[str(source)] = POINT
    draft.latitude, draft.longitude, draft.place = latitude, longitude, place
    draft.node_id = node.id if node else None
    draft.maybe = []
    confirm_place(talk)
    _go_on_with_sure(talk)


async def know_place(talk: Talk, words: str) -> None:
    """The place of the grid that the words name; else the words themselves that name one, to be seen on the review.

    Where they name several, or one nearly, it is asked whether it was understood rightly.
    """
    places, draft = talk.desk.office.places, talk.draft
    found = place_in(words)
    told_before = len(draft.words) > 1 and reads_as_place(words) and ends_as_place(words)
    named = found.words if found is not None else words if told_before else ""
    maybe = await places.doubtful(talk.desk.tx, words)
    node = maybe[0] if len(maybe) > 1 else await places.named(talk.desk.tx, words)
    if node is not None:
        draft.maybe = [one.id for one in maybe[:MOST_OFFERED]]
        draft.node_id, draft.place = node.id, in_estate(await place_name(talk, node.id), draft.within)
    elif wants_estate(named):
        draft.within = named[:LONGEST_PLACE]
    elif len(named) >= CLEAR_PLACE:
        near = await places.doubtful(talk.desk.tx, named)
        draft.maybe = [one.id for one in near[:MOST_OFFERED]]
        draft.place = named[:LONGEST_PLACE]


async def puts_right(talk: Talk, wrong: str, right: str, source: int) -> bool:
    """不是3栋 是5栋: the place is what it is now, and the words are kept. Whether the place had what is wrong."""
    draft = talk.draft
    if draft.empty or wrong not in draft.place_said:
        return False
    draft.told[str(source)] = PUT_RIGHT
    draft.within = draft.within.replace(wrong, right)
    draft.add_words(talk.texts.place_is_not(wrong, right), source)
    if draft.place:
        await _place_put_right(talk, draft.place.replace(wrong, right), right)
    talk.note = talk.texts.put_right(draft.place_said)
    return True


async def _place_put_right(talk: Talk, words: str, right: str) -> None:
    """The place of the grid that the words mean now, if its name has what is right; else the words."""
    draft, node = talk.draft, await talk.desk.office.places.named(talk.desk.tx, words)
    draft.node_id, draft.latitude, draft.longitude, draft.maybe = node.id if node else None, None, None, []
    name = await place_name(talk, node.id) if node else ""
    draft.place = name if right in name else words


def place_unclear(talk: Talk) -> None:
    """不知道在哪: asked once more with the ways to tell it, then left as it is."""
    if talk.kept.get(UNCLEAR) != talk.draft.sign:
        talk.kept[UNCLEAR] = talk.draft.sign
        talk.note = talk.texts.place_how()
        return
    talk.draft.skip(Ask.WHERE)
    talk.draft.skip(UNCLEAR)
    talk.before.append((talk.texts.place_left(), menu(talk.texts)))


async def moved(talk: Talk, latitude: float, longitude: float, source: int) -> None:
    """A live location went on. Only the place itself follows it, and nothing is said."""
    if talk.draft.told.get(str(source)) == POINT:
        await take_point(talk, latitude, longitude, "", source)


def confirm_place(talk: Talk) -> None:
    """Say which place was understood: with the menu where its keys were replaced by those for the place."""
    known = talk.texts.place_known(talk.draft.place) if talk.draft.place else talk.texts.point_known()
    if talk.asked in (Ask.WHERE, Ask.HERE):
        talk.before.append((known, menu(talk.texts)))
    else:
        talk.note = known


def _go_on_with_sure(talk: Talk) -> None:
    """Whoever tells the place instead of tapping what it is about means what was sure anyway; the review shows it."""
    sure = talk.desk.office.catalogue.matters.get(talk.draft.sure)
    if talk.asked == Ask.MATTER and talk.draft.matter is None and sure is not None:
        choose_matter(talk, sure)
        talk.adds(talk.texts.taken_as(talk.texts.matter_name(sure)))


async def place_name(talk: Talk, node_id: int) -> str:
    """A place as it is said: everything below the district."""
    return "".join(one.name for one in (await talk.desk.office.places.path(talk.desk.tx, node_id))[1:])


def is_mere_place(words: str) -> bool:
    """Whether words tell where and nothing else, also where no place was asked for."""
    found = place_in(words)
    return reads_as_place(words) or (found is not None and found.words == words)
