"""What arrived is noted beside a file too: it is not sent again, should the program die before it is booked."""

from pathlib import Path

import pytest

from bot.app import App
from bot.outbox.letters import Answer
from storage import outbox
from storage.database import Database
from storage.noted import NotesFile, beside
from storage.outbox import Note
from tests.databases import SQLITE
from tests.engine.office import ask, locked, owes, until
from tests.town import Town

on_a_file = pytest.mark.parametrize("database", [SQLITE], indirect=True, scope="session")

TOLD = ("灯修好了", "水管修好了", "路修好了")


def _beside(town: Town) -> Path:
    file = town.app.settings.database_file
    assert file is not None
    return beside(file)


@on_a_file
async def test_of_three_in_hand_only_the_one_that_is_noted_as_it_was_tried_is_not_said_again(town: Town) -> None:
    settings, office, chat = town.app.settings, town.app.office, town.resident.id
    await town.resident.sends("/help")
    before = len(await town.resident.heard())
    await town.app.stop()
    base = Database(settings.database)
    async with base.write() as tx:
        told = [
            Answer(key=f"told {n}", to=f"chat {n}", method="sendMessage", params={"chat_id": chat, "text": words})
            for n, words in enumerate(TOLD)
        ]
        first, second, _ = await outbox.in_hand(tx, told, office.seals.content, office.clock.now())
    await base.close()
    what = {"method": "sendMessage", "chat": 0, "card": None, "editing": False, "messages": [77]}
    _beside(town).write_bytes(b'["cut sho')
    notes = NotesFile(settings.database_file or Path())
    notes.add(Note(second.id, second.key, second.attempts + 1, what))
    with _beside(town).open("ab") as file:
        file.write(b'\n["other", "fields"]\n[7, "cut')
    notes.add(Note(first.id, first.key, first.attempts, what))
    notes.close()
    town.app = App(settings, office.clock)
    await town.app.start()
    await town.settles()
    assert sorted((await town.resident.heard())[before:]) == sorted(TOLD[1:])
    async with town.app.database.read() as tx:
        assert await outbox.counts(tx) == {}
    assert _beside(town).read_bytes() == b"", "nothing waits to be booked any more"


@on_a_file
async def test_what_arrives_while_the_disk_is_held_up_is_noted_and_wiped_once_it_is_booked(town: Town) -> None:
    await town.resident.sends("/help")
    await town.post("faults", {"kind": "slow", "times": 1, "method": "sendmessage", "seconds": 1})
    await owes(town, TOLD[0], chat=town.resident.id)
    await until(lambda: _in_hand(town))
    async with locked(town):
        await until(lambda: _noted(town))
        assert oct(_beside(town).stat().st_mode)[-3:] == "600"
        assert str(town.resident.id).encode() not in _beside(town).read_bytes()
    await town.settles()
    assert _beside(town).read_bytes() == b""


async def _in_hand(town: Town) -> bool:
    return ask(town, "select count(*) from outbox where state = 'sending'") == [(1,)]


async def _noted(town: Town) -> bool:
    return _beside(town).exists() and len(_beside(town).read_bytes()) > 0


@on_a_file
async def test_notes_that_cannot_be_read_or_wiped_stop_nothing(town: Town) -> None:
    await town.resident.sends("/help")
    await town.app.stop()
    _beside(town).unlink()
    _beside(town).mkdir()
    town.app = App(town.app.settings, town.app.office.clock)
    await town.app.start()
    before = len(await town.resident.heard())
    await town.resident.sends("/help")
    assert len(await town.resident.heard()) > before
