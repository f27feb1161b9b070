"""A reverse proxy before several programs, as far as updates go."""

import asyncio
from collections.abc import Callable, Sequence

from bot.lab import wire
from bot.lab.delivery import AGAIN_AFTER_S, Line, Postman

ANSWERS_WITHIN_S = 3.0


class Porter(Postman):
    """A reverse proxy: each update goes to the next door in turn, past those where nobody opens.

    Where somebody opens and does not answer in time, or says no, the update is brought again, to whose turn it is then.
    """

    def __init__(
        self,
        doors: Sequence[int],
        secret: str,
        most: int,
        handed: Callable[[int], None],
        heard: Callable[[int, wire.Parcel], None],
    ) -> None:
        super().__init__("http://127.0.0.1/telegram", secret, most, lambda _: None)
        self._doors = doors
        self._turn = 0
        self._handed = handed
        self._answered = heard

    async def _carry(self) -> None:
        lines = [Line() for _ in self._doors]
        try:
            while True:
                async with self._letter() as body:
                    while not await self._brought(lines, body):
                        self.redelivered += 1
                        await asyncio.sleep(AGAIN_AFTER_S)
        finally:
            for line in lines:
                line.close()

    async def _brought(self, lines: list[Line], body: bytes) -> bool:
        """Whether one of them took it."""
        for _ in self._doors:
            place = self._turn = (self._turn + 1) % len(self._doors)
            try:
                parcel = await self._at(lines[place], place, body)
                if parcel.status == 200:
                    self._answered(place, parcel)
            except ConnectionRefusedError:
                continue
            except (ConnectionError, TimeoutError):
                lines[place].close()
                lines[place] = Line()
                return False
            return parcel.status == 200
        return False

    async def _at(self, line: Line, place: int, body: bytes) -> wire.Parcel:
        """Its answer. Raises ConnectionError, TimeoutError."""
        async with asyncio.timeout(ANSWERS_WITHIN_S):
            if not line.alive:
                await asyncio.get_running_loop().create_connection(lambda: line, "127.0.0.1", self._doors[place])
            answer = line.post(self._request(body))
            self._handed(place)
            return await answer
