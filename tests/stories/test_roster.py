"""值班表: a push goes to whoever is on duty now; the plan is made by buttons or a table, swapped by consent."""

from pathlib import Path

import pytest

from bot.cases.case import Case, Status
from bot.desk.desk import Desk
from storage import people, units
from tests.stories.console import at_console
from tests.stories.office import FIRE, SECRET, goes_to, now_is, reports
from tests.town import Person, Town, buttons_on

MONDAY = 0


async def plans(town: Town, who: Person, day: str, shift: str, *names: str) -> None:
    """The leader puts people into shifts by buttons."""
    for name in names:
        await who.sends("/duty")
        await who.presses("改值班表")
        await who.presses(day)
        await who.presses(f"➕ {shift}")
        await who.presses(name)


async def joins(town: Town, who: Person, name: str, rank: int = 1) -> None:
    """Somebody becomes one of the community."""

    async def appoint(desk: Desk) -> None:
        unit = await units.by_code(desk.tx, "xinmao")
        assert unit is not None
        row = {"role": "responder", "rank": rank, "unit_id": unit.id}
        await people.appoint(desk.tx, desk.office.seals.vault, who.id, name, [row])

    await who.sends("/start")
    await town.app.at_desk(appoint)


async def secret(town: Town) -> Case:
    """A confidential case at the community: only whoever is on duty gets it."""
    case = await reports(town, SECRET, "有人冒充银行打电话")
    await town.dispatcher.presses("派给其他单位", message=await town.dispatcher.message_with(case.number))
    await town.dispatcher.presses("新茂社区")
    return case


async def test_a_push_goes_to_whoever_is_on_duty_now_and_only_they_sign(town: Town) -> None:
    await goes_to(town, 10, weekday=MONDAY)
    await joins(town, town.neighbour, "陈小东")
    await plans(town, town.leader, "每天", "白班", "陈小东")
    await plans(town, town.leader, "每天", "夜班", "李建国")
    by_day = await secret(town)
    assert await town.neighbour.sees(by_day.number) and not await town.responder.sees(by_day.number)
    await town.passes(hours=9)
    by_night = await secret(town)
    assert await town.responder.sees(by_night.number) and not await town.neighbour.sees(by_night.number)
    card = await town.responder.message_with(by_night.number)
    said = await town.neighbour.presses_data(
        (await town.neighbour.messages())[-1]["message_id"], f"c:{by_night.id}:accept:1:"
    )
    assert said is not None and said["show_alert"] and (await now_is(town, by_night)).status is Status.DISPATCHED
    await town.responder.presses("签收", message=card)
    assert (await now_is(town, by_night)).status is Status.ACCEPTED


async def test_without_a_plan_the_rank_holds_as_before(town: Town) -> None:
    await goes_to(town, 10, weekday=MONDAY)
    case = await secret(town)
    assert await town.responder.sees(case.number) and not await town.leader.sees(case.number)
    await town.responder.sends("/duty")
    assert "现在值班：李建国\n还没有值班表，按职务通知。" in await town.responder.said()


async def test_a_gap_in_the_plan_falls_back_on_the_rank(town: Town) -> None:
    await goes_to(town, 19, weekday=MONDAY)
    await plans(town, town.leader, "每天", "白班", "孙桂芳")
    case = await secret(town)
    assert await town.responder.sees(case.number) and not await town.leader.sees(case.number)


async def test_a_red_case_climbs_from_whoever_is_on_duty_to_deputy_and_leader(town: Town) -> None:
    await goes_to(town, 10, weekday=MONDAY)
    await joins(town, town.neighbour, "陈小东", rank=0)
    await joins(town, town.whistleblower, "赵师傅", rank=1)
    await plans(town, town.leader, "每天", "白班", "陈小东")
    case = await reports(town, FIRE, "3栋二楼冒烟", danger=True)
    await town.centre_group.presses("派给其他单位", message=await town.centre_group.message_with(case.number))
    await town.centre_group.presses("新茂社区")
    assert await town.neighbour.sees(case.number) and not await town.responder.sees(case.number)
    heard: list[tuple[bool, bool, bool]] = []
    for _ in range(3):
        await town.passes(minutes=5)
        said = [any("签收" in one and "⏰" in one for one in await who.heard()) for who in _ladder(town)]
        heard.append((said[0], said[1], said[2]))
    assert heard == [(True, False, False), (True, True, False), (True, True, True)]


def _ladder(town: Town) -> tuple[Person, Person, Person]:
    return town.neighbour, town.whistleblower, town.leader


