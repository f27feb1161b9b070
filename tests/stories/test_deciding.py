"""What a unit asks of the centre: more time, on the other page of its card; and a level above."""

from datetime import timedelta

from bot.cases.case import Case, Level, Status
from bot.cases.worktime import SHANGHAI
from tests.stories.office import goes_to, now_is, reports
from tests.stories.steps import promise_card
from tests.town import Town, buttons_on


async def test_a_unit_asks_for_more_time_and_the_centre_grants_it(town: Town) -> None:
    await goes_to(town, 10)
    case = await _asks_for_time(town)
    assert case.status is Status.EXTENSION_REVIEW
    asked = await town.centre_group.message_with("申请延期")
    assert asked["text"].endswith("灯杆要换，厂家周五到货")
    card = await town.centre_group.message_with("【延期审核】")
    assert {"✅ 同意延期", "❌ 不同意延期"} <= set(buttons_on(card))
    await town.centre_group.presses("同意延期", message=card)
    await town.centre_group.sends("同意，抓紧", reply_to=(await town.centre_group.messages())[-1]["message_id"])
    after = await now_is(town, case)
    assert (after.status, after.due_at and case.due_at and after.due_at - case.due_at) == (
        Status.HANDLING,
        timedelta(days=3),
    )
    assert "同意延期：同意，抓紧" in await town.community_group.said()
    assert after.due_at is not None
    until = after.due_at.astimezone(SHANGHAI)
    assert f"{until.month}月{until.day}日" in (await promise_card(town.resident, case.number))["text"]


async def test_more_time_is_refused_with_the_reason_and_the_old_date_holds(town: Town) -> None:
    await goes_to(town, 10)
    case = await _asks_for_time(town)
    await town.centre_group.presses("不同意延期", message=await town.centre_group.message_with("【延期审核】"))
    await town.centre_group.sends("今天就能换", reply_to=(await town.centre_group.messages())[-1]["message_id"])
    after = await now_is(town, case)
    assert (after.status, after.due_at) == (Status.HANDLING, case.due_at)
    assert "没同意延期，请按原来的时间办：今天就能换" in await town.community_group.said()


async def test_a_case_without_colour_on_the_third_level_gets_more_time_once(town: Town) -> None:
    await goes_to(town, 10)
    case = await _asks_for_time(town)
    await town.centre_group.presses("不同意延期", message=await town.centre_group.message_with("【延期审核】"))
    await town.centre_group.sends("今天就能换", reply_to=(await town.centre_group.messages())[-1]["message_id"])
    card = await town.community_group.message_with("【处置中】")
    await town.community_group.presses("更多", message=card)
    assert "⏳ 申请延期" not in buttons_on(await town.community_group.message_with("【处置中】"))
    said = await town.community_group.presses_data(card["message_id"], f"c:{case.id}:extend:1:")
    assert said is not None and said["show_alert"]


async def _asks_for_time(town: Town) -> Case:
    """A lamp that is being mended, and a unit that cannot do it in time."""
    case = await reports(town)
    group = town.community_group
    await group.presses("签收", message=await group.message_with(case.number))
    await group.presses("到场", message=await group.message_with(case.number))
    await group.presses("更多", message=await group.message_with(case.number))
    await group.presses("申请延期")
    await group.sends("灯杆要换，厂家周五到货", reply_to=(await group.messages())[-1]["message_id"])
    return await now_is(town, case)


async def test_the_other_page_of_a_card_leads_back(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    card = await town.centre_group.message_with(case.number)
    before = buttons_on(card)
    await town.centre_group.presses("更多", message=card)
    assert "⬆️ 升到上一级" in buttons_on(await town.centre_group.message_with(case.number))
    await town.centre_group.presses("返回")
    assert buttons_on(await town.centre_group.message_with(case.number)) == before


async def test_what_a_level_cannot_solve_goes_to_the_unit_above_with_a_promise_of_its_own(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await town.centre_group.presses("更多", message=await town.centre_group.message_with(case.number))
    said = await town.centre_group.presses("升到上一级")
    assert said is not None and said["text"] == f"{case.number} 已派给丁岗镇综治办。"
    after = await now_is(town, case)
    assert (after.level, after.status) == (Level.TOWN, Status.DISPATCHED)
    assert after.due_at is not None and case.due_at is not None and after.due_at > case.due_at
    assert "已转给其他单位" in (await town.community_group.message_with(case.number))["text"]
