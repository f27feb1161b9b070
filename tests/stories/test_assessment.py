"""The quarter sheet of a grid member: what counts and what does not, the appeal, invented reports, silent grids."""

from pathlib import Path

import pytest

from bot.cases.case import Case, Status
from bot.desk.coverage import Coverage, coverage_below
from bot.desk.desk import Desk
from storage import cases, grid
from storage.tables import duties, members
from tests.stories.console import at_console
from tests.stories.office import count, goes_to, reports, solved
from tests.stories.steps import case_of, nothing_failed
from tests.stories.test_patrol import CARD, _data
from tests.town import Person, Town, buttons_on


async def mended(town: Town, *, sealed: bool = False) -> Case:
    """A lamp is reported by a resident, mended, and passed by the grid member; the resident gives four stars."""
    case = await reports(town, sealed=sealed)
    if sealed:
        return case
    await solved(town.community_group, case.number)
    await town.grid_member.presses("核查通过", message=await town.grid_member.message_with(case.number))
    await town.app.at_desk(lambda desk: cases.rate(desk.tx, case.id, 0, desk.now(), satisfied=4))
    return case


async def patrols(person: Person) -> None:
    """A day of patrol without a defect."""
    await person.sends("/patrol")
    await person.presses("全部正常")
    await person.presses("✅ 完成")


async def to_the_next_quarter(town: Town) -> str:
    """Go on to the second day of the next quarter, at ten; returns the quarter that is over."""
    before = town.app.office.clock.now()
    over = f"{before.year}Q{(before.month + 2) // 3}"
    year, month = (before.year, before.month + 3 - (before.month - 1) % 3)
    year, month = (year + 1, 1) if month > 12 else (year, month)
    begin = before.replace(year=year, month=month, day=2, hour=2, minute=0, second=0)
    await town.post("clock", {"add": int((begin - before).total_seconds())})
    await town.settles()
    return over


def in_words(quarter: str) -> str:
    """2026Q4 as the sheet says it."""
    return f"{quarter[:4]}年第{quarter[-1]}季度"


async def test_every_number_of_the_sheet_says_what_it_means(town: Town) -> None:
    await goes_to(town, 10)
    await patrols(town.grid_member)
    for _ in range(4):
        await mended(town)
    await town.grid_member.sends("/mysheet")
    few = await town.grid_member.said()
    assert (
        "到现在" in few
        and "1/1 天" in few
        and "您核查的不足 5 件，不算分" in few
        and "评价的居民不足 5 人，不算分" in few
    )
    await mended(town)
    await town.passes(days=2)
    await town.grid_member.sends("/mysheet")
    said = await town.grid_member.said()
    assert "监督核查质量　20.0/20\n　您核查通过的，30 天内没有反弹：5/5 件" in said
    assert "居民评价　11.2/15\n　本网格居民的满意度，1 到 5 星：5 人评价" in said
    assert "响应及时　15.0/15" in said and "有效上报　0.0/20" in said and "没有走访任务，不算分" in said
    assert "不足 5 件" in said and "总分" in said


async def test_sealed_reports_count_nowhere(town: Town) -> None:
    await goes_to(town, 10)
    for _ in range(6):
        await mended(town, sealed=True)
    await town.grid_member.sends("/mysheet")
    assert "您核查的不足 5 件" in await town.grid_member.said()
    assert "要核查的不足 5 件" in await town.grid_member.said()


async def test_an_own_report_counts_when_somebody_else_has_confirmed_it(town: Town) -> None:
    await goes_to(town, 10)
    await town.grid_member.sends("/patrol")
    card = await town.grid_member.message_with(CARD)
    await town.grid_member.presses_data(card["message_id"], _data(card, "有问题", 3))
    said = await town.grid_member.presses("上报：公共水管")
    assert said is not None
    number = said["text"].rpartition(" ")[2]
    await solved(town.community_group, number)
    assert not await town.grid_member.sees("请核查"), "nobody is asked about what they reported themselves"
    asked = await town.centre_group.message_with("请核查")
    own = (await town.grid_member.messages())[-1]["message_id"]
    refused = await town.grid_member.presses_data(own, _data(asked, "核查通过", 0))
    assert refused is not None and refused["show_alert"]
    assert (await case_of(town, number)).status is Status.VERIFY
    await town.grid_member.sends("/mysheet")
    assert "有效上报　0.0/20" in await town.grid_member.said(), "nobody confirms what they reported themselves"
    await town.centre_group.presses("核查通过", message=asked)
    await town.grid_member.sends("/mysheet")
    assert "有效上报　1.0/20" in await town.grid_member.said()
    await town.resident.sends(f"/fake {number} 我说的")
    assert "不归您办" in await town.resident.said()
    await town.dispatcher.sends("/fake")
    assert "请这样写：/fake" in await town.dispatcher.said()
    await town.dispatcher.sends(f"/fake {number} 到场查看，水管完好，照片是旧的")
    assert "已记为查实的虚假上报" in await town.dispatcher.said()
    await town.dispatcher.sends(f"/fake {number} 再记一次")
    assert "已经过去" in await town.dispatcher.said()
    await town.grid_member.sends("/mysheet")
    assert "有效上报　0.0/20" in await town.grid_member.said()
    assert "查实虚假上报 1 件，扣 5 分" in await town.grid_member.said()


