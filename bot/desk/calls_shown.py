"""Who sees a call: its card in every unit that was called and at the centre, and the question how it went."""

from bot.cases.case import Case
from bot.desk import routing
from bot.desk.desk import Desk
from bot.outbox.letters import Kind, Letter, unit
from storage import calls, units
from storage.calls import Call


async def at_unit(desk: Desk, unit_id: int) -> list[str]:
    """Where a unit hears of a call: in its group, else its people privately."""
    found = await units.by_id(desk.tx, unit_id)
    if found is not None and found.chat_id is not None:
        return [unit(unit_id)]
    return await routing.privately(desk, unit_id)


async def show(desk: Desk, call: Call, case: Case) -> list[str]:
    """Owe the card as it stands now to all; it is edited in place. Returns where."""
    addresses = list(await routing.dispatchers(desk, case))
    for one in await calls.units_of(desk.tx, call.id):
        addresses += await at_unit(desk, one.unit_id)
    for to in dict.fromkeys(addresses):
        key = f"call {call.id} {to} {desk.now():%y%m%d%H%M%S%f}"
        facts = {"board": f"call {call.id}", "call": call.id}
        desk.owe(Letter(key=key, kind=Kind.CALL, to=to, case_id=case.id, lane=routing.lane(case), facts=facts))
    return list(dict.fromkeys(addresses))


async def ended(desk: Desk, case: Case) -> None:
    """The case is no longer handled together: the call is over, and both sides are asked how it was."""
    call = await calls.open_of(desk.tx, case.id)
    if call is None or not await calls.end(desk.tx, call.id, desk.now()):
        return
    await show(desk, call, case)
    for one in await calls.units_of(desk.tx, call.id):
        if one.leads:
            continue
        for side, addresses in (
            ("stars", await routing.dispatchers(desk, case)),
            ("stars_back", await at_unit(desk, one.unit_id)),
        ):
            for to in addresses:
                facts = {"call": call.id, "unit": one.unit_id, "side": side}
                key = f"call rate {call.id} {one.unit_id} {side} {to}"
                desk.owe(Letter(key=key, kind=Kind.CALL_RATE, to=to, case_id=case.id, facts=facts))
