"""What units and grid members ask of the centre: 同意 does it, 不同意 says why, and whoever asked hears the answer."""

from bot.cases.case import Case, Level, Status
from tests.stories.centre import answers, appoint, asks_sealed, card_of, decides, lines_of, town_centre
from tests.stories.office import count, goes_to, now_is, reports
from tests.stories.steps import nothing_failed
from tests.stories.test_confidential import everything_in_groups
from tests.town import Json, Person, Town, buttons_on


async def at_work(town: Town) -> Case:
    await goes_to(town, 10)
    case = await reports(town)
    group = town.community_group
    await group.presses("签收", message=await card_of(group, case))
    await group.presses("到场", message=await card_of(group, case))
    return await now_is(town, case)


async def unit_asks(town: Town, case: Case, what: str, why: str) -> Json:
    """The unit asks on the other page of its card; what the centre sees of it."""
    await decides(town.community_group, case, what)
    await answers(town.community_group, why)
    return await town.centre_group.message_with(why)


async def watcher_asks(town: Town, what: str, why: str) -> Json:
    """The grid member who watches asks on the card of the order."""
    await town.grid_member.presses(what, message=await town.grid_member.message_with("监督单"))
    await town.grid_member.sends(why)
    return await town.centre_group.message_with(why)


async def refuses(who: Person, asked: Json, why: str) -> None:
    await who.presses("不同意", message=asked)
    await answers(who, why)


async def test_what_a_unit_asks_for_is_refused_with_the_reason_once_and_its_clock_runs_on(town: Town) -> None:
    case = await at_work(town)
    asked = await unit_asks(town, case, "申请升级", "要断电，社区办不了")
    assert buttons_on(asked) == ["✅ 同意，升到上一级", "❌ 不同意"]
    await refuses(town.centre_group, asked, "先请物业断电，社区自己能办")
    assert "已把理由告诉提的人" in "\n".join(await town.centre_group.heard())
    told = await town.community_group.message_with("没同意")
    assert told["text"] == (
        f"❌ {case.number} 升级的申请，指挥中心没同意：先请物业断电，社区自己能办\n请接着办，时限照走。"
    )
    after = await now_is(town, case)
    assert (after.status, after.level, after.due_at) == (Status.HANDLING, Level.COMMUNITY, case.due_at)
    assert ("refuse", "不同意升级：先请物业断电，社区自己能办") in await lines_of(town, case)
    seen = await town.centre_group.message_with("要断电，社区办不了")
    assert seen["message_id"] == asked["message_id"] and not buttons_on(seen)
    assert "没同意：先请物业断电" in seen["text"]
    said = await town.centre_group.presses_data(asked["message_id"], f"c:{case.id}:refuse:1:1")
    assert said is not None
    await answers(town.centre_group, "再说一遍")
    assert count(await town.community_group.heard(), "没同意") == 1
    assert not await town.resident.sees("没同意") and not await town.grid_member.sees("没同意")
    assert await nothing_failed(town)


async def test_shelving_and_joint_work_are_refused_in_the_same_way(town: Town) -> None:
    case = await at_work(town)
    for what, why, wanted in (("建议挂账", "灯杆停产了", "挂账"), ("申请协同", "要供电的来", "协同")):
        asked = await unit_asks(town, case, what, why)
        await refuses(town.centre_group, asked, f"再想想{wanted}")
        assert await town.community_group.sees(f"{wanted}的申请，指挥中心没同意：再想想{wanted}")
    assert (await now_is(town, case)).status is Status.HANDLING


async def test_a_grid_member_asks_for_the_level_above_and_hears_that_it_was_granted(town: Town) -> None:
    case = await at_work(town)
    asked = await watcher_asks(town, "申请升级", "这条路归镇里养护")
    assert asked["text"] == f"⬆️ {case.number} 网格员钱丽申请升级：这条路归镇里养护"
    assert "已报指挥中心" in await town.grid_member.said()
    await town.centre_group.presses("同意", message=asked)
    assert (await now_is(town, case)).level is Level.TOWN
    assert await town.grid_member.sees(f"✅ {case.number} 升级的申请，指挥中心同意了。")
    assert "✅ 何静已同意" in (await town.centre_group.message_with("这条路归镇里养护"))["text"]
    assert await nothing_failed(town)


