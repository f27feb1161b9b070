"""A desk is one unit of work: the transaction, the clock, who acts, what the installation knows, what it will owe."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.catalogue import Catalogue
from bot.cases.checklists import Checklists
from bot.cases.hurry import Hurries
from bot.cases.worktime import WorkCalendar
from bot.desk.chosen import LANGUAGE, PATROL_HOUR, Chosen
from bot.desk.places import Places
from bot.desk.workdays import Workdays
from bot.outbox.letters import Answer, Letter
from bot.texts import Texts, texts_in
from storage import attachments, dialogs, outbox, people
from storage.attachments import Attachment
from storage.broadcasts import Broadcast
from storage.dialogs import Dialog
from storage.outbox import Owed
from storage.people import Chat, Person
from storage.reporters import owner_mark
from storage.seals import Seals

Call = tuple[str, Mapping[str, Any]]
"""A method of the channel and its parameters."""


class Clock:
    """The only clock: aware UTC. The sandbox and the tests move it, nothing else does.

    `latest` is the latest time that it ever told; a machine's clock may be put back (see bot/jobs/jumps.py).
    """

    def __init__(self) -> None:
        self.ahead = timedelta(0)
        self.latest = datetime.min.replace(tzinfo=UTC)

    def now(self) -> datetime:
        """The time now."""
        at = datetime.now(UTC) + self.ahead  # noqa: TID251 - this is the clock
        if at > self.latest:
            self.latest = at
        return at


@dataclass(slots=True)
class Me:
    """What Telegram told us of ourselves; empty until it has (see App)."""

    username: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What an installation knows and every desk shares: seals, catalogue, calendar, clock, names, waiting times.

    `pace` is how many messages a second may leave, `person_pace` how many a minute of one resident are answered;
    `listens`: voices become words here.
    """

    seals: Seals
    catalogue: Catalogue
    calendar: WorkCalendar
    workdays: Workdays
    clock: Clock
    bot_id: int
    chosen: Chosen
    district: str
    number_prefix: str
    admins: frozenset[int]
    pace: float
    listens: bool = False
    person_pace: float = 40
    reports_a_day: int = 20
    hurries: Hurries = field(default_factory=Hurries)
    checklists: Checklists = field(default_factory=Checklists)
    places: Places = field(default_factory=Places)
    me: Me = field(default_factory=Me)

    @property
    def language(self) -> str:
        """Spoken in groups and to people who chose none."""
        return self.chosen.now(LANGUAGE)

    @property
    def draft_rest(self) -> timedelta:
        """After so long a draft that rests is recalled."""
        return self.chosen.draft_rest

    @property
    def patrol_hour(self) -> int:
        """The local hour from which a missing patrol is asked for."""
        return self.chosen.now(PATROL_HOUR)


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows wait in the outbox, and the answers that are the sender's already."""

    owed: int
    in_hand: list[Owed]


Takes = Callable[[str], bool]


def nobody(_recipient: str) -> bool:
    """The sender takes nothing by hand."""
    return False


@dataclass(slots=True)
class Desk:
    """One unit of work. What is owed and which dialogs changed is collected and written at its end.

    `urgent`: it is about danger, so it is answered however fast somebody writes. `confided`: what was said is kept from
    every group, and whoever said it is told so.
    """

    tx: AsyncConnection
    office: Office
    moment: datetime
    name: str
    person: Person | None = None
    dialogs: dict[tuple[int, int], Dialog] = field(default_factory=dict[tuple[int, int], Dialog])
    newcomers: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    owed: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    at_once: list[Call] = field(default_factory=list[Call])
    files: dict[int, list[Attachment]] = field(default_factory=dict[int, list[Attachment]])
    chats: dict[int, Chat] = field(default_factory=dict[int, Chat])
    broadcasts: dict[int, Broadcast] = field(default_factory=dict[int, Broadcast])
    unread: dict[tuple[int, int], int | None] = field(default_factory=dict[tuple[int, int], int | None])
    answers: list[Answer] = field(default_factory=list[Answer])
    urgent: bool = False
    confided: bool = False

    def now(self) -> datetime:
        """The time of this unit of work: aware UTC, the same from its begin to its end."""
        return self.moment

    def texts(self, language: str | None = None) -> Texts:
        """Sentences in a language, by default in that of who acts, else in that of the installation."""
        return texts_in(language or (self.person.language if self.person else None) or self.office.language)

    def own_mark(self) -> int:
        """The keyed mark by which the reports of whoever acts are found."""
        assert self.person is not None
        return owner_mark(self.office.seals.vault, self.person.id)

    def owe(self, *letters: Letter) -> None:
        """Owe letters, kept in the same transaction as their cause. A known key is not owed twice."""
        seal = self.office.seals.content
        self.owed.extend(outbox.letter_row(letter, seal, self.moment) for letter in letters)

    def answer(self, chat: int, method: str, params: Mapping[str, Any]) -> None:
        """Keep one method that a handler returned; its key is the desk's name and a running number."""
        to = outbox.chat_mark(self.office.seals.content, chat)
        self.answers.append(Answer(key=f"{self.name}.{len(self.answers)}", to=to, method=method, params=params))

    def answer_press(self, params: Mapping[str, Any]) -> None:
        """End the waiting sign of a press as soon as this is committed. Not kept: it is worthless a minute later."""
        self.at_once.append(("answerCallbackQuery", params))

    async def files_of(self, case_id: int) -> list[Attachment]:
        """The files of a case, asked for once per desk; whoever adds some takes the case out of `files`."""
        if case_id not in self.files:
            self.files[case_id] = await attachments.of_case(self.tx, self.office.seals.content, case_id)
        return self.files[case_id]

    async def chat_of(self, person_id: int) -> Chat | None:
        """The private chat of somebody; where many are written to, `chats` was filled in one question."""
        if person_id in self.chats:
            return self.chats[person_id]
        return await people.chat_of(self.tx, self.office.seals.vault, person_id)

    async def dialog(self, person_id: int, place: int = 0) -> Dialog:
        """Where the conversation with somebody stands; change it and set `changed`."""
        if (person_id, place) not in self.dialogs:
            known = await dialogs.of_people(self.tx, self.office.seals.content, [person_id])
            for key, found in known.items():
                self.dialogs.setdefault(key, found)
            self.dialogs.setdefault((person_id, place), Dialog(person_id, place))
        return self.dialogs[person_id, place]


async def write_down(tx: AsyncConnection, office: Office, desks: Sequence[Desk], takes: Takes = nobody) -> Written:
    """Write what the desks collected, each kind in one statement.

    Answers to somebody whom the sender `takes` are given back, to be handed to it after the commit.
    """
    if newcomers := [row for desk in desks for row in desk.newcomers]:
        await people.add(tx, newcomers)
    changed = {key: one for desk in desks for key, one in desk.dialogs.items() if one.changed}
    if changed:
        await dialogs.save(tx, office.seals.content, list(changed.values()))
    seal, now = office.seals.content, office.clock.now()
    rows = [row for desk in desks for row in desk.owed]
    in_hand: list[Answer] = []
    for answer in (answer for desk in desks for answer in desk.answers):
        if takes(answer.to):
            in_hand.append(answer)
        else:
            rows.append(outbox.answer_row(answer, seal, now))
    if rows:
        await outbox.owe(tx, rows)
    return Written(len(rows), await outbox.in_hand(tx, in_hand, seal, now) if in_hand else [])
