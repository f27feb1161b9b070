"""What a case is: its grade, colour, status and the facts every rule looks at."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Level(StrEnum):
    """Who leads: 一级 district department, 二级 town or street, 三级 village or community."""

    DISTRICT = "district"
    TOWN = "town"
    COMMUNITY = "community"


class Colour(StrEnum):
    """Internal handling colour (never a public warning): 红 at once, 黄 soon, none."""

    RED = "red"
    YELLOW = "yellow"
    NONE = "none"


class Visibility(StrEnum):
    """P may be published, M masked, C confidential: never in a group, never published."""

    PUBLIC = "P"
    MASKED = "M"
    CONFIDENTIAL = "C"


class Status(StrEnum):
    """Where a case stands. Chinese names are in the glossary; draft lives in the dialog, not in the case table."""

    DRAFT = "draft"
    REGISTERED = "registered"
    TRIAGE = "triage"
    NEED_INFO = "need_info"
    DIVERTED = "diverted"
    REFERRED = "referred"
    REJECTED = "rejected"
    MERGED = "merged"
    DISPATCHED = "dispatched"
    RETURN_REVIEW = "return_review"
    ACCEPTED = "accepted"
    HANDLING = "handling"
    JOINT = "joint"
    EXTENSION_REVIEW = "extension_review"
    SHELVED = "shelved"
    VERIFY = "verify"
    REWORK = "rework"
    FEEDBACK = "feedback"
    CLOSED = "closed"
    REDO = "redo"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"


class Source(StrEnum):
    """How a report came: told here by the reporter, or recorded by the centre (代录): a call, a text message, 12345.

    领导批示 (INSTRUCTION) and 协同任务 (TASK) are recorded too: somebody above asks for something until a day.
    """

    CHAT = "chat"
    PHONE = "phone"
    SMS = "sms"
    HOTLINE = "12345"
    INSTRUCTION = "leader"
    TASK = "task"


FROM_ABOVE = frozenset({Source.INSTRUCTION, Source.TASK})
"""Somebody above waits for these until a day."""


class Contact(StrEnum):
    """May the reporter be asked: only through the bot, also by telephone, or not at all."""

    RELAY = "relay"
    CALL = "call"
    NONE = "none"


RETURNS = 2
"""So often a case can be given back; then whoever gets it keeps it."""

AT_UNIT = (
    Status.DISPATCHED,
    Status.RETURN_REVIEW,
    Status.ACCEPTED,
    Status.HANDLING,
    Status.JOINT,
    Status.EXTENSION_REVIEW,
    Status.SHELVED,
    Status.VERIFY,
    Status.REWORK,
)
"""A unit has it, or it waits for somebody because of the unit."""
WITH_UNIT = (Status.DISPATCHED, Status.ACCEPTED, Status.HANDLING, Status.JOINT, Status.REWORK)
"""It is on the unit to go on."""
WITH_SOMEBODY = (Status.ACCEPTED, Status.HANDLING, Status.JOINT, Status.REWORK)
"""Somebody of the unit has signed for it, and may be on the way."""
AT_WORK = (Status.HANDLING, Status.JOINT, Status.REWORK)
"""They have been in touch and work on it; they may be waiting for an answer."""

GROUNDS = ("unlawful", "unreasonable")
"""违法, 不合理: what is demanded cannot be given, so its rating says nothing of the unit."""

ENDED = frozenset({Status.CLOSED, Status.ARCHIVED, Status.WITHDRAWN, Status.MERGED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case as it stands. `version` grows with every move, so that a stale press is seen.

    `reporter` is a random reference; the way back to a chat is elsewhere, sealed. Times are aware UTC.
    `withheld`: sealed because of its words, until a dispatcher decides; `confided`: so many supplements to it are kept
    from every group. `on_behalf` (代报): reported for somebody else. `order_number`, `order_due`: of a 12345 order;
    whoever gives an instruction or a task sets its `order_due` too. `asked_at`: since when the reporter has been asked
    before the dispatch. `parent_id`: the case it is merged into. `criterion`: when it is done, in a dispatcher's words.
    `paused_at`: since when the clock stands for a question of the unit; `paused_s`: how many seconds it stood since the
    dispatch, `resumed_at`: when it last went on (see pausing.py).
    `excluded`: why no unit is judged by its rating (GROUNDS), as two people decided.
    `graver_at`: when it got a graver colour last, for then its clocks begin anew.
    `progressed_at`: when its unit last told of the work, by a progress, a result or a 挂账.
    `spared_at` (容错): since when its yellow and red card are not held against whoever dealt with it.
    `proposed_unit_id` is the unit that a 退单 names, `review_at` the end of a 挂账; `on_spot`: 即报即办, by its finder.
    """

    id: int
    number: str
    matter: str
    level: Level
    colour: Colour
    visibility: Visibility
    status: Status
    version: int
    text: str
    place: str
    reporter: str
    registered_at: datetime
    sealed: bool = False
    danger: bool = False
    latitude: float | None = None
    longitude: float | None = None
    node_id: int | None = None
    unit_id: int | None = None
    handler_id: int | None = None
    closer_id: int | None = None
    dispatched_at: datetime | None = None
    accepted_at: datetime | None = None
    contacted_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    due_at: datetime | None = None
    result: str | None = None
    outcome: str | None = None
    redone: int = 0
    urged: int = 0
    urged_at: datetime | None = None
    joined: int = 0
    source: Source = Source.CHAT
    on_behalf: bool = False
    order_number: str | None = None
    order_due: datetime | None = None
    contact: Contact = Contact.RELAY
    withheld: bool = False
    confided: int = 0
    asked_at: datetime | None = None
    parent_id: int | None = None
    criterion: str | None = None
    returned: int = 0
    proposed_unit_id: int | None = None
    shelved_at: datetime | None = None
    review_at: datetime | None = None
    on_spot: bool = False
    conflicted: bool = False
    yellow_at: datetime | None = None
    red_at: datetime | None = None
    overseen_at: datetime | None = None
    paused_at: datetime | None = None
    paused_s: int = 0
    resumed_at: datetime | None = None
    excluded: str | None = None
    graver_at: datetime | None = None
    progressed_at: datetime | None = None
    spared_at: datetime | None = None

    @property
    def secret(self) -> bool:
        """Whether it is for those alone whose task it is: by its matter, or because the reporter sealed it."""
        return self.sealed or self.visibility is Visibility.CONFIDENTIAL

    @property
    def confidential(self) -> bool:
        """Whether it must never enter a group: a secret, or somebody is complained of, and nobody knows who reads
        along."""
        return self.secret or self.conflicted

    @property
    def assigned(self) -> bool:
        """指定: given back twice and sent out again, so it cannot be given back any more."""
        return self.returned >= RETURNS

    @property
    def recorded(self) -> bool:
        """Whether somebody of the centre wrote down what another said (代录)."""
        return self.source is not Source.CHAT

    @property
    def ended(self) -> bool:
        """Whether nothing is owed any more (the reporter may still reopen a closed case)."""
        return self.status in ENDED
