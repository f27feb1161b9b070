"""Invitations and staff cards as they leave: a picture with a code to be photographed, and who asks to come in."""

from datetime import datetime
from io import BytesIO

from bot.cases.inviting import opens_chat
from bot.desk import inviting
from bot.desk.desk import Desk
from bot.outbox.addresses import Address
from bot.outbox.buttons import Keyboard, button, keyboard
from bot.outbox.parcel import Parcel
from bot.texts import Texts, texts_in
from storage import grid, invitations, members
from storage.members import Post
from storage.outbox import Owed

SCALE = 10
QUIET = 4
"""Pixels of one square of a code, and squares of white around it."""


def code_of(link: str) -> bytes:
    """A PNG that telephones read from a screen or paper, also when a fifth of it is dirty."""
    import segno  # only where a code is drawn

    drawn = BytesIO()
    segno.make(link, error="q").save(drawn, kind="png", scale=SCALE, border=QUIET)
    return drawn.getvalue()


def link_to(desk: Desk, payload: str) -> str | None:
    """The address that opens our chat with a payload; None as long as we do not know our own name."""
    name = desk.office.me.username
    return opens_chat(name, payload) if name else None


def lines_of(texts: Texts, posts: list[Post]) -> list[str]:
    """Each duty as people read it: what, and where."""
    return [texts.post(post.role, post.place or post.unit) for post in posts]


async def picture(desk: Desk, owed: Owed, address: Address) -> Parcel:
    """A code with its words: an invitation for somebody, one's own staff card, the link to a place."""
    facts, texts = owed.body["facts"], texts_in(address.language)
    if "place" in facts:
        return await _place(desk, texts, owed, address)
    member, link = await members.by_id(desk.tx, facts["member"]), link_to(desk, facts["token"])
    if member is None or link is None:
        return Parcel(owed=owed, why="nothing to show")
    posts = (await members.posts_of(desk.tx, [member.id], desk.now())).get(member.id, [])
    until, lines = datetime.fromisoformat(facts["until"]), lines_of(texts, posts)
    if facts.get("staff"):
        words = texts.staff_card(member.name, lines, until)
    else:
        words = texts.invitation(member.name, lines, until, link)
    params = {**address.target, "caption": words, "parse_mode": "HTML"}
    pictures = {"photo": code_of(link)}
    return Parcel(owed=owed, chat=address.chat, method="sendPhoto", params=params, pictures=pictures)


async def _place(desk: Desk, texts: Texts, owed: Owed, address: Address) -> Parcel:
    """The link to a place, for a poster of one's own."""
    node = await grid.by_id(desk.tx, owed.body["facts"]["place"])
    link = link_to(desk, f"g_{node.code}") if node else None
    if node is None or link is None:
        return Parcel(owed=owed, why="nothing to show")
    params = {**address.target, "caption": texts.place_code(node.name, link), "parse_mode": "HTML"}
    return Parcel(owed=owed, chat=address.chat, method="sendPhoto", params=params, pictures={"photo": code_of(link)})


async def approval(desk: Desk, texts: Texts, invitation_id: int) -> tuple[str, Keyboard] | None:
    """Somebody came with a printed invitation; nothing once it is decided."""
    used = await invitations.by_id(desk.tx, invitation_id)
    if used is None or used.state != "waiting":
        return None
    member = await members.by_id(desk.tx, used.member_id) if used.member_id is not None else None
    lines = lines_of(texts, await inviting.posts_of(desk, used))
    words = texts.approve(member.name if member else None, lines, used.name or "")
    yes, no = (
        button(said, f"a:{used.id}:{what}") for said, what in ((texts.approve_yes(), "y"), (texts.approve_no(), "n"))
    )
    return words, keyboard([yes, no])


async def decided(desk: Desk, texts: Texts, member_id: int, *, yes: bool) -> str | None:
    """What the newcomer hears."""
    if not yes:
        return texts.not_come_in()
    member = await members.by_id(desk.tx, member_id)
    posts = (await members.posts_of(desk.tx, [member_id], desk.now())).get(member_id, [])
    return texts.come_in(member.name, lines_of(texts, posts)) if member else None