async def test_the_card_in_the_group_says_whose_turn_it_is(town: Town) -> None:
    await goes_to(town, 10, weekday=MONDAY)
    await plans(town, town.leader, "周一到周五", "白班", "孙桂芳")
    case = await reports(town)
    assert "值班：孙桂芳" in (await town.community_group.message_with(case.number))["text"]


async def test_a_substitute_has_the_shifts_of_somebody_away(town: Town) -> None:
    await goes_to(town, 10, weekday=MONDAY)
    await plans(town, town.leader, "每天", "白班", "李建国")
    today = town.app.office.clock.now()
    await town.leader.sends("/duty")
    await town.leader.presses("改值班表")
    await town.leader.presses("请假和替班")
    await town.leader.presses("李建国")
    await town.leader.sends("后天吧")
    assert "没看懂" in await town.leader.said()
    await town.leader.sends(f"{today:%m-%d}")
    await town.leader.presses("孙桂芳")
    case = await secret(town)
    assert await town.leader.sees(case.number) and not await town.responder.sees(case.number)
    await town.responder.sends("/duty")
    assert "现在值班：孙桂芳" in await town.responder.said()
    await town.leader.presses("✖ 李建国")
    await town.responder.sends("/duty")
    assert "现在值班：李建国" in await town.responder.said()


async def test_two_swap_their_shifts_when_both_want_it(town: Town) -> None:
    await goes_to(town, 10, weekday=MONDAY)
    await plans(town, town.leader, "周二", "白班", "李建国")
    await plans(town, town.leader, "周三", "白班", "孙桂芳")
    await town.responder.sends("/duty")
    await town.responder.presses("换班")
    await town.responder.presses("周二 08:30")
    await town.responder.presses("周三 08:30 孙桂芳")
    assert "已经问对方了" in await town.responder.said()
    asked = await town.leader.message_with("想跟您换班")
    mine = (await town.responder.messages())[-1]["message_id"]
    said = await town.responder.presses_data(mine, _data(asked, "同意"))
    assert said is not None and said["show_alert"], "whoever asks does not agree in the other's place"
    await town.passes(hours=23)
    await town.responder.sends("/duty")
    assert "现在值班：李建国" in await town.responder.said(), "nothing is swapped before the other has agreed"


def _data(message: dict[str, object], words: str) -> str:
    markup: dict[str, list[list[dict[str, str]]]] = message["reply_markup"]  # pyright: ignore[reportAssignmentType]
    return next(one["callback_data"] for row in markup["inline_keyboard"] for one in row if words in one["text"])


async def test_the_other_agrees_to_a_swap_once(town: Town) -> None:
    await goes_to(town, 10, weekday=MONDAY)
    await plans(town, town.leader, "周二", "白班", "李建国")
    await plans(town, town.leader, "周三", "白班", "孙桂芳")
    await town.responder.sends("/duty")
    await town.responder.presses("换班")
    await town.responder.presses("周二 08:30")
    await town.responder.presses("周三 08:30 孙桂芳")
    asked = await town.leader.message_with("想跟您换班")
    await town.leader.presses("同意换班")
    assert "孙桂芳同意换班" in await town.responder.said()
    said = await town.leader.presses_data(asked["message_id"], _data(asked, "同意"))
    assert said is not None and said["show_alert"], "it is answered already"
    await town.passes(hours=23)
    await town.leader.sends("/duty")
    assert "现在值班：孙桂芳" in await town.leader.said()
    await town.passes(hours=24)
    await town.leader.sends("/duty")
    assert "现在值班：李建国" in await town.leader.said()
    await town.leader.presses("一个月")
    month = await town.leader.said()
    assert "周三 08:30-17:30 李建国（换班）" in month and month.count("08:30-17:30") == 9


async def test_only_leaders_and_admins_change_a_plan(town: Town) -> None:
    await goes_to(town, 10, weekday=MONDAY)
    await plans(town, town.leader, "每天", "白班", "孙桂芳")
    await town.leader.sends("/duty")
    await town.leader.presses("改值班表")
    shown = await town.leader.message_with("周值班表")
    await town.responder.sends("/duty")
    assert not any("改值班表" in one for one in await town.responder.buttons())
    mine = (await town.responder.messages())[-1]["message_id"]
    forged = ("du:add:4:0.510.1050.1", "du:drop:4:0.1", "du:sub:4:1.20301130.20301130.0")
    for data in (_data(shown, "周一"), _data(shown, "请假"), *forged):
        said = await town.responder.presses_data(mine, data)
        assert said is not None and said["show_alert"], data
    await town.other_responder.sends("/duty")
    assert "新茂社区" not in await town.other_responder.said()
    await town.admin.sends("/units 新茂社区")
    await town.admin.presses("改值班表")
    await town.admin.presses("周一")
    await town.admin.presses("✖ 白班 08:30-17:30 孙桂芳")
    assert "✖ 白班 08:30-17:30 孙桂芳" not in await town.admin.buttons()


