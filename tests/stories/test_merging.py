"""并案: reports of one matter become one; everybody hears of the parent and rates it; out again on one tap."""

from typing import Any

from bot.cases.case import Case, Status
from bot.cases.draft import Draft
from bot.desk.desk import Desk
from bot.desk.joining import join
from bot.desk.reporting import file_report
from storage import joining, people
from tests.stories.centre import answers, card_of, decides, jumps, lines_of
from tests.stories.office import FIRE, STALL, goes_to, now_is, photo, pieces, reports
from tests.stories.steps import nothing_failed, promise_card
from tests.town import Person, Town, buttons_on

POINT: dict[str, Any] = {"latitude": 32.1901, "longitude": 119.5935}


async def told_by(town: Town, person: Person, words: str, matter: str = STALL, **more: Any) -> Case:
    """A report of anybody becomes a case at once."""

    async def filed(desk: Desk) -> Case:
        who = people.fingerprint(desk.office.seals.vault, person.id)
        desk.person = (await people.known(desk.tx, [who]))[who]
        town.filed += 1
        return await file_report(desk, Draft(id=f"draft-{town.filed}", matter=matter, words=[words], **more))

    await person.sends("/start")
    case = await town.app.at_desk(filed)
    town.app.sender.look()
    await town.settles()
    return case


async def two(town: Town, **more: Any) -> tuple[Case, Case]:
    """Two neighbours tell the same; the second one becomes part of the first."""
    await goes_to(town, 10)
    parent = await reports(town, STALL, "楼下摆摊到半夜", **POINT)
    child = await told_by(town, town.neighbour, "摊子把路堵了", **POINT, **more)
    return parent, child


async def merged(town: Town) -> tuple[Case, Case]:
    """The same, merged by a dispatcher by two taps."""
    parent, child = await two(town)
    said = await decides(town.centre_group, child, "并案", parent.number)
    assert said is not None and said["text"] == f"{child.number} 已并入 {parent.number}。"
    return await now_is(town, parent), await now_is(town, child)


async def test_a_second_report_is_merged_and_its_reporter_hears_and_rates_with_the_first(town: Town) -> None:
    parent, child = await merged(town)
    assert (child.status, child.parent_id, parent.joined) == (Status.MERGED, parent.id, 1)
    assert f"🔗 已并入 {parent.number}" in (await card_of(town.centre_group, child))["text"]
    assert "与另一件一起办" in (await promise_card(town.neighbour, child.number))["text"]
    assert "正在安排谁来办" in (await promise_card(town.neighbour, parent.number))["text"]
    await town.centre_group.presses("派给丁岗镇综治办", message=await card_of(town.centre_group, parent))
    office = town.town_office.inside(-5003)
    await office.presses("签收", message=await card_of(office, parent))
    assert f"您反映的 {parent.number}，丁岗镇综治办已经签收" in await town.neighbour.said()
    await office.presses("办结", message=await card_of(office, parent))
    await office.sends_photo(
        "与摊主谈妥，摊子已搬走，今晚起不摆了", reply_to=(await office.messages())[-1]["message_id"]
    )
    await town.grid_member.presses("核查通过", message=await town.grid_member.message_with(parent.number))
    await town.passes(minutes=1)
    for who in (town.resident, town.neighbour):
        await who.presses("及时", message=await who.message_with("请您评价"))
        await who.presses("解决了")
        await who.presses("5 很满意")
    assert (await now_is(town, parent)).status is Status.CLOSED
    assert (await now_is(town, child)).status is Status.MERGED, "it follows, and never ends silently by itself"
    assert await nothing_failed(town)


async def test_what_the_second_one_adds_reaches_the_unit_of_the_first(town: Town) -> None:
    parent, child = await two(town)
    await town.centre_group.presses("派给丁岗镇综治办", message=await card_of(town.centre_group, parent))
    await decides(town.centre_group, child, "并案", parent.number)
    office = town.town_office.inside(-5003)
    assert await office.sees(f"{parent.number} 另一位居民也遇到了：摊子把路堵了")
    card = await promise_card(town.neighbour, child.number)
    await town.neighbour.sends("今天又多了两家", reply_to=card["message_id"])
    assert await office.sees(f"{parent.number} 也遇到的居民补充：今天又多了两家")


async def test_pictures_of_the_second_one_are_shown_to_the_unit(town: Town) -> None:
    media = await pieces(town.responder, photo(3))
    parent, child = await two(town, media=media)
    await town.fetches()
    await town.centre_group.presses("派给丁岗镇综治办", message=await card_of(town.centre_group, parent))
    await decides(town.centre_group, child, "并案", parent.number)
    assert [one for one in await town.town_office.inside(-5003).messages() if "photo" in one]


