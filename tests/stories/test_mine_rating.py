"""Three taps after the work is done; 没解决 is done again; silence closes, and can still be rated."""

from bot.cases.case import Case, Status
from storage import cases
from tests.stories.office import goes_to, now_is, reports, solved
from tests.stories.steps import case_of, files_of, nothing_failed, picture, promise_card, sends_piece
from tests.town import Town


async def _done(town: Town) -> Case:
    """A lamp is mended and checked: the reporter is asked."""
    await goes_to(town, 10)
    case = await reports(town)
    await solved(town.community_group, case.number)
    await town.grid_member.presses("核查通过")
    await town.fetches()
    await town.passes(minutes=1)
    assert "办理的人联系您及时吗" in await town.resident.said()
    return case


async def _rating(town: Town, case: Case) -> dict[str, object]:
    async with town.app.database.read() as tx:
        return await cases.rating_of(tx, case.id, 0)


async def test_three_taps_close_the_case(town: Town) -> None:
    resident = town.resident
    case = await _done(town)
    await resident.presses("及时")
    assert f"{case.number}\u3000② 事情解决了吗" in await resident.said(), "whoever reported more than one knows which"
    await resident.presses("解决了")
    assert f"{case.number}\u3000③ 总的来说，您满意吗" in await resident.said()
    await resident.presses("5 很满意")
    assert f"{case.number} 的评价已记下" in await resident.said()
    after = await now_is(town, case)
    assert (after.status, after.outcome) == (Status.CLOSED, "solved")
    rated = await _rating(town, case)
    assert (rated["contacted"], rated["solved"], rated["satisfied"]) == (True, "yes", 5)
    assert "已结案" in (await promise_card(resident, case.number))["text"]
    await resident.sends(case.number)
    assert "⭐ 评价" not in await resident.buttons(), "rated once"
    assert await nothing_failed(town)


async def test_not_solved_is_done_again(town: Town) -> None:
    resident = town.resident
    case = await _done(town)
    await resident.presses("不及时")
    await resident.presses("没解决")
    assert "要让他们重办" in await resident.said()
    await resident.presses("要，请重办")
    assert "哪里没解决" in await resident.said()
    await resident.sends_any(photo=picture(33), caption="还是不亮，一点没变")
    assert f"{case.number} 重新办理" in await resident.said(3)
    assert (await now_is(town, case)).status is Status.DISPATCHED
    assert await town.community_group.sees("还是不亮，一点没变")
    await town.fetches()
    await town.passes(minutes=1)
    assert sum("photo" in one for one in await town.community_group.messages() if one["from"]["is_bot"]) == 1
    assert "等待签收" in (await promise_card(resident, case.number))["text"]
    assert await nothing_failed(town)


async def test_not_solved_and_no_wish_for_more_still_says_how_satisfied(town: Town) -> None:
    resident = town.resident
    case = await _done(town)
    await resident.presses("及时")
    await resident.presses("没解决")
    await resident.presses("不用了")
    assert "您满意吗" in await resident.said()
    await resident.presses("2 不太满意")
    after = await now_is(town, case)
    assert (after.status, after.outcome) == (Status.CLOSED, "unsolved")
    assert (await _rating(town, case))["satisfied"] == 2


async def test_silence_closes_after_a_week_and_can_still_be_rated(town: Town) -> None:
    resident = town.resident
    case = await _done(town)
    await town.passes(days=6, hours=20)
    assert (await now_is(town, case)).status is Status.FEEDBACK
    await town.passes(hours=5)
    assert (await now_is(town, case)).status is Status.CLOSED
    assert await resident.sees("这几天您还可以评价")
    await resident.sends(case.number)
    await resident.presses("⭐ 评价")
    await resident.presses("及时")
    await resident.presses("解决了一部分")
    await resident.presses("3 一般")
    assert (await case_of(town, case.number)).outcome == "part"


async def test_after_two_weeks_it_is_too_late_to_rate(town: Town) -> None:
    resident = town.resident
    case = await _done(town)
    asked = await resident.message_with("联系您及时吗")
    await town.passes(days=15)
    late = await resident.presses("及时", message=asked)
    assert late and "过了时间" in late["text"]
    assert await _rating(town, case) == {}


async def test_a_closed_case_can_be_reopened_once(town: Town) -> None:
    resident = town.resident
    case = await _done(town)
    for words in ("及时", "解决了", "4 满意"):
        await resident.presses(words)
    await town.passes(days=10)
    await resident.sends(case.number)
    await resident.presses("没解决，要求重办")
    await resident.sends("又坏了")
    assert (await now_is(town, case)).redone == 1
    assert await town.community_group.sees("又坏了")
    await resident.sends(case.number)
    assert "没解决，要求重办" not in await resident.buttons()


async def test_a_closed_case_is_reopened_with_an_album_and_no_piece_becomes_a_new_report(town: Town) -> None:
    resident = town.resident
    case = await _done(town)
    for words in ("及时", "解决了", "4 满意"):
        await resident.presses(words)
    await resident.sends(case.number)
    await resident.presses("没解决，要求重办")
    await sends_piece(resident, "88", 40, "又坏了")
    assert f"{case.number} 重新办理" in await resident.said(2)
    await sends_piece(resident, "88", 140)
    assert "是哪方面的事" not in await resident.said()
    sent = [one for one in await files_of(town, case.number) if one.source == "report"]
    assert len(sent) == 2
    assert await nothing_failed(town)


async def test_after_closing_and_archiving_it_can_still_be_added_to_but_not_corrected(town: Town) -> None:
    resident = town.resident
    case = await _done(town)
    for words in ("及时", "解决了", "4 满意"):
        await resident.presses(words)
    for days, status in ((1, Status.CLOSED), (31, Status.ARCHIVED)):
        await town.passes(days=days)
        assert (await now_is(town, case)).status is status
        await resident.sends(case.number)
        assert "✏️ 说错了，改一下" not in await resident.buttons()
        await resident.presses("补充")
        await resident.sends(f"{days} 天了，灯还亮着，谢谢")
        assert f"已补充到 {case.number}" in await resident.said()
        assert await town.community_group.sees(f"{days} 天了，灯还亮着")
    assert await nothing_failed(town)
