"""How long a press waits for its answer when the database is large: the whole product, one press after the other."""

import asyncio
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from bot.app import App
from bot.cases.case import Status
from bot.demo_town import BOT_ID, settings_for
from bot.lab.stub import Stub
from bot.lab.years import aged, found, learned, with_open
from bot.outbox.buttons import Press

MOST_MS = 300.0
RESPONDER, GROUP = 2001, -5002
PATIENCE_S = 30.0
OPEN_FOR_EACH = 3
"""So many open cases for each press: nobody presses on the last one."""

LIFTED = {
    "messages_per_second": 100_000,
    "messages_per_group_minute": 100_000,
    "messages_per_chat_second": 100_000,
}
LISTS = ("or:unit:::", "or:late:::", "or:find::路灯:", "or:wait:::")


@dataclass(frozen=True, kw_only=True)
class Presses:
    """Waits in ms from the update to the answer of the press; `cases` stand in the database, `open` of them open."""

    cases: int
    open: int
    presses: int
    p50_ms: float
    p99_ms: float
    worst_ms: float

    @property
    def broken(self) -> list[str]:
        """The promises that were not kept."""
        return [f"the 99th of a hundred waits more than {MOST_MS:g} ms"] if self.p99_ms > MOST_MS else []


class _Waiting(Stub):
    """A stub that knows when a press was answered."""

    def __init__(self) -> None:
        super().__init__()
        self._answered: dict[str, asyncio.Future[bool]] = {}

    def _call(self, method: str, given: dict[str, Any]) -> Any:
        if method == "answerCallbackQuery":
            waits = self._answered.pop(str(given["callback_query_id"]), None)
            if waits is not None:
                waits.set_result(bool(given.get("show_alert")))
        return super()._call(method, given)

    async def press(self, number: int, data: str) -> float:
        """Press in the group and wait for the answer; seconds. Raises TimeoutError; refused presses do not count."""
        heard: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._answered[str(number)] = heard
        begin = time.perf_counter()
        self._deliver(_update(number, data))
        async with asyncio.timeout(PATIENCE_S):
            refused = await heard
        assert not refused, f"refused: {data}"
        return time.perf_counter() - begin


def _update(number: int, data: str) -> dict[str, Any]:
    chat = {"id": GROUP, "type": "supergroup", "title": "新茂社区工作群"}
    us = {"id": BOT_ID, "is_bot": True, "first_name": "伢叔"}
    sender: Mapping[str, Any] = {"id": RESPONDER, "is_bot": False, "first_name": "李建国", "language_code": "zh-hans"}
    message = {"message_id": 7, "date": int(time.time()), "chat": chat, "from": us, "text": "…"}
    press = {"id": str(number), "from": sender, "chat_instance": "1", "data": data, "message": message}
    return {"update_id": number, "callback_query": press}


async def measure(cases: int = 100_000, presses: int = 400) -> Presses:
    """Sign, contact, turn lists and search by words, in turn, in the group of a unit."""
    opened = presses * OPEN_FOR_EACH
    with tempfile.TemporaryDirectory(prefix="yashu-press-") as name:
        folder = Path(name)
        settings = await found(folder)
        await aged(settings, cases - opened)
        numbers = await with_open(settings, opened, Status.DISPATCHED.value)
        await learned(settings)
        async with _Waiting() as stub:
            app = App(settings_for(folder, f"http://127.0.0.1:{stub.port}", **LIFTED))
            await app.start()
            try:
                await stub.ready()
                waits = await _all(stub, numbers, presses)
            finally:
                await app.stop()
    waits = sorted(waits)
    return Presses(
        cases=cases,
        open=opened,
        presses=len(waits),
        p50_ms=waits[len(waits) // 2] * 1000,
        p99_ms=waits[len(waits) * 99 // 100] * 1000,
        worst_ms=waits[-1] * 1000,
    )


async def _all(stub: _Waiting, numbers: Sequence[int], presses: int) -> list[float]:
    """After a few that do not count: what is loaded with the first press is no matter of size."""
    lists = cycle(LISTS)
    waits: list[float] = []
    for at in range(presses + 8):
        case = numbers[at // 4]
        deed = Press(case, "accept", 1) if at % 4 == 0 else Press(case, "contact", 2)
        data = next(lists) if at % 2 else deed.pack()
        waits.append(await stub.press(at + 1, data))
    return waits[8:]
