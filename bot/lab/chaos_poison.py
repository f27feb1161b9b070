"""Updates that nobody should send: fields missing or of a wrong type, nested too deep, huge, unknown, half a letter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

WORDS = "绝密内容"
"""In all of them; they must not get into any log."""

_POISONERS = range(200_000_000, 200_000_050)
_FAR_AWAY = 2**62
_HUGE = 100_000


def malformed(number: int, who: int) -> dict[str, Any]:
    """An update that is none, by this person, each time another way. It has no update_id yet."""
    sender = {"id": who, "is_bot": False, "first_name": WORDS}
    chat = {"id": who, "type": "private"}
    good = {"message_id": 900_000 + number, "date": 1_800_000_000, "chat": chat, "from": sender, "text": WORDS}
    shapes: list[dict[str, Any]] = [
        {"message": good | {"chat": None}},
        {"message": good | {"from": WORDS}},
        {"message": {name: part for name, part in good.items() if name != "from"}},
        {"message": good | {"message_id": WORDS}},
        {"message": good | {"date": {"when": WORDS}}},
        {"message": good | {"text": {"t": WORDS}}},
        {"message": good | {"chat": {"id": _FAR_AWAY, "type": "private"}}},
        {"message": good | {"from": sender | {"id": 2**64 - 1}}},
        {"message": good | {"entities": [{"type": "bold", "offset": "x"}]}},
        {"message": good | {"forward_origin": {"type": "hidden_user", "date": 1}}},
        {"message": good | {"photo": [{}]}},
        {"message": good | {"location": {"latitude": "north"}}},
        {"message": good | {"extra": _nested(200)}},
        {"message": [good]},
        {"message": good, "callback_query": WORDS, "edited_message": 7},
        {"callback_query": {"id": 1, "from": sender, "data": WORDS}},
        {"callback_query": {"id": "1", "from": sender, "message": {"chat": chat}, "chat_instance": "1", "data": "d:x"}},
        {"my_chat_member": {"chat": chat, "from": sender, "new_chat_member": WORDS}},
        {"chat_member": _nested(200)},
        {WORDS: WORDS},
        {"message": good | {"reply_to_message": good | {"reply_to_message": WORDS}}},
    ]
    return shapes[number % len(shapes)]


def unreadable(number: int, who: int) -> dict[str, Any]:
    """One that many a reader of JSON cannot read, or gets enough of."""
    sender = {"id": who, "is_bot": False, "first_name": WORDS}
    good = {"message_id": 950_000 + number, "date": 1_800_000_000, "chat": {"id": who, "type": "private"}}
    words = orjson.dumps(WORDS)[:-1]
    shapes: list[dict[str, Any]] = [
        {"message": good | {"from": sender, "text": orjson.Fragment(words + rb' \ud83d"')}},
        {"message": good | {"from": sender, "text": orjson.Fragment(words + rb' \ude00\ud83d]}"')}},
        {"message": good | {"from": sender, "text": WORDS, "extra": orjson.Fragment(b"[" * 3000 + b"]" * 3000)}},
        {"message": good | {"from": sender, "date": orjson.Fragment(b"1" * 400)}},
        {"message": good | {"from": sender, "text": WORDS, "extra": orjson.Fragment(b"NaN")}},
        {"message": good | {"from": sender, "text": orjson.Fragment(words + b'\xff\xc0"')}},
        {"message": good | {"from": sender, "text": WORDS + "长" * _HUGE}},
        {"message": good | {"from": sender | {"first_name": WORDS + "\0" * _HUGE}, "text": WORDS}},
    ]
    return shapes[number % len(shapes)]


def poison(number: int) -> dict[str, Any]:
    """The next one of a run: every third is unreadable."""
    who = _POISONERS[number % len(_POISONERS)]
    return unreadable(number // 3, who) if number % 3 == 2 else malformed(number - number // 3, who)


def is_poisoner(chat: int) -> bool:
    """Whether nobody but whoever sends poison reads what is said here: it may be the same many times."""
    return chat in _POISONERS or chat == _FAR_AWAY


@dataclass(frozen=True, kw_only=True)
class Fates:
    """What became of the updates that people and poisoners sent. `none`: not in the inbox, or not done with, or dead
    without a trouble. `dead` and `dead_poison`: given up."""

    poison: int
    none: int
    dead: int
    dead_poison: int


def fates(sent: Iterable[int], poisoned: set[int], inbox: Sequence[tuple[int, str, str | None]]) -> Fates:
    """Compare the numbers of what was sent with the rows (update_id, state, trouble) of the inbox."""
    ended = {number for number, state, trouble in inbox if state == "done" or (state == "dead" and trouble)}
    dead = {number for number, state, _ in inbox if state == "dead"}
    return Fates(
        poison=len(poisoned),
        none=len(set(sent) - ended),
        dead=len(dead - poisoned),
        dead_poison=len(dead & poisoned),
    )


def _nested(depth: int) -> object:
    """Lists in lists."""
    found: object = WORDS
    for _ in range(depth):
        found = [found]
    return found
