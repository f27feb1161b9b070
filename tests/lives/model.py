"""A simple model of a case in the hands of people: what may be done by whom, written down without the product's rules.

What a move leads to and who may do it stands in the copy of the table (tests/cases/test_moves.py); here stands what it
asks besides. A new deed has its line in DEEDS of test_lives.py and, if it asks for more, in `Known.hindered`.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.cases.actions import Action
from bot.cases.alarms import Kind
from bot.cases.case import Status
from tests.cases.test_moves import LETTERS, TABLE

SIGNS = {role: letter for letter, role in LETTERS.items()}
ABOVE = {"community": "town", "town": "district", "district": "district"}
LATE = {Kind.YELLOW_CARD: "yellow_card", Kind.RED_CARD: "red_card", Kind.OVERSEEN: "oversee"}
AT_WORK = (Status.HANDLING, Status.JOINT, Status.REWORK)
WITH_SOMEBODY = (Status.ACCEPTED, *AT_WORK)
BY_UNIT = frozenset("udl")


@dataclass(frozen=True)
class Somebody:
    """A person of the town: which unit they are of, as what, or what else they are."""

    user_id: int
    unit: str = ""
    as_what: str = ""


RESIDENT, NEIGHBOUR = Somebody(1001, as_what="R"), Somebody(1002)
DUTY, LEADER = Somebody(2001, "xinmao", "d"), Somebody(2002, "xinmao", "l")
OTHER, OFFICE, FIREMAN = Somebody(2005, "binhe", "dl"), Somebody(2003, "town", "dl"), Somebody(2004, "fire", "dl")
GRID, DISPATCHER, ADMIN = Somebody(2006, as_what="GV"), Somebody(3001, as_what="D"), Somebody(9001)
EVERYBODY = (RESIDENT, NEIGHBOUR, DUTY, LEADER, OTHER, OFFICE, FIREMAN, GRID, DISPATCHER, ADMIN)


@dataclass
class Known:
    """A case as the model knows it."""

    id: int
    sealed: bool
    status: Status
    unit: str
    registered: datetime
    level: str = "community"
    placed: bool = True
    handler: int | None = None
    closer: int | None = None
    resolved: datetime | None = None
    closed: datetime | None = None
    redone: int = 0
    urged: int = 0
    done: Counter[str] = field(default_factory=Counter[str])
    lines: list[str] = field(default_factory=list[str])
    late: dict[str, datetime] = field(default_factory=dict[str, datetime])

    def signs(self, who: Somebody) -> set[str]:
        """What somebody is towards it, in the letters of the table."""
        if who.unit:
            hidden = self.sealed and "d" not in who.as_what and who.user_id != self.handler
            return {"u", *who.as_what} if who.unit == self.unit and not hidden else set()
        return set() if who is GRID and (self.sealed or not self.placed) else set(who.as_what)

    def may(self, who: Somebody, action: Action, now: datetime) -> bool:
        """Whether the press has an effect. A word of the unit counts as first contact where there was none."""
        row = TABLE.get((self.status, action))
        if self.status is Status.ACCEPTED and action in {Action.PROGRESS, Action.RESOLVE}:
            row = TABLE[Status.HANDLING, action]
        if row is None or not self.signs(who) & {SIGNS[role] for role in row[1]}:
            return False
        return not self.hindered(who, action, now)

    def hindered(self, who: Somebody, action: Action, now: datetime) -> bool:
        """What a move asks besides status and role."""
        late = self.closed is not None and now > self.closed + timedelta(days=30)
        told = self.resolved or self.closed
        return {
            Action.ACCEPT: self.sealed and who.as_what == "u",
            Action.CONFIRM: who.user_id in {self.closer, self.handler},
            Action.FAIL: who.user_id in {self.closer, self.handler},
            Action.EXTEND: self.done["extend"] > 0
            and not (self.level == "district" and self.done["extend"] == 1 and "l" in who.as_what),
            Action.ESCALATE: self.level == "district",
            Action.REDO: self.status is Status.CLOSED and (self.redone > 0 or late),
            Action.RATE: self.status is Status.CLOSED
            and (self.done["rate"] > 0 or (told is not None and now > told + timedelta(days=14))),
        }.get(action, False)

    def is_late(self, rung: set[Kind], now: datetime) -> None:
        """Cards and 督办 are given once, and stand in the history."""
        for kind, name in LATE.items():
            if kind in rung and name not in self.late:
                self.late[name] = now
                self.lines.append(name)

    def does(self, who: Somebody, action: Action, now: datetime, to: str = "") -> None:
        """Go on by one move, and by those that follow of themselves."""
        if self.status is Status.ACCEPTED and action in {Action.PROGRESS, Action.RESOLVE}:
            self.does(who, Action.CONTACT, now)
        before, self.status = self.status, TABLE[self.status, action][0]
        self.done[action.value] += 1
        self.lines.append(action.value)
        self._is_promised_anew(action, to)
        if action is Action.ACCEPT:
            self.handler = who.user_id
        if action is Action.RESOLVE:
            self.closer, self.resolved = who.user_id, now
        if action is Action.FAIL:
            self.resolved = None
        if self.status in (Status.CLOSED, Status.WITHDRAWN) and before is not self.status:
            self.closed = now
        if action is Action.REDO:
            self.redone, self.resolved, self.closed = self.redone + 1, None, None
            if self.redone == 1 and self.unit:
                self.does(who, Action.DISPATCH, now, self.unit)

    def _is_promised_anew(self, action: Action, to: str) -> None:
        """Somebody else has it, or there is more time: a new promise begins without cards, 督办 stays."""
        if action in {Action.DISPATCH, Action.REASSIGN, Action.ESCALATE}:
            self.unit, self.handler, self.resolved = to or self.unit, None, None
        if action in {Action.ESCALATE, Action.GRANT, Action.REDO}:
            self.late = {name: at for name, at in self.late.items() if name == "oversee"}
        if action is Action.ESCALATE:
            self.level = ABOVE[self.level]
