"""The formula cannot be farmed, stays between 0 and 100, and judges nobody by a handful of cases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.assessment import FEW, MOST, Facts, Part, capped, quarter_at, quarter_before, quarter_of, sheet
from bot.cases.coverage import KINDS, matrix, missing

FULL = Facts(
    days_due=60,
    days_done=60,
    reports=20,
    verdicts=10,
    asked=10,
    in_time=10,
    ratings=10,
    stars=50,
    households=55,
    visited=55,
)


def pairs(most: int) -> st.SearchStrategy[tuple[int, int]]:
    """A base, and how much of it was reached."""
    return st.integers(0, most).flatmap(lambda base: st.tuples(st.just(base), st.integers(0, base)))


@st.composite
def counted(draw: st.DrawFn) -> Facts:
    days, verdicts, asked = draw(pairs(66)), draw(pairs(200)), draw(pairs(200))
    ratings, tasks = draw(st.integers(0, 200)), draw(pairs(3000))
    stars = draw(st.integers(ratings, ratings * 5))
    return Facts(
        days_due=days[0],
        days_done=days[1],
        reports=draw(st.integers(0, 500)),
        verdicts=verdicts[0],
        relapsed=verdicts[1],
        asked=asked[0],
        in_time=asked[1],
        ratings=ratings,
        stars=stars,
        households=tasks[0],
        visited=tasks[1],
        fakes=draw(st.integers(0, 5)),
    )


def test_the_parts_make_a_hundred_and_a_perfect_quarter_has_them_all() -> None:
    assert sum(MOST.values()) == 100
    assert [MOST[part] for part in Part] == [20, 20, 20, 15, 15, 10]
    assert sheet(FULL).score == 100


@given(counted(), st.integers(0, 10))
def test_a_score_lies_between_none_and_all_and_so_does_every_part(facts: Facts, added: int) -> None:
    found = sheet(facts, added)
    assert found.score is not None and 0 <= found.score <= 100
    assert all(line.points is None or 0 <= line.points <= line.most for line in found.lines)
    assert [line.part for line in found.lines] == list(Part)


@given(counted())
def test_more_reports_never_cost_and_beyond_the_cap_never_gain(facts: Facts) -> None:
    more = replace(facts, reports=facts.reports + 1)
    before, after = sheet(facts).score, sheet(more).score
    assert before is not None and after is not None and after >= before
    if facts.reports >= 20:
        assert after == before


@given(st.lists(st.integers(0, 100), max_size=92))
def test_a_flood_on_one_day_counts_as_two(by_day: list[int]) -> None:
    assert capped(by_day) <= 2 * len(by_day)
    assert capped([*by_day, 50]) == capped([*by_day, 2])


@given(counted())
def test_an_invented_report_costs_and_an_appeal_gives(facts: Facts) -> None:
    clean, fake = sheet(replace(facts, fakes=0)).score, sheet(replace(facts, fakes=1)).score
    assert clean is not None and fake is not None and fake <= clean
    assert fake == pytest.approx(max(0, clean - 5), abs=0.1)
    appealed = sheet(facts, 5).score
    assert appealed is not None and appealed >= (sheet(facts).score or 0)


@given(counted())
def test_nobody_is_judged_by_a_handful(facts: Facts) -> None:
    points = {line.part: line.points for line in sheet(facts).lines}
    assert (points[Part.QUALITY] is None) == (facts.verdicts < FEW)
    assert (points[Part.RESPONSE] is None) == (facts.asked < FEW)
    assert (points[Part.RATING] is None) == (facts.ratings < FEW)
    assert points[Part.REPORTS] is not None


def test_a_quiet_quarter_costs_nothing() -> None:
    quiet = Facts(days_due=60, days_done=60, reports=20)
    assert sheet(quiet).score == 100


@given(st.dates(date(2020, 1, 1), date(2099, 12, 31)))
def test_every_day_lies_in_its_quarter(day: date) -> None:
    first, last = quarter_of(quarter_at(day)) or (date.max, date.min)
    assert first <= day <= last and first.day == 1 and (last + timedelta(days=1)).day == 1
    before = quarter_of(quarter_before(day))
    assert before is not None and before[1] + timedelta(days=1) == first


@pytest.mark.parametrize("text", ["", "2026", "2026Q5", "2026Q0", "Q4", "2026q4", "2026Q44", "1999Q1"])
def test_what_is_no_quarter_is_none(text: str) -> None:
    assert quarter_of(text) is None


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from([*KINDS, "广场舞领队"])), max_size=60))
def test_the_matrix_counts_everybody_of_its_places_once(people: list[tuple[int, str]]) -> None:
    kinds, rows = matrix([1, 2, 3], people)
    assert kinds[: len(KINDS)] == list(KINDS)
    assert sum(map(sum, rows.values())) == sum(place < 4 for place, _ in people)
    for place, counts in rows.items():
        assert set(missing(kinds, counts)) == set(KINDS) - {kind for one, kind in people if one == place}
