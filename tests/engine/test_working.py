"""A conversation that fails: tried again ever later, then kept apart; nobody else waits for it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.cases.errors import NotOpen, Refusal
from bot.demo_town import settings_for
from bot.desk.desk import Call, Desk
from bot.intake.arrivals import Arrivals, tell
from bot.intake.signs import Sign
from bot.intake.worker import WAITS, Worker
from storage import inbox, outbox
from storage.outbox import Owed
from storage.seals import make_keys
from tests.databases import address_of, copied


class Moody:
    """A conversation that answers everybody with what they said, and cannot bear some words."""

    def __init__(self) -> None:
        self.broken = {"坏"}
        self.answered: list[str] = []

    async def answer(self, desk: Desk, update: dict[str, Any], sign: Sign) -> None:
        text = update["message"]["text"]
        if text == "不许":
            raise NotOpen
        if text in self.broken:
            desk.answer(1, "sendMessage", {"text": "半句"})
            raise RuntimeError(f"cannot bear {text}")
        if text == "写不下":
            (await desk.dialog(desk.person.id if desk.person else 0)).data = {"x": object()}
            (await desk.dialog(desk.person.id if desk.person else 0)).changed = True
        self.answered.append(text)

    async def refuse(self, desk: Desk, update: dict[str, Any], sign: Sign, refusal: Refusal) -> None:
        if "不许也不说" in self.broken:
            raise RuntimeError("speechless")
        desk.answer(1, "sendMessage", {"text": "不行"})


class Quiet:
    """A sender that takes nothing from hand to hand."""

    def takes(self, recipient: str) -> bool:
        return False

    def hand_over(self, in_hand: Sequence[Owed], at_once: Sequence[Call]) -> None:
        assert not in_hand

    def look(self) -> None:
        pass


class Intake:
    """Inbox, worker and a moody conversation, without the rest; time passes when told to."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.mood = Moody()
        self.arrivals = Arrivals(app.office, asyncio.Event())
        self.worker = Worker(app.database, app.office, self.mood, self.arrivals, asyncio.Event(), Quiet())
        self._last = 0

    async def says(self, user_id: int, *texts: str) -> list[str]:
        """Somebody writes, all at once; what was answered."""
        updates: list[Any] = []
        for text in texts:
            self._last += 1
            sender = {"id": user_id, "is_bot": False, "first_name": "居民"}
            chat = {"id": user_id, "type": "private"}
            message = {"message_id": self._last, "date": 1, "chat": chat, "from": sender, "text": text}
            updates.append({"update_id": self._last, "message": message})
        return await self.gets(updates)

    async def gets(self, updates: list[Any]) -> list[str]:
        """Updates arrive together and are worked on; what was answered."""
        before = len(self.mood.answered)
        async with asyncio.TaskGroup() as both:
            both.create_task(self.arrivals.keep(updates))
            await asyncio.sleep(0)
            deliveries = self.arrivals.take()
            await self.worker.round(deliveries)
            tell(deliveries, None)
        return self.mood.answered[before:]

    async def works(self) -> list[str]:
        """Work until nothing is due; what was answered meanwhile."""
        before = len(self.mood.answered)
        while await self.worker.round([]):
            pass
        return self.mood.answered[before:]

    async def counts(self) -> dict[str, int]:
        async with self.app.database.read() as tx:
            return await inbox.counts(tx)

    async def owed(self) -> dict[str, int]:
        async with self.app.database.read() as tx:
            return await outbox.counts(tx)

    def passes(self, wait: timedelta) -> None:
        self.app.office.clock.ahead += wait


@pytest.fixture
async def intake(tmp_path: Path, template: Path) -> AsyncIterator[Intake]:
    """An intake that is worked by hand."""
    folder = copied(template, tmp_path / "data")
    make_keys(folder / "keys")
    app = App(settings_for(folder, "http://127.0.0.1:1", database_url=address_of(folder)))
    try:
        yield Intake(app)
    finally:
        await app.database.close()


async def test_what_fails_is_tried_after_1_5_30_and_120_seconds_and_then_kept_apart(intake: Intake) -> None:
    assert await intake.says(1, "坏") == []
    assert [wait.total_seconds() for wait in WAITS] == [1, 5, 30, 120]
    for wait in WAITS:
        assert await intake.counts() == {"new": 1}
        intake.passes(wait - timedelta(milliseconds=300))
        await intake.works()
        assert await intake.owed() == {}
        intake.passes(timedelta(milliseconds=300))
        await intake.works()
    assert await intake.counts() == {"dead": 1}
    assert await intake.owed() == {"due": 2}, "an alarm to the admin and a neutral word to the person"


async def test_it_is_worked_on_as_soon_as_the_trouble_is_over(intake: Intake) -> None:
    await intake.says(1, "坏")
    intake.mood.broken.clear()
    assert await intake.works() == []
    intake.passes(WAITS[0])
    assert await intake.works() == ["坏"]
    assert await intake.counts() == {}


async def test_later_words_of_the_same_person_wait_but_those_of_others_do_not(intake: Intake) -> None:
    assert await intake.says(1, "坏", *(f"之后{n}" for n in range(100))) == []
    assert await intake.says(2, "别人的话") == ["别人的话"]
    assert await intake.says(1, "还有") == []
    for wait in WAITS:
        assert await intake.works() == []
        intake.passes(wait)
    assert await intake.works() == [*(f"之后{n}" for n in range(100)), "还有"]


async def test_one_that_cannot_be_written_down_costs_only_itself(intake: Intake) -> None:
    await intake.says(1, "写不下")
    assert await intake.says(2, "好") == ["好"]
    await intake.says(3, "不许")
    assert await intake.counts() == {"new": 1}
    assert await intake.owed() == {"due": 1}, "the refusal"


async def test_in_one_batch_a_bad_one_costs_only_itself(intake: Intake) -> None:
    intake.mood.broken.add("不许也不说")
    sayings = {1: "坏", 2: "好", 3: "不许", 4: "写不下", 5: "也好"}
    updates = [
        {
            "update_id": user,
            "message": {
                "message_id": user,
                "date": 1,
                "chat": {"id": user, "type": "private"},
                "from": {"id": user, "is_bot": False, "first_name": "居民"},
                "text": text,
            },
        }
        for user, text in sayings.items()
    ]
    answered = await intake.gets(updates)
    assert {"好", "也好"} <= set(answered)
    assert await intake.counts() == {"new": 3}
    assert await intake.owed() == {}, "what a failed try wanted to say is not said"


async def test_numbers_of_rows_are_never_used_again(intake: Intake) -> None:
    """Serials that people see and keys are made of them."""
    await intake.says(1, "一")
    async with intake.app.database.write() as tx:
        assert await inbox.forget_before(tx, intake.app.office.clock.now() + timedelta(days=1), 10) == 1
    await intake.says(1, "坏")
    async with intake.app.database.read() as tx:
        later = intake.app.office.clock.now() + timedelta(minutes=1)
        assert [row.id for row in await inbox.waiting(tx, later, 9)] == [2]


async def test_a_worker_that_is_woken_and_told_to_end_in_the_same_moment_ends(intake: Intake) -> None:
    woken = asyncio.Event()
    worker = Worker(intake.app.database, intake.app.office, intake.mood, intake.arrivals, woken, Quiet())
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        working = group.create_task(worker.run())
        await asyncio.sleep(0.3)  # by then it has looked round and waits for news
        woken.set()
        working.cancel()
        await asyncio.wait([working], timeout=0.5)
        ended = working.done()
        working.cancel()
    assert ended, "it did not hear it"
