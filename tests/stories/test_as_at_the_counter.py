"""What a kind person at the counter would do: where it is said first, two things in one breath, a slip, a joke."""

import pytest

from tests.databases import SQLITE
from tests.stories.steps import case_of, newest_number, nothing_failed
from tests.town import Town

pytestmark = pytest.mark.parametrize("database", [SQLITE], indirect=True, scope="session")


@pytest.mark.parametrize(
    ("place", "kept"),
    [("新港小区5栋", "新港小区5栋"), ("3栋", "3栋"), ("小区门口", "小区门口"), ("新港小区", "新港小区")],
)
async def test_a_place_said_first_is_where_and_no_story(town: Town, place: str, kept: str) -> None:
    await town.resident.sends(place)
    assert "那里怎么了" in await town.resident.said()
    assert kept in await town.resident.said()
    await town.resident.sends("小区路灯不亮")
    await town.resident.presses("小区路灯不亮")
    await town.resident.sends("提交")
    if "在哪个小区" in await town.resident.said():
        await town.resident.sends("提交")
    case = await case_of(town, await newest_number(town.resident))
    assert case.text == "小区路灯不亮"
    assert kept in case.place
    assert await nothing_failed(town)


async def test_an_estate_told_later_keeps_the_building(town: Town) -> None:
    await town.resident.sends("3栋")
    await town.resident.sends("楼道里全是水")
    await town.resident.presses("楼道漏水")
    await town.resident.sends("新港小区")
    await town.resident.sends("提交")
    case = await case_of(town, await newest_number(town.resident))
    assert "新港小区3栋" in case.place


