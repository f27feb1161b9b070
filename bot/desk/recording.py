"""代录 and 代报: what the centre writes down for a caller, what somebody reports for another, and whom to call back."""

from bot.cases.actions import CENTRE, Role
from bot.cases.case import Case
from bot.cases.draft import Draft
from bot.cases.errors import NotYours, OrderKnown
from bot.desk.desk import Desk
from bot.desk.rights import is_dispatcher, roles_towards
from storage import callbacks, cases
from storage.callbacks import Callback

SEEN = "callback"
"""A line of history: whom to call back was looked at."""


async def must_be_recorder(desk: Desk) -> None:
    """Raises NotYours for anybody but a dispatcher."""
    if not await _may_record(desk):
        raise NotYours


async def of_order(desk: Desk, number: str) -> Case | None:
    """The case that a 12345 order is already. Raises NotYours for anybody but a dispatcher."""
    await must_be_recorder(desk)
    return await cases.by_order(desk.tx, number)


async def must_be_new(desk: Desk, draft: Draft) -> None:
    """Raises NotYours for a record by anybody but a dispatcher, OrderKnown for a second one of the same order."""
    if not draft.source:
        return
    await must_be_recorder(desk)
    known = await _filed(desk, draft)
    if known is not None:
        raise OrderKnown(number=known.number)


async def is_new(desk: Desk, draft: Draft) -> bool:
    """Whether whoever acts may file this record, and nobody has yet."""
    return await _filed(desk, draft) is None and await _may_record(desk)


async def _filed(desk: Desk, draft: Draft) -> Case | None:
    return await cases.by_order(desk.tx, draft.order_number) if draft.order_number else None


async def _may_record(desk: Desk) -> bool:
    return desk.person is not None and await is_dispatcher(desk, desk.person.id)


async def author(desk: Desk, case: Case) -> Role:
    """As what somebody submits: a reporter; of what was recorded, the dispatcher they are."""
    if not case.recorded or desk.person is None:
        return Role.REPORTER
    centre = await roles_towards(desk, case, desk.person.id) & CENTRE
    return next(iter(sorted(centre)), Role.TOWN_DISPATCHER)


async def keep_callback(desk: Desk, ref: str, draft: Draft) -> None:
    """Keep whom to tell or call, sealed, if anything was said of it."""
    if draft.who or draft.phone:
        await callbacks.keep(desk.tx, desk.office.seals.vault, ref, Callback(draft.who, draft.phone))


async def whom_to_tell(desk: Desk, case: Case) -> str:
    """In words, for whoever recorded or reported it and nobody else (see following.my_case); noted in its history."""
    found = await callbacks.behind(desk.tx, desk.office.seals.vault, case.reporter)
    role = await author(desk, case)
    by = desk.person.id if desk.person and role is not Role.REPORTER else None
    line = {"case_id": case.id, "at": desk.now(), "action": SEEN, "role": role.value, "unit_id": case.unit_id}
    await cases.record(desk.tx, [{**line, "person_id": by}])
    return found.who if found else ""
