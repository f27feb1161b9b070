"""A dispatcher decides that what was kept from every group may be read there after all."""

from dataclasses import replace

from bot.cases.actions import CENTRE, Action, Role
from bot.cases.case import Case, Status
from bot.cases.errors import NotOpen
from bot.cases.secrecy import concerns_officials, secrets_in
from bot.desk import confiding, following, routing, showing
from bot.desk.dealing import PREFERRED, case_for_dispatcher, who_acts
from bot.desk.desk import Desk
from bot.desk.moves import act, reset_clocks
from bot.desk.rights import roles_towards
from bot.outbox.letters import person
from storage import attachments, cases

OPENED = "opened"
"""A line of history: who let groups read it, and when."""

UNDECIDED = frozenset({Status.REGISTERED, Status.TRIAGE})


async def withheld(desk: Desk, case_id: int) -> Case:
    """A case that is sealed because of its words. Raises NotFound for whoever is no dispatcher of it, NotOpen."""
    case = await case_for_dispatcher(desk, case_id)
    if not case.withheld or not await routing.may_hear(desk, case, person(who_acts(desk))):
        raise NotOpen
    return case


def about_officials(desk: Desk, case: Case, words: str) -> bool:
    """Whether it takes a second tap: what is told of an official may come to that official's own people."""
    wide = case.matter == desk.office.catalogue.other.code
    return any(concerns_officials(one) for one in secrets_in(desk.office.catalogue, words, wide=wide))


async def open_case(desk: Desk, case_id: int) -> Case:
    """Let it go the way of every other: to the groups of the centre and of its unit. Who did it stands on record."""
    case = await withheld(desk, case_id)
    after = replace(case, sealed=False, withheld=False, version=case.version + 1)
    if not await cases.change(desk.tx, case, after):
        raise NotOpen
    await _note(desk, after)
    await reset_clocks(desk, after)
    matter = desk.office.catalogue.of(case.matter)
    unit = await routing.automatic_unit(desk, after, matter) if case.status in UNDECIDED else None
    if unit is not None:
        after = await act(desk, after, Action.DISPATCH, Role.SYSTEM, to_id=unit.id)
    elif after.unit_id is not None and not after.ended:
        await showing.show_to_unit(desk, after)
    await showing.show_to_centre(desk, after)
    await showing.refresh_cards(desk, after)
    return after


async def confided(desk: Desk, case_id: int, at: int) -> tuple[Case, str]:
    """A confidential supplement by its number. Raises NotFound for whoever is no dispatcher of the case, NotOpen."""
    case = await case_for_dispatcher(desk, case_id)
    told = await confiding.told_so_far(desk, case)
    mine = await routing.may_hear(desk, replace(case, sealed=True), person(who_acts(desk)))
    if not mine or case.confidential or at >= len(told):
        raise NotOpen
    return case, told[at].note or ""


async def open_supplement(desk: Desk, case_id: int, at: int) -> Case:
    """Pass a confidential supplement on to whoever deals with the case, files and all. Safe to repeat."""
    case, words = await confided(desk, case_id, at)
    line = (await confiding.told_so_far(desk, case))[at]
    if any(one.action == OPENED and one.note == str(at) for one in await cases.history_of(desk.tx, case.id)):
        return case
    await _note(desk, case, str(at))
    await attachments.open_up(desk.tx, case.id, showing.HIDDEN, "report", line.at)
    desk.files.pop(case.id, None)
    after = await confiding.counted(desk, case, -1)
    for to in await following.who_deals(desk, after):
        await showing.owe_said(desk, after, to, "reporter", f"opened {at}", words)
        await showing.owe_files(desk, after, to, "report", line.at, " opened", until=line.at)
    await showing.refresh_cards(desk, after)
    return after


async def _note(desk: Desk, case: Case, words: str | None = None) -> None:
    roles = await roles_towards(desk, case, who_acts(desk))
    role = next(one for one in PREFERRED if one in roles and one in CENTRE)
    line = {"case_id": case.id, "at": desk.now(), "action": OPENED, "role": role.value, "person_id": who_acts(desk)}
    await cases.record(desk.tx, [{**line, "unit_id": case.unit_id, "note": words}])
