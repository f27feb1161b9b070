"""Faults that can be switched on: 400, 429, 5xx, connections cut before or after the effect, slow or odd answers."""

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from random import Random

from bot.sandbox.errors import Mistaken
from bot.sandbox.records import Json

KINDS = frozenset({"400", "429", "500", "502", "reset_before", "reset_after", "slow", "hang", "garbage"})


@dataclass(slots=True)
class Fault:
    """`method` is a pattern in lower case; "" stands for every method but getUpdates. `times` None is until deleted."""

    id: int
    kind: str
    method: str = ""
    chat: str = ""
    times: int | None = None
    probability: float = 1.0
    retry_after: int = 1
    seconds: float = 1.0
    dice: Random = field(default_factory=Random)

    def hits(self, method: str, chat: str) -> bool:
        if self.times == 0 or (self.chat and self.chat != chat):
            return False
        if not (fnmatchcase(method, self.method) if self.method else method != "getupdates"):
            return False
        return self.probability >= 1 or self.dice.random() < self.probability

    def sheet(self) -> Json:
        names = ("id", "kind", "method", "chat", "times", "probability", "retry_after", "seconds")
        return {name: getattr(self, name) for name in names}


class Faults:
    def __init__(self) -> None:
        self._faults: dict[int, Fault] = {}
        self._last = 0

    def add(self, wish: Json) -> int:
        """Switch a fault on; answers its id. The first one on that fits a call is the one that strikes."""
        kind = str(wish.get("kind", ""))
        if kind not in KINDS:
            raise Mistaken(f"kind must be one of {', '.join(sorted(KINDS))}")
        self._last += 1
        seed = wish.get("seed")
        self._faults[self._last] = Fault(
            id=self._last,
            kind=kind,
            method=str(wish.get("method") or "").lower(),
            chat=str(wish.get("chat") or ""),
            times=wish.get("times"),
            probability=float(wish.get("probability", 1)),
            retry_after=int(wish.get("retry_after", 1)),
            seconds=float(wish.get("seconds", 3600 if kind == "hang" else 1)),
            # A fault's dice decide nothing secret; a seed makes a storm repeatable.
            dice=Random(seed),  # noqa: S311
        )
        return self._last

    def strike(self, method: str, chat: str) -> Fault | None:
        """The fault that this call meets, counted as used."""
        for fault in self._faults.values():
            if fault.hits(method, chat):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times == 0:
                        del self._faults[fault.id]
                return fault
        return None

    def listing(self) -> list[Json]:
        return [fault.sheet() for fault in self._faults.values()]

    def drop(self, fault_id: int | None) -> None:
        """Switch one fault off, or all."""
        if fault_id is None:
            self._faults.clear()
        elif self._faults.pop(fault_id, None) is None:
            raise Mistaken("no such fault", 404)
