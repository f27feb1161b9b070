"""我的上报: the list, the timeline, adding, urging and withdrawing."""

import time

import pytest

from tests.stories.office import now_is, reports
from tests.stories.steps import files_of, nothing_failed, picture, promise_card, reports_lamp, sends_piece
from tests.town import Town


async def test_own_reports_are_found_by_words_and_by_part_of_a_number(town: Town) -> None:
    lamp = await reports_lamp(town.resident, "楼道口的路灯不亮")
    other = await reports_lamp(town.resident, "车棚旁边的路灯一闪一闪")
    foreign = await reports_lamp(town.neighbour, "楼道口路灯也不亮")

    async def found(words: str) -> str:
        await town.resident.sends(f"/mine {words}")
        return str(await town.resident.buttons())

    assert lamp in await found("楼道口") and other not in await found("楼道口")
    assert other in await found(other[-3:]) and lamp not in await found(other[-3:])
    assert foreign not in await found("路灯") + await found(foreign)
    await town.resident.sends("/mine 没说过")
    assert "没有找到“没说过”" in await town.resident.said()


async def test_the_list_is_paged_newest_first(town: Town) -> None:
    resident = town.resident
    await resident.sends("/start")
    numbers = [(await reports(town)).number for _ in range(11)]
    await resident.presses("我的上报")
    assert [words.split(" ")[0] for words in (await resident.buttons())[:8]] == numbers[:2:-1]
    await resident.presses("更早的")
    assert [words.split(" ")[0] for words in (await resident.buttons())[:3]] == numbers[2::-1]
    await resident.presses("最新的")
    assert numbers[-1] in (await resident.buttons())[0]


async def test_a_number_as_text_shows_what_happened(town: Town) -> None:
    resident = town.resident
    number = await reports_lamp(resident)
    await town.community_group.presses("签收")
    await resident.sends(f"编号：{number}")
    shown = await resident.said()
    assert "进展：已签收" in shown
    assert "您说的：新港小区3栋楼下路灯不亮" in shown
    assert "您上报了这件事" in shown
    assert "新茂社区已签收" in shown
    await resident.sends(number.replace("-", "－"))
    assert await resident.said() == shown
    await resident.sends("261122-999")
    assert "没有找到这件事" in await resident.said()


async def test_words_photos_and_places_are_added_and_reach_the_unit(town: Town) -> None:
    resident, group = town.resident, town.community_group
    number = await reports_lamp(resident)
    await resident.presses("补充")
    assert f"我加到 {number} 里" in await resident.said()
    await resident.sends_any(sticker=True)
    assert f"我加到 {number} 里" in await resident.said()
    await resident.sends("旁边还有一盏也不亮")
    assert f"已补充到 {number}" in await resident.said()
    assert await group.sees("旁边还有一盏也不亮")
    await resident.presses("补充")
    await resident.shares_location(32.19, 119.593)
    assert await group.sees("位置：丁岗镇新茂社区新港小区3栋（32.19000, 119.59300）")
    await resident.presses("补充")
    await sends_piece(resident, "77", 30)
    await sends_piece(resident, "77", 160)
    assert [one.kind for one in await files_of(town, number)] == ["photo", "photo"]
    await town.fetches()
    await town.passes(minutes=1)
    assert sum("photo" in one for one in await group.messages()) == 2
    await resident.presses("补充")
    await resident.presses("算了")
    assert "先不说了" in await resident.said(), "true of what is added, objected to and asked for again"
    await resident.sends("新港小区垃圾没人收")
    assert "这是哪一类事" in await resident.said()
    assert await nothing_failed(town)


@pytest.mark.parametrize("words", ["{}", "编号：{}", "催办 {}", "麻烦帮我查一下{}", "{}办得怎么样了？", "{}，好了吗"])
async def test_whoever_asks_how_far_a_number_is_sees_it_and_may_urge(town: Town, words: str) -> None:
    number = await reports_lamp(town.resident)
    await town.resident.sends(words.format(number))
    assert "您上报了这件事" in await town.resident.said() and "⏰ 催办" in await town.resident.buttons()


async def test_a_number_within_a_story_is_a_story(town: Town) -> None:
    number = await reports_lamp(town.resident)
    await town.resident.sends(f"新港小区垃圾没人收，跟{number}是一个地方")
    assert "这是哪一类事" in await town.resident.said()


