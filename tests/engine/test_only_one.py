"""Two programs on one database: on a file the second refuses, on a server it stands by and takes over."""

import asyncio
import time

import pytest
from sqlalchemy import text

from bot.app import App
from bot.cases.errors import Broken
from bot.jobs import lease
from bot.jobs.lease import LeaseLost
from tests.databases import POSTGRESQL, SQLITE
from tests.stories.steps import nothing_failed, reports_lamp
from tests.town import Town


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hands change soon."""
    monkeypatch.setattr(lease, "LASTS_S", 4.0)
    monkeypatch.setattr(lease, "RENEW_S", 0.3)
    monkeypatch.setattr(lease, "ASK_S", 0.05)


async def test_a_second_program_on_the_same_file_refuses_to_start(town: Town, database: str) -> None:
    if database != SQLITE:
        pytest.skip("on a server the second stands by")
    second = App(town.app.settings, town.app.office.clock)
    with pytest.raises(Broken, match="伢叔已经在这个数据库上运行"):
        await second.start()
    await reports_lamp(town.resident)
    await town.restarts()
    await reports_lamp(town.neighbour)


@pytest.fixture
def server(database: str) -> None:
    """Only a server is shared."""
    if database != POSTGRESQL:
        pytest.skip("a file has one program")


@pytest.mark.usefixtures("server", "quick")
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


@pytest.mark.usefixtures("server", "quick")
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


@pytest.mark.usefixtures("server", "quick")
async def test_one_that_stood_still_writes_nothing_in_charge_any_more(town: Town) -> None:
    await reports_lamp(town.resident)
    second = App(town.app.settings, town.app.office.clock)
    await second.start()
    async with town.app.database.aside() as tx:
        await tx.execute(text("update leases set until = clock_timestamp() - interval '1 second'"))
    await _in_charge(second)
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
