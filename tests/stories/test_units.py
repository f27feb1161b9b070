"""/units: who is responsible for what, looked at by admins and dispatchers, changed by admins, one at a time."""

from pathlib import Path

import pytest

from storage import members, units
from storage.units import Unit
from tests.stories.office import LAMP, SECRET, reports
from tests.stories.register import enters
from tests.stories.steps import nothing_failed
from tests.stories.test_people_invitations import row_of
from tests.town import Json, Person, Town


async def unit_of(town: Town, code: str) -> Unit:
    """The unit as it is kept."""
    async with town.app.database.read() as tx:
        found = await units.by_code(tx, code)
    assert found is not None
    return found


def data_of(message: Json, words: str) -> str:
    """What the button with these words carries."""
    rows = message["reply_markup"]["inline_keyboard"]
    return next(button["callback_data"] for row in rows for button in row if words in button["text"])


async def opens(person: Person, code: str) -> Json:
    """The card of a unit."""
    await person.sends(f"/units {code}")
    return (await person.messages())[-1]


async def test_units_are_found_by_level_and_by_words_and_their_card_tells_who_is_there(town: Town) -> None:
    await town.admin.sends("/units")
    assert "区级的单位，共 2 个" in await town.admin.said()
    assert {"区指挥中心", "区消防救援大队", "➕ 新单位"} <= set(await town.admin.buttons())
    await town.admin.presses("村（社区） 2")
    assert "新茂社区" in await town.admin.buttons()
    await town.admin.presses("新茂社区")
    card = await town.admin.said()
    assert "类别：村（社区）" in card and "上级：丁岗镇综治办" in card
    assert "地点：东乡区丁岗镇新茂社区" in card
    assert "值班：李建国" in card and "负责人：孙桂芳" in card
    assert "工作群：已绑定" in card
    await town.admin.sends("/units 消防")
    assert "区消防救援大队" in await town.admin.said()
    await town.admin.sends("/units 社区")
    assert "找到 2 个单位" in await town.admin.said()
    await town.admin.sends("/units 月球")
    assert "没有名称、编码或类别里有“月球”的单位" in await town.admin.said()
    assert await nothing_failed(town)


async def test_a_dispatcher_reads_and_nobody_else_sees_anything(town: Town) -> None:
    card = await opens(town.admin, "xinmao")
    rename, people = data_of(card, "改名"), data_of(card, "人员")
    shown = await opens(town.dispatcher, "xinmao")
    assert "新茂社区" in shown["text"]
    assert [one for one in await town.dispatcher.buttons() if "改名" in one] == []
    for data in (rename, people):
        said = await town.dispatcher.presses_data(shown["message_id"], data)
        assert said is not None and said["show_alert"]
    for stranger in (town.resident, town.responder, town.grid_member):
        await stranger.sends("/units")
        assert "不归您办" in await stranger.said()
        mine = (await stranger.messages())[-1]["message_id"]
        said = await stranger.presses_data(mine, data_of(card, "单位列表"))
        assert said is not None and said["show_alert"]


async def test_open_orders_are_listed_and_confidential_ones_are_not_even_counted(town: Town) -> None:
    case = await reports(town, LAMP)
    await reports(town, SECRET, "他们每天收钱")
    card = await opens(town.dispatcher, "xinmao")
    assert "在办：1 件（不含保密件）" in card["text"]
    await town.dispatcher.presses("在办的件")
    assert [case.number in one for one in await town.dispatcher.buttons()][:1] == [True]
    await town.dispatcher.presses(case.number)
    assert case.number in await town.dispatcher.said()


async def test_of_two_admins_who_change_a_unit_one_wins_and_the_other_is_told(town: Town) -> None:
    first = await opens(town.admin, "xinmao")
    old = data_of(first, "解绑")
    await town.admin.presses("改名")
    await town.admin.sends("新茂社区居委会")
    assert "🏢 新茂社区居委会" in (await town.admin.messages())[-1]["text"]
    stale = old.replace("u:free:", "u:freed:")
    said = await town.admin.presses_data(first["message_id"], stale)
    assert said is not None and "刚才有人改过了" in said["text"]
    assert (await unit_of(town, "xinmao")).chat_id == -5002, "nothing happened"