async def test_a_sheet_is_given_out_appealed_against_and_decided_with_a_reason(town: Town) -> None:
    await goes_to(town, 10)
    await patrols(town.grid_member)
    over = await to_the_next_quarter(town)
    assert count(await town.grid_member.heard(), f"您 {in_words(over)} 的考核单出来了") == 1
    await town.grid_member.presses("看考核单")
    shown = await town.grid_member.message_with(f"{in_words(over)} 考核单")
    assert buttons_on(shown) == ["✋ 申诉", "本季度到现在"]
    await town.grid_member.presses("申诉", message=shown)
    await town.grid_member.sends("10月<住院>两周，有病假条")
    assert "申诉收到了" in await town.grid_member.said()
    again = await town.grid_member.presses("申诉", message=shown)
    assert again is not None and again["show_alert"], "one appeal for a sheet"
    asked = await town.dispatcher.message_with("申诉")
    assert "钱丽 对" in asked["text"] and "10月<住院>两周" in asked["text"]
    judge = _data(asked, "加 5 分", 0)
    for who in (town.resident, town.grid_member):
        newest = (await who.messages())[-1]["message_id"] if await who.messages() else 1
        if newest > 1:
            refused = await who.presses_data(newest, judge)
            assert refused is not None and refused["show_alert"]
    await town.dispatcher.presses("同意，加 5 分", message=asked)
    await town.dispatcher.sends("病假属实")
    assert "记下了" in await town.dispatcher.said()
    late = await town.dispatcher.presses("不同意", message=asked)
    assert late is not None and late["show_alert"], "decided once"
    assert await town.grid_member.sees("申诉同意了，加 5 分。理由：病假属实")
    await town.grid_member.sends("/mysheet")
    said = await town.grid_member.said()
    assert "申诉后加 5 分" in said and "您已经申诉过" in said
    await town.grid_member.presses("本季度到现在")
    assert await town.grid_member.sees("到现在")
    assert await nothing_failed(town)


async def test_after_five_days_it_is_too_late_to_appeal(town: Town) -> None:
    await goes_to(town, 10)
    over = await to_the_next_quarter(town)
    await town.grid_member.presses("看考核单")
    shown = await town.grid_member.message_with(f"{in_words(over)} 考核单")
    await town.passes(days=5, minutes=1)
    late = await town.grid_member.presses("申诉", message=shown)
    assert late is not None and late["show_alert"] and "过了时间" in late["text"]


async def test_who_is_no_grid_member_has_no_sheet_and_forged_presses_do_nothing(town: Town) -> None:
    await town.resident.sends("/mysheet")
    assert "找管理员登记" in await town.resident.said()
    await town.grid_member.sends("/mysheet")
    newest = (await town.grid_member.messages())[-1]["message_id"]
    for data in ("s:see:2099Q1", "s:see:x", "s:appeal:2026Q4", "s:judge:1:5", "s:judge:1:99", "s:judge:x:0", "s"):
        said = await town.grid_member.presses_data(newest, data)
        assert said is not None and said["show_alert"], data


async def test_a_silent_grid_is_told_to_the_centre_once_in_two_weeks(town: Town) -> None:
    silent = "新港小区 已经 14 天没有一件上报"
    await goes_to(town, 10)
    await town.passes(days=8)
    await reports(town)
    await town.passes(days=13)
    assert not await town.centre_group.sees(silent), "there was a report"
    await town.passes(days=3)
    assert count(await town.centre_group.heard(), silent) == 1
    await town.passes(days=10)
    assert count(await town.centre_group.heard(), silent) == 1
    await town.passes(days=5)
    assert count(await town.centre_group.heard(), silent) == 2


async def test_the_command_line_writes_the_sheets_of_a_town_and_the_coverage(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await patrols(town.grid_member)
    console, out = at_console(town, monkeypatch), tmp_path / "sheet.xlsx"
    now = town.app.office.clock.now()
    quarter = f"{now.year}Q{(now.month + 2) // 3}"
    assert console("assessment", quarter, "--town", "DX01", "--out", str(out)) == (0, f"已写好 {out}，1 行。\n")
    assert out.read_bytes().startswith(b"PK")
    assert console("assessment", "2026-4", "--town", "DX01", "--out", str(out))[0] == 2
    assert console("assessment", "2099Q1", "--town", "DX01", "--out", str(out))[0] == 1


async def test_the_matrix_shows_which_kind_of_whistleblower_a_community_has(town: Town) -> None:
    async def looked_at(desk: Desk) -> Coverage:
        await desk.tx.execute(members.insert().values(id=77, name="志愿者甲", kind="志愿者"))
        found = await grid.by_code(desk.tx, "DX0102")
        assert found is not None
        await desk.tx.execute(duties.insert().values(member_id=77, role="whistleblower", node_id=found.id))
        above = await grid.by_code(desk.tx, "DX01")
        assert above is not None
        return await coverage_below(desk, above)

    covered = await town.app.at_desk(looked_at)
    rows = {name: (dict(zip(covered.kinds, counts, strict=True)), lacking) for name, counts, lacking in covered.rows}
    assert rows["滨河社区"][0]["志愿者"] == 1 and "志愿者" not in rows["滨河社区"][1]
    assert rows["新茂社区"][0]["网格员"] == 1 and "志愿者" in rows["新茂社区"][1]
