"""Who does not find the buttons types: what stands on one, a yes, a number, a piece of it; telling goes on."""

import pytest

from tests.stories.steps import case_of, comes_to_review, newest_number, nothing_failed, reports_lamp
from tests.town import Town

LAMP = "新港小区3栋楼下路灯不亮"


@pytest.mark.parametrize(
    "words", ["对", "嗯", "好的", "就是这个", "1", "第一个", "小区路灯不亮", "路灯", "我选小区路灯不亮"]
)
async def test_the_one_matter_that_is_offered_is_taken_by_words(town: Town, words: str) -> None:
    await town.resident.sends(LAMP)
    assert (await town.resident.buttons())[0] == "小区路灯不亮"
    await town.resident.sends(words)
    assert "几盏" in await town.resident.said()


async def test_of_several_it_is_asked_which_and_a_number_answers(town: Town) -> None:
    await town.resident.sends("新港小区3栋楼下灯瞎了")
    offered = await town.resident.buttons()
    await town.resident.sends("好")
    assert "打 1、2、3" in await town.resident.said()
    await town.resident.sends("第一个")
    assert await town.resident.buttons() != offered
    assert "几盏" in await town.resident.said()


async def test_a_matter_that_was_not_offered_is_taken_by_its_name(town: Town) -> None:
    await town.resident.sends("你看看这个怎么弄哦")
    await town.resident.sends("垃圾没人清")
    assert "垃圾" in await town.resident.said() or "垃圾没人清" in await town.resident.buttons()


async def test_what_stands_on_the_card_may_be_typed(town: Town) -> None:
    await town.resident.sends(LAMP)
    for words in ("对", "说不清", "跳过", "替别人报的"):
        await town.resident.sends(words)
    assert "替谁报的" in await town.resident.said()
    await town.resident.sends("张桂英")
    await town.resident.sends("提交")
    assert (await case_of(town, await newest_number(town.resident))).on_behalf


async def test_whoever_tells_in_small_pieces_is_asked_twice_and_goes_on_to_the_place(town: Town) -> None:
    for words in ("我们楼底下个灯", "又不亮了呀", "黑黢黢的，我眼睛也不好"):
        await town.resident.sends(words)
    assert "先按「小区路灯不亮」报，不对您再改" in await town.resident.said()
    await town.resident.presses("一盏")
    assert "在什么地方" in await town.resident.said()
    assert not await town.resident.sees("不要紧，这一步可以跳过")
    await town.resident.sends("楼道灯坏了")
    assert "在什么地方" in await town.resident.said(), "what is wrong is no place"
    await town.resident.sends("3栋门口")
    assert "在哪个小区" in await town.resident.said()
    await town.resident.sends("提交")
    case = await case_of(town, await newest_number(town.resident))
    assert case.matter == "H01a" and case.place == "3栋门口" and "楼道灯坏了" in case.text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("删掉我的资料", "要删除您的资料吗"),
        ("忘记我", "要删除您的资料吗"),
        ("不要保存我的信息", "要删除您的资料吗"),
        ("我的资料", "您还没有反映过事情"),
        ("字太小了看不清", "换个字样"),
        ("english please", "Choose your language"),
    ],
)
async def test_a_wish_about_the_bot_is_no_story_and_no_place(town: Town, words: str, said: str) -> None:
    for step in ("", "垃圾没人清", "新港小区"):
        if step:
            await town.resident.sends(step)
        await town.resident.sends(words)
        assert said in "\n".join((await town.resident.heard())[-2:])
        await town.resident.sends("/cancel")
    assert await nothing_failed(town)


async def test_somebody_who_was_wrong_just_after_submitting_may_say_so(town: Town) -> None:
    number = await reports_lamp(town.resident)
    await town.resident.sends("说错了")
    assert f"{number}</b> 改哪一样" in await town.resident.said() or f"{number} 改哪一样" in await town.resident.said()
    await town.resident.presses("地点")
    await town.resident.sends("新港小区2栋")
    assert "2栋" in (await case_of(town, number)).place
    await town.resident.sends("说错了 是5栋")
    assert f"{number}" in await town.resident.said() and "是这件" in await town.resident.buttons()


async def test_urging_while_something_is_told_shows_the_case(town: Town) -> None:
    number = await reports_lamp(town.resident)
    await town.resident.sends("楼下垃圾没人清")
    await town.resident.sends("催一下")
    assert number in await town.resident.said()


async def test_back_from_the_list_of_changes_is_the_card(town: Town) -> None:
    await town.resident.sends(LAMP)
    for words in ("对", "说不清", "跳过"):
        await town.resident.sends(words)
    assert "✅ 提交" in await town.resident.buttons()
    await town.resident.sends("返回")
    assert "要改哪一处" in await town.resident.said()
    await town.resident.sends("返回")
    assert "✅ 提交" in await town.resident.buttons()
    await town.resident.sends("返回")
    assert "要改哪一处" in await town.resident.said()


async def test_help_names_the_numbers_first(town: Town) -> None:
    await town.resident.sends("help")
    assert (await town.resident.said()).startswith("有急事先打：110 · 119 · 120")


async def test_of_one_likely_matter_whoever_tells_on_has_said_no_no(town: Town) -> None:
    await town.resident.sends_photo()
    for words in ("垃圾", "堆了好几天了", "新港小区3栋后头"):
        await town.resident.sends(words)
    assert await town.resident.sees("先按「垃圾没人清」报")
    for _ in range(3):
        if "✅ 提交" in await town.resident.buttons():
            break
        await town.resident.sends("跳过")
    for words in ("谢谢你啊小伙子", "几时来弄"):
        await town.resident.sends(words)
        assert words not in await town.resident.said(2)
    await town.resident.sends("发")
    case = await case_of(town, await newest_number(town.resident))
    assert case.matter == "G01" and "谢谢" not in case.text and "几时" not in case.text


async def test_who_the_grid_member_is_is_told_in_the_middle_of_a_report(town: Town) -> None:
    await town.resident.sends("新港小区垃圾没人清")
    await town.resident.sends("我的网格员是谁")
    assert "钱丽" in await town.resident.said()
    await town.resident.sends("对")
    assert "垃圾" in await town.resident.said(), "the report goes on"


async def test_words_in_place_of_a_picture_are_the_story(town: Town) -> None:
    await town.resident.sends("新港小区3栋垃圾没人清")
    await town.resident.sends("对")
    asked = await town.resident.message_with("什么样的垃圾")
    await town.resident.presses("跳过", message=asked)
    photo = await town.resident.message_with("拍一张照片")
    await town.resident.sends("我不会拍")
    assert "我不会拍" in (await town.resident.said()).split("地点：")[0], "it stands in the story"
    assert "照片。 我不会拍" not in await town.resident.said()
    await town.resident.presses("提交")
    assert (await case_of(town, await newest_number(town.resident))).text.endswith("我不会拍") and photo


async def test_the_card_is_shown_twice_and_then_only_how_to_go_on(town: Town) -> None:
    await town.resident.sends("新港小区3栋楼下路灯不亮")
    await town.resident.presses("小区路灯不亮")
    await comes_to_review(town.resident)
    await town.resident.presses("修改")
    await town.resident.presses("地点")
    await town.resident.sends("苏L12345")
    assert "地点：苏L12345" in await town.resident.said()
    await town.resident.sends("不知道")
    assert "地点：苏L12345" in await town.resident.said()
    await town.resident.sends("不知道")
    assert "都记在上面了" in await town.resident.said()
    await town.resident.sends("不知道")
    assert "地点：苏L12345" in await town.resident.said(), "who sees no way out sees the card again"
