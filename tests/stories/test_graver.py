"""A case gets another grade while it runs: what was promised, what was granted, and what was proposed before."""

from datetime import timedelta

from bot.cases.case import Colour, Level, Status
from tests.stories.centre import answers, appoint, card_of, decides, lines_of
from tests.stories.office import FIRE, LAMP, STALL, goes_to, now_is, reports
from tests.stories.steps import nothing_failed, promise_card
from tests.town import Town, buttons_on

DAY = timedelta(days=1)


async def test_a_proposal_made_before_danger_was_told_lowers_nothing(town: Town) -> None:
    await goes_to(town, 10)
    await appoint(town, town.admin)
    case = await reports(town, FIRE, "厨房冒烟")
    await decides(town.centre_group, case, "改定级", "🟡 黄")
    await answers(town.centre_group, "烟停了")
    await town.admin.inside(-5001).presses("同意降级")
    await decides(town.centre_group, case, "改定级", "⚪ 无色")
    await answers(town.centre_group, "没事了")
    waits = await town.centre_group.message_with("没事了")
    await town.resident.presses("补充", message=await promise_card(town.resident, case.number))
    await town.resident.sends("又烧起来了，着火了，有人困在里面")
    assert (await now_is(town, case)).colour is Colour.RED
    shown = await town.centre_group.message_with("这条提议作废")
    assert shown["message_id"] == waits["message_id"] and not buttons_on(shown)
    old = waits["reply_markup"]["inline_keyboard"][1][0]["callback_data"]
    said = await town.admin.inside(-5001).presses_data(waits["message_id"], old)
    assert said is not None and "有人改过" in said["text"]
    assert (await now_is(town, case)).colour is Colour.RED
    assert await nothing_failed(town)


async def test_of_two_proposals_the_second_falls_with_the_first(town: Town) -> None:
    await goes_to(town, 10)
    await appoint(town, town.admin)
    case = await reports(town, FIRE, "厨房冒烟")
    for grade, why in (("⚪ 无色", "没事"), ("🟡 黄", "烟不大")):
        await decides(town.centre_group, case, "改定级", grade)
        await answers(town.centre_group, why)
    first = await town.centre_group.message_with("理由：没事")
    await town.admin.inside(-5001).presses("同意降级", message=await town.centre_group.message_with("理由：烟不大"))
    said = await town.admin.inside(-5001).presses_data(
        first["message_id"], first["reply_markup"]["inline_keyboard"][1][0]["callback_data"]
    )
    assert said is not None and said["show_alert"]
    assert (await now_is(town, case)).colour is Colour.YELLOW


async def test_more_time_that_was_granted_outlives_another_level(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, LAMP)
    group = town.community_group
    for words in ("签收", "到场"):
        await group.presses(words, message=await group.message_with(case.number))
    promised = (await now_is(town, case)).due_at
    await group.presses("更多", message=await group.message_with(case.number))
    await group.presses("申请延期", message=await group.message_with(case.number))
    await answers(group, "等配件")
    await town.centre_group.presses("同意延期", message=await town.centre_group.message_with("延期审核"))
    await answers(town.centre_group, "可以")
    longer = (await now_is(town, case)).due_at
    assert promised and longer and longer - promised == 3 * DAY
    await decides(town.centre_group, case, "改定级", "二级")
    await answers(town.centre_group, "要镇里办")
    after = await now_is(town, case)
    assert after.level is Level.TOWN and after.due_at is not None and after.due_at >= longer


async def test_what_becomes_red_on_the_second_day_has_its_own_clock_from_then(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, LAMP)
    group = town.community_group
    for words in ("签收", "到场"):
        await group.presses(words, message=await group.message_with(case.number))
    await town.passes(hours=40)
    await decides(town.centre_group, case, "改定级", "🔴 红")
    await answers(town.centre_group, "线头掉地上，带电")
    after = await now_is(town, case)
    assert after.due_at is not None and after.due_at - town.app.office.clock.now() > DAY - timedelta(minutes=1)
    await town.passes(minutes=30)
    assert (await now_is(town, case)).red_at is None
    assert not any("红牌" in text for text in await group.heard())
    await town.passes(hours=24)
    assert (await now_is(town, case)).red_at is not None