async def test_it_comes_out_again_and_is_looked_at_by_itself(town: Town) -> None:
    parent, child = await merged(town)
    await town.centre_group.presses("拆出来", message=await card_of(town.centre_group, child))
    after = await now_is(town, child)
    assert (after.status, after.parent_id, (await now_is(town, parent)).joined) == (Status.TRIAGE, None, 0)
    assert [action for action, _ in await lines_of(town, child)][-2:] == ["merge", "split"]
    await town.centre_group.presses("派给丁岗镇综治办", message=await card_of(town.centre_group, parent))
    await town.town_office.inside(-5003).presses("签收")
    assert not await town.neighbour.sees(f"您反映的 {parent.number}")


async def test_if_the_first_is_taken_back_or_refused_the_second_stands_by_itself(town: Town) -> None:
    parent, child = await merged(town)
    await town.resident.sends(parent.number)
    await town.resident.presses("撤回")
    await town.resident.presses("确定撤回")
    assert (await now_is(town, parent)).status is Status.WITHDRAWN
    assert (await now_is(town, child)).status is Status.TRIAGE
    assert "正在安排谁来办" in (await promise_card(town.neighbour, child.number))["text"]


async def test_who_joined_the_second_comes_along_and_goes_back_with_it(town: Town) -> None:
    parent, child = await two(town)
    await town.whistleblower.sends("/start")

    async def joins(desk: Desk) -> None:
        who = people.fingerprint(desk.office.seals.vault, town.whistleblower.id)
        desk.person = (await people.known(desk.tx, [who]))[who]
        draft = Draft(id="joins", matter=STALL, words=["我也遇到"], **POINT)
        await join(desk, child.id, draft, desk.office.catalogue.matters[STALL])

    await town.app.at_desk(joins)
    town.app.sender.look()
    await town.settles()
    await decides(town.centre_group, child, "并案", parent.number)
    assert (await now_is(town, parent)).joined == 2
    await town.centre_group.presses("拆出来", message=await card_of(town.centre_group, child))
    async with town.app.database.read() as tx:
        assert (len(await joining.refs_of(tx, parent.id)), len(await joining.refs_of(tx, child.id))) == (0, 1)


async def test_two_that_cannot_be_one_are_refused_with_the_reason(town: Town) -> None:
    parent, child = await two(town)
    sealed = await reports(town, STALL, "楼下摆摊的打人", sealed=True, **POINT)
    fire = await reports(town, FIRE, "楼下冒烟", danger=True)
    card = await card_of(town.centre_group, child)
    assert sealed.number not in str(card) and fire.number not in str(card)
    for one, what in ((sealed, "保密件和公开件"), (child, "不能并到自己")):
        said = await town.centre_group.presses_data(card["message_id"], f"c:{child.id}:merge:1:{one.id}")
        assert said is not None and what in said["text"], said
    said = await decides(town.centre_group, fire, "并案", "写编号")
    await answers(town.centre_group, parent.number)
    assert "这一件更急" in await town.centre_group.said()
    await decides(town.centre_group, child, "并案", "写编号")
    await answers(town.centre_group, "999999-999")
    assert "没有找到这个编号" in await town.centre_group.said()
    await decides(town.centre_group, child, "并案", "写编号")
    await answers(town.centre_group, parent.number)
    assert (await now_is(town, child)).status is Status.MERGED
    said = await decides(town.centre_group, parent, "并案", "写编号")
    await answers(town.centre_group, fire.number)
    assert "这一件里已经并了别的事" in await town.centre_group.said()
    assert (await now_is(town, parent)).status is Status.TRIAGE


async def test_a_month_after_the_first_the_second_is_archived_with_it(town: Town) -> None:
    parent, child = await merged(town)
    await town.centre_group.presses("派给丁岗镇综治办", message=await card_of(town.centre_group, parent))
    office = town.town_office.inside(-5003)
    await office.presses("签收", message=await card_of(office, parent))
    await office.presses("办结", message=await card_of(office, parent))
    await office.sends_photo(
        "与摊主谈妥，摊子已搬走，今晚起不摆了", reply_to=(await office.messages())[-1]["message_id"]
    )
    await town.grid_member.presses("核查通过", message=await town.grid_member.message_with(parent.number))
    await jumps(town, days=8)
    await jumps(town, days=31)
    assert (await now_is(town, parent)).status is Status.ARCHIVED
    assert (await now_is(town, child)).status is Status.ARCHIVED


async def test_the_second_one_is_forgotten_only_when_both_are_over(town: Town) -> None:
    parent, _ = await merged(town)
    await town.neighbour.sends("/forget")
    await town.neighbour.presses("确定删除")
    assert "还有 1 件在办" in await town.neighbour.said()
    await town.centre_group.presses("派给丁岗镇综治办", message=await card_of(town.centre_group, parent))
    await town.town_office.inside(-5003).presses("签收")
    assert f"您反映的 {parent.number}" in await town.neighbour.said()
    assert not buttons_on((await town.neighbour.messages())[-1])
