"""A desk is one unit of work: the transaction, the clock, who acts, what the installation knows, and what it will owe."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.catalogue import Catalogue
from bot.cases.worktime import WorkCalendar
from bot.desk.places import Places
from bot.desk.workdays import Workdays
from bot.outbox.letters import Answer, Letter
from bot.texts import Texts, texts_in
from storage import dialogs, outbox, people
from storage.dialogs import Dialog
from storage.people import Person
from storage.seals import Seals


class Clock:
    """The only clock: aware UTC. The sandbox and the tests move it, nothing else does."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        """The time now."""
        return datetime.now(UTC) + self.ahead  # noqa: TID251 - this is the clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What an installation knows and every desk shares: seals, catalogue, calendar, clock, names, waiting times."""

    seals: Seals
    catalogue: Catalogue
    calendar: WorkCalendar
    workdays: Workdays
    clock: Clock
    bot_id: int
    language: str
    district: str
    number_prefix: str
    admins: frozenset[int]
    draft_rest: timedelta
    places: Places = field(default_factory=Places)


@dataclass(slots=True)
class Desk:
    """One unit of work. What is owed and which dialogs changed is collected and written at its end."""

    tx: AsyncConnection
    office: Office
    moment: datetime
    name: str
    person: Person | None = None
    dialogs: dict[tuple[int, int], Dialog] = field(default_factory=dict[tuple[int, int], Dialog])
    newcomers: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    owed: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    answered: int = 0

    def now(self) -> datetime:
        """The time of this unit of work: aware UTC, the same from its begin to its end."""
        return self.moment

    def texts(self, language: str | None = None) -> Texts:
        """Sentences in a language, by default in that of who acts, else in that of the installation."""
        return texts_in(language or (self.person.language if self.person else None) or self.office.language)

    def owe(self, *letters: Letter) -> None:
        """Owe letters, kept in the same transaction as their cause. A known key is not owed twice."""
        seal = self.office.seals.content
        self.owed.extend(outbox.letter_row(letter, seal, self.moment) for letter in letters)

    def answer(self, chat: int, method: str, params: Mapping[str, Any], lane: int) -> None:
        """Keep one method that a handler returned; its key is the desk's name and a running number."""
        self.answered += 1
        to = f"~{self.office.seals.content.fingerprint(str(chat)):x}"
        answer = Answer(key=f"{self.name}.{self.answered}", to=to, method=method, params=params)
        row = outbox.answer_row(answer, self.office.seals.content, self.moment)
        self.owed.append({**row, "lane": lane})

    async def dialog(self, person_id: int, place: int = 0) -> Dialog:
        """Where the conversation with somebody stands; change it and set `changed`."""
        if (person_id, place) not in self.dialogs:
            known = await dialogs.of_people(self.tx, self.office.seals.content, [person_id])
            for key, found in known.items():
                self.dialogs.setdefault(key, found)
            self.dialogs.setdefault((person_id, place), Dialog(person_id, place))
        return self.dialogs[person_id, place]


async def write_down(tx: AsyncConnection, office: Office, desks: list[Desk]) -> int:
    """Write what the desks collected, each kind in one statement. Returns how many rows are owed."""
    newcomers = [row for desk in desks for row in desk.newcomers]
    if newcomers:
        await people.add(tx, newcomers)
    changed = [one for desk in desks for one in desk.dialogs.values() if one.changed]
    if changed:
        await dialogs.save(tx, office.seals.content, changed)
    owed = [row for desk in desks for row in desk.owed]
    if owed:
        await outbox.owe(tx, owed)
    return len(owed)
