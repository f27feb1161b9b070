"""Being forgotten: profile and draft at once, the way back of a case when it has ended."""

from dataclasses import dataclass
from datetime import timedelta

from bot.cases.case import Case, Status
from bot.desk import cries, leaving
from bot.desk.desk import Desk
from bot.outbox.letters import person
from storage import applications, callbacks, cases, dialogs, holds, joining, papers, people, reporters, subscriptions

PAGE = 50
LONG_AGO = timedelta(days=30)
"""A document that was asked for so long ago is deleted."""


@dataclass(frozen=True, slots=True)
class Left:
    """How many cases of somebody who asked to be forgotten keep their way back: open ones, and ended ones by law.

    `duty`: what they still are here; for that their name stays.
    """

    still_open: int
    held: int
    duty: str | None


async def forget_me(desk: Desk) -> Left:
    """Delete profile, draft, subscriptions and the way back of ended cases; that of open ones is cut when they end.

    A legal hold keeps the way back of a case until it is lifted; a duty that goes on keeps the name.
    """
    assert desk.person is not None
    owner = desk.own_mark()
    joined = await joining.refs_of_owner(desk.tx, owner)
    kept = await holds.held(desk.tx, joined.values())
    for ref, case_id in joined.items():
        if case_id not in kept:
            await reporters.forget(desk.tx, ref)
    still_open, held, before = 0, len(kept), None
    while page := await cases.of_owner(desk.tx, owner, before, PAGE):
        before = page[-1].id
        by_law = await holds.held(desk.tx, [case.id for case in page]) - kept
        for case in page:
            if await reporters.owner_of(desk.tx, case.reporter) != owner:
                continue
            if not _over(case):
                still_open += 1
            elif case.id in by_law:
                held += 1
            else:
                await reporters.forget(desk.tx, case.reporter)
    await cries.forget(desk)
    await applications.forget(desk.tx, desk.person.id)
    await papers.drop(desk.tx, person(desk.person.id), desk.now() - LONG_AGO)
    await dialogs.forget(desk.tx, desk.person.id)
    await subscriptions.stop(desk.tx, desk.person.id)
    duty = await leaving.held_by_duty(desk, desk.person.id)
    if still_open or held or not await people.forget(desk.tx, desk.person.id):
        await people.change(desk.tx, desk.person.id, language=None, consent=False, large=False)
    return Left(still_open, held, duty)


async def let_go(desk: Desk, case: Case) -> None:
    """A case has ended: whoever refused consent, or asked to be forgotten, cannot be found from it any more.

    Archived, it knows no longer whom to call back.
    """
    if not _over(case) and case.status is not Status.ARCHIVED:
        return
    refs = [case.reporter, *(await joining.refs_of(desk.tx, case.id) if case.joined else [])]
    if case.status is Status.ARCHIVED:
        for ref in refs:
            await callbacks.forget(desk.tx, ref)
    children = await joining.children_of(desk.tx, case.id) if case.joined else []
    if not _over(case) or await holds.held(desk.tx, [case.id, *children]):
        return
    for ref in refs:
        who = await reporters.person_behind(desk.tx, desk.office.seals.vault, ref)
        known = (await people.known(desk.tx, [who])).get(who) if who is not None else None
        if known and known.consent is False:
            await reporters.forget(desk.tx, ref)


async def hold(desk: Desk, number: str, why: str | None) -> bool | None:
    """Hold a case for this reason, or (None) lift the hold. None: no such case; else whether anything changed."""
    case = await cases.by_number(desk.tx, number)
    if case is None:
        return None
    if why is not None:
        await holds.put(desk.tx, case.id, why, desk.now())
        return True
    lifted = await holds.lift(desk.tx, case.id)
    await let_go(desk, case)
    return lifted


def _over(case: Case) -> bool:
    """Whether the reporter will hear no more of it. A merged case still brings the news of its parent."""
    return case.ended and case.status is not Status.MERGED