async def test_a_grid_member_asks_for_several_units_and_hears_why_not_privately(town: Town) -> None:
    case = await at_work(town)
    asked = await watcher_asks(town, "申请协同", "要供电和物业一起来")
    assert buttons_on(asked) == ["✅ 同意，去吹哨", "❌ 不同意"]
    await refuses(town.centre_group, asked, "物业已经在路上")
    assert await town.grid_member.sees("协同的申请，指挥中心没同意：物业已经在路上")
    assert not await town.community_group.sees("物业已经在路上")
    assert (await now_is(town, case)).status is Status.HANDLING
    asked = await watcher_asks(town, "申请协同", "物业来了也没用")
    await town.centre_group.presses("同意，去吹哨", message=asked)
    assert "请哪些部门来" in await town.dispatcher.said()


async def test_a_grid_member_says_that_it_is_not_for_this_unit_and_the_centre_sends_it_elsewhere(town: Town) -> None:
    case = await at_work(town)
    asked = await watcher_asks(town, "建议改派", "这盏灯在河对岸，归滨河")
    assert "网格员钱丽说不归现在的单位，建议改派：这盏灯在河对岸，归滨河" in asked["text"]
    await town.centre_group.presses("同意", message=asked)
    await town.centre_group.presses("滨河社区", message=await town.centre_group.message_with("河对岸"))
    after = await now_is(town, case)
    assert after.unit_id != case.unit_id and after.status is Status.DISPATCHED
    assert await town.grid_member.sees(f"✅ {case.number} 改派的申请，指挥中心同意了。")
    assert not buttons_on(await town.centre_group.message_with("河对岸"))
    assert await nothing_failed(town)


async def test_a_reason_is_needed_and_nobody_else_may_ask_or_refuse(town: Town) -> None:
    case = await at_work(town)
    await town.grid_member.presses("申请升级", message=await town.grid_member.message_with("监督单"))
    await town.grid_member.sends_photo()
    assert "请用文字回复" in await town.grid_member.said()
    asked = await unit_asks(town, case, "申请升级", "社区办不了")
    for who, data in (
        (town.neighbour, "ask_level_up:1:"),
        (town.other_responder, "ask_joint:1:"),
        (town.responder, "ask_reassign:1:"),
        (town.responder, "refuse:1:1"),
        (town.grid_member, "refuse:1:1"),
        (town.resident, "refuse:1:1"),
    ):
        await who.sends("/start")
        said = await who.presses_data((await who.messages())[-1]["message_id"], f"c:{case.id}:{data}")
        assert said is not None and said["show_alert"], data
    for number in ("0", "99", "x", "1.5", "9" * 19):
        await town.centre_group.presses_data(asked["message_id"], f"c:{case.id}:refuse:1:{number}")
        await answers(town.centre_group, "不行")
        assert not await town.community_group.sees("没同意")


async def test_a_town_neither_grants_nor_refuses_what_is_the_districts(town: Town) -> None:
    case = await at_work(town)
    await appoint(town, town.head, await town_centre(town))
    await unit_asks(town, case, "建议挂账", "灯杆停产了")
    await town.head.sends("/orders")
    said = await town.head.presses_data((await town.head.messages())[-1]["message_id"], f"c:{case.id}:refuse:1:1")
    assert said is not None
    await town.head.sends("不批")
    assert "不归您" in await town.head.said() and not await town.community_group.sees("没同意")
    assert (await now_is(town, case)).version == case.version + 1


async def test_a_town_that_gave_a_case_back_reads_why_it_stays(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await appoint(town, town.head, await town_centre(town))
    await town.head.sends("/orders")
    shown = (await town.head.messages())[-1]["message_id"]
    await town.head.presses_data(shown, f"c:{case.id}:return:1:0")
    await town.head.sends("这条路归区里管")
    assert (await now_is(town, case)).status is Status.RETURN_REVIEW
    await town.centre_group.presses("坚持派单", message=await town.centre_group.message_with("【退单审核】"))
    await answers(town.centre_group, "区里只管主路")
    for who in (town.head, town.community_group):
        assert await who.sees("退单没有同意，请接着办：区里只管主路")


async def test_of_a_sealed_case_no_group_hears_what_was_asked_and_answered(town: Town) -> None:
    case = await asks_sealed(town)
    asked = await town.dispatcher.message_with("社区进不去机房")
    await town.dispatcher.presses("不同意", message=asked)
    await town.dispatcher.sends("已请物业开门")
    assert await town.responder.sees("升级的申请，指挥中心没同意：已请物业开门")
    seen = await everything_in_groups(town)
    assert case.number not in seen and "机房" not in seen and "开门" not in seen