async def test_a_dialog_that_was_overtaken_changes_nothing(town: Town) -> None:
    await opens(town.admin, "xinmao")
    await town.admin.presses("改名")
    unit = await unit_of(town, "xinmao")
    async with town.app.database.write() as tx:
        assert await units.change(tx, unit.id, unit.version, name="别人先改")
    await town.admin.sends("我也来改")
    assert "刚才有人改过了" in await town.admin.said()
    assert (await unit_of(town, "xinmao")).name == "别人先改"
    async with town.app.database.write() as tx:
        assert not await units.change(tx, unit.id, unit.version, name="旧的")


async def test_parent_and_place_are_chosen_by_taps_and_nobody_stands_above_themselves(town: Town) -> None:
    await opens(town.admin, "town")
    await town.admin.presses("上级")
    offered = await town.admin.buttons()
    assert "区消防救援大队" in offered
    assert not {"丁岗镇综治办", "新茂社区"} & set(offered), "neither itself nor what is below it"
    await town.admin.presses("区消防救援大队")
    assert "上级：区消防救援大队" in await town.admin.said()
    card = await opens(town.admin, "fire")
    own = data_of(card, "上级").replace("u:parents:", "u:parent:") + str((await unit_of(town, "town")).id)
    said = await town.admin.presses_data(card["message_id"], own)
    assert said is not None and said["show_alert"]
    await town.admin.presses("地点")
    await town.admin.presses("新茂社区")
    await town.admin.presses("就是新茂社区")
    assert "地点：东乡区丁岗镇新茂社区" in await town.admin.said()


async def test_what_a_community_receives_is_switched_matter_by_matter(town: Town) -> None:
    await opens(town.admin, "xinmao")
    await town.admin.presses("📋 事项")
    assert "凡是对口的事项都接" in await town.admin.said()
    await town.admin.presses("💡")
    await town.admin.presses("✅ 小区路灯不亮")
    assert "▫️ 小区路灯不亮" in await town.admin.buttons()
    kept = (await unit_of(town, "xinmao")).matters
    assert kept is not None and LAMP not in kept and "H01b" in kept
    case = await reports(town, LAMP)
    assert case.status == "triage", "it may not go there by itself any more"
    await town.admin.presses("事项分类")
    await town.admin.presses("凡是对口的都接")
    assert (await unit_of(town, "xinmao")).matters is None
    await town.admin.presses("🚗")
    await town.admin.presses("这一类都不接")
    assert not [code for code in (await unit_of(town, "xinmao")).matters or () if code.startswith("I")]
    assert await nothing_failed(town)


async def test_people_come_in_change_their_rank_and_go(town: Town, tmp_path: Path) -> None:
    await enters(town, tmp_path, ("冯桂兰", "13800001111", "网格员", "DX010101"))
    await opens(town.admin, "xinmao")
    await town.admin.presses("人员")
    await town.admin.presses("加人")
    await town.admin.sends("没这个人")
    assert "新来的请连电话一起发" in await town.admin.said()
    await town.admin.sends("冯桂兰")
    await town.admin.presses("冯桂兰 1111")
    assert "职务：副职" in await town.admin.said()
    await town.admin.presses("值班")
    assert "职务：值班" in await town.admin.said()
    await town.admin.presses("‹ 人员")
    await town.admin.presses("李建国")
    await town.admin.presses("移出本单位")
    await town.admin.presses("确定移出")
    card = await town.admin.said()
    assert "李建国" not in card
    assert "值班：冯桂兰 ⚠️ 还没有打开伢叔" in card
    case = await reports(town, LAMP)
    pressed = await town.community_group.presses("签收", message=await town.community_group.message_with(case.number))
    assert pressed is not None and pressed["show_alert"], "he works here no more"
    assert (await row_of(town, "李建国")).state == "active", "but stands in the register"


