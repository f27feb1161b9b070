"""A clock that was an hour ahead and is put right while the product runs, or while it is down."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from tests import databases
from tests.engine.office import ask, calls, fault, owes, until
from tests.stories.office import photo, pieces, reports
from tests.town import Town

HOUR = timedelta(hours=1)


async def put_back(town: Town) -> None:
    """Somebody sees that the machine's clock is wrong."""
    town.app.office.clock.ahead -= HOUR


async def test_what_failed_while_the_clock_was_ahead_leaves_soon_and_in_its_order(town: Town) -> None:
    await town.resident.sends("/start")
    town.app.office.clock.ahead += HOUR
    await fault(town, "502", chat="1001")
    await owes(town, "一", "二", chat=1001)
    await until(lambda: calls(town, 1001))
    await until(lambda: waits(town))
    await put_back(town)
    await owes(town, "三", chat=1001)
    await until(lambda: town.resident.sees("三"))
    assert (await town.resident.heard())[-3:] == ["一", "二", "三"]


async def waits(town: Town) -> bool:
    """Whether what failed is booked for another try."""
    return ask(town, "select count(*) from outbox where state = 'due' and attempts > 0") == [(2,)]


async def test_what_was_owed_before_the_program_went_down_leaves_when_it_is_back(town: Town) -> None:
    await town.resident.sends("/start")
    town.app.office.clock.ahead += HOUR
    town.app.sender.stop()
    await owes(town, "一", chat=1001)
    await put_back(town)
    await town.restarts()
    await until(lambda: town.resident.sees("一"))


async def test_a_file_that_could_not_be_fetched_while_the_clock_was_ahead_is_fetched(town: Town) -> None:
    town.app.office.clock.ahead += HOUR
    await fault(town, "502", method="getfile")
    await reports(town, media=await pieces(town.responder, photo(1)))
    await town.app.ticker.fetch()
    assert ask(town, "select attempts from media where state = 'waiting'") == [(1,)]
    await put_back(town)
    await town.app.jumps.look()
    await town.fetches()
    assert ask(town, "select state from media") == [("kept",)]


async def test_what_was_due_by_the_wrong_clock_is_due_and_what_has_a_later_time_keeps_it(town: Town) -> None:
    town.app.sender.stop()
    await owes(town, "一", "二", chat=1001)
    town.app.office.clock.ahead += HOUR
    due = town.app.office.clock.now() - timedelta(minutes=1)
    await plan(town, "min", f"{due:%Y-%m-%d %H:%M:%S}")
    await plan(town, "max", "2099-01-01 07:00:00")
    await put_back(town)
    await town.app.jumps.look()
    now = f"{town.app.office.clock.now():%Y-%m-%d %H:%M:%S.%f}"
    rows = ask(town, f"select not_before > '{now}' from outbox where state = 'due' and kind = 'answer' order by id")
    assert [bool(late) for (late,) in rows] == [False, True]


async def plan(town: Town, which: str, at: str) -> None:
    """Put off one of two answers."""
    row = f"(select {which}(id) from outbox where state = 'due' and kind = 'answer')"
    words = f"update outbox set not_before = '{at}' where id = {row}"
    await asyncio.to_thread(databases.told, town.app.settings.data_dir, words)


async def test_the_timetable_does_not_wait_for_the_hour_to_come_again(town: Town) -> None:
    scheduler: Any = town.app.ticker._scheduler

    def plan() -> list[datetime]:
        return sorted(job.next_run_time for job in scheduler.get_jobs())

    before = plan()
    town.app.office.clock.ahead += HOUR
    await town.app.jumps.look()
    for job in scheduler.get_jobs():
        job.modify(next_run_time=job.next_run_time + HOUR)  # as a clock that goes back leaves it
    await put_back(town)
    await town.app.jumps.look()
    assert len(plan()) == len(before)
    assert all(after - begun < HOUR / 2 for after, begun in zip(plan(), before, strict=True))
