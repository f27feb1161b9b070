"""下载我的上报: one page that a layman reads, with the own words, photos and the timeline, and nothing of others."""

from html import unescape
from re import findall

from bot.jobs import mydata as packing
from tests.stories.office import reports
from tests.stories.steps import nothing_failed, picture, reports_lamp, submits
from tests.stories.test_subscribe import follows
from tests.town import Person, Town


async def _pages(town: Town, person: Person) -> list[str]:
    """The files that came, as they read."""
    await town.fetches()
    found: list[str] = []
    for one in await person.messages():
        if "document" in one and one["from"]["is_bot"]:
            async with town.session.get(f"/sandbox/files/{one['document']['file_id']}") as response:
                found.append(await response.text())
    return found


async def test_the_page_holds_words_photos_and_what_happened(town: Town) -> None:
    resident = town.resident
    await resident.sends_any(photo=picture(40), caption="新港小区3栋楼下路灯不亮 <b>&")
    await resident.presses("小区路灯不亮")
    number = await submits(resident)
    await town.fetches()
    await resident.sends(number)
    await resident.presses("补充")
    await resident.sends("旁边还有一盏也不亮")
    await town.community_group.presses("签收")
    await resident.sends("/mine")
    await resident.presses("下载我的上报")
    assert "正在整理" in await resident.said()
    pages = await _pages(town, resident)
    assert len(pages) == 1
    text = unescape(pages[0])
    for words in (number, "路灯不亮 <b>&", "旁边还有一盏也不亮", "您上报了这件事", "新茂社区已签收", "上报时间：20"):
        assert words in text, words
    assert "<b>" not in pages[0], "nobody's words are marks"
    assert len(findall("data:image/jpeg;base64,", pages[0])) == 1
    assert await resident.sees("您报过的事都在这里")
    assert await nothing_failed(town)


async def test_what_is_kept_besides_stands_above_the_reports(town: Town) -> None:
    resident = town.resident
    await reports_lamp(resident)
    await resident.sends("/mydata")
    assert "您关注着" not in (await _pages(town, resident))[0]
    await follows(resident, "DX0101")
    await town.passes(minutes=61)
    await resident.sends("/mydata")
    assert "您关注着：新茂社区。" in unescape((await _pages(town, resident))[1])


async def test_once_an_hour_and_nothing_for_whoever_reported_nothing(town: Town) -> None:
    resident = town.resident
    await resident.sends("/mydata")
    assert "还没有反映过事情" in await resident.said()
    await reports_lamp(resident)
    await resident.sends("/mydata")
    await resident.sends("/mydata")
    assert "刚给您做过一份" in await resident.said()
    assert len(await _pages(town, resident)) == 1
    await town.passes(minutes=61)
    await resident.sends("/mydata")
    assert len(await _pages(town, resident)) == 2


async def test_nothing_of_whoever_joined_is_in_it_and_nothing_of_the_reporter_in_theirs(town: Town) -> None:
    resident, neighbour = town.resident, town.neighbour
    await resident.sends_any(photo=picture(30), caption="这里路灯坏了，是王奶奶说的")
    await resident.presses("小区路灯不亮")
    await _goes_to_the_card(resident)
    await resident.presses("提交")
    await neighbour.sends_any(photo=picture(90), caption="我们这边路灯也坏了，我是老李")
    await neighbour.presses("小区路灯不亮")
    await _goes_to_the_card(neighbour)
    await neighbour.presses("我也遇到")
    await neighbour.sends_any(photo=picture(120))
    await neighbour.presses("这件事的")
    await town.fetches()
    for person, own, other in ((resident, "王奶奶", "老李"), (neighbour, "我也遇到", "王奶奶")):
        await person.sends("/mydata")
        page = unescape((await _pages(town, person))[0])
        assert own in page
        assert other not in page
        assert page.count("data:image/jpeg") == (1 if person is resident else 2)
    assert await nothing_failed(town)


async def _goes_to_the_card(person: Person) -> None:
    await person.presses("一盏")
    await person.shares_location(32.19, 119.593)
    assert "请看一眼" in await person.said()


async def test_many_reports_come_in_parts_and_none_is_missing(town: Town) -> None:
    resident = town.resident
    await resident.sends("/start")
    numbers = [(await reports(town)).number for _ in range(60)]
    packing_size = packing.MOST_REPORTS
    packing.MOST_REPORTS = 25
    try:
        await resident.sends("/mydata")
        pages = await _pages(town, resident)
    finally:
        packing.MOST_REPORTS = packing_size
    assert len(pages) == 3
    shown = [number for page in pages for number in findall(r"<h2>(\d{6}-\d{3})", page)]
    assert shown == numbers[::-1]
    assert await resident.sees("第 3 份")


async def test_being_forgotten_stops_what_was_asked_for(town: Town) -> None:
    resident = town.resident
    number = await reports_lamp(resident)
    await resident.sends(number)
    await resident.presses("撤回")
    await resident.presses("确定撤回")
    await resident.sends("/mydata")
    await resident.sends("/forget")
    await resident.presses("确定删除")
    assert await _pages(town, resident) == []
