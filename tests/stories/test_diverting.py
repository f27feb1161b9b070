"""What the table lets people do besides: grid members hand a case to an emergency line, dispatchers judge a result."""

from bot.cases.case import Status
from tests.stories.centre import answers, card_of, decides, lines_of
from tests.stories.office import STALL, goes_to, now_is, photo, reports, solved
from tests.stories.steps import nothing_failed
from tests.town import Town, buttons_on


async def test_a_grid_member_hands_a_case_of_the_own_grid_to_a_line_and_says_why(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, STALL, "路口有人摆摊，消防车进不来", who=town.grid_member)
    assert (await now_is(town, case)).status is Status.TRIAGE
    await town.grid_member.sends(case.number)
    await town.grid_member.presses("转紧急专线")
    assert buttons_on(await town.grid_member.message_with("转哪条紧急专线")) == ["110", "119", "120", "122"]
    await town.grid_member.presses("110")
    assert (await now_is(town, case)).status is Status.TRIAGE, "not without a reason"
    await town.grid_member.sends("已经打过110，派出所在路上")
    assert "指挥中心看得到您写的话" in await town.grid_member.said(2)
    after = await now_is(town, case)
    assert after.status is Status.DIVERTED
    told = await town.centre_group.message_with("网格员已转紧急专线 110")
    assert "已经打过110，派出所在路上" in told["text"]
    assert ("divert_why", "已经打过110，派出所在路上") in await lines_of(town, case)
    await town.centre_group.presses("看这一件", message=told)
    await town.centre_group.presses("专线已接处", message=await card_of(town.centre_group, case))
    await answers(town.centre_group, "民警已到场")
    assert (await now_is(town, case)).status is Status.FEEDBACK
    assert await nothing_failed(town)


async def test_nobody_else_hands_it_to_a_line_and_no_other_line_is_taken(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, STALL, "路口有人摆摊")
    await town.resident.sends(case.number)
    assert "🚨 转紧急专线" not in await town.resident.buttons()
    for who, value in (
        (town.resident, "110"),
        (town.responder, "110"),
        (town.neighbour, ""),
        (town.grid_member, "911"),
    ):
        await who.sends("/start")
        said = await who.presses_data((await who.messages())[-1]["message_id"], f"c:{case.id}:line:1:{value}")
        assert said is not None and said["show_alert"], who.id
    assert (await now_is(town, case)).status is Status.TRIAGE


async def test_a_dispatcher_judges_a_result_on_the_other_page_of_the_card(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await solved(town.community_group, case.number)
    await decides(town.centre_group, case, "不通过")
    await answers(town.centre_group, "照片里灯还是黑的")
    assert (await now_is(town, case)).status is Status.REWORK
    assert await town.community_group.sees("核查没通过，请返工：照片里灯还是黑的")
    group = town.community_group
    await group.presses("办结", message=await card_of(group, case))
    await answers(group, "与居民联系，换了灯泡，今天下午完成")
    await group.sends_any(**photo(5), reply_to=(await group.messages())[-1]["message_id"])
    assert (await now_is(town, case)).status is Status.VERIFY
    await decides(town.centre_group, case, "核查通过")
    assert (await now_is(town, case)).status is Status.FEEDBACK
    assert await nothing_failed(town)
