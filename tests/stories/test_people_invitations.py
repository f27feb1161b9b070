"""The register in the admin's chat, and how people come in: one link, one use, approved where nobody named them."""

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from storage.tables import duties, invitations, members
from tests.stories.register import GRID, enters
from tests.stories.steps import nothing_failed
from tests.town import Person, Town

LINK = re.compile(r"start=(i_[\w-]+)")


async def row_of(town: Town, name: str) -> Any:
    """The newest line of the register with this name."""
    async with town.app.database.read() as tx:
        found = await tx.execute(select(members).where(members.c.name == name).order_by(members.c.id.desc()).limit(1))
        return found.one()


async def duties_of(town: Town, name: str) -> list[Any]:
    """The duties of somebody."""
    async with town.app.database.read() as tx:
        on = duties.join(members, members.c.id == duties.c.member_id)
        return list((await tx.execute(select(duties).select_from(on).where(members.c.name == name))).all())


async def invited(town: Town, name: str) -> str:
    """An admin finds somebody and invites them; the payload of the link."""
    await town.admin.sends(f"/people {name}")
    await town.admin.presses("邀请")
    return await newest_link(town.admin)


async def newest_link(person: Person) -> str:
    """The payload of the newest invitation somebody was sent."""
    found = LINK.findall("\n".join(await person.heard()))
    assert found
    return found[-1]


async def test_a_grid_member_is_invited_and_comes_in(town: Town, tmp_path: Path) -> None:
    await enters(town, tmp_path, ("冯桂兰", "13800001111", "网格员", GRID, "", "8:00-18:00"))
    await town.admin.sends("/people")
    await town.admin.sends("1111")
    card = await town.admin.said()
    assert "冯桂兰" in card and "待邀请" in card and "网格员 · 新港小区" in card and "尾号 1111" in card
    await town.admin.presses("邀请")
    sent = (await town.admin.messages())[-1]
    assert sent["photo"] and "只能用一次" in sent["caption"]
    payload = await newest_link(town.admin)
    await town.neighbour.sends(f"/start {payload}")
    assert "欢迎您，冯桂兰" in await town.neighbour.said()
    row = await row_of(town, "冯桂兰")
    assert row.state == "active" and row.person_id is not None
    assert [one.person_id for one in await duties_of(town, "冯桂兰")] == [row.person_id]
    async with town.app.database.read() as tx:
        kept = (await tx.execute(select(invitations))).one()
    assert payload not in str(kept) and payload.removeprefix("i_") not in str(kept)
    assert await nothing_failed(town)


async def test_a_link_works_once_and_every_dead_one_is_refused_alike(town: Town, tmp_path: Path) -> None:
    await enters(town, tmp_path, ("冯桂兰", "", "网格员", GRID), ("马队", "", "网格员", GRID))
    first = await invited(town, "冯桂兰")
    second = await invited(town, "冯桂兰")
    third = await invited(town, "马队")
    await town.neighbour.sends(f"/start {second}")
    await town.passes(days=31)
    refusals: list[str] = []
    for payload in (first, second, third, "i_nonsense", "i_"):
        await town.resident.sends(f"/start {payload}")
        refusals.append(await town.resident.said())
    assert set(refusals) == {"这张邀请用不了了：可能已经用过，或者过期了。请向发给您的人再要一张。"}
    assert (await row_of(town, "马队")).state == "invited"


async def test_two_at_once_and_one_wins(town: Town, tmp_path: Path) -> None:
    await enters(town, tmp_path, ("冯桂兰", "", "网格员", GRID))
    payload = await invited(town, "冯桂兰")
    for who in (1001, 1002, 1003):
        await town.post(f"people/{who}/send", {"chat": 7000001, "text": f"/start {payload}"})
    await town.settles()
    welcomed = [await one.sees("欢迎您") for one in (town.resident, town.neighbour, town.whistleblower)]
    assert welcomed.count(True) == 1


async def test_whoever_stands_in_the_register_already_uses_nothing_up(town: Town, tmp_path: Path) -> None:
    await enters(town, tmp_path, ("冯桂兰", "", "网格员", GRID))
    payload = await invited(town, "冯桂兰")
    await town.grid_member.sends(f"/start {payload}")
    assert "登记的名字是钱丽" in await town.grid_member.said()
    await town.neighbour.sends(f"/start {payload}")
    assert "欢迎您" in await town.neighbour.said()


async def test_a_dispatcher_must_come_within_a_quarter_of_an_hour(town: Town, tmp_path: Path) -> None:
    await enters(town, tmp_path, ("冯桂兰", "", "研判员", "", "centre"))
    late = await invited(town, "冯桂兰")
    await town.passes(minutes=16)
    await town.neighbour.sends(f"/start {late}")
    assert "用不了" in await town.neighbour.said()
    await town.neighbour.sends("/queue")
    assert "不归您办" in await town.neighbour.said()
    await town.neighbour.sends(f"/start {await invited(town, '冯桂兰')}")
    await town.neighbour.sends("/queue")
    assert "研判" in await town.neighbour.said()


