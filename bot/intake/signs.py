"""What can be read off a raw update without trusting its shape: whose it is, where it came from, which deed it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

HEARD = "yashu.heard"
"""The words of a voice, which our own ear brings (see bot/jobs/voices.py); a channel's kinds have no dot."""

KINDS = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member", HEARD)


@dataclass(frozen=True, slots=True)
class Sign:
    """`deed` is the same for the same message even under another update id; None where repeating is harmless, and where
    it cannot be told which message it is: what is malformed is no repetition of anything."""

    update_id: int | None
    kind: str | None
    user_id: int | None
    chat_id: int | None
    private: bool
    deed: str | None


def whose(update: object) -> Sign:
    """Read the signs of an update of any shape; what is not as it should be reads as None."""
    body = _object(update)
    update_id = _whole(body.get("update_id"))
    kind = next((name for name in KINDS if isinstance(body.get(name), dict)), None)
    if kind is None:
        return Sign(update_id, None, None, None, False, None)
    content = _object(body[kind])
    message = _object(content.get("message")) if kind == "callback_query" else content
    chat = _object(message.get("chat"))
    chat_id = _whole(chat.get("id"))
    user_id = _whole(_object(content.get("from")).get("id"))
    message_id, deed = _whole(message.get("message_id")), None
    if kind in {"message", "edited_message"} and None not in (chat_id, message_id):
        deed = f"{chat_id}:{message_id}:{message.get('edit_date')}"
    return Sign(update_id, kind, user_id, chat_id, chat.get("type") == "private", deed)


def _object(value: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}


def _whole(value: object) -> int | None:
    fits = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63
    return cast("int", value) if fits else None
