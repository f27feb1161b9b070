"""双派单: beside the unit a grid member of the place has an order, watches, is reminded, judges, and is followed."""

from typing import Any

from bot.cases.case import Colour, Status
from bot.desk.desk import Desk
from storage import people, supervisions
from storage.supervisions import Order
from storage.tables import duties
from tests.stories.office import count, files_of, goes_to, now_is, photo, reports, solved
from tests.stories.steps import nothing_failed
from tests.town import Person, Town, buttons_on

GAS = "A02"
ESTATE = "DX010101"


async def test_with_the_order_to_the_unit_one_goes_to_the_grid_member_of_the_place(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    card = await town.grid_member.message_with("监督单")
    assert "楼下路灯不亮" in card["text"] and "承办：新茂社区" in card["text"] and "待签收" in card["text"]
    assert buttons_on(card) == ["👀 说说看到的", "⬆️ 申请升级", "↪️ 建议改派"]
    await town.community_group.presses("签收", message=await town.community_group.message_with(case.number))
    card = await town.grid_member.message_with("监督单")
    assert "已签收" in card["text"], "it is edited as the case goes on"
    await town.grid_member.sends("我刚去过，灯还黑着", reply_to=card["message_id"])
    assert await town.community_group.sees(f"{case.number} 网格员看到：我刚去过，灯还黑着")
    await town.grid_member.presses("说说看到的")
    await town.grid_member.sends_any(**photo(3), caption="梯子来了")
    assert "记下了" in await town.grid_member.said()
    await town.fetches()
    await town.passes(minutes=1)
    assert await town.community_group.sees("网格员看到：梯子来了")
    assert await town.community_group.sees(f"{case.number} 网格员拍的照片")
    assert not await town.resident.sees("梯子来了")
    order = await _order(town, case.id)
    assert order is not None and order.due_at is None
    assert await nothing_failed(town)


async def test_an_album_of_whoever_watches_is_one_look(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    card = (await town.grid_member.message_with("监督单"))["message_id"]
    await town.grid_member.sends_any(album=[photo(n) for n in range(3)], caption="围挡倒了", reply_to=card)
    await town.grid_member.presses("说说看到的")
    await town.grid_member.sends_any(album=[photo(n) for n in range(5, 8)], caption="又扶起来了")
    heard = await town.grid_member.heard()
    assert count(heard, "记下了") == 2 and not await town.grid_member.sees("不归您")
    assert await files_of(town, case.id) == [("look", 6)]
    assert count(await town.community_group.heard(), "网格员看到") == 2
    assert await nothing_failed(town)


async def test_whoever_watches_is_reminded_once_before_the_centre_is_asked(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await solved(town.community_group, case.number)
    order = await _order(town, case.id)
    assert order is not None and order.due_at is not None and order.remind_at is not None
    assert not await town.grid_member.sees("报办结了，等您核查")
    await town.passes(hours=21)
    await town.passes(minutes=10)
    heard = await town.grid_member.heard()
    assert count(heard, "报办结了，等您核查") == 1
    assert not await town.centre_group.sees("还没核查")
    await town.grid_member.presses("核查通过", message=await town.grid_member.message_with("等您核查"))
    assert (await now_is(town, case)).status is Status.FEEDBACK
    assert await _order(town, case.id) is None
    assert await _rows(town, case.id) == [("judged", "confirm")]
    await town.passes(days=2)
    assert count(await town.grid_member.heard(), "报办结了，等您核查") == 1


async def test_of_a_coloured_case_a_look_is_asked_for_half_way(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, GAS, "楼道里有煤气味")
    if (await now_is(town, case)).status is Status.TRIAGE:
        await town.centre_group.presses("派给", message=await town.centre_group.message_with(case.number))
    assert (await now_is(town, case)).colour is not Colour.NONE
    assert await town.grid_member.sees("监督单")
    await town.passes(hours=11)
    assert not await town.grid_member.sees("时间过半")
    await town.passes(hours=1.1)
    assert count(await town.grid_member.heard(), "时间过半") == 1


async def test_who_leaves_is_followed_by_the_next_and_the_result_is_asked_about_again(town: Town) -> None:
    await goes_to(town, 10)
    await _appoint(town, town.neighbour, "小陈")
    case = await reports(town)
    assert await town.grid_member.sees("监督单") and not await town.neighbour.sees("监督单")
    await solved(town.community_group, case.number)
    old = await town.grid_member.message_with("请核查")
    await _suspend(town, town.grid_member)
    await town.passes(minutes=10)
    assert await town.neighbour.sees("监督单") and await town.neighbour.sees("请核查")
    assert await town.grid_member.sees(f"{case.number} 换了人监督")
    refused = await town.grid_member.presses("核查通过", message=old)
    assert refused is not None and refused["show_alert"]
    await town.neighbour.presses("核查通过")
    assert (await now_is(town, case)).status is Status.FEEDBACK
    assert await _rows(town, case.id) == [("moved", None), ("judged", "confirm")]


async def test_only_who_holds_the_order_judges_among_the_grid_members(town: Town) -> None:
    await goes_to(town, 10)
    await _appoint(town, town.neighbour, "小陈")
    case = await reports(town)
    await solved(town.community_group, case.number)
    message = (await town.neighbour.sends("你好"))["message_id"]
    confirm = f"c:{case.id}:confirm:1:{int((await now_is(town, case)).resolved_at.timestamp())}"  # pyright: ignore
    shown = (await town.neighbour.messages())[-1]["message_id"]
    assert message != shown
    refused = await town.neighbour.presses_data(shown, confirm)
    assert refused is not None and refused["show_alert"]
    assert (await now_is(town, case)).status is Status.VERIFY


async def test_who_reported_it_and_who_is_of_its_unit_never_watches_and_the_centre_verifies(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, who=town.grid_member)
    assert not await town.grid_member.sees("监督单") and await _order(town, case.id) is None
    await solved(town.community_group, case.number)
    assert await town.centre_group.sees("请核查")
    await town.centre_group.presses("核查通过", message=await town.centre_group.message_with("请核查"))
    await _appoint(town, town.grid_member, "钱丽", unit="xinmao")
    other = await reports(town, words="北门路灯不亮")
    assert await _order(town, other.id) is None
    await solved(town.community_group, other.number)
    asked = await town.centre_group.message_with("请核查")
    assert other.number in asked["text"]
    confirm = f"c:{other.id}:confirm:1:{int((await now_is(town, other)).resolved_at.timestamp())}"  # pyright: ignore
    refused = await town.grid_member.presses_data((await town.grid_member.messages())[-1]["message_id"], confirm)
    assert refused is not None and refused["show_alert"], "of the unit that did the work"


async def test_a_confidential_case_is_watched_by_nobody(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, sealed=True)
    await town.dispatcher.presses("派给其他单位", message=await town.dispatcher.message_with(case.number))
    await town.dispatcher.presses("新茂社区")
    assert (await now_is(town, case)).status is Status.DISPATCHED
    assert await _order(town, case.id) is None and not await town.grid_member.sees("监督单")


async def test_a_result_that_does_not_pass_comes_with_a_picture_and_is_watched_on(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await solved(town.community_group, case.number)
    await town.grid_member.presses("不通过")
    await town.grid_member.sends_any(**photo(4), caption="灯还是不亮")
    await town.fetches()
    await town.passes(minutes=1)
    assert await town.community_group.sees("请返工：灯还是不亮")
    assert await town.community_group.sees(f"{case.number} 网格员拍的照片")
    order = await _order(town, case.id)
    assert order is not None and order.due_at is None
    assert await _rows(town, case.id) == [("open", "fail")]


async def test_a_grid_member_says_that_it_is_back_and_the_same_unit_does_it_again(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await solved(town.community_group, case.number)
    await town.grid_member.presses("核查通过", message=await town.grid_member.message_with("请核查"))
    await town.passes(days=8)
    assert (await now_is(town, case)).status is Status.CLOSED
    card = await town.grid_member.message_with("监督单")
    assert buttons_on(card) == ["🔁 又反复了，重办"]
    await town.grid_member.presses("又反复了")
    await town.grid_member.sends_any(**photo(6), caption="又不亮了")
    after = await now_is(town, case)
    assert (after.status, after.redone) == (Status.DISPATCHED, 1)
    assert await town.community_group.sees(f"{case.number} 又反复了，请重办：又不亮了")
    assert await nothing_failed(town)


async def test_a_dispatcher_has_it_done_again_and_a_stranger_does_not(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await solved(town.community_group, case.number)
    await town.grid_member.presses("核查通过", message=await town.grid_member.message_with("请核查"))
    await town.passes(days=8)
    shown = (await town.resident.messages())[-1]["message_id"]
    for stranger in (town.resident, town.community_group):
        at = (await stranger.messages())[-1]["message_id"] if stranger is town.community_group else shown
        said = await stranger.presses_data(at, f"c:{case.id}:relapse:1:")
        assert said is not None and said["show_alert"]
    await town.centre_group.presses("更多", message=await town.centre_group.message_with("推送号"))
    await town.centre_group.presses("又反复了")
    await town.centre_group.sends("回访说又坏了", reply_to=(await town.centre_group.messages())[-1]["message_id"])
    assert (await now_is(town, case)).redone == 1
    assert await town.community_group.sees("又反复了，请重办：回访说又坏了")


async def _order(town: Town, case_id: int) -> Order | None:
    async with town.app.database.read() as tx:
        return await supervisions.of_case(tx, case_id)


async def _rows(town: Town, case_id: int) -> list[tuple[str, str | None]]:
    table = supervisions.supervisions
    async with town.app.database.read() as tx:
        rows = await tx.execute(table.select().where(table.c.case_id == case_id).order_by(table.c.id))
        return [(row.state, row.verdict) for row in rows.all()]


async def _appoint(town: Town, who: Person, name: str, unit: str | None = None) -> None:
    if not await who.messages():
        await who.sends("/start")

    async def do(desk: Desk) -> None:
        from storage import grid, units

        place = await grid.by_code(desk.tx, ESTATE)
        assert place is not None
        duty: dict[str, Any] = {"role": "grid_member", "node_id": place.id}
        more: list[dict[str, Any]] = []
        if unit is not None:
            found = next(one for one in await units.all_units(desk.tx) if one.code == unit)
            more = [{"role": "responder", "unit_id": found.id, "rank": 1}]
        await people.appoint(desk.tx, desk.office.seals.vault, who.id, name, [duty, *more])

    await town.app.at_desk(do)


async def _suspend(town: Town, who: Person) -> None:
    async def do(desk: Desk) -> None:
        whose = people.fingerprint(desk.office.seals.vault, who.id)
        await desk.tx.execute(duties.update().where(duties.c.person_id == whose).values(suspended=True))

    await town.app.at_desk(do)
