"""出事了, and no more: asked about at once with the numbers above, and never left lying."""

import pytest

from tests.databases import SQLITE
from tests.stories.steps import nothing_failed
from tests.town import Town

ASKED = "现在有危险吗"
pytestmark = pytest.mark.parametrize("database", [SQLITE], indirect=True, scope="session")


async def _alarmed(town: Town) -> bool:
    """Whether the centre was told: in its group, or of what may be a crime privately."""
    return await town.centre_group.sees("险情，正在说") or await town.dispatcher.sees("险情，正在说")


@pytest.mark.parametrize("words", ["出事了", "不得了了", "出大事了快", "SOS", "🆘🆘"])
async def test_it_is_asked_about_with_the_numbers_above(town: Town, words: str) -> None:
    await town.resident.sends(words)
    assert "110" in await town.resident.said()
    assert ASKED in await town.resident.said()
    await town.resident.presses("有，正在发生")
    assert "请先打电话" in await town.resident.said(2)
    assert await _alarmed(town)
    await town.resident.sends("新港小区3栋")
    assert "提交" in "".join(await town.resident.buttons())
    assert await nothing_failed(town)


@pytest.mark.parametrize("more", ["出人命了", "新港小区3栋"])
async def test_said_again_or_with_a_place_it_is_danger(town: Town, more: str) -> None:
    await town.resident.sends("出事了")
    assert not await _alarmed(town)
    await town.resident.sends(more)
    assert await _alarmed(town)


async def test_more_of_the_story_is_no_cry_any_more(town: Town) -> None:
    await town.resident.sends("出事了")
    await town.resident.sends("小区路灯不亮了")
    assert "小区路灯不亮" in await town.resident.buttons()
    assert not await _alarmed(town)


async def test_who_cries_and_is_silent_is_heard_after_half_an_hour(town: Town) -> None:
    await town.resident.sends("出事了")
    await town.passes(minutes=35)
    assert await town.resident.sees("我先按您说的报上去了")


@pytest.mark.parametrize("words", ["快点哦", "帮帮我", "请派人看看"])
async def test_what_is_no_cry(town: Town, words: str) -> None:
    await town.resident.sends(words)
    assert ASKED not in await town.resident.said()
