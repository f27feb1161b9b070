"""What is not the centre's to solve: refused or referred with whom to turn to, objected to once; the emergency line."""

from bot.cases.case import Case, Colour, Status
from tests.stories.centre import answers, card_of, decides, jumps, lines_of
from tests.stories.office import STALL, goes_to, now_is, reports
from tests.stories.steps import nothing_failed, promise_card
from tests.town import Town, buttons_on


async def waits(town: Town, words: str = "摊主把路占了") -> Case:
    """A case in triage."""
    await goes_to(town, 10)
    return await reports(town, STALL, words, node=None)


async def test_a_refusal_names_the_body_to_turn_to_and_is_confirmed_first(town: Town) -> None:
    case = await waits(town)
    await decides(town.centre_group, case, "不予受理", "法院或仲裁在办")
    shown = await town.centre_group.said()
    assert "上报人会看到：" in shown and "12368" in shown
    assert (await now_is(town, case)).status is Status.TRIAGE
    await town.centre_group.presses("就这样告诉上报人")
    after = await now_is(town, case)
    assert after.status is Status.REJECTED
    told = await town.resident.message_with("这次没法受理")
    assert case.number in told["text"] and "承办的法院（诉讼服务热线 12368）" in told["text"]
    assert "5个工作日内" in told["text"] and buttons_on(told) == ["🙋 我不同意"]
    assert "不予受理" in (await promise_card(town.resident, case.number))["text"]
    assert ("reject", "court") in await lines_of(town, case)
    await town.resident.sends(case.number)
    assert "不予受理：法院或仲裁在办" in await town.resident.said()


async def test_a_referral_goes_with_the_dispatchers_own_words(town: Town) -> None:
    case = await waits(town)
    await decides(town.centre_group, case, "告知法定途径", "行政复议")
    await answers(town.centre_group, "复议窗口在政务中心二楼")
    after = await now_is(town, case)
    assert after.status is Status.REFERRED
    told = await town.resident.message_with("有专门的法定途径")
    assert "行政复议机构（司法局）" in told["text"] and "复议窗口在政务中心二楼" in told["text"]
    assert ("refer", "review\n复议窗口在政务中心二楼") in await lines_of(town, case)


async def test_the_reporter_objects_once_and_the_dispatchers_look_again(town: Town) -> None:
    case = await waits(town)
    await _refused(town, case)
    await town.resident.presses("我不同意")
    await town.resident.sends("还没有起诉，只是说说")
    assert "再看一次" in await town.resident.said()
    assert (await now_is(town, case)).status is Status.TRIAGE
    assert await town.centre_group.sees(f"{case.number} 上报人不同意，请再看一次：还没有起诉，只是说说")
    await _refused(town, case)
    again = await town.resident.presses("我不同意")
    assert again is not None and again["show_alert"]
    assert (await now_is(town, case)).status is Status.REJECTED


async def _refused(town: Town, case: Case) -> None:
    await decides(town.centre_group, case, "不予受理", "法院或仲裁在办")
    await town.centre_group.presses("就这样告诉上报人")


async def test_danger_added_to_what_was_refused_lets_a_dispatcher_take_it_back(town: Town) -> None:
    case = await waits(town)
    await _refused(town, case)
    promise = await promise_card(town.resident, case.number)
    await town.resident.presses("补充", message=promise)
    await town.resident.sends("摊子的煤气罐在漏气，着火了")
    assert await town.centre_group.sees(f"‼️ {case.number} 上报人补充说有险情")
    card = await card_of(town.centre_group, case)
    assert "▶️ 重新研判" in buttons_on(card)
    await town.centre_group.presses("重新研判", message=card)
    await answers(town.centre_group, "有险情，要马上派人")
    assert f"{case.number} 重新研判，已告诉上报人" in await town.centre_group.said()
    after = await now_is(town, case)
    assert (after.status, after.colour) == (Status.TRIAGE, Colour.RED)
    assert ("reconsider", "有险情，要马上派人") in await lines_of(town, case)
    assert await town.resident.sees(f"您反映的 {case.number}，指挥中心正在重新看")
    card = await card_of(town.centre_group, case)
    await town.centre_group.presses("派给其他单位", message=card)
    await town.centre_group.presses("区消防救援大队", message=card)
    assert (await now_is(town, case)).status is Status.DISPATCHED
    late = await town.resident.presses("我不同意", message=await town.resident.message_with("这次没法受理"))
    assert late is not None and late["show_alert"]
    await town.resident.sends(case.number)
    assert "指挥中心再看一次" in await town.resident.said() and "要马上派人" not in await town.resident.said()
    assert await nothing_failed(town)


