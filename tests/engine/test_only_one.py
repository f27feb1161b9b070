"""Two programs on one database: on a file the second refuses, on a server it stands by and takes over."""

import asyncio
import time

import pytest
from sqlalchemy import text

from bot.app import App
from bot.cases.errors import Broken
from bot.jobs import lease
from bot.jobs.lease import LeaseLost
from bot.lab.homes import held
from storage import outbox
from tests.databases import POSTGRESQL, SQLITE
from tests.engine.office import fault, owes
from tests.stories.steps import nothing_failed, reports_lamp
from tests.town import Json, Town

RESIDENT, GROUP = 1001, -5002

on_a_file = pytest.mark.parametrize("database", [SQLITE], indirect=True, scope="session")
on_a_server = pytest.mark.parametrize("database", [POSTGRESQL], indirect=True, scope="session")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hands change soon."""
    monkeypatch.setattr(lease, "LASTS_S", 4.0)
    monkeypatch.setattr(lease, "RENEW_S", 0.3)
    monkeypatch.setattr(lease, "ASK_S", 0.05)


@on_a_file
async def test_a_second_program_on_the_same_file_refuses_to_start(town: Town) -> None:
    second = App(town.app.settings, town.app.office.clock)
    with pytest.raises(Broken, match="伢叔已经在这个数据库上运行"):
        await second.start()
    await reports_lamp(town.resident)
    await town.restarts()
    await reports_lamp(town.neighbour)


@on_a_server
@pytest.mark.usefixtures("quick")
async def test_a_second_program_on_a_server_stands_by_and_takes_over_at_once_when_the_first_stops(town: Town) -> None:
    number = await reports_lamp(town.resident)
    second = App(town.app.settings, town.app.office.clock)
    await second.start()
    await asyncio.sleep(0.3)
    assert town.app.lease.held and not second.lease.held
    first, town.app = town.app, second
    await first.stop()
    begun = time.monotonic()
    await _in_charge(second)
    assert time.monotonic() - begun < 2, "it did not wait for the end of the lease"
    assert await reports_lamp(town.neighbour) != number
    await nothing_failed(town)


@on_a_server
@pytest.mark.usefixtures("quick")
async def test_what_one_that_stands_by_owes_leaves_from_the_one_in_charge(town: Town) -> None:
    second = App(town.app.settings, town.app.office.clock)
    await second.start()
    try:
        case = await _files_at(second, town)
        async with asyncio.timeout(10):
            while not await town.centre_group.sees(case):
                await asyncio.sleep(0.05)
    finally:
        await second.stop()


@on_a_server
@pytest.mark.usefixtures("quick")
async def test_one_that_stood_still_writes_nothing_in_charge_any_more(town: Town) -> None:
    await reports_lamp(town.resident)
    second = App(town.app.settings, town.app.office.clock)
    await second.start()
    await _takes_over(second)
    ours = town.app.database.fenced(town.app.lease.check)
    with pytest.raises(LeaseLost):
        async with ours.write():
            raise AssertionError("nobody gets so far")
    first, town.app = town.app, second
    async with asyncio.timeout(5):
        with pytest.raises(LeaseLost):
            await first.run()
    await first.stop()
    await reports_lamp(town.neighbour)
    await nothing_failed(town)


@on_a_server
@pytest.mark.usefixtures("quick")
async def test_whom_one_that_woke_up_still_hears_is_answered_by_the_one_in_charge(town: Town) -> None:
    await reports_lamp(town.resident)
    first, town.app = town.app, App(town.app.settings, town.app.office.clock)
    await town.app.start()
    await _takes_over(town.app)
    async with asyncio.timeout(10):
        while first.lease.held:
            await asyncio.sleep(0.02)
    await first.arrivals.keep([_says(RESIDENT, "/help")])
    async with asyncio.timeout(10):
        while not await town.resident.sees("怎么用，三句话"):
            await asyncio.sleep(0.05)
    await first.stop()
    await nothing_failed(town)


@on_a_server
@pytest.mark.usefixtures("quick")
async def test_what_two_programs_answer_one_person_comes_in_order(town: Town) -> None:
    await reports_lamp(town.resident)
    second = App(town.app.settings, town.app.office.clock)
    await second.start()
    try:
        before = len(await town.resident.heard())
        for turn in range(6):
            app = town.app if turn % 2 else second
            await app.arrivals.keep([_says(RESIDENT, ("/help", "/mine")[turn % 2], turn)])
        await town.settles()
        heard = (await town.resident.heard())[before:]
        assert ["怎么用" in one for one in heard] == [True, False] * 3
    finally:
        await second.stop()


@on_a_server
@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("who", "chat"), [("resident", RESIDENT), ("community_group", GROUP)])
async def test_what_arrived_while_booking_had_to_wait_is_not_sent_again_by_the_next_one(
    town: Town, who: str, chat: int
) -> None:
    await reports_lamp(town.resident)
    await fault(town, "slow", chat=str(chat), method="sendmessage", seconds=0.5)
    await owes(town, "路灯修好了", chat=chat)
    first, town.app = town.app, App(town.app.settings, town.app.office.clock)
    await asyncio.sleep(0.3)
    async with held(town.app.settings.database):
        await asyncio.sleep(0.7)
        await town.app.start()
        await _takes_over(town.app)
    async with asyncio.timeout(10):
        with pytest.raises(LeaseLost):
            await first.run()
    await first.stop()
    await town.settles()
    heard: list[str] = await getattr(town, who).heard()
    assert sum("路灯修好了" in one for one in heard) == 1
    async with town.app.database.read() as tx:
        assert await outbox.counts(tx) == {}


@on_a_server
@pytest.mark.usefixtures("quick")
async def test_one_that_lost_charge_with_a_message_on_the_wire_ends_at_once(town: Town) -> None:
    await reports_lamp(town.resident)
    await fault(town, "slow", chat=str(RESIDENT), method="sendmessage", seconds=3)
    await owes(town, "路灯修好了", chat=RESIDENT)
    first, town.app = town.app, App(town.app.settings, town.app.office.clock)
    await town.app.start()
    await _takes_over(town.app)
    async with asyncio.timeout(10):
        with pytest.raises(LeaseLost):
            await first.run()
    begun = time.monotonic()
    await first.stop()
    assert time.monotonic() - begun < 10, "it waited for what it may not book any more"
    await town.settles()
    assert await town.resident.sees("路灯修好了")


def _says(person: int, words: str, turn: int = 0) -> Json:
    """An update of somebody who writes to the bot."""
    who = {"id": person, "is_bot": False, "first_name": "居民"}
    command = {"type": "bot_command", "offset": 0, "length": len(words.split()[0])}
    chat = {"id": person, "type": "private", "first_name": "居民"}
    message = {
        "message_id": 900_000 + turn,
        "date": int(time.time()),
        "chat": chat,
        "from": who,
        "text": words,
        "entities": [command],
    }
    return {"update_id": 900_000_000 + turn, "message": message}


async def _takes_over(app: App) -> None:
    """The lease runs out as if its holder stood still, and this program is in charge."""
    async with asyncio.timeout(10):
        while not app.lease.held:
            async with app.database.aside() as tx:
                await tx.execute(text("update leases set until = clock_timestamp() - interval '1 second'"))
            await asyncio.sleep(0.1)


async def _in_charge(app: App) -> None:
    async with asyncio.timeout(10):
        while not app.lease.held:
            await asyncio.sleep(0.02)


async def _files_at(app: App, town: Town) -> str:
    """A case that another program than the one in charge files."""
    from tests.stories import office

    first, town.app = town.app, app
    try:
        return (await office.files(town, office.FIRE, "三楼冒烟")).number
    finally:
        town.app = first
