"""停报: who decides that somebody is not heard for a while, and who ends it. Nobody sees who it is."""

from contextlib import suppress

from bot.cases.actions import Role
from bot.cases.case import Case
from bot.cases.errors import Decided, NotFound, NotOpen, NotYours
from bot.cases.muting import ANSWERED_WITHIN, DAYS, REASONS
from bot.cases.worktime import DAY
from bot.desk import dealing, routing
from bot.desk.desk import Desk
from bot.desk.names import decider
from bot.desk.rights import admins, is_admin, is_dispatcher, may_see
from bot.outbox.letters import Kind, Letter, person, reporter
from storage import cases, mutes, people, reporters
from storage.mutes import Mute

SHOWN = 5
ASKED = 10
LISTED = 20


async def of_case(desk: Desk, case_id: int) -> tuple[Case, list[Mute]]:
    """The case and what was decided of whoever reported it, for a dispatcher. Raises NotFound."""
    case = await dealing.case_for_dispatcher(desk, case_id)
    return case, list(await mutes.of_case(desk.tx, case.id, SHOWN))


async def propose(desk: Desk, case_id: int, reason: str, days: int) -> Mute:
    """A dispatcher proposes; others are asked. Raises NotFound, NotOpen when the way back was cut or one waits."""
    case, before = await of_case(desk, case_id)
    owner = await reporters.owner_of(desk.tx, case.reporter)
    waits = any(one.state == "proposed" and _fresh(desk, one) for one in before)
    if owner is None or waits or reason not in REASONS or days not in DAYS or desk.person is None:
        raise NotOpen
    me = desk.person.id
    columns = {"case_id": case.id, "owner": owner, "reason": reason, "days": days}
    number = await mutes.propose(desk.tx, **columns, proposed_by=me, proposed_at=desk.now())
    one = await _known(desk, number)
    await _note(desk, one, "mute_proposed")
    await _show(desk, one, "asked")
    return one


def _fresh(desk: Desk, one: Mute) -> bool:
    return desk.now() - one.proposed_at <= ANSWERED_WITHIN


async def _known(desk: Desk, number: int) -> Mute:
    one = await mutes.by_id(desk.tx, number)
    if one is None:
        raise NotOpen
    return one


async def _theirs(desk: Desk, number: int) -> Mute:
    """One that whoever acts may decide on: an admin, or a dispatcher for its case; never one's own. Raises NotYours."""
    one = await _known(desk, number)
    await _may_decide(desk, one)
    return one


async def _may_decide(desk: Desk, one: Mute) -> None:
    if desk.person is None or desk.own_mark() == one.owner:
        raise NotYours
    if not await is_admin(desk, desk.person.id):
        if not await is_dispatcher(desk, desk.person.id):
            raise NotYours
        await may_see(desk, one.case_id, desk.person.id)


async def decide(desk: Desk, number: int, *, yes: bool) -> Mute:
    """A second person agrees, or not; whoever proposed it may only take it back.

    Raises NotYours, Decided with the name of who was faster, NotOpen for a proposal that is too old.
    """
    one = await _theirs(desk, number)
    assert desk.person is not None
    if one.state != "proposed":
        raise Decided(name=await decider(desk, desk.texts(), one.lifted_by or one.agreed_by))
    if not _fresh(desk, one):
        raise NotOpen
    if yes and one.proposed_by == desk.person.id:
        raise NotYours
    if yes:
        until = desk.now() + one.days * DAY
        columns = {"state": "agreed", "agreed_by": desk.person.id, "agreed_at": desk.now(), "until": until}
    else:
        columns = {"state": "refused", "lifted_by": desk.person.id, "lifted_at": desk.now()}
    if not await mutes.change(desk.tx, one.id, "proposed", **columns):
        raise NotOpen
    return await _changed(desk, one, "agreed" if yes else "refused")


async def lift(desk: Desk, number: int) -> Mute:
    """Any one of those who may decide ends it at once. Raises NotYours, NotOpen when there is nothing to end."""
    one = await _theirs(desk, number)
    assert desk.person is not None
    columns = {"state": "lifted", "lifted_by": desk.person.id, "lifted_at": desk.now()}
    if not await mutes.change(desk.tx, one.id, "agreed", **columns):
        raise NotOpen
    return await _changed(desk, one, "lifted")


async def running(desk: Desk) -> list[tuple[Case, Mute]]:
    """Those that last and may be ended by whoever asks: an admin, or a dispatcher for their cases. Raises NotYours."""
    found: list[Mute] = []
    if desk.person is None or not (await is_admin(desk, desk.person.id) or await is_dispatcher(desk, desk.person.id)):
        raise NotYours
    for one in await mutes.running(desk.tx, desk.now(), LISTED):
        with suppress(NotYours, NotFound):
            await _may_decide(desk, one)
            found.append(one)
    known = await cases.by_ids(desk.tx, {one.case_id for one in found}) if found else {}
    return [(known[one.case_id], one) for one in found]


async def _changed(desk: Desk, one: Mute, what: str) -> Mute:
    """History, the cards of all who were asked, and the one concerned."""
    after = await _known(desk, one.id)
    await _note(desk, after, f"mute_{what}")
    await _show(desk, after, what)
    if what != "refused":
        case = (await cases.by_ids(desk.tx, [after.case_id]))[after.case_id]
        facts = {"mute": after.id, "what": what}
        desk.owe(
            Letter(key=f"mute {after.id} {what} self", kind=Kind.MUTE_TOLD, to=reporter(case.reporter), facts=facts)
        )
    return after


async def object_to(desk: Desk, number: int) -> None:
    """The one concerned does not agree: those who may lift it hear so, once. Raises NotOpen for everybody else."""
    one = await _known(desk, number)
    mine = desk.person is not None and desk.own_mark() == one.owner
    if not mine or not await mutes.object_to(desk.tx, one.id, desk.now()):
        raise NotOpen
    await _note(desk, one, "mute_objected")
    for to in await _deciders(desk, one):
        facts = {"mute": one.id, "what": "objected"}
        desk.owe(Letter(key=f"mute {one.id} objected {to}", kind=Kind.MUTE_TOLD, to=person(to), facts=facts))


async def _deciders(desk: Desk, one: Mute) -> list[int]:
    """Dispatchers and admins who can be reached, whoever proposed it first; never the one concerned."""
    dispatching = [duty.person_id for duty in await people.with_role(desk.tx, "dispatcher", desk.now())]
    ids = dict.fromkeys([one.proposed_by, *dispatching, *sorted(await admins(desk))])
    vault = desk.office.seals.vault
    return (await routing.reachable(desk, [who for who in ids if reporters.owner_mark(vault, who) != one.owner]))[
        :ASKED
    ]


async def _show(desk: Desk, one: Mute, why: str) -> None:
    for to in await _deciders(desk, one):
        facts = {"mute": one.id, "board": f"mute {one.id}"}
        desk.owe(Letter(key=f"mute {one.id} {to} {why}", kind=Kind.MUTE_ASKED, to=person(to), facts=facts))


async def _note(desk: Desk, one: Mute, action: str) -> None:
    """A line of the history of the case; the reporter's timeline leaves it out."""
    who = desk.person.id if desk.person and action != "mute_objected" else None
    role = Role.REPORTER if who is None else Role.ADMIN if await is_admin(desk, who) else Role.DISTRICT_DISPATCHER
    line = {"case_id": one.case_id, "at": desk.now(), "action": action, "role": role.value, "person_id": who}
    await cases.record(desk.tx, [{**line, "note": one.reason}])
