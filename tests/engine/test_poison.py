"""Two hundred malformed updates among a hundred good ones."""

from random import Random
from typing import Any

import pytest

from bot.intake.worker import WAITS
from tests.engine.office import BOT_ID, ask
from tests.town import Town

SECRET_WORDS = "绝密内容"
DICE = Random(18)


def nested(depth: int) -> object:
    """Lists in lists."""
    found: object = SECRET_WORDS
    for _ in range(depth):
        found = [found]
    return found


def malformed(number: int) -> Any:
    """An update that is none, each time another way."""
    sender = {"id": 1001, "is_bot": False, "first_name": SECRET_WORDS}
    chat = {"id": 1001, "type": "private"}
    good = {"message_id": 900_000 + number, "date": 1_800_000_000, "chat": chat, "from": sender, "text": SECRET_WORDS}
    shapes: list[Any] = [
        {"message": good | {"chat": None}},
        {"message": good | {"from": SECRET_WORDS}},
        {"message": good | {"message_id": SECRET_WORDS}},
        {"message": good | {"date": {"when": SECRET_WORDS}}},
        {"message": good | {"text": {"t": SECRET_WORDS}}},
        {"message": good | {"chat": {"id": 2**62, "type": "private"}}},
        {"message": good | {"from": sender | {"id": 2**64 - 1}}},
        {"message": good | {"entities": [{"type": "bold", "offset": "x"}]}},
        {"message": good | {"forward_origin": {"type": "hidden_user", "date": 1}}},
        {"message": good | {"photo": [{}]}},
        {"message": good | {"location": {"latitude": "north"}}},
        {"message": good | {"extra": nested(200)}},
        {"message": [good]},
        {"message": good, "callback_query": SECRET_WORDS, "edited_message": 7},
        {"callback_query": {"id": 1, "from": sender, "data": SECRET_WORDS}},
        {"callback_query": {"id": "1", "from": sender, "message": {"chat": chat}, "chat_instance": "1", "data": "d:x"}},
        {"my_chat_member": {"chat": chat, "from": sender, "new_chat_member": SECRET_WORDS}},
        {"chat_member": nested(200)},
        {SECRET_WORDS: SECRET_WORDS},
        {"message": good | {"reply_to_message": good | {"reply_to_message": SECRET_WORDS}}},
    ]
    return shapes[number % len(shapes)]


async def test_no_good_update_is_lost_and_nothing_of_the_bad_ones_gets_into_the_logs(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [town.resident, town.neighbour, town.whistleblower, town.responder]
    before = [len(await person.heard()) for person in people]
    order = DICE.sample(range(300), 300)
    for number in order:
        if number < 200:
            await town.post("raw_update", {"bot": BOT_ID, "update": malformed(number)})
        else:
            await town.post(f"people/{people[number % 4].id}/send", {"chat": BOT_ID, "text": "/help"})
    for _ in WAITS:
        await town.settles()
        await town.passes(minutes=3)
    helped = [
        sum("怎么" in text or "/help" in text or "打字" in text for text in (await person.heard())[seen:])
        for person, seen in zip(people, before, strict=True)
    ]
    assert sum(count >= 25 for count in helped) == len(people), helped
    alarms = [text for text in await town.admin.heard() if "死信" in text]
    assert 1 <= len(alarms) <= 2
    assert ask(town, "select count(*) from inbox where state = 'new'") == [(0,)]
    assert ask(town, "select count(*) > 100 from inbox where state = 'dead'") == [(1,)]
    assert SECRET_WORDS not in "".join(capsys.readouterr())
