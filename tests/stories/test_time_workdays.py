"""Working time: weekends, holidays and make-up days move the deadlines of plain cases; red ones know no rest."""

from datetime import timedelta
from pathlib import Path

from bot.cases.worktime import SHANGHAI
from tests.stories.office import FIRE, count, goes_to, reports
from tests.town import open_town


async def test_what_comes_on_friday_evening_is_to_be_signed_for_on_monday(tmp_path: Path, template: Path) -> None:
    async with open_town(tmp_path / "data", template) as town:
        friday = await goes_to(town, 17, 0, weekday=4, workdays=1)
        monday = friday.date() + timedelta(days=3)
        if not town.app.office.workdays.is_workday(monday):
            return
        case = await reports(town)
        at = f"{monday.month}月{monday.day}日 09:00 前签收"
        assert at in (await town.community_group.message_with(case.number))["text"]
        await town.passes(days=2)
        assert not await town.community_group.sees("还没人签收")
        await town.passes(hours=17)
        assert count(await town.community_group.heard(), "还没人签收") == 1


async def test_holidays_and_make_up_days_of_the_district_count(tmp_path: Path, template: Path) -> None:
    own = tmp_path / "holidays.csv"
    async with open_town(tmp_path / "first", template) as town:
        friday = (await goes_to(town, 10, weekday=4, workdays=1)).date() + timedelta(days=7)  # its Thursday is to come
    saturday, monday = friday + timedelta(days=1), friday + timedelta(days=3)
    own.write_text(f"{friday},holiday\n{saturday},workday\n{monday},holiday\n", encoding="utf-8")
    async with open_town(tmp_path / "second", template, holidays=own) as town:
        now = town.app.office.clock.now().astimezone(SHANGHAI)
        thursday = now.replace(hour=17, minute=0) + timedelta(days=(friday - now.date()).days - 1)
        await town.post("clock", {"add": int((thursday - now).total_seconds())})
        await town.settles()
        workday = town.app.office.workdays.is_workday(thursday.date())
        case = await reports(town)
        text = (await town.community_group.message_with(case.number))["text"]
        assert not workday or f"{saturday.month}月{saturday.day}日 09:00 前签收" in text


async def test_a_red_case_is_pushed_on_a_holiday_at_night(tmp_path: Path, template: Path) -> None:
    async with open_town(tmp_path / "data", template) as town:
        await goes_to(town, 2, weekday=6, workdays=0)
        await reports(town, FIRE, "冒烟", danger=True)
        await town.passes(minutes=6)
        assert count(await town.centre_group.heard(), "还没派单") == 1
