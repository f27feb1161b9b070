"""Several questions of buttons at once: each answer belongs to the question that it replies to, and to nothing else."""

from bot.cases.case import Level, Status
from tests.stories.centre import answers, decides, lines_of
from tests.stories.office import STALL, goes_to, now_is, photo, reports
from tests.stories.steps import nothing_failed
from tests.town import Json, Person, Town

RESULT = "与居民联系，换了灯泡，今天下午完成"


async def replies(who: Person, question: Json, words: str, **more: object) -> None:
    """Answer a question, also one that is far up."""
    await who.sends(words, reply_to=question["message_id"], **more)


async def asked(who: Person, number: str, button: str) -> Json:
    """Press a button of a card that asks for words; the question."""
    await who.presses(button, message=await who.message_with(f"{number}　"))
    return (await who.messages())[-1]


async def test_a_result_is_booked_as_a_result_though_another_case_was_opened_meanwhile(town: Town) -> None:
    await goes_to(town, 10)
    one, two = await reports(town), await reports(town, words="楼道灯也不亮")
    group = town.community_group
    for case in (one, two):
        await group.presses("签收", message=await group.message_with(case.number))
    result, progress = await asked(group, one.number, "办结"), await asked(group, two.number, "进展")
    await group.sends_any(**photo(3), caption=RESULT, reply_to=result["message_id"])
    assert (await now_is(town, one)).status is Status.VERIFY
    assert not any("有进展" in text for text in await town.resident.heard())
    await replies(group, progress, "师傅下午过去")
    assert any(f"{two.number} 有进展：师傅下午过去" in text for text in await town.resident.heard())
    assert await nothing_failed(town)


async def test_words_and_picture_of_a_question_that_was_left_come_together(town: Town) -> None:
    await goes_to(town, 10)
    one, two = await reports(town), await reports(town, words="楼道灯也不亮")
    group = town.community_group
    for case in (one, two):
        await group.presses("签收", message=await group.message_with(case.number))
    await asked(group, one.number, "办结")
    await answers(group, RESULT)
    lacks = await group.message_with("还差一张现场照片")
    question = await asked(group, two.number, "问上报人")
    await group.sends_any(**photo(4), reply_to=lacks["message_id"])
    assert (await now_is(town, one)).status is Status.VERIFY
    assert (await now_is(town, one)).result == RESULT
    await replies(group, question, "是哪一层的灯？")
    assert any("想问您：是哪一层的灯？" in text for text in await town.resident.heard())


async def test_two_questions_about_one_case_do_not_change_places(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, STALL, "门口摆摊")
    centre = town.centre_group
    await decides(centre, case, "改定级", "一级")
    grade = (await centre.messages())[-1]
    await decides(centre, case, "办结标准")
    standard = (await centre.messages())[-1]
    await replies(centre, grade, "涉及两个镇")
    assert (await now_is(town, case)).level is Level.DISTRICT and (await now_is(town, case)).criterion is None
    await replies(centre, standard, "摊位清走，三天不反弹")
    assert (await now_is(town, case)).criterion == "摊位清走，三天不反弹"


async def test_what_a_colleague_was_asked_is_never_told_to_the_resident(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    group, leader = town.community_group, town.leader.inside(-5002)
    await group.presses("签收", message=await group.message_with(case.number))
    question = await asked(group, case.number, "办结")
    before = await lines_of(town, case)
    await replies(leader, question, "这不归我们管，别理他")
    assert "这句没有记" in await group.said()
    assert await lines_of(town, case) == before
    assert not await town.resident.sees("别理他")
    await group.sends_any(**photo(5), caption=RESULT, reply_to=question["message_id"])
    assert (await now_is(town, case)).status is Status.VERIFY


async def test_privately_a_card_answered_in_between_loses_no_question(town: Town) -> None:
    await goes_to(town, 10)
    one, two = await reports(town), await reports(town, words="楼道灯也不亮")
    for case in (one, two):
        await town.responder.sends(f"/start c_{case.id}")
        await town.responder.presses("签收", message=await town.responder.message_with(f"{case.number}　"))
    question = await asked(town.responder, one.number, "办结")
    card = await town.responder.message_with(f"{two.number}　")
    await replies(town.responder, card, "约好明天上门")
    assert any(f"{two.number} 有进展：约好明天上门" in text for text in await town.resident.heard())
    await town.responder.sends_any(**photo(6), caption=RESULT, reply_to=question["message_id"])
    assert (await now_is(town, one)).status is Status.VERIFY
