"""下载我的上报: everything somebody reported and what became of it, for a layman. Nothing of others is in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from typing import Any

from bot.cases.case import Case
from bot.desk import following
from bot.desk.blocked import is_blocked
from bot.desk.desk import Desk
from bot.desk.names import matter_name, unit_name
from bot.desk.subscribing import name_of
from bot.outbox.letters import person
from bot.texts import Texts
from bot.texts.language import JOINER
from storage import cases, joining, papers, people, reporters, subscriptions
from storage.attachments import Attachment

KIND = "mine"
EVERY = timedelta(hours=1)
PAGE = 25


@dataclass(frozen=True, slots=True)
class Account:
    """One case as its reporter may read it: a title, lines, and where the copies of the own photos are kept."""

    case_id: int
    title: str
    lines: Sequence[str]
    photos: Sequence[str]


async def ask(desk: Desk) -> datetime | None:
    """Ask for the file, once an hour. Returns from when it may be asked for again if that is later than now."""
    assert desk.person is not None
    to = person(desk.person.id)
    last = await papers.last_asked(desk.tx, KIND, to)
    if last is not None and desk.now() < last + EVERY:
        return last + EVERY
    language = desk.person.language or desk.office.language
    await ask_for_part(desk, desk.person.id, {"language": language, "before": None, "part": 1})
    return None


async def ask_for_part(desk: Desk, person_id: int, facts: Mapping[str, Any]) -> None:
    """Ask for one part: the reports before a case, the newest first."""
    key = f"{KIND} {person_id} {desk.now():%y%m%d%H%M%S} {facts['part']}"
    seal, given = desk.office.seals.content, {**facts, "person": person_id}
    caption = {"part": facts["part"]}
    await papers.ask(desk.tx, seal, key, KIND, person(person_id), given, caption, desk.now())


async def besides(desk: Desk, texts: Texts, person_id: int) -> list[str]:
    """What is kept of this person besides the reports: how they read, and which places they follow."""
    who = (await people.known(desk.tx, [person_id])).get(person_id)
    places = [await name_of(desk, one.node_id) for one in await subscriptions.of_person(desk.tx, person_id)]
    return texts.my_data_besides(places, large=who is not None and who.large)


async def accounts(desk: Desk, texts: Texts, person_id: int, before: int | None) -> list[Account]:
    """A page of what this person reported or joined, the newest first."""
    owner = reporters.owner_mark(desk.office.seals.vault, person_id)
    found = await cases.of_owner(desk.tx, owner, before, PAGE)
    return [await _account(desk, texts, case, owner) for case in found if await _may_read(desk, case, person_id)]


async def _may_read(desk: Desk, case: Case, person_id: int) -> bool:
    """Whoever is complained of and joined the report reads nothing of it any more."""
    if not await is_blocked(desk, case, person_id):
        return True
    return await reporters.is_owner(desk.tx, desk.office.seals.vault, case.reporter, person_id)


async def _account(desk: Desk, texts: Texts, case: Case, owner: int) -> Account:
    joined_as = await joining.ref_of(desk.tx, case.id, owner) if case.joined else None
    if joined_as is not None:
        place = await following.rough_place(desk, case)
        lines = [
            texts.my_data_joined(),
            texts.my_data_status(texts.status(case)),
            *([texts.my_data_place(place)] if place else []),
        ]
    else:
        lines = [*_told(texts, case), *await _answers(desk, texts, case)]
    lines += [texts.my_data_timeline(), *await _timeline(desk, texts, case, joined=joined_as is not None)]
    if joined_as is None:
        lines += await _rated(desk, texts, case)
    own = joined_as or case.reporter
    files = [one for one in await desk.files_of(case.id) if _is_own(one, case, own)]
    if others := sum(one.copy is None for one in files):
        lines.append(texts.my_data_other_files(others))
    title = f"{case.number}　{matter_name(desk, case, texts)}"
    return Account(case.id, title, [_plain(line) for line in lines], [one.copy for one in files if one.copy])


def _is_own(file: Attachment, case: Case, ref: str) -> bool:
    """Of an old case it was not kept who sent a file: what came with the report itself is the reporter's."""
    if file.ref is not None or file.source != "report" or ref != case.reporter:
        return file.ref == ref
    return not case.joined or file.came_at <= case.registered_at


def _told(texts: Texts, case: Case) -> list[str]:
    lines = [texts.my_data_when(case.registered_at), texts.my_data_status(texts.status(case))]
    lines += [texts.my_data_said(case.text)] if case.text else []
    lines += [texts.my_data_place(case.place)] if case.place else []
    return [*lines, texts.contact_is_sealed()] if case.sealed else lines


async def _answers(desk: Desk, texts: Texts, case: Case) -> list[str]:
    matter, known = desk.office.catalogue.matters.get(case.matter), await cases.answers_of(desk.tx, case.id)
    asked = [one for one in matter.questions if one.key in known] if matter else []
    return [f"{texts.question_short(one)} {texts.answer_words(one, known[one.key])}" for one in asked]


async def _timeline(desk: Desk, texts: Texts, case: Case, *, joined: bool) -> list[str]:
    lines: list[str] = []
    for one in await following.timeline(desk, case, joined=joined):
        unit = await unit_name(desk, one.unit_id)
        said = texts.event(one.at, one.action, unit, one.note, joined=joined, whole=True)
        lines += [f"· {said}"] if said else []
        lines += [f"　{one.note}"] if one.action == "add" and one.note and not joined else []
    return lines


async def _rated(desk: Desk, texts: Texts, case: Case) -> list[str]:
    given = await cases.rating_of(desk.tx, case.id, case.redone)
    satisfied: int | None = given.get("satisfied")
    return [texts.my_data_rated(texts.stars()[satisfied - 1])] if satisfied else []


def _plain(line: str) -> str:
    """Without the marks of a message: the page makes its own."""
    return unescape(line).replace(JOINER, "")
