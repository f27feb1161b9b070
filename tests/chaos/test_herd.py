"""The short form of the crash test with several programs; `yashu chaos --replicas 3 ...` is the long one."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.lab import chaos_porter
from bot.lab.chaos import Trial
from bot.lab.chaos_herd import HerdResult, herd
from bot.lab.chaos_poison import Fates
from bot.lab.chaos_porter import Porter
from bot.lab.chaos_street import Charge
from bot.lab.homes import Kind
from bot.lab.measure import free_port
from tests.databases import POSTGRESQL

KEPT = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
REFUSED = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"
FINE = HerdResult(
    delivery="webhook",
    database="postgresql",
    seed=0,
    reports=1,
    cases=1,
    kills=1,
    stops=1,
    lost=0,
    doubled=0,
    duplicates=0,
    most_duplicates=0,
    lost_pushes=0,
    dead_letters=0,
    stuck=[],
    slowest_stop_s=1,
    unclean_stops=[],
    words_in_log=0,
    whole=True,
    points={},
    faults={},
    struck={},
    skipped=(),
    fates=Fates(poison=0, none=0, dead=0, dead_poison=0),
    lost_answers=0,
    said_again=0,
    too_early=0,
    ended_alone=0,
    seconds=1,
    replicas=3,
    changes=1,
    takeovers_s=[9.9],
    slowest_takeover_s=9.9,
    most_late=10,
    late=10,
    woke_and_went_on=0,
    versions={},
)


@pytest.mark.parametrize("database", [POSTGRESQL])
async def test_three_programs_of_which_the_one_in_charge_is_struck_again_and_again_lose_nothing(database: Kind) -> None:
    trial = Trial(
        kills=1, stops=1, faults=2, database=database, delivery="webhook", seed=3, people=12, pace=150, replicas=3
    )
    result = await herd(24, trial)
    assert result.broken == [], result
    assert (result.reports, result.cases, result.kills, result.stops) == (24, 24, 1, 4)
    assert sum(result.faults.values()) == 2
    assert result.changes >= 3, "killed, stopped and frozen: each time another one took over"


@pytest.mark.parametrize(
    "worse", [{"slowest_takeover_s": 10.1}, {"most_late": 11}, {"woke_and_went_on": 1}, {"cases": 0}, {"doubled": 1}]
)
def test_a_promise_that_was_not_kept_is_told(worse: dict[str, float]) -> None:
    assert FINE.broken == []
    assert len(replace(FINE, **worse).broken) == 1


def test_who_speaks_after_the_next_one_has_begun_is_late_and_a_takeover_ends_with_the_first_words() -> None:
    charge = Charge()
    charge.says((0, 0))
    charge.struck((1, 0))
    assert not charge.vacant, "that one did not send"
    charge.struck((0, 0))
    charge.says((0, 0))
    assert charge.vacant and charge.takeovers == []
    charge.says((1, 0))
    charge.says((0, 0))
    charge.says((0, 1))
    assert (charge.sender, charge.vacant, len(charge.takeovers), charge.late) == ((0, 1), False, 1, Counter({2: 1}))
    charge.nobody_waits()
    charge.struck((0, 1))
    assert not charge.vacant, "people who wait for nothing see no takeover"


async def test_an_update_goes_to_the_next_door_where_nobody_opens_answers_or_keeps_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chaos_porter, "ANSWERS_WITHIN_S", 0.1)
    took: list[int] = []
    enough = asyncio.Event()

    def heard(place: int, _: object) -> None:
        took.append(place)
        if len(took) == 12:
            enough.set()

    async with _door(b"") as silent, _door(REFUSED) as refusing, _door(KEPT) as first, _door(KEPT) as second:
        doors = [free_port(), silent, first, refusing, second]
        porter = Porter(doors, "secret", 4, lambda _: None, heard)
        for n in range(12):
            porter.put({"update_id": n})
        async with asyncio.timeout(10):
            await enough.wait()
        await porter.close()
    assert set(took) == {2, 4}
    assert porter.redelivered > 0


@asynccontextmanager
async def _door(answer: bytes) -> AsyncGenerator[int]:
    """A port where everything gets this answer."""

    async def knock(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(4096):
            writer.write(answer)
        writer.close()

    server = await asyncio.start_server(knock, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()
