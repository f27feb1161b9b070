"""Whom a broadcast is for: role, place and tag, by buttons on one card that tells how many that is."""

from bot.cases.broadcast import AUDIENCES
from bot.cases.errors import NotOpen
from bot.cases.topics import ANNOUNCED
from bot.desk import broadcasting, directory
from bot.desk.about import places_below
from handlers.admin import plan as plans
from handlers.admin.plan import Asked, Step
from handlers.choosing import paged, place_and_page
from handlers.numbers import number
from handlers.resident.keyboards import in_rows, inline
from handlers.resident.saying import Said


async def who(asked: Asked) -> Said:
    """The card of who gets it. The content is asked for in the same breath."""
    texts, plan = asked.texts, asked.plan
    await plans.keep(asked.state, plan)
    reach = await broadcasting.reach(asked.desk, plan.audience)
    audience = await audience_of(asked)
    about = [asked.button(texts.broadcast_change_topic(), "topics")] if plan.audience.topic else []
    tagged = [asked.button(texts.broadcast_change_tag(), "tags")] if await broadcasting.known_tags(asked.desk) else []
    keys = inline(
        [
            asked.button(texts.broadcast_change_role(), "roles"),
            asked.button(texts.broadcast_change_place(), "places"),
            *tagged,
        ],
        about,
        [asked.button(texts.broadcast_look(), "look")] if plan.content else [],
        [asked.button(texts.broadcast_cancel(), "cancel")],
    )
    return asked.says(texts.broadcast_who(audience, reach.reachable, reach.silent, reach.names), keys)


async def audience_of(asked: Asked) -> str:
    """Who gets it, in one line."""
    plan = asked.plan
    names = await plans.names_of(asked.desk, plan)
    return asked.texts.broadcast_audience(plan.role, names, plan.tag, plan.audience.topic)


async def _roles(asked: Asked, _value: str) -> Said:
    choices = [asked.button(asked.texts.role(role), "role", role) for role in AUDIENCES]
    return asked.says(asked.texts.broadcast_choose(), inline(*in_rows(choices, 2), _back(asked)))


def _back(asked: Asked) -> list[tuple[str, str]]:
    """The way back to the card from a choice that is not made."""
    return [asked.button(asked.texts.back(), "who")]


async def _role(asked: Asked, value: str) -> Said:
    if value not in AUDIENCES:
        raise NotOpen
    asked.plan.role = value
    return await _topics(asked, "") if asked.plan.audience.topic else await who(asked)


async def _topics(asked: Asked, _value: str) -> Said:
    """Residents choose what they hear, so whoever writes to them says what it is."""
    await plans.keep(asked.state, asked.plan)
    choices = [asked.button(asked.texts.topic(topic), "topic", topic.value) for topic in ANNOUNCED]
    return asked.says(asked.texts.broadcast_what_about(), inline(*in_rows(choices, 1)))


async def _topic(asked: Asked, value: str) -> Said:
    if value not in ANNOUNCED:
        raise NotOpen
    asked.plan.topic = value
    return await who(asked)


async def _places(asked: Asked, value: str) -> Said:
    """The places below one; the district itself, or the one they are below, is a choice too."""
    node_id, page = place_and_page(value) if value else (None, 0)
    node_id = node_id or None
    below = await places_below(asked.desk, node_id)
    if not below and node_id is not None:
        return await _place(asked, value)
    texts = asked.texts
    here = texts.broadcast_whole_district() if node_id is None else texts.broadcast_just_here()
    choices = [asked.button(node.name, "places", node.id) for node in below]
    rows = paged(texts, choices, page, lambda to: asked.plan.data("places", f"{node_id or 0}.{to}"))
    keys = inline([asked.button(here, "place", node_id or "")], *rows, _back(asked))
    return asked.says(texts.broadcast_choose(), keys)


async def _place(asked: Asked, value: str) -> Said:
    plan = asked.plan
    plan.node, plan.path = None, "/"
    if value:
        node = await directory.place(asked.desk, number(value))
        plan.node, plan.path = node.id, node.path
    return await who(asked)


async def _tags(asked: Asked, _value: str) -> Said:
    tags = await broadcasting.known_tags(asked.desk)
    choices = [asked.button(tag, "tag", at) for at, tag in enumerate(tags)]
    none = [asked.button(asked.texts.broadcast_no_tag(), "tag")]
    return asked.says(asked.texts.broadcast_choose(), inline(*in_rows(choices, 2), none, _back(asked)))


async def _tag(asked: Asked, value: str) -> Said:
    tags = dict(enumerate(await broadcasting.known_tags(asked.desk)))
    asked.plan.tag = tags.get(int(value)) if value.isdecimal() and len(value) < 4 else None
    return await who(asked)


async def _change_who(asked: Asked, _value: str) -> Said:
    return await who(asked)


STEPS: dict[str, Step] = {
    "roles": _roles,
    "role": _role,
    "topics": _topics,
    "topic": _topic,
    "places": _places,
    "place": _place,
    "tags": _tags,
    "tag": _tag,
    "who": _change_who,
}
