"""核查: what was ended is looked at by somebody else before the reporter is asked."""

from bot.cases.case import Status
from bot.desk.desk import Desk
from bot.desk.following import reopen
from storage import cases
from tests.stories.office import LAMP, QUESTION, acts_as, count, goes_to, now_is, photo, reports, solved
from tests.town import Town, buttons_on


async def test_the_grid_member_confirms_and_the_reporter_is_asked_with_the_picture(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await solved(town.community_group, case.number)
    await town.fetches()
    await town.passes(minutes=1)
    asked = await town.grid_member.message_with("请核查")
    assert "新茂社区说：与居民联系" in asked["text"]
    assert any("photo" in one for one in await town.grid_member.messages())
    assert not await town.centre_group.sees("请核查")

    await town.grid_member.presses("核查通过")
    asked = await town.grid_member.message_with("请核查")
    assert "✅ 已核查通过" in asked["text"] and not buttons_on(asked)
    await town.passes(minutes=1)
    assert [one for one in await town.resident.messages() if "photo" in one and one["from"]["is_bot"]]
    assert "联系" in (await town.resident.messages())[-1]["text"]
    assert (await now_is(town, case)).status is Status.FEEDBACK


async def test_whoever_ended_it_does_not_judge_it(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await solved(town.community_group, case.number)
    data = buttons_data(await town.grid_member.message_with("请核查"), "核查通过")
    card = (await town.community_group.message_with(case.number))["message_id"]
    said = await town.community_group.presses_data(card, data)
    assert said is not None and said["show_alert"]
    assert (await now_is(town, case)).status is Status.VERIFY


def buttons_data(message: dict[str, object], words: str) -> str:
    """What a button carries."""
    markup: dict[str, list[list[dict[str, str]]]] = message["reply_markup"]  # pyright: ignore[reportAssignmentType]
    return next(one["callback_data"] for row in markup["inline_keyboard"] for one in row if words in one["text"])


async def test_not_passed_goes_back_with_the_reason_and_an_old_verdict_judges_nothing_new(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await solved(town.community_group, case.number)
    first = await town.grid_member.message_with("请核查")
    confirm = buttons_data(first, "核查通过")
    await town.grid_member.presses("不通过")
    await town.grid_member.sends_any(sticker=True)
    assert "请用文字" in await town.grid_member.said()
    await town.grid_member.sends("灯还是不亮")
    assert await town.community_group.sees(f"{case.number} 核查没通过，请返工：灯还是不亮")
    assert await town.grid_member.sees("↩️ 核查没通过")
    assert "没有通过" in await town.resident.said()
    card = await town.community_group.message_with("【返工】")
    await town.community_group.presses("进展", message=card)
    asked = (await town.community_group.messages())[-1]["message_id"]
    await town.community_group.sends("重新接线", reply_to=asked)
    assert count(await town.community_group.heard(), "请返工：重新接线") == 0
    await town.passes(minutes=1)
    await town.community_group.presses("办结", message=await town.community_group.message_with("【返工】"))
    asked = (await town.community_group.messages())[-1]["message_id"]
    await town.community_group.sends_any(**photo(5), caption="与居民联系，重新接线，已亮", reply_to=asked)
    second = await town.grid_member.message_with("重新接线，已亮")
    assert second["message_id"] > first["message_id"], "a new result is a new question"
    stale = await town.grid_member.presses_data(first["message_id"], confirm)
    assert stale is not None and stale["show_alert"]
    assert (await now_is(town, case)).status is Status.VERIFY
    await town.grid_member.presses("核查通过", message=second)
    assert (await now_is(town, case)).status is Status.FEEDBACK


async def test_without_a_supervisor_the_dispatchers_judge(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, node="DX01020101")
    group = town.other_responder.inside(-5004)
    await solved(group, case.number)
    assert await town.centre_group.sees("请核查")
    refused = await town.admin.inside(-5001).presses("核查通过")
    assert refused is not None and refused["show_alert"]
    await town.centre_group.presses("核查通过", message=await town.centre_group.message_with("请核查"))
    assert (await now_is(town, case)).status is Status.FEEDBACK


async def test_no_verdict_in_time_and_the_centre_is_asked(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await solved(town.community_group, case.number)
    await town.passes(hours=23)
    assert not await town.centre_group.sees("还没核查")
    await town.passes(hours=2)
    nudge = await town.centre_group.message_with("到时还没核查")
    assert case.number in nudge["text"]
    await town.centre_group.presses("核查通过", message=nudge)
    assert (await now_is(town, case)).status is Status.FEEDBACK
    assert await town.grid_member.sees("✅ 已核查通过")


async def test_the_reporter_is_asked_three_times_and_silence_closes_after_a_week(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await solved(town.community_group, case.number)
    await town.grid_member.presses("核查通过")
    asked: list[int] = []
    for hours in (1, 24, 48, 60):
        await town.passes(hours=hours)
        asked.append(
            len(
                [
                    one
                    for one in await town.resident.messages()
                    if "请您评价" in one.get("text", "") and "①" in one["text"]
                ]
            )
        )
    assert asked == [1, 2, 3, 3]
    await town.passes(days=2)
    assert (await now_is(town, case)).status is Status.CLOSED
    assert await town.resident.sees("已结案")


async def test_a_question_is_answered_and_needs_no_look_at_the_spot(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, QUESTION, "老年卡怎么办理")
    if (await now_is(town, case)).status is Status.TRIAGE:
        await town.centre_group.presses("派给其他单位", message=await town.centre_group.message_with(case.number))
        await town.centre_group.presses("新茂社区")
    card = await town.community_group.message_with(case.number)
    await town.community_group.presses("签收", message=card)
    await town.community_group.presses("办结")
    asked = (await town.community_group.messages())[-1]
    assert "照片" not in asked["text"]
    await town.community_group.sends("带身份证到社区一楼，当场办好", reply_to=asked["message_id"])
    assert (await now_is(town, case)).status is Status.FEEDBACK
    assert "已答复" in await town.community_group.said()


async def test_not_solved_goes_back_to_the_unit_once_by_itself(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, LAMP)
    await solved(town.community_group, case.number)
    await town.grid_member.presses("核查通过")
    await town.app.at_desk(lambda desk: _reopened(town, desk, case.id))
    town.app.sender.look()
    await town.settles()
    assert await town.community_group.sees(f"{case.number} 上报人说没解决，请重办：还是不亮")
    assert "【待签收】" in (await town.community_group.message_with("推送号"))["text"]


async def _reopened(town: Town, desk: Desk, case_id: int) -> None:
    await acts_as(desk, town.resident.id)
    case = await cases.by_id(desk.tx, case_id)
    assert case is not None
    await reopen(desk, case, "还是不亮", [])
