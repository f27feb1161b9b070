"""A case to try the rules on, and the calendar of the years the tests live in."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from bot.cases.actions import Action, Role
from bot.cases.case import Case, Colour, Level, Status, Visibility
from bot.cases.lifecycle import move
from bot.cases.worktime import SHANGHAI, WorkCalendar
from bot.desk.workdays import workdays

HANDLER, CLOSER, STRANGER = 7, 8, 9
CALENDAR = WorkCalendar(is_workday=workdays().is_workday)


def at(text: str) -> datetime:
    """A moment in the town, written like 2026-09-30 10:00."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def between(first: str, last: str) -> st.SearchStrategy[datetime]:
    """Any moment between two days."""
    return st.datetimes(datetime.fromisoformat(first), datetime.fromisoformat(last), timezones=st.just(UTC))


patiently = settings(deadline=None)
"""The machine may be busy with something else."""

MONDAY = at("2026-11-16 09:00")
LATER = MONDAY + timedelta(days=31)


def a_case(status: Status = Status.REGISTERED, **changes: Any) -> Case:
    """A broken lamp: 三级, no colour, grid and unit known."""
    facts: dict[str, Any] = {
        "id": 1,
        "number": "2026-000001",
        "matter": "H01",
        "level": Level.COMMUNITY,
        "colour": Colour.NONE,
        "visibility": Visibility.PUBLIC,
        "version": 1,
        "text": "路灯不亮",
        "place": "新港小区3栋",
        "reporter": "r1",
        "registered_at": MONDAY,
        "node_id": 3,
        "unit_id": 4,
    }
    return Case(status=status, **facts | changes)


def full(case: Case, action: Action, role: Role) -> Case:
    """The case after a move by somebody who never touched it, with words and photo."""
    return move(case, action, role, LATER, note="因为", evidence=True, actor_id=STRANGER, to_id=5)
