"""One update on its way through a round of the worker, and how it ended."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from bot.desk.desk import Call, Desk, Office
from bot.intake.arrivals import Fresh, as_json
from bot.intake.signs import Sign, whose
from storage.inbox import Arrival


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an update ended: done, new (another try at `not_before`) or dead. `trouble` is the kind of error."""

    state: str
    not_before: datetime | None = None
    trouble: str | None = None


DONE = Outcome("done")


class Task:
    """One update. `known` is its row, if it has one; `behind`: an earlier one of the same person waits."""

    def __init__(self, update: Any, sign: Sign, person: int | None, *, known: Arrival | None, behind: bool) -> None:
        self.update: dict[str, Any] = update
        self.sign = sign
        self.person = person
        self.known = known
        self.behind = behind
        self.attempts = known.attempts if known else 0
        self.fresh: Fresh | None = None
        self.name = f"u{sign.update_id}-{secrets.token_hex(4)}"
        self.desk: Desk
        self.outcome = Outcome("new")
        self.written = False

    @classmethod
    def again(cls, arrival: Arrival, office: Office) -> "Task":
        """One that waited for another try."""
        update = orjson.loads(office.seals.content.open(arrival.raw))
        return cls(update, whose(update), arrival.person, known=arrival, behind=False)

    @classmethod
    def new(cls, fresh: Fresh, *, behind: bool) -> "Task":
        """One that has just come."""
        task = cls(fresh.update, fresh.sign, fresh.person, known=None, behind=behind)
        task.fresh = fresh
        return task

    def left_to_say(self) -> list[Call]:
        """After the commit: answers to presses for the sender, less the one that whoever brought the update takes."""
        calls, reply = self.desk.at_once, self.fresh.reply if self.fresh else None
        if reply is None or not calls:
            return calls
        reply.call = calls[0]
        return calls[1:]

    def row(self, office: Office, now: datetime) -> dict[str, Any]:
        """Its row: of one that is done neither words nor whose it was."""
        assert self.fresh is not None
        done = self.outcome is DONE
        return {
            "bot_id": office.bot_id,
            "update_id": self.fresh.update_id,
            "deed": self.fresh.deed,
            "person": None if done else self.fresh.person,
            "raw": None if done else office.seals.content.close(as_json(self.fresh.update)),
            "state": self.outcome.state,
            "attempts": self.attempts,
            "received_at": now,
            "not_before": self.outcome.not_before,
            "trouble": self.outcome.trouble,
        }
