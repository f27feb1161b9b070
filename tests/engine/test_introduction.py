"""The name that links into the private chat are made of is asked for until it is told."""

import asyncio

import pytest

import bot.app
from tests.engine.office import fault
from tests.town import Town


async def test_our_own_name_is_asked_for_until_it_is_told(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.app, "WHO_AM_I_S", 0.1)
    name = town.app.office.me.username
    await fault(town, "502", method="getme", times=2)
    await town.restarts()
    assert not town.app.office.me.username
    async with asyncio.timeout(5):
        while town.app.office.me.username != name:
            await asyncio.sleep(0.02)
    assert name