async def test_very_long_additions_reach_the_unit_whole(town: Town) -> None:
    resident, group = town.resident, town.community_group
    await reports_lamp(resident)
    words = "灯坏了😀" * 800
    await resident.presses("补充")
    await resident.sends(words)
    came = "".join(text.partition("补充：")[2] for text in await group.heard() if "补充：" in text)
    assert came == words
    assert await nothing_failed(town)


async def test_a_reply_to_the_promise_card_is_an_addition(town: Town) -> None:
    resident = town.resident
    number = await reports_lamp(resident)
    card = await promise_card(resident, number)
    assert "回复这条消息就行" in card["text"]
    await resident.sends_photo("就是这一盏", reply_to=card["message_id"])
    assert f"已补充到 {number}" in await resident.said()
    assert await town.community_group.sees("就是这一盏")


async def test_urging_too_early_says_from_when_and_then_once_a_day(town: Town) -> None:
    resident, group = town.resident, town.community_group
    number = await reports_lamp(resident)
    await resident.sends(number)
    early = await resident.presses("催办")
    assert early and "还没到时候" in early["text"]
    assert "月" in early["text"]
    await town.passes(hours=40)
    await resident.sends(number)
    await resident.presses("催办")
    assert f"已替您催了 {number}" in await resident.said()
    assert await group.sees("上报人催办（第 1 次）")
    again = await resident.presses("催办")
    assert again and "还没到时候" in again["text"]
    await town.passes(hours=25)
    await resident.presses("催办")
    assert await group.sees("上报人催办（第 2 次）")
    assert await town.leader.sees("上报人催办（第 2 次）"), "the second time its leader too"
    await resident.sends(number)
    assert (await resident.said()).count("您催办了一次") == 2


async def test_urging_what_waits_for_triage_reaches_the_centre(town: Town) -> None:
    resident = town.resident
    await resident.sends("/start")
    case = await reports(town, "G07b", "门口占道经营")
    await town.passes(days=4)
    await resident.sends(case.number)
    await resident.presses("催办")
    assert "已替您催了" in await resident.said()
    assert await town.centre_group.sees("上报人催办（第 1 次）")


async def test_withdrawing_asks_first_and_is_shown_everywhere(town: Town) -> None:
    resident = town.resident
    number = await reports_lamp(resident)
    await resident.sends(number)
    await resident.presses("撤回")
    assert f"真的要撤回 {number} 吗" in await resident.said()
    await resident.presses("不撤了")
    assert "等待签收" in await resident.said()
    await resident.presses("撤回")
    await resident.presses("确定撤回")
    assert await resident.sees(f"{number} 已撤回")
    assert "已撤回" in (await promise_card(resident, number))["text"]
    assert "撤回" in (await town.community_group.message_with(number))["text"]


async def test_withdrawing_too_late_is_only_passed_on_and_adding_is_not_refused(town: Town) -> None:
    resident = town.resident
    case = await reports(town)
    await resident.sends(case.number)
    await resident.presses("撤回")
    await town.community_group.presses("签收")
    await town.community_group.presses("到场")
    await resident.presses("确定撤回")
    assert await resident.sees("已转告办的人")
    assert "撤回" not in await _buttons_of(town, case.number)
    assert (await now_is(town, case)).status == "handling"
    await resident.presses("补充")
    await resident.sends("师傅来了，谢谢")
    assert await town.community_group.sees("师傅来了，谢谢")


async def _buttons_of(town: Town, number: str) -> list[str]:
    await town.resident.sends(number)
    return await town.resident.buttons()


async def test_a_file_over_20_mb_is_told_when_it_is_added_too(town: Town) -> None:
    resident = town.resident
    number = await reports_lamp(resident)
    await resident.presses("补充")
    size = 25 * 1024 * 1024
    await resident.sends_any(video={"base64": picture(3)["base64"], "name": "a.mp4", "mime": "video/mp4", "size": size})
    assert "超过 20 MB" in await resident.said(2)
    assert [one.state for one in await files_of(town, number)] == ["too_large"]


async def test_very_many_spaces_hold_nobody_up(town: Town) -> None:
    begun = time.process_time()
    await town.resident.sends("请" + " " * 3000 + "x")
    assert time.process_time() - begun < 3
