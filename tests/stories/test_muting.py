"""停报: two people, a reason, days; the one concerned is told, may still report danger, and may object."""

from typing import Any

import pytest
from sqlalchemy import select

from storage.tables import history, mutes
from tests.stories.steps import case_of, nothing_failed, reports_lamp, submits
from tests.town import Person, Town


async def kept(town: Town) -> list[Any]:
    """All mutes as they are kept."""
    async with town.app.database.read() as tx:
        return list((await tx.execute(select(mutes).order_by(mutes.c.id))).all())


async def proposed(town: Town, days: str = "7 天") -> str:
    """A dispatcher proposes it from the card in the group of the centre."""
    number = await reports_lamp(town.neighbour)
    await town.centre_group.presses("停报")
    await town.dispatcher.presses("反复刷屏")
    await town.dispatcher.presses(days)
    return number


async def test_two_agree_the_one_concerned_hears_it_and_danger_still_passes(town: Town) -> None:
    number = await proposed(town)
    assert not await town.neighbour.sees("暂停")
    card = await town.admin.message_with("提议")
    assert number in card["text"] and "反复刷屏" in card["text"] and "小陈" not in str(card)
    own = await town.dispatcher.message_with("何静提议")
    mine = (await kept(town))[0].id
    alone = await town.dispatcher.presses_data(own["message_id"], f"mute:y:{mine}")
    assert alone is not None and alone["show_alert"], "one alone cannot"
    await town.admin.presses("同意停报")
    told = await town.neighbour.said()
    assert "您的上报暂停到" in told and "反复刷屏" in told and "有危险的照样报" in told
    await town.neighbour.sends("滨河花园1栋楼下路灯不亮，坏了一盏")
    await town.neighbour.presses("小区路灯不亮")
    refused = await _tries(town.neighbour)
    assert refused is not None and "暂停到" in refused["text"]
    await town.neighbour.presses("不报了")
    await town.neighbour.sends("滨河花园1栋着火了")
    await town.neighbour.presses("着火、冒烟")
    await submits(town.neighbour)
    await town.passes(days=8)
    await reports_lamp(town.neighbour, "滨河花园1栋楼下路灯不亮")
    assert await nothing_failed(town)


async def _tries(person: Person) -> Any:
    for _ in range(8):
        if any("提交" in one for one in await person.buttons()):
            break
        await person.presses("跳过")
    return await person.presses("✅ 提交")


async def test_an_objection_is_seen_by_others_and_one_may_lift_it(town: Town) -> None:
    number = await proposed(town)
    await town.admin.presses("同意停报")
    await town.neighbour.presses("我觉得不对")
    assert "再看一遍" in await town.neighbour.said()
    seen = await town.dispatcher.message_with("觉得停报不对")
    assert number in seen["text"]
    again = await town.neighbour.presses("我觉得不对")
    assert again is not None and again["show_alert"]
    await town.dispatcher.presses("解除停报", message=seen)
    assert "可以照常上报了" in await town.neighbour.said()
    await reports_lamp(town.neighbour, "滨河花园1栋楼下路灯不亮")
    case = await case_of(town, number)
    async with town.app.database.read() as tx:
        rows = await tx.execute(select(history.c.action, history.c.person_id).where(history.c.case_id == case.id))
        lines: dict[str, int | None] = {row.action: row.person_id for row in rows.all()}
    assert {"mute_proposed", "mute_agreed", "mute_objected", "mute_lifted"} <= lines.keys()
    assert lines["mute_objected"] is None, "who objects stays hidden"
    assert await nothing_failed(town)


async def test_nobody_else_decides_and_forged_or_late_presses_do_nothing(town: Town) -> None:
    await proposed(town)
    (one,) = await kept(town)
    case = one.case_id
    forged = [f"mute:y:{one.id}", f"mute:n:{one.id}", f"mute:u:{one.id}", f"mute:o:{one.id}", f"mute:c:{case}"]
    forged += [
        f"mute:d:{case}:flood:7",
        f"mute:d:{case}:flood:365",
        f"mute:d:{case}:x:7",
        "mute:y:x",
        "mute:",
        "mute:z:1",
    ]
    for person in (town.resident, town.neighbour, town.leader, town.grid_member):
        await person.sends("/start")
        shown = (await person.messages())[-1]["message_id"]
        for data in forged:
            said = await person.presses_data(shown, data)
            assert said is not None and said["show_alert"], data
    assert [row.state for row in await kept(town)] == ["proposed"]
    card = await town.admin.message_with("提议")
    await town.passes(hours=80)
    late = await town.admin.presses_data(card["message_id"], f"mute:y:{one.id}")
    assert late is not None and late["show_alert"]
    assert [row.state for row in await kept(town)] == ["proposed"]
    assert await nothing_failed(town)


async def test_the_second_of_two_hears_who_decided(town: Town) -> None:
    await proposed(town)
    (one,) = await kept(town)
    card = await town.admin.message_with("提议")
    await town.dispatcher.presses("不同意停报")
    said = await town.admin.presses_data(card["message_id"], f"mute:y:{one.id}")
    assert said is not None and "何静已经处理过了" in said["text"]
    assert not await town.neighbour.sees("暂停")


@pytest.mark.parametrize("days", ["3 天", "30 天"])
async def test_it_ends_by_itself(town: Town, days: str) -> None:
    await proposed(town, days)
    await town.admin.presses("同意停报")
    (one,) = await kept(town)
    assert (one.until - one.agreed_at).days == one.days <= 30


async def test_who_is_muted_at_present_is_listed_without_a_name_and_ended_by_a_tap(town: Town) -> None:
    await town.dispatcher.sends("/mutes")
    assert await town.dispatcher.said() == "现在没有停报的。"
    number = await proposed(town)
    await town.admin.presses("同意停报")
    for who in (town.dispatcher, town.admin):
        await who.sends("/mutes")
        said = await who.said()
        assert "正在停报 1 个" in said and number in said and "反复刷屏" in said and "小陈" not in said
    await town.neighbour.sends("/mutes")
    assert "正在停报" not in await town.neighbour.said()
    await town.dispatcher.presses(f"解除 {number}")
    assert "可以照常上报了" in await town.neighbour.said()
    await town.admin.sends("/mutes")
    assert await town.admin.said() == "现在没有停报的。"
    assert await nothing_failed(town)
