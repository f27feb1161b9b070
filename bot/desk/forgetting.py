"""Being forgotten: profile and draft at once, the way back of a case when it has ended."""

from datetime import timedelta

from bot.cases.case import Case, Status
from bot.desk.desk import Desk
from bot.outbox.letters import person
from storage import cases, dialogs, joining, papers, people, reporters, subscriptions

PAGE = 50
LONG_AGO = timedelta(days=30)
"""A document that was asked for so long ago is deleted."""


async def forget_me(desk: Desk) -> int:
    """Delete profile, draft, subscriptions and the way back of ended cases; that of open ones is cut when they end.

    Returns how many cases are still open.
    """
    assert desk.person is not None
    owner = reporters.owner_mark(desk.office.seals.vault, desk.person.id)
    for ref in await joining.refs_of_owner(desk.tx, owner):
        await reporters.forget(desk.tx, ref)
    still_open, before = 0, None
    while page := await cases.of_owner(desk.tx, owner, before, PAGE):
        before = page[-1].id
        for case in page:
            if _over(case):
                await reporters.forget(desk.tx, case.reporter)
            else:
                still_open += 1
    await papers.drop(desk.tx, person(desk.person.id), desk.now() - LONG_AGO)
    await dialogs.forget(desk.tx, desk.person.id)
    await subscriptions.stop(desk.tx, desk.person.id)
    if not still_open and await people.forget(desk.tx, desk.person.id):
        return 0
    await people.change(desk.tx, desk.person.id, language=None, consent=False)
    return still_open


async def let_go(desk: Desk, case: Case) -> None:
    """A case has ended: whoever refused consent, or asked to be forgotten, cannot be found from it any more."""
    if not _over(case):
        return
    for ref in (case.reporter, *(await joining.refs_of(desk.tx, case.id) if case.joined else [])):
        who = await reporters.person_behind(desk.tx, desk.office.seals.vault, ref)
        known = (await people.known(desk.tx, [who])).get(who) if who is not None else None
        if known and known.consent is False:
            await reporters.forget(desk.tx, ref)


def _over(case: Case) -> bool:
    """Whether the reporter will hear no more of it. A merged case still brings the news of its parent."""
    return case.ended and case.status is not Status.MERGED
