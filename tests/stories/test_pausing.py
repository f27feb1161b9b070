"""要补充: while a unit's question waits for the reporter its clock stands, three days at most; then it goes on."""

from datetime import timedelta

from bot.cases.case import Case, Status
from bot.cases.conditions import PAUSE_AT_MOST
from bot.cases.worktime import SHANGHAI
from tests.stories.centre import answers, card_of, jumps, lines_of
from tests.stories.office import FIRE, count, goes_to, now_is, photo, reports
from tests.stories.steps import nothing_failed, promise_card
from tests.stories.test_confidential import everything_in_groups
from tests.town import Person, Town


async def asked(town: Town, question: str = "哪一盏灯？", *, hours: float = 0) -> tuple[Case, Case]:
    """A lamp that a unit has; so many hours later it asks. The case before and after the question."""
    await goes_to(town, 10)
    case = await reports(town)
    await town.community_group.presses("签收", message=await card_of(town.community_group, case))
    before = await now_is(town, case)
    if hours:
        await town.passes(hours=hours)
    await _asks(town.community_group, case, question)
    return before, await now_is(town, case)


async def _asks(who: Person, case: Case, question: str) -> None:
    await who.presses("问上报人", message=await card_of(who, case))
    await answers(who, question)


def _day(case: Case) -> str:
    assert case.due_at is not None
    until = case.due_at.astimezone(SHANGHAI)
    return f"{until.month}月{until.day}日"


def _moved(before: Case, after: Case) -> timedelta:
    assert before.due_at and after.due_at
    return after.due_at - before.due_at


async def test_the_clock_stands_until_the_reporter_answers_and_the_unit_reads_the_new_date(town: Town) -> None:
    before, waiting = await asked(town)
    assert (waiting.status, _moved(before, waiting)) == (Status.HANDLING, PAUSE_AT_MOST)
    card = await card_of(town.community_group, waiting)
    assert "在等上报人回答，时限暂停" in card["text"] and "前办结" not in card["text"]
    heard = len(await town.community_group.heard())
    await town.passes(days=2)
    assert not [text for text in (await town.community_group.heard())[heard:] if "时限" in text], "nothing rings"
    assert not await town.leader.sees(waiting.number)
    await town.resident.presses("回答", message=await town.resident.message_with("哪一盏灯"))
    await town.resident.sends("门口左边第二盏")
    after = await now_is(town, waiting)
    assert after.paused_at is None
    assert timedelta(0) <= _moved(before, after) - timedelta(days=2) < timedelta(minutes=5)
    answer, goes_on = (await town.community_group.heard())[-2:]
    assert answer == f"💬 {after.number} 上报人回答：门口左边第二盏"
    assert f"{after.number} 上报人回答了，时限接着走，请在 {_day(after)}" in goes_on
    assert _day(after) in (await card_of(town.community_group, after))["text"]
    assert _day(after) in (await promise_card(town.resident, after.number))["text"]
    assert ("answer", "门口左边第二盏") in await lines_of(town, after)
    await town.resident.sends(after.number)
    assert "您回答了：门口左边第二盏" in await town.resident.said()
    assert await nothing_failed(town)


async def test_after_three_days_the_clock_goes_on_by_itself_and_stands_no_more(town: Town) -> None:
    before, waiting = await asked(town)
    await town.passes(days=2, hours=23)
    assert (await now_is(town, waiting)).paused_at is not None
    await town.passes(hours=1, minutes=5)
    after = await now_is(town, waiting)
    assert (after.status, after.paused_at, _moved(before, after)) == (Status.HANDLING, None, PAUSE_AT_MOST)
    assert f"上报人一直没有回答，时限接着走，请在 {_day(after)}" in await town.community_group.said()
    assert ("lapse", None) in await lines_of(town, after)
    assert not await town.resident.sees("恢复办理")
    await _asks(town.community_group, after, "现在亮了吗？")
    again = await now_is(town, after)
    assert (again.paused_at, _moved(after, again)) == (None, timedelta(0)), "three days are all there is"
    assert await town.resident.sees("现在亮了吗？"), "though it may still be asked"
    await town.resident.presses("回答", message=await town.resident.message_with("哪一盏灯"))
    await town.resident.sends("来晚了，是左边那盏")
    assert await town.community_group.sees("上报人补充：来晚了，是左边那盏")
    assert count(await town.community_group.heard(), "时限接着走") == 1


async def test_a_second_question_uses_what_is_left_of_the_three_days(town: Town) -> None:
    before, waiting = await asked(town)
    await town.passes(days=1)
    answer = await town.resident.message_with("哪一盏灯")
    await town.resident.sends_any(**photo(3), reply_to=answer["message_id"])
    once = await now_is(town, waiting)
    assert once.paused_at is None and "上报人回答了，时限接着走" in await town.community_group.said()
    await _asks(town.community_group, once, "几点开始不亮的？")
    assert _moved(before, await now_is(town, once)) == PAUSE_AT_MOST
    await jumps(town, days=2.1)
    after = await now_is(town, once)
    assert (after.paused_at, _moved(before, after)) == (None, PAUSE_AT_MOST)


