"""办结: the words of a result tell the four elements, or are asked for; a phrase that fits every case comes back."""

from bot.cases.case import Case, Status
from tests.stories.office import QUESTION, goes_to, now_is, photo, reports
from tests.town import Town


async def test_what_is_missing_is_asked_for_in_one_sentence_and_then_it_goes_on(town: Town) -> None:
    case = await _signed(town)
    await _ends(town, "换了灯泡")
    assert await town.community_group.said() == (
        f"{case.number} 还差：与谁沟通、解决时限（哪天办完，办完了写“已完成”）。请回复这条消息补一句。"
    )
    await _says(town, "今天下午办完")
    assert await town.community_group.said() == f"{case.number} 还差：与谁沟通。请回复这条消息补一句。"
    await _says(town, "电话里跟上报人说过了")
    after = await now_is(town, case)
    assert (after.status, after.result) == (Status.VERIFY, "换了灯泡\n今天下午办完\n电话里跟上报人说过了")
    assert "四要素" not in (await town.grid_member.message_with("请核查"))["text"]


async def test_it_is_asked_twice_at_most_and_the_verifier_sees_what_is_missing(town: Town) -> None:
    case = await _signed(town)
    await _ends(town, "灯泡换好了")
    await _says(town, "真的换好了")
    assert "还差：与谁沟通" in await town.community_group.said()
    await _says(town, "反正换好了")
    assert (await now_is(town, case)).status is Status.VERIFY
    assert "⚠️ 四要素不全，缺：与谁沟通" in (await town.grid_member.message_with("请核查"))["text"]


async def test_a_phrase_that_fits_every_case_comes_back_with_an_example_as_often_as_it_is_said(town: Town) -> None:
    case = await _signed(town)
    await _ends(town, "已处理")
    for words in ("收到", "正在协调", "已办结。"):
        assert "别人看不出是怎么办的" in await town.community_group.said()
        assert "14点到现场" in await town.community_group.said()
        await _says(town, words)
    await _says(town, "与居民联系，换了灯泡，今天完成")
    after = await now_is(town, case)
    assert (after.status, after.result) == (Status.VERIFY, "与居民联系，换了灯泡，今天完成")


async def test_words_and_picture_that_are_both_missing_are_asked_for_at_once(town: Town) -> None:
    case = await _signed(town)
    await town.community_group.presses("办结", message=await town.community_group.message_with("推送号"))
    await _says(town, "灯泡换好了")
    said = await town.community_group.said()
    assert said == f"{case.number} 还差：与谁沟通，还差一张现场照片。请回复这条消息，发照片带上这句话。"
    await town.community_group.sends_photo(
        "与居民联系过", reply_to=(await town.community_group.messages())[-1]["message_id"]
    )
    assert (await now_is(town, case)).status is Status.VERIFY


async def test_the_pieces_of_one_album_ask_once(town: Town) -> None:
    case = await _signed(town)
    await town.community_group.presses("办结", message=await town.community_group.message_with("推送号"))
    asked = (await town.community_group.messages())[-1]["message_id"]
    before = len(await town.community_group.heard())
    await town.community_group.sends_any(album=[photo(n) for n in range(4)], caption="灯泡换好了", reply_to=asked)
    assert len(await town.community_group.heard()) == before + 1
    await _says(town, "还是换好了")
    assert "还差：与谁沟通" in await town.community_group.said(), "the album asked once, not four times"
    await _says(town, "与居民沟通")
    assert (await now_is(town, case)).status is Status.VERIFY


async def test_an_answer_to_a_question_needs_no_elements_but_more_than_a_phrase(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, QUESTION, "老年卡怎么办理")
    if (await now_is(town, case)).status is Status.TRIAGE:
        await town.centre_group.presses("派给其他单位", message=await town.centre_group.message_with(case.number))
        await town.centre_group.presses("新茂社区")
    await town.community_group.presses("签收", message=await town.community_group.message_with(case.number))
    await town.community_group.presses("办结")
    await _says(town, "已答复")
    assert "别人看不出" in await town.community_group.said()
    await _says(town, "带身份证到社区一楼")
    assert (await now_is(town, case)).status is Status.FEEDBACK


async def _signed(town: Town) -> Case:
    await goes_to(town, 10)
    case = await reports(town)
    await town.community_group.presses("签收", message=await town.community_group.message_with(case.number))
    return case


async def _ends(town: Town, words: str) -> None:
    """办结 with a picture and these words."""
    group = town.community_group
    await group.presses("办结", message=await group.message_with("推送号"))
    await group.sends_any(**photo(5), caption=words, reply_to=(await group.messages())[-1]["message_id"])


async def _says(town: Town, words: str) -> None:
    group = town.community_group
    await group.sends(words, reply_to=(await group.messages())[-1]["message_id"])


async def test_a_question_through_the_bot_is_the_first_contact_also_of_a_sealed_report(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, sealed=True)
    await town.dispatcher.presses("派给其他单位", message=await town.dispatcher.message_with(case.number))
    await town.dispatcher.presses("新茂社区")
    await town.responder.presses("签收", message=await town.responder.message_with(f"{case.number}\u3000"))
    assert (await now_is(town, case)).contacted_at is None
    await town.responder.presses("问上报人")
    await town.responder.sends("是哪一根灯杆？")
    after = await now_is(town, case)
    assert (after.status, after.contacted_at is not None) == (Status.HANDLING, True)
    asked = await town.resident.message_with("是哪一根灯杆")
    await town.resident.presses("回答", message=asked)
    await town.resident.sends("北门进来第二根")
    assert await town.responder.sees(f"{case.number} 上报人回答：北门进来第二根")
    assert not await town.community_group.sees("灯杆") and not await town.community_group.sees("北门")
