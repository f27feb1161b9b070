"""The short form of the bench of questions; `yashu bench questions` is the long one."""

import pytest

from bot.lab.homes import Kind
from bot.lab.questions import MOST, QUESTIONS, Questions, measure

NOISE = 2.0
"""Times MOST: a short run on a busy machine says little of a millisecond, but would see a scan of all cases."""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_no_question_takes_longer_among_very_many_cases(kind: Kind) -> None:
    found = await measure(1_000, 25_000, laps=5, database=kind)
    assert set(found.questions) == set(QUESTIONS)
    assert {name: times for name, times in found.questions.items() if times[2] > MOST * NOISE} == {}


def test_a_question_that_takes_longer_breaks_the_promise() -> None:
    times = {"my cases": (1.0, 1.4, 1.4), "a number": (1.0, 1.6, 1.6)}
    found = Questions(ratio=1.6, questions=times, few=10, many=100, laps=1, database="sqlite")
    assert found.broken == ["a number takes more than 1.5 times as long"]
