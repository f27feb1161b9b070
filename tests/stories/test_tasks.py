"""Household tasks: a card for every group, counted by taps, reminded of before the day, closed by themselves."""

from pathlib import Path

import pytest

from tests.stories.console import at_console
from tests.stories.office import count, goes_to
from tests.stories.steps import nothing_failed
from tests.stories.test_rollcall import _data
from tests.town import Json, Town, buttons_on

TASK = "反诈APP安装"
TABLE = "📋 任务 "


async def hands_out(town: Town, due: str = "3 天") -> None:
    """A task for the whole town."""
    await town.dispatcher.sends("/task")
    await town.dispatcher.presses("丁岗镇")
    await town.dispatcher.presses("就这里")
    await town.dispatcher.sends(TASK)
    await town.dispatcher.presses(due)
    await town.settles()


async def table(town: Town) -> Json:
    """The table after the next look of the clock."""
    await town.passes(minutes=1)
    return await town.dispatcher.message_with(TABLE)


async def test_fifty_five_households_are_counted_by_taps_to_the_end(town: Town) -> None:
    await goes_to(town, 10)
    await hands_out(town)
    card = await town.other_head.message_with(TASK)
    assert "已完成 0/55 户" in card["text"]
    await town.other_head.presses("+5")
    await town.other_head.presses("+1")
    shown = await town.other_head.message_with(TASK)
    assert shown["message_id"] == card["message_id"] and "已完成 6/55 户" in shown["text"]
    stale = await town.other_head.presses_data(card["message_id"], _data(card, "+5"))
    assert stale is not None and not stale.get("show_alert"), "an old tap changes nothing"
    assert "6/55" in (await town.other_head.message_with(TASK))["text"]
    now = await table(town)
    assert "已完成 6/90 户（7%）" in now["text"] and "新港小区1栋：6/55" in now["text"]
    await town.other_head.presses("打字报数")
    await town.other_head.sends("五十")
    assert "发个数字就行" in await town.other_head.said()
    await town.other_head.sends("50户")
    assert "50/55" in await town.other_head.said()
    await town.other_head.presses("全部完成")
    done = await town.other_head.message_with(TASK)
    assert "🎉 全部完成" in done["text"] and buttons_on(done) == ["✍️ 打字报数"]
    await town.head.presses("全部完成")
    assert "90/90 户（100%）" in (await table(town))["text"]
    assert await nothing_failed(town)


async def test_who_is_not_done_is_reminded_before_the_day_and_it_closes_itself(town: Town) -> None:
    await goes_to(town, 10)
    await hands_out(town)
    await town.head.presses("全部完成")
    await town.passes(days=2)
    assert count(await town.other_head.heard(), "还没收到您的消息") == 1, "the day before"
    assert not await town.head.sees("还没收到您的消息")
    await town.passes(days=1)
    assert count(await town.other_head.heard(), "还没收到您的消息") == 2, "and on the day"
    await town.passes(hours=12)
    ended = await town.dispatcher.message_with(TABLE)
    assert "已结束" in ended["text"] and "35/90" in ended["text"]
    late = await town.other_head.presses("+1", message=await town.other_head.message_with(TASK))
    assert late is not None and late["show_alert"] and "已经结束" in late["text"]


async def test_a_task_lets_people_sleep(town: Town) -> None:
    await goes_to(town, 23)
    await hands_out(town)
    assert not await town.head.sees(TASK)
    await town.passes(hours=9)
    assert await town.head.sees(TASK)


async def test_the_command_line_writes_what_every_group_did(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await goes_to(town, 10)
    await hands_out(town)
    console = at_console(town, monkeypatch)
    assert "任务\u3000丁岗镇\u3000反诈APP安装" in console("rounds", "list")[1]
    out = tmp_path / "task.xlsx"
    assert console("rounds", "sheet", "1", "--out", str(out)) == (0, f"已写好 {out}，2 行。\n")
    assert out.read_bytes().startswith(b"PK")
    assert console("rounds", "sheet", "77", "--out", str(out))[0] == 1
