"""Everybody presses anything in any order while time passes, at the real desk; a simple model says what must be so.

YASHU_LIVES=200 plays so many lives of eighty steps; without it a few.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from bot.app import App
from bot.cases.actions import Action
from bot.cases.alarms import Alarm, Audience, Kind
from bot.cases.case import ENDED, Case, Status
from bot.cases.draft import Draft
from bot.cases.errors import Refusal
from bot.demo_town import settings_for
from bot.desk import dealing, deciding, following
from bot.desk.desk import Desk, write_down
from bot.desk.following import Mine
from bot.desk.reporting import file_report
from bot.jobs.clocks import MOVES, ring
from bot.lab.clocks import Reckoning, Stopped
from bot.lab.years import NOWHERE, found
from storage import cases, grid, people, units
from storage.tables import clocks
from tests.cases.people import MONDAY
from tests.lives.model import EVERYBODY, OFFICE, RESIDENT, Known, Somebody

LIVES = int(os.environ.get("YASHU_LIVES", "4"))
STEPS = 80
LAMP, PLACES = "H01a", ("DX01010103", None)
WORDS = "与居民联系，换了灯泡，今天下午完成"
SPANS = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=13), timedelta(days=1), timedelta(days=8))
LONGEST_HOLIDAY = timedelta(days=12)
OF_CENTRE = frozenset({Status.TRIAGE, Status.REDO, Status.REGISTERED})
Deed = Callable[[Desk, Case, str], Awaitable[Any]]


async def _resolves(desk: Desk, case: Case, _to: str) -> Case:
    photo = {"kind": "photo", "file_id": "f", "unique_id": desk.name, "size": 10}
    return await dealing.resolve(desk, case.id, WORDS, [photo])


async def _rates(desk: Desk, case: Case, _to: str) -> Case:
    mine = Mine(await following.my_case(desk, case.id), None)
    return await following.rate(desk, mine, "satisfied", "5")


async def _sends(desk: Desk, case: Case, to: str, action: Action) -> Case:
    unit = next(one for one in await units.all_units(desk.tx) if one.code == to)
    return (await dealing.send_to(desk, case.id, action, unit.id))[0]


async def _withdraws(desk: Desk, case: Case, _to: str) -> Case:
    return await following.withdraw(desk, await following.my_case(desk, case.id))


async def _reopens(desk: Desk, case: Case, _to: str) -> Case:
    return await following.reopen(desk, await following.my_case(desk, case.id), "又坏了", [])


async def _fails(desk: Desk, case: Case, _to: str) -> Case:
    return await dealing.fail(desk, case.id, "没修好", dealing.verdict_on(case))


DEEDS: dict[Action, Deed] = {
    Action.DISPATCH: lambda desk, case, to: _sends(desk, case, to, Action.DISPATCH),
    Action.REASSIGN: lambda desk, case, to: _sends(desk, case, to, Action.REASSIGN),
    Action.ESCALATE: lambda desk, case, _: deciding.send_up(desk, case.id),
    Action.ACCEPT: lambda desk, case, _: dealing.press_simple(desk, case.id, Action.ACCEPT),
    Action.CONTACT: lambda desk, case, _: dealing.press_simple(desk, case.id, Action.CONTACT),
    Action.PROGRESS: lambda desk, case, _: dealing.progress(desk, case.id, "正在修", []),
    Action.RESOLVE: _resolves,
    Action.CONFIRM: lambda desk, case, _: dealing.press_simple(desk, case.id, Action.CONFIRM, dealing.verdict_on(case)),
    Action.FAIL: _fails,
    Action.EXTEND: lambda desk, case, _: deciding.ask_extension(desk, case.id, "等配件", ""),
    Action.GRANT: lambda desk, case, _: deciding.grant_extension(desk, case.id, "可以", ""),
    Action.DECLINE: lambda desk, case, _: deciding.decline_extension(desk, case.id, "不行", ""),
    Action.RATE: _rates,
    Action.REDO: _reopens,
    Action.WITHDRAW: _withdraws,
}
"""How each action is done through the desk."""

REPORTERS_OWN = frozenset({Action.RATE, Action.REDO, Action.WITHDRAW})
"""Done here by the door of whoever reported, which is closed to everybody else."""


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="yashu-lives-"))
    asyncio.run(found(folder))
    return folder


class Lives(RuleBasedStateMachine):
    """A few cases at one desk."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp(prefix="yashu-life-"))
        shutil.copytree(_template(), self.folder, dirs_exist_ok=True)
        self.clock = Stopped()
        self.clock.at = MONDAY
        self.app = App(settings_for(self.folder, NOWHERE, reports_per_person_day=1000), self.clock)
        self.reckoning = Reckoning()
        self.known: dict[int, Known] = {}
        self.deeds = 0
        self.before: set[Any] = set()

    def teardown(self) -> None:
        self.runner.run(self.app.database.close())
        self.runner.close()
        shutil.rmtree(self.folder)

    async def _at_desk(self, who: Somebody | None, work: Callable[[Desk], Awaitable[Any]]) -> Any:
        self.deeds += 1
        async with self.app.database.write() as tx:
            desk = Desk(tx, self.app.office, self.clock.at, f"deed {self.deeds}")
            if who is not None:
                desk.person = await self._person(desk, who)
            result = await work(desk)
            await write_down(tx, self.app.office, [desk])
        return result

    async def _person(self, desk: Desk, who: Somebody) -> people.Person:
        vault = desk.office.seals.vault
        number = people.fingerprint(vault, who.user_id)
        if not await people.known(desk.tx, [number]):
            await people.add(desk.tx, [people.new_row(vault, number, who.user_id)])
        return (await people.known(desk.tx, [number]))[number]

    @rule(place=st.sampled_from(PLACES), sealed=st.booleans())
    @precondition(lambda self: len(self.known) < 3)
    def reports(self, place: str | None, sealed: bool) -> None:
        self.runner.run(self._reports(place, sealed))

    async def _reports(self, place: str | None, sealed: bool) -> None:
        async def files(desk: Desk) -> None:
            node = await grid.by_code(desk.tx, place) if place else None
            draft = Draft(
                id=f"life {self.deeds}",
                matter=LAMP,
                words=["楼下路灯不亮"],
                node_id=node.id if node else None,
                sealed=sealed,
            )
            case = await file_report(desk, draft)
            self.reckoning.moved(desk, case)
            automatic = place is not None and not sealed
            status = Status.DISPATCHED if automatic else Status.TRIAGE
            known = Known(case.id, sealed, status, "xinmao" if automatic else "", self.clock.at)
            known.placed = place is not None
            known.lines += ["submit", "dispatch" if automatic else "triage"]
            self.known[case.id] = known

        await self._at_desk(RESIDENT, files)

    @rule(
        which=st.integers(0, 2),
        who=st.sampled_from(EVERYBODY),
        action=st.sampled_from(sorted(DEEDS)),
        to=st.sampled_from(("xinmao", "binhe")),
    )
    @precondition(lambda self: self.known)
    def somebody_presses(self, which: int, who: Somebody, action: Action, to: str) -> None:
        known = list(self.known.values())[which % len(self.known)]
        self.runner.run(self._presses(known, who, Action(action), to))

    @rule(which=st.integers(0, 2), who=st.sampled_from(EVERYBODY), data=st.data())
    @precondition(lambda self: self.known)
    def somebody_does_what_they_may(self, which: int, who: Somebody, data: st.DataObject) -> None:
        """Most presses at random are refused: this one goes on with the life of a case, if there is anything to do."""
        known = list(self.known.values())[which % len(self.known)]
        able = [
            (one, action) for one in EVERYBODY for action in sorted(DEEDS) if self._may(known, one, action, "binhe")
        ]
        if able:
            one, action = data.draw(st.sampled_from(able))
            self.runner.run(self._presses(known, one, Action(action), "binhe"))

    def _may(self, known: Known, who: Somebody, action: Action, to: str) -> bool:
        if action is Action.REASSIGN and to == known.unit:
            return False
        if action in REPORTERS_OWN and who is not RESIDENT:
            return False
        if action is Action.ESCALATE and known.unit == OFFICE.unit:
            return False  # above the office of the town there is only the centre, which deals with nothing itself
        return known.may(who, action, self.clock.at)

    async def _presses(self, known: Known, who: Somebody, action: Action, to: str) -> None:
        may = self._may(known, who, action, to)
        twice = action is Action.ACCEPT and known.status is Status.ACCEPTED and known.handler == who.user_id

        async def deed(desk: Desk) -> None:
            case = await cases.by_id(desk.tx, known.id)
            assert case is not None
            await DEEDS[action](desk, case, to)
            after = await cases.by_id(desk.tx, known.id)
            assert after is not None
            if after.version != case.version:
                self.reckoning.moved(desk, after)

        try:
            await self._at_desk(who, deed)
        except Refusal as refusal:
            assert not may and not (twice and known.signs(who)), (action, who, known, refusal)
            return
        assert may or twice, (action, who, known)
        if may:
            known.does(who, action, self.clock.at, OFFICE.unit if action is Action.ESCALATE else to)

    @rule(which=st.integers(0, 2))
    @precondition(lambda self: self.known)
    def the_reporter_urges(self, which: int) -> None:
        known = list(self.known.values())[which % len(self.known)]
        self.runner.run(self._urges(known))

    async def _urges(self, known: Known) -> None:
        async def urges(desk: Desk) -> None:
            await following.urge(desk, await following.my_case(desk, known.id))

        try:
            await self._at_desk(RESIDENT, urges)
        except Refusal:
            return
        known.urged += 1
        known.lines.append("urge")

    @rule(span=st.sampled_from(SPANS), down=st.booleans())
    def time_passes(self, span: timedelta, down: bool) -> None:
        self.clock.at += span
        if not down:
            self.runner.run(self._rings())

    async def _rings(self) -> None:
        async with self.app.database.write() as tx:
            desk = Desk(tx, self.app.office, self.clock.at, f"tick {self.deeds}")
            while await ring(desk):
                await write_down(tx, self.app.office, [desk])
                desk = Desk(tx, self.app.office, self.clock.at, f"tick {self.deeds}")
            should: set[tuple[int, str, int, Any]] = set()
            while expected := self.reckoning.due(self.clock.at):
                for case_id, firings in expected.items():
                    should |= {(case_id, one.kind.value, one.step, one.at) for each in firings for one in each.alarms}
                    for each in firings:
                        if each.says.kind in MOVES:
                            await self._by_itself(desk, case_id, each.says.kind)
                            break
                        self.known[case_id].is_late({one.kind for one in each.alarms}, self.clock.at)
            rows = await tx.execute(
                select(clocks.c.case_id, clocks.c.kind, clocks.c.step, clocks.c.at).where(
                    clocks.c.fired_at == self.clock.at
                )
            )
            rang = {tuple(row) for row in rows.all()}
        assert rang >= should, "what had to ring rang"
        assert rang - should <= self.before, "and nothing else"
        self.before = rang

    async def _by_itself(self, desk: Desk, case_id: int, kind: Kind) -> None:
        self.known[case_id].does(RESIDENT, MOVES[kind], self.clock.at)
        case = await cases.by_id(desk.tx, case_id)
        assert case is not None
        self.reckoning.moved(desk, case)

    @invariant()
    def everything_is_as_the_model_says(self) -> None:
        if self.known:
            self.runner.run(self._compare())

    async def _compare(self) -> None:
        vault = self.app.office.seals.vault
        async with self.app.database.read() as tx:
            codes = {one.id: one.code for one in await units.all_units(tx)}
            for known in self.known.values():
                case = await cases.by_id(tx, known.id)
                assert case is not None
                handler = people.fingerprint(vault, known.handler) if known.handler else None
                assert case.status is known.status
                assert (codes.get(case.unit_id or 0, ""), case.handler_id) == (known.unit, handler)
                flags = (case.sealed, case.redone, case.urged, case.level.value, case.resolved_at, case.closed_at)
                wanted = (known.sealed, known.redone, known.urged, known.level, known.resolved, known.closed)
                assert flags == wanted
                late = {"yellow_card": case.yellow_at, "red_card": case.red_at, "oversee": case.overseen_at}
                assert {name: at for name, at in late.items() if at is not None} == known.late
                assert [line.action for line in await cases.history_of(tx, known.id)] == known.lines
                rows = await tx.execute(
                    select(clocks.c.kind, clocks.c.at, clocks.c.step, clocks.c.audience).where(
                        clocks.c.case_id == known.id, clocks.c.fired_at.is_(None)
                    )
                )
                waiting = {Alarm(Kind(kind), at, step, Audience(to)) for kind, at, step, to in rows.all()}
                assert waiting == self.reckoning.waiting[known.id]
                self._no_orphan(case, waiting)

    def _no_orphan(self, case: Case, waiting: set[Alarm]) -> None:
        """Somebody has it, and there is a date by which it is thought of. What waits for the centre rings again."""
        if case.status in ENDED:
            return
        assert case.unit_id is not None or case.status in OF_CENTRE or case.status is Status.FEEDBACK
        assert waiting or (case.due_at is not None and case.status not in OF_CENTRE)
        if case.status in OF_CENTRE:
            assert min(one.at for one in waiting) <= self.clock.at + LONGEST_HOLIDAY


def test_any_order_of_presses_and_any_passing_of_time_is_as_the_model_says() -> None:
    patient = settings(
        max_examples=LIVES,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
        phases=(Phase.explicit, Phase.generate),
        derandomize="YASHU_LIVES" not in os.environ,
    )
    run_state_machine_as_test(Lives, settings=patient)
