"""Becoming a 人民吹哨员: applying, being put forward, the community's word, the end, and one more year."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from storage import people as people_of
from storage.tables import applications, duties, members
from tests.stories.register import GRID
from tests.stories.steps import comes_to_review, has_button, nothing_failed
from tests.stories.test_people_invitations import newest_link
from tests.town import Person, Town

LINK = re.compile(r"start=(w_[\w-]+)")
KIND = ("姓名", "电话", "角色", "网格编码", "类别", "有效期")


async def applies(person: Person, kind: str = "志愿者", name: str = "赵师傅", place: str = "新港小区") -> None:
    """All the way from /apply to the community."""
    await person.sends("/apply")
    await person.presses("我来报名")
    await person.sends(place)
    await person.presses(kind)
    await person.sends(name)
    await person.sends("不方便")
    await person.presses("交给社区")


async def jumps(town: Town, days: int) -> None:
    """So many days at once: nobody lives through them."""
    await town.post("clock", {"add": days * 86400})
    await town.settles()


async def duty_of(town: Town, name: str) -> Any:
    """The duty of somebody as a whistleblower."""
    async with town.app.database.read() as tx:
        on = duties.join(members, members.c.id == duties.c.member_id)
        question = select(duties, members.c.kind, members.c.phone_tail, members.c.state).select_from(on)
        found = await tx.execute(question.where(members.c.name == name, duties.c.role == "whistleblower"))
        return found.one()


async def kept(town: Town) -> list[Any]:
    """All applications as they are kept."""
    async with town.app.database.read() as tx:
        return list((await tx.execute(select(applications).order_by(applications.c.id))).all())


async def test_a_resident_applies_and_the_community_says_yes(town: Town) -> None:
    who = town.whistleblower
    await who.sends("/apply")
    assert "一年有效" in await who.said()
    await who.presses("我来报名")
    await who.presses("发送我的位置")
    assert "新茂社区新港小区" in await who.said()
    await who.presses("志愿者")
    await who.presses("就叫")
    await who.sends_any(contact={"phone": "13800004321", "first_name": "赵师傅", "user_id": who.id})
    review = await who.said()
    assert "姓名：赵师傅" in review and "类别：志愿者" in review and "尾号 4321" in review
    await who.presses("交给社区")
    card = await town.leader.said()
    assert "有人报名" in card and "赵师傅" in card and "志愿者" in card and "尾号 4321" in card
    assert "13800004321" not in card
    assert "还没有这一类" in card
    await town.leader.presses("同意，一年有效")
    assert "您现在是人民吹哨员了" in await who.said()
    duty = await duty_of(town, "赵师傅")
    assert (duty.kind, duty.phone_tail, duty.state) == ("志愿者", "4321", "active")
    assert duty.until - town.app.office.clock.now() > timedelta(days=364)
    assert "孙桂芳同意了" in await town.leader.said()
    assert await town.leader.buttons() == [] or not has_button((await town.leader.messages())[-1], "同意")
    (row,) = await kept(town)
    assert row.told is None, "name and number are in the register now, not here"
    await who.sends("/apply")
    assert "您是人民吹哨员" in await who.said()
    assert await nothing_failed(town)


async def test_a_refused_person_hears_why_in_kind_words_and_may_apply_again(town: Town) -> None:
    who = town.neighbour
    await applies(who, name="小陈")
    await town.leader.presses("不同意")
    await town.leader.presses("返回")
    await town.leader.presses("不同意")
    await town.leader.presses("想先当面聊聊")
    said = await who.said()
    assert "谢谢您报名" in said and "当面聊聊" in said
    assert "没有同意" in await town.leader.said()
    await who.presses("再报一次")
    await who.sends("新港小区")
    await who.presses("楼栋长")
    await who.sends("小陈")
    await who.sends("13912345678")
    await who.presses("交给社区")
    await town.leader.presses("同意，一年有效")
    assert (await duty_of(town, "小陈")).kind == "楼栋长"
    assert await nothing_failed(town)


async def test_after_three_refusals_one_rests(town: Town) -> None:
    for _ in range(3):
        await applies(town.neighbour, name="小陈")
        await town.leader.presses("不同意")
        await town.leader.presses("核实不了是谁")
    await applies(town.neighbour, name="小陈")
    said = await town.neighbour.messages()
    answer = await town.neighbour.presses("交给社区")
    assert answer is not None and "最近报过几次" in answer["text"]
    await jumps(town, 31)
    await town.neighbour.presses("交给社区", message=said[-1])
    assert len(await kept(town)) == 4


async def test_two_who_decide_at_once_have_one_effect_and_the_second_hears_who_did_it(town: Town) -> None:
    await applies(town.neighbour, name="小陈", place="滨河花园")
    first, second = await town.dispatcher.message_with("有人报名"), None
    (row,) = await kept(town)
    for who, data in ((3001, "y"), (9001, "talk")):
        message = first["message_id"] if who == 3001 else (await town.admin.messages())[-1]["message_id"]
        body = {"chat": 7000001, "message_id": message, "data": f"av:{data}:{row.id}"}
        second = await town.post(f"people/{who}/press", body)
    await town.settles()
    assert second is not None
    again = await town.admin.presses_data((await town.admin.messages())[-1]["message_id"], f"av:y:{row.id}")
    assert again is not None and "何静已经处理过了" in again["text"]
    assert [one.state for one in await kept(town)] == ["approved"]
    assert sum("您现在是人民吹哨员" in text for text in await town.neighbour.heard()) == 1


async def test_strangers_forged_and_stale_presses_change_nothing(town: Town) -> None:
    await applies(town.neighbour, name="小陈")
    (row,) = await kept(town)
    presses = [f"av:y:{row.id}", f"av:n:{row.id}", f"av:talk:{row.id}", f"av:all:{row.node_id}", "av:r:1:1", "av:"]
    for person in (town.resident, town.grid_member, town.responder, town.neighbour):
        await person.sends("/apply")
        shown = (await person.messages())[-1]["message_id"]
        for data in [
            *presses,
            "av:y:x",
            "av:y:99999999999999999999",
            "ap:go",
            "ap:as",
            "ap:k:m:1:99",
            "ap:k:z:1",
            "ap:yes:x",
        ]:
            if person is town.neighbour and data.startswith("ap"):
                continue
            said = await person.presses_data(shown, data)
            assert said is not None and said["show_alert"], data
    assert [one.state for one in await kept(town)] == ["waiting"]
    card = await town.leader.message_with("有人报名")
    await town.neighbour.sends("/apply")
    await town.neighbour.presses("撤回报名")
    late = await town.leader.presses_data(card["message_id"], f"av:y:{row.id}")
    assert late is not None and late["show_alert"]
    assert "本人撤回了" in await town.leader.said()
    assert await nothing_failed(town)


async def test_a_neighbour_is_put_forward_and_says_yes_before_anybody_hears_of_it(town: Town) -> None:
    await town.resident.sends("/apply")
    await town.resident.presses("推荐一位邻居")
    await town.resident.sends("新港小区")
    await town.resident.presses("网信工作人员")
    await town.resident.sends("小陈")
    assert "转给小陈" in await town.resident.said(2)
    payload = LINK.findall("\n".join(await town.resident.heard()))[-1]
    assert not await town.leader.sees("推选")
    await town.resident.sends(f"/start {payload}")
    assert "用不了" in await town.resident.said(), "nobody says yes for somebody else"
    await town.neighbour.sends(f"/start {payload}")
    assert "邻居推荐您" in await town.neighbour.said()
    await town.neighbour.presses("我愿意")
    card = await town.leader.said()
    assert "邻居推选" in card and "小陈" in card and "王奶奶" not in card
    await town.leader.presses("同意，一年有效")
    assert "您现在是人民吹哨员了" in await town.neighbour.said()
    assert "您推荐的邻居当上" in await town.resident.said()
    await town.whistleblower.sends(f"/start {payload}")
    assert "用不了" in await town.whistleblower.said()
    assert await nothing_failed(town)


async def test_who_was_put_forward_may_say_no_and_leaves_no_trace(town: Town) -> None:
    await town.resident.sends("/apply")
    await town.resident.presses("推荐一位邻居")
    await town.resident.sends("新港小区")
    await town.resident.presses("志愿者")
    await town.resident.sends("小陈")
    payload = LINK.findall("\n".join(await town.resident.heard()))[-1]
    await town.neighbour.sends(f"/start {payload}")
    await town.neighbour.presses("不了")
    (row,) = await kept(town)
    assert (row.state, row.person_id, row.told, row.mark) == ("gone", None, None, None)
    assert not await town.leader.sees("推选")


async def test_the_community_renews_with_one_tap_and_else_it_ends_by_itself(town: Town, by_day: None) -> None:
    await applies(town.neighbour, name="小陈")
    await town.leader.presses("同意，一年有效")
    await applies(town.whistleblower, name="赵师傅")
    await town.leader.presses("同意，一年有效")
    await jumps(town, 352)
    card = await town.leader.said()
    assert "快期满了" in card and "小陈" in card and "赵师傅" in card
    assert sum("快期满了" in text for text in await town.leader.heard()) == 1
    assert "期满。社区续上" in await town.neighbour.said()
    await town.leader.presses("小陈")
    assert "社区给您续上了" in await town.neighbour.said()
    assert "小陈" not in await town.leader.said() and "赵师傅" in await town.leader.said()
    await jumps(town, 15)
    assert "期满了" in await town.whistleblower.said()
    await town.whistleblower.sends("/apply")
    assert "我来报名" in str(await town.whistleblower.buttons())
    await town.neighbour.sends("/apply")
    assert "您是人民吹哨员" in await town.neighbour.said()
    assert await nothing_failed(town)


async def becomes_one(town: Town, name: str = "小陈") -> None:
    """A neighbour with a telephone, to whom the community said yes."""
    await town.neighbour.sends("/apply")
    await town.neighbour.presses("我来报名")
    await town.neighbour.sends("新港小区")
    await town.neighbour.presses("志愿者")
    await town.neighbour.sends(name)
    await town.neighbour.sends("13800004321")
    await town.neighbour.presses("交给社区")
    await town.leader.presses("同意，一年有效")


async def traces(town: Town) -> tuple[Any, Any, Any]:
    """What the register, its duties and the list of people keep of the neighbour."""
    who = people_of.fingerprint(town.app.office.seals.vault, town.neighbour.id)
    theirs = (members.c.person_id, members.c.name, members.c.phone, members.c.phone_mark, members.c.phone_tail)
    async with town.app.database.read() as tx:
        duty = (await tx.execute(select(duties).where(duties.c.role == "whistleblower"))).one()
        member = (await tx.execute(select(*theirs, members.c.state).where(members.c.id == duty.member_id))).one()
        return tuple(member), duty.person_id, (await people_of.known(tx, [who])).get(who)


NOTHING = (None, "", None, None, None, "left")


async def forgets(town: Town) -> str:
    """/forget of the neighbour; what is said."""
    await town.neighbour.sends("/forget")
    await town.neighbour.presses("确定删除")
    return await town.neighbour.said()


async def test_whoever_steps_down_leaves_no_name_and_can_be_forgotten(town: Town) -> None:
    await becomes_one(town)
    await town.neighbour.sends("/apply")
    await town.neighbour.presses("不当了")
    await town.neighbour.presses("确定不当了")
    member, duty, person = await traces(town)
    assert (member, duty) == (NOTHING, None)
    assert person is not None and person.name is None
    assert "已删除您的资料" in await forgets(town)
    assert (await traces(town))[2] is None and await kept(town) == []
    assert await nothing_failed(town)


async def test_forget_me_of_a_whistleblower_says_what_stays_and_leads_out(town: Town) -> None:
    await becomes_one(town)
    said = await forgets(town)
    assert "已删除您的资料" not in said and "还在花名册上" in said and "不当了" in said
    assert (await traces(town))[0][1] == "小陈"
    await town.neighbour.presses("不当了")
    await town.neighbour.presses("确定不当了")
    assert "已删除您的资料" in await forgets(town)
    assert (await traces(town)) == (NOTHING, None, None)
    assert await nothing_failed(town)


async def test_forget_me_of_somebody_with_another_duty_names_the_admin(town: Town) -> None:
    await town.grid_member.sends("/forget")
    await town.grid_member.presses("确定删除")
    said = await town.grid_member.said()
    assert "已删除您的资料" not in said and "请管理员给您办离岗" in said


async def test_whose_time_is_over_is_a_resident_again_and_can_be_forgotten(town: Town, by_day: None) -> None:
    await becomes_one(town)
    await jumps(town, 352)
    await jumps(town, 15)
    member, _, person = await traces(town)
    assert member[1] == "小陈", "the community may still renew it"
    assert person is not None and person.name is None
    assert "已删除您的资料" in await forgets(town)
    assert (await traces(town)) == (NOTHING, None, None)
    assert await nothing_failed(town)


async def test_a_renewal_after_the_end_gives_the_name_back(town: Town, by_day: None) -> None:
    await becomes_one(town)
    await jumps(town, 352)
    await jumps(town, 15)
    await town.leader.presses("小陈")
    person = (await traces(town))[2]
    assert person is not None and person.name == "小陈"


async def test_a_month_after_the_end_the_register_knows_nobody(town: Town, by_day: None) -> None:
    await becomes_one(town)
    for days in (352, 15, 31):
        await jumps(town, days)
    member, duty, _ = await traces(town)
    assert (member, duty) == (NOTHING, None)
    assert await nothing_failed(town)


async def test_a_whistleblower_sees_the_list_first_and_the_own_grid_as_a_place(town: Town) -> None:
    await applies(town.neighbour, name="小陈")
    await town.leader.presses("同意，一年有效")
    await town.neighbour.sends("📣 我要反映")
    assert "吹哨事项清单" in await town.neighbour.said()
    await town.neighbour.presses("要关爱的人")
    await town.neighbour.presses("独居老人走访")
    await town.neighbour.sends("张奶奶八十五岁了，三天没出门")
    for _ in range(3):
        if "在什么地方" in await town.neighbour.said():
            break
        await town.neighbour.presses("跳过")
    await town.neighbour.presses("新茂社区新港小区")
    await comes_to_review(town.neighbour)
    assert "地点：新茂社区新港小区" in await town.neighbour.said()
    await town.resident.sends("📣 我要反映")
    assert "吹哨事项清单" not in await town.resident.said()
    assert await nothing_failed(town)


async def test_invited_whistleblowers_keep_kind_and_end_from_the_table(town: Town, tmp_path: Path) -> None:
    day = (town.app.office.clock.now() + timedelta(days=100)).strftime("%Y-%m-%d")
    from tests.stories.register import beside, written

    table = written(tmp_path / "p.csv", ("冯桂兰", "", "人民吹哨员", GRID, "司法综治员", day), headings=KIND)
    assert (await beside(town, "people", "import", table, "--apply")).exit_code == 0
    await town.admin.sends("/people 冯桂兰")
    await town.admin.presses("邀请")
    await town.neighbour.sends(f"/start {await newest_link(town.admin)}")
    await town.neighbour.sends("/apply")
    said = await town.neighbour.said()
    assert "司法综治员" in said and "有效期到" in said
    await jumps(town, 101)
    await town.neighbour.sends("/apply")
    assert "我来报名" in str(await town.neighbour.buttons())


@pytest.mark.parametrize("odd", ["x" * 21, "😀" * 30, "王\u200b奶奶"])
async def test_odd_names_and_numbers_are_asked_for_again(town: Town, odd: str) -> None:
    await town.neighbour.sends("/apply")
    await town.neighbour.presses("我来报名")
    await town.neighbour.sends("新港小区")
    await town.neighbour.presses("志愿者")
    await town.neighbour.sends(odd)
    assert "请只打姓名" in await town.neighbour.said()
    await town.neighbour.sends("小陈")
    await town.neighbour.sends_any(contact={"phone": "13800004321", "first_name": "别人", "user_id": 1001})
    assert "发送我的号码" in await town.neighbour.said()
    await town.neighbour.sends("不方便")
    await town.neighbour.presses("先不了")
    assert await kept(town) == []


async def test_the_card_of_a_community_tells_which_kinds_it_has_and_lacks(town: Town) -> None:
    await applies(town.neighbour, name="小陈")
    await town.leader.presses("同意，一年有效")
    await town.admin.sends("/grid DX0101")
    card = await town.admin.said()
    assert "志愿者 1" in card and "还缺：" in card
    assert "志愿者" not in card.split("还缺：")[1] and "企业网格员" in card.split("还缺：")[1]