async def test_what_rang_before_the_question_rings_once_and_the_rest_rings_later(town: Town) -> None:
    _, waiting = await asked(town, hours=46)
    assert count(await town.community_group.heard(), "过半") == 1
    await town.passes(days=1)
    await town.resident.presses("回答", message=await town.resident.message_with("哪一盏灯"))
    await town.resident.sends("左边那盏")
    await town.passes(hours=3)
    assert count(await town.community_group.heard(), "过半") == 1
    assert not await town.community_group.sees("红牌")
    await town.passes(days=3)
    assert await town.community_group.sees("红牌"), "the clock did go on"
    assert (await now_is(town, waiting)).red_at is not None


async def test_a_unit_that_goes_on_without_the_answer_has_the_time_back_that_it_did_not_use(town: Town) -> None:
    before, waiting = await asked(town)
    await town.passes(hours=5)
    group = town.community_group
    await group.presses("办结", message=await card_of(group, waiting))
    await answers(group, "与居民联系，换了灯泡，今天下午完成")
    await group.sends_photo("现场", reply_to=(await group.messages())[-1]["message_id"])
    after = await now_is(town, waiting)
    assert (after.status, after.paused_at) == (Status.VERIFY, None)
    assert timedelta(hours=5) <= _moved(before, after) < timedelta(hours=5, minutes=5)


async def test_the_clock_of_danger_never_stands(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, FIRE, "三楼着火了")
    if (await now_is(town, case)).status is Status.TRIAGE:
        await town.centre_group.presses("派给", message=await card_of(town.centre_group, case))
    crew = town.fire_brigade
    await crew.presses("签收", message=await card_of(crew, case))
    before = await now_is(town, case)
    await _asks(crew, case, "还有人在里面吗？")
    after = await now_is(town, case)
    assert await town.resident.sees("还有人在里面吗")
    assert (after.paused_at, after.due_at) == (None, before.due_at)


async def test_danger_that_is_answered_ends_the_pause(town: Town) -> None:
    _, waiting = await asked(town)
    await town.resident.presses("回答", message=await town.resident.message_with("哪一盏灯"))
    await town.resident.sends("着火了，灯杆在冒火")
    after = await now_is(town, waiting)
    assert after.paused_at is None and after.danger
    assert after.due_at is not None and after.due_at < town.app.office.clock.now() + timedelta(days=2)


async def test_of_a_sealed_report_the_clock_stands_too_and_no_group_hears_of_it(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, words="有人半夜拆路灯", sealed=True)
    await decides_to_send(town, case)
    await town.responder.presses("签收", message=await card_of(town.responder, case))
    before = await now_is(town, case)
    await _asks(town.responder, case, "哪个晚上？")
    assert _moved(before, await now_is(town, case)) == PAUSE_AT_MOST
    await town.passes(hours=20)
    await town.resident.presses("回答", message=await town.resident.message_with("哪个晚上"))
    await town.resident.sends("星期六晚上")
    after = await now_is(town, case)
    assert after.paused_at is None and timedelta(hours=20) <= _moved(before, after) < timedelta(hours=20, minutes=9)
    assert await town.responder.sees("上报人回答：星期六晚上")
    assert await town.responder.sees(f"{case.number} 上报人回答了，时限接着走，请在 {_day(after)}")
    seen = await everything_in_groups(town)
    assert case.number not in seen and "星期六晚上" not in seen and "时限接着走" not in seen


async def decides_to_send(town: Town, case: Case) -> None:
    await town.dispatcher.presses("派给其他单位", message=await card_of(town.dispatcher, case))
    await town.dispatcher.presses("新茂社区")


async def test_another_unit_begins_with_three_days_of_its_own(town: Town) -> None:
    before, waiting = await asked(town)
    await town.passes(days=1)
    await town.centre_group.presses("改派", message=await card_of(town.centre_group, waiting))
    await town.centre_group.presses("滨河社区")
    sent = await now_is(town, waiting)
    assert (sent.status, sent.paused_at, sent.paused_s) == (Status.DISPATCHED, None, 0)
    assert timedelta(days=1) <= _moved(before, sent) < timedelta(days=1, minutes=9), "the time it stood is not lost"


async def test_neither_the_unit_nor_a_stranger_ends_the_pause(town: Town) -> None:
    _, waiting = await asked(town)
    group = town.community_group
    await group.sends("已经去看过了", reply_to=(await card_of(group, waiting))["message_id"])
    assert await town.resident.sees("有进展：已经去看过了")
    await town.neighbour.sends("/start")
    said = await town.neighbour.presses_data(
        (await town.neighbour.messages())[-1]["message_id"], f"c:{waiting.id}:add:1:"
    )
    assert said is not None and said["show_alert"]
    assert (await now_is(town, waiting)).paused_at is not None


async def test_an_answer_that_no_group_may_read_ends_the_pause_too(town: Town) -> None:
    _, waiting = await asked(town)
    await town.resident.presses("回答", message=await town.resident.message_with("哪一盏灯"))
    await town.resident.sends("我老公天天打我，灯就是他砸的")
    assert (await now_is(town, waiting)).paused_at is None
    assert await town.community_group.sees("上报人回答了，时限接着走")
    assert "打我" not in await everything_in_groups(town)
