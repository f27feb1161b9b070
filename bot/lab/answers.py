"""What the stub answers to each Bot API method: the least that a strict client library accepts."""

import time
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from PIL import Image

from bot.lab.wire import nested, number

BOT = {
    "id": 42,
    "is_bot": True,
    "first_name": "伢叔",
    "username": "yashu_lab_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}
_FULL_CHAT = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
    ),
}
_NO_WEBHOOK = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
_TRUE = frozenset({"sendChatAction", "sendMessageDraft"})
_PATHS = {"photo": "photos/{}.jpg", "voice": "voice/{}.oga"}


def is_word(method: str) -> bool:
    """Tell whether a person sees something new in the chat after this call."""
    return method.startswith(("send", "edit", "copy", "forward")) and method not in _TRUE


def chat(chat_id: int) -> dict[str, Any]:
    if chat_id < 0:
        return {"id": chat_id, "type": "supergroup", "title": "处置群"}
    return {"id": chat_id, "type": "private", "first_name": "居民"}


def photo(serial: int) -> list[dict[str, Any]]:
    sizes = ((90, 68), (320, 240))
    return [
        {
            "file_id": f"photo-{serial}-{w}",
            "file_unique_id": f"p{serial}-{w}",
            "width": w,
            "height": h,
            "file_size": 900,
        }
        for w, h in sizes
    ]


def voice(serial: int) -> dict[str, Any]:
    return {"file_id": f"voice-{serial}", "file_unique_id": f"v{serial}", "duration": 3, "mime_type": "audio/ogg"}


def result(method: str, given: Mapping[str, Any], message_id: int) -> Any:
    """Return the `result` of a call; a method without an entry of its own answers true."""
    chat_id = number(given, "chat_id")
    if method == "sendMediaGroup":
        return [_message(chat_id, message_id + i, {}) for i in range(len(nested(given, "media")))]
    if method.startswith("copy"):
        return {"message_id": message_id}
    if is_word(method):
        return _message(chat_id, number(given, "message_id", message_id), _content(method, given, message_id))
    match method:
        case "getMe":
            return BOT
        case "getFile":
            return _file(str(given["file_id"]))
        case "getWebhookInfo":
            return _NO_WEBHOOK
        case "getChat":
            return chat(chat_id) | _FULL_CHAT
        case "getChatMember":
            return {"status": "member", "user": {"id": number(given, "user_id"), "is_bot": False, "first_name": "居民"}}
        case "getChatAdministrators" | "getMyCommands":
            return []
        case _:
            return True


def file_content(path: str) -> tuple[bytes, bytes]:
    """Return the bytes and the media type of a file: one small real JPEG, or the first page of an Opus recording."""
    return (_VOICE, b"audio/ogg") if path.endswith(".oga") else (_PHOTO, b"image/jpeg")


def _message(chat_id: int, message_id: int, content: Mapping[str, Any]) -> dict[str, Any]:
    return {"message_id": message_id, "date": int(time.time()), "chat": chat(chat_id), "from": BOT, **content}


def _content(method: str, given: Mapping[str, Any], serial: int) -> dict[str, Any]:
    if method == "sendPhoto":
        return {"photo": photo(serial)}
    if method == "sendVoice":
        return {"voice": voice(serial)}
    return {"text": str(given.get("text", "…"))}


def _file(file_id: str) -> dict[str, Any]:
    path = _PATHS["voice" if file_id.startswith("voice") else "photo"].format(file_id)
    return {"file_id": file_id, "file_unique_id": file_id, "file_size": len(file_content(path)[0]), "file_path": path}


def _jpeg() -> bytes:
    paper = BytesIO()
    Image.new("RGB", (320, 240), (90, 120, 160)).save(paper, "JPEG")
    return paper.getvalue()


_PHOTO = _jpeg()
_VOICE = b"OggS\0\x02" + bytes(8) + b"lab!" + bytes(8) + b"\x01\x13OpusHead\x01\x01" + bytes(9)
