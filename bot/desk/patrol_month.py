"""The month sheet of the patrol log: as a picture for whoever patrols, as rows for the command line."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.cases.checklists import PATROL_ROLES
from bot.cases.errors import NoDuty
from bot.cases.months import Mark, days_of, is_due, mark
from bot.desk import patrolling
from bot.desk.desk import Desk
from bot.outbox.letters import person
from bot.texts import Texts
from storage import beats, grid, papers, patrols, people
from storage.patrols import Patrol


@dataclass(frozen=True, slots=True)
class Row:
    """One person at one place: a mark for each day of the month, and how many defects became cases."""

    name: str
    role: str
    place: str
    marks: Sequence[Mark]
    due: int
    cases: int

    @property
    def done(self) -> int:
        """Days noted."""
        return self.marks.count(Mark.DONE)


async def ask_for_month(desk: Desk, texts: Texts, first: date) -> None:
    """Ask for the picture of a month of whoever acts. Asked twice within a minute it is drawn once. Raises NoDuty."""
    places = await patrolling.beats(desk)
    if not places or desk.person is None:
        raise NoDuty
    days = days_of(first)
    kept = await patrols.of_person(desk.tx, desk.office.seals.content, desk.person.id, first, days[-1])
    began = await patrols.began(desk.tx)
    marks, cases = marks_of(desk, {node.id: role for node, role in places}, kept, days, began)
    missed = [day for day, one in zip(days, marks, strict=True) if one is Mark.MISSED]
    done = marks.count(Mark.DONE)
    named = [await patrolling.place_of(desk, node.id) for node, _ in places]
    drawing = {
        **texts.month_sheet(first, named, done, done + len(missed), sum(cases.values())),
        "first": first.weekday(),
        "days": [[day.day, one.value, cases[day]] for day, one in zip(days, marks, strict=True)],
    }
    caption = {
        "month": f"{first:%Y-%m}",
        "done": done,
        "due": done + len(missed),
        "missed": [day.day for day in missed],
    }
    key = f"month {desk.person.id} {first:%Y%m} {desk.now():%y%m%d%H%M}"
    seal = desk.office.seals.content
    await papers.ask(desk.tx, seal, key, "month", person(desk.person.id), drawing, caption, desk.now())


def marks_of(
    desk: Desk, roles: dict[int, str], kept: Sequence[Patrol], days: Sequence[date], began: date | None
) -> tuple[list[Mark], Counter[date]]:
    """A day is done when all places are, and due when a list is asked for, from the day the log `began`."""
    done: defaultdict[date, set[int]] = defaultdict(set)
    cases: Counter[date] = Counter()
    for one in kept:
        cases[one.day] += len(one.cases)
        if one.done_at is not None:
            done[one.day].add(one.node_id)
    lists = [desk.office.checklists.by_role[role] for role in roles.values()]
    today, works = patrolling.today(desk), desk.office.workdays.is_workday
    complete = {day for day, places in done.items() if roles.keys() <= places}
    first = began or today
    marks = [
        mark(day, today, complete, due=day >= first and any(is_due(day, one.days, works) for one in lists))
        for day in days
    ]
    return marks, cases


async def month_rows(desk: Desk, node: grid.Node, first: date) -> list[Row]:
    """Everybody who patrols at a place and below it, each place a row."""
    days = days_of(first)
    held = [
        one
        for one in await beats.below(desk.tx, node.path, PATROL_ROLES, desk.now())
        if one.role in desk.office.checklists.by_role
    ]
    kept: defaultdict[tuple[int, int], list[Patrol]] = defaultdict(list)
    seal = desk.office.seals.content
    for one in await patrols.at_places(desk.tx, seal, {one.node_id for one in held}, first, days[-1]):
        kept[one.person_id, one.node_id].append(one)
    names = await people.names(desk.tx, {one.person_id for one in held})
    rows, began = list[Row](), await patrols.began(desk.tx)
    for one in held:
        marks, cases = marks_of(desk, {one.node_id: one.role}, kept[one.person_id, one.node_id], days, began)
        place = await patrolling.place_of(desk, one.node_id)
        due = sum(found in {Mark.DONE, Mark.MISSED} for found in marks)
        rows.append(Row(names.get(one.person_id, ""), one.role, place, marks, due, sum(cases.values())))
    return rows
