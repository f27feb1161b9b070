"""Broadcasts: who they are for, what they may say, how they stand, how long they take. No names of people in here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.cases.topics import Topic

LARGE = 500
"""Above so many recipients a second person confirms."""

TEXT_MOST = 4096 - 300
CAPTION_MOST = 1024 - 300
"""UTF-16 units, less what is written under it."""

QUOTE_LEAST = 8
TITLE_MOST = 20

RESIDENTS = "resident"
EVERYBODY = "all"
STAFF = (
    "grid_member",
    "household_head",
    "informer",
    "building_head",
    "whistleblower",
    "responder",
    "dispatcher",
    "admin",
)
AUDIENCES = (EVERYBODY, *STAFF, RESIDENTS)


class Stand(StrEnum):
    """How a broadcast stands."""

    WAITING = "waiting"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    STOPPED = "stopped"
    REFUSED = "refused"
    DONE = "done"


class Order(StrEnum):
    """What somebody wants of a broadcast."""

    AGREE = "agree"
    REFUSE = "refuse"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"


ORDERS: Mapping[tuple[Stand, Order], Stand] = {
    (Stand.WAITING, Order.AGREE): Stand.SCHEDULED,
    (Stand.WAITING, Order.REFUSE): Stand.REFUSED,
    (Stand.WAITING, Order.STOP): Stand.STOPPED,
    (Stand.SCHEDULED, Order.STOP): Stand.STOPPED,
    (Stand.SENDING, Order.PAUSE): Stand.PAUSED,
    (Stand.SENDING, Order.STOP): Stand.STOPPED,
    (Stand.PAUSED, Order.RESUME): Stand.SENDING,
    (Stand.PAUSED, Order.STOP): Stand.STOPPED,
}
"""Beside these, time moves it: scheduled begins to be sent, and sending ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Role ∧ everything below a place ∧ tag. `path` is that of the place in the tree, `/` for the whole district.

    Residents are those who follow the place, one below it or one above it, and want to hear of the `topic`.
    """

    role: str
    path: str = "/"
    tag: str | None = None
    topic: str | None = None

    @property
    def above(self) -> tuple[int, ...]:
        """The ids of the places above the place."""
        return tuple(int(part) for part in self.path.split("/") if part)[:-1]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles of duties that are meant; none for residents."""
        if self.role == RESIDENTS:
            return ()
        return STAFF if self.role == EVERYBODY else (self.role,)


_COLOURS = "红橙黄蓝"
_WARNING = re.compile(
    rf"[{_COLOURS}]\s*色?\s*(?:色预警|预警|警报|警戒)|[{_COLOURS}]\s*色[^，。；！？,;!?\n]{{0,8}}(?:预警|警报)|预警信号|(?:一|二|三|四|I|II|III|IV|Ⅰ|Ⅱ|Ⅲ|Ⅳ)\s*级\s*(?:预警|响应)",
    re.IGNORECASE,
)


def is_public_warning(words: str) -> bool:
    """Whether words read as a public warning, which only governments may issue (突发事件应对法 63, 64)."""
    return bool(_WARNING.search(words))


def is_quote(words: str) -> bool:
    """Whether words can say who issued a warning and when: long enough, and with a date or time in it."""
    return len(words) >= QUOTE_LEAST and any(sign.isdigit() for sign in words)


_SOURCE = re.compile(r"\s(?:来源|source)\s*[:：]", re.IGNORECASE)


def quoted(words: str) -> tuple[str, str]:
    """The words, and who issued the warning they pass on: what stands behind the last 来源：, empty without one."""
    found = list(_SOURCE.finditer(words))
    return (words[: found[-1].start()].strip(), words[found[-1].end() :].strip()) if found else (words, "")


def may_be_urgent(audience: Audience, content: Mapping[str, object]) -> bool:
    """Whether it may go out at night: to residents only an issued warning that is quoted."""
    return audience.role != RESIDENTS or (audience.topic == Topic.WARNINGS and bool(content.get("quote")))


def lacks_quote(audience: Audience, content: Mapping[str, object]) -> bool:
    """Whether it must say who issued the warning: it reads as one, or residents get it as one."""
    warns = audience.topic == Topic.WARNINGS or is_public_warning(str(content.get("text") or ""))
    return warns and not content.get("quote")


def needs_second(count: int) -> bool:
    """Whether somebody else must agree before so many people are written to."""
    return count > LARGE


def takes(count: int, per_second: float) -> timedelta:
    """How long sending takes at best."""
    return timedelta(seconds=count / per_second)


def title_of(words: str) -> str:
    """The first words, to tell one broadcast from another in a list."""
    line = " ".join(words.split())
    return line if len(line) <= TITLE_MOST else line[: TITLE_MOST - 1] + "…"
