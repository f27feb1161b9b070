"""Groups of residents: bound by who looks after them, a pinned button, and nothing of a report in the group."""

from sqlalchemy import select

from bot.desk.desk import Desk
from storage import people
from storage.tables import resident_groups
from tests.stories.steps import nothing_failed
from tests.town import Person, Town

BOT = 7000001
LINK = "https://t.me/yashu_demo_bot?start=g_DX010101"


async def neighbours(town: Town, **more: object) -> Person:
    """The grid member founds a group of neighbours with the bot in it."""
    body = {"title": "新港小区业主群", "members": [1001, 1002, 2005], "admins": [2006], "bots": [BOT], **more}
    group = (await town.post("groups", body))["id"]
    await town.settles()
    return town.grid_member.inside(group)


async def bound(town: Town, **more: object) -> Person:
    """The same, bound to the estate."""
    group = await neighbours(town, **more)
    await group.sends("/bind")
    await group.presses("新港小区居民群")
    return group


def link_of(message: dict[str, object]) -> str:
    """Where the button of a message leads."""
    markup: dict[str, list[list[dict[str, str]]]] = message["reply_markup"]  # pyright: ignore[reportAssignmentType]
    return markup["inline_keyboard"][0][0]["url"]


async def place_of(town: Town, group: Person) -> int | None:
    """The place a group is bound to."""
    async with town.app.database.read() as tx:
        return (
            await tx.execute(select(resident_groups.c.node_id).where(resident_groups.c.chat_id == group.home))
        ).scalar()


async def test_the_grid_member_binds_her_group_and_the_button_is_pinned(town: Town) -> None:
    group = await neighbours(town)
    assert "居民群也可以由网格员来发" in await group.said()
    await group.sends("/bind")
    assert await group.buttons() == ["🏘 新茂社区新港小区居民群"], "no units, and only her own place"
    await group.presses("新港小区居民群")
    card = await group.message_with("居民群。")
    assert link_of(card) == LINK
    assert town.sandbox.world.groups[group.home].pinned == [card["message_id"]]
    assert await nothing_failed(town)


async def test_a_report_among_neighbours_goes_on_privately_and_knows_the_place(town: Town) -> None:
    group = await bound(town)
    wang = town.resident.inside(group.home)
    for words in ("/report 楼道灯坏了", "@yashu_demo_bot 楼道灯坏了", "/start"):
        await wang.sends(words)
        answer = (await wang.messages())[-1]
        assert "私下" in answer["text"] and "楼道" not in answer["text"]
        assert link_of(answer) == LINK
    await wang.sends("楼道灯坏了", reply_to=(await wang.messages())[-1]["message_id"])
    assert link_of((await wang.messages())[-1]) == LINK
    before = len(await wang.heard())
    await wang.sends("大家晚上好")
    assert len(await wang.heard()) == before, "privacy mode: what is not said to us is not heard"
    await town.resident.sends("/start g_DX010101")
    await town.resident.sends("楼下路灯不亮")
    await town.resident.presses("小区路灯不亮")
    assert not any("路灯" in text for text in await wang.heard())
    await wang.sends("/mygrid")
    assert "钱丽" in await wang.said()
    assert await nothing_failed(town)


async def test_an_admin_chooses_any_place_tap_by_tap(town: Town) -> None:
    group = await neighbours(town, admins=[9001])
    admin = town.admin.inside(group.home)
    await admin.sends("/bind")
    await admin.presses("居民群")
    await admin.presses("滨河社区")
    await admin.presses("滨河花园")
    await admin.presses("就是这里")
    assert "滨河社区滨河花园的居民群" in (await admin.message_with("居民群。"))["text"]


