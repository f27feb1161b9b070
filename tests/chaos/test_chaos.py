"""The short form of the crash test; `yashu chaos` is the long one."""

import asyncio

import pytest

from bot.lab.chaos import Trial, chaos
from bot.lab.chaos_points import Delivery, Heard, Point
from bot.lab.chaos_poison import poison
from bot.lab.chaos_reckoning import reckon
from bot.lab.homes import Kind
from tests.databases import POSTGRESQL, SQLITE

CASE = ("261121-001", "地面很脏（7）")
PUSHES = [
    Heard(0, "sendMessage", -5, "编号 261121-001", "card"),
    Heard(0, "sendPhoto", -5, "261121-001", "photo"),
    Heard(0, "sendVoice", -5, "voice-7", "voice"),
]


async def test_a_product_that_is_killed_and_stopped_while_people_report_loses_nothing() -> None:
    kills: dict[Delivery, int] = {"polling": len(Point), "webhook": 3}
    runs = (
        chaos(20, Trial(kills=count, delivery=way, seed=7, people=10, stops=1, pace=150))
        for way, count in kills.items()
    )
    for result in await asyncio.gather(*runs):
        assert result.broken == [], result
        assert (result.reports, result.cases, result.stops) == (20, 20, 2)
        assert result.kills == kills[result.delivery]


@pytest.mark.parametrize("database", [SQLITE, POSTGRESQL])
async def test_a_database_that_falters_loses_nothing(database: Kind) -> None:
    faults = 4 if database == POSTGRESQL else 2
    trial = Trial(kills=2, database=database, seed=7, people=10, stops=1, faults=faults, pace=150)
    result = await chaos(20, trial)
    assert result.broken == [], result
    assert (result.reports, result.cases, sum(result.faults.values())) == (20, 20, faults)


def test_a_receipt_without_a_case_counts_as_lost() -> None:
    receipt = Heard(0, "editMessageText", 1, "已提交，编号 261121-002", "receipt")
    assert reckon([CASE], [*PUSHES, receipt]).lost == 1


def test_a_report_with_two_cases_counts_as_doubled() -> None:
    assert reckon([CASE, ("261121-002", CASE[1])], PUSHES).doubled == 1


@pytest.mark.parametrize("missing", range(3))
def test_a_card_a_photo_or_a_voice_that_no_group_saw_counts_as_a_lost_push(missing: int) -> None:
    shown = [push for at, push in enumerate(PUSHES) if at != missing]
    assert reckon([CASE], PUSHES).lost_pushes == 0
    assert reckon([CASE], shown).lost_pushes == 1


def test_a_group_that_was_shown_only_some_of_the_cards_misses_the_others() -> None:
    other = Heard(0, "sendMessage", -6, "编号 261121-002", "the card in another group")
    assert reckon([CASE], [*PUSHES, other]).lost_pushes == 1


def test_what_comes_again_after_a_death_is_a_duplicate_of_that_death() -> None:
    again = Heard(3, "sendMessage", -5, "编号 261121-001", "card")
    assert reckon([CASE], [*PUSHES, again]).by_life == {3: 1}


def test_what_a_poisoner_is_told_many_times_is_no_duplicate() -> None:
    who = poison(7)["message"]["from"]["id"]
    told = [
        Heard(life, "sendMessage", chat, "没看懂", f"{chat} 没看懂") for life in (1, 2) for chat in (who, who + 1000)
    ]
    assert reckon([CASE], [*PUSHES, *told]).by_life == {2: 1}
