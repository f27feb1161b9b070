"""The evening reminder of a patrol that is not noted, and the sheet of a month."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.papers import drawing
from bot.texts.language import ZONE
from storage import people
from tests.stories.console import at_console
from tests.stories.office import count, goes_to
from tests.stories.steps import nothing_failed
from tests.town import Person, Town, buttons_on

CARD = "今天的巡查\u3000"
ASKED = "今天的巡查还没记"


async def notes(person: Person) -> None:
    """A day without a defect."""
    await person.sends("/patrol")
    await person.presses("全部正常")
    await person.presses("✅ 完成")


async def test_who_forgot_is_asked_once_in_the_evening_and_opens_the_list_from_there(town: Town) -> None:
    await goes_to(town, 17)
    await notes(town.other_head)
    assert not await town.head.sees(ASKED)
    await town.passes(hours=1, minutes=10)
    await town.passes(hours=1)
    await town.passes(hours=8)
    assert count(await town.head.heard(), ASKED) == 1, "once a day"
    assert not await town.other_head.sees(ASKED), "not who is done"
    asked = await town.head.message_with(ASKED)
    assert "新港小区3栋" in asked["text"] and buttons_on(asked) == ["📒 打开今天的单子"]
    await town.head.presses("打开今天的单子", message=asked)
    assert "⬜ 电梯" in (await town.head.message_with(CARD))["text"]
    await town.passes(hours=16)
    assert count(await town.head.heard(), ASKED) == 1, "once more on the next day; the first has become the list"
    assert await nothing_failed(town)


async def test_a_grid_member_is_asked_on_workdays_only_and_nobody_at_night(town: Town) -> None:
    await goes_to(town, 17, workdays=0, weekday=5)
    await town.passes(hours=2)
    assert await town.head.sees(ASKED)
    assert not await town.grid_member.sees(ASKED)
    await goes_to(town, 17, workdays=1)
    await town.passes(hours=2)
    assert await town.grid_member.sees(ASKED)


async def test_after_a_standstill_nobody_is_asked_about_a_day_that_is_over(town: Town) -> None:
    before = count(await town.head.heard(), ASKED)
    await goes_to(town, 23)
    assert count(await town.head.heard(), ASKED) == before, "people sleep"


async def test_who_is_off_duty_is_not_asked(town: Town) -> None:
    await goes_to(town, 17)
    vault = town.app.office.seals.vault
    await town.app.at_desk(lambda desk: people.appoint(desk.tx, vault, town.head.id, "马秀兰", []))
    await town.passes(hours=2)
    assert not await town.head.sees(ASKED)
    await town.head.sends("/patrol month")
    assert "找管理员登记" in await town.head.said()


async def test_the_month_comes_as_a_picture_of_the_calendar(town: Town) -> None:
    await goes_to(town, 10)
    await notes(town.head)
    await town.head.sends("/patrol month")
    await town.head.sends("/patrol month")
    await town.fetches()
    shown = [one for one in await town.head.messages() if "photo" in one]
    assert len(shown) == 1, "asked twice at once, drawn once"
    assert "巡查记录" in shown[0]["caption"] and "记了 1 天" in shown[0]["caption"]
    picture = Image.open(BytesIO(_content(town, shown[0]["photo"][-1]["file_id"])))
    assert picture.size[0] == 980 and picture.size[1] > 700
    await town.passes(days=4)
    await town.fetches()
    assert list((town.app.settings.data_dir / "media" / "made").iterdir()) == [], "it is not kept for ever"


def _content(town: Town, file_id: str) -> bytes:
    known = town.sandbox.world.files.get(file_id)
    assert known is not None
    return known.data


async def test_without_a_font_the_month_is_told_in_words(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "FONTS", ())
    await goes_to(town, 10)
    await notes(town.head)
    missed = (town.app.office.clock.now() + timedelta(days=1)).astimezone(ZONE)
    await town.passes(days=2)
    await town.head.sends(f"/patrol month {missed:%Y-%m}")
    for _ in range(4):
        await town.fetches()
    said = await town.head.said()
    assert f"{missed:%Y-%m} 巡查记录" in said and f"漏记的日子：{missed.day}" in said


async def test_the_sheet_of_a_town_names_everybody_with_a_place(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await goes_to(town, 10)
    await notes(town.head)
    console = at_console(town, monkeypatch)
    month = f"{town.app.office.clock.now():%Y-%m}"
    out = tmp_path / "sheet.xlsx"
    said = console("patrol", "month", month, "--node", "DX01", "--out", str(out))
    assert said == (0, f"已写好 {out}，3 行。\n")
    assert out.read_bytes().startswith(b"PK")
    assert console("patrol", "month", month, "--node", "NO", "--out", str(out))[0] == 1
    assert console("patrol", "month", "11月", "--node", "DX01", "--out", str(out))[0] == 2
    assert console("patrol", "month", month, "--node", "DX01", "--out", str(tmp_path / "no" / "x.xlsx"))[0] == 1
