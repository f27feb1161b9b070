"""Words that no group may read and that come to an open case: the dispatchers read them privately, and decide."""

from dataclasses import replace
from datetime import timedelta

from bot.cases.case import Case
from bot.cases.matter import Matter
from bot.cases.secrecy import secrets_in
from bot.desk import routing, showing
from bot.desk.desk import Desk
from bot.outbox.letters import Kind, Lane, Letter
from bot.texts.language import parts
from storage import cases
from storage.cases import Event

CONFIDED = "confided"
"""Words of a confidential supplement, in the history."""

TOGETHER = timedelta(minutes=10)
"""Pictures without words that follow so soon belong to what was confided."""


def secrets_told(desk: Desk, case: Case, words: str) -> tuple[Matter, ...]:
    """The secret matters that later words tell of, under a case that groups read; none where the whole is sealed."""
    return () if case.confidential else secrets_in(desk.office.catalogue, words)


async def is_confided(desk: Desk, case: Case, words: str, kinds: list[str]) -> bool:
    """Whether what comes to an open case is for the dispatchers alone: secret words, and what follows them wordless."""
    if secrets_told(desk, case, words):
        return True
    if words or case.confidential or not case.confided:
        return False
    if any(kind in showing.PLAYABLE for kind in kinds):
        return True
    told = await told_so_far(desk, case)
    return bool(told) and told[-1].at > desk.now() - TOGETHER


async def told_so_far(desk: Desk, case: Case) -> list[Event]:
    """What was confided of a case, the oldest first; those that a dispatcher opened too."""
    return [line for line in await cases.history_of(desk.tx, case.id) if line.action == CONFIDED]


async def confide(desk: Desk, case: Case, words: str, key: str) -> Case:
    """Keep it from every group: cards say only that it is there. `key` makes it safe to repeat.

    Read privately by the dispatchers, and by those on duty of a unit of the very kind it is for. Its files were noted
    as `showing.HIDDEN` before.
    """
    before = await told_so_far(desk, case)
    line = {"case_id": case.id, "at": desk.now(), "action": CONFIDED, "role": "reporter", "unit_id": case.unit_id}
    await cases.record(desk.tx, [{**line, "note": words or None}])
    after = await counted(desk, case)
    desk.confided = True
    told = secrets_in(desk.office.catalogue, words)
    centre = await routing.privately_at_centre(desk, after)
    for to in centre:
        _owe(desk, after, to, words, key, {"at": len(before)})
        await showing.owe_new_files(desk, after, to, showing.HIDDEN)
    for one in await routing.units_of(desk, after, told):
        for to in await routing.privately(desk, one.id, 0):
            if to not in centre and words:
                _owe(desk, after, to, words, key, {})
    await showing.refresh_cards(desk, after)
    return after


def _owe(desk: Desk, case: Case, to: str, words: str, key: str, facts: dict[str, int]) -> None:
    danger = bool(words) and desk.office.catalogue.danger(words) is not None
    lane = Lane.URGENT if danger else routing.lane(case)
    for number, part in enumerate(parts(words, showing.PART) or [""]):
        name = f"{Kind.CONFIDED} {case.id} {key} {number} {to}"
        said = {"words": part, **(facts if number == 0 else {})}
        desk.owe(Letter(key=name, kind=Kind.CONFIDED, to=to, case_id=case.id, lane=lane, facts=said))


async def counted(desk: Desk, case: Case, by: int = 1) -> Case:
    """One more (or one less) is kept from the groups; whoever was faster does not matter."""
    while True:
        after = replace(case, confided=max(0, case.confided + by), version=case.version + 1)
        if await cases.change(desk.tx, case, after):
            return after
        found = await cases.by_id(desk.tx, case.id)
        assert found is not None
        case = found
