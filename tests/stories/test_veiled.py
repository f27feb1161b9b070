"""Numbers, plates and names in what residents say: no group, log, export or statistic ever shows them."""

import pytest

from bot.cases.veiling import veiled
from tests.stories.centre import answers, card_of, decides
from tests.stories.office import STALL, goes_to, reports
from tests.stories.steps import case_of, promise_card, reports_lamp, submits
from tests.stories.test_confidential import everything_in_groups
from tests.stories.test_recording import records
from tests.town import Person, Town

PHONE, IDENTITY, PLATE, NAME = "13812345678", "321102199001011234", "苏L12345", "王桂芳"
CANARIES = (PHONE, IDENTITY, PLATE, NAME, "老张")
CANARY = f"业主{NAME}，手机{PHONE}，身份证{IDENTITY}，车牌{PLATE}，302的老张"


def seen_in(text: str) -> list[str]:
    """The canaries that stand in a text."""
    return [one for one in CANARIES if one in text]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("电话138-1234-5678", "电话（号码略）"),
        ("打 0511-86881234", "打 （号码略）"),
        ("一三八一二三四五六七八", "（号码略）"),
        ("１３８１２３４５６７８", "（号码略）"),
        ("卡号6222 0212 3456 7890 123", "卡号（号码略）"),
        ("302的老张在家", "某户某人在家"),
        ("王奶奶摔了", "某奶奶摔了"),
        ("新港小区3栋2单元502漏水", "新港小区3栋2单元502漏水"),
        ("2026年11月26日 15:30 坏了三盏", "2026年11月26日 15:30 坏了三盏"),
        ("电梯编号31103201002011050001", "电梯编号31103201002011050001"),
        ("方家村到王家村的路", "方家村到王家村的路"),
        ("老小区里老人多", "老小区里老人多"),
    ],
)
def test_what_names_somebody_is_taken_out_and_nothing_else(said: str, read: str) -> None:
    assert veiled(said) == read
    assert veiled(read) == read


