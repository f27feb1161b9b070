"""Methods about the topics of a forum."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from bot.sandbox.addressing import Call, Method, chat_meant
from bot.sandbox.errors import bad
from bot.sandbox.forum import create_topic, switch_topic
from bot.sandbox.messages import say
from bot.sandbox.records import Chat, Json, Topic

ICON_COLORS = frozenset({7322096, 16766590, 13338331, 9367192, 16749490, 16478047})


def _forum(call: Call, right: str) -> Chat:
    chat = chat_meant(call)
    if not chat.forum:
        raise bad("the chat is not a forum")
    if not chat.is_admin(call.bot.id):
        raise bad(f"not enough rights to {right} a topic")
    return chat


def _topic(call: Call, chat: Chat) -> Topic:
    topic = chat.topics.get(call.params.integer("message_thread_id") or 0)
    if topic is None:
        raise bad("message thread not found")
    return topic


def create(call: Call) -> Json:
    chat = _forum(call, "create")
    name = call.params.text("name").strip()
    if not name:
        raise bad("name must be non-empty")
    color = call.params.integer("icon_color") or 7322096
    if color not in ICON_COLORS:
        raise bad("invalid icon color specified")
    topic = create_topic(call.world, chat, name, call.bot.user(), color)
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.icon_color}


def edit(call: Call) -> bool:
    chat = _forum(call, "edit")
    topic = _topic(call, chat)
    changed = replace(topic, name=call.params.text("name") or topic.name)
    if changed == topic:
        raise bad("TOPIC_NOT_MODIFIED")
    chat.topics[topic.id] = changed
    say(call.world, chat, call.bot.user(), {"forum_topic_edited": {"name": changed.name}}, topic=topic.id)
    return True


def switch(closed: bool, call: Call) -> bool:
    chat = _forum(call, "close" if closed else "reopen")
    topic = _topic(call, chat)
    if topic.closed == closed:
        raise bad("TOPIC_NOT_MODIFIED")
    switch_topic(call.world, chat, topic, closed, call.bot.user())
    return True


def delete(call: Call) -> bool:
    chat = _forum(call, "delete")
    topic = _topic(call, chat)
    del chat.topics[topic.id]
    for message_id in [key for key, each in chat.messages.items() if each.get("message_thread_id") == topic.id]:
        del chat.messages[message_id]
    call.world.events.tell("chat", chat.id)
    return True


def unpin_all(call: Call) -> bool:
    chat = _forum(call, "manage pinned messages in")
    topic = _topic(call, chat)
    kept = [each for each in chat.pinned if chat.messages.get(each, {}).get("message_thread_id") != topic.id]
    chat.pinned[:] = kept
    return True


METHODS: Mapping[str, Method] = {
    "createForumTopic": create,
    "editForumTopic": edit,
    "closeForumTopic": partial(switch, True),
    "reopenForumTopic": partial(switch, False),
    "deleteForumTopic": delete,
    "unpinAllForumTopicMessages": unpin_all,
}
