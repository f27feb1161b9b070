"""Who is heard: everybody in danger; others unless they are muted, and residents within their daily measure."""

from bot.cases.errors import Muted, RestFirst
from bot.cases.worktime import DAY
from bot.desk.desk import Desk
from storage import cases, mutes


async def must_be_heard(desk: Desk) -> None:
    """Raises Muted while nothing but danger is taken from whoever acts."""
    if desk.person is None:
        return
    owner = desk.own_mark()
    if (until := await mutes.until(desk.tx, owner, desk.now())) is not None:
        raise Muted(at=until)


async def may_file(desk: Desk) -> None:
    """Raises Muted, or RestFirst for a resident who has filed as many reports today as one person does."""
    await must_be_heard(desk)
    if desk.person is None or desk.person.name is not None:
        return
    owner = desk.own_mark()
    most = desk.office.reports_a_day
    oldest = await cases.nth_of_owner(desk.tx, owner, most)
    if oldest is not None and oldest > desk.now() - DAY:
        raise RestFirst(at=oldest + DAY)
