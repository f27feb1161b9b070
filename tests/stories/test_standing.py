"""Orders that do not simply go on: to a colleague, to the level above when the unit asks, and on the books (挂账)."""

from datetime import timedelta

from bot.cases.case import Case, Level, Status
from bot.cases.worktime import SHANGHAI
from tests.stories.centre import answers, card_of, decides, jumps, lines_of
from tests.stories.office import asks, goes_to, now_is, reports, shelves, solved
from tests.stories.steps import promise_card
from tests.town import Town, buttons_on


async def _taken(town: Town) -> Case:
    case = await reports(town)
    group = town.community_group
    await group.presses("签收", message=await group.message_with(case.number))
    await group.presses("到场", message=await group.message_with(case.number))
    return await now_is(town, case)


async def test_an_order_is_handed_to_a_colleague_who_is_told_privately(town: Town) -> None:
    await goes_to(town, 10)
    case = await _taken(town)
    group = town.community_group
    await group.presses("更多", message=await group.message_with(case.number))
    await group.presses("转办")
    assert buttons_on(await group.message_with("转给哪位同事")) == ["孙桂芳"]
    await group.presses("孙桂芳")
    assert await group.sees("已转给 孙桂芳 经办，已私下告诉本人。")
    assert "经办：孙桂芳" in (await group.message_with("【处置中】"))["text"]
    assert await town.leader.sees(f"{case.number} ")
    assert "转给您经办" in "\n".join(await town.leader.heard())
    assert "📝 进展" in buttons_on(await town.leader.message_with("【处置中】"))
    assert (await now_is(town, case)).handler_id != case.handler_id


async def test_an_order_is_handed_to_nobody_outside_the_unit(town: Town) -> None:
    await goes_to(town, 10)
    case = await _taken(town)
    card = await town.community_group.message_with(case.number)
    for whom in ("12345", "-1", "x", "0"):
        said = await town.community_group.presses_data(card["message_id"], f"c:{case.id}:transfer:1:{whom}")
        assert said is not None and said["show_alert"]
    assert (await now_is(town, case)).handler_id == case.handler_id


async def test_a_unit_asks_for_the_level_above_and_one_tap_grants_it_once(town: Town) -> None:
    await goes_to(town, 10)
    case = await _taken(town)
    await asks(town.community_group, case, "申请升级", "要断电，社区办不了")
    asked = await town.centre_group.message_with("新茂社区申请升级：要断电，社区办不了")
    said = await town.centre_group.presses("升到上一级", message=asked)
    assert said is not None and said["text"] == f"{case.number} 已派给丁岗镇综治办。"
    after = await now_is(town, case)
    assert (after.level, after.status) == (Level.TOWN, Status.DISPATCHED)
    again = await town.centre_group.presses_data(asked["message_id"], f"c:{case.id}:raise:1:community")
    assert again is not None and again["show_alert"]
    assert (await now_is(town, case)).level is Level.TOWN


async def test_what_cannot_be_done_now_is_shelved_with_a_day_an_owner_and_words_for_the_reporter(town: Town) -> None:
    await goes_to(town, 10)
    case = await _taken(town)
    await shelves(town, case)
    shelved = await now_is(town, case)
    assert shelved.status is Status.SHELVED
    assert shelved.review_at is not None and shelved.shelved_at is not None
    assert shelved.review_at - shelved.shelved_at <= timedelta(days=7)
    assert "经办：孙桂芳" in (await town.community_group.message_with("【挂账】"))["text"]
    assert await town.resident.sees("暂时办不了，先挂账跟踪：这批灯杆停产了")
    local = shelved.review_at.astimezone(SHANGHAI)
    assert f"挂账到 {local.month}月{local.day}日" in (await promise_card(town.resident, case.number))["text"]
    heard = len(await town.community_group.heard())
    await town.passes(days=6)
    assert len(await town.community_group.heard()) == heard, "the clock stands still"
    await town.passes(days=1, hours=1)
    back = await now_is(town, case)
    assert (back.status, back.review_at, back.shelved_at) == (Status.HANDLING, None, None)
    assert back.due_at is not None and case.due_at is not None
    assert back.due_at - case.due_at >= timedelta(days=7)
    assert await town.resident.sees(f"您反映的 {case.number} 恢复办理了。")
    assert await town.community_group.sees("恢复办理，请接着办")


async def test_a_shelved_case_is_taken_up_earlier_and_ends_in_time(town: Town) -> None:
    await goes_to(town, 10)
    case = await _taken(town)
    await shelves(town, case, 2)
    await town.passes(days=10)
    said = await town.community_group.presses("恢复办理", message=await town.community_group.message_with("【挂账】"))
    assert said is not None and "恢复办理" in said["text"]
    back = await now_is(town, case)
    assert back.due_at is not None and case.due_at is not None and back.due_at > case.due_at + timedelta(days=9)
    group = town.community_group
    await group.presses("办结", message=await group.message_with("【处置中】"))
    await group.sends_photo("与居民沟通，换了新灯杆，今天完成", reply_to=(await group.messages())[-1]["message_id"])
    done = await now_is(town, case)
    assert done.resolved_at is not None and done.due_at is not None and done.resolved_at < done.due_at


async def test_only_the_district_shelves_and_no_longer_than_thirty_days(town: Town) -> None:
    await goes_to(town, 10)
    case = await _taken(town)
    card = await town.community_group.message_with(case.number)
    said = await town.community_group.presses_data(card["message_id"], f"c:{case.id}:shelve:1:")
    assert said is not None and "挂账由区指挥中心定" in said["text"]
    shown = await town.centre_group.message_with(case.number)
    for about in ("31", "0", "7.1", "365.5"):
        await town.centre_group.presses_data(shown["message_id"], f"c:{case.id}:shelve:1:{about}")
        await town.centre_group.sends("等", reply_to=(await town.centre_group.messages())[-1]["message_id"])
    assert (await now_is(town, case)).status is Status.HANDLING


async def test_the_solved_case_was_never_given_back(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await solved(town.community_group, case.number)
    assert (await now_is(town, case)).returned == 0


async def test_what_went_late_for_good_cause_is_not_held_against_the_unit(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await jumps(town, days=6)
    assert (await now_is(town, case)).red_at is not None
    group = town.community_group
    for words in ("签收", "办结"):
        await group.presses(words, message=await card_of(group, case))
    await group.sends_photo("与居民联系，换了灯泡，今天下午完成", reply_to=(await group.messages())[-1]["message_id"])
    assert (await now_is(town, case)).status is Status.VERIFY
    await decides(town.centre_group, case, "容错")
    await answers(town.centre_group, "台风停工三天，已尽职")
    after = await now_is(town, case)
    assert after.spared_at is not None and after.red_at is None and after.yellow_at is None
    assert ("spare", "台风停工三天，已尽职") in await lines_of(town, case)
    assert await group.sees("认定容错，黄牌、红牌不追究：台风停工三天，已尽职")
    assert "🛡 容错" in (await card_of(group, case))["text"]
    card = await card_of(town.centre_group, case)
    again = await town.centre_group.presses_data(card["message_id"], f"c:{case.id}:spare:1:")
    assert again is not None and again["show_alert"], "once"
