"""Where a case goes and who must hear of it: units, duty people, dispatchers, supervisors."""

from bot.cases.case import Case, Colour, Level
from bot.cases.matter import Matter
from bot.desk.desk import Desk
from bot.outbox.letters import Kind, Lane, Letter, person, unit
from storage import attachments, cards, grid, people, units
from storage.units import Unit

PICTURES = frozenset({"photo", "document"})
PLAYABLE = frozenset({"voice", "audio", "video", "video_note"})
ALBUM = 10


def accepts(candidate: Unit, code: str) -> bool:
    """Whether a matter is on the unit's list (None: everything)."""
    return candidate.matters is None or code in candidate.matters or code[:3] in candidate.matters


async def suggested_unit(desk: Desk, case: Case, matter: Matter) -> Unit | None:
    """The unit this should go to: of the matter's kind and nearest above the place; a community for 三级 where it may."""
    around = [node.id for node in await grid.path(desk.tx, case.node_id)] if case.node_id else []
    fitting = [one for one in await units.all_units(desk.tx) if one.kind != "centre" and accepts(one, case.matter)]
    near = [one for one in fitting if one.node_id is None or one.node_id in around]
    wanted = [one for one in near if one.kind == matter.lead]
    if not wanted and case.level is Level.COMMUNITY:
        wanted = [one for one in near if one.kind == "community"]
    if not wanted:
        wanted = [one for one in near if one.level is case.level] or [
            one for one in near if one.level is Level.DISTRICT
        ]
    return max(wanted, key=lambda one: around.index(one.node_id) if one.node_id in around else -1, default=None)


async def automatic_unit(desk: Desk, case: Case, matter: Matter) -> Unit | None:
    """The unit a plain 三级 case goes to at once: no colour, not confidential, place known, matter on the unit's list."""
    plain = case.level is Level.COMMUNITY and case.colour is Colour.NONE and not case.confidential
    if not (plain and matter.automatic and case.node_id):
        return None
    found = await suggested_unit(desk, case, matter)
    return found if found and found.level is Level.COMMUNITY else None


async def dispatchers(desk: Desk, case: Case) -> list[str]:
    """Addresses of the centre for this case: its group, or each dispatcher privately if it is confidential or has none."""
    centres = [one for one in await units.all_units(desk.tx) if one.kind == "centre"]
    if not case.confidential and (bound := [one for one in centres if one.chat_id is not None]):
        return [unit(one.id) for one in bound]
    on_duty = await people.with_role(desk.tx, "dispatcher", desk.now())
    return [person(who) for who in dict.fromkeys(duty.person_id for duty in on_duty)]


async def of_unit(desk: Desk, unit_id: int, *ranks: int) -> list[int]:
    """People of a unit by rank (0 duty, 1 deputy, 2 leader), all of them without ranks."""
    duties = await people.with_role(desk.tx, "responder", desk.now(), unit_id)
    return list(dict.fromkeys(duty.person_id for duty in duties if not ranks or duty.rank in ranks))


async def reachable(desk: Desk, ids: list[int]) -> list[int]:
    """Those of them whom we can write to."""
    known = await people.known(desk.tx, ids) if ids else {}
    return [one for one in ids if one in known and known[one].reachable]


async def supervisors(desk: Desk, case: Case) -> list[int]:
    """Grid members of the place who did not handle it; nobody for a confidential case."""
    if case.confidential or case.node_id is None:
        return []
    around = [node.id for node in await grid.path(desk.tx, case.node_id)]
    found = await people.of_node(desk.tx, around, "grid_member", desk.now())
    ids = [duty.person_id for duty in found if duty.person_id not in {case.closer_id, case.handler_id}]
    return await reachable(desk, list(dict.fromkeys(ids)))


def lane(case: Case) -> Lane:
    """Red and yellow go first."""
    return Lane.NORMAL if case.colour is Colour.NONE else Lane.URGENT


async def unit_addresses(desk: Desk, case: Case) -> list[str]:
    """Where the unit of a case hears of it: its group, or privately the one on duty (else the dispatchers)."""
    if case.unit_id is None:
        return []
    found = await units.by_id(desk.tx, case.unit_id)
    if found and found.chat_id is not None and not case.confidential:
        return [unit(found.id)]
    ranks = (0,) if case.confidential else ()
    on_duty = await reachable(desk, await of_unit(desk, case.unit_id, *ranks))
    return [person(one) for one in on_duty] or await dispatchers(desk, case)


async def show_to_unit(desk: Desk, case: Case) -> None:
    """Owe the card (and its files) to the unit; of a confidential case the group hears only that there is one."""
    for to in await unit_addresses(desk, case):
        await _show(desk, case, to)
    if case.confidential and case.unit_id is not None:
        found = await units.by_id(desk.tx, case.unit_id)
        if found and found.chat_id is not None:
            key = f"stub {case.id} {found.id}"
            desk.owe(Letter(key=key, kind=Kind.STUB, to=unit(found.id), lane=lane(case), facts={"count": 1}))


async def _show(desk: Desk, case: Case, to: str) -> None:
    kind = Kind.UNIT_CARD if to.startswith("unit:") else Kind.PRIVATE_CARD
    desk.owe(Letter(key=f"{kind} {case.id} {to} {case.version}", kind=kind, to=to, case_id=case.id, lane=lane(case)))
    await owe_files(desk, case, to, "report")


async def owe_files(desk: Desk, case: Case, to: str, source: str) -> None:
    """Owe the files of a case to an address, each once: pictures as albums of working copies, sound and film by themselves.

    Sound and film of a sealed report never leave (a dispatcher may sum them up).
    """
    files = [
        one for one in await attachments.of_case(desk.tx, desk.office.seals.content, case.id) if one.source == source
    ]
    pictures = [one.id for one in files if one.kind in PICTURES]
    for at in range(0, len(pictures), ALBUM):
        ids = pictures[at : at + ALBUM]
        _file(desk, case, to, Kind.MEDIA, ids)
    for one in files:
        if one.kind in PLAYABLE and not case.confidential:
            _file(desk, case, to, Kind.FILE, [one.id])


def _file(desk: Desk, case: Case, to: str, kind: Kind, ids: list[int]) -> None:
    key = f"{kind} {case.id} {to} {ids[0]}"
    desk.owe(Letter(key=key, kind=kind, to=to, case_id=case.id, lane=lane(case), facts={"ids": ids}))


async def show_to_centre(desk: Desk, case: Case) -> None:
    """Owe the triage card to the dispatchers."""
    for to in await dispatchers(desk, case):
        key = f"{Kind.TRIAGE_CARD} {case.id} {to} {case.version}"
        desk.owe(Letter(key=key, kind=Kind.TRIAGE_CARD, to=to, case_id=case.id, lane=lane(case)))
        await owe_files(desk, case, to, "report")


async def refresh_cards(desk: Desk, case: Case) -> None:
    """Owe an edit of every card that shows this case, so that nobody reads what is no longer so."""
    for place, to in await cards.places(desk.tx, case.id):
        if place in {Kind.UNIT_CARD, Kind.PRIVATE_CARD, Kind.TRIAGE_CARD}:
            key = f"{place} {case.id} {to} {case.version}"
            desk.owe(Letter(key=key, kind=Kind(place), to=to, case_id=case.id, lane=lane(case)))
