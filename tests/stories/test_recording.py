"""代录: the centre writes down a call, a text, a 12345 order; the result comes back to whoever answers the caller."""

from dataclasses import replace

from bot.cases.case import Case, Source, Status
from bot.cases.draft import Draft
from bot.desk.desk import Desk
from bot.desk.reporting import file_report
from storage import cases, people
from tests.stories.office import goes_to, solved
from tests.stories.steps import case_of, has_button, newest_number, nothing_failed
from tests.stories.test_confidential import everything_in_groups
from tests.town import Person, Town

ORDER = "2026112600123"
CALLER = "13812345678"


async def records(person: Person, way: str, *said: str) -> None:
    """Begin a record, and answer what is asked."""
    await person.sends("/record")
    await person.presses(way)
    for words in said:
        await person.sends(words)


async def records_lamp(town: Town, order: str = f"{ORDER} 明天上午十点") -> str:
    """A 12345 order about a lamp; its number."""
    await records(town.dispatcher, "12345", order, f"李大爷 {CALLER}", "新港小区3栋楼下路灯不亮")
    await town.dispatcher.presses("小区路灯不亮")
    await town.dispatcher.presses("一盏")
    await town.dispatcher.presses("跳过")
    await town.dispatcher.presses("✅ 提交")
    return await newest_number(town.dispatcher)


async def test_an_order_of_12345_from_the_call_to_the_answer(town: Town) -> None:
    await goes_to(town, 10)
    number = await records_lamp(town)
    case = await case_of(town, number)
    assert case.source is Source.HOTLINE and case.order_number == ORDER and not case.on_behalf
    assert case.order_due == case.due_at, "earlier than the three days of our own"
    card = (await town.community_group.message_with(number))["text"]
    assert f"12345来单 {ORDER}" in card and "10:00 前办结" in card
    await solved(town.community_group, number)
    await town.grid_member.presses("核查通过", message=await town.grid_member.message_with(number))
    await town.passes(minutes=1)
    asked = await town.dispatcher.message_with("请把结果告诉来电的人")
    assert has_button(asked, "及时")
    await town.dispatcher.presses("回电号码")
    shown = (await town.dispatcher.messages())[-1]
    assert f"李大爷 {CALLER}" in shown["text"] and shown["has_protected_content"]
    await town.dispatcher.presses("及时")
    await town.dispatcher.presses("解决了")
    await town.dispatcher.presses("5 很满意")
    assert (await case_of(town, number)).status is Status.CLOSED
    everywhere = await everything_in_groups(town) + str(
        [await who.heard() for who in (town.responder, town.leader, town.grid_member, town.admin)]
    )
    assert CALLER not in everywhere and "李大爷" not in everywhere
    assert await nothing_failed(town)


async def test_the_same_order_is_recorded_once_and_shown_to_the_second(town: Town) -> None:
    await goes_to(town, 10)
    number = await records_lamp(town)
    await records(town.dispatcher, "12345", ORDER)
    said = (await town.dispatcher.messages())[-1]
    assert f"工单 {ORDER} 已经录过了，编号 {number}" in said["text"]
    await town.dispatcher.presses("看这一件")
    assert f"12345来单 {ORDER}" in await town.dispatcher.said()
    await town.dispatcher.sends("/cancel")
    assert "现在没有做到一半的事" in await town.dispatcher.said()


async def test_two_who_record_one_order_at_the_same_time_make_one_case(town: Town) -> None:
    await goes_to(town, 10)
    await records(town.dispatcher, "12345", ORDER, CALLER, "新港小区3栋楼下路灯不亮")
    await town.dispatcher.presses("小区路灯不亮")

    async def another(desk: Desk) -> Case:
        who = people.fingerprint(desk.office.seals.vault, town.dispatcher.id)
        desk.person = (await people.known(desk.tx, [who]))[who]
        return await file_report(
            desk, Draft(id="other", matter="H01a", words=["灯"], source="12345", order_number=ORDER)
        )

    await town.dispatcher.presses("一盏")
    await town.dispatcher.presses("跳过")
    review = (await town.dispatcher.messages())[-1]
    first = await town.app.at_desk(another)
    town.app.sender.look()
    await town.settles()
    answer = await town.dispatcher.presses("✅ 提交", message=review)
    assert answer and answer["show_alert"] and first.number in answer["text"]
    assert not await town.dispatcher.sees("已提交")


