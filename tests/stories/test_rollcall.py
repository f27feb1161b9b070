"""平安报到: the centre asks, every household head answers by taps, one table stays fresh, and it closes itself."""

import pytest

from bot.cases import broadcast as rules
from bot.cases.case import Level
from bot.desk.desk import Desk
from bot.outbox import rounds_of
from storage import grid, people, units
from tests.stories.office import count, goes_to
from tests.stories.steps import case_of, nothing_failed
from tests.town import Json, Person, Town, buttons_on

OTHER_TOWN = "DX0102"
CARD, TABLE = "平安报到\u3000", "平安报到 "


async def calls(town: Town, reason: str = "台风过境", until: str = "1 小时内", caller: Person | None = None) -> None:
    """A roll call of the whole estate."""
    who = caller or town.dispatcher
    await who.sends("/rollcall")
    await who.presses("丁岗镇")
    await who.presses("就这里")
    await who.sends(reason)
    assert "要发给 2 位中心户，共 90 户" in await who.said()
    await who.presses(until)
    await town.settles()


async def table(town: Town) -> Json:
    """The table after the next look of the clock."""
    await town.passes(minutes=1)
    return await town.dispatcher.message_with(TABLE)


async def test_everybody_is_asked_and_the_table_tells_who_is_safe(town: Town) -> None:
    await goes_to(town, 10)
    await calls(town)
    card = await town.head.message_with(CARD)
    assert "台风过境" in card["text"] and "一共 35 户" in card["text"]
    first = await table(town)
    assert "0/2 处有回音" in first["text"] and "⬜ 新港小区3栋：还没报" in first["text"]
    assert "另有 2 处没有登记中心户" in first["text"]
    said = await town.head.presses("全部平安（35 户）")
    assert said is not None and "谢谢您" in said["text"]
    await town.other_head.presses("要帮助 +1")
    now = await table(town)
    assert now["message_id"] == first["message_id"], "one table, edited in place"
    assert "2/2 处有回音" in now["text"] and "平安 35 · 🆘 需要帮助 1" in now["text"]
    assert "✅ 新港小区3栋：35 户平安" in now["text"] and "还差 54 户没报" in now["text"], "nobody is assumed safe"
    await town.other_head.presses("其余平安（54 户）")
    assert "还差" not in (await table(town))["text"]
    assert await nothing_failed(town)


async def test_who_needs_help_is_named_and_becomes_a_case_nobody_reads_in_a_group(town: Town) -> None:
    await goes_to(town, 10)
    await calls(town)
    await town.head.presses("要帮助 +1")
    await town.head.presses("说说谁要帮忙")
    await town.head.sends("302 <王大爷>，要送药")
    card = await town.head.message_with(CARD)
    assert "要帮忙的：302 <王大爷>，要送药" in card["text"]
    first = await town.head.presses("报成案件")
    assert first is not None
    number = first["text"].rpartition(" ")[2]
    case = await case_of(town, number)
    assert case.text.startswith("302 <王大爷>，要送药\n台风过境") and "3栋" in case.place
    assert not await town.community_group.sees("王大爷") and not await town.centre_group.sees("王大爷")
    assert f"302 <王大爷>，要送药） {number}" in (await table(town))["text"]
    assert not any("报成案件" in one for one in buttons_on(await town.head.message_with(CARD)))
    again = await town.head.presses_data(card["message_id"], _data(card, "报成案件"))
    assert again is not None and again["text"] == first["text"], "pressed twice, one case"


def _data(card: Json, words: str) -> str:
    rows: list[list[dict[str, str]]] = card["reply_markup"]["inline_keyboard"]
    return next(button["callback_data"] for row in rows for button in row if words in button["text"])


async def test_three_numbers_can_be_typed_in_many_ways_and_nonsense_is_asked_again(town: Town) -> None:
    await goes_to(town, 10)
    await calls(town)
    await town.head.presses("打字报数")
    for nonsense in ("都好", "30", "30 2", "13812345678 1 2", "1 2 3 4"):
        await town.head.sends(nonsense)
        assert "请发三个数" in await town.head.said(), nonsense
    await town.head.sends("平安３０户，要帮忙2，没联系上 3")
    said = await town.head.said()
    assert "平安 30 · 🆘 需要帮助 2 · ☎️ 没联系上 3" in said and "还差" not in said
    await town.head.presses("打字报数")
    await town.head.sends("40 0 0")
    assert "比登记的 35 户多" in await town.head.said()
    await town.head.presses("重新报")
    assert "平安 0" in (await town.head.message_with(CARD))["text"]


