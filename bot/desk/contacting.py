"""请人联系我: a small report of whoever cannot say it here, and the number to call if they gave one."""

import secrets
from dataclasses import replace

from bot.cases.case import Case, Contact
from bot.cases.draft import Draft
from bot.cases.errors import NotOpen
from bot.desk import directory, following, showing
from bot.desk.desk import Desk
from bot.desk.reporting import file_report
from storage import callbacks, cases
from storage.callbacks import Callback

MATTER = "K03"


async def wish(desk: Desk, node_id: int | None) -> Case:
    """Open a case for it, at the place of the draft or of the newest report; one that is open already is the same."""
    open_one = next((one for one in await following.my_cases(desk) if one.matter == MATTER and not one.ended), None)
    if open_one is not None:
        return open_one
    place = await directory.place_of_mine(desk, node_id)
    words = desk.texts(desk.office.language).wish_words()
    return await file_report(desk, Draft(id=secrets.token_hex(12), matter=MATTER, words=[words], node_id=place))


async def by_telephone(desk: Desk, case: Case, number: str) -> Case:
    """They gave a number: kept sealed, whoever handles it may ask for it. Raises NotOpen when it has ended."""
    after = replace(case, contact=Contact.CALL, version=case.version + 1)
    if case.ended or not await cases.change(desk.tx, case, after):
        raise NotOpen
    await callbacks.keep(desk.tx, desk.office.seals.vault, case.reporter, Callback("", number))
    await showing.refresh_cards(desk, after)
    return after
