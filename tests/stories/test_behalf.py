"""代报: for an old neighbour without a telephone; and whether a reporter may be asked, and how."""

from bot.cases.assessment import Facts
from bot.cases.case import Case, Contact, Status
from bot.cases.draft import Draft
from bot.desk.assessment import facts_of, grids_of, newest_quarter
from bot.desk.desk import Desk
from bot.desk.reporting import file_report
from storage import callbacks, cases, grid, people
from tests.stories.office import count, goes_to, solved
from tests.stories.steps import case_of, comes_to_review, newest_number, nothing_failed
from tests.stories.test_confidential import everything_in_groups
from tests.town import Person, Town

WHO = "王桂英 3栋101 13812345678"
LAMP = "新港小区3栋楼下路灯不亮"


async def tells_lamp(person: Person) -> None:
    """A lamp, as far as the card."""
    await person.sends(LAMP)
    await person.presses("小区路灯不亮")
    await comes_to_review(person)


async def signed(town: Town, number: str) -> None:
    """The responder signs in the group and opens the card privately."""
    await town.community_group.presses("签收", message=await town.community_group.message_with(number))
    await town.responder.sends(f"/start c_{(await case_of(town, number)).id}")


async def test_a_household_head_reports_for_an_old_neighbour_and_passes_the_result_on(town: Town) -> None:
    await goes_to(town, 10)
    await tells_lamp(town.head)
    await town.head.presses("替别人报的")
    assert "替谁报的" in await town.head.said()
    await town.head.sends(WHO)
    assert f"替谁报：{WHO}" in await town.head.said()
    await town.head.presses("✅ 提交")
    number = await newest_number(town.head)
    case = await case_of(town, number)
    assert case.on_behalf and WHO not in case.text
    assert "👵 代报" in (await town.community_group.message_with(number))["text"]
    await solved(town.community_group, number)
    await town.grid_member.presses("核查通过", message=await town.grid_member.message_with(number))
    await town.passes(minutes=1)
    assert await town.head.sees("请把结果告诉您替 TA 报的人")
    await town.head.presses("替谁报的")
    assert WHO in await town.head.said()
    others = [town.responder, town.leader, town.grid_member, town.dispatcher, town.admin, town.resident]
    everywhere = await everything_in_groups(town) + str([await one.heard() for one in others])
    assert "王桂英" not in everywhere and "13812345678" not in everywhere
    async with town.app.database.read() as tx:
        found = await callbacks.behind(tx, town.app.office.seals.vault, case.reporter)
    assert found is not None and found.who == WHO
    await town.passes(days=45)
    assert (await case_of(town, number)).status is Status.ARCHIVED
    async with town.app.database.read() as tx:
        assert await callbacks.behind(tx, town.app.office.seals.vault, case.reporter) is None
    assert await nothing_failed(town)


async def test_whom_it_is_for_may_be_left_out_and_taken_back(town: Town) -> None:
    await goes_to(town, 10)
    await tells_lamp(town.resident)
    await town.resident.presses("替别人报的")
    await town.resident.presses("不用写")
    assert "替谁报：替别人报的" in await town.resident.said()
    await town.resident.presses("替别人报的")
    await town.resident.presses("是我自己的事")
    assert "替谁报：" not in await town.resident.said()
    await town.resident.presses("替别人报的")
    await town.resident.presses("不用写")
    await town.resident.presses("✅ 提交")
    number = await newest_number(town.resident)
    assert (await case_of(town, number)).on_behalf
    await town.resident.sends(number)
    assert "您替别人报了这件事" in await town.resident.said()
    await town.resident.presses("替谁报的")
    assert "没有留姓名和号码" in await town.resident.said()


async def test_a_question_goes_through_the_bot_and_its_answer_comes_back(town: Town) -> None:
    await goes_to(town, 10)
    await tells_lamp(town.resident)
    await town.resident.presses("✅ 提交")
    number = await newest_number(town.resident)
    await signed(town, number)
    await town.responder.presses("问上报人")
    await town.responder.sends("是东门那盏还是西门那盏？")
    assert f"已替您问 {number}" in await town.responder.said()
    assert (await case_of(town, number)).status is Status.HANDLING, "it counts as first contact"
    assert f"办理 {number} 的人想问您：是东门那盏还是西门那盏？" in await town.resident.said()
    await town.resident.presses("回答")
    await town.resident.sends("东门那盏")
    assert await town.community_group.sees("上报人回答：东门那盏")
    assert count(await town.resident.heard(), "东门那盏还是西门") == 1