async def test_hours_of_ones_own_are_written(town: Town) -> None:
    await goes_to(town, 10, weekday=MONDAY)
    await town.leader.sends("/duty")
    await town.leader.presses("改值班表")
    await town.leader.presses("周一")
    await town.leader.presses("其他时间")
    await town.leader.sends("从早到晚")
    assert "没看懂" in await town.leader.said()
    await town.leader.sends("9:00-21:00")
    await town.leader.presses("李建国")
    assert "<b>" not in await town.leader.said() and "周一　09:00-21:00 李建国" in await town.leader.said()


async def test_gaps_are_told_to_the_leader_once_a_day(town: Town) -> None:
    await goes_to(town, 7, weekday=MONDAY)
    await plans(town, town.leader, "周一", "白班", "李建国")
    await town.passes(hours=3)
    told = [one for one in await town.leader.heard() if "没人值班" in one]
    assert len(told) == 1 and "08:30 到" in told[0]
    assert "✏️ 改值班表" in buttons_on(await town.leader.message_with("没人值班"))
    await town.passes(hours=6)
    assert len([one for one in await town.leader.heard() if "没人值班" in one]) == 1
    assert not await town.responder.sees("没人值班")


async def test_rosters_come_from_a_table_and_go_into_one(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = at_console(town, monkeypatch)
    wrong = tmp_path / "wrong.csv"
    wrong.write_text(
        "单位编码,姓名,星期,班次,请假从,请假到,替班人\n"
        "xinmao,李建国,周一,白班,,,\n"
        "xinmao,李建国,周八,白班,,,\n"
        "xinmao,张三,周一,白班,,,\n"
        "nowhere,李建国,周一,25点,,,\n"
        "xinmao,孙桂芳,,,2030-11-30,2030-11-01,\n"
        "xinmao,孙桂芳,,,2030-11-30,2030-12-02,孙桂芳\n"
        "xinmao,李建国,,,,,\n"
        "xinmao,李建国,周一,白班,2030-11-30,,\n"
        "xinmao,李建国,,,,2030-11-30,\n"
        "xinmao,李建国,,,2031-01-01,2031-01-05,\n"
        "xinmao,李建国,,,2031-01-05,2031-01-06,\n",
        "utf-8",
    )
    code, said = run("roster", "import", str(wrong), "--apply")
    assert code == 1
    for words in (
        "第 3 行“星期”：“周八”不是星期",
        "第 4 行“姓名”：这个单位没有“张三”",
        "第 5 行“单位编码”：没有编码为“nowhere”的单位",
        "第 6 行“请假到”",
        "第 7 行“替班人”：不能自己替自己",
        "第 8 行“星期”：没有填",
        "第 9 行“星期”：班次和请假要分成两行写",
        "第 10 行“请假从”：没有填",
        "第 12 行“请假从”：这个人这几天请假，第 11 行已经有了",
        "共 10 处错误，什么也没有改",
    ):
        assert words in said, said
    assert "0 行" in run("roster", "export", str(tmp_path / "none.csv"))[1], "nothing was half imported"
    fine = tmp_path / "fine.csv"
    fine.write_text(
        "单位编码,姓名,星期,班次,请假从,请假到,替班人\n"
        + "".join(f"xinmao,李建国,周{day},白班,,,\n" for day in "一二三四五")
        + "xinmao,李建国,,,2030-11-30,2030-12-02,孙桂芳\n",
        "utf-8",
    )
    assert "试运行" in run("roster", "import", str(fine))[1]
    code, said = run("roster", "import", str(fine), "--apply")
    assert code == 0 and "1 个单位的值班表，共 5 个班；1 个请假。" in said
    out = tmp_path / "out.xlsx"
    assert "6 行" in run("roster", "export", str(out))[1]
    again = run("roster", "import", str(out), "--apply")
    assert again[0] == 0 and "共 5 个班" in again[1]
    assert "6 行" in run("roster", "export", str(out))[1], "who is away once is away once"
    await town.responder.sends("/duty")
    assert "还没有值班表" not in await town.responder.said()


async def test_the_doctor_tells_of_gaps(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    await plans(town, town.leader, "周一", "白班", "李建国")
    _, said = at_console(town, monkeypatch)("doctor")
    assert "值班表：近一周有时候没人值班：新茂社区" in said
