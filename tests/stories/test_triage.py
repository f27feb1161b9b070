"""What dispatchers decide besides sending: another matter, a grade up at once and down by two, suggestions."""

from typing import Any

from sqlalchemy import select

from bot.cases.case import Case, Colour, Level, Status, Visibility
from storage.tables import gradings
from tests.stories.centre import answers, appoint, card_of, decides, jumps, lines_of, town_centre
from tests.stories.office import FIRE, LAMP, SECRET, STALL, goes_to, now_is, reports
from tests.stories.steps import nothing_failed, promise_card
from tests.stories.test_confidential import everything_in_groups
from tests.town import Town, buttons_on

POINT: dict[str, Any] = {"latitude": 32.1901, "longitude": 119.5935}


async def test_the_card_suggests_another_matter_and_one_tap_takes_it(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, STALL, "楼下路灯不亮，晚上看不见", node=None)
    card = await card_of(town.centre_group, case)
    assert "💡 按描述更像：小区路灯不亮（三级）" in card["text"]
    said = await town.centre_group.presses("改为“小区路灯不亮”", message=card)
    assert said is not None and said["text"] == f"{case.number} 已改为“小区路灯不亮”。"
    after = await now_is(town, case)
    assert (after.matter, after.level, after.status) == (LAMP, Level.COMMUNITY, Status.TRIAGE)
    assert "小区路灯不亮" in (await promise_card(town.resident, case.number))["text"]
    assert ("rename", "占道、无照经营 → 小区路灯不亮") in await lines_of(town, case)
    assert "💡" not in (await card_of(town.centre_group, case))["text"]


