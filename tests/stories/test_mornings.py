"""The start of work: one list for each; cards that stay; nothing without an owner; and no group that drowns."""

from datetime import timedelta
from pathlib import Path

from bot.cases.case import Status
from bot.desk.desk import Desk
from storage import cases, clocks, people
from tests.stories.office import FIRE, SECRET, count, files, goes_to, now_is, reports
from tests.town import Town, buttons_on, open_town

MORNING = "早上好"


async def test_each_group_and_person_gets_one_list_at_the_start_of_work(town: Town) -> None:
    await goes_to(town, 16)
    case = await reports(town)
    await town.community_group.presses("签收", message=await town.community_group.message_with(case.number))
    new = await reports(town)
    await town.passes(hours=16)
    assert not await town.community_group.sees(MORNING), "it is not eight yet"
    await town.passes(hours=2)
    digest = await town.community_group.message_with(MORNING)
    assert "🆕 新到 2 件" in digest["text"] and new.number in digest["text"]
    own = await town.responder.message_with(MORNING)
    assert case.number in own["text"] and new.number not in own["text"], "only what is in the own hands"
    assert f"办 {case.number}" in buttons_on(own)
    assert not await town.leader.sees(MORNING) and not await town.other_responder.sees(MORNING)
    await town.passes(hours=8)
    assert count(await town.community_group.heard(), MORNING) == 1


