"""What a tired clerk reads: the day that would hold, why something came back, whether the line took over."""

from datetime import timedelta

from bot.cases.case import Colour, Status
from bot.texts import texts_in
from tests.stories.centre import answers, appoint, card_of, decides
from tests.stories.office import FIRE, goes_to, now_is, reports, solved
from tests.stories.steps import nothing_failed
from tests.town import Town, buttons_on


async def test_who_decides_about_more_time_reads_both_days(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    group = town.community_group
    for words in ("签收", "到场", "更多", "申请延期"):
        await group.presses(words, message=await group.message_with(f"{case.number}　"))
    await answers(group, "等配件")
    card = (await card_of(town.centre_group, case))["text"]
    due = (await now_is(town, case)).due_at
    assert due is not None
    texts = texts_in("zh")
    assert texts.card_undecided(due, due + timedelta(days=3)) in card
    await town.centre_group.presses("同意延期", message=await card_of(town.centre_group, case))
    await answers(town.centre_group, "行")
    assert (await now_is(town, case)).due_at == due + timedelta(days=3)


async def test_what_did_not_pass_is_not_shown_as_done_and_says_why(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await solved(town.community_group, case.number)
    await town.grid_member.presses("不通过")
    await answers(town.grid_member, "还是不亮")
    assert (await now_is(town, case)).status is Status.REWORK
    card = (await town.community_group.message_with(f"{case.number}　"))["text"]
    assert "上次报的结果（没通过）" in card and "处置结果：" not in card and "↩️ 要返工：还是不亮" in card


async def test_of_what_was_handed_to_the_line_it_is_asked_whether_the_line_took_over(town: Town) -> None:
    await goes_to(town, 10)
    await appoint(town, town.admin)
    case = await reports(town, FIRE, "厨房冒烟")
    await decides(town.centre_group, case, "转紧急专线", "119")
    await town.passes(minutes=8)
    asked = await town.centre_group.message_with("接处了没有")
    assert not await town.centre_group.sees("还没派单")
    assert any("专线已接处" in one for one in buttons_on(asked)) and any("派给" in one for one in buttons_on(asked))
    await town.centre_group.presses("专线已接处", message=asked)
    await answers(town.centre_group, "119 到场扑灭")
    assert (await now_is(town, case)).status is Status.FEEDBACK
    assert (await now_is(town, case)).colour is Colour.RED
    assert await nothing_failed(town)
