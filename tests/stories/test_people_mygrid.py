"""我的网格员: who is responsible for my building, told to anybody; and whether who is at the door is real."""

import re
from pathlib import Path

import pytest

import bot.outbox.invitations as drawing
from bot.desk.desk import Desk
from storage import grid, people
from tests.stories.register import GRID, enters
from tests.stories.steps import nothing_failed, reports_lamp
from tests.stories.test_people_invitations import invited
from tests.town import Town

CODE = re.compile(r"s_[\w-]{20,}")


@pytest.fixture
def codes(town: Town, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The links of the codes that were drawn, as a telephone would read them."""
    drawn: list[str] = []
    draw = drawing.code_of

    def seen(link: str) -> bytes:
        drawn.append(link.partition("start=")[2])
        return draw(link)

    monkeypatch.setattr(drawing, "code_of", seen)
    return drawn


async def test_asked_by_location_and_answered_with_hours_and_a_telephone_that_may_be_shown(
    town: Town, tmp_path: Path
) -> None:
    await enters(
        town,
        tmp_path,
        ("冯桂兰", "13800001111", "中心户", "DX01010103", "", "8:00-18:00", "是"),
        ("马队", "13800002222", "楼栋长", "DX01010103"),
    )
    await town.whistleblower.sends(f"/start {await invited(town, '冯桂兰')}")
    await town.resident.sends("/mygrid")
    assert "您住在哪里" in await town.resident.said(2)
    await town.resident.presses("发送我的位置")
    said = await town.resident.said()
    assert "冯桂兰" in said and "8:00-18:00" in said and "13800001111" in said
    assert "钱丽" in said and "网格员" in said
    assert "马队" not in said, "was invited and has not come in"
    assert "13800002222" not in "".join(await town.resident.heard())
    assert said.index("冯桂兰") < said.index("钱丽"), "the nearest first"
    assert await nothing_failed(town)


async def test_whoever_names_no_place_again_and_again_is_asked_no_more_and_the_report_goes_on(town: Town) -> None:
    await town.resident.sends("路灯不亮，黑得很")
    await town.resident.sends("/mygrid")
    for words in ("月亮背面", "太阳背面"):
        await town.resident.sends(words)
        assert "没找到这个地方" in await town.resident.said()
    await town.resident.sends("火星")
    assert "先不找了" in await town.resident.said()
    await town.resident.sends("新港小区3栋")
    assert "小区路灯不亮" in str(await town.resident.buttons())
    assert await nothing_failed(town)


async def test_asked_in_words_or_by_tapping(town: Town) -> None:
    await town.resident.sends("/mygrid")
    await town.resident.sends("月亮背面")
    assert "没找到这个地方" in await town.resident.said()
    await town.resident.sends("新港小区3栋")
    assert "钱丽" in await town.resident.said()
    await town.resident.presses("换个地方")
    await town.resident.presses("滨河社区")
    await town.resident.presses("滨河花园")
    await town.resident.presses("1栋")
    assert "还没有登记负责的人" in await town.resident.said()
    assert await nothing_failed(town)


async def test_the_place_of_a_report_is_known_and_a_draft_is_not_lost(town: Town) -> None:
    await reports_lamp(town.resident)
    await town.resident.presses("我的网格员")
    assert "新港小区" in await town.resident.said() and "钱丽" in await town.resident.said()
    await town.neighbour.sends("楼道灯坏了")
    await town.neighbour.sends("/mygrid")
    await town.neighbour.sends("新港小区")
    assert "钱丽" in await town.neighbour.said()
    await town.neighbour.sends("我要反映")
    assert (await town.neighbour.buttons())[0] != "💬 伢叔转告"


async def test_passing_it_on_opens_a_report_that_knows_the_place(town: Town) -> None:
    await town.resident.sends("/mygrid")
    await town.resident.sends("新港小区")
    await town.resident.presses("伢叔转告")
    assert "转告负责新茂社区新港小区的人" in await town.resident.said()
    await town.resident.sends("楼下路灯不亮")
    await town.resident.presses("小区路灯不亮")
    assert "在什么地方" not in "".join(await town.resident.heard())


async def test_the_code_of_a_poster_knows_the_place_too(town: Town) -> None:
    await town.resident.sends(f"/start g_{GRID}")
    assert "新茂社区新港小区。这里有什么事" in await town.resident.said(2)
    await town.resident.presses("我的网格员")
    assert "钱丽" in await town.resident.said()


async def test_the_public_directory_is_paged(town: Town) -> None:
    async def work(desk: Desk) -> None:
        place = await grid.by_code(desk.tx, "DX01010102")
        assert place is not None
        for n in range(9):
            duty = {"role": "informer", "node_id": place.id}
            await people.appoint(desk.tx, desk.office.seals.vault, 8000 + n, f"甲{n}", [duty])

    await town.app.at_desk(work)
    await town.resident.sends("/mygrid")
    await town.resident.sends("新港小区")
    await town.resident.presses("网格员公示")
    said = await town.resident.said()
    assert "新茂社区 网格员公示" in said and "钱丽" in said and "甲4" in said and "甲5" not in said
    await town.resident.presses("下一页")
    said = await town.resident.said()
    assert "甲8" in said and "钱丽" not in said
    await town.resident.presses("第一页")
    assert "钱丽" in await town.resident.said()


async def test_a_staff_card_is_read_once_and_within_ten_minutes(town: Town, codes: list[str]) -> None:
    await town.grid_member.sends("/mygrid")
    await town.grid_member.sends("新港小区")
    await town.grid_member.presses("出示工作证")
    assert (await town.grid_member.messages())[-1]["photo"]
    first = codes[-1]
    assert CODE.fullmatch(first)
    await town.resident.sends(f"/start {first}")
    said = await town.resident.said()
    assert "✅ 钱丽" in said and "在岗" in said and "网格员 · 新港小区" in said
    await town.resident.sends(f"/start {first}")
    assert "✅ 钱丽" in await town.resident.said(), "who has read it may read it again"
    await town.neighbour.sends(f"/start {first}")
    assert "这个码看不了" in await town.neighbour.said(), "a photo of the card does not pass"
    await town.grid_member.sends("/card")
    second = codes[-1]
    assert second != first
    await town.passes(minutes=11)
    await town.neighbour.sends(f"/start {second}")
    assert "这个码看不了" in await town.neighbour.said()
    assert await nothing_failed(town)


async def test_whoever_has_left_is_told_as_such_and_shows_no_card(town: Town, codes: list[str]) -> None:
    await town.grid_member.sends("/card")
    await town.admin.sends("/people 钱丽")
    await town.admin.presses("停用")
    await town.resident.sends(f"/start {codes[-1]}")
    assert "⛔️ 钱丽　已停用" in await town.resident.said()
    await town.grid_member.sends("/card")
    assert "不归您办" in await town.grid_member.said()
    await town.resident.sends("/card")
    assert "不归您办" in await town.resident.said()


async def test_forged_buttons_do_nothing(town: Town) -> None:
    await town.resident.sends("/mygrid")
    shown = (await town.resident.messages())[-1]["message_id"]
    for data in ("w:", "w:s", "w:o:x", f"w:h:{'9' * 30}", "w:h:999999", "w:l:1", "w:zz:1", "w:t:999999", "w:l:1:x"):
        said = await town.resident.presses_data(shown, data)
        assert said is not None and said["show_alert"]
    assert await nothing_failed(town)
