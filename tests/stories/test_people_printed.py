"""Printed invitations, contact cards and posters: one PDF each; whoever comes with a printed link is approved first."""

import re
from pathlib import Path

import pytest

from bot.desk.desk import Desk
from bot.desk.inviting import print_blank, print_for
from storage import grid, members, units
from tests.databases import copied
from tests.stories.register import GRID, beside, enters, runs
from tests.stories.steps import nothing_failed
from tests.stories.test_people_invitations import row_of
from tests.town import Town


async def printed(town: Town, role: str = "grid_member") -> list[str]:
    """The payloads of a sheet for the whole district."""

    async def work(desk: Desk) -> list[str]:
        top = await grid.by_code(desk.tx, "DX")
        assert top is not None
        found = await members.for_places(desk.tx, top.path, {role}, {"invited"}, desk.now(), 100)
        return [one.token for one in await print_for(desk, found, lambda _count: None)]

    return await town.app.at_desk(work)


def pages(pdf: Path) -> int:
    """How many pages a PDF has."""
    content = pdf.read_bytes()
    assert content.startswith(b"%PDF-")
    found = re.search(rb"/Count (\d+)", content)
    assert found
    return int(found[1])


async def test_a_printed_invitation_counts_when_the_leader_of_the_community_agrees(town: Town, tmp_path: Path) -> None:
    await enters(town, tmp_path, ("冯桂兰", "", "网格员", GRID))
    (payload,) = await printed(town)
    await town.neighbour.sends(f"/start {payload}")
    assert "等负责人点一下同意" in await town.neighbour.said()
    assert (await row_of(town, "冯桂兰")).person_id is None
    asked = await town.leader.said()
    assert "冯桂兰" in asked and "小陈" in asked
    assert not await town.dispatcher.sees("打印的邀请"), "the nearest is asked"
    forged = (await town.leader.messages())[-1]["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    for stranger in (town.resident, town.neighbour, town.responder, town.other_responder):
        await stranger.sends("/start")
        shown = (await stranger.messages())[-1]
        said = await stranger.presses_data(shown["message_id"], forged)
        assert said is not None and said["show_alert"]
    await town.leader.presses("同意")
    assert "欢迎您，冯桂兰" in await town.neighbour.said()
    assert (await row_of(town, "冯桂兰")).state == "active"
    again = await town.dispatcher.presses_data((await town.dispatcher.messages())[-1]["message_id"], forged)
    assert again is not None and again["show_alert"]
    assert await nothing_failed(town)


async def test_a_refused_one_may_be_invited_anew(town: Town, tmp_path: Path) -> None:
    await enters(town, tmp_path, ("冯桂兰", "", "网格员", GRID))
    (payload,) = await printed(town)
    await town.neighbour.sends(f"/start {payload}")
    await town.leader.presses("不同意")
    assert "没有同意" in await town.neighbour.said()
    assert (await row_of(town, "冯桂兰")).state == "invited"
    await town.neighbour.sends(f"/start {payload}")
    assert "用不了" in await town.neighbour.said()
    (again,) = await printed(town)
    await town.resident.sends(f"/start {again}")
    await town.leader.presses("同意")
    assert "欢迎您" in await town.resident.said()


async def test_a_new_sheet_makes_the_old_one_worthless_and_a_month_ends_it(town: Town, tmp_path: Path) -> None:
    await enters(town, tmp_path, ("冯桂兰", "", "网格员", GRID))
    (old,) = await printed(town)
    (new,) = await printed(town)
    await town.neighbour.sends(f"/start {old}")
    assert "用不了" in await town.neighbour.said()
    await town.passes(days=30, minutes=1)
    await town.neighbour.sends(f"/start {new}")
    assert "用不了" in await town.neighbour.said()


async def test_without_a_leader_the_dispatchers_are_asked(town: Town, tmp_path: Path) -> None:
    await enters(town, tmp_path, ("冯桂兰", "", "网格员", "DX010201"))
    (payload,) = await printed(town)
    await town.neighbour.sends(f"/start {payload}")
    await town.dispatcher.presses("同意")
    assert "欢迎您，冯桂兰" in await town.neighbour.said()


async def test_a_card_without_a_name_makes_a_line_of_the_register_once_it_is_approved(town: Town) -> None:
    async def work(desk: Desk) -> list[str]:
        place = await grid.by_code(desk.tx, GRID)
        assert place is not None
        return [one.token for one in await print_blank(desk, place, "household_head", 2)]

    first, second = await town.app.at_desk(work)
    await town.neighbour.sends(f"/start {first}")
    assert "中心户 · 新港小区" in await town.neighbour.said()
    asked = await town.leader.said()
    assert "没有写名字" in asked and "小陈" in asked
    await town.leader.presses("同意")
    assert "欢迎您，小陈" in await town.neighbour.said()
    assert (await row_of(town, "小陈")).state == "active"
    await town.resident.sends(f"/start {second}")
    await town.leader.presses("不同意")
    assert "没有同意" in await town.resident.said()
    await town.resident.sends("/mygrid")
    await town.resident.sends("新港小区")
    assert "小陈" in await town.resident.said()
    assert "王奶奶" not in await town.resident.said()
    assert await nothing_failed(town)


async def test_sheet_cards_and_poster_are_drawn(town: Town, tmp_path: Path) -> None:
    rows = [(f"甲{n}喆", "", "网格员", GRID) for n in range(11)]
    await enters(town, tmp_path, ("冯桂兰", "13800001111", "网格员", GRID, "", "8:00-18:00", "是"), *rows)
    sheet, cards, poster = (tmp_path / f"{name}.pdf" for name in ("sheet", "cards", "poster"))
    told = await beside(town, "people", "invitations", "--role", "网格员", "--node", "DX", "--bot", "b", "--out", sheet)
    assert "共 12 张" in told.output
    assert pages(sheet) == 2
    assert sheet.stat().st_mode & 0o077 == 0
    words = ("--role", "中心户", "--node", GRID, "--blank", "21", "--bot", "b", "--out", sheet)
    assert "共 21 张" in (await beside(town, "people", "invitations", *words)).output
    assert pages(sheet) == 3
    told = await beside(town, "people", "cards", "--node", GRID, "--bot", "b", "--out", cards)
    assert "共 15 张" in told.output, "those who work already too"
    assert pages(cards) == 2
    told = await beside(town, "people", "poster", "--node", "DX0101", "--bot", "b", "--out", poster)
    assert told.exit_code == 0, told.output
    assert pages(poster) == 1


async def test_responders_come_with_the_sheet_of_their_unit(town: Town, tmp_path: Path) -> None:
    await enters(town, tmp_path, ("马队", "", "处置人", "", "xinmao"), ("何队", "", "处置人", "", "binhe"))
    sheet = tmp_path / "sheet.pdf"
    words = ("people", "invitations", "--role", "responder", "--unit", "xinmao", "--bot", "b", "--out", sheet)
    told = await beside(town, *words)
    assert "共 1 张" in told.output, "nobody of another unit"
    assert pages(sheet) == 1
    told = await beside(town, *words, "--blank", "3")
    assert "共 3 张" in told.output

    async def work(desk: Desk) -> str:
        unit = await units.by_code(desk.tx, "xinmao")
        assert unit is not None
        (one,) = await print_blank(desk, unit, "responder", 1)
        assert one.place == "新茂社区"
        return one.token

    await town.neighbour.sends(f"/start {await town.app.at_desk(work)}")
    assert "处置人 · 新茂社区" in await town.neighbour.said()
    await town.leader.presses("同意")
    assert "欢迎您，小陈" in await town.neighbour.said()
    assert not await town.other_responder.sees("打印的邀请"), "another unit is not asked"
    assert await nothing_failed(town)


WRONG = {
    "请用 --unit": ("invitations", "--role", "处置人", "--node", GRID, "--bot", "b"),
    "请用 --node": ("invitations", "--role", "网格员", "--unit", "xinmao", "--bot", "b"),
    "没有编码为“XX”的单位": ("invitations", "--role", "处置人", "--unit", "XX", "--bot", "b"),
    "不能打印": ("invitations", "--role", "研判员", "--node", GRID, "--bot", "b"),
    "没有编码为“XX”的网格": ("cards", "--node", "XX", "--bot", "b"),
    "那里没有等着邀请的人": ("invitations", "--role", "中心户", "--node", GRID, "--bot", "b"),
    "不能做成二维码": ("poster", "--node", "新港", "--bot", "b"),
    "连不上 Telegram": ("poster", "--node", GRID),
    "还没有登记负责的人": ("cards", "--node", "DX0102", "--bot", "b"),
}


@pytest.mark.parametrize(("said", "words"), WRONG.items(), ids=range(len(WRONG)))
def test_what_cannot_be_printed_is_told(tmp_path: Path, template: Path, said: str, words: tuple[str, ...]) -> None:
    told = runs(_copied(template, tmp_path), "people", *words, "--out", tmp_path / "a.pdf")
    assert told.exit_code == 1
    assert said in told.output
    assert not (tmp_path / "a.pdf").exists()


def _copied(template: Path, tmp_path: Path) -> Path:
    copied(template, tmp_path / "data")
    return tmp_path / "data"