async def test_overdue_stands_first_and_opens_with_its_buttons(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await town.community_group.presses("签收", message=await town.community_group.message_with(case.number))
    await town.passes(days=3)
    await town.passes(days=1)
    digest = [one for one in await town.responder.messages() if MORNING in (one.get("text") or "")][-1]
    assert "🔴 已超期 1 件" in digest["text"]
    await town.responder.presses(f"办 {case.number}", message=digest)
    assert "🟥 红牌" in await town.responder.said() and "✅ 办结" in await town.responder.buttons()


async def test_nobody_without_anything_to_do_is_greeted(town: Town) -> None:
    await goes_to(town, 7)
    await town.passes(hours=6)
    for who in (town.community_group, town.centre_group, town.responder, town.dispatcher):
        assert not await who.sees(MORNING)


async def test_the_centre_reads_what_waits_and_of_what_is_confidential_only_privately(town: Town) -> None:
    await goes_to(town, 7)
    plain = await reports(town, words="路灯不亮", node=None)
    secret = await reports(town, SECRET, "有人冒充银行打电话")
    await town.passes(hours=2)
    group, private = await town.centre_group.message_with(MORNING), await town.dispatcher.message_with(MORNING)
    assert plain.number in group["text"] and secret.number not in group["text"]
    assert secret.number in private["text"] and plain.number not in private["text"]


async def test_a_yellow_and_a_red_card_stay_on_the_case_until_it_has_another_promise(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    group = town.community_group
    await group.presses("签收", message=await group.message_with(case.number))
    await group.presses("到场", message=await group.message_with(case.number))
    while (late := await now_is(town, case)).red_at is None:
        await town.passes(hours=6)
    assert late.yellow_at is not None and late.yellow_at < late.red_at
    assert "🟥 红牌" in (await group.message_with("推送号"))["text"]
    async with town.app.database.read() as tx:
        written = [one.action for one in await cases.history_of(tx, case.id)]
    assert [written.count(one) for one in ("yellow_card", "red_card")] == [1, 1]
    await group.presses("更多", message=await group.message_with("推送号"))
    await group.presses("申请延期")
    await group.sends("灯杆要换", reply_to=(await group.messages())[-1]["message_id"])
    await town.centre_group.presses("同意延期", message=await town.centre_group.message_with("【延期审核】"))
    await town.centre_group.sends("同意", reply_to=(await town.centre_group.messages())[-1]["message_id"])
    after = await now_is(town, case)
    assert (after.status, after.yellow_at, after.red_at) == (Status.HANDLING, None, None)


async def test_a_case_that_is_ended_keeps_its_cards(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    while (await now_is(town, case)).red_at is None:
        await town.passes(hours=6)
    group = town.community_group
    for button in ("签收", "办结"):
        await group.presses(button, message=await group.message_with("推送号"))
    await group.sends_photo("与居民联系，换了灯泡，今天完成", reply_to=(await group.messages())[-1]["message_id"])
    after = await now_is(town, case)
    assert after.status is Status.VERIFY and after.red_at is not None


async def test_dispatchers_oversee_a_case_and_end_it_each_with_a_reason(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    centre = town.centre_group
    await centre.presses("更多", message=await centre.message_with(case.number))
    await centre.presses("📌 挂牌督办")
    await centre.sends("三天内必须修好", reply_to=(await centre.messages())[-1]["message_id"])
    assert (await now_is(town, case)).overseen_at is not None
    assert await town.community_group.sees(f"📌 {case.number} 挂牌督办：三天内必须修好")
    assert await town.leader.sees("挂牌督办：三天内必须修好")
    assert "📌 挂牌督办" in (await town.community_group.message_with("推送号"))["text"]
    await centre.presses("更多", message=await centre.message_with("推送号"))
    assert "📌 挂牌督办" not in buttons_on(await centre.message_with("推送号"))
    await centre.presses("📌 解除督办")
    await centre.sends("已经在修", reply_to=(await centre.messages())[-1]["message_id"])
    assert (await now_is(town, case)).overseen_at is None
    assert await town.community_group.sees(f"📌 {case.number} 解除督办：已经在修")
    async with town.app.database.read() as tx:
        written = [(one.action, one.note) for one in await cases.history_of(tx, case.id)]
    assert written[-2:] == [("oversee", "三天内必须修好"), ("release", "已经在修")]


async def test_three_workdays_late_a_case_is_overseen_by_rule(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    for _ in range(40):
        await town.passes(hours=6)
    assert (await now_is(town, case)).overseen_at is not None
    assert await town.community_group.sees(f"📌 挂牌督办：{case.number}")
    async with town.app.database.read() as tx:
        by_rule = [one for one in await cases.history_of(tx, case.id) if one.action == "oversee"]
    assert [one.role for one in by_rule] == ["system"]


async def test_after_ten_days_without_the_program_nobody_gets_a_message_for_each_late_case(town: Town) -> None:
    await goes_to(town, 10)
    for number in range(8):
        await files(town, words=f"第{number}盏灯不亮")
    town.app.sender.look()
    await town.settles()
    readers = (town.community_group, town.leader, town.town_office, town.centre_group)
    before = [len(await one.heard()) for one in readers]
    await town.sleeps_through(timedelta(days=10))
    for one, heard in zip(readers, before, strict=True):
        fresh = [text for text in (await one.heard())[heard:] if "路灯" in text]
        assert 1 <= len(fresh) <= 2, fresh
        listed = next(text for text in fresh if "件要抓紧" in text)
        assert listed.startswith("⏰ 有 8 件要抓紧") and "挂牌督办" in listed
        keys = buttons_on(await one.message_with("件要抓紧"))
        assert len(keys) == len(set(keys)), "each case once"
    assert "（新茂社区）：" in await town.town_office.said()


async def test_what_nobody_looks_after_is_told_once_a_day_with_its_numbers(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)

    await town.app.at_desk(lambda desk: clocks.stop(desk.tx, case.id))
    await town.passes(hours=24)
    for who in (town.dispatcher, town.admin):
        told = [one for one in await who.heard() if "没动静" in one]
        assert len(told) == 1 and f"提醒都发过了，还没办完：{case.number}" in told[0]
    await town.passes(hours=24)
    assert count(await town.dispatcher.heard(), "没动静") == 2
    await town.dispatcher.presses(f"看 {case.number}")
    assert "【待签收】" in await town.dispatcher.said()


async def test_a_unit_of_which_nobody_can_be_reached_counts_as_nobody(town: Town) -> None:
    await goes_to(town, 16)
    case = await reports(town)
    await town.app.at_desk(lambda desk: _unreachable(desk, town.responder.id, town.leader.id))
    await town.passes(hours=18)
    assert await town.dispatcher.sees(f"单位没有一个人联系得上：{case.number}")


async def _unreachable(desk: Desk, *ids: int) -> None:
    for one in ids:
        await people.change(desk.tx, people.fingerprint(desk.office.seals.vault, one), reachable=False)


async def test_a_group_reads_so_many_reminders_an_hour_and_the_rest_as_one_list(tmp_path: Path, template: Path) -> None:
    async with open_town(tmp_path / "data", template, nudges_per_group_hour=2) as town:
        await goes_to(town, 10)
        for _ in range(4):
            await files(town)
            await town.passes(minutes=4)
        heard: list[tuple[int, str]] = []
        for minute in range(16, 150, 4):
            before = len(await town.community_group.heard())
            await town.passes(minutes=4)
            said = (await town.community_group.heard())[before:]
            heard += [(minute, one) for one in said if "没人签收" in one or "还没人签收" in one]
        single = [minute for minute, one in heard if "件要抓紧" not in one]
        lists = [(minute, one) for minute, one in heard if "件要抓紧" in one]
        assert len(single) == 2, heard
        assert len(lists) == 1 and lists[0][1].count("没人签收") == 2
        assert lists[0][0] >= single[0] + 60, "an hour after the first of them"


async def test_an_urgent_reminder_is_never_held_back(tmp_path: Path, template: Path) -> None:
    async with open_town(tmp_path / "data", template, nudges_per_group_hour=1) as town:
        await goes_to(town, 10)
        for _ in range(3):
            case = await reports(town, FIRE, "3栋二楼冒烟", danger=True)
            await town.centre_group.presses(
                "派给区消防救援大队", message=await town.centre_group.message_with(case.number)
            )
        await town.passes(minutes=6)
        assert count(await town.fire_brigade.heard(), "还没人签收") == 3
