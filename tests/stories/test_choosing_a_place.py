"""A place is chosen by taps, also where there are more of them than fit under a message."""

import re

import pytest

from bot.desk.desk import Desk
from storage import grid
from tests.stories.steps import case_of, submits
from tests.town import Person, Town

BUILDINGS = 45
ON_A_PAGE = (16, 16, 13)


async def build(desk: Desk) -> None:
    """新港小区 has three buildings; now it has 45."""
    estate = await grid.by_code(desk.tx, "DX010101")
    assert estate is not None
    for number in range(4, BUILDINGS + 1):
        row = {"code": f"{estate.code}{number:02}", "name": f"{number}栋", "depth": 5, "parent_id": estate.id}
        await grid.add(desk.tx, row)


async def houses(person: Person) -> list[str]:
    return [words for words in await person.buttons() if words.endswith("栋")]


async def opens(person: Person, *places: str) -> None:
    for place in places:
        await person.presses(place)


async def turns_through(person: Person) -> list[str]:
    """Everything on all pages, forth and back again."""
    forth = [await houses(person)]
    while "下一页 ›" in await person.buttons():
        await person.presses("下一页")
        forth.append(await houses(person))
    assert tuple(map(len, forth)) == ON_A_PAGE
    back = [await houses(person)]
    while "‹ 上一页" in await person.buttons():
        await person.presses("上一页")
        back.insert(0, await houses(person))
    assert back == forth
    return [house for page in forth for house in page]


async def test_a_resident_turns_the_pages_of_a_large_estate(town: Town) -> None:
    await town.app.at_desk(build)
    await town.resident.sends("路灯不亮")
    await town.resident.presses("小区路灯不亮")
    await town.resident.sends("🏘 从社区里选")
    await opens(town.resident, "新茂社区", "新港小区")
    assert "新港小区" in await town.resident.said()
    assert await turns_through(town.resident) == [f"{number}栋" for number in range(1, BUILDINGS + 1)]
    await opens(town.resident, "下一页", "下一页", "45栋")
    case = await case_of(town, await submits(town.resident))
    async with town.app.database.read() as tx:
        found = await grid.by_id(tx, case.node_id or 0)
    assert found is not None
    assert found.code == "DX01010145"


async def test_whoever_looks_for_their_grid_member_turns_them_too(town: Town) -> None:
    await town.app.at_desk(build)
    await town.resident.sends("/mygrid")
    await opens(town.resident, "新茂社区", "新港小区")
    assert len(await turns_through(town.resident)) == BUILDINGS
    await opens(town.resident, "下一页", "17栋")
    assert "17栋" in await town.resident.said()


@pytest.mark.parametrize(
    ("command", "way"), [("/people", ("🏘 新茂社区", "🏘 新港小区")), ("/rollcall", ("丁岗镇", "新茂社区", "新港小区"))]
)
async def test_an_admin_turns_them_too(town: Town, command: str, way: tuple[str, ...]) -> None:
    await town.app.at_desk(build)
    await town.admin.sends(command)
    for place in way:
        if any(place in words for words in await town.admin.buttons()):
            await town.admin.presses(place)
    assert len(await turns_through(town.admin)) == BUILDINGS


async def test_a_broadcast_is_for_a_building_of_the_last_page(town: Town) -> None:
    await town.app.at_desk(build)
    await town.admin.sends("/broadcast")
    await opens(town.admin, "换范围", "新茂社区", "新港小区")
    assert len(await turns_through(town.admin)) == BUILDINGS
    await opens(town.admin, "下一页", "下一页", "40栋")
    assert "40栋" in await town.admin.said(2)


async def test_a_group_of_residents_is_bound_to_a_building_of_the_last_page(town: Town) -> None:
    await town.app.at_desk(build)
    await town.post(
        "groups", {"id": -5099, "title": "新港业主群", "members": [9001], "admins": [9001], "bots": [7000001]}
    )
    await town.settles()
    group = town.admin.inside(-5099)
    await group.sends("/bind")
    await opens(group, "居民群", "新茂社区", "新港小区")
    assert len(await turns_through(group)) == BUILDINGS


@pytest.mark.parametrize("value", ["x", "1.x", "1.", "-1.2", "0." + "9" * 30, "999999.1"])
async def test_a_forged_page_is_refused_or_the_last_one(town: Town, value: str) -> None:
    await town.resident.sends("路灯不亮")
    await town.resident.sends("🏘 从社区里选")
    listed = await town.resident.message_with("请选地方")
    data = listed["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await town.resident.presses_data(listed["message_id"], re.sub(r"\d+$", value, data))
    assert not any("死信" in text for text in await town.admin.heard())
    assert await town.resident.sends("滨河社区")
