"""Who adds to a case too often is read in one letter an hour; nothing of it is lost."""

from datetime import datetime, timedelta

from bot.cases.case import Case
from bot.desk import routing
from bot.desk.desk import Desk
from bot.desk.masking import words_for
from bot.outbox.letters import Kind, Letter
from storage import cases

HOUR = timedelta(hours=1)
MOST_SAID = 10
"""So many additions within an hour are told one by one; the next ones together."""

MOST_TOLD = 50
"""So many of them one letter tells."""


async def too_much(desk: Desk, case: Case, action: str) -> bool:
    """Whether more than the measure was added within the last hour; what came just now counts."""
    said = await cases.said(desk.tx, case.id, action, desk.now() - HOUR, MOST_SAID + 1)
    return len(said) > MOST_SAID


def owe_later(desk: Desk, case: Case, to: str, action: str) -> None:
    """One letter when the hour is over, with all that is said from now on until then."""
    now = desk.now()
    end = now.replace(minute=0, second=0, microsecond=0) + HOUR
    facts = {"action": action, "since": now.isoformat(), "until": end.isoformat()}
    key = f"{Kind.SAID_MORE} {case.id} {action} {end:%y%m%d%H} {to}"
    lane = routing.lane(case)
    desk.owe(Letter(key=key, kind=Kind.SAID_MORE, to=to, case_id=case.id, lane=lane, facts=facts, not_before=end))


async def told(desk: Desk, case: Case, to: str, action: str, since: datetime, until: datetime) -> str:
    """What was added in this time, as it may be read there."""
    said = await cases.said(desk.tx, case.id, action, since, MOST_TOLD)
    words = "\n".join(one for at, one in said if at < until)
    return await words_for(desk, case, to, words)