async def test_two_things_in_one_breath_are_two_reports(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区路灯坏了，还有垃圾桶也满了没人倒")
    assert "两件事" in await resident.said()
    assert await resident.buttons() != []
    await resident.presses("小区路灯不亮")
    await resident.sends("提交")
    first = await case_of(town, await newest_number(resident))
    assert first.text == "新港小区路灯坏了"
    assert await resident.sees("新港小区 垃圾桶也满了没人倒"), "it waited, with its place"
    await resident.presses("垃圾没人清")
    await resident.sends("提交")
    second = await case_of(town, await newest_number(resident))
    assert second.matter != first.matter
    assert "新港小区" in second.place


async def test_one_thing_with_and_in_it_stays_one(town: Town) -> None:
    await town.resident.sends("小区路灯坏了，还有老人看不见路")
    assert "两件事" not in await town.resident.said()


@pytest.mark.parametrize("words", ["不对 是井盖", "说错了，是井盖没了", "选错了 应该是井盖"])
async def test_a_slip_is_put_right_at_any_question(town: Town, words: str) -> None:
    await town.resident.sends("路灯不亮")
    await town.resident.presses("小区路灯不亮")
    await town.resident.sends(words)
    assert any("井盖" in one for one in await town.resident.buttons())


async def test_early_submission_asks_where_once_and_nothing_else(town: Town) -> None:
    resident = town.resident
    await resident.sends("小区的路灯坏了")
    await resident.sends("提交")
    assert "就差一样" in await resident.said()
    await resident.sends("新港小区3栋")
    assert "请看一眼" in await resident.said()
    await resident.sends("提交")
    case = await case_of(town, await newest_number(resident))
    assert case.matter == "H01a", "what left no doubt need not be tapped"
    assert "新港小区3栋" in case.place


async def test_submission_that_is_insisted_on_is_one(town: Town) -> None:
    await town.resident.sends("小区的路灯坏了")
    await town.resident.sends("提交")
    await town.resident.sends("提交")
    assert await newest_number(town.resident)


@pytest.mark.parametrize("words", ["骗你的", "开玩笑的", "吓你们的", "没这回事"])
async def test_a_joke_is_no_place_and_whoever_was_told_hears_of_it(town: Town, words: str) -> None:
    await town.resident.sends("着火了哈哈哈")
    await town.resident.sends(words)
    assert "没有危险就好" in await town.resident.said()
    assert "那就不报了" in await town.resident.said()
    assert await town.centre_group.sees("上报人说没有危险了")
    await town.resident.presses("不报了，谢谢")
    assert "这次不报了" in await town.resident.said()


async def test_what_was_no_danger_may_be_followed_by_something_else(town: Town) -> None:
    await town.resident.sends("煤气味好大")
    await town.resident.sends("没事了 是隔壁炒菜")
    await town.resident.presses("还有别的事要说")
    await town.resident.sends("小区路灯不亮")
    assert "一盏" in await town.resident.buttons(), "the lamp is asked about"


@pytest.mark.parametrize("words", ["不想活了", "活着没意思 撑不下去", "想死"])
async def test_who_names_nobody_speaks_of_oneself(town: Town, words: str) -> None:
    await town.resident.sends(words)
    assert "12356" in await town.resident.said(2)
    assert "陪着他" not in await town.resident.said(2)


async def test_pain_of_ones_own_gets_advice_for_oneself(town: Town) -> None:
    await town.resident.sends("胸口好痛 喘不上气 一个人在家")
    assert "把门打开" in await town.resident.said(2)
    assert "别随便搬动他" not in await town.resident.said(2)


async def test_of_somebody_else_the_advice_is_for_who_is_there(town: Town) -> None:
    await town.resident.sends("邻居说不想活了")
    assert "陪着他" in await town.resident.said(2)


@pytest.mark.parametrize(
    "words",
    [
        "厂里晚上偷偷排污水 不要让老板知道",
        "我想举报 但是怕被报复",
        "别让村干部晓得",
        "怕丢了工作，厂里没有防护",
        "小区路灯不亮 怕物业给我穿小鞋",
    ],
)
async def test_fear_is_heard_as_a_wish_for_secrecy(town: Town, words: str) -> None:
    await town.resident.sends(words)
    assert "替您保密" in await town.resident.said()


async def test_who_does_not_know_how_to_send_a_place_tells_no_story(town: Town) -> None:
    await town.resident.sends("小区路灯不亮")
    await town.resident.presses("小区路灯不亮")
    await town.resident.sends("随便")
    assert "在什么地方" in await town.resident.said(), "说不清 is an answer"
    await town.resident.sends("我不晓得怎么发位置")
    assert "说个小区、路名或店名就行" in await town.resident.said()
    await town.resident.sends("提交")
    await town.resident.sends("提交")
    assert (await case_of(town, await newest_number(town.resident))).text == "小区路灯不亮"


@pytest.mark.parametrize("words", ["我姓王", "我不要保密", "我是这里的居民", "免贵姓李"])
async def test_who_introduces_oneself_is_listened_to(town: Town, words: str) -> None:
    await town.resident.sends(words)
    assert "我在听" in await town.resident.said()


async def test_whoever_writes_english_is_answered_so(town: Town) -> None:
    await town.resident.sends("help there is a fire in my building")
    assert "call 119 at once" in await town.resident.said(2)
    await town.resident.sends("/language")
    await town.resident.presses("中文")
    await town.resident.sends("the lamp is broken as well")
    assert "What" not in await town.resident.said(), "who chose a language is not asked again"


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("帮我楼上王大爷报一下 他家没电了", "楼上王大爷"),
        ("替隔壁张奶奶说一声，家里没电了", "隔壁张奶奶"),
        ("我邻居家没电了，她不会用手机，我替她说", ""),
    ],
)
async def test_whom_it_is_told_for_is_heard(town: Town, words: str, who: str) -> None:
    resident = town.resident
    await resident.sends(words)
    assert f"替{who or '别人'}报的" in await resident.said()
    await resident.presses("断电")
    await resident.sends("新港小区3栋")
    await resident.sends("跳过")
    if not who:
        assert "替谁报的" in await resident.said()
        await resident.presses("不用写")
    await resident.sends("提交")
    case = await case_of(town, await newest_number(resident))
    assert case.on_behalf
    assert await nothing_failed(town)


@pytest.mark.parametrize("words", ["帮我报一下 小区路灯不亮", "帮忙说一下小区路灯不亮", "我们替大家反映小区路灯不亮"])
async def test_what_is_for_oneself_is_for_nobody_else(town: Town, words: str) -> None:
    await town.resident.sends(words)
    assert "报的" not in await town.resident.said()


async def test_a_long_story_leaves_the_card_readable_and_is_kept_whole(town: Town) -> None:
    story = "我们小区的路灯从上个月就不亮了，物业说没钱修，社区说找物业。" * 66
    resident = town.resident
    await resident.sends(story)
    await resident.presses("小区路灯不亮")
    await resident.sends("提交")
    await resident.sends("新港小区3栋")
    card = (await resident.message_with("请看一眼"))["text"]
    assert len(card) < 600
    assert f"共{len(story)}字，都记下了" in card
    await resident.sends("提交")
    assert (await case_of(town, await newest_number(resident))).text == story


@pytest.mark.parametrize("typed", ["发送位置", "定位", "我的位置"])
async def test_the_words_of_the_location_key_are_no_place(town: Town, typed: str) -> None:
    await town.resident.sends("小区路灯不亮")
    await town.resident.presses("小区路灯不亮")
    await town.resident.sends("随便")
    await town.resident.sends(typed)
    assert "说个小区、路名或店名就行" in await town.resident.said()
    await town.resident.sends("新港小区3栋")
    assert "新港小区3栋" in await town.resident.said(2)