async def test_a_double_press_counts_once(town: Town) -> None:
    await goes_to(town, 10)
    await calls(town)
    card = await town.head.message_with(CARD)
    one_more = _data(card, "没联系上")
    for _ in range(2):
        await town.head.presses_data(card["message_id"], one_more)
    assert "没联系上 1" in (await town.head.message_with(CARD))["text"]


async def test_the_silent_are_reminded_halfway_and_the_end_comes_by_itself(town: Town) -> None:
    await goes_to(town, 10)
    await calls(town)
    await town.head.presses("全部平安")
    card = await town.other_head.message_with(CARD)
    await town.passes(minutes=31)
    assert count(await town.other_head.heard(), "还没收到您的消息") == 1
    assert not await town.head.sees("还没收到您的消息"), "who has answered is left in peace"
    await town.passes(minutes=31)
    ended = await town.dispatcher.message_with(TABLE)
    assert "已结束" in ended["text"] and "1/2 处有回音" in ended["text"] and not buttons_on(ended)
    late = await town.other_head.presses("全部平安", message=card)
    assert late is not None and late["show_alert"] and "已经结束" in late["text"]
    await town.passes(hours=2)
    assert count(await town.other_head.heard(), "还没收到您的消息") == 1


async def test_the_caller_ends_it_early_and_nobody_else_does(town: Town) -> None:
    await goes_to(town, 10)
    await calls(town)
    shown = await table(town)
    stranger = await town.resident.sends("/start")
    said = await town.resident.presses_data(stranger["message_id"] + 1, _data(shown, "现在结束"))
    assert said is not None and said["show_alert"]
    await town.dispatcher.presses("现在结束", message=shown)
    assert "已结束" in (await table(town))["text"]


async def test_only_the_centre_calls_and_only_household_heads_answer(town: Town) -> None:
    await goes_to(town, 23)
    for who in (town.resident, town.responder, town.head):
        await who.sends("/rollcall")
        assert "不归您办" in await who.said()
    await town.centre_group.sends("/rollcall")
    assert "私下发给我" in await town.centre_group.said()
    await calls(town, caller=town.admin)
    card = await town.head.message_with(CARD)
    assert not card["silent"], "urgent, at any hour"
    for data in (
        _data(card, "全部平安"),
        "r:all:1:999:",
        "r:all:x:y:",
        "r:add:1:9:0:5",
        "r:",
        "rc:end:99",
        "rc:until:9",
    ):
        said = await town.resident.presses_data((await town.resident.messages())[-1]["message_id"], data)
        assert said is not None and said["show_alert"], data
    said = await town.dispatcher.presses_data((await town.dispatcher.messages())[-1]["message_id"], "rc:here:war:1")
    assert said is not None and said["show_alert"]


async def test_a_place_without_household_heads_is_told_at_once_and_pressing_twice_calls_once(town: Town) -> None:
    await goes_to(town, 10)
    await town.dispatcher.sends("/rollcall")
    await town.dispatcher.presses("丁岗镇")
    await town.dispatcher.presses("滨河社区")
    said = await town.dispatcher.presses("就这里")
    assert said is not None and said["show_alert"] and "没有登记中心户" in said["text"]
    await calls(town)
    asked = await town.dispatcher.message_with("已发给")
    again = await town.dispatcher.presses_data(asked["message_id"], "rc:until:1")
    assert again is not None and again["show_alert"]
    assert count(await town.head.heard(), CARD) == 1


async def test_many_groups_are_summed_up_by_place(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds_of, "MOST_ROWS", 1)
    await goes_to(town, 10)
    await calls(town)
    await town.head.presses("全部平安")
    shown = await table(town)
    assert "· 新茂社区：1/2 处已报，平安 35，要帮助 0，没联系上 0" in shown["text"]


@pytest.mark.parametrize("command", ["/rollcall", "/task"])
async def test_no_public_warning_goes_out_as_the_reason_of_a_call_unless_its_issuer_is_named(
    town: Town, command: str
) -> None:
    await goes_to(town, 10)
    await town.dispatcher.sends(command)
    await town.dispatcher.presses("丁岗镇")
    await town.dispatcher.presses("就这里")
    await town.dispatcher.sends("暴雨红色预警，请立即转移")
    assert "只能由政府和气象部门发布" in await town.dispatcher.said()
    await town.dispatcher.sends("暴雨红色预警 来源：镇江市气象台 11月25日8时发布")
    assert "2 位中心户" in await town.dispatcher.said()


