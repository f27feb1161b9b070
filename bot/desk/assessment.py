"""The quarter sheet of a grid member: what is counted, who sees it, and what becomes of an appeal.

Whose report a case is, is only counted here, never told: a keyed mark finds the own reports, sealed ones are left out.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta

from bot.cases import assessment as rules
from bot.cases.assessment import ADJUSTMENTS, Facts, Sheet
from bot.cases.errors import NoDuty, NoteRequired, NotFound, NotOpen, NotYours, Taken, TooLate
from bot.cases.months import Mark, days_of
from bot.desk import patrolling
from bot.desk.desk import Desk
from bot.desk.patrol_month import marks_of
from bot.desk.rights import is_dispatcher
from bot.outbox.letters import Kind, Letter, person
from bot.texts.language import ZONE
from storage import assessment, beats, cases, grid, patrols, people, reporters, sheets
from storage.grid import Node

ROLE = "grid_member"
LONGEST = 1000
MONTHS = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A sheet as its owner sees it: until when they may appeal (None: not or no longer), and whether they have."""

    quarter: str
    places: tuple[str, ...]
    facts: Facts
    sheet: Sheet
    final: bool
    appeal_until: datetime | None
    appealed: bool


async def grids_of(desk: Desk, person_id: int) -> list[Node]:
    """The places somebody looks after as a grid member."""
    duties = await people.duties_of(desk.tx, person_id, desk.now())
    ids = dict.fromkeys(duty.node_id for duty in duties if duty.role == ROLE and duty.node_id is not None)
    return [(await grid.path(desk.tx, node_id))[-1] for node_id in ids]


def span_of(desk: Desk, quarter: str) -> tuple[datetime, datetime]:
    """Begin and end of a quarter, not later than now. Raises NotOpen for what is no quarter or lies ahead."""
    days = rules.quarter_of(quarter)
    if days is None or days[0] > patrolling.today(desk):
        raise NotOpen
    begin, end = (datetime.combine(day, time(0), ZONE) for day in (days[0], days[1] + timedelta(days=1)))
    return begin, min(end, desk.now())


async def facts_of(desk: Desk, person_id: int, places: list[Node], quarter: str) -> Facts:
    """Everything the formula asks for, counted until the end of the quarter or until now."""
    begin, end = span_of(desk, quarter)
    paths = [node.path for node in places]
    owner = reporters.owner_mark(desk.office.seals.vault, person_id)
    done, due = await _days(desk, person_id, places, quarter)
    by_day = await assessment.confirmed_by_day(desk.tx, person_id, owner, begin, end)
    verdicts, relapsed = await assessment.verdicts(desk.tx, person_id, owner, paths, begin, end, rules.RELAPSE)
    asked, in_time = await assessment.checks_asked(desk.tx, person_id, paths, begin, end, rules.VERDICT_WITHIN)
    ratings, stars = await assessment.rated(desk.tx, owner, paths, begin, end)
    households, visited = await assessment.visited(desk.tx, paths, begin, end)
    return Facts(
        days_due=due,
        days_done=done,
        reports=rules.capped(by_day.values()),
        verdicts=verdicts,
        relapsed=relapsed,
        asked=asked,
        in_time=in_time,
        ratings=ratings,
        stars=stars,
        households=households,
        visited=visited,
        fakes=await assessment.fakes(desk.tx, owner, begin, end),
    )


async def _days(desk: Desk, person_id: int, places: list[Node], quarter: str) -> tuple[int, int]:
    """Patrol days noted, and days that were asked for."""
    days = rules.quarter_of(quarter)
    if days is None or ROLE not in desk.office.checklists.by_role:
        return 0, 0
    kept = await patrols.of_person(desk.tx, desk.office.seals.content, person_id, *days)
    months = [days[0].replace(month=days[0].month + n) for n in range(MONTHS)]
    every = [day for first in months for day in days_of(first)]
    began = await patrols.began(desk.tx)
    marks, _ = marks_of(desk, {node.id: ROLE for node in places}, kept, every, began)
    done = marks.count(Mark.DONE)
    return done, done + marks.count(Mark.MISSED)


async def my_sheet(desk: Desk, quarter: str) -> Shown:
    """The sheet of whoever acts: as given out, or as it stands now. Raises NoDuty, NotOpen."""
    if desk.person is None:
        raise NoDuty
    who = desk.person.id
    places = await grids_of(desk, who)
    kept = await sheets.of_person(desk.tx, who, quarter)
    if not places and kept is None:
        raise NoDuty
    span_of(desk, quarter)
    facts = Facts(**kept.facts) if kept else await facts_of(desk, who, places, quarter)
    until = kept.given_at + rules.APPEAL_WITHIN if kept else None
    said = await sheets.appeal_of(desk.tx, desk.office.seals.content, who, quarter)
    return Shown(
        quarter=quarter,
        places=tuple([await patrolling.place_of(desk, node.id) for node in places]),
        facts=facts,
        sheet=rules.sheet(facts, kept.added if kept else 0),
        final=kept is not None,
        appeal_until=until if until and until > desk.now() and said is None else None,
        appealed=said is not None,
    )