async def test_any_matter_is_found_on_its_shelf_and_clocks_follow(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    assert case.status is Status.DISPATCHED and case.due_at is not None
    await decides(town.centre_group, case, "改事项", "脏乱、噪声、违建", "占道、无照经营")
    after = await now_is(town, case)
    assert (after.matter, after.level, after.status) == (STALL, Level.TOWN, Status.DISPATCHED)
    assert after.due_at is not None and after.due_at > case.due_at, "七天，不是三天"
    assert "二级" in (await card_of(town.community_group, case))["text"]


async def test_what_becomes_confidential_leaves_every_group_at_once(town: Town) -> None:
    await goes_to(town, 10)
    words = "有人半夜往河里倒东西，车牌我看清了"
    case = await reports(town, words=words)
    assert words in await everything_in_groups(town)
    said = await decides(town.centre_group, case, "改事项", "违法犯罪线索", await _name(town, SECRET))
    assert said is not None and said["show_alert"] and "已转为保密件" in said["text"]
    after = await now_is(town, case)
    assert after.confidential and after.visibility is Visibility.CONFIDENTIAL
    seen = await everything_in_groups(town)
    assert words not in seen and (await town.community_group.said()).startswith("收到1件保密件")
    assert words in (await town.dispatcher.message_with(case.number))["text"]
    assert words in (await town.responder.message_with(case.number))["text"], "the one on duty reads it privately"
    assert not await town.leader.sees(case.number)
    await decides(town.dispatcher, case, "改事项", "路灯道路水电气", "小区路灯不亮")
    assert (await now_is(town, case)).confidential, "another name brings no secret out"
    assert await nothing_failed(town)


async def _name(town: Town, code: str) -> str:
    return town.app.office.catalogue.matters[code].name


async def test_a_grade_goes_up_at_once_with_a_reason(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, words="楼下消防通道堵死了")
    await decides(town.centre_group, case, "改定级", "🔴 红")
    assert "为什么要改定级" in await town.centre_group.said()
    await answers(town.centre_group, "旁边在动火")
    after = await now_is(town, case)
    assert (after.colour, after.level) == (Colour.RED, Level.COMMUNITY)
    assert after.due_at is not None and case.due_at is not None and after.due_at < case.due_at
    assert "🔴 红" in (await card_of(town.community_group, case))["text"]
    assert await town.responder.sees(case.number), "a red one goes privately to the one on duty"
    assert ("grade", "旁边在动火") in await lines_of(town, case)
    await town.passes(minutes=16)
    assert await town.leader.sees(case.number), "and its clock rings every few minutes"


async def test_a_red_case_is_told_to_the_department_of_the_district(town: Town) -> None:
    await goes_to(town, 10)
    burning = await reports(town, FIRE, "3栋二楼冒烟", danger=True)
    copy = await town.fire_brigade.inside(-5005).message_with(burning.number)
    assert "📣 抄送" in copy["text"] and "指挥中心正在研判" in copy["text"], "at once, before anybody decides"
    case = await reports(town, words="一楼在烧电线，13812345678 找王五")
    assert not await town.fire_brigade.inside(-5005).sees(case.number)
    await decides(town.centre_group, case, "改定级", "🟡 黄")
    await answers(town.centre_group, "怕着火")
    copy = await town.fire_brigade.inside(-5005).message_with(case.number)
    assert "📣 抄送" in copy["text"] and "现在由新茂社区办理" in copy["text"] and not buttons_on(copy)
    assert "13812345678" not in copy["text"]


async def test_down_from_red_two_dispatchers_must_agree(town: Town) -> None:
    await goes_to(town, 10)
    await appoint(town, town.admin)
    case = await reports(town, FIRE, "3栋二楼冒烟", danger=True)
    await decides(town.centre_group, case, "改定级", "⚪ 无色")
    await answers(town.centre_group, "是烧水的蒸汽")
    assert (await now_is(town, case)).colour is Colour.RED
    asked = await town.centre_group.message_with("何静提议降级")
    assert "理由：是烧水的蒸汽" in asked["text"] and "🔴 红" in asked["text"]
    alone = await town.centre_group.presses("同意降级", message=asked)
    assert alone is not None and alone["show_alert"]
    await town.admin.inside(-5001).presses("同意降级", message=asked)
    after = await now_is(town, case)
    assert after.colour is Colour.NONE
    assert ("grade", "是烧水的蒸汽") in await lines_of(town, case)
    decided = await town.centre_group.message_with("降为")
    assert decided["message_id"] == asked["message_id"] and "管理员同意" in decided["text"] and not buttons_on(decided)
    again = await town.admin.inside(-5001).presses_data(asked["message_id"], f"grade:n:{(await _kept(town))[0]}")
    assert again is not None and again["show_alert"]


async def _kept(town: Town) -> list[int]:
    async with town.app.database.read() as tx:
        return list((await tx.execute(select(gradings.c.id))).scalars())


async def test_a_lower_grade_that_is_refused_or_too_old_changes_nothing(town: Town) -> None:
    await goes_to(town, 10)
    await appoint(town, town.admin)
    case = await reports(town, FIRE, "3栋二楼冒烟", danger=True)
    await decides(town.centre_group, case, "改定级", "🟡 黄")
    await answers(town.centre_group, "烟不大")
    await town.admin.inside(-5001).presses("不降级")
    assert "管理员没同意" in (await town.centre_group.message_with("不降级"))["text"]
    await decides(town.centre_group, case, "改定级", "🟡 黄")
    await answers(town.centre_group, "烟真的不大")
    await jumps(town, days=4)
    old = await town.admin.inside(-5001).presses("同意降级")
    assert old is not None and old["show_alert"]
    assert (await now_is(town, case)).colour is Colour.RED


async def test_a_dispatcher_of_a_town_raises_but_never_lowers_what_has_a_colour(town: Town) -> None:
    await goes_to(town, 10)
    await appoint(town, town.town_office, await town_centre(town))
    case = await reports(town, FIRE, "3栋二楼冒烟", danger=True)
    await town.town_office.sends("/queue")
    await town.town_office.presses(case.number)
    await town.town_office.presses("更多")
    await town.town_office.presses("改定级")
    refused = await town.town_office.presses("🟡 黄")
    assert refused is not None and refused["show_alert"] and (await now_is(town, case)).colour is Colour.RED


async def test_the_card_names_open_cases_nearby_and_a_unit_that_is_complained_of(town: Town) -> None:
    await goes_to(town, 10)
    first = await reports(town, STALL, "楼下摆摊", **POINT)
    case = await reports(town, STALL, "丁岗镇综治办不管楼下摆摊", **POINT)
    words = (await card_of(town.centre_group, case))["text"]
    assert f"· {first.number} 占道、无照经营，待研判，约50米" in words
    assert "⚠️ 情况里提到了“丁岗镇综治办”" in words


async def test_forged_presses_change_nothing(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    chats = [(who, await card_of(who, case)) for who in (town.centre_group, town.community_group)]
    for action in ("grade", "rename", "merge", "divert", "reject", "refer", "turn", "triage", "split"):
        for value in ("green", "none.x", "red:1", "9" * 20):
            for who, card in chats:
                await who.presses_data(card["message_id"], f"c:{case.id}:{action}:1:{value}")
    for what in ("y:1", "n:x", "", "y:1:2"):
        await town.centre_group.presses_data(chats[0][1]["message_id"], f"grade:{what}")
    after: Case = await now_is(town, case)
    assert after == case
    assert await nothing_failed(town)