async def test_strangers_bind_nothing_and_pin_nothing(town: Town) -> None:
    group = await neighbours(town)
    wang = town.resident.inside(group.home)
    await wang.sends("/bind")
    assert "不归您办" in await wang.said()
    await group.sends("/bind")
    asked = (await group.messages())[-1]
    forged = asked["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    shown = asked["message_id"]
    for data in (
        forged,
        "bindr:o:0",
        "bindr:h:1",
        "bindr:x:1",
        "bindr:",
        f"bindr:h:{'9' * 30}",
        "notice:pin",
        "notice:",
    ):
        said = await wang.presses_data(shown, data)
        assert said is not None and said["show_alert"]
    other = await group.presses_data(shown, "bindr:h:1")
    assert other is not None and other["show_alert"], "a grid member: not the whole district"
    assert await place_of(town, group) is None
    await group.presses("新港小区居民群", message=asked)
    await wang.sends("/notice 我家卖鸡蛋")
    assert "不归您办" in await wang.said()
    assert await nothing_failed(town)


async def test_the_group_of_a_unit_is_none_of_residents_and_the_other_way_round(town: Town) -> None:
    unit = town.grid_member.inside(-5002)
    await unit.sends("/bind")
    refused = await unit.presses("新港小区居民群")
    assert refused is not None and refused["show_alert"]
    group = await bound(town)
    admin = town.admin.inside(group.home)
    await town.post(f"groups/{group.home}/members", {"person": 9001})
    await admin.sends("/bind")
    await admin.presses("滨河社区")
    assert await place_of(town, group) is None


async def test_a_notice_is_shown_and_then_pinned(town: Town) -> None:
    group = await bound(town)
    await group.sends("/notice")
    assert "写在后面" in await group.said()
    await group.sends("/notice 明天上午 9 点停水 <b>@all</b>")
    shown = (await group.messages())[-1]
    assert "明天上午 9 点停水 <b>" in shown["text"] and "钱丽" in shown["text"]
    refused = await town.resident.inside(group.home).presses("置顶", message=shown)
    assert refused is not None and refused["show_alert"]
    await group.presses("置顶", message=shown)
    assert town.sandbox.world.groups[group.home].pinned[-1] == shown["message_id"]
    await group.sends("/notice 写错了")
    wrong = (await group.messages())[-1]
    await group.presses("不发了", message=wrong)
    assert not await group.sees("写错了\n")
    assert await nothing_failed(town)


async def test_a_group_that_moves_is_followed_and_one_that_throws_us_out_is_told(town: Town) -> None:
    group = await bound(town)
    moved = (await town.post(f"groups/{group.home}/migrate", {}))["migrate_to_chat_id"]
    await town.settles()
    there = town.resident.inside(moved)
    await there.sends("/report")
    assert link_of((await there.messages())[-1]) == LINK
    await town.post(f"groups/{moved}/kick", {"bot": BOT})
    await town.settles()
    assert await town.admin.sees("“新茂社区新港小区”的居民群我进不去了")
    assert await place_of(town, there) is None


async def test_without_the_right_to_pin_the_group_stays_bound(town: Town) -> None:
    group = await bound(town, supergroup=True)
    assert await place_of(town, group) is not None
    assert town.sandbox.world.groups[group.home].pinned == []
    assert await nothing_failed(town)
    assert not await town.admin.sees("进不去了")


async def test_who_is_no_grid_member_any_more_binds_no_more(town: Town) -> None:
    group = await neighbours(town)
    await group.sends("/bind")
    asked = (await group.messages())[-1]

    async def work(desk: Desk) -> None:
        await people.appoint(desk.tx, desk.office.seals.vault, town.grid_member.id, "钱丽", [])

    await town.app.at_desk(work)
    refused = await group.presses("新港小区居民群", message=asked)
    assert refused is not None and refused["show_alert"]


async def test_a_notice_that_reads_as_a_public_warning_names_its_issuer(town: Town) -> None:
    group = await bound(town)
    for words in ("暴雨红色预警，请勿外出", "暴雨红色预警 来源：气象台", "暴雨红色预警 来源："):
        await group.sends(f"/notice {words}")
        assert "只能由政府和气象部门发布" in await group.said(), words
        assert await group.buttons() != ["📌 置顶", "不发了"]
    await group.sends("/notice 暴雨红色预警，请勿外出 来源：镇江市气象台 11月25日8时发布")
    shown = (await group.messages())[-1]
    assert "暴雨红色预警，请勿外出\n—— 钱丽\n来源：镇江市气象台 11月25日8时发布" in shown["text"]
    await group.presses("置顶", message=shown)
    assert town.sandbox.world.groups[group.home].pinned[-1] == shown["message_id"]
    assert await nothing_failed(town)
