"""The pace of all chats together, by a clock of its own: even, never too many in a second, no time lost by stalls."""

from collections.abc import Callable
from itertools import pairwise
from random import Random

from bot.outbox.pace import WIDER, Pace

RATE = 30
LIMITS = {"per_second": RATE, "per_group_minute": 20, "per_chat_second": 1}


def leaves(count: int, late: Callable[[], float], begin: float = 100.0) -> list[float]:
    """When so many messages to as many people leave, each woken a little late."""
    pace, now, times = Pace(**LIMITS), begin, list[float]()
    for chat in range(1, count + 1):
        now = max(now, pace.open_at) + late()
        pace.sent(chat, now)
        times.append(now)
    return times


def most_in_a_second(times: list[float]) -> int:
    return max(sum(at <= other < at + 1 for other in times) for at in times)


def test_sending_is_even_when_nothing_is_late() -> None:
    times = leaves(90, lambda: 0.0)
    gaps = [after - before for before, after in pairwise(times)]
    assert max(gaps) < 1.2 / RATE and min(gaps) > 0.9 / RATE
    assert most_in_a_second(times) <= RATE


def test_stalls_cost_no_time_and_never_make_too_many_in_a_second() -> None:
    dice = Random(5)
    times = leaves(3000, lambda: dice.choice((0.0, 0.001, 0.002, 0.002, 0.2 if dice.random() < 0.02 else 0.0)))
    assert most_in_a_second(times) <= RATE
    assert times[-1] - times[0] < 3000 / RATE * 1.02


def test_after_a_rest_sending_begins_evenly() -> None:
    pace = Pace(**LIMITS)
    pace.sent(1, 100.0)
    pace.sent(2, 200.0)
    pace.sent(3, max(200.0, pace.open_at))
    assert pace.open_at >= 200.0 + 0.9 / RATE


def test_an_album_counts_piece_by_piece() -> None:
    pace = Pace(**LIMITS)
    pace.sent(1, 100.0)
    for chat in range(2, 8):
        pace.sent(chat, max(100.0, pace.open_at), 10)
    assert pace.open_at >= 100.0 + 61 // RATE * WIDER
