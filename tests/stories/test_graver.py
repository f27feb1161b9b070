"""A case gets another grade while it runs: what was promised, what was granted, and what was proposed before."""

from datetime import timedelta

from bot.cases.case import Colour, Level
from tests.stories.centre import answers, appoint, decides
from tests.stories.office import FIRE, LAMP, goes_to, now_is, reports
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
