"""退单: a unit says whose it is, the centre decides, and what came back twice stays."""

from bot.cases.case import Case, Status
from tests.stories.office import STALL, goes_to, now_is, reports
from tests.town import Json, Person, Town, buttons_on


async def _gives_back(
    town: Town, case: Case, whose: str = "说不准", words: str = "路灯归城管，三定方案有写"
) -> Json | None:
    leader = town.leader.inside(-5002)
    await leader.presses("更多", message=await leader.message_with("【待签收】"))
    await leader.presses("退单", message=await leader.message_with("【待签收】"))
    await leader.presses(whose)
    return await leader.sends(words, reply_to=(await leader.messages())[-1]["message_id"])


async def _answers(person: Person, button: str, words: str, message: Json) -> None:
    await person.presses(button, message=message)
    await person.sends(words, reply_to=(await person.messages())[-1]["message_id"])


async def test_a_unit_gives_a_case_back_and_the_centre_sends_it_to_the_one_that_was_named(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await _gives_back(town, case, "丁岗镇综治办")
    after = await now_is(town, case)
    assert (after.status, after.returned, after.unit_id) == (Status.RETURN_REVIEW, 1, case.unit_id)
    assert await town.centre_group.sees("责任单位退单：路灯归城管，三定方案有写")
    card = await town.centre_group.message_with("【退单审核】")
    assert {"✅ 同意，改派丁岗镇综治办", "📌 坚持派单", "改派"} <= set(buttons_on(card))
    await town.centre_group.presses("同意，改派", message=card)
    sent = await now_is(town, case)
    assert (sent.status, sent.proposed_unit_id, sent.due_at) == (Status.DISPATCHED, None, case.due_at)
    assert case.number in (await town.town_office.inside(-5003).message_with("【待签收】"))["text"]
    assert await town.community_group.sees(f"{case.number} 已转给其他单位")
    assert await town.resident.sees(f"您反映的 {case.number} 现在由丁岗镇综治办负责。")


async def test_what_the_centre_insists_on_twice_cannot_be_given_back_any_more(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    for words in ("仍由社区先看现场", "就在小区里，请办"):
        await _gives_back(town, case)
        await _answers(town.centre_group, "坚持派单", words, await town.centre_group.message_with("【退单审核】"))
    assert "指定由您单位办理，不能再退：就在小区里，请办" in await town.community_group.said(2)
    card = await town.community_group.message_with("【待签收】")
    assert "📌 指定办理，不能再退" in card["text"]
    assert "↩️ 退过 2 次" in card["text"]
    await town.leader.inside(-5002).presses("更多", message=card)
    assert "↩️ 退单" not in buttons_on(await town.community_group.message_with("【待签收】"))
    said = await town.leader.inside(-5002).presses_data(card["message_id"], f"c:{case.id}:return:1:")
    assert said is not None and "已经指定办理，不能再退" in said["text"]
    assert (await now_is(town, case)).returned == 2


async def test_outside_the_window_a_case_is_not_given_back_and_the_reason_is_said(town: Town) -> None:
    await goes_to(town, 9)
    case = await reports(town)
    card = await town.community_group.message_with(case.number)
    await town.passes(hours=9)
    said = await town.leader.inside(-5002).presses_data(card["message_id"], f"c:{case.id}:return:1:")
    assert said is not None and "退单要在" in said["text"]
    assert (await now_is(town, case)).status is Status.DISPATCHED


async def test_the_window_closes_while_the_basis_is_written(town: Town) -> None:
    await goes_to(town, 9)
    case = await reports(town)
    leader = town.leader.inside(-5002)
    card = await leader.message_with(case.number)
    await leader.presses_data(card["message_id"], f"c:{case.id}:return:1:0")
    await town.passes(hours=9)
    question = await leader.message_with("的依据")
    await leader.sends("不归我们", reply_to=question["message_id"])
    assert "退单要在" in await leader.said()
    assert (await now_is(town, case)).status is Status.DISPATCHED


async def test_only_the_leader_gives_back_and_others_read_why_not(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    card = await town.community_group.message_with(case.number)
    said = await town.community_group.presses_data(card["message_id"], f"c:{case.id}:return:1:")
    assert said is not None and said["text"] == "退单由单位负责人提出，请转告负责人。"
    shown = await town.centre_group.message_with(case.number)
    said = await town.centre_group.presses_data(shown["message_id"], f"c:{case.id}:return:1:0")
    assert said is not None and said["text"] == "退单由单位负责人提出，请转告负责人。"
    assert (await now_is(town, case)).returned == 0


async def test_a_return_is_counted_for_the_unit_that_gave_it_back(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await _gives_back(town, case, "丁岗镇综治办")
    await town.centre_group.presses("同意，改派", message=await town.centre_group.message_with("【退单审核】"))
    await town.passes(hours=1)
    await town.leader.sends("/stats")
    assert "退单：1 次" in await town.leader.said()
    await town.town_office.sends("/stats")
    assert "退单：0 次" in await town.town_office.said()


async def test_where_a_unit_has_no_leader_whoever_is_on_duty_gives_back(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, STALL, "门口摆摊")
    await town.centre_group.presses("派给丁岗镇综治办", message=await town.centre_group.message_with(case.number))
    office = town.town_office.inside(-5003)
    await office.presses("更多", message=await office.message_with(case.number))
    await office.presses("退单", message=await office.message_with(case.number))
    await office.presses("区消防救援大队")
    await office.sends("城管的事，镇里没有执法权", reply_to=(await office.messages())[-1]["message_id"])
    assert (await now_is(town, case)).status is Status.RETURN_REVIEW
