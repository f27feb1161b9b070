"""关注: a resident follows a place, chooses what to hear of it, and stops; every stop has a way back."""

from dataclasses import dataclass, replace

from bot.cases.case import Case
from bot.cases.errors import EnoughPlaces, NotOpen
from bot.cases.topics import EVERYTHING, MOST_PLACES, Topic, may_be_followed
from bot.desk import directory
from bot.desk.about import on_file
from bot.desk.desk import Desk
from storage import broadcasts, grid, subscriptions
from storage.subscriptions import Subscription

__all__ = ["Stopped", "Subscription"]


@dataclass(frozen=True, slots=True)
class Stopped:
    """What was stopped: a topic at every place (None: the places altogether), and how it was before."""

    topic: Topic | None
    before: list[Subscription]


def _who(desk: Desk) -> int:
    assert desk.person is not None
    return desk.person.id


async def followed(desk: Desk) -> list[Subscription]:
    """The places whoever acts follows."""
    return await subscriptions.of_person(desk.tx, _who(desk))


async def one_followed(desk: Desk, node_id: int) -> Subscription:
    """One of them. Raises NotOpen."""
    found = next((one for one in await followed(desk) if one.node_id == node_id), None)
    if found is None:
        raise NotOpen
    return found


async def name_of(desk: Desk, node_id: int) -> str:
    """A place as it is said, also one that is no more."""
    return await directory.name_of(desk, node_id) or (await grid.path(desk.tx, node_id))[-1].name


async def may_follow(desk: Desk, node_id: int) -> bool:
    """Whether a place is there and small enough."""
    path = await desk.office.places.valid(desk.tx, node_id)
    return bool(path) and may_be_followed(path[-1].depth)


async def worth_following(desk: Desk, case: Case) -> int | None:
    """The place of an own case, for whoever follows none yet; never that of a confidential one."""
    if case.confidential or case.node_id is None or await followed(desk):
        return None
    return case.node_id if await may_follow(desk, case.node_id) else None


async def follow(desk: Desk, node_id: int) -> Subscription:
    """Follow a place and hear everything of it; one that is followed stays as it is. Raises NotOpen, EnoughPlaces."""
    known = await followed(desk)
    if (found := next((one for one in known if one.node_id == node_id), None)) is not None:
        return found
    new = Subscription(node_id, EVERYTHING)
    await _keep(desk, known, new)
    return new


async def _keep(desk: Desk, known: list[Subscription], one: Subscription) -> None:
    if one.node_id not in {each.node_id for each in known}:
        if not await may_follow(desk, one.node_id):
            raise NotOpen
        if len(known) >= MOST_PLACES:
            raise EnoughPlaces(most=str(MOST_PLACES))
    await on_file(desk)
    await subscriptions.keep(desk.tx, _who(desk), one, desk.now())


async def switch(desk: Desk, node_id: int, topic: Topic) -> Subscription:
    """Hear no more of a topic at a place, or again. Raises NotOpen for a place that is not followed."""
    found = await one_followed(desk, node_id)
    after = replace(found, topics=found.topics ^ {topic})
    await subscriptions.keep(desk.tx, _who(desk), after, desk.now())
    return after


async def stop(desk: Desk, node_id: int | None = None) -> Stopped:
    """Follow a place no more (None: any)."""
    before = [one for one in await followed(desk) if node_id in (None, one.node_id)]
    await subscriptions.stop(desk.tx, _who(desk), [one.node_id for one in before])
    return Stopped(None, before)


async def hear_no_more(desk: Desk, broadcast_id: int) -> Stopped:
    """不再接收 under a notice: no more of what it is about, at any place. Without a topic: follow nothing any more."""
    found = await broadcasts.by_id(desk.tx, desk.office.seals.content, broadcast_id) if broadcast_id else None
    topic = Topic(found.audience.topic) if found is not None and found.audience.topic else None
    if topic is None:
        return await stop(desk)
    before = [one for one in await followed(desk) if topic in one.topics]
    for one in before:
        await subscriptions.keep(desk.tx, _who(desk), replace(one, topics=one.topics - {topic}), desk.now())
    return Stopped(topic, before)


async def restore(desk: Desk, before: list[Subscription]) -> list[Subscription]:
    """接着收: as it was before it was stopped. Raises NotOpen, EnoughPlaces. Returns what is followed now."""
    for one in before:
        await _keep(desk, await followed(desk), one)
    return await followed(desk)