async def test_an_earlier_promise_is_not_put_off_by_a_graver_colour(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, LAMP)
    group = town.community_group
    for words in ("签收", "到场"):
        await group.presses(words, message=await group.message_with(case.number))
    await town.passes(hours=60)
    before = (await now_is(town, case)).due_at
    await decides(town.centre_group, case, "改定级", "🔴 红")
    await answers(town.centre_group, "带电")
    assert (await now_is(town, case)).due_at == before


async def becomes_dangerous(town: Town, number: str) -> None:
    """The reporter adds what makes it red."""
    await town.resident.presses("补充", message=await promise_card(town.resident, number))
    await town.resident.sends("电线掉下来冒火花，着火了")


async def test_what_becomes_red_while_more_time_is_asked_for_is_the_units_again_at_once(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, LAMP)
    group = town.community_group
    for words in ("签收", "到场", "更多", "申请延期"):
        await group.presses(words, message=await group.message_with(f"{case.number}　"))
    await answers(group, "等配件")
    assert (await now_is(town, case)).status is Status.EXTENSION_REVIEW
    await becomes_dangerous(town, case.number)
    after = await now_is(town, case)
    assert (after.status, after.colour) == (Status.HANDLING, Colour.RED)
    assert await group.sees("没同意延期") and await group.sees("红色案件不延期")
    assert any("办结" in one for one in buttons_on(await group.message_with(f"{case.number}　")))
    assert ("decline", "有险情，红色案件不延期，请马上处置") in await lines_of(town, case)
    assert await nothing_failed(town)


async def test_what_becomes_red_on_the_shelf_is_taken_down_and_rings(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, LAMP)
    group, centre = town.community_group, town.centre_group
    for words in ("签收", "到场"):
        await group.presses(words, message=await group.message_with(f"{case.number}　"))
    await decides(centre, case, "挂账")
    question = await centre.message_with("挂账到哪天")
    await centre.presses(buttons_on(question)[-1], message=question)
    await centre.presses("李建国")
    await answers(centre, "等电力公司换线")
    assert (await now_is(town, case)).status is Status.SHELVED
    await town.passes(days=6)
    await becomes_dangerous(town, case.number)
    after = await now_is(town, case)
    assert (after.status, after.colour) == (Status.HANDLING, Colour.RED)
    assert after.due_at is not None and after.due_at - town.app.office.clock.now() <= DAY
    await town.passes(hours=13)
    assert (await now_is(town, case)).yellow_at is not None


async def test_what_becomes_red_while_its_reporter_is_asked_is_the_centres_again(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, STALL, "门口摆摊")
    await town.centre_group.presses("问上报人", message=await card_of(town.centre_group, case))
    await answers(town.centre_group, "几点到几点？")
    assert (await now_is(town, case)).status is Status.NEED_INFO
    await decides(town.centre_group, case, "改定级", "🔴 红")
    await answers(town.centre_group, "煤气罐倒了")
    after = await now_is(town, case)
    assert (after.status, after.colour) == (Status.TRIAGE, Colour.RED)
    await town.passes(minutes=6)
    assert await town.centre_group.sees("还没派单")


async def test_a_grade_while_a_question_stops_the_clock_gives_no_more_time_than_it_stood(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, LAMP)
    group = town.community_group
    for words in ("签收", "到场"):
        await group.presses(words, message=await group.message_with(f"{case.number}　"))
    promised = (await now_is(town, case)).due_at
    await group.presses("问上报人", message=await group.message_with(f"{case.number}　"))
    await answers(group, "哪一盏？")
    assert (await now_is(town, case)).paused_at is not None
    await town.passes(hours=5)
    await decides(town.centre_group, case, "改定级", "二级")
    await answers(town.centre_group, "要镇里办")
    after = await now_is(town, case)
    assert promised is not None and after.due_at is not None and after.paused_at is None
    assert timedelta(hours=4) < after.due_at - promised < timedelta(hours=6)
