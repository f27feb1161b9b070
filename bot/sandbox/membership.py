"""Who is in a group: founding, joining, leaving, the move to a supergroup, and what bots are told of it."""

from bot.sandbox.errors import Mistaken
from bot.sandbox.messages import say
from bot.sandbox.records import IN_CHAT, Chat, Json
from bot.sandbox.world import FIRST_SUPERGROUP, World

ADMIN_RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
    "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
    "can_send_welcome_messages", "can_pin_messages", "can_manage_topics",
)  # fmt: skip


def change_member(world: World, chat: Chat, member: int, status: str, *, by: Json) -> None:
    """Change somebody's standing: service message, my_chat_member to the bot itself, chat_member to admin bots."""
    before = chat.members.get(member, "left")
    if before == status:
        return
    user = world.user(member) or {}
    was_in, is_in = before in IN_CHAT, status in IN_CHAT
    chat.members[member] = status
    if is_in and not was_in:
        say(world, chat, by, {"new_chat_members": [user]})
    elif was_in and not is_in:
        say(world, chat, by, {"left_chat_member": user})
    _tell_change(world, chat, member, before, by)
    world.events.tell("chat", chat.id)


def _tell_change(world: World, chat: Chat, member: int, before: str, by: Json) -> None:
    user = world.user(member)
    change: Json = {
        "chat": chat.card(),
        "from": by,
        "date": world.clock.unix(),
        "old_chat_member": member_card(user, before),
        "new_chat_member": member_card(user, chat.members[member]),
    }
    if member in world.bots:
        world.queues[member].add("my_chat_member", change, chat.id)
    for bot in world.bots_in(chat):
        if bot.id != member and chat.is_admin(bot.id):
            world.queues[bot.id].add("chat_member", change, chat.id)


def member_card(user: Json | None, status: str) -> Json:
    """Telegram's ChatMember."""
    member: Json = {"user": user, "status": status}
    if status == "kicked":
        member["until_date"] = 0
    elif status == "creator":
        member["is_anonymous"] = False
    elif status == "administrator":
        member |= dict.fromkeys(ADMIN_RIGHTS, True) | {"can_be_edited": False, "is_anonymous": False}
    return member


def tell_blocked(world: World, chat: Chat, blocked: bool) -> None:
    """my_chat_member of a private chat, when its person blocks or unblocks the bot."""
    bot = world.bots[chat.bot_id].user()
    before, after = ("member", "kicked") if blocked else ("kicked", "member")
    change: Json = {
        "chat": chat.card(),
        "from": chat.person.user() if chat.person else bot,
        "date": world.clock.unix(),
        "old_chat_member": member_card(bot, before),
        "new_chat_member": member_card(bot, after),
    }
    world.queues[chat.bot_id].add("my_chat_member", change, chat.id)


def founder_of(world: World, chat: Chat) -> Json:
    """Whoever acts when the town itself does something to a group: its creator, else its first person."""
    people = [member for member in chat.members if member in world.people]
    creators = [member for member in people if chat.members[member] == "creator"]
    if not people:
        raise Mistaken("a group needs at least one person")
    return world.people[(creators or people)[0]].user()


def migrate(world: World, chat: Chat) -> Chat:
    """The group becomes a supergroup with another id; both chats say so. Refused for what is a supergroup already."""
    if chat.kind != "group" or chat.migrated_to is not None:
        raise Mistaken("only a basic group that did not move yet can migrate")
    new_id = min([FIRST_SUPERGROUP, *(each - 1 for each in world.groups if each <= FIRST_SUPERGROUP)])
    members = {member: status for member, status in chat.members.items() if status in IN_CHAT}
    new = world.groups[new_id] = Chat(new_id, "supergroup", chat.title, members=members)
    by = founder_of(world, chat)
    say(world, chat, by, {"migrate_to_chat_id": new_id})
    chat.migrated_to = new_id
    say(world, new, by, {"migrate_from_chat_id": chat.id})
    new.keyboards = dict(chat.keyboards)
    world.events.tell("chat", chat.id, migrate_to_chat_id=new_id)
    return new


def found_group(world: World, chat: Chat) -> Chat:
    """Open a group: its bots hear that they were added."""
    founder = founder_of(world, chat)
    world.groups[chat.id] = chat
    bots = list(world.bots_in(chat))
    for bot in bots:
        _tell_change(world, chat, bot.id, "left", founder)
    # A bot cannot be in a supergroup when it is made, so it hears that it was added, as Telegram's documentation says.
    came = {"new_chat_members": [bot.user() for bot in bots]}
    say(world, chat, founder, came if bots and chat.kind == "supergroup" else {f"{chat.kind}_chat_created": True})
    world.events.tell("chat", chat.id)
    return chat
