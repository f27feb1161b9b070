"""Talk first: whatever comes first opens the report, and only what is missing is asked."""

import pytest

from tests.stories.steps import album, comes_to_review, reports_lamp, submits
from tests.town import Json, Town


async def test_words_first_suggest_the_matter_and_know_the_place(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋楼下路灯不亮，晚上黑漆漆的")
    assert "这是哪一类事" in await resident.said()
    assert (await resident.buttons())[0] == "小区路灯不亮"
    await resident.presses("小区路灯不亮")
    await comes_to_review(resident)
    card = await resident.said()
    assert "情况：新港小区3栋楼下路灯不亮，晚上黑漆漆的" in card
    assert "地点：丁岗镇新茂社区新港小区3栋" in card


RUBBISH = "垃圾桶满了，好几天没人收"


async def test_whoever_sends_the_place_instead_of_tapping_means_what_was_sure(town: Town) -> None:
    resident = town.resident
    await resident.sends_photo(RUBBISH)
    assert "直接发位置也行，我就记成「垃圾没人清」" in await resident.said()
    await resident.shares_location(32.19, 119.593)
    assert await resident.sees("先按「垃圾没人清」报，不对您再改")
    assert "提交" in "".join(await resident.buttons())
    assert "垃圾没人清" in await resident.said()


async def test_what_was_waved_off_is_not_taken_for_sure(town: Town) -> None:
    resident = town.resident
    await resident.sends_photo(RUBBISH)
    await resident.presses("都不是，看全部")
    await resident.shares_location(32.19, 119.593)
    assert "类事" in await resident.said()


async def test_where_the_words_leave_doubt_the_place_does_not_decide(town: Town) -> None:
    resident = town.resident
    await resident.sends_photo("这里坏了好久没人管")
    assert "我就记成" not in await resident.said()
    await resident.shares_location(32.19, 119.593)
    assert "提交" not in "".join(await resident.buttons())


FIRST: list[tuple[str, Json]] = [
    ("a photo", {"photo": True}),
    ("a video", {"video": True}),
    ("a document", {"document": True}),
    ("an animation", {"animation": True}),
    ("a location", {"location": {"lat": 32.19, "lon": 119.593}}),
    ("a venue", {"venue": {"lat": 32.19, "lon": 119.593, "title": "新港超市", "address": "新港路8号"}}),
    ("a forwarded text", {"text": "有人反映的事", "forward_from": {"name": "路人甲"}}),
]


@pytest.mark.parametrize(("what", "content"), FIRST, ids=[what for what, _ in FIRST])
async def test_anything_opens_a_report_and_the_matter_is_two_taps(town: Town, what: str, content: Json) -> None:
    resident = town.resident
    await resident.sends_any(**content)
    assert "是哪方面的事" in await resident.said()
    assert "不报了" in await resident.buttons()
    await resident.presses("路灯道路水电气")
    assert "具体是哪一种" in await resident.said()
    await resident.presses("小区路灯不亮")
    if not {"video", "text"} & content.keys():
        assert "请说说具体情况" in await resident.said()
        await resident.sends("灯坏了")
    number = await submits(resident)
    await town.fetches()
    await resident.sends(number)
    assert "小区路灯不亮" in await resident.said()


@pytest.mark.parametrize("spoken", ["voice", "video_note", "audio"])
async def test_what_is_said_needs_a_place_only_and_the_matter_can_still_be_chosen(town: Town, spoken: str) -> None:
    resident = town.resident
    await resident.sends_any(**{spoken: True})
    assert "现在还有危险吗" in await resident.said()
    await resident.presses("没有")
    assert "在什么地方" in await resident.said()
    await resident.shares_location(32.19, 119.593)
    assert "没问题就提交" in await resident.said()
    await resident.presses("修改")
    await resident.presses("事项")
    await resident.presses("路灯道路水电气")
    await resident.presses("小区路灯不亮")
    number = await submits(resident)
    await town.fetches()
    await resident.sends(number)
    assert "小区路灯不亮" in await resident.said()


async def test_a_card_with_a_number_is_refused_kindly_and_never_kept(town: Town) -> None:
    resident = town.resident
    await resident.sends_any(contact={"phone": "13812345678", "first_name": "王奶奶", "user_id": 1001})
    assert "电话号码不用留" in await resident.said()
    assert "请说说是什么事" in await resident.said()
    await resident.sends("新港小区3栋楼下路灯不亮")
    await resident.presses("小区路灯不亮")
    await comes_to_review(resident)
    assert "13812345678" not in await resident.said()


async def test_an_album_is_answered_once_and_kept_whole(town: Town) -> None:
    resident = town.resident
    await resident.sends_any(album=album(10, 120, 230), caption="新港小区路灯不亮")
    assert [text for text in await resident.heard() if "哪一类" in text] == ["这是哪一类事？点一下最像的。"]
    await resident.presses("小区路灯不亮")
    await comes_to_review(resident)
    assert "3 份" in await resident.said()


async def test_a_venue_keeps_its_name_and_finds_the_grid(town: Town) -> None:
    resident = town.resident
    await resident.sends("路灯不亮")
    await resident.sends_any(venue={"lat": 32.19, "lon": 119.593, "title": "新港超市", "address": "新港路8号"})
    assert "好的，地点：新港超市 新港路8号。" in await resident.said()
    await resident.presses("小区路灯不亮")
    await submits(resident)
    card = await town.community_group.said()
    assert "新港超市" in card
    assert "新港小区3栋" in card


async def test_a_caption_in_a_forward_counts_and_its_author_is_left_behind(town: Town) -> None:
    resident = town.resident
    await resident.sends_photo("新港小区3栋路灯不亮", forward_from={"name": "张三丰"})
    await resident.presses("小区路灯不亮")
    await submits(resident)
    assert await town.community_group.sees("新港小区3栋路灯不亮")
    assert not await town.community_group.sees("张三丰")


async def test_the_notice_comes_once_with_the_first_answer(town: Town) -> None:
    resident = town.resident
    await reports_lamp(resident)
    await resident.sends("又有一盏路灯不亮")
    assert sum("先跟您说清楚" in text for text in await resident.heard()) == 1


async def test_the_menu_begins_a_report_and_help_explains(town: Town) -> None:
    resident = town.resident
    await resident.sends("/start")
    assert "东乡伢叔" in (await resident.heard())[0] or "伢叔" in (await resident.heard())[0]
    await resident.presses("我要反映")
    assert "请说说是什么事" in await resident.said()
    await resident.presses("怎么用")
    assert "三句话" in await resident.said()
    await resident.sends("/cancel")
    assert "没有做到一半的事" in await resident.said()


async def test_a_question_of_policy_needs_neither_place_nor_photo(town: Town) -> None:
    resident = town.resident
    await resident.sends("请问老年卡怎么办理，要什么材料？")
    await resident.presses("问政策、问办事")
    assert "请看一眼" in await resident.said()
    assert "想问哪方面？ 户口证件" in await resident.said(), "heard, not asked"
