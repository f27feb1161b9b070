"""The door: what arrives waits here until the worker has written it down; then whoever brought it is told."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from bot.desk.desk import Call, Office
from bot.intake.signs import Sign, whose
from storage import people

ENOUGH = 64


@dataclass(slots=True)
class Reply:
    """Room for one call in the answer to whoever brought an update (a webhook's reply); filled before they are told."""

    call: Call | None = None


@dataclass(frozen=True, slots=True)
class Fresh:
    """One update that has just come: parsed JSON of any shape, its signs, whose it is and which deed (hashes)."""

    update: object
    sign: Sign
    update_id: int
    person: int | None
    deed: int | None
    reply: Reply | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """Updates brought together, and who waits to hear that they are on disk."""

    updates: tuple[Fresh, ...]
    kept: "asyncio.Future[None]"


class Arrivals:
    """`keep` returns when the updates are on disk; the worker takes them and tells."""

    def __init__(self, office: Office, arrived: asyncio.Event) -> None:
        self._office = office
        self._arrived = arrived
        self._waiting: list[Delivery] = []

    async def keep(self, updates: Sequence[object], reply: Reply | None = None) -> None:
        """Wait until these updates are on disk. Raises what the database raises; then nothing was kept."""
        if not updates:
            return
        kept = asyncio.get_running_loop().create_future()
        self._waiting.append(Delivery(tuple(self._fresh(update, reply) for update in updates), kept))
        self._arrived.set()
        await kept

    def take(self) -> list[Delivery]:
        """What waits, some ENOUGH of it, the oldest first."""
        taken: list[Delivery] = []
        count = 0
        while self._waiting and count < ENOUGH:
            taken.append(self._waiting.pop(0))
            count += len(taken[-1].updates)
        return taken

    @property
    def more(self) -> bool:
        """Whether something waits."""
        return bool(self._waiting)

    def _fresh(self, update: object, reply: Reply | None) -> Fresh:
        sign = whose(update)
        vault, content = self._office.seals.vault, self._office.seals.content
        return Fresh(
            update,
            sign,
            sign.update_id if sign.update_id is not None else content.fingerprint(as_json(update).decode()),
            None if sign.user_id is None else people.fingerprint(vault, sign.user_id),
            None if sign.deed is None else content.fingerprint(sign.deed),
            reply,
        )


def tell(deliveries: Sequence[Delivery], error: BaseException | None) -> None:
    """Tell whoever waits that all is on disk, or that nothing was kept."""
    for delivery in deliveries:
        if delivery.kept.done():
            continue
        if error is None:
            delivery.kept.set_result(None)
        else:
            delivery.kept.set_exception(error if isinstance(error, Exception) else ConnectionAbortedError())


def as_json(update: object) -> bytes:
    """Its JSON. What can be read but not written again (nested too deep) must not keep the others out."""
    try:
        return orjson.dumps(update)
    except TypeError:
        return orjson.dumps({"update_id": whose(update).update_id, "unreadable": "nested too deep"})
