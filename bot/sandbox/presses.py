"""Button presses that wait for the bot's answer."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from random import SystemRandom

from bot.sandbox.errors import bad
from bot.sandbox.records import Json

ANSWER_WITHIN = 150.0
MOST_KEPT = 10_000
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True)
class Press:
    query_id: str
    bot_id: int
    person_id: int
    chat_id: int
    at: float
    answer: Json | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)


class Presses:
    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._presses: dict[str, Press] = {}
        self._numbers = count(SystemRandom().randrange(10**17, 10**18))

    def open(self, bot_id: int, person_id: int, chat_id: int) -> Press:
        press = Press(str(next(self._numbers)), bot_id, person_id, chat_id, self._now())
        self._presses[press.query_id] = press
        if len(self._presses) > MOST_KEPT:
            del self._presses[next(iter(self._presses))]
        return press

    def answer(self, query_id: str, bot_id: int, answer: Json) -> Press:
        """The first answer is what the person sees; a later one changes nothing.

        Raises Refused 400 for a query that is unknown, of another bot, or older than 150 s by the sandbox's clock.
        """
        press = self._presses.get(query_id)
        if press is None or press.bot_id != bot_id or self._now() - press.at > ANSWER_WITHIN:
            raise bad(TOO_OLD)
        if not press.answered.is_set():
            press.answer = answer
            press.answered.set()
        return press