async def test_a_telephone_call_without_a_number_and_what_is_unclear(town: Town) -> None:
    await goes_to(town, 10)
    await records(town.dispatcher, "电话")
    assert "回电号码是多少" in await town.dispatcher.said()
    await town.dispatcher.presses("跳过")
    await town.dispatcher.sends(f"新港小区3栋楼下路灯不亮，回电{CALLER}")
    await town.dispatcher.presses("小区路灯不亮")
    await town.dispatcher.presses("一盏")
    await town.dispatcher.presses("跳过")
    card = await town.dispatcher.said()
    assert "来源：☎️ 电话代录" in card and f"回电：{CALLER}" in card and "（号码略）" in card
    assert "替别人报的" not in str(await town.dispatcher.buttons())
    await town.dispatcher.presses("✅ 提交")
    number = await newest_number(town.dispatcher)
    assert CALLER not in (await case_of(town, number)).text
    assert "☎️ 电话代录" in (await town.community_group.message_with(number))["text"]


async def test_an_order_that_is_not_understood_is_asked_for_again(town: Town) -> None:
    await goes_to(town, 10)
    await records(town.dispatcher, "12345", "喂")
    assert "没看明白" in await town.dispatcher.said()
    await town.dispatcher.sends("2026112600124")
    assert "没写时限" in await town.dispatcher.said() and "回电号码" in await town.dispatcher.said()


async def test_nobody_else_records_and_nobody_else_reads_the_number(town: Town) -> None:
    await goes_to(town, 10)
    for who in (town.resident, town.responder, town.grid_member, town.admin):
        await who.sends("/record")
        assert "这一步不归您办" in await who.said()
    number = await records_lamp(town)
    case = await case_of(town, number)
    for who in (town.resident, town.responder, town.grid_member, town.admin):
        newest = [one["message_id"] for one in await who.messages() if one["from"]["is_bot"]][-1]
        said = await who.presses_data(newest, f"c:{case.id}:callback:0:")
        assert said and said["show_alert"] and CALLER not in str(await who.heard())
    async with town.app.database.read() as tx:
        assert all(CALLER not in (line.note or "") for line in await cases.history_of(tx, case.id))


async def test_an_edited_number_is_no_part_of_any_story(town: Town) -> None:
    await goes_to(town, 10)
    await records(town.dispatcher, "电话")
    told = await town.dispatcher.sends("李大爷 13800000000")
    await town.dispatcher.edits(told["message_id"], f"李大爷 {CALLER}")
    await town.dispatcher.sends("新港小区3栋楼下路灯不亮")
    await town.dispatcher.presses("小区路灯不亮")
    await town.dispatcher.presses("一盏")
    await town.dispatcher.presses("跳过")
    assert f"回电：李大爷 {CALLER}" in await town.dispatcher.said()
    await town.dispatcher.presses("✅ 提交")
    number = await newest_number(town.dispatcher)
    await town.dispatcher.edits(told["message_id"], "李大爷 13911111111")
    await town.dispatcher.sends("井盖响")
    await town.dispatcher.edits(told["message_id"], "李大爷 13922222222")
    assert "13922222222" not in str(
        [one.get("text") for one in await town.dispatcher.messages() if one["from"]["is_bot"]]
    )
    assert "李大爷" not in await everything_in_groups(town)
    await town.dispatcher.sends(number)
    await town.dispatcher.presses("回电号码")
    assert CALLER in await town.dispatcher.said()


async def test_danger_that_was_recorded_and_left_is_filed_even_if_the_order_is_known(town: Town) -> None:
    await goes_to(town, 10)
    await records_lamp(town)
    await records(town.dispatcher, "12345", "2026112600999", CALLER, "新港小区3栋着火了，快来人")

    async def known(desk: Desk) -> None:
        first = await cases.by_order(desk.tx, ORDER)
        assert first is not None
        await cases.change(desk.tx, first, replace(first, order_number="2026112600999", version=first.version + 1))

    await town.app.at_desk(known)
    await town.passes(days=5)
    assert await town.dispatcher.sees("着火")
    async with town.app.database.read() as tx:
        filed = [one for one in await cases.weightiest(tx, (Status.TRIAGE,), 10) if "着火" in one.text]
    assert [(one.source, one.order_number) for one in filed] == [(Source.CHAT, None)]
