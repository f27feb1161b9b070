"""Words of a case as people may read them whom it does not concern: without numbers, plates, doors and names."""

from dataclasses import dataclass, replace

from bot.cases.case import Case, Colour
from bot.cases.conditions import is_praise
from bot.cases.publishing import masked
from bot.cases.veiling import veiled, without_teller
from bot.desk import routing
from bot.desk.desk import Desk
from storage import people


async def for_strangers(desk: Desk, case: Case, words: str) -> str:
    """The words of those who deal with a case, masked; their own names too."""
    ids = [one for one in (case.handler_id, case.closer_id) if one is not None]
    return masked(words, list((await people.names(desk.tx, ids)).values()))


async def told_to_strangers(desk: Desk, case: Case, words: str) -> str:
    """What residents said, for whoever does not deal with the case."""
    told = without_teller(words) if hides_teller(case) else words
    return await for_strangers(desk, case, for_group(desk, case, told))


def for_group(desk: Desk, case: Case, words: str) -> str:
    """What residents say as a group may read it. A plate stays where the matter asks for one, a door where it burns."""
    matter = desk.office.catalogue.matters.get(case.matter)
    asks_plate = matter is not None and any(one.plate for one in matter.questions)
    red = case.colour is Colour.RED
    return veiled(words, plates=not asks_plate, people=not is_praise(case), doors=not red)


@dataclass(frozen=True, slots=True)
class Eyes:
    """How much somebody at an address may read. `whole`: names and numbers too; `teller`: who told it as well."""

    desk: Desk
    case: Case
    whole: bool
    teller: bool

    def read(self, words: str) -> str:
        """Words of a resident as they are read."""
        words = words if self.teller else without_teller(words)
        return words if self.whole else for_group(self.desk, self.case, words)


def hides_teller(case: Case) -> bool:
    """Whether nobody but the centre reads who told it: by the reporter's wish, unless lives depend on it."""
    return case.sealed and not case.withheld and case.colour is not Colour.RED


async def eyes(desk: Desk, case: Case, to: str) -> Eyes:
    """What an address may read: whole is only for the one who signed and for a dispatcher, each privately.

    Who told a sealed report is taken out for everybody but the dispatchers, also for the one who signed.
    """
    kind, _, number = to.partition(":")
    signed, hidden = kind == "person" and int(number) == case.handler_id, hides_teller(case)
    asked = kind == "person" and (hidden or not signed)
    centre = asked and await routing.is_of_centre(desk, case, int(number))
    return Eyes(desk, case, whole=centre or signed, teller=centre or not hidden)


async def read_by(desk: Desk, case: Case, to: str) -> Case:
    """The case with its words as they may be read at an address."""
    seen = await eyes(desk, case, to)
    return replace(case, text=seen.read(case.text), place=seen.read(case.place))


async def words_for(desk: Desk, case: Case, to: str, words: str) -> str:
    """Other words of a resident as they may be read at an address."""
    return (await eyes(desk, case, to)).read(words)
