"""Words of a case as people may read them whom it does not concern: without numbers, plates, doors and names."""

from bot.cases.case import Case
from bot.cases.publishing import masked
from bot.desk.desk import Desk
from storage import people


async def for_strangers(desk: Desk, case: Case, words: str) -> str:
    """The words of those who deal with a case, masked; their own names too."""
    ids = [one for one in (case.handler_id, case.closer_id) if one is not None]
    return masked(words, list((await people.names(desk.tx, ids)).values()))
