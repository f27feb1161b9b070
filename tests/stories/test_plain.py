"""Plain words of people who do not know how a bot talks: nothing is asked for ever, nobody is left without a way on."""

import pytest

from tests.stories.steps import case_of, comes_to_review, newest_number, nothing_failed, reports_lamp, submits
from tests.town import Person, Town


async def _lamp(person: Person) -> None:
    """A report whose story is there; its matter is asked for."""
    await person.sends("新港小区3栋路灯不亮")
    assert "哪一类事" in await person.said()


async def test_what_it_is_about_is_not_asked_a_third_time(town: Town) -> None:
    resident = town.resident
    await resident.sends("坑坑洼洼")
    for words in ("疼死我了这个腿", "讲了你也不晓得", "好多年了哎"):
        await resident.sends(words)
    asked = [one for one in await resident.heard() if "哪一类事" in one or "哪方面的事" in one]
    assert len(asked) == 2
    assert await resident.sees("是哪一类，最后再看"), "whoever tells on is led on"
    assert "在什么地方" in await resident.said(), "and how long it has been is no place"
    await resident.sends("新港小区3栋")
    assert "工作人员" in await resident.said() or "请看一眼" in await resident.said()
    await resident.presses("✅ 提交")
    case = await case_of(town, await newest_number(resident))
    assert case.matter == "K02"
    assert case.text.split("\n") == ["坑坑洼洼", "疼死我了这个腿", "讲了你也不晓得", "好多年了哎"]


async def test_pictures_alone_come_to_a_way_out_too(town: Town) -> None:
    resident = town.resident
    for _ in range(3):
        await resident.sends_photo()
    assert sum("哪方面的事" in one for one in await resident.heard()) == 2
    assert "🙋 找人帮我" in await resident.buttons()


async def test_whoever_goes_on_and_on_is_led_past_the_question(town: Town) -> None:
    resident = town.resident
    await resident.sends("坑坑洼洼")
    for at in range(4):
        await resident.sends(f"说不出来的那个啥第{at}回")
    assert await resident.sees("是哪一类，最后再看") and await resident.sees("在什么地方")
    assert "🙋 找人帮我" in await resident.buttons()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("你是哪个", "我是伢叔"),
        ("你是机器人吗", "我是伢叔"),
        ("99", "我在听"),
        ("不用", "我在听"),
        ("问这个干啥", "问这一句"),
        ("滚", "让您着急了"),
        ("喂 有人吗", "我在呢"),
        ("谢谢", "不客气"),
    ],
)
async def test_words_that_say_nothing_are_answered_and_not_kept(town: Town, words: str, answer: str) -> None:
    resident = town.resident
    await _lamp(resident)
    await resident.sends(words)
    assert answer in await resident.said()
    await resident.presses("小区路灯不亮")
    number = await submits(resident)
    assert (await case_of(town, number)).text == "新港小区3栋路灯不亮"


async def test_not_knowing_the_sort_is_an_answer(town: Town) -> None:
    resident = town.resident
    await _lamp(resident)
    await resident.sends("不知道")
    assert await resident.sees("是哪一类，工作人员来定")
    assert "请看一眼" in await resident.said()


@pytest.mark.parametrize("words", ["喂 有人吗", "有人么", "人呢", "在不在啊", "早上好！", "伢叔你好"])
async def test_every_greeting_is_greeted(town: Town, words: str) -> None:
    await town.resident.sends(words)
    assert "我在呢" in await town.resident.said()
    assert not await town.resident.sees("哪方面的事")


async def test_never_mind_drops_the_draft(town: Town) -> None:
    resident = town.resident
    for words in ("算了不报了", "不要报了", "撤回", "算了不要了"):
        await _lamp(resident)
        await resident.sends(words)
        assert "这次不报了" in await resident.said()


async def test_typed_words_submit_it_as_it_is(town: Town) -> None:
    await _lamp(town.resident)
    await town.resident.sends("交了吧")
    assert (await case_of(town, await newest_number(town.resident))).text == "新港小区3栋路灯不亮"


async def test_on_the_card_it_is_put_right_in_plain_words(town: Town) -> None:
    resident = town.resident
    await _lamp(resident)
    await resident.presses("小区路灯不亮")
    await comes_to_review(resident)
    await resident.sends("返回")
    assert "要改哪一处" in await resident.said()
    await resident.sends("不是3栋 是5栋")
    assert "新港小区5栋" in await resident.said()
    assert "不是3栋，是5栋" in await resident.said()
    await resident.sends("地点不对")
    assert "在什么地方" in await resident.said()
    await resident.sends("滨河社区")
    assert "滨河社区" in await resident.said()
    case = await case_of(town, await submits(resident))
    assert "滨河社区" in case.place and "地点不对" not in case.text


async def test_back_leads_out_of_the_shelves(town: Town) -> None:
    resident = town.resident
    await _lamp(resident)
    await resident.presses("看全部")
    await resident.presses("返回")
    assert "哪一类事" in await resident.said()
    await resident.presses("返回")
    assert "请重新说一遍" in await resident.said()
    await resident.sends("新港小区5栋路灯不亮")
    assert "哪一类事" in await resident.said()
    await resident.sends_photo()
    assert await nothing_failed(town)


