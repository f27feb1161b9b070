"""Grade and colour of a case may change: up by any dispatcher, down from red or yellow only by two."""

from dataclasses import replace

from bot.cases.actions import CENTRE, Role
from bot.cases.case import ENDED, Case, Colour, Level, Status
from bot.cases.errors import MoveNotAllowed, NoteRequired, NotYours, SecondPersonRequired

LEVELS = (Level.COMMUNITY, Level.TOWN, Level.DISTRICT)
COLOURS = (Colour.NONE, Colour.YELLOW, Colour.RED)


def lowers(case: Case, level: Level, colour: Colour) -> bool:
    """Whether this would take a red or yellow case less seriously: a paler colour, or a lower level."""
    paler = COLOURS.index(colour) < COLOURS.index(case.colour)
    lower = LEVELS.index(level) < LEVELS.index(case.level)
    return paler or (lower and case.colour is not Colour.NONE)


def grade(
    case: Case,
    level: Level,
    colour: Colour,
    by: Role,
    *,
    note: str | None,
    actor_id: int | None = None,
    second_id: int | None = None,
) -> Case:
    """The case with another level or colour; its due time is open again, for it hangs on both.

    `second_id` is the other district dispatcher who agreed. The same grade again returns the case as it is.
    Raises MoveNotAllowed on an ended case or a draft, NotYours, NoteRequired, SecondPersonRequired.
    """
    if (level, colour) == (case.level, case.colour):
        return case
    if case.status in ENDED or case.status is Status.DRAFT:
        raise MoveNotAllowed(status=case.status, action="grade")
    _check_grader(case, level, colour, by)
    if not (note and note.strip()):
        raise NoteRequired(action="grade")
    if lowers(case, level, colour) and (None in (actor_id, second_id) or actor_id == second_id):
        raise SecondPersonRequired(action="grade")
    return replace(case, level=level, colour=colour, due_at=None, version=case.version + 1)


def _check_grader(case: Case, level: Level, colour: Colour, by: Role) -> None:
    """A town raises, and lowers plain cases of its own; 一级 and whatever has a colour is lowered by the district."""
    down = LEVELS.index(level) < LEVELS.index(case.level)
    beyond_town = lowers(case, level, colour) or (down and case.level is Level.DISTRICT)
    if by not in CENTRE or (by is Role.TOWN_DISPATCHER and beyond_town):
        raise NotYours(action="grade")
