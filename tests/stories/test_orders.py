"""/orders: everybody's lists, and finding a case by number, place or words; nothing that is not theirs to see."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.cases.case import Case, Status
from bot.jobs.searching import BACK, MARK
from storage import counters
from storage.tables import case_words
from tests.stories.office import LAMP, goes_to, now_is, reports, solved
from tests.stories.steps import nothing_failed
from tests.stories.test_stats import file_of
from tests.town import Person, Town

WORDS = "有人半夜往河里倒油漆"


async def lines(person: Person) -> list[str]:
    """The buttons of the newest list that carry a case."""
    return [one for one in await person.buttons() if "·" in one]


async def several(town: Town, many: int) -> list[Case]:
    """So many lamps, the oldest first; what can be found by words is found."""
    found = [await reports(town, LAMP, f"第{number}盏路灯不亮") for number in range(many)]
    await town.passes(minutes=1)
    return found


async def test_each_list_shows_what_it_says_and_each_line_opens_the_card(town: Town) -> None:
    await goes_to(town, 9)
    first, second = await several(town, 2)
    await town.community_group.presses("签收", message=await town.community_group.message_with(first.number))
    await town.responder.sends("/orders")
    assert "我的单" in await town.responder.said()
    assert [first.number in one for one in await lines(town.responder)] == [True]
    await town.responder.presses("本单位的单")
    assert [one.split()[0] for one in await lines(town.responder)] == [first.number, second.number], "the oldest first"
    await town.responder.presses("等我处理的")
    assert len(await lines(town.responder)) == 2, "one to be signed, one to be gone on with"
    await town.responder.presses("超期的单")
    assert await lines(town.responder) == [] and "没有" in await town.responder.said()
    await town.passes(days=5)
    await town.responder.sends("/orders")
    await town.responder.presses("超期的单")
    assert [one.startswith("⏰") for one in await lines(town.responder)] == [True, True]
    await town.responder.presses(second.number)
    assert second.number in await town.responder.said() and "签收" in str(await town.responder.buttons())
    await town.responder.presses("签收", message=await town.responder.message_with("【待签收】"))
    assert (await now_is(town, second)).handler_id is not None
    assert await nothing_failed(town)


async def test_the_leader_sees_the_unit_and_not_what_another_signed_as_their_own(town: Town) -> None:
    await goes_to(town, 9)
    (case,) = await several(town, 1)
    await town.community_group.presses("签收", message=await town.community_group.message_with(case.number))
    await town.leader.sends("/orders")
    assert "我的单</b>　没有" in await town.leader.said() or await lines(town.leader) == []
    await town.leader.presses("本单位的单")
    assert len(await lines(town.leader)) == 1
    await town.leader.presses("等我处理的")
    assert await lines(town.leader) == []


async def test_long_lists_are_turned_in_both_directions(town: Town) -> None:
    await goes_to(town, 9)
    numbers = [case.number for case in await several(town, 19)]

    async def shown() -> list[str]:
        return [one.split()[0] for one in await lines(town.leader)]

    await town.leader.sends("/orders")
    await town.leader.presses("本单位的单")
    assert await shown() == numbers[:8] and not any("上一页" in one for one in await town.leader.buttons())
    await town.leader.presses("下一页")
    assert await shown() == numbers[8:16]
    await town.leader.presses("下一页")
    assert await shown() == numbers[16:] and not any("下一页" in one for one in await town.leader.buttons())
    await town.leader.presses("上一页")
    assert await shown() == numbers[8:16]
    await town.leader.presses("上一页")
    assert await shown() == numbers[:8] and not any("上一页" in one for one in await town.leader.buttons())
    await town.leader.sends("/orders 路灯")
    assert await shown() == numbers[:-9:-1], "what is found begins with the newest"
    await town.leader.presses("下一页")
    assert await shown() == numbers[-9:-17:-1]
    await town.leader.presses("上一页")
    assert await shown() == numbers[:-9:-1]


async def test_a_case_is_found_by_number_place_and_words(town: Town) -> None:
    await goes_to(town, 9)
    lamp = await reports(town, LAMP, "楼道口路灯不亮")
    away = await reports(town, LAMP, "公园路灯一闪一闪", node="DX01020101")
    await town.passes(minutes=1)

    async def found(words: str) -> set[str]:
        await town.dispatcher.sends(f"/orders {words}")
        return {one.split()[0] for one in await lines(town.dispatcher)}

    assert await found(lamp.number) == {lamp.number}
    assert await found(lamp.number[-3:]) == {lamp.number}
    assert await found(lamp.number[2:]) == {lamp.number}
    assert await found(lamp.number[:6]) == {lamp.number, away.number}
    assert await found("新茂社区") == {lamp.number}
    assert await found("丁岗镇") == {lamp.number, away.number}, "down the tree"
    assert await found("一闪一闪") == {away.number}
    assert await found("楼道口 路灯") == {lamp.number}
    assert await found("滨河社区 路灯") == {away.number}
    assert await found("新茂社区 一闪") == set()
    assert await found("小区路灯不亮") == {lamp.number, away.number}, "by the name of the matter"
    assert await found("没有这回事") == set()
    assert "没有找到“没有这回事”" in await town.dispatcher.said()
    await town.dispatcher.sends("/orders 灯")
    assert "至少两个字" in await town.dispatcher.said()
    await town.other_responder.sends("/orders 路灯")
    assert {one.split()[0] for one in await lines(town.other_responder)} == {away.number}, "only of the own unit"
    assert await nothing_failed(town)


async def test_words_that_are_no_words_harm_nothing(town: Town) -> None:
    await goes_to(town, 9)
    await several(town, 1)
    for words in ('"路灯" OR *', "' or 1=1 --", "NEAR(路灯)", "路灯\" 'x", "：：：", "%_%", "🙂🙂", "路" * 500):
        await town.dispatcher.sends(f"/orders {words}")
        said = await town.dispatcher.said()
        assert "没有找到" in said or "最新的在前" in said or "至少两个字" in said, words
    assert await nothing_failed(town)


async def test_a_confidential_case_is_found_by_nobody_who_may_not_see_it_and_never_in_a_group(town: Town) -> None:
    await goes_to(town, 9)
    case = await reports(town, words=WORDS, sealed=True)
    await town.dispatcher.presses("派给其他单位", message=await town.dispatcher.message_with(case.number))
    await town.dispatcher.presses("新茂社区")
    await town.passes(minutes=1)
    for words in ("", " 油漆", f" {case.number}", " 新茂社区"):
        for person in (town.leader, town.other_responder, town.community_group, town.centre_group):
            await person.sends(f"/orders{words}")
            if not words and any("本单位的单" in one for one in await person.buttons()):
                await person.presses("本单位的单")
            assert await lines(person) == [], (words, person.id, person.home)
            assert not await person.sees("半夜"), "not even a word of it"
        for person in (town.dispatcher, town.responder):
            await person.sends(f"/orders{words}")
            if not words:
                await person.presses("等我处理的")
            shown = [one for one in await lines(person) if case.number in one]
            assert [one.startswith("🔒") for one in shown] == (
                [] if not words and person is town.dispatcher else [True]
            )
    card = (await town.leader.messages())[-1]["message_id"]
    refused = await town.leader.presses_data(card, f"c:{case.id}:order:{case.version}:")
    assert refused is not None and refused["show_alert"]
    in_group = (await town.community_group.messages())[-1]["message_id"]
    refused = await town.community_group.presses_data(in_group, f"c:{case.id}:order:{case.version}:")
    assert refused is not None and refused["show_alert"], "not even for the one on duty"


async def test_a_group_lists_its_own_unit_and_strangers_nothing(town: Town) -> None:
    await goes_to(town, 9)
    lamp = await reports(town)
    away = await reports(town, node="DX01020101")
    await town.passes(minutes=1)
    await town.community_group.sends("/orders 路灯")
    assert [lamp.number in one for one in await lines(town.community_group)] == [True]
    await town.community_group.presses(lamp.number)
    assert "【待签收】" in await town.community_group.said()
    shown = (await town.community_group.messages())[-1]["message_id"]
    foreign = town.grid_member.inside(-5002)
    refused = await foreign.presses_data(shown, "or:unit:::")
    assert refused is not None and refused["show_alert"]
    refused = await town.community_group.presses_data(shown, f"c:{away.id}:order:1:")
    assert refused is not None and refused["show_alert"]
    for stranger in (town.resident, town.head, town.admin):
        await stranger.sends("/orders")
        assert "不归您办" in await stranger.said() and await lines(stranger) == []


@pytest.mark.parametrize(
    "data", ["or", "or:mine", "or:all:::", "or:find:::", "or:find:999999::", "or:mine:::f9x", "orx:find:::"]
)
async def test_forged_buttons_are_refused(town: Town, data: str) -> None:
    await town.responder.sends("/orders")
    refused = await town.responder.presses_data((await town.responder.messages())[-1]["message_id"], data)
    assert refused is not None and refused["show_alert"]


async def resolved(town: Town, who: Person, words: str, **more: Any) -> Case:
    """A lamp that was repaired, and waits to be verified."""
    case = await reports(town, LAMP, words, **more)
    await solved(who, case.number)
    return await now_is(town, case)


async def test_whoever_must_verify_has_a_list_of_it_and_judges_from_there(town: Town) -> None:
    await goes_to(town, 9)
    first = await resolved(town, town.community_group, "1号灯不亮")
    second = await resolved(town, town.community_group, "2号灯不亮")
    await town.grid_member.sends("/orders")
    assert "待核查的单　最早的在前" in await town.grid_member.said()
    assert [one.split()[0] for one in await lines(town.grid_member)] == [first.number, second.number]
    assert not any("本单位的单" in one for one in await town.grid_member.buttons())
    await town.grid_member.presses(first.number)
    assert "请核查" in await town.grid_member.said() and "换了灯泡" in await town.grid_member.said()
    pressed = await town.grid_member.presses("📎")
    assert pressed is not None
    await town.fetches()
    assert any("photo" in one for one in (await town.grid_member.messages())[-2:]), "what shows the result"
    card = await town.grid_member.message_with("请核查")
    await town.grid_member.presses("核查通过", message=card)
    assert (await now_is(town, first)).status is Status.FEEDBACK
    await town.grid_member.sends("/orders")
    assert [one.split()[0] for one in await lines(town.grid_member)] == [second.number]
    for other in (town.responder, town.leader, town.other_responder):
        await other.sends("/orders")
        assert not any("待核查的单" in one for one in await other.buttons())
        shown = (await other.messages())[-1]["message_id"]
        await other.presses_data(shown, "or:check:::")
        assert await lines(other) == [], "whoever did it does not judge it"
        refused = await other.presses_data(shown, f"c:{second.id}:files:{second.version}:")
        assert refused is not None and refused["show_alert"]
    assert await nothing_failed(town)


async def test_dispatchers_verify_what_nobody_watches_and_what_was_not_looked_at_in_time(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.desk.orders.PAGE", 1)
    await goes_to(town, 9, workdays=5)
    watched = await resolved(town, town.community_group, "1号灯不亮")
    alone = await resolved(town, town.other_responder.inside(-5004), "2号灯不亮", node="DX01020101")
    await town.dispatcher.sends("/orders")
    await town.dispatcher.presses("待核查的单")
    assert [one.split()[0] for one in await lines(town.dispatcher)] == [alone.number]
    await town.passes(days=3)
    await town.dispatcher.sends("/orders")
    await town.dispatcher.presses("等我处理的")
    assert [watched.number in one for one in await lines(town.dispatcher)] == [True]
    await town.dispatcher.presses("待核查的单")
    await town.dispatcher.presses("下一页")
    assert [alone.number in one for one in await lines(town.dispatcher)] == [True]
    await town.dispatcher.presses("导出表格")
    await town.fetches()
    book = next(one for one in reversed(await town.dispatcher.messages()) if "document" in one)
    page: Any = load_workbook(BytesIO(file_of(town, book))).active
    numbers = [row[0] for row in page.iter_rows(values_only=True) if row[3] == "待核查"]
    assert numbers == [watched.number, alone.number] and "待核查的单" in book["caption"]
    await town.dispatcher.presses(alone.number)
    await town.dispatcher.presses("核查通过", message=await town.dispatcher.message_with("请核查"))
    assert (await now_is(town, alone)).status is Status.FEEDBACK
    assert await nothing_failed(town)


async def test_whoever_left_finds_nothing_with_an_old_list(town: Town) -> None:
    await goes_to(town, 9)
    await several(town, 9)
    await town.responder.sends("/orders 路灯")
    old = (await town.responder.messages())[-1]
    await town.admin.sends("/people 李建国")
    await town.admin.presses("停用")
    for words in ("下一页", "·待签收", "导出表格"):
        refused = await town.responder.presses(words, message=old)
        assert refused is not None and refused["show_alert"], words


async def test_the_list_comes_as_a_workbook_that_names_nobody(town: Town) -> None:
    await goes_to(town, 9)
    await reports(town, LAMP, "3栋路灯不亮，找王建国13912345678")
    await reports(town, words=WORDS, sealed=True)
    await town.passes(minutes=1)
    await town.dispatcher.sends("/orders 新茂社区")
    pressed = await town.dispatcher.presses("导出表格")
    assert pressed is not None and "私聊" in pressed["text"]
    await town.fetches()
    book = next(one for one in reversed(await town.dispatcher.messages()) if "document" in one)
    assert book["document"]["file_name"] == "orders.xlsx"
    page: Any = load_workbook(BytesIO(file_of(town, book))).active
    rows = list(page.iter_rows(values_only=True))
    assert rows[1][:4] == ("编号", "事项", "级别", "状态")
    assert rows[2][1:4] == ("小区路灯不亮", "三级", "待签收")
    said = str(rows)
    assert "13912345678" not in said and "3栋" not in said and "油漆" not in said and "王奶奶" not in said
    assert await nothing_failed(town)


async def test_cases_from_before_are_learned_step_by_step(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.jobs.searching.BATCH", 3)
    await goes_to(town, 9)
    numbers = {case.number for case in await several(town, 7)}
    async with town.app.database.write() as tx:
        await tx.execute(case_words.delete())
        if tx.dialect.name == "sqlite":
            await tx.exec_driver_sql("insert into case_words_index(case_words_index) values ('rebuild')")
        _, newest = await counters.get(tx, MARK), await counters.get(tx, BACK)
        await counters.put(tx, BACK, 10_000)
    assert newest is not None
    await town.dispatcher.sends("/orders 路灯")
    assert await lines(town.dispatcher) == []
    await town.passes(minutes=5)
    await town.dispatcher.sends("/orders 路灯")
    assert {one.split()[0] for one in await lines(town.dispatcher)} == numbers


async def test_what_is_corrected_is_found_by_its_new_words_alone(town: Town) -> None:
    await goes_to(town, 9)
    case = await reports(town, LAMP, "楼道口路灯不亮")
    await town.passes(minutes=1)
    await town.resident.presses("看进展")
    await town.resident.presses("说错了")
    await town.resident.presses("情况")
    await town.resident.sends("车棚里面的灯坏了")
    await town.passes(minutes=1)
    assert "车棚" in (await now_is(town, case)).text
    await town.dispatcher.sends("/orders 车棚")
    assert len(await lines(town.dispatcher)) == 1
    await town.dispatcher.sends("/orders 楼道口")
    assert await lines(town.dispatcher) == []
