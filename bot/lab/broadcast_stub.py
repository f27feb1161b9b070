"""The stub of a broadcast: it keeps Telegram's limits, counts every copy, and lets residents report meanwhile."""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Mapping
from typing import Any

from bot.lab import wire
from bot.lab.answers import is_word
from bot.lab.broadcast_crowd import FIRST_RECIPIENT, SECOND_ADMIN
from bot.lab.chaos_points import Witness
from bot.lab.product import SCRIPT
from bot.lab.script import Step
from bot.sandbox.errors import Refused
from bot.sandbox.limits import Limits

ADMIN = 9001
FIRST_RESIDENT = 100_000_000
WORDS = "各位楼栋长：今晚有暴雨，请查看楼道积水和阳台花盆，有险情马上报告。"
ASKS = (
    Step(text="/broadcast"),
    Step(press="换人群"),
    Step(press="楼栋长"),
    Step(text=WORDS, sends=2),
    Step(press="现在发"),
)
AGREES = Step(press="同意发送", sends=0)
_PATIENCE_S = 30.0
_REST_S = 4.0
"""Between two reports: what comes after a submission fills the window of a private chat, whoever else is written to."""


class Counting(Witness):
    """`rate` is the limit of all chats together; those of single chats and groups are Telegram's own."""

    def __init__(self, seed: int, rate: float) -> None:
        super().__init__(seed)
        self._limits = Limits(on=True, per_second=rate)
        self._second: deque[float] = deque()
        self.copies: Counter[int] = Counter()
        self.again: Counter[int] = Counter()
        self.waits: list[float] = []
        self.refused = 0
        self.others = 0
        self.most_in_a_second = 0
        self.sending = False
        self.last_copy = 0.0

    def _must_wait(self, method: str, given: Mapping[str, Any]) -> int:
        if not is_word(method):
            return 0
        try:
            self._limits.take(0, wire.number(given, "chat_id"))
        except Refused as refusal:
            self.refused += 1
            return refusal.parameters["retry_after"]
        return 0

    def _call(self, method: str, given: dict[str, Any]) -> Any:
        if is_word(method):
            self._count(wire.number(given, "chat_id"))
        return super()._call(method, given)

    def _count(self, chat: int) -> None:
        now = time.perf_counter()
        self._second.append(now)
        while self._second[0] <= now - 1:
            self._second.popleft()
        self.most_in_a_second = max(self.most_in_a_second, len(self._second))
        if chat < FIRST_RECIPIENT:
            self.others += self.sending
            return
        self.copies[chat] += 1
        self.again[self.life] += self.copies[chat] > 1
        self.last_copy = now

    async def asks(self, recipients: int, *, second: bool) -> float:
        """An admin writes to everybody; above the limit another agrees. Returns when the last button was pressed."""
        admin, other = self._crowd.somebody(ADMIN), self._crowd.somebody(SECOND_ADMIN)
        pressed = 0.0
        async with asyncio.timeout(_PATIENCE_S):
            for step in ASKS:
                pressed = time.perf_counter()
                await self._crowd.takes(admin, step, recipients)
            if second:
                await other.until(lambda: other.button("同意发送") is not None)
                pressed = time.perf_counter()
                await self._crowd.takes(other, AGREES, recipients)
        self.sending = True
        return pressed

    async def warms_up(self) -> None:
        """One report before: what is loaded with the first photo is no memory of the broadcast."""
        person = self._crowd.somebody(FIRST_RESIDENT)
        for step in SCRIPT:
            await self._crowd.takes(person, step, 0)

    async def reports(self, seat: int, think: float) -> None:
        """One resident reports again and again; answers that a death came between are not counted."""
        person = self._crowd.somebody(FIRST_RESIDENT + seat)
        await asyncio.sleep(think * seat / 7 % think)
        number = 0
        while True:
            number += 1
            for step in SCRIPT:
                life = self.life
                await self._crowd.takes(person, step, number)
                if life == self.life and person.waited is not None:
                    self.waits.append(person.waited)
                await asyncio.sleep(think)
            await asyncio.sleep(_REST_S)
