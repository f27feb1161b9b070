"""What could not be dealt with or delivered is listed without its words, and tried again or wiped."""

from collections.abc import Callable
from datetime import datetime

import orjson
import pytest
from sqlalchemy import insert

from bot.desk.desk import Office
from storage import outbox as owed
from storage import people
from storage.tables import inbox, outbox
from tests.stories.console import at_console
from tests.town import Town

WORDS = "新港小区3栋楼下路灯不亮，王秀英说的"


@pytest.fixture
def console(town: Town, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """The command line of the town."""
    return at_console(town, monkeypatch)


async def two_die(town: Town) -> None:
    """An update of the resident that nobody could deal with, and an answer that nobody got."""
    await town.resident.sends("/start")
    office, now = town.app.office, town.app.office.clock.now()
    async with town.app.database.write() as tx:
        await tx.execute(insert(inbox).values(_update(office, now)))
        sent = {"method": "sendMessage", "params": {"chat_id": 1001, "text": "刚才没送到的话"}}
        given = {"key": "dead", "kind": owed.ANSWER, "recipient": "1001", "lane": 1, "created_at": now}
        body = office.seals.content.close(orjson.dumps(sent))
        await tx.execute(
            insert(outbox).values(**given, not_before=now, body=body, state="dead", trouble="Bad Request: odd")
        )


def _update(office: Office, now: datetime) -> dict[str, object]:
    sender = {"id": 1001, "is_bot": False, "first_name": "王奶奶"}
    chat = {"id": 1001, "type": "private", "first_name": "王奶奶"}
    message = {"message_id": 900, "date": int(now.timestamp()), "chat": chat, "from": sender, "text": WORDS}
    raw = office.seals.content.close(orjson.dumps({"update_id": 900, "message": message}))
    known = {"bot_id": office.bot_id, "update_id": 900, "deed": 900, "raw": raw}
    whose = people.fingerprint(office.seals.vault, 1001)
    return {**known, "person": whose, "state": "dead", "attempts": 5, "received_at": now, "trouble": "KeyError"}


async def test_they_are_listed_without_their_words(town: Town, console: Callable[..., tuple[int, str]]) -> None:
    assert console("dead-letters") == (0, "没有死信。\n")
    await two_die(town)
    code, said = console("dead-letters")
    assert code == 0 and "KeyError" in said and "Bad Request: odd" in said and "--again" in said
    assert "路灯" not in said and "没送到" not in said and "1001" not in said


async def test_tried_again_the_words_are_heard_and_the_answer_arrives(
    town: Town, console: Callable[..., tuple[int, str]]
) -> None:
    await two_die(town)
    code, said = console("dead-letters", "--again")
    assert code == 0 and "收到的 1 条、要发的 1 条" in said
    await town.restarts()
    await town.settles()
    assert await town.resident.sees("刚才没送到的话")
    assert "小区路灯不亮" in await town.resident.buttons(), "it asks which matter it is"
    assert console("dead-letters") == (0, "没有死信。\n")


async def test_wiped_nothing_of_them_is_left(town: Town, console: Callable[..., tuple[int, str]]) -> None:
    await two_die(town)
    assert console("dead-letters", "--again", "--forget")[0] == 2
    console("dead-letters", "--forget", given="n\n")
    assert "KeyError" in console("dead-letters")[1]
    assert "清掉了 2 条" in console("dead-letters", "--forget", given="y\n")[1]
    async with town.app.database.read() as tx:
        left = (await tx.execute(inbox.select().where(inbox.c.update_id == 900))).one()
        letter = (await tx.execute(outbox.select().where(outbox.c.key == "dead"))).one()
    assert left.raw is None and left.person is None and letter.body is None
    heard = await town.resident.heard()
    await town.restarts()
    await town.settles()
    assert await town.resident.heard() == heard
