"""Words of a case as people may read them whom it does not concern: without numbers, plates, doors and names."""

from dataclasses import replace

from bot.cases.case import Case, Colour
from bot.cases.conditions import is_praise
from bot.cases.publishing import masked
from bot.cases.veiling import veiled
from bot.desk import routing
from bot.desk.desk import Desk
from storage import people


async def for_strangers(desk: Desk, case: Case, words: str) -> str:
    """The words of those who deal with a case, masked; their own names too."""
    ids = [one for one in (case.handler_id, case.closer_id) if one is not None]
    return masked(words, list((await people.names(desk.tx, ids)).values()))


def for_group(desk: Desk, case: Case, words: str) -> str:
    """What residents say as a group may read it. A plate stays where the matter asks for one, a door where it burns."""
    matter = desk.office.catalogue.matters.get(case.matter)
    asks_plate = matter is not None and any(one.plate for one in matter.questions)
    red = case.colour is Colour.RED
    return veiled(words, plates=not asks_plate, people=not is_praise(case), doors=not red)


async def reads_whole(desk: Desk, case: Case, to: str) -> bool:
    """Whether an address is that of the one who signed, or of a dispatcher, each privately."""
    kind, _, number = to.partition(":")
    if kind != "person":
        return False
    return int(number) == case.handler_id or await routing.is_of_centre(desk, case, int(number))


async def read_by(desk: Desk, case: Case, to: str) -> Case:
    """The case with its words as they may be read at an address."""
    if await reads_whole(desk, case, to):
        return case
    return replace(case, text=for_group(desk, case, case.text), place=for_group(desk, case, case.place))


async def words_for(desk: Desk, case: Case, to: str, words: str) -> str:
    """Other words of a resident as they may be read at an address."""
    return words if await reads_whole(desk, case, to) else for_group(desk, case, words)
