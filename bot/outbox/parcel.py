"""What leaves: one call to one chat, and what is to be remembered of it; and the shelf where parcels wait."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.outbox.pace import Pace
from storage.outbox import Owed

EDITABLE = frozenset({"chat_id", "text", "parse_mode", "link_preview_options", "reply_markup"})


@dataclass(frozen=True, slots=True)
class Copy:
    """A working copy to send along: the neutral name it is shown under, and where it lies."""

    name: str
    path: str


@dataclass(slots=True, kw_only=True)
class Parcel:
    """One claimed row as a call. Without a method nothing is to be sent: `why` says so, `lost` whether that is an
    error, `later` when to ask again.

    `files` are read just before they leave. `card` is (case, place, recipient) of a message to be found again,
    `editing` that it changes one, `follows` that the message it shall change was still on its way when this was put
    into words. `behind` is the parcel of the same chat that failed while this one waited; `held_until` is written by
    whoever books it: nothing for its address may leave before.
    """

    owed: Owed
    chat: int = 0
    method: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict[str, Any])
    files: Mapping[str, Copy] = field(default_factory=dict[str, Copy])
    paced: bool = True
    card: tuple[int, str, str] | None = None
    editing: bool = False
    follows: bool = False
    why: str = ""
    lost: bool = False
    later: timedelta | None = None
    behind: "Parcel | None" = None
    held_until: datetime | None = None

    @property
    def messages(self) -> int:
        """How many messages this is for Telegram's limits: an album counts piece by piece."""
        return max(1, len(self.files))


def as_edit(parcel: Parcel, message_id: int) -> None:
    """Make a card that was to be a new message a change of the one sent meanwhile."""
    kept = {name: value for name, value in parcel.params.items() if name in EDITABLE}
    parcel.params = {"reply_markup": {"inline_keyboard": []}, **kept, "message_id": message_id}
    parcel.method, parcel.editing = "editMessageText", True


@dataclass(slots=True)
class _Place:
    parcels: deque[Parcel] = field(default_factory=deque[Parcel])
    in_hand: bool = False


class Shelf:
    """Parcels in order per chat. One parcel of a chat is in hand at a time; a slow chat keeps nobody else waiting."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._places: dict[int, _Place] = {}

    def put(self, parcel: Parcel) -> None:
        """Behind what waits for this chat."""
        self._places.setdefault(parcel.chat, _Place()).parcels.append(parcel)

    def take(self, now: float) -> Parcel | None:
        """The most urgent parcel that may leave now; its chat is in hand until `handed_over`."""
        best: tuple[int, int, int] | None = None
        closed = self._pace.open_at > now
        for chat, first in self._heads():
            key = (first.owed.lane, first.owed.id, chat)
            if best is not None and key > best:
                continue
            if not first.paced or not (closed or self._pace.ready_at(chat, first.messages) > now):
                best = key
        if best is None:
            return None
        place = self._places[best[2]]
        place.in_hand = True
        parcel = place.parcels.popleft()
        if parcel.paced:
            self._pace.sent(parcel.chat, now, parcel.messages)
        return parcel

    def handed_over(self, chat: int) -> None:
        """The parcel of this chat is out of hand."""
        place = self._places[chat]
        place.in_hand = False
        if not place.parcels:
            del self._places[chat]

    def clear(self, chat: int) -> list[Parcel]:
        """Take everything that waits for a chat (one before it failed; order is kept by claiming it again)."""
        place = self._places.get(chat)
        behind = list(place.parcels) if place else []
        if place:
            place.parcels.clear()
        return behind

    def everything(self) -> list[Parcel]:
        """All that waits here."""
        return [parcel for place in self._places.values() for parcel in place.parcels]

    def room(self, most: int, now: float) -> int:
        """How many more parcels are worth having: those of chats that must wait longer do not count."""
        return most - sum(
            len(place.parcels) for chat, place in self._places.items() if self._pace.ready_at(chat) <= now
        )

    def busy(self) -> set[str]:
        """Addresses with something waiting here; nothing more of theirs is fetched meanwhile."""
        return {parcel.owed.recipient for place in self._places.values() for parcel in place.parcels}

    @property
    def has_more(self) -> bool:
        """Whether something waits for a chat that is not in hand."""
        return any(True for _ in self._heads())

    def next_at(self) -> float | None:
        """When the next parcel may leave (monotonic), or None if none waits."""
        times = [self._pace.ready_at(chat, first.messages) for chat, first in self._heads()]
        return max(self._pace.open_at, min(times)) if times else None

    def _heads(self) -> Iterator[tuple[int, Parcel]]:
        for chat, place in self._places.items():
            if place.parcels and not place.in_hand:
                yield chat, place.parcels[0]
