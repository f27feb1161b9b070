"""The list of Bot API calls, bounded, with the earlier call that a repeated send repeats."""

import time
from collections import deque
from dataclasses import asdict, dataclass

from bot.sandbox.records import Json

KEPT = 50_000


@dataclass(slots=True)
class CallRow:
    """`applied` tells whether the call took effect, whatever its caller heard; `at` is monotonic seconds."""

    n: int
    at: float
    token_id: int
    method: str
    chat_id: str
    status: int
    error: str | None
    applied: bool
    message_id: int | None
    duplicate_of: int | None


class CallLog:
    def __init__(self) -> None:
        self._rows: deque[CallRow] = deque(maxlen=KEPT)
        self._sent: dict[tuple[int, str, int], int] = {}
        self._n = 0

    def write(
        self, token_id: int, method: str, chat_id: str, *, status: int, error: str | None = None,
        applied: bool = False, message_id: int | None = None, fingerprint: int | None = None,
    ) -> None:  # fmt: skip
        """`fingerprint` is given for sends: the second one that applied with the same names the first."""
        self._n += 1
        twin = None
        if fingerprint is not None and applied:
            key = (token_id, method, fingerprint)
            twin = self._sent.get(key)
            self._sent.setdefault(key, self._n)
            if len(self._sent) > KEPT:
                del self._sent[next(iter(self._sent))]
        row = CallRow(
            self._n, time.monotonic(), token_id, method, chat_id, status, error, applied, message_id, twin
        )  # fmt: skip
        self._rows.append(row)

    def after(self, n: int) -> list[Json]:
        """Rows numbered above `n`, oldest first."""
        newest = self._rows[-1].n if self._rows else 0
        skipped = max(0, len(self._rows) - (newest - n))
        return [asdict(row) for index, row in enumerate(self._rows) if index >= skipped]

    def clear(self) -> None:
        """Forget the rows; numbering goes on, so that `after` stays meaningful."""
        self._rows.clear()
        self._sent.clear()
