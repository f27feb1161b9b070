"""Workdays of the district: library, own file, years nobody knows yet, and files that are wrong."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.errors import BrokenSetting
from bot.desk.workdays import workdays
from tests.cases.people import patiently

LIBRARY_ENDS = max(workdays().known_years())
UNKNOWN = LIBRARY_ENDS + 1


@pytest.fixture
def district(tmp_path: Path) -> Path:
    return tmp_path / "workdays.csv"


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),
        (date(2026, 9, 20), True),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
    ],
)
def test_national_day_and_its_make_up_days_are_known(day: date, works: bool) -> None:
    assert workdays().is_workday(day) is works


@patiently
@given(st.dates())
def test_every_date_has_an_answer(day: date) -> None:
    works = workdays().is_workday(day)
    if day.year not in workdays().known_years():
        assert works is (day.weekday() < 5)


def test_the_district_file_overrides_library_and_week(district: Path) -> None:
    district.write_text(
        "# 区里的安排\n\n2026-10-01,workday,值班\n2026-11-18 , holiday\n2099-01-03,workday,调休, 补班\n", "utf-8-sig"
    )
    own = workdays(district)
    assert own.is_workday(date(2026, 10, 1))
    assert not own.is_workday(date(2026, 11, 18))
    assert own.is_workday(date(2099, 1, 3))
    assert own.is_workday(date(2026, 11, 19))


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("2026-10-01,holiday\n2026-10-02,off", 2, "must be date,workday or date,holiday"),
        ("2026-10-01", 1, "must be date,workday or date,holiday"),
        ("# ok\n\n2026-13-01,holiday", 3, "is no date"),
        ("国庆,holiday", 1, "is no date"),
        ("2026-10-01,holiday\n2026-10-02,holiday\n2026-10-01,workday", 3, "stands here twice"),
    ],
)
def test_a_wrong_line_is_named(district: Path, text: str, line: int, says: str) -> None:
    district.write_text(text, "utf-8")
    with pytest.raises(BrokenSetting, match=says) as trouble:
        workdays(district)
    assert str(trouble.value).startswith(f"{district}:{line}: ")


def test_a_file_that_cannot_be_read_is_named(district: Path) -> None:
    with pytest.raises(BrokenSetting, match="cannot be read"):
        workdays(district)
    district.write_bytes("2026-10-01,holiday,国庆".encode("gbk"))
    with pytest.raises(BrokenSetting, match="UTF-8"):
        workdays(district)


def test_from_november_on_the_next_year_is_missed_until_somebody_brings_it(district: Path) -> None:
    assert workdays().missing_year(date(LIBRARY_ENDS, 10, 31)) is None
    assert workdays().missing_year(date(LIBRARY_ENDS, 11, 1)) == UNKNOWN
    assert workdays().missing_year(date(UNKNOWN, 3, 1)) == UNKNOWN
    district.write_text(f"{UNKNOWN}-05-04,holiday", "utf-8")
    assert workdays(district).missing_year(date(LIBRARY_ENDS, 11, 1)) == UNKNOWN
    district.write_text(f"{UNKNOWN}-01-01,holiday\n{UNKNOWN}-10-01,holiday", "utf-8")
    assert workdays(district).missing_year(date(LIBRARY_ENDS, 11, 1)) is None
    assert workdays(district).missing_year(date(UNKNOWN, 11, 1)) == UNKNOWN + 1


def test_the_library_is_imported_only_when_somebody_asks_for_a_day() -> None:
    code = (
        "import sys; from bot.desk.workdays import workdays; made = workdays();"
        " assert 'chinese_calendar' not in sys.modules;"
        " import datetime; made.is_workday(datetime.date(2026, 1, 1));"
        " assert 'chinese_calendar' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