async def test_whoever_does_not_want_to_be_asked_is_not_asked_and_hears_the_result(town: Town) -> None:
    await goes_to(town, 10)
    await tells_lamp(town.resident)
    await town.resident.presses("怎么联系我")
    await town.resident.presses("不用联系我")
    assert "不联系您，办好了告诉您结果" in await town.resident.said()
    await town.resident.presses("✅ 提交")
    number = await newest_number(town.resident)
    await signed(town, number)
    card = await town.responder.message_with(number)
    assert "上报人不希望被联系" in card["text"] and "问上报人" not in str(card)
    case = await case_of(town, number)
    refused = await town.responder.presses_data(card["message_id"], f"c:{case.id}:ask:{case.version}:")
    assert refused and "不希望被联系" in refused["text"]
    assert await town.resident.sees("已经签收")


async def test_a_number_to_call_is_read_only_by_the_one_who_signed(town: Town) -> None:
    await goes_to(town, 10)
    await tells_lamp(town.resident)
    await town.resident.presses("怎么联系我")
    await town.resident.presses("可以打我电话")
    await town.resident.sends("一二三")
    assert "号码好像不对" in await town.resident.said()
    await town.resident.sends("13912345678")
    assert "可以打您留的电话" in await town.resident.said()
    await town.resident.presses("✅ 提交")
    number = await newest_number(town.resident)
    case = await case_of(town, number)
    assert case.contact is Contact.CALL
    await signed(town, number)
    await town.responder.presses("上报人电话")
    shown = (await town.responder.messages())[-1]
    assert "13912345678" in shown["text"] and shown["has_protected_content"]
    for who in (town.leader, town.grid_member, town.dispatcher, town.admin, town.community_group):
        newest = [one["message_id"] for one in await who.messages() if one["from"]["is_bot"]][-1]
        await who.presses_data(newest, f"c:{case.id}:number:0:")
        assert "13912345678" not in str(await who.heard())
    assert "13912345678" not in await everything_in_groups(town)


async def confirmed(town: Town, person: Person, *, on_behalf: bool, shade: str) -> None:
    """A lamp told by the grid member, mended, and confirmed by a dispatcher; five stars."""
    who = people.fingerprint(town.app.office.seals.vault, person.id)

    async def file(desk: Desk) -> Case:
        desk.person = (await people.known(desk.tx, [who]))[who]
        place = await grid.by_code(desk.tx, "DX01010103")
        assert place is not None
        draft = Draft(id=f"lamp-{shade}", matter="H01a", words=[LAMP], node_id=place.id, on_behalf=on_behalf)
        case = await file_report(desk, draft)
        line = {"case_id": case.id, "at": desk.now(), "action": "confirm", "role": "district_dispatcher"}
        await cases.record(desk.tx, [{**line, "unit_id": case.unit_id}])
        await cases.rate(desk.tx, case.id, 0, desk.now(), satisfied=5)
        return case

    await town.app.at_desk(file)


async def test_what_is_reported_for_others_counts_once_and_is_no_rating_of_the_own_grid(town: Town) -> None:
    await goes_to(town, 10)
    await town.resident.sends("/start")
    who = people.fingerprint(town.app.office.seals.vault, town.grid_member.id)

    async def counted(desk: Desk) -> Facts:
        desk.person = (await people.known(desk.tx, [who]))[who]
        quarter = await newest_quarter(desk)
        return await facts_of(desk, who, await grids_of(desk, who), quarter)

    await confirmed(town, town.grid_member, on_behalf=True, shade="a")
    await confirmed(town, town.grid_member, on_behalf=True, shade="b")
    facts = await town.app.at_desk(counted)
    assert (facts.reports, facts.ratings) == (1, 0)
    await confirmed(town, town.grid_member, on_behalf=False, shade="c")
    facts = await town.app.at_desk(counted)
    assert (facts.reports, facts.ratings) == (1, 1), "the same lamp told by oneself is the same lamp"
    await confirmed(town, town.resident, on_behalf=True, shade="d")
    facts = await town.app.at_desk(counted)
    assert (facts.reports, facts.ratings) == (1, 2), "what a resident taps for a neighbour is a rating"