async def newest_quarter(desk: Desk) -> str:
    """The last quarter if its sheet was given out, else the running one."""
    before = rules.quarter_before(patrolling.today(desk))
    if desk.person and await sheets.of_person(desk.tx, desk.person.id, before):
        return before
    return rules.quarter_at(patrolling.today(desk))


async def give_out(desk: Desk, person_id: int, quarter: str) -> None:
    """Keep the sheet of a quarter that has ended and tell its owner. Given out twice it is given out once."""
    if await sheets.of_person(desk.tx, person_id, quarter):
        return
    facts = await facts_of(desk, person_id, await grids_of(desk, person_id), quarter)
    await sheets.give_out(desk.tx, person_id, quarter, asdict(facts), desk.now())
    until = desk.now() + rules.APPEAL_WITHIN
    facts_of_letter = {"quarter": quarter, "until": until.isoformat()}
    key = f"sheet {quarter} {person_id}"
    desk.owe(Letter(key=key, kind=Kind.SHEET_READY, to=person(person_id), facts=facts_of_letter))


async def may_appeal(desk: Desk, quarter: str) -> Shown:
    """The sheet, if an appeal is still open. Raises TooLate after that, NotOpen when one was made."""
    shown = await my_sheet(desk, quarter)
    if shown.appealed or not shown.final:
        raise NotOpen
    if shown.appeal_until is None:
        raise TooLate
    return shown


async def appeal(desk: Desk, quarter: str, words: str) -> None:
    """申诉: every dispatcher hears of it; one of them decides."""
    await may_appeal(desk, quarter)
    assert desk.person is not None
    seal = desk.office.seals.content
    if not await sheets.appeal(desk.tx, seal, desk.person.id, quarter, words[:LONGEST], desk.now()):
        raise NotOpen
    one = await sheets.appeal_of(desk.tx, seal, desk.person.id, quarter)
    assert one is not None
    judges = await people.with_role(desk.tx, "dispatcher", desk.now())
    desk.owe(
        *(
            Letter(key=f"appeal {one.id} {who}", kind=Kind.APPEAL, to=person(who), facts={"appeal": one.id})
            for who in dict.fromkeys(duty.person_id for duty in judges)
            if who != desk.person.id
        )
    )


async def appeal_to_judge(desk: Desk, number: int) -> sheets.Appeal:
    """An appeal that whoever acts may decide. Raises NotYours, NotFound, Taken when it is decided."""
    if desk.person is None or not await is_dispatcher(desk, desk.person.id):
        raise NotYours
    one = await sheets.appeal_by_id(desk.tx, desk.office.seals.content, number)
    if one is None:
        raise NotFound
    if one.person_id == desk.person.id:
        raise NotYours
    if one.decided_at is not None:
        raise NotOpen
    return one


async def judge(desk: Desk, number: int, points: int, reason: str) -> sheets.Appeal:
    """Decide with a reason: points are added, or none (0). Raises NoteRequired without one."""
    one = await appeal_to_judge(desk, number)
    if not reason.strip():
        raise NoteRequired
    if points not in {0, *ADJUSTMENTS} or desk.person is None:
        raise NotOpen
    seal, by = desk.office.seals.content, desk.person.id
    if not await sheets.decide(desk.tx, seal, one, by, points, reason[:LONGEST], desk.now()):
        raise Taken
    desk.owe(
        Letter(
            key=f"appeal {one.id} decided",
            kind=Kind.APPEAL_DECIDED,
            to=person(one.person_id),
            facts={"appeal": one.id},
        )
    )
    return one


async def mark_fake(desk: Desk, number: str, reason: str) -> None:
    """A dispatcher has established that a report was invented: written into its history, once, with the reason.

    Raises NotYours, NotFound, NoteRequired; NotFound also for a sealed report, which nobody is judged by.
    """
    if desk.person is None or not await is_dispatcher(desk, desk.person.id):
        raise NotYours
    case = await cases.by_number(desk.tx, number)
    if case is None or case.confidential:
        raise NotFound
    if not reason.strip():
        raise NoteRequired
    if any(line.action == assessment.FAKE for line in await cases.history_of(desk.tx, case.id)):
        raise NotOpen
    line = {"case_id": case.id, "at": desk.now(), "action": assessment.FAKE, "role": "district_dispatcher"}
    await cases.record(desk.tx, [{**line, "person_id": desk.person.id, "note": reason[:LONGEST]}])


async def sheets_below(desk: Desk, node: Node, quarter: str) -> list[tuple[str, str, Facts, Sheet]]:
    """Name, places, facts and sheet of every grid member at a place and below it, by place: never by score."""
    held = await beats.below(desk.tx, node.path, [ROLE], desk.now())
    ids = list(dict.fromkeys(one.person_id for one in held))
    kept, names = await sheets.of_people(desk.tx, ids, quarter), await people.names(desk.tx, ids)
    rows: list[tuple[str, str, Facts, Sheet]] = []
    for who in ids:
        places = await grids_of(desk, who)
        given = kept.get(who)
        facts = Facts(**given.facts) if given else await facts_of(desk, who, places, quarter)
        named = desk.texts().listed([await patrolling.place_of(desk, one.id) for one in places])
        rows.append((names.get(who, ""), named, facts, rules.sheet(facts, given.added if given else 0)))
    return rows
