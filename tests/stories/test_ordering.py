"""The order to a unit: when it is done and by when, an earlier day, and what somebody above asks for."""

from datetime import timedelta

from bot.cases.case import Source, Status
from bot.cases.worktime import SHANGHAI
from tests.stories.centre import answers, card_of, decides, lines_of
from tests.stories.office import STALL, goes_to, now_is, reports, solved
from tests.stories.steps import case_of, newest_number, nothing_failed, promise_card
from tests.stories.test_recording import records
from tests.town import Town, buttons_on

USUAL = "🎯 办结标准：设施修好能用，有修后照片"


async def test_unit_and_verifier_read_when_it_is_done(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    assert USUAL in (await card_of(town.community_group, case))["text"]
    await solved(town.community_group, case.number)
    assert USUAL in (await town.grid_member.message_with("请核查"))["text"]


async def test_a_dispatcher_writes_an_own_standard_before_sending(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, STALL, "路口有人摆摊", node=None)
    await decides(town.centre_group, case, "办结标准")
    await answers(town.centre_group, "摊位全部入市场，连看三天")
    assert "🎯 办结标准：摊位全部入市场，连看三天" in (await card_of(town.centre_group, case))["text"]
    await town.centre_group.presses("派给其他单位", message=await card_of(town.centre_group, case))
    await town.centre_group.presses("丁岗镇综治办")
    office = town.town_office.inside(-5003)
    assert "🎯 办结标准：摊位全部入市场，连看三天" in (await card_of(office, case))["text"]
    assert ("require", "摊位全部入市场，连看三天") in await lines_of(town, case)
    assert await nothing_failed(town)


async def test_the_day_can_be_set_earlier_never_later(town: Town) -> None:
    moment = await goes_to(town, 10)
    case = await reports(town)
    assert case.due_at is not None
    await decides(town.centre_group, case, "提前时限")
    await answers(town.centre_group, "一个月以后吧")
    assert "没看明白哪一天" in await town.centre_group.said()
    await decides(town.centre_group, case, "提前时限")
    await answers(town.centre_group, "20个工作日")
    assert "只能比" in await town.centre_group.said()
    assert (await now_is(town, case)).due_at == case.due_at
    await decides(town.centre_group, case, "提前时限")
    await answers(town.centre_group, "明天中午12点")
    after = await now_is(town, case)
    wanted = (moment + timedelta(days=1)).replace(hour=12)
    assert after.due_at == wanted
    for words in (
        (await card_of(town.community_group, case))["text"],
        (await promise_card(town.resident, case.number))["text"],
    ):
        assert f"{wanted.month}月{wanted.day}日 12:00 前" in words
    await town.passes(hours=15)
    assert await town.community_group.sees(case.number)
    assert [action for action, _ in await lines_of(town, case)][-1] == "hasten"


async def test_an_earlier_day_before_the_dispatch_is_the_day_of_the_order(town: Town) -> None:
    moment = await goes_to(town, 10)
    case = await reports(town, STALL, "路口有人摆摊", node=None)
    await decides(town.centre_group, case, "提前时限")
    await answers(town.centre_group, "明天中午12点")
    await town.centre_group.presses("派给其他单位", message=await card_of(town.centre_group, case))
    await town.centre_group.presses("丁岗镇综治办")
    assert (await now_is(town, case)).due_at == (moment + timedelta(days=1)).replace(hour=12)


async def test_an_instruction_of_a_leader_has_its_own_day_and_a_flag_and_is_looked_at_first(town: Town) -> None:
    await goes_to(town, 10)
    await records(town.dispatcher, "领导批示", "明天上午十点", "区长办公室 老陈", "新港小区3栋楼下路灯不亮")
    number = await _submitted(town)
    case = await case_of(town, number)
    assert (case.source, case.status) == (Source.INSTRUCTION, Status.TRIAGE), "never sent out by itself"
    assert case.order_due is not None and case.order_due.astimezone(SHANGHAI).hour == 10
    assert "📜 领导批示，要求" in (await card_of(town.centre_group, case))["text"]
    await town.centre_group.presses("派给新茂社区", message=await card_of(town.centre_group, case))
    sent = await case_of(town, number)
    assert sent.due_at == case.order_due, "earlier than our own three days"
    card = await card_of(town.community_group, case)
    assert "📜 领导批示，要求" in card["text"] and "10:00 前办结" in card["text"]
    assert "老陈" not in card["text"]
    await solved(town.community_group, number)
    await town.grid_member.presses("核查通过", message=await town.grid_member.message_with(number))
    await town.passes(minutes=1)
    asked = await town.dispatcher.message_with("请把结果报给交办的人")
    assert "📜 向谁报告" in buttons_on(asked)


async def test_a_task_without_a_day_has_five_workdays(town: Town) -> None:
    await goes_to(town, 10, workdays=5, weekday=None)
    await town.dispatcher.sends("/record")
    await town.dispatcher.presses("协同任务")
    await town.dispatcher.sends("尽快")
    assert "没看明白哪一天" in (await town.dispatcher.messages())[-1]["text"]
    await town.dispatcher.presses("跳过")
    await town.dispatcher.presses("跳过")
    await town.dispatcher.sends("新港小区3栋楼下路灯不亮")
    case = await case_of(town, await _submitted(town))
    assert case.source is Source.TASK and case.order_due is not None
    expected = town.app.office.calendar.add_workdays(case.registered_at, 5)
    assert case.order_due == expected
    assert "🤝 协同任务，要求" in (await card_of(town.centre_group, case))["text"]


async def _submitted(town: Town) -> str:
    await town.dispatcher.presses("小区路灯不亮")
    await town.dispatcher.presses("一盏")
    await town.dispatcher.presses("跳过")
    await town.dispatcher.presses("✅ 提交")
    return await newest_number(town.dispatcher)
