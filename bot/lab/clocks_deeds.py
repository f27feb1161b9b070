"""What the people of the simulated months do with a case, one deed after the other, quickly or after days."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import count

from bot.cases.actions import Action
from bot.cases.case import Case, Status
from bot.cases.draft import Draft
from bot.desk import dealing, deciding, following, routing
from bot.desk.desk import Desk
from bot.desk.following import Mine
from bot.desk.reporting import file_report
from bot.lab.clocks import BEGIN, Deed, Months
from storage import grid, units

MATTERS = ("H01a", "H01a", "H01a", "G07b", "A01", "C06", "J01")
PLACE = "DX01010103"
RESIDENT, GRID, CENTRE = 1001, 2006, 3001
AT_UNITS = {"xinmao": 2001, "binhe": 2005, "town": 2003, "fire": 2004}
WORDS = "与居民联系，换了灯泡，今天下午完成"
SIGMA, MEDIAN_LOG = 1.7, 4.4
"""Of the minutes until the next deed: half within an hour and a half, one of twenty after more than a day."""


class Townspeople:
    """Plans deeds; after each one whoever is next has something to do, or never does it."""

    def __init__(self, months: Months) -> None:
        self._months = months
        self._dice = months.dice
        self._numbers = count(1)
        self._responders: Mapping[int, int] = {}

    async def report(self, days: int, a_day: int) -> None:
        """Plan the reports of all days."""
        async with self._months.app.database.read() as tx:
            self._responders = {one.id: AT_UNITS[one.code] for one in await units.all_units(tx) if one.code in AT_UNITS}
        for number in range(days * a_day):
            at = BEGIN + timedelta(days=days) * self._dice.random()
            self._months.plan(at, RESIDENT, self._reports(number))

    def _reports(self, number: int) -> Deed:
        matter = self._dice.choice(MATTERS)

        async def files(desk: Desk) -> Case:
            place = await grid.by_code(desk.tx, PLACE)
            assert place is not None
            draft = Draft(id=f"lab {number}", matter=matter, words=["楼下路灯不亮"], node_id=place.id)
            return self._and_then(desk, await file_report(desk, draft))

        return files

    def _and_then(self, desk: Desk, case: Case) -> Case:
        """Plan the next deed, if somebody thinks of it."""
        found = STEPS.get(case.status)
        if found is None or self._dice.random() < 0.05:
            return case
        who = {"unit": self._responders.get(case.unit_id or 0, CENTRE), "centre": CENTRE, "reporter": RESIDENT}[
            found[0]
        ]
        wait = timedelta(minutes=self._dice.lognormvariate(MEDIAN_LOG, SIGMA))

        async def goes_on(desk: Desk) -> Case:
            return self._and_then(desk, await found[1](self, desk, case))

        self._months.plan(desk.now() + wait, who, goes_on)
        return case

    async def sends(self, desk: Desk, case: Case) -> Case:
        """派单 to the unit that is suggested."""
        matter = desk.office.catalogue.of(case.matter)
        unit = await routing.suggested_unit(desk, case, matter)
        may = [one.id for one in await dealing.units_for(desk, case)]
        wanted = unit.id if unit is not None and unit.id in may else may[0]
        return (await dealing.send_to(desk, case.id, Action.DISPATCH, wanted))[0]

    async def signs(self, desk: Desk, case: Case) -> Case:
        """签收."""
        return await dealing.press_simple(desk, case.id, Action.ACCEPT)

    async def contacts(self, desk: Desk, case: Case) -> Case:
        """到场."""
        return await dealing.press_simple(desk, case.id, Action.CONTACT)

    async def works(self, desk: Desk, case: Case) -> Case:
        """进展, 延期 or 办结."""
        dice = self._dice.random()
        if dice < 0.1 and case.status is Status.HANDLING:
            return await deciding.ask_extension(desk, case.id, "等配件", "")
        if dice < 0.2:
            return await dealing.progress(desk, case.id, "正在修", [])
        photo = {"kind": "photo", "file_id": "f", "unique_id": f"u{next(self._numbers)}", "size": 10}
        return await dealing.resolve(desk, case.id, WORDS, [photo])

    async def decides(self, desk: Desk, case: Case) -> Case:
        """同意延期, or not."""
        decide = deciding.grant_extension if self._dice.random() < 0.6 else deciding.decline_extension
        return await decide(desk, case.id, "可以", "")

    async def verifies(self, desk: Desk, case: Case) -> Case:
        """核查."""
        about = dealing.verdict_on(case)
        if self._dice.random() < 0.15:
            return await dealing.fail(desk, case.id, "没修好", about)
        return await dealing.press_simple(desk, case.id, Action.CONFIRM, about)

    async def rates(self, desk: Desk, case: Case) -> Case:
        """Three taps; silence is a deed that never comes."""
        mine = Mine(case, None)
        for what, value in (("contacted", "yes"), ("solved", "yes"), ("satisfied", "5")):
            case = await following.rate(desk, mine, what, value)
        return case

    async def reopens(self, desk: Desk, case: Case) -> Case:
        """重办, seldom."""
        if self._dice.random() < 0.9:
            return case
        return await following.reopen(desk, case, "又坏了", [])


STEPS = {
    Status.TRIAGE: ("centre", Townspeople.sends),
    Status.REDO: ("centre", Townspeople.sends),
    Status.DISPATCHED: ("unit", Townspeople.signs),
    Status.ACCEPTED: ("unit", Townspeople.contacts),
    Status.HANDLING: ("unit", Townspeople.works),
    Status.REWORK: ("unit", Townspeople.works),
    Status.EXTENSION_REVIEW: ("centre", Townspeople.decides),
    Status.VERIFY: ("centre", Townspeople.verifies),
    Status.FEEDBACK: ("reporter", Townspeople.rates),
    Status.CLOSED: ("reporter", Townspeople.reopens),
}
"""Who does what next in each status; a new move of the life of a case has its deed here."""
