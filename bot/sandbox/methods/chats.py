"""Methods about a chat: what it is, who is in it, what is pinned, leaving it, reactions."""

from collections.abc import Mapping
from typing import Any, cast

from bot.sandbox.addressing import Call, Method, chat_meant, message_meant
from bot.sandbox.errors import bad
from bot.sandbox.membership import change_member, member_card
from bot.sandbox.messages import say
from bot.sandbox.records import ADMINS, Chat, Json

PERMISSIONS = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics",
)  # fmt: skip
GIFTS = {
    "unlimited_gifts": False, "limited_gifts": False, "unique_gifts": False, "premium_subscription": False,
    "gifts_from_channels": False,
}  # fmt: skip


def get_chat(call: Call) -> Json:
    chat = _seen(call) or chat_meant(call)
    full: Json = {**chat.card(), "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": GIFTS}
    if chat.kind != "private":
        full["permissions"] = dict.fromkeys(PERMISSIONS, True)
        full["join_to_send_messages"] = chat.kind == "supergroup"
    if chat.description:
        full["description"] = chat.description
    if chat.pinned:
        pinned = chat.messages.get(chat.pinned[-1])
        full |= {"pinned_message": pinned} if pinned else {}
    return full


def _seen(call: Call) -> Chat | None:
    """A person whom the bot meets only in groups can be looked at, though not written to."""
    person = call.world.people.get(call.params.integer("chat_id") or 0)
    if person is None or not call.world.shares_group(call.bot, person):
        return None
    return call.world.privates.get((call.bot.id, person.id)) or Chat(person.id, "private", person=person)


def chat_member(call: Call, chat: Chat, user_id: int) -> Json:
    """Telegram's ChatMember of somebody whom the town knows; a stranger to the chat has left it."""
    user = call.world.user(user_id)
    if user is None:
        raise bad("PARTICIPANT_ID_INVALID" if chat.kind == "supergroup" else "user not found")
    return member_card(user, chat.members.get(user_id, "left"))


def _group_meant(call: Call) -> Chat:
    chat = chat_meant(call)
    if chat.kind == "private":
        raise bad("there are no administrators in the private chat")
    return chat


def get_chat_member(call: Call) -> Json:
    chat, user_id = chat_meant(call), call.params.integer("user_id")
    if not user_id:
        raise bad("invalid user_id specified")
    return chat_member(call, chat, user_id)


def get_chat_administrators(call: Call) -> list[Json]:
    chat = _group_meant(call)
    admins = [member for member, status in chat.members.items() if status in ADMINS]
    others = call.world.bots.keys() - {call.bot.id}
    return [chat_member(call, chat, member) for member in admins if member not in others]


def get_chat_member_count(call: Call) -> int:
    chat = chat_meant(call)
    return sum(chat.has(member) for member in chat.members)


def leave_chat(call: Call) -> bool:
    chat = chat_meant(call)
    if chat.kind == "private":
        raise bad("chat can't be left")
    change_member(call.world, chat, call.bot.id, "left", by=call.bot.user())
    return True


def _may(call: Call, chat: Chat, right: str) -> None:
    if chat.kind != "private" and not chat.is_admin(call.bot.id):
        raise bad(f"not enough rights to {right}")


def pin_message(call: Call) -> bool:
    chat = chat_meant(call)
    message = message_meant(call, chat, "pin")
    if chat.kind == "supergroup":
        _may(call, chat, "manage pinned messages in the chat")
    if message["message_id"] in chat.pinned:
        chat.pinned.remove(message["message_id"])
    chat.pinned.append(message["message_id"])
    say(call.world, chat, call.bot.user(), {"pinned_message": message})
    call.world.events.tell("pin", chat.seen_as(), person=chat.person.id if chat.person else None, message=message)
    return True


def unpin_message(call: Call) -> bool:
    """The newest pinned message if none is named."""
    chat = chat_meant(call)
    if chat.kind == "supergroup":
        _may(call, chat, "manage pinned messages in the chat")
    wanted = call.params.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if wanted not in chat.pinned:
        raise bad("message to unpin not found")
    chat.pinned.remove(wanted)
    _tell_pins(call, chat)
    return True


def unpin_all(call: Call) -> bool:
    chat = chat_meant(call)
    if chat.kind == "supergroup":
        _may(call, chat, "manage pinned messages in the chat")
    chat.pinned.clear()
    _tell_pins(call, chat)
    return True


def _tell_pins(call: Call, chat: Chat) -> None:
    newest = chat.messages.get(chat.pinned[-1]) if chat.pinned else None
    call.world.events.tell("pin", chat.seen_as(), person=chat.person.id if chat.person else None, message=newest)


def set_title(call: Call) -> bool:
    chat = _group_meant(call)
    _may(call, chat, "change chat title")
    title = call.params.text("title").strip()
    if not title:
        raise bad("title must be non-empty")
    if title == chat.title:
        raise bad("chat title is not modified")
    chat.title = title
    say(call.world, chat, call.bot.user(), {"new_chat_title": title})
    return True


def set_description(call: Call) -> bool:
    chat = _group_meant(call)
    _may(call, chat, "set chat description")
    chat.description = call.params.text("description") or None
    return True


def ban_member(call: Call) -> bool:
    chat, user_id = _group_meant(call), call.params.integer("user_id") or 0
    _may(call, chat, "restrict/unrestrict chat member")
    if chat.members.get(user_id) in ADMINS:
        raise bad("user is an administrator of the chat")
    if call.world.user(user_id) is None:
        raise bad("PARTICIPANT_ID_INVALID")
    change_member(call.world, chat, user_id, "kicked", by=call.bot.user())
    return True


def unban_member(call: Call) -> bool:
    chat, user_id = _group_meant(call), call.params.integer("user_id") or 0
    _may(call, chat, "restrict/unrestrict chat member")
    if chat.members.get(user_id) == "kicked":
        change_member(call.world, chat, user_id, "left", by=call.bot.user())
    return True


def set_reaction(call: Call) -> bool:
    chat = chat_meant(call)
    message = message_meant(call, chat, "react")
    given = call.params.parsed("reaction", "reaction")
    reactions: list[Json] = cast(list[Any], given) if isinstance(given, list) else []
    if len(reactions) > 1 or any(each.get("type") not in ("emoji", "custom_emoji") for each in reactions):
        raise bad("REACTION_INVALID")
    chat.reactions[message["message_id"], call.bot.id] = reactions
    return True


def get_profile_photos(call: Call) -> Json:
    """Nobody in the sandbox has a picture."""
    if call.world.user(call.params.integer("user_id") or 0) is None:
        raise bad("user not found")
    return {"total_count": 0, "photos": []}


METHODS: Mapping[str, Method] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "getChatMembersCount": get_chat_member_count,
    "getUserProfilePhotos": get_profile_photos,
    "leaveChat": leave_chat,
    "pinChatMessage": pin_message,
    "unpinChatMessage": unpin_message,
    "unpinAllChatMessages": unpin_all,
    "setChatTitle": set_title,
    "setChatDescription": set_description,
    "banChatMember": ban_member,
    "unbanChatMember": unban_member,
    "setMessageReaction": set_reaction,
}
