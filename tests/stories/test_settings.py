"""/settings: one's own, and what admins may change while everything runs; the environment has the last word."""

import asyncio
from pathlib import Path

import pytest

from bot import app as running
from bot.cases.case import Status
from storage import choices
from tests.stories.office import LAMP, count, goes_to, reports
from tests.stories.steps import nothing_failed
from tests.town import Town, open_town

ASKED = "今天的巡查还没记"


async def test_everybody_sets_their_own_language(town: Town) -> None:
    await town.resident.sends("/settings")
    assert "语言：中文" in await town.resident.said()
    assert await town.resident.buttons() == ["中文", "English", "👓 换成大字版"]
    await town.resident.presses("English")
    await town.resident.sends("/settings")
    assert "Language: English" in await town.resident.said()


async def test_who_patrols_may_be_asked_later(town: Town) -> None:
    await town.head.sends("/settings")
    await town.head.presses("提醒时间")
    await town.head.presses("20 点")
    assert "20 点起提醒" in await town.head.said()
    await goes_to(town, 17)
    await town.passes(hours=2)
    assert await town.other_head.sees(ASKED)
    assert not await town.head.sees(ASKED)
    await town.passes(hours=1, minutes=30)
    assert count(await town.head.heard(), ASKED) == 1
    assert await nothing_failed(town)


async def test_an_admin_changes_the_hour_for_all_and_is_named(town: Town) -> None:
    await town.admin.sends("/settings")
    await town.admin.presses("系统设置")
    assert "几点起提醒没记的巡查：18 点" in await town.admin.said()
    assert "没报完的，多久提醒：30 分钟后" in await town.admin.said()
    await town.admin.presses("几点起提醒没记的巡查")
    await town.admin.presses("20 点")
    assert "几点起提醒没记的巡查：20 点（管理员" in await town.admin.said()
    await goes_to(town, 17)
    await town.passes(hours=2)
    assert not await town.head.sees(ASKED)
    await town.passes(hours=1, minutes=30)
    assert await town.head.sees(ASKED)
    await town.restarts()
    assert town.app.office.patrol_hour == 20, "kept"


async def test_a_matter_that_an_admin_switched_off_goes_through_triage(town: Town) -> None:
    await goes_to(town, 9)
    assert (await reports(town, LAMP)).status is Status.DISPATCHED
    await town.admin.sends("/settings")
    await town.admin.presses("系统设置")
    await town.admin.presses("自动派单")
    await town.admin.presses("💡")
    await town.admin.presses("✅ 小区路灯不亮")
    assert "▫️ 小区路灯不亮" in await town.admin.buttons()
    assert (await reports(town, LAMP, "另一盏也坏了")).status is Status.TRIAGE
    await town.admin.presses("▫️ 小区路灯不亮")
    assert (await reports(town, LAMP, "第三盏也坏了")).status is Status.DISPATCHED


async def test_what_another_process_set_counts_here_soon(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHOICES_S", 0.05)
    await town.restarts()
    async with town.app.database.write() as tx:
        await choices.put(tx, "language", "en", await _admin(town), town.app.office.clock.now())
    async with asyncio.timeout(5):
        while town.app.office.language != "en":
            await asyncio.sleep(0.02)
    await town.neighbour.sends("/settings")
    assert "Language: English" in await town.neighbour.said()


async def _admin(town: Town) -> int:
    from storage.people import fingerprint

    return fingerprint(town.app.office.seals.vault, town.admin.id)


async def test_what_stands_in_the_environment_is_fixed(tmp_path: Path, template: Path) -> None:
    async with open_town(tmp_path / "town", template, patrol_reminder_hour=19) as town:
        await town.admin.sends("/settings")
        await town.admin.presses("系统设置")
        assert "几点起提醒没记的巡查：19 点 🔒" in await town.admin.said()
        assert "几点起提醒没记的巡查" not in await town.admin.buttons()
        shown = (await town.admin.messages())[-1]["message_id"]
        said = await town.admin.presses_data(shown, "set:put:patrol_reminder_hour.20")
        assert said is not None and said["show_alert"]
        assert town.app.office.patrol_hour == 19


FORGED = [
    "set:put:language.fr",
    "set:put:patrol_reminder_hour.3",
    "set:put:messages_per_second.1",
    "set:auto:A01.0.1",
    "set:auto:ZZZ.0.1",
    "set:auto:H01a",
    "set:hour:19",
    "set:nothing:",
]


@pytest.mark.parametrize("data", FORGED)
async def test_forged_values_are_refused_also_from_admins(town: Town, data: str) -> None:
    await town.admin.sends("/settings")
    said = await town.admin.presses_data((await town.admin.messages())[-1]["message_id"], data)
    assert said is not None and said["show_alert"]
    async with town.app.database.read() as tx:
        assert await choices.every(tx) == {}


@pytest.mark.parametrize(
    "data", ["set:all:", "set:put:language.en", "set:auto:H01a.0.0", "set:shelves:", "set:pick:language"]
)
async def test_nobody_but_an_admin_sees_or_changes_the_installation(town: Town, data: str) -> None:
    for person in (town.dispatcher, town.grid_member):
        await person.sends("/settings")
        assert "🛠 系统设置" not in await person.buttons()
        said = await person.presses_data((await person.messages())[-1]["message_id"], data)
        assert said is not None and said["show_alert"]
    assert town.app.office.language == "zh"
