"""Folding what happened into the figures: the history from where it was left, each line once."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.cases.case import Case
from bot.cases.clocks import Deadline, deadlines
from bot.cases.figures import DETAIL, Figures, Line, Rating, Visit, counts, day_of, rounds_before
from bot.cases.revisiting import DAYS, DRAWN, Why
from bot.desk.desk import Desk
from bot.desk.moves import clock_spans
from storage import cases, counters, figures, grid
from storage.figures import Cell

BATCH = 300
MARK = "figures"
SETTLED = timedelta(seconds=30)
"""So old a line must be: whoever began to write before it has finished by then."""


async def fold(desk: Desk) -> int:
    """Go on through the history. Together with the mark of how far it came: nothing counts twice, nothing is missed."""
    mark = await counters.get(desk.tx, MARK) or 0
    due = await figures.settled(desk.tx, mark, desk.now() - SETTLED, BATCH)
    if not due:
        return 0
    ids = {case_id for _, case_id in due}
    known, lines = await cases.by_ids(desk.tx, ids), await figures.lines_of(desk.tx, ids)
    rated, visits = await figures.ratings_of(desk.tx, ids), await _visits(desk, ids)
    sums: defaultdict[Cell, Figures] = defaultdict(Figures)
    for number, case_id in due:
        await _count(desk, known[case_id], lines[case_id], number, rated, visits, sums)
    await figures.add(desk.tx, sums.items())
    await counters.put(desk.tx, MARK, due[-1][0])
    return len(due)


async def _count(
    desk: Desk,
    case: Case,
    lines: Sequence[Line],
    number: int,
    rated: Mapping[tuple[int, int], Rating],
    visits: Mapping[tuple[int, int], Visit],
    sums: defaultdict[Cell, Figures],
) -> None:
    at = next(place for place, line in enumerate(lines) if line.id == number)
    node = await _place(desk, case)
    visit = visits.get((case.id, rounds_before(lines, at)))
    for one in counts(case, lines, at, _contact_by(desk, case), lambda number: rated.get((case.id, number)), visit):
        if one.many:
            cell = (one.day, node, one.unit_id or 0, case.matter, case.confidential)
            sums[cell] += Figures(**{one.what: one.many})


async def _visits(desk: Desk, ids: Collection[int]) -> dict[tuple[int, int], Visit]:
    """The call-backs that were drawn, by case and round."""
    found = await figures.visits_of(desk.tx, ids)
    return {
        key: Visit(day_of(desk.office.calendar.add_workdays(at, DAYS[Why(why)])), state == "dropped")
        for key, (why, at, state) in found.items()
        if why in DRAWN
    }


def _contact_by(desk: Desk, case: Case) -> Callable[[datetime], datetime | None]:
    spans = clock_spans(desk, case)

    def until(sent: datetime) -> datetime | None:
        return deadlines(replace(case, dispatched_at=sent), desk.office.calendar, spans).get(Deadline.CONTACT)

    return until


async def _place(desk: Desk, case: Case) -> int:
    path = await grid.path(desk.tx, case.node_id) if case.node_id is not None else []
    return path[:DETAIL][-1].id if path else 0
