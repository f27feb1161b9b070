"""What has arrived and is not booked yet, as it is noted for whoever is in charge next.

On a server a booking waits in the queue of all writers; what arrived meanwhile would come twice if this program died.
"""

from collections.abc import Mapping
from typing import Any

from bot.outbox.channel import Outcome, Verdict
from bot.outbox.parcel import Parcel
from storage.outbox import ANSWER, Owed


def noted(parcel: Parcel, outcome: Outcome) -> dict[str, Any]:
    """All that booking needs. The chat of a person is not noted: it would tell who reported."""
    return {
        "method": parcel.method,
        "chat": min(parcel.chat, 0),
        "card": parcel.card,
        "editing": parcel.editing,
        "messages": outcome.message_ids,
    }


def as_noted(owed: Owed, note: Mapping[str, Any]) -> tuple[Parcel, Outcome]:
    """What is to be booked."""
    parcel = Parcel(
        owed=owed,
        chat=note["chat"],
        method=note["method"],
        params=owed.body["params"] if owed.kind == ANSWER else {},
        card=None if note["card"] is None else tuple(note["card"]),
        editing=note["editing"],
    )
    return parcel, Outcome(Verdict.SENT, result=[{"message_id": number} for number in note["messages"]])
