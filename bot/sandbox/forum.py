"""Topics of a forum: opened, closed, reopened, each with the service message that says so."""

from bot.sandbox.messages import keep, put_together, say, tell_bots
from bot.sandbox.records import Chat, Json, Topic
from bot.sandbox.world import World


def create_topic(world: World, chat: Chat, name: str, by: Json, icon_color: int = 7322096) -> Topic:
    """A topic bears the number of the service message that opened it."""
    message = put_together(world, chat, by, {"forum_topic_created": {"name": name, "icon_color": icon_color}})
    topic = chat.topics[message["message_id"]] = Topic(message["message_id"], name, icon_color)
    message |= {"message_thread_id": topic.id, "is_topic_message": True}
    keep(world, chat, message)
    tell_bots(world, chat, "message", message)
    world.events.tell("chat", chat.id)
    return topic


def switch_topic(world: World, chat: Chat, topic: Topic, closed: bool, by: Json) -> None:
    topic.closed = closed
    word = "forum_topic_closed" if closed else "forum_topic_reopened"
    say(world, chat, by, {word: {}}, topic=topic.id)
    world.events.tell("chat", chat.id)
