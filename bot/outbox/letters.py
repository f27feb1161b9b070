"""Letters: what the desk owes somebody, as facts. Words and the channel's method are made as it leaves.

An address is a text: `reporter:<ref>`, `person:<id>`, `unit:<id>`. An answer to an update is kept as the
method a handler returned (see Answer).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from bot.cases.case import Status


class Lane(IntEnum):
    """Priorities, the smallest first. Nothing is held in reserve while no urgent letter waits.

    An urgent broadcast is an alert: before every other broadcast, and behind the answer to one who is in danger now.
    """

    INSTANT = 0
    URGENT = 1
    NORMAL = 2
    ALERT = 3
    BROADCAST = 4


class Kind(StrEnum):
    """What a letter says. One function of bot/outbox/writers.py each."""

    PROMISE = "promise"
    NEWS = "news"
    ASK_RATING = "ask_rating"
    UNIT_CARD = "unit_card"
    PRIVATE_CARD = "private_card"
    TRIAGE_CARD = "triage_card"
    VERIFY_CARD = "verify_card"
    SUPERVISION = "supervision"
    REVISIT = "revisit"
    REVISIT_ASK = "revisit_ask"
    MEDIA = "media"
    FILE = "file"
    STUB = "stub"
    VOICE = "voice"
    SUPPLEMENT = "supplement"
    SAID_MORE = "said_more"
    CLOCK_ON = "clock_on"
    REQUEST = "request"
    REQUEST_ANSWERED = "request_answered"
    SPOT_CHECK = "spot_check"
    CALL = "call"
    CALL_PIN = "call_pin"
    CALL_WORD = "call_word"
    CALL_RATE = "call_rate"
    NUDGE = "nudge"
    REMINDERS = "reminders"
    URGED = "urged"
    DRAFT_WAITS = "draft_waits"
    FILE_TROUBLE = "file_trouble"
    ALARM = "alarm"
    SORRY = "sorry"
    BROADCAST = "broadcast"
    BROADCAST_CARD = "broadcast_card"
    BROADCAST_ASK = "broadcast_ask"
    BROADCAST_ENDED = "broadcast_ended"
    QR = "qr"
    APPROVAL = "approval"
    DECIDED = "decided"
    DOCUMENT = "document"
    ROUND_CARD = "round_card"
    ROUND_ASK = "round_ask"
    ROUND_BOARD = "round_board"
    SHEET_READY = "sheet_ready"
    APPEAL = "appeal"
    APPEAL_DECIDED = "appeal_decided"
    SILENT_GRID = "silent_grid"
    PATROL_REMINDER = "patrol_reminder"
    JOINED = "joined"
    PUBLICATION = "publication"
    MENU = "menu"
    UNPLACED = "unplaced"
    APPLICATION = "application"
    APPLIED = "applied"
    RENEWALS = "renewals"
    WHISTLES = "whistles"
    MUTE_ASKED = "mute_asked"
    MUTE_TOLD = "mute_told"
    CONFIDED = "confided"
    GRADE_ASKED = "grade_asked"
    COPY = "copy"
    CLARIFY = "clarify"
    TURNED_AWAY = "turned_away"
    DIGEST = "digest"
    ORPHANS = "orphans"
    HANDED_OVER = "handed_over"
    SWAP_ASKED = "swap_asked"
    SWAP_ANSWERED = "swap_answered"
    GAPS = "gaps"
    CRY = "cry"
    CRY_NOTE = "cry_note"
    CRY_FILED = "cry_filed"
    GOT_THROUGH = "got_through"
    TAKE_BACK = "take_back"
    NOT_BACK = "not_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter to one address. `key` makes it safe to owe it twice; `only_while` is checked as it leaves."""

    key: str
    kind: Kind
    to: str
    case_id: int | None = None
    lane: Lane = Lane.NORMAL
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    only_while: tuple[Status, ...] = ()
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a handler returned: one Bot API method with its parameters. `to` is a fingerprint of the chat."""

    key: str
    to: str
    method: str
    params: Mapping[str, Any]
    lane: Lane = Lane.NORMAL


def reporter(ref: str) -> str:
    """The address of whoever reported a case."""
    return f"reporter:{ref}"


def person(person_id: int) -> str:
    """The private chat of a person."""
    return f"person:{person_id}"


def unit(unit_id: int) -> str:
    """The group (or topic) of a unit."""
    return f"unit:{unit_id}"