async def test_secrecy_in_plain_words_seals_the_draft(town: Town) -> None:
    resident = town.resident
    await _lamp(resident)
    await resident.sends("别让人知道是我说的")
    assert "替您保密" in await resident.said()
    await resident.presses("小区路灯不亮")
    await comes_to_review(resident)
    assert "替我保密，不进工作群" in await resident.said()
    await resident.presses("✅ 提交")
    assert (await case_of(town, await newest_number(resident))).sealed


async def test_whoever_cannot_hear_is_written_to(town: Town) -> None:
    resident = town.resident
    await resident.sends("我耳朵听不见 有事打字不要打电话")
    assert "办的人会在这里打字问您" in await resident.said()
    await _lamp(resident)
    await resident.presses("小区路灯不亮")
    number = await submits(resident)
    case = await case_of(town, number)
    assert case.contact == "relay" and "听不见" not in case.text


async def _own(town: Town) -> str:
    number = await reports_lamp(town.resident)
    await town.passes(minutes=15)
    return number


@pytest.mark.parametrize(
    "words", ["我的事办了没", "催催", "快点哦", "还没有人来啊 三天了", "不满意", "没有解决", "又坏了", "修好了"]
)
async def test_words_about_ones_own_case_lead_to_it(town: Town, words: str) -> None:
    number = await _own(town)
    await town.resident.sends(words)
    assert number in await town.resident.said()
    assert any("补充" in one for one in await town.resident.buttons())


async def test_no_report_needs_no_news(town: Town) -> None:
    await town.resident.sends("我的事办了没")
    assert "没有" in await town.resident.said()
    await town.resident.sends("又坏了")
    assert "哪方面的事" in await town.resident.said() or "哪一类事" in await town.resident.said()


async def test_in_doubt_it_is_asked_which_is_meant(town: Town) -> None:
    number, resident = await _own(town), town.resident
    await resident.sends("路灯还没修好")
    assert f"您说的是 {number}" in await resident.said()
    await resident.presses("是这件")
    assert number in await resident.said()
    assert await town.community_group.sees("路灯还没修好")
    await resident.sends("路灯还没修好")
    await resident.presses("是新的事")
    assert "哪一类事" in await resident.said()
    await resident.presses("小区路灯不亮")
    await submits(resident)


async def test_words_asked_about_are_not_lost(town: Town) -> None:
    resident = town.resident
    await _own(town)
    await resident.sends("路灯还没修好")
    await resident.sends("新港小区5栋也不亮了，黑得很")
    await resident.presses("小区路灯不亮")
    case = await case_of(town, await submits(resident))
    assert case.text == "路灯还没修好\n新港小区5栋也不亮了，黑得很"


async def test_a_case_is_sealed_later_as_far_as_can_be(town: Town) -> None:
    number, resident = await _own(town), town.resident
    assert await town.community_group.sees("路灯不亮")
    await resident.sends("别让人知道是我说的")
    assert f"{number} 从现在起保密" in await resident.said()
    assert "已经看到过" in await resident.said()
    assert (await case_of(town, number)).sealed
    for group in (town.community_group, town.centre_group):
        assert not any("路灯不亮" in one and "【" in one for one in await group.heard() if number in one)
    assert not await town.community_group.sees(number), "what can be deleted is"
    assert await town.responder.sees(number)
    await resident.sends("别让人知道是我说的")
    assert "一直是保密的" in await resident.said()
    assert await nothing_failed(town)


@pytest.mark.parametrize("words", ["人工", "客服", "打电话给我", "我要找人", "你们电话多少", "我不会弄", "我看不懂字"])
async def test_there_is_a_way_to_a_human(town: Town, words: str) -> None:
    await town.resident.sends(words)
    assert "12345" in await town.resident.said()
    assert "🙋 请人联系我" in await town.resident.buttons()


async def test_one_press_asks_to_be_contacted(town: Town) -> None:
    resident = town.resident
    await _lamp(resident)
    await resident.sends("我不会弄")
    assert "新茂社区" in await resident.said()
    await resident.presses("请人联系我")
    number = await newest_contact(resident)
    case = await case_of(town, number)
    assert case.matter == "K03" and case.contact == "relay"
    assert await town.community_group.sees("想请人联系")
    await resident.sends("13812345678")
    assert "会有人打电话给您" in await resident.said()
    assert (await case_of(town, number)).contact == "call"
    assert not await town.community_group.sees("13812345678")
    await resident.presses("接着报")
    assert await resident.sees("哪一类事")
    await resident.sends("我不会弄")
    await resident.presses("请人联系我")
    assert await newest_contact(resident) == number
    await resident.presses("不方便")
    assert "发消息" in await resident.said()


async def newest_contact(person: Person) -> str:
    """The number of the small report."""
    text = (await person.message_with("登记好了"))["text"]
    return text.split("编号 ")[1].split("。")[0]
