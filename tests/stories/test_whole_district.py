"""The demo in a whole district: imported like a real one, its people reached, its places found; here a small one."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot import demo
from bot.commands.whole_district import prepared
from bot.demo_district.files import everybody, points
from bot.demo_district.staff import FIRST_STRANGER
from bot.demo_town import BOT_ID, Scene, gather
from bot.texts.console import RunTexts
from storage import grid, members
from tests.stories.steps import case_of, nothing_failed, reports_lamp
from tests.town import Town, open_town

SIZE = 700
LIKE_THE_PAGE = 120


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    prepared(folder, RunTexts("zh"), "small")
    return folder


@pytest.fixture
def scene(ready: Path) -> Iterator[Scene]:
    yield prepared(ready, RunTexts("zh"), "small")


@pytest.fixture
async def whole(tmp_path: Path, ready: Path, scene: Scene) -> AsyncIterator[Town]:
    async with open_town(tmp_path / "data", ready) as town:
        town.district = scene.district
        await gather(town.sandbox.address, scene)
        yield town


def test_what_was_entered_once_is_not_entered_again(ready: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scene = prepared(ready, RunTexts("zh"), "small")
    assert capsys.readouterr() == ("", "")
    assert len(scene.crowd) + len([one for one in everybody(ready / "district") if one < FIRST_STRANGER]) == SIZE
    assert scene.map is not None


def test_everybody_who_is_played_stands_where_their_place_is(ready: Path, scene: Scene) -> None:
    where = points(ready / "district")
    small = demo.read()
    homes = {one["id"]: (one["lat"], one["lon"]) for one in scene.district.people}
    assert homes[1001] == where["DX01010103"]
    assert homes[1002] == where["DX01020101"]
    assert {one["id"] for one in small.people} < set(homes)


async def test_a_lamp_of_the_small_demo_goes_its_way_in_the_whole_district(whole: Town) -> None:
    number = await reports_lamp(whole.resident)
    case = await case_of(whole, number)
    async with whole.app.database.read() as tx:
        place = await grid.by_id(tx, case.node_id or 0)
    assert place is not None
    assert place.code == "DX01010103"
    await whole.community_group.presses("签收")
    assert await whole.resident.sees(f"{number}，新茂社区已经签收")
    assert await nothing_failed(whole)


async def test_a_location_is_the_building_where_somebody_stands(whole: Town, scene: Scene) -> None:
    home = next(one for one in scene.district.people if one["id"] == 1001)
    await whole.resident.sends("/mygrid")
    await whole.resident.shares_location(home["lat"], home["lon"])
    assert await whole.resident.sees("新茂社区新港小区3栋")
    assert await whole.resident.sees("马秀兰")


async def test_an_admin_reaches_everybody_and_the_crowd_hears_it(whole: Town, scene: Scene) -> None:
    await whole.admin.sends("/broadcast")
    assert f"能收到 {SIZE} 人" in await whole.admin.said()
    for press in ("换范围", "丁岗镇", "新茂社区", "就这里"):
        await whole.admin.presses(press)
    await whole.admin.sends("今晚有大雨")
    await whole.admin.presses("紧急")
    await whole.admin.presses("现在发")
    await whole.passes(minutes=0.2)
    heard = [each for each in scene.crowd if await hears(whole, each, "今晚有大雨")]
    assert 60 < len(heard) < LIKE_THE_PAGE
    assert await nothing_failed(whole)


async def hears(town: Town, person: int, words: str) -> bool:
    found = await town.get(f"people/{person}/chats/{BOT_ID}/messages?limit=5")
    return any(words in (message.get("text") or "") for message in found["messages"])


async def test_whoever_came_in_stands_in_the_register_as_at_work(whole: Town) -> None:
    async with whole.app.database.read() as tx:
        page = await members.everybody(tx, 0, SIZE + 1)
    assert len(page) == SIZE
    assert {one.state for one in page} == {"active"}
    assert all(one.person_id for one in page)
