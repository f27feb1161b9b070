"""What leaves: one call to one chat, and what is to be remembered of it; and the shelf where parcels wait."""

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import Any

from bot.outbox.pace import Pace
from storage.outbox import Owed

Card = tuple[int, str, str]
"""Case, place, recipient."""

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

    `files` are read just before they leave, `pictures` were drawn here. `card` is (case, place, recipient) of a message
    to be found again, `editing` that it changes one, `follows` that the message it shall change was still on its way
    when this was put into words. `behind` is the parcel of the same chat that failed while this one waited;
    `held_until` is written by whoever books it: nothing for its address may leave before.
    """

    owed: Owed
    chat: int = 0
    method: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict[str, Any])
    files: Mapping[str, Copy] = field(default_factory=dict[str, Copy])
    pictures: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    paced: bool = True
    card: Card | None = None
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
        return len(self.params["media"]) if self.method == "sendMediaGroup" else 1


def as_edit(parcel: Parcel, message_id: int) -> None:
    """Make a card that was to be a new message a change of the one sent meanwhile."""
    kept = {name: value for name, value in parcel.params.items() if name in EDITABLE}
    parcel.params = {"reply_markup": {"inline_keyboard": []}, **kept, "message_id": message_id}
    parcel.method, parcel.editing = "editMessageText", True


class CardsUnderWay:
    """Cards that left and are not booked: until then no table says which message a change of them has to change."""

    def __init__(self) -> None:
        self._fetched: Counter[Card] = Counter()
        self._sent: dict[Card, int] = {}

    def fetched(self, parcel: Parcel) -> None:
        """It is on its way from here on; behind another of the same card it `follows`."""
        if parcel.card is not None:
            parcel.follows = self._fetched[parcel.card] > 0
            self._fetched[parcel.card] += 1

    def leaves(self, parcel: Parcel) -> None:
        """What follows a card that became a message meanwhile changes it."""
        if parcel.follows and not parcel.editing and parcel.card in self._sent:
            as_edit(parcel, self._sent[parcel.card])

    def sent(self, parcel: Parcel, message_id: int | None) -> None:
        """The message that it became, if it did."""
        if parcel.card is not None and message_id is not None:
            self._sent[parcel.card] = message_id

    def booked(self, parcel: Parcel) -> None:
        """It is found in the table from now on."""
        if parcel.card is None:
            return
        self._fetched[parcel.card] -= 1
        if self._fetched[parcel.card] <= 0:
            del self._fetched[parcel.card]
            self._sent.pop(parcel.card, None)


@dataclass(slots=True)
class _Place:
    """What waits for one chat; it stands in one line at most, and in none while one of its parcels is in hand."""

    parcels: deque[Parcel] = field(default_factory=deque[Parcel])
    in_hand: bool = False
    in_line: bool = False


class Shelf:
    """Parcels in order per chat. One parcel of a chat is in hand at a time; a slow chat keeps nobody else waiting.

    Chats stand in lines by their first parcel: those that must wait by the time they may go, those that may go by
    urgency. Pauses can come in between, so whoever is at the front is looked at again before it goes.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._places: dict[int, _Place] = {}
        self._waiting: list[tuple[float, int]] = []
        self._ready: list[tuple[int, int, int]] = []
        self._unpaced: list[tuple[int, int, int]] = []

    def put(self, parcel: Parcel) -> None:
        """Behind what waits for this chat."""
        place = self._places.setdefault(parcel.chat, _Place())
        place.parcels.append(parcel)
        self._line_up(parcel.chat, place)

    def take(self, now: float) -> Parcel | None:
        """The most urgent parcel that may leave now; its chat is in hand until `handed_over`."""
        self._call_up(now)
        line = self._unpaced
        if self._pace.open_at <= now and self._ready and (not line or self._ready[0] < line[0]):
            line = self._ready
        if not line:
            return None
        place = self._places[heappop(line)[2]]
        place.in_line, place.in_hand = False, True
        parcel = place.parcels.popleft()
        if parcel.paced:
            self._pace.sent(parcel.chat, now, parcel.messages)
        return parcel

    def handed_over(self, chat: int) -> None:
        """The parcel of this chat is out of hand."""
        place = self._places[chat]
        place.in_hand = False
        if place.parcels:
            self._line_up(chat, place)
        else:
            del self._places[chat]

    def clear(self, chat: int) -> list[Parcel]:
        """Take everything that waits for a chat in hand (one before it failed; claimed again it comes in order)."""
        place = self._places.get(chat)
        behind = list(place.parcels) if place else []
        if place:
            place.parcels.clear()
        return behind

    def everything(self) -> list[Parcel]:
        """All that waits here."""
        return [parcel for place in self._places.values() for parcel in place.parcels]

    def room(self, most: int, now: float) -> int:
        """How many more parcels are worth having: chats that must wait longer do not count."""
        self._call_up(now)
        return most - len(self._ready) - len(self._unpaced)

    def busy(self) -> set[str]:
        """Addresses with something waiting here; nothing more of theirs is fetched meanwhile."""
        return {parcel.owed.recipient for place in self._places.values() for parcel in place.parcels}

    @property
    def has_more(self) -> bool:
        """Whether something waits for a chat that is not in hand."""
        return bool(self._unpaced or self._ready or self._waiting)

    def next_at(self) -> float | None:
        """When the next parcel may leave (monotonic), or None if none waits."""
        if self._unpaced:
            return 0.0
        if self._ready:
            return self._pace.open_at
        return max(self._pace.open_at, self._waiting[0][0]) if self._waiting else None

    def _line_up(self, chat: int, place: _Place) -> None:
        if place.in_hand or place.in_line:
            return
        place.in_line = True
        first = place.parcels[0]
        if first.paced:
            heappush(self._waiting, (self._pace.ready_at(chat, first.messages), chat))
        else:
            heappush(self._unpaced, (first.owed.lane, first.owed.id, chat))

    def _call_up(self, now: float) -> None:
        """Those whose time has come join the ready ones; who was ready and was told to wait since goes back."""
        while self._waiting and self._waiting[0][0] <= now:
            _, chat = heappop(self._waiting)
            self._stand(chat, now)
        while self._ready and self._ready_at(self._ready[0][2]) > now:
            self._stand(heappop(self._ready)[2], now)

    def _stand(self, chat: int, now: float) -> None:
        first = self._places[chat].parcels[0]
        at = self._ready_at(chat)
        if at <= now:
            heappush(self._ready, (first.owed.lane, first.owed.id, chat))
        else:
            heappush(self._waiting, (at, chat))

    def _ready_at(self, chat: int) -> float:
        return self._pace.ready_at(chat, self._places[chat].parcels[0].messages)
