"""待补充: the centre asks before it decides; answers come one by one, and after three days it goes on."""

from bot.cases.case import Case, Contact, Status
from tests.stories.centre import answers, card_of, jumps, lines_of
from tests.stories.office import STALL, files_of, goes_to, now_is, reports
from tests.stories.steps import has_button, nothing_failed, promise_card
from tests.stories.test_confidential import everything_in_groups
from tests.town import Town, buttons_on


async def asked(town: Town, questions: str) -> Case:
    """A case in triage about which the centre asks."""
    await goes_to(town, 10)
    case = await reports(town, STALL, "路口有人摆摊", node=None)
    await town.centre_group.presses("问上报人", message=await card_of(town.centre_group, case))
    await answers(town.centre_group, questions)
    return await now_is(town, case)


async def test_questions_are_asked_one_by_one_and_the_answers_bring_the_case_back(town: Town) -> None:
    case = await asked(town, "哪个路口？\n\n每天都有吗？")
    assert case.status is Status.NEED_INFO
    first = await town.resident.message_with("哪个路口？")
    assert f"关于您反映的 {case.number}" in first["text"] and "后面还有 1 个问题" in first["text"]
    assert "每天都有吗" not in first["text"]
    card = (await promise_card(town.resident, case.number))["text"]
    assert "进展：等您补充" in card and "前补充" in card
    await town.resident.presses("回答", message=first)
    await town.resident.sends("丁岗路和新港路口")
    assert "再问您一句：\n每天都有吗？" in await town.resident.said()
    assert await town.centre_group.sees(f"{case.number} 上报人回答：丁岗路和新港路口")
    assert (await now_is(town, case)).status is Status.NEED_INFO
    await town.resident.sends("每天晚上")
    assert "接着安排" in await town.resident.said()
    after = await now_is(town, case)
    assert after.status is Status.TRIAGE
    assert after.text == "路口有人摆摊\n【问】哪个路口？【答】丁岗路和新港路口\n【问】每天都有吗？【答】每天晚上"
    back = await town.centre_group.message_with("上报人回答：每天晚上")
    await town.centre_group.presses("看这一件", message=back)
    assert "【待研判】" in await town.centre_group.said()
    await town.resident.sends(case.number)
    shown = await town.resident.said()
    assert "办理 " not in shown and "您回答了：每天晚上" in shown
    assert await nothing_failed(town)


async def test_a_reply_with_a_photo_or_a_place_is_an_answer_too(town: Town) -> None:
    case = await asked(town, "拍一张照片好吗？\n在哪里？")
    asked_here = await town.resident.message_with("拍一张照片好吗")
    await town.resident.sends_photo(reply_to=asked_here["message_id"])
    assert await town.centre_group.sees(f"{case.number} 上报人用照片或语音回答了")
    await town.resident.shares_location(32.19, 119.593)
    after = await now_is(town, case)
    assert after.status is Status.TRIAGE and "【问】在哪里？【答】位置：" in after.text
    assert await files_of(town, case.id) == [("report", 1)]


async def test_whoever_answers_no_more_says_so_by_one_tap(town: Town) -> None:
    case = await asked(town, "哪个路口？\n每天都有吗？")
    await town.resident.presses("就这些，不答了")
    assert (await now_is(town, case)).status is Status.TRIAGE
    said = await town.resident.presses("就这些，不答了")
    assert said is not None and said["show_alert"], "once is enough"


async def test_after_three_days_it_goes_on_with_what_is_there_and_asks_no_more(town: Town) -> None:
    case = await asked(town, "哪个路口？")
    await jumps(town, days=2)
    await town.centre_group.presses("问上报人", message=await card_of(town.centre_group, case))
    await answers(town.centre_group, "哪一家摊子？")
    assert (await now_is(town, case)).status is Status.NEED_INFO
    await jumps(town, days=1.1)
    after = await now_is(town, case)
    assert after.status is Status.TRIAGE, "the second question makes the pause no longer"
    assert await town.centre_group.sees(f"{case.number} 等了三天，上报人没有补充")
    refused = await town.centre_group.presses("问上报人", message=await card_of(town.centre_group, case))
    assert refused is not None and refused["show_alert"]
    await town.resident.presses("回答", message=await town.resident.message_with("哪个路口？"))
    await town.resident.sends("来晚了，是东头")
    assert "已补充到" in await town.resident.said(), "what comes too late is a supplement, and not lost"


async def test_the_dispatcher_need_not_wait(town: Town) -> None:
    case = await asked(town, "哪个路口？")
    await town.centre_group.presses("不等了", message=await card_of(town.centre_group, case))
    assert (await now_is(town, case)).status is Status.TRIAGE
    assert ("triage", None) in (await lines_of(town, case))[1:]


async def test_whoever_wants_no_contact_is_not_asked(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, STALL, "路口有人摆摊", node=None, contact=Contact.NONE.value)
    card = await card_of(town.centre_group, case)
    assert "💬 问上报人" not in buttons_on(card)
    refused = await town.centre_group.presses_data(card["message_id"], f"c:{case.id}:ask:1:")
    assert refused is not None and "不希望被联系" in refused["text"]


async def test_of_a_sealed_report_too_and_no_group_hears_of_it(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, STALL, "有人收保护费", node=None, sealed=True)
    await town.dispatcher.presses("问上报人", message=await card_of(town.dispatcher, case))
    await town.dispatcher.sends("几点来的？")
    assert has_button(await town.resident.message_with("几点来的？"), "回答")
    await town.resident.presses("回答")
    await town.resident.sends("半夜十二点")
    assert await town.dispatcher.sees("上报人回答：半夜十二点")
    seen = await everything_in_groups(town)
    assert case.number not in seen and "半夜十二点" not in seen
    assert (await now_is(town, case)).status is Status.TRIAGE


async def test_nobody_else_answers_for_the_reporter(town: Town) -> None:
    case = await asked(town, "哪个路口？")
    for who in (town.neighbour, town.responder):
        await who.sends("/start")
        said = await who.presses_data((await who.messages())[-1]["message_id"], f"c:{case.id}:enough:1:")
        assert said is not None and said["show_alert"]
    assert (await now_is(town, case)).status is Status.NEED_INFO