async def test_only_admins_look_into_the_register(town: Town, tmp_path: Path) -> None:
    await enters(town, tmp_path, ("冯桂兰", "", "网格员", GRID))
    await town.admin.sends("/people 冯桂兰")
    number = (await row_of(town, "冯桂兰")).id
    for stranger in (town.resident, town.dispatcher, town.leader):
        await stranger.sends("/people 冯桂兰")
        assert "不归您办" in await stranger.said()
        shown = (await stranger.messages())[-1]["message_id"]
        for what in ("show", "invite", "suspend", "gone", "leave", "replace", "back", "x", ""):
            said = await stranger.presses_data(shown, f"p:{what}:{number}")
            assert said is not None and said["show_alert"]
    for data in ("p:show:99999999999999999", f"p:show:{'9' * 30}", "p:show", "p:", "a:1:y", "a:x:y", "a:"):
        said = await town.resident.presses_data((await town.resident.messages())[-1]["message_id"], data)
        assert said is not None and said["show_alert"]
    assert (await row_of(town, "冯桂兰")).state == "invited"
    assert await nothing_failed(town)


async def test_suspended_and_brought_back(town: Town) -> None:
    await town.admin.sends("/people 何静")
    await town.admin.presses("停用")
    assert "已停用" in await town.admin.said()
    await town.dispatcher.sends("/queue")
    assert "不归您办" in await town.dispatcher.said()
    await town.admin.presses("恢复")
    assert "在岗" in await town.admin.said()
    await town.dispatcher.sends("/queue")
    assert "不归您办" not in await town.dispatcher.said()


async def test_replaced_by_somebody_new(town: Town) -> None:
    await town.admin.sends("/people 钱丽")
    await town.admin.presses("换人")
    await town.admin.sends("😀" * 30)
    assert "没看懂" in await town.admin.said()
    await town.admin.sends("张小明 13800001234")
    said = await town.admin.said()
    assert "钱丽的职责交给张小明" in said and "尾号 1234" in said
    await town.admin.presses("邀请")
    await town.neighbour.sends(f"/start {await newest_link(town.admin)}")
    assert "网格员 · 新港小区" in await town.neighbour.said()
    assert (await row_of(town, "钱丽")).state == "left"
    assert all(one.person_id is None for one in await duties_of(town, "钱丽"))


async def test_left_after_being_asked_again_and_able_to_be_forgotten(town: Town) -> None:
    await town.admin.sends("/people 钱丽")
    await town.admin.presses("离岗")
    await town.admin.presses("先不离岗")
    assert (await row_of(town, "钱丽")).state == "active"
    await town.admin.presses("离岗")
    asked = (await town.admin.messages())[-1]
    await town.admin.presses("确定离岗", message=asked)
    again = await town.admin.presses_data(asked["message_id"], f"p:gone:{(await row_of(town, '钱丽')).id}")
    assert again is not None and again["show_alert"]
    assert (await row_of(town, "钱丽")).person_id is None
    await town.grid_member.sends("/forget")
    await town.grid_member.presses("删")
    assert await nothing_failed(town)


async def test_a_search_is_given_up_and_a_draft_goes_on(town: Town) -> None:
    await town.admin.sends("小区路灯不亮")
    await town.admin.sends("/people")
    await town.admin.sends("没有这个人")
    assert "没有找到" in await town.admin.said()
    await town.admin.sends("新港小区")
    assert "钱丽" in await town.admin.said()
    await town.admin.presses("路灯")
    assert await nothing_failed(town)


async def test_people_are_found_by_tapping_through_the_places(town: Town) -> None:
    await town.admin.sends("/people")
    await town.admin.presses("新茂社区")
    assert "还没有登记人" in await town.admin.said()
    await town.admin.presses("新港小区")
    assert "1 人" in await town.admin.said()
    await town.admin.presses("钱丽")
    assert "网格员 · 新港小区" in await town.admin.said()
    await town.resident.sends("/start")
    refused = await town.resident.presses_data((await town.resident.messages())[-1]["message_id"], "p:place:1")
    assert refused is not None and refused["show_alert"]


async def test_no_token_name_or_telephone_is_logged(
    town: Town, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    await enters(town, tmp_path, ("冯桂兰", "13800001111", "网格员", GRID))
    payload = await invited(town, "冯桂兰")
    await town.neighbour.sends(f"/start {payload}")
    await town.resident.sends(f"/start {payload}")
    logged = "".join(capfd.readouterr()) + caplog.text
    assert not any(secret in logged for secret in (payload, payload.removeprefix("i_"), "冯桂兰", "13800001111"))