async def test_somebody_new_is_registered_for_the_unit_and_invited(town: Town) -> None:
    await opens(town.admin, "binhe")
    await town.admin.presses("人员")
    await town.admin.presses("加人")
    await town.admin.sends("张\u200b小明 13800001235")
    assert "看不见的字符" in await town.admin.said()
    await town.admin.sends("张小明 13800001234")
    await town.admin.presses("📨 邀请")
    link = next(text for text in reversed(await town.admin.heard()) if "start=i_" in text)
    await town.neighbour.sends("/start " + link.partition("start=")[2].split()[0])
    assert "处置人 · 滨河社区" in await town.neighbour.said()
    await opens(town.admin, "binhe")
    await town.admin.presses("人员")
    await town.admin.presses("加人")
    await town.admin.sends("另一个 13800001234")
    assert "已经有这个电话" in await town.admin.said()
    async with town.app.database.read() as tx:
        assert len(await members.marks(tx)) == 1


async def test_nobody_makes_themselves_a_dispatcher(town: Town) -> None:
    card = await opens(town.admin, "centre")
    me = await row_of(town, "管理员")
    pick = data_of(card, "人员").replace("u:people:", "u:pick:") + str(me.id)
    said = await town.admin.presses_data(card["message_id"], pick)
    assert said is not None and said["show_alert"]


async def test_an_unbound_unit_is_warned_of_and_its_orders_go_to_its_people(town: Town) -> None:
    await opens(town.admin, "xinmao")
    await town.admin.presses("解绑工作群")
    await town.admin.presses("确定解绑")
    assert "⚠️ 没有工作群" in await town.admin.said()
    case = await reports(town, LAMP)
    assert await town.responder.sees(case.number)
    await town.admin.presses("单位列表")
    assert "⚠️ 其中 1 个还没有工作群" in await town.admin.said()
    assert "⚠️ 新茂社区" in await town.admin.buttons()


async def test_a_new_unit_is_put_together_by_taps_and_made_at_the_end(town: Town) -> None:
    await town.admin.sends("/units")
    await town.admin.presses("新单位")
    await town.admin.sends("滨江社区 xinmao")
    assert "编码“xinmao”已经有单位在用" in await town.admin.said()
    await town.admin.sends("滨江社区 binjiang")
    first = (await town.admin.messages())[-1]
    await town.admin.presses("村（社区）", message=first)
    await town.admin.presses("村（社区）")
    await town.admin.presses("丁岗镇综治办")
    await town.admin.presses("新茂社区")
    await town.admin.presses("就是新茂社区")
    assert "要新建的单位" in await town.admin.said()
    made = (await town.admin.messages())[-1]
    again = data_of(made, "✅ 新建")
    await town.admin.presses("✅ 新建")
    assert "🏢 滨江社区" in await town.admin.said()
    unit = await unit_of(town, "binjiang")
    assert (unit.kind, unit.level, unit.parent_id) == ("community", "community", (await unit_of(town, "town")).id)
    said = await town.admin.presses_data(made["message_id"], again)
    assert said is not None and said["show_alert"], "made once"
    assert await nothing_failed(town)


async def test_a_new_unit_that_is_given_up_leaves_nothing_and_a_draft_goes_on(town: Town) -> None:
    await town.admin.sends("小区路灯不亮")
    await town.admin.sends("/units")
    await town.admin.presses("新单位")
    await town.admin.sends("滨江社区")
    await town.admin.presses("不建了")
    async with town.app.database.read() as tx:
        assert len(await units.all_units(tx)) == 5
    await town.admin.sends("就在3栋楼下")
    assert not await town.admin.sees("我是伢叔"), "the report goes on"


FORGED = [
    "u:show:999999:0:",
    "u:show:1",
    "u:nothing:1:0:",
    "u:rank:1:1:5.5",
    "u:matter:1:1:ZZ.0.1",
    "un:x:make:",
    "u:list:0:0:moon.0",
]


@pytest.mark.parametrize("data", FORGED)
async def test_forged_buttons_are_refused(town: Town, data: str) -> None:
    card = await opens(town.admin, "xinmao")
    said = await town.admin.presses_data(card["message_id"], data)
    assert said is not None and said["show_alert"]
    assert await nothing_failed(town)
