"""Methods that change or take away what was said, and answer a pressed button."""

from collections.abc import Mapping
from typing import cast

from bot.sandbox.addressing import Call, Method, chat_meant, message_meant
from bot.sandbox.entities import caption, message_text, u16
from bot.sandbox.errors import bad
from bot.sandbox.files import MEDIA
from bot.sandbox.inputs import media_of
from bot.sandbox.keyboards import inline_markup
from bot.sandbox.messages import keep
from bot.sandbox.records import Chat, Json

DELETABLE_FOR = 48 * 3600
ANSWER_LIMIT = 200
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
CAPTION = ("caption", "caption_entities", "show_caption_above_media")
TEXT = ("text", "entities", "link_preview_options")


def _to_edit(call: Call) -> tuple[Chat, Json]:
    """The bot's own message that is to be edited."""
    if call.params.text("inline_message_id"):
        raise bad("MESSAGE_ID_INVALID")
    chat = chat_meant(call)
    message = message_meant(call, chat, "edit")
    if message["from"]["id"] != call.bot.id or "forward_origin" in message:
        raise bad("message can't be edited")
    return chat, message


def _edited(call: Call, chat: Chat, old: Json, dropped: tuple[str, ...], content: Json) -> Json:
    """Keep the message with `content` in place of the `dropped` keys. Raises Refused 400 if nothing would change."""
    markup = inline_markup(call.params)
    if markup:
        content = {**content, "reply_markup": markup}
    gone = {*dropped, "reply_markup"}
    if {key: old[key] for key in gone if key in old} == content:
        raise bad(NOT_MODIFIED)
    call.world.limits.take(call.bot.id, chat.id)
    kept = {key: value for key, value in old.items() if key not in gone}
    new = {**kept, **content, "edit_date": call.world.clock.unix()}
    return keep(call.world, chat, new, "edit")


def edit_text(call: Call) -> Json:
    chat, old = _to_edit(call)
    if "text" not in old:
        raise bad("there is no text in the message to edit")
    content = message_text(call.params, "MESSAGE_TOO_LONG")
    if preview := call.params.parsed("link_preview_options", "link preview options"):
        content["link_preview_options"] = preview
    return _edited(call, chat, old, TEXT, content)


def edit_caption(call: Call) -> Json:
    chat, old = _to_edit(call)
    if not any(kind in old for kind in MEDIA):
        raise bad("there is no caption in the message to edit")
    return _edited(call, chat, old, CAPTION, caption(call.params))


def edit_markup(call: Call) -> Json:
    return _edited(call, *_to_edit(call), (), {})


def edit_media(call: Call) -> Json:
    chat, old = _to_edit(call)
    item = call.params.parsed("media", "media")
    _, content = media_of(call, item)
    return _edited(call, chat, old, (*MEDIA, *CAPTION, *TEXT), {**content, **caption(call.params, cast(Json, item))})


def _may_delete(call: Call, chat: Chat, message: Json) -> bool:
    own = message["from"]["id"] == call.bot.id
    if chat.is_admin(call.bot.id):
        return True
    if call.world.clock.now() - message["date"] > DELETABLE_FOR:
        return False
    return own or chat.kind == "private"


def _delete(call: Call, chat: Chat, message_id: int) -> None:
    del chat.messages[message_id]
    if message_id in chat.pinned:
        chat.pinned.remove(message_id)
    person = chat.person.id if chat.person else None
    call.world.events.tell("delete", chat.seen_as(), person=person, message_id=message_id)


def delete_message(call: Call) -> bool:
    chat = chat_meant(call)
    message = message_meant(call, chat, "delete")
    if not _may_delete(call, chat, message):
        raise bad("message can't be deleted for everyone" if chat.kind == "private" else "message can't be deleted")
    _delete(call, chat, message["message_id"])
    return True


def delete_messages(call: Call) -> bool:
    """Those that cannot be found are skipped, as with Telegram."""
    chat = chat_meant(call)
    wanted = call.params.numbers("message_ids")
    if not wanted:
        raise bad("message identifiers are not specified")
    for message_id in wanted:
        message = chat.messages.get(message_id)
        if message and _may_delete(call, chat, message):
            _delete(call, chat, message_id)
    return True


def answer_callback_query(call: Call) -> bool:
    text = call.params.text("text")
    if u16(text) > ANSWER_LIMIT:
        raise bad("MESSAGE_TOO_LONG")
    answer: Json = {"text": text, "show_alert": call.params.flag("show_alert")}
    if url := call.params.text("url"):
        answer["url"] = url
    press = call.world.presses.answer(call.params.text("callback_query_id"), call.bot.id, answer)
    call.world.events.tell("answer", press.chat_id, person=press.person_id, query_id=press.query_id, answer=answer)
    return True


METHODS: Mapping[str, Method] = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_markup,
    "editMessageMedia": edit_media,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "answerCallbackQuery": answer_callback_query,
}