async def test_what_was_referred_is_taken_back_too_and_by_dispatchers_alone(town: Town) -> None:
    case = await waits(town)
    await decides(town.centre_group, case, "告知法定途径", "行政复议")
    await town.centre_group.presses("就这样告诉上报人")
    card = await card_of(town.centre_group, case)
    told = await town.resident.message_with("有专门的法定途径")
    forged = await town.resident.presses_data(told["message_id"], f"c:{case.id}:reconsider:1:")
    assert forged is not None and forged["show_alert"]
    assert (await now_is(town, case)).status is Status.REFERRED
    await town.centre_group.presses("重新研判", message=card)
    await answers(town.centre_group, "看错了")
    assert (await now_is(town, case)).status is Status.TRIAGE
    await town.passes(hours=1, minutes=2)
    assert await town.centre_group.sees(f"{case.number}（占道、无照经营）还没派单"), "its clock runs again"


async def test_one_tap_is_an_objection_too(town: Town) -> None:
    case = await waits(town)
    await _refused(town, case)
    await town.resident.presses("我不同意")
    await town.resident.presses("不多说，请再看看")
    assert (await now_is(town, case)).status is Status.TRIAGE
    assert ("object", "不多说，请再看看") in await lines_of(town, case)


async def test_without_objection_it_is_closed_after_five_workdays(town: Town) -> None:
    case = await waits(town)
    await _refused(town, case)
    await jumps(town, days=4)
    assert (await now_is(town, case)).status is Status.REJECTED
    await jumps(town, days=5)
    after = await now_is(town, case)
    assert after.status is Status.CLOSED
    assert await town.resident.sees(f"您反映的 {case.number} 没有再提异议，已结案")
    late = await town.resident.presses("我不同意", message=await town.resident.message_with("这次没法受理"))
    assert late is not None and late["show_alert"]
    assert await nothing_failed(town)


async def test_the_emergency_line_is_called_while_the_case_stays_open(town: Town) -> None:
    case = await waits(town, "路口出了车祸，摊子撞翻了一地")
    await decides(town.centre_group, case, "转紧急专线", "122")
    assert "请马上拨打 122" in await town.centre_group.said()
    assert (await now_is(town, case)).status is Status.DIVERTED
    assert "已转告 122" in await town.resident.said()
    card = await card_of(town.centre_group, case)
    assert {"🚨 专线已接处", "派给其他单位"} <= set(buttons_on(card))
    await town.centre_group.presses("专线已接处", message=card)
    await answers(town.centre_group, "交警到场，路已疏通")
    after = await now_is(town, case)
    assert (after.status, after.result) == (Status.FEEDBACK, "交警到场，路已疏通")
    await town.passes(minutes=1)
    assert "交警到场，路已疏通" in (await town.resident.message_with("请您评价"))["text"]


async def test_what_went_to_the_line_may_go_to_a_unit_as_well(town: Town) -> None:
    case = await waits(town, "路口出了车祸，摊子撞翻了一地")
    await decides(town.centre_group, case, "转紧急专线", "122")
    await town.centre_group.presses("派给其他单位", message=await card_of(town.centre_group, case))
    await town.centre_group.presses("丁岗镇综治办")
    assert (await now_is(town, case)).status is Status.DISPATCHED
    assert ("divert", "122") in await lines_of(town, case)


async def test_what_was_withheld_is_refused_in_private(town: Town) -> None:
    case = await waits(town, "我和邻居为院墙打官司")
    assert case.withheld
    await decides(town.dispatcher, case, "不予受理", "法院或仲裁在办")
    await town.dispatcher.presses("就这样告诉上报人")
    assert (await now_is(town, case)).status is Status.REJECTED
    await town.resident.presses("我不同意")
    await town.resident.sends("还没有起诉，只是说说")
    assert (await now_is(town, case)).status is Status.TRIAGE
    assert await town.dispatcher.sees(f"{case.number} 上报人不同意，请再看一次：还没有起诉，只是说说")
    assert not await town.centre_group.sees(case.number)


async def test_the_police_is_called_for_what_was_withheld_in_private(town: Town) -> None:
    case = await waits(town, "有人拿刀在路口")
    assert case.withheld
    await decides(town.dispatcher, case, "转紧急专线", "110")
    assert "请马上拨打 110" in await town.dispatcher.said()
    assert (await now_is(town, case)).status is Status.DIVERTED
    assert "已转告 110" in await town.resident.said()
    card = await card_of(town.dispatcher, case)
    await town.dispatcher.presses("专线已接处", message=card)
    await answers(town.dispatcher, "派出所民警到场，人已带离")
    assert (await now_is(town, case)).status is Status.FEEDBACK
    assert not await town.centre_group.sees(case.number)


async def test_words_of_a_unit_of_another_case_are_no_explanation(town: Town) -> None:
    case = await waits(town)
    for value in ("reject.nothing", "refer.court", "reject.", "divert.110", ""):
        card = await card_of(town.centre_group, case)
        said = await town.centre_group.presses_data(card["message_id"], f"c:{case.id}:turn:1:{value}")
        assert said is not None and said["show_alert"]
    assert (await now_is(town, case)).status is Status.TRIAGE
