"""Voice first where no model is there: the same few taps, and nothing false is said of words."""

from tests.stories.steps import case_of, files_of, newest_number, nothing_failed
from tests.town import Town

HERE = (32.19, 119.593)


async def test_a_voice_a_place_and_one_tap_are_a_report(town: Town) -> None:
    await town.resident.sends_any(voice=True)
    said = await town.resident.said()
    assert "工作人员会听" in said and "现在还有危险吗" in said and "文字" not in said.replace("打字", "")
    await town.resident.shares_location(*HERE)
    card = await town.resident.said()
    assert "没问题就提交" in card and "由工作人员来定" in card
    await town.resident.presses("✅ 提交")
    number = await newest_number(town.resident)
    assert [one.kind for one in await files_of(town, number)] == ["voice"]
    await town.fetches()
    assert [one for one in await town.centre_group.messages() if "voice" in one and one["from"]["is_bot"]]
    assert not await town.resident.sees("我听到的是") and not await town.resident.sees("没听清")
    assert (await case_of(town, number)).text == ""
    assert await nothing_failed(town)


async def test_the_sentence_about_voices_is_said_once(town: Town) -> None:
    await town.resident.sends_any(voice=True)
    await town.resident.sends_any(voice=True)
    assert sum("🎤 收到，只用来办这件事" in text for text in await town.resident.heard()) == 1


async def test_before_the_first_voice_it_was_said_what_it_is_for(town: Town) -> None:
    await town.resident.sends("我要反映")
    assert "发语音都可以，只用来办这件事" in await town.resident.said()


async def test_typed_words_and_a_voice_are_one_report_without_a_question_for_the_matter(town: Town) -> None:
    await town.resident.sends_any(voice=True)
    await town.resident.shares_location(*HERE)
    await town.resident.sends("路灯坏了好几天")
    card = await town.resident.said()
    assert "没问题就提交" in card and "路灯坏了好几天" in card
    await town.resident.presses("是「小区路灯不亮」")
    assert "由工作人员来定" not in await town.resident.said()
