"""Cards and news of whistleblowers: who applies, what was decided, who ends soon."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.cases.contacts import TAIL
from bot.desk import directory, whistling
from bot.desk.desk import Desk
from bot.desk.names import decider
from bot.outbox.buttons import Card, button, keyboard, rows
from bot.outbox.letters import person
from bot.texts import Texts
from storage import applications, grid, members
from storage.applications import Application


async def application(desk: Desk, texts: Texts, facts: Mapping[str, Any], _recipient: str) -> Card | None:
    """The card of somebody responsible, as it stands now."""
    one = await applications.by_id(desk.tx, desk.office.seals.content, facts["application"])
    return await application_card(desk, texts, one) if one else None


async def application_card(desk: Desk, texts: Texts, one: Application) -> Card:
    """With buttons while it waits; then who decided what."""
    place, kind = await directory.name_of(desk, one.node_id), texts.whistle_kind(one.kind)
    if one.state != "waiting":
        whose = await members.of_person(desk.tx, one.person_id) if one.state == "approved" and one.person_id else None
        by = await decider(desk, texts, one.decided_by) if one.decided_by is not None else None
        return texts.application_over(whose.name if whose else "", kind, place, by, one.reason), None
    words = texts.application(
        one.name,
        kind,
        place,
        one.phone[-TAIL:],
        put_forward=one.put_forward_by is not None,
        lacking=await whistling.lacking(desk, one.node_id, one.kind),
    )
    yes, no = button(texts.application_yes(), f"av:y:{one.id}"), button(texts.application_no(), f"av:n:{one.id}")
    return words, keyboard([yes], [no])


async def applied(desk: Desk, texts: Texts, facts: Mapping[str, Any], recipient: str) -> Card | None:
    """What whoever applied hears; and who put them forward, if it was a yes."""
    one = await applications.by_id(desk.tx, desk.office.seals.content, facts["application"])
    if one is None or one.state not in {"approved", "refused"}:
        return None
    if one.person_id is None or recipient != person(one.person_id):
        return texts.friend_became(), None
    if one.reason is not None:
        return texts.not_this_time(one.reason), keyboard([button(texts.apply_again(), "ap:me")])
    member = await members.of_person(desk.tx, one.person_id)
    posts = (await members.posts_of(desk.tx, [member.id], desk.now())).get(member.id, []) if member else []
    until = next((post.until for post in posts if post.role == whistling.ROLE), None)
    place = await directory.name_of(desk, one.node_id)
    return texts.became_whistleblower(member.name if member else "", texts.whistle_kind(one.kind), place, until), None


async def renewals(desk: Desk, texts: Texts, facts: Mapping[str, Any], _recipient: str) -> Card | None:
    """Who of a community ends soon, each with a button, and one for all."""
    community = await grid.by_id(desk.tx, facts["place"])
    if community is None:
        return None
    found = [one for one in await whistling.ending(desk, community) if one.until is not None]
    lines = [
        (one.name, texts.whistle_kind(one.kind) if one.kind else "", one.until, one.until <= desk.now())
        for one in found
        if one.until
    ]
    each = [button(texts.renew_one(one.name), f"av:r:{community.id}:{one.duty_id}") for one in found]
    every = [button(texts.renew_all(), f"av:all:{community.id}")] if len(found) > 1 else []
    words = texts.renewals(community.name, lines)
    return words, keyboard(*rows(each, 2), every) if found else None


async def whistles(desk: Desk, texts: Texts, facts: Mapping[str, Any], recipient: str) -> Card | None:
    """A whistleblower hears that it ends soon, has ended, or goes on; nothing that is no longer true."""
    until, what = datetime.fromisoformat(facts["until"]), facts["what"]
    if what == "renewed":
        return texts.goes_on(until), None
    person_id = int(recipient.partition(":")[2])
    held = await whistling.whistles_until(desk, person_id)
    if what == "soon":
        return (texts.ends_soon(until), None) if held == until else None
    return None if held else (texts.is_over(), keyboard([button(texts.apply_again(), "ap:me")]))