async def _town_dispatcher(town: Town, person: Person, place: str) -> None:
    """Somebody of the command centre of a town that is made for it."""

    async def appoint(desk: Desk) -> None:
        node = await grid.by_code(desk.tx, place)
        assert node is not None
        columns = {
            "code": "T9",
            "name": f"{node.name}指挥中心",
            "kind": "centre",
            "level": Level.TOWN.value,
            "node_id": node.id,
        }
        centre = await units.add(desk.tx, columns)
        duty = {"role": "dispatcher", "unit_id": centre}
        await people.appoint(desk.tx, desk.office.seals.vault, person.id, "镇研判员", [duty])

    await town.app.at_desk(appoint)


async def test_for_many_people_somebody_else_of_the_centre_agrees_and_is_asked_until_then(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "LARGE", 1)
    await goes_to(town, 23)
    await calls(town)
    assert "已请另一位管理员或研判员同意" in "".join(await town.dispatcher.heard())
    assert not await town.head.sees("台风过境")
    asked = await town.admin.message_with("要请丁岗镇")
    assert not asked["silent"] and "2 位中心户" in asked["text"], "urgent, at any hour"
    await town.passes(minutes=6)
    assert count(await town.admin.heard(), "位中心户报平安") == 2, "asked again, nobody is to wait"
    mine = await town.dispatcher.presses_data((await town.dispatcher.messages())[-1]["message_id"], "rc:agree:1")
    assert mine is not None and "两个人" in mine["text"]
    for stranger in (town.resident, town.responder, town.head):
        await stranger.sends("/start")
        refused = await stranger.presses_data((await stranger.messages())[-1]["message_id"], "rc:agree:1")
        assert refused is not None and refused["show_alert"]
    assert not await town.head.sees("台风过境")
    await town.admin.presses("同意发送")
    assert await town.head.sees("台风过境") and await town.other_head.sees("台风过境")
    again = await town.admin.presses("同意发送", message=asked)
    assert again is not None and again["show_alert"]
    assert count(await town.head.heard(), CARD) == 1
    await town.head.presses("全部平安")
    assert "1/2 处有回音" in (await table(town))["text"]
    assert await nothing_failed(town)


async def test_only_those_with_the_right_for_the_place_are_asked_to_agree(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "LARGE", 1)
    await _town_dispatcher(town, town.town_office, OTHER_TOWN)
    await goes_to(town, 10)
    await calls(town, caller=town.admin)
    assert await town.dispatcher.sees("位中心户报平安") and not await town.town_office.sees("位中心户报平安")
    await town.town_office.sends("/start")
    press = await town.town_office.presses_data((await town.town_office.messages())[-1]["message_id"], "rc:agree:1")
    assert press is not None and press["show_alert"] and not await town.head.sees("台风过境")


async def test_a_no_or_the_caller_ends_what_waits_and_nobody_was_asked(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "LARGE", 1)
    await goes_to(town, 10)
    await calls(town)
    await town.admin.presses("❌ 不同意")
    refused = await table(town)
    assert "没有同意" in refused["text"] and not buttons_on(refused)
    await calls(town, reason="第二次")
    assert "等另一位" in (await table(town))["text"]
    await town.dispatcher.presses("不发了")
    assert "没有发" in (await table(town))["text"]
    late = await town.admin.presses("同意发送")
    assert late is not None and late["show_alert"]
    await calls(town, reason="第三次")
    await town.passes(hours=2)
    assert "没有发" in (await table(town))["text"]
    assert not any("报平安" in one or "台风" in one for one in await town.head.heard())
    assert await nothing_failed(town)


async def test_without_anybody_else_who_could_agree_the_caller_is_told_at_once(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "LARGE", 1)
    await town.app.at_desk(lambda desk: people.change(desk.tx, _admin(town), reachable=False))
    await goes_to(town, 10)
    await town.dispatcher.sends("/rollcall")
    await town.dispatcher.presses("丁岗镇")
    await town.dispatcher.presses("就这里")
    await town.dispatcher.sends("台风过境")
    said = await town.dispatcher.presses("1 小时内")
    assert said is not None and said["show_alert"] and "两个人" in said["text"]


def _admin(town: Town) -> int:
    return people.fingerprint(town.app.office.seals.vault, town.admin.id)
