"""镇街调度员: a town sends a case on to its own units; what goes up goes by 升级; the reason is said."""

import pytest
from sqlalchemy import insert, update

from bot.cases.actions import Action, Role
from bot.cases.case import Case, Level, Status
from bot.cases.errors import OutsideTown
from bot.desk.desk import Desk
from bot.desk.rights import authorize
from storage import cases, grid, units
from storage.tables import nodes
from tests.stories.centre import answers, appoint, card_of, decides, town_centre
from tests.stories.office import acts_as, goes_to, now_is, reports
from tests.town import Person, Town, buttons_on

PLACES = {"xinmao": True, "binhe": True, "town": True, "fire": False, "wharf": False, "wharf_office": False}
"""Units, and whether a dispatcher of 丁岗镇 may send a case on to them."""


async def _other_town(town: Town) -> None:
    """A second town with an office and a community."""
    async with town.app.database.write() as tx:
        district = await grid.by_code(tx, "DX")
        assert district is not None
        row = {"code": "DX02", "name": "大港镇", "parent_id": district.id, "depth": 2, "path": district.path}
        node_id = (await tx.execute(insert(nodes).values(**row).returning(nodes.c.id))).scalar_one()
        await tx.execute(update(nodes).where(nodes.c.id == node_id).values(path=f"{district.path}{node_id}/"))
        for code, name, level in (("wharf_office", "大港镇综治办", "town"), ("wharf", "港中社区", "community")):
            facts = {"code": code, "name": name, "kind": level, "level": level, "node_id": node_id}
            await units.add(tx, facts)


async def _town_dispatcher(town: Town) -> Person:
    await appoint(town, town.head, await town_centre(town))
    await town.head.sends("/orders")
    return town.head


async def _may(town: Town, case: Case, who: Person, role: Role, action: Action, code: str) -> bool:
    """Whether `authorize` lets somebody send the case to a unit."""

    async def asks(desk: Desk) -> bool:
        await acts_as(desk, who.id)
        found, unit = await cases.by_id(desk.tx, case.id), await units.by_code(desk.tx, code)
        assert found and unit and desk.person
        try:
            await authorize(desk, desk.person.id, action, found, role, unit.id)
        except OutsideTown:
            return False
        return True

    return await town.app.at_desk(asks)


@pytest.mark.parametrize("action", [Action.REASSIGN, Action.DISPATCH, Action.ESCALATE])
async def test_every_door_asks_whether_the_unit_is_of_the_town(town: Town, action: Action) -> None:
    await goes_to(town, 10)
    await _other_town(town)
    head = await _town_dispatcher(town)
    case = await reports(town)
    for code, own in PLACES.items():
        free = action is not Action.REASSIGN
        assert await _may(town, case, head, Role.TOWN_DISPATCHER, action, code) == (own or free), code
        assert await _may(town, case, town.dispatcher, Role.DISTRICT_DISPATCHER, action, code), code


async def test_a_town_chooses_among_its_own_units_and_a_forged_press_is_refused_with_the_reason(town: Town) -> None:
    await goes_to(town, 10)
    await _other_town(town)
    head = await _town_dispatcher(town)
    case = await reports(town)
    await head.sends(f"/orders {case.number}")
    await head.presses(case.number)
    card = await card_of(head, case)
    await head.presses("改派", message=card)
    offered = buttons_on(await card_of(head, case))
    assert "滨河社区" in offered and "丁岗镇综治办" in offered
    assert not {"港中社区", "大港镇综治办", "区消防救援大队"} & set(offered)
    async with town.app.database.read() as tx:
        other = await units.by_code(tx, "wharf")
    assert other is not None
    said = await head.presses_data(card["message_id"], f"c:{case.id}:reassign:1:{other.id}")
    assert said is not None and said["text"] == "镇街只能改派给本镇街的单位。要往上走，请点「升到上一级」。"
    assert (await now_is(town, case)).unit_id == case.unit_id
    await head.presses("滨河社区", message=await card_of(head, case))
    sent = await now_is(town, case)
    assert (sent.unit_id == case.unit_id, sent.status) == (False, Status.DISPATCHED)
    await town.centre_group.presses("改派", message=await card_of(town.centre_group, case))
    assert "港中社区" in buttons_on(await card_of(town.centre_group, case)), "the district reaches everywhere"


async def test_upwards_a_town_sends_by_the_level_above(town: Town) -> None:
    await goes_to(town, 10)
    head = await _town_dispatcher(town)
    case = await reports(town)
    await head.sends(f"/orders {case.number}")
    await head.presses(case.number)
    await decides(head, case, "升到上一级")
    after = await now_is(town, case)
    assert (after.level, after.status) == (Level.TOWN, Status.DISPATCHED)


async def test_what_a_unit_of_the_town_gives_back_stays_in_the_town_unless_the_district_decides(town: Town) -> None:
    await goes_to(town, 10)
    head = await _town_dispatcher(town)
    case = await reports(town)
    leader = town.leader.inside(-5002)
    await leader.presses("更多", message=await leader.message_with("【待签收】"))
    await leader.presses("退单", message=await leader.message_with("【待签收】"))
    await leader.presses("说不准")
    await answers(leader, "归消防管")
    async with town.app.database.read() as tx:
        fire = await units.by_code(tx, "fire")
    assert fire is not None
    said = await head.presses_data((await head.messages())[-1]["message_id"], f"c:{case.id}:reassign:1:{fire.id}")
    assert said is not None and said["show_alert"]
    assert (await now_is(town, case)).status is Status.RETURN_REVIEW