async def test_canaries_in_every_field_never_reach_a_group(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    await goes_to(town, 10)
    await town.resident.sends(f"路灯不亮，{CANARY}")
    await town.resident.presses("小区路灯不亮")
    await town.resident.sends(f"新港小区3栋，{PHONE}")
    number = await submits(town.resident)
    await town.resident.presses("➕ 补充")
    await town.resident.sends(f"又灭了。{CANARY}")
    await town.resident.presses("说错了，改一下")
    await town.resident.presses("情况")
    await town.resident.sends(f"是路灯坏了。{CANARY}")
    here = town.community_group
    assert await here.sees(number)
    await here.presses("签收", message=await here.message_with("新港小区"))
    await here.presses("问上报人", message=await here.message_with("新港小区"))
    await here.sends("哪一盏？", reply_to=(await here.messages())[-1]["message_id"])
    await town.resident.presses("回答")
    await town.resident.sends(f"门口那盏。{CANARY}")
    await town.passes(hours=30)
    assert seen_in(await everything_in_groups(town)) == []
    assert seen_in(caplog.text) == []
    assert "门口那盏" in await everything_in_groups(town)


async def test_whoever_joins_is_veiled_too(town: Town) -> None:
    await reports_lamp(town.resident)
    await town.neighbour.sends(f"新港小区3栋路灯不亮，{CANARY}")
    await town.neighbour.presses("小区路灯不亮")
    for _ in range(6):
        if any("我也遇到" in one for one in await town.neighbour.buttons()):
            break
        await town.neighbour.presses("跳过")
    await town.neighbour.presses("我也遇到")
    seen = await everything_in_groups(town)
    assert "另一位居民也遇到了" in seen and seen_in(seen) == []


async def test_words_longer_than_a_card_are_veiled_before_they_are_cut(town: Town) -> None:
    await reports(town, words="路灯不亮。" * 299 + f"夜里黑{PHONE}看不见路。" + "又灭。" * 300 + CANARY)
    assert seen_in(await everything_in_groups(town)) == []


async def test_the_one_who_signed_reads_it_whole_and_privately(town: Town) -> None:
    await goes_to(town, 10)
    number = await reports_lamp(town.resident, f"新港小区3栋路灯不亮，找{NAME}，电话{PHONE}，车{PLATE}")
    here = town.community_group
    await here.presses("签收", message=await here.message_with(number))
    case = await case_of(town, number)
    await town.responder.sends(f"/start c_{case.id}")
    assert PHONE in (await town.responder.message_with(number))["text"]
    await town.leader.sends(f"/start c_{case.id}")
    assert PHONE not in str([one for one in await town.leader.messages() if one["from"]["is_bot"]])


async def test_a_plate_stays_where_the_matter_asks_for_one(town: Town) -> None:
    await reports(town, "I01", f"{PLATE}堵门了，电话{PHONE}")
    seen = await everything_in_groups(town)
    assert PLATE in seen and PHONE not in seen


async def test_a_door_stays_where_it_burns(town: Town) -> None:
    await reports(town, "A01", f"3栋2单元502的老李家着火了，电话{PHONE}", danger=True)
    seen = await everything_in_groups(town)
    assert "3栋2单元502" in seen and PHONE not in seen


async def test_a_callers_number_typed_as_the_place_is_kept_apart(town: Town) -> None:
    await records(town.dispatcher, "电话", "李大爷", "路灯不亮")
    await town.dispatcher.presses("小区路灯不亮")
    for _ in range(6):
        if "在什么地方" in await town.dispatcher.said():
            break
        await town.dispatcher.presses("跳过")
    await town.dispatcher.sends(f"新港小区3栋楼下 {PHONE}")
    number = await submits(town.dispatcher)
    case = await case_of(town, number)
    assert PHONE not in case.place and "新港小区3栋" in case.place
    assert PHONE not in await everything_in_groups(town)


async def test_who_says_i_am_is_veiled_in_the_group_and_for_whoever_watches(town: Town) -> None:
    await goes_to(town, 10)
    await reports(town, words=f"楼下路灯不亮，我是3栋的电工{NAME}，我妈李桂兰也说黑，座机85551234")
    for read in (await everything_in_groups(town), (await town.grid_member.message_with("监督单"))["text"]):
        assert "路灯不亮" in read
        assert not any(one in read for one in (NAME, "李桂兰", "85551234"))


async def test_a_sealed_report_tells_the_unit_what_it_is_and_not_who_says_so(town: Town) -> None:
    await goes_to(town, 10)
    words = f"我是宏达化工厂电工{NAME}。厂里晚上倒废酸，我们厂长叫张大海倒的，我家住3栋201"
    case = await reports(town, "D05b", words, sealed=True)
    assert await town.dispatcher.sees(NAME), "the centre reads it whole"
    await town.dispatcher.presses("派给其他单位", message=await town.dispatcher.message_with(case.number))
    await town.dispatcher.presses("新茂社区", message=await town.dispatcher.message_with(case.number))
    told = (NAME, "宏达化工厂电工", "3栋201", "我们厂")
    card = await town.responder.message_with(case.number)
    assert "厂里晚上倒废酸" in card["text"] and not any(one in card["text"] for one in told)
    await town.responder.presses("签收", message=card)
    signed = (await town.responder.message_with(case.number))["text"]
    assert "张大海" in signed, "whom it tells of stays for the one who signed"
    assert not any(one in signed for one in told)


async def everything_read_by(*people: Person) -> str:
    """All words that these people were shown."""
    return "\n".join([text for one in people for text in await one.heard()])


async def test_those_who_are_called_or_watch_read_no_numbers_and_names(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, STALL, f"门口摆摊，{CANARY}")
    await town.centre_group.presses("派给丁岗镇综治办", message=await town.centre_group.message_with(case.number))
    office = town.town_office.inside(-5003)
    for words in ("签收", "到场"):
        await office.presses(words, message=await office.message_with(case.number))
    await decides(town.centre_group, case, "吹哨")
    for words in ("消防", "选好", "09:00"):
        await town.dispatcher.presses(words)
    await town.dispatcher.presses("就在事发地点")
    await town.dispatcher.sends("清场")
    await town.dispatcher.presses("📣 吹哨")
    called = town.fire_brigade.inside(-5005)
    assert await called.sees("门口摆摊") and await town.grid_member.sees("门口摆摊")
    read = await everything_read_by(called, office, town.grid_member)
    assert seen_in(read) == []


async def test_what_is_merged_answered_objected_or_dangerous_is_veiled_in_groups(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, STALL, "门口摆摊")
    await town.neighbour.sends("/start")
    same = await reports(town, STALL, f"门口又摆摊，{CANARY}", who=town.neighbour)
    await town.centre_group.presses(
        "派给丁岗镇综治办", message=await town.centre_group.message_with(f"\n{case.number}　")
    )
    await decides(town.centre_group, same, "并案")
    await town.centre_group.presses(case.number, message=await card_of(town.centre_group, same))
    assert await town.town_office.inside(-5003).sees("另一位居民也遇到了：门口又摆摊")
    asked = await reports(town, STALL, "后门也摆摊")
    await town.centre_group.presses("问上报人", message=await card_of(town.centre_group, asked))
    await answers(town.centre_group, "怎么找您？")
    await town.resident.presses("✍️ 回答")
    await town.resident.sends(f"找我就行，{CANARY}")
    assert await town.centre_group.sees("上报人回答：找我就行")
    await decides(town.centre_group, asked, "不予受理", "不在本区")
    await town.centre_group.presses("就这样告诉上报人")
    await town.resident.presses("不同意")
    await town.resident.sends(f"就在本区，{CANARY}")
    assert await town.centre_group.sees("上报人不同意，请再看一次：就在本区")
    groups = (town.centre_group, town.town_office.inside(-5003), town.fire_brigade.inside(-5005))
    assert seen_in(await everything_read_by(*groups)) == []
    await town.resident.presses("补充", message=await promise_card(town.resident, case.number))
    await town.resident.sends(f"摊子着火了，{CANARY}")
    assert await town.centre_group.sees("险情，已加急：摊子着火了")
    assert set(seen_in(await everything_read_by(*groups))) <= {"老张"}, (
        "a door stays where it burns, and who is behind it"
    )
