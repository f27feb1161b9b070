"""Out of the register: whoever has no post any more leaves neither a name nor a telephone there."""

from bot.cases.whistling import ROLE
from bot.desk.desk import Desk
from storage import members, people

BLANK = {"name": "", "phone": None, "phone_mark": None, "phone_tail": None, "shows_phone": False, "hours": None}


async def has_posts(desk: Desk, member_id: int) -> bool:
    """Whether a duty of theirs goes on, also one that rests."""
    return bool((await members.posts_of(desk.tx, [member_id], desk.now())).get(member_id))


async def leave(desk: Desk, member_id: int, person_id: int | None) -> bool:
    """Delete name and telephone of a member, and the way from there to the person. False: a post goes on."""
    if await has_posts(desk, member_id):
        return False
    await members.change_duties(desk.tx, member_id, person_id=None)
    await members.change(desk.tx, member_id, person_id=None, state="left", **BLANK, tags=None)
    await nameless(desk, person_id)
    return True


async def nameless(desk: Desk, person_id: int | None) -> None:
    """From now on somebody is a resident like all others."""
    if person_id is not None:
        await people.change(desk.tx, person_id, name=None)


async def held_by_duty(desk: Desk, person_id: int) -> str | None:
    """The role of a duty that goes on, and with it the line in the register; else whoever only whistled leaves it."""
    going = [duty.role for duty in await people.duties_of(desk.tx, person_id, desk.now())]
    member = await members.of_person(desk.tx, person_id)
    posts = (await members.posts_of(desk.tx, [member.id])).get(member.id, []) if member else []
    if not going and member is not None and await has_posts(desk, member.id):
        going = ["suspended"]
    if not going and member is not None and posts and all(post.role == ROLE for post in posts):
        await leave(desk, member.id, person_id)
    return next((role for role in going if role != ROLE), going[0] if going else None)
