"""/grid: an admin looks at the grid, corrects it and draws it anew; what is open follows, and nobody's link breaks."""

import asyncio
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select

from bot.cases.case import Status
from bot.outbox.redrawings import unplaced
from storage import grid, resident_groups
from storage.remembered import FRESH_S
from storage.tables import broadcasts, cases, duties, members, nodes, redrawings, subscriptions, units
from storage.tables import resident_groups as resident_group_rows
from tests.stories.office import SECRET, goes_to, now_is, reports, solved
from tests.stories.register import beside, enters, runs
from tests.stories.steps import nothing_failed, submits
from tests.town import Town

ESTATE = "DX010101"
EAST, WEST = ("--part", "DX010103=新港东区:DX01010102"), ("--part", "DX010104=新港西区:DX01010101,DX01010103")
"""The estate by its buildings; between them it is cut in the middle."""


async def code_of(town: Town, node_id: int | None) -> str:
    """The code of a place."""
    async with town.app.database.read() as tx:
        return (await tx.execute(select(nodes.c.code).where(nodes.c.id == node_id))).scalar_one()


async def place_of(town: Town, case: Any) -> str:
    """Where a case is now."""
    return await code_of(town, (await now_is(town, case)).node_id)


async def codes_of(town: Town, name: str) -> list[str]:
    """The places somebody of the register is for."""
    async with town.app.database.read() as tx:
        joined = duties.join(members, members.c.id == duties.c.member_id).join(nodes, nodes.c.id == duties.c.node_id)
        rows = await tx.execute(select(nodes.c.code).select_from(joined).where(members.c.name == name))
        return sorted(rows.scalars())


async def redraws(town: Town, *words: object) -> str:
    """`yashu redraw WORDS --apply`, and the running product reads the grid anew."""
    said = await asyncio.to_thread(runs, town.app.settings.data_dir, "redraw", *words, "--reason", "太大", "--apply")
    assert said.exit_code == 0, said.output
    await asyncio.sleep(FRESH_S)
    town.app.sender.look()
    await town.settles()
    return str(said.output)


async def test_the_grid_is_walked_down_by_buttons_and_searched_by_words(town: Town) -> None:
    await town.admin.sends("/grid")
    await town.admin.presses("东乡区")
    card = await town.admin.said()
    assert "区" in card and "编码：DX" in card and "下面的网格：9 个" in card
    await town.admin.presses("下面的网格")
    await town.admin.presses("丁岗镇")
    await town.admin.presses("下面的网格")
    assert await town.admin.buttons() == ["新茂社区", "滨河社区", "⬅️ 回到网格"]
    await town.admin.sends("/grid 新")
    assert "是哪一个" in await town.admin.said()
    assert await town.admin.buttons() == ["新茂社区　DX0101", "新港小区　DX010101"]
    await town.admin.presses("新港小区")
    card = await town.admin.said()
    assert "东乡区丁岗镇新茂社区新港小区" in card and "别名：新港" in card and "钱丽 · 网格员" in card
    await town.admin.sends("/grid dx01010101")
    assert "超过 50 户" in await town.admin.said()
    await town.admin.sends("/grid 皇宫")
    assert "没有找到" in await town.admin.said()
    assert await nothing_failed(town)


async def test_a_grid_member_sees_the_own_place_and_strangers_see_none(town: Town) -> None:
    await town.grid_member.sends("/grid")
    assert await town.grid_member.buttons() == ["新港小区"]
    await town.grid_member.presses("新港小区")
    assert not [words for words in await town.grid_member.buttons() if "✏️" in words or "拆分" in words]
    shown = await town.grid_member.message_with("编码：DX010101")
    async with town.app.database.read() as tx:
        other = await grid.by_code(tx, "DX010201")
    assert other is not None
    answer = await town.grid_member.presses_data(shown["message_id"], f"grid:o:{other.id}")
    assert answer and "不归您办" in answer["text"]
    answer = await town.grid_member.presses_data(shown["message_id"], f"grid:e:{other.id}:name")
    assert answer and "不归您办" in answer["text"]
    await town.dispatcher.sends("/grid 滨河花园")
    assert "滨河花园" in await town.dispatcher.said()
    await town.resident.sends("/grid 滨河花园")
    assert "不归您办" in await town.resident.said()


async def test_what_stands_on_a_card_is_corrected(town: Town) -> None:
    await town.admin.sends("/grid DX01010102")
    await town.admin.presses("✏️ 户数")
    await town.admin.sends("很多")
    assert "户数“很多”不对" in await town.admin.said()
    await town.admin.sends("36")
    assert "户数：36　⚠️ 超过 35 户" in await town.admin.said()
    await town.admin.presses("✏️ 别名")
    await town.admin.sends("小二楼、邮局楼")
    assert "别名：小二楼、邮局楼" in await town.admin.said()
    await town.admin.presses("✏️ 户数")
    await town.admin.sends("无")
    assert "户数" not in await town.admin.said()
    await town.resident.sends("新港小区邮局楼路灯不亮")
    number = await submits(town.resident)
    async with town.app.database.read() as tx:
        node_id = (await tx.execute(select(cases.c.node_id).where(cases.c.number == number))).scalar()
    assert node_id is None or await code_of(town, node_id) in {"DX01010102", ESTATE}


async def test_a_place_has_a_code_that_residents_scan(town: Town) -> None:
    await town.admin.sends(f"/grid {ESTATE}")
    await town.admin.presses("二维码")
    sent = (await town.admin.messages())[-1]
    assert sent["photo"] and f"start=g_{ESTATE}" in sent["caption"]


async def test_a_place_comes_as_a_picture_with_its_cases_but_no_confidential_one(town: Town) -> None:
    point: dict[str, Any] = {"latitude": 32.187, "longitude": 119.5965}
    await reports(town, node="DX01010102", **point)
    await reports(town, SECRET, "有人收钱", node="DX01010102", **point)
    await town.admin.sends(f"/grid {ESTATE}")
    await town.admin.presses("看图")
    await town.fetches()
    sent = (await town.admin.messages())[-1]
    assert "图上有 1 件未办结事项" in sent["caption"]
    known = town.sandbox.world.files.get(sent["photo"][-1]["file_id"])
    assert known is not None
    picture = Image.open(BytesIO(known.data)).convert("RGB")
    assert picture.width == 1080
    middle: Any = picture.resize((picture.width // 40, picture.height // 40)).getpixel((13, 7))
    red, green, blue = middle
    assert green > red + 8 and green > blue + 8, "the estate itself, not paper"


async def test_an_estate_is_split_by_taps_looked_at_first_and_confirmed_once(town: Town) -> None:
    case = await reports(town, latitude=32.187, longitude=119.5965, node=ESTATE)
    await town.admin.sends(f"/grid {ESTATE}")
    await town.admin.presses("拆分")
    await town.admin.presses("选好了")
    assert "DX010103" not in await town.admin.said(), "nothing was chosen"
    await town.admin.presses("2栋")
    await town.admin.presses("选好了")
    await town.admin.sends("东区和西区")
    assert "没看懂" in await town.admin.said()
    await town.admin.sends("DX010103 新港东区\nDX010104 新港西区")
    await town.admin.sends("户数太多")
    look = await town.admin.said()
    assert "预览：拆分" in look and "未办结事项 1 件，人员 1 人" in look
    assert "钱丽（网格员）现在管 新港东区、新港西区" in look
    assert await place_of(town, case) == ESTATE
    asked = await town.admin.message_with("预览：拆分")
    await town.admin.presses("确认调整", message=asked)
    assert "网格调整第 1 次：拆分" in await town.admin.said()
    assert await place_of(town, case) == "DX010103"
    assert await codes_of(town, "钱丽") == ["DX010103", "DX010104"]
    again = await town.admin.presses_data(asked["message_id"], "regrid:yes:12345678")
    assert again and "已经过去" in again["text"]
    async with town.app.database.read() as tx:
        assert (await tx.execute(select(func.count()).select_from(redrawings))).scalar() == 1
    await town.admin.sends(f"/grid {ESTATE}")
    card = await town.admin.said()
    assert "停用，现在是：新港东区 DX010103、新港西区 DX010104" in card
    assert await nothing_failed(town)


async def test_what_was_split_is_taken_back_from_its_history(town: Town) -> None:
    case = await reports(town, node=ESTATE, latitude=32.187, longitude=119.5965)
    await redraws(town, "split", ESTATE, *EAST, *WEST)
    await town.admin.sends("/grid DX010103")
    await town.admin.presses("沿革")
    assert "启用（第 1 次调整：太大）" in await town.admin.said()
    await town.admin.presses("撤销这次调整")
    await town.admin.sends("弄错了")
    assert "预览：撤销" in await town.admin.said()
    await town.admin.presses("确认调整")
    assert await place_of(town, case) == ESTATE
    assert await codes_of(town, "钱丽") == [ESTATE]
    await town.admin.sends(f"/grid {ESTATE}")
    assert "停用" not in await town.admin.said()
    await town.admin.presses("沿革")
    history = await town.admin.said()
    assert history.index("停用（第 1 次调整：太大）") < history.index("启用（第 2 次调整：弄错了）")


async def test_two_buildings_are_merged_and_one_moves_by_taps(town: Town) -> None:
    await town.admin.sends("/grid DX01010101")
    await town.admin.presses("合并")
    await town.admin.presses("3栋")
    await town.admin.presses("选好了")
    await town.admin.sends("DX01010104 一三栋")
    await town.admin.sends("户数太少")
    await town.admin.presses("确认调整")
    await town.admin.presses("一三栋")
    card = await town.admin.said()
    assert "户数：90" in card and "1号楼" in card and "三栋" in card
    assert "高建军 · 中心户" in card and "马秀兰 · 中心户" in card
    await town.admin.presses("换上级")
    await town.admin.sends("滨河社区")
    assert "没有找到这样的小组" in await town.admin.said()
    await town.admin.sends("滨河花园")
    await town.admin.sends("离得近")
    await town.admin.presses("确认调整")
    await town.admin.presses("一三栋")
    assert "滨河社区滨河花园一三栋" in await town.admin.said()
    assert await nothing_failed(town)


async def test_whoever_is_no_admin_any_more_confirms_nothing(town: Town) -> None:
    await town.admin.sends("/grid DX01010101")
    await town.admin.presses("换上级")
    await town.admin.sends("滨河花园")
    await town.admin.sends("离得近")
    shown = await town.admin.message_with("预览：调整上级")
    data = next(
        button["callback_data"]
        for row in shown["reply_markup"]["inline_keyboard"]
        for button in row
        if "确认" in button["text"]
    )
    await town.dispatcher.sends("/grid DX01010101")
    theirs = await town.dispatcher.message_with("DX01010101")
    answer = await town.dispatcher.presses_data(theirs["message_id"], data)
    assert answer and "已经过去" in answer["text"]
    answer = await town.dispatcher.presses_data(theirs["message_id"], "regrid:move:7")
    assert answer and "不归您办" in answer["text"]
    async with town.app.database.read() as tx:
        assert (await tx.execute(select(func.count()).select_from(redrawings))).scalar() == 0


async def test_open_cases_follow_by_point_and_by_words_and_the_rest_is_told_to_the_centre(town: Town) -> None:
    by_point = await reports(town, node=ESTATE, latitude=32.187, longitude=119.5965)
    by_words = await reports(town, words="新港西区门口路灯不亮", node=ESTATE)
    nowhere = await reports(town, words="路灯不亮", node=ESTATE)
    secret = await reports(town, SECRET, "路灯不亮", node=ESTATE)
    inside = await reports(town, node="DX01010103")
    ended = await reports(town, words="路灯不亮", node=ESTATE)
    await town.app.at_desk(lambda desk: _closes(desk, ended.id))
    out = await redraws(town, "split", ESTATE, *EAST, *WEST)
    assert "未办结事项 4 件" in out and "2 件事项看不出归哪个新网格" in out
    found = [await place_of(town, one) for one in (by_point, by_words, nowhere, secret, inside, ended)]
    assert found == ["DX010103", "DX010104", "DX0101", "DX0101", "DX01010103", ESTATE]
    told = (await town.centre_group.message_with("看不出归哪个新网格"))["text"]
    assert nowhere.number in told and secret.number not in told and by_point.number not in told
    assert secret.number in (await town.dispatcher.message_with("看不出归哪个新网格"))["text"]
    facts = {"redrawing": 1, "cases": [nowhere.id, secret.id]}
    again = await town.app.at_desk(lambda desk: unplaced(desk, desk.texts(), facts, in_group=True))
    assert again is not None and nowhere.number in again and secret.number not in again, "one sealed since, left out"
    assert town.resident.id and "上报人" not in told
    again = await town.app.at_desk(lambda desk: grid.path(desk.tx, ended.node_id or 0))
    assert [one.code for one in again] == ["DX", "DX01", "DX0101", ESTATE], "what happened there counts above it"


async def _closes(desk: Any, case_id: int) -> None:
    await desk.tx.execute(cases.update().where(cases.c.id == case_id).values(closed_at=desk.now()))


async def test_a_case_that_is_done_again_comes_back_at_what_its_place_is_now(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, node=ESTATE, latitude=32.187, longitude=119.5965)
    await solved(town.community_group, case.number)
    await town.grid_member.presses("核查通过")
    await town.fetches()
    await town.passes(minutes=1)
    await town.resident.presses("及时")
    await town.resident.presses("解决了")
    await town.resident.presses("5 很满意")
    closed = await now_is(town, case)
    assert closed.status is Status.CLOSED
    await redraws(town, "split", ESTATE, *EAST, *WEST)
    assert await place_of(town, case) == ESTATE
    await town.resident.sends(case.number)
    await town.resident.presses("没解决，要求重办")
    await town.resident.sends("又不亮了")
    assert (await now_is(town, case)).closed_at is None
    assert await place_of(town, case) == "DX010103"


async def test_an_old_poster_leads_to_what_the_place_is_now(town: Town) -> None:
    await redraws(town, "merge", "DX01010101", "DX01010102", "--into", "DX01010104=一二栋")
    await town.neighbour.sends("/start g_DX01010101")
    assert "一二栋" in await town.neighbour.said(2)
    await redraws(town, "split", ESTATE, "--part", "DX010103=东区:DX01010104", "--part", "DX010104=西区:DX01010103")
    await town.whistleblower.sends(f"/start g_{ESTATE}")
    assert "您在哪一块" in "\n".join(await town.whistleblower.heard())
    await town.whistleblower.presses("西区")
    await town.whistleblower.sends("路灯不亮")
    number = await submits(town.whistleblower)
    async with town.app.database.read() as tx:
        node_id = (await tx.execute(select(cases.c.node_id).where(cases.c.number == number))).scalar()
    assert await code_of(town, node_id) == "DX010104"


async def test_a_draft_from_before_is_submitted_at_what_its_place_is_now(town: Town) -> None:
    await town.neighbour.sends("/start g_DX01010101")
    await town.neighbour.sends("路灯不亮")
    await redraws(town, "merge", "DX01010101", "DX01010102", "--into", "DX01010104=一二栋")
    number = await submits(town.neighbour)
    async with town.app.database.read() as tx:
        node_id = (await tx.execute(select(cases.c.node_id).where(cases.c.number == number))).scalar()
    assert await code_of(town, node_id) == "DX01010104"


async def test_units_invitations_groups_subscriptions_and_notices_follow_too(town: Town, tmp_path: Path) -> None:
    await enters(town, tmp_path, ("冯桂兰", "13800001111", "网格员", "DX0102"))
    await town.admin.sends("/people 冯桂兰")
    await town.admin.presses("邀请")
    link = re.findall(r"start=(i_[\w-]+)", "\n".join(await town.admin.heard()))[-1]
    await town.app.at_desk(_hangs_on_binhe)
    parts = ("--part", "DX0103=南滨河:DX010201", "--part", "DX0104=北滨河")
    refused = await beside(town, "redraw", "split", "DX0102", *parts, "--reason", "太大")
    assert refused.exit_code == 1 and "单位“滨河社区”设在这个网格。请指定默认去向" in refused.output
    out = await redraws(town, "merge", "DX0101", "DX0102", "--into", "DX0105=新滨社区")
    assert "居民群 1 个，邀请 1 张，订阅 1 人" in out and "请核对单位设在哪个网格" in out
    after = await town.app.at_desk(_where)
    assert after == {"group": "DX0105", "subscription": "DX0105", "unit": "DX0105", "broadcast": "DX0105"}
    async with town.app.database.read() as tx:
        heard = (await tx.execute(select(subscriptions.c.results, subscriptions.c.works))).one()
    assert tuple(heard) == (True, False), "what was switched off stays off"
    await town.neighbour.sends(f"/start {link}")
    assert "新滨社区" in await town.neighbour.said()
    case = await reports(town, node="DX01020101")
    assert case.unit_id is not None, "a unit of the merged community takes it"
    assert await nothing_failed(town)


async def _hangs_on_binhe(desk: Any) -> None:
    place = await grid.by_code(desk.tx, "DX0102")
    assert place is not None
    await resident_groups.bind(desk.tx, -7001, place.id, 0, desk.now())
    who = (await desk.tx.execute(select(duties.c.person_id).where(duties.c.role == "dispatcher"))).scalars().first()
    await desk.tx.execute(subscriptions.insert(), _wants_no_works(who, place.id, desk.now()))
    row = {"draft": "x", "maker": who, "audience": {"role": "all", "path": place.path, "tag": None}, "title": "停水"}
    more = {"content": b"", "stand": "scheduled", "total": 1, "made_at": desk.now(), "starts_at": desk.now()}
    await desk.tx.execute(broadcasts.insert(), {**row, **more, "starts_at": desk.now().replace(year=2099)})


def _wants_no_works(person_id: Any, node_id: int, since: Any) -> dict[str, Any]:
    return {"person_id": person_id, "node_id": node_id, "since": since, "works": False}


async def _where(desk: Any) -> dict[str, str]:
    """The codes of the places at which these things are now."""
    at = {
        "group": select(resident_group_rows.c.node_id).where(resident_group_rows.c.chat_id == -7001),
        "subscription": select(subscriptions.c.node_id),
        "unit": select(units.c.node_id).where(units.c.code == "binhe"),
    }
    found = {name: (await desk.tx.execute(question)).scalar_one() for name, question in at.items()}
    audience = (await desk.tx.execute(select(broadcasts.c.audience))).scalar_one()
    found["broadcast"] = int(audience["path"].split("/")[-2])
    codes = {row.id: row.code for row in (await desk.tx.execute(select(nodes.c.id, nodes.c.code))).all()}
    return {name: codes[node_id] for name, node_id in found.items()}


async def test_the_card_of_a_building_counts_no_confidential_case(town: Town) -> None:
    await reports(town, SECRET, "有人收钱", node="DX01010102")
    await town.admin.sends("/grid DX01010102")
    assert "未办结：0 件" in await town.admin.said()
    await reports(town, node="DX01010102")
    await town.admin.sends("/grid DX01010102")
    assert "未办结：1 件" in await town.admin.said()


async def test_a_button_drawn_before_a_place_was_merged_away_follows_nothing(town: Town) -> None:
    await town.neighbour.sends("/follow")
    await town.neighbour.sends("新港小区1栋")
    offered = (await town.neighbour.messages())[-1]
    await redraws(town, "merge", "DX01010101", "DX01010102", "--into", "DX01010104=一二栋")
    pressed = await town.neighbour.presses("关注", message=offered)
    assert pressed is not None and pressed["show_alert"]
    async with town.app.database.read() as tx:
        assert (await tx.execute(select(subscriptions))).all() == []


async def test_the_card_of_a_place_names_who_answers_for_it_and_counts_its_whistleblowers(
    town: Town, tmp_path: Path
) -> None:
    crowd = [(f"吹哨{number:03}", "", "吹哨员", "DX0101") for number in range(400)]
    heads = [(f"格员{number:02}", "", "网格员", "DX0101") for number in range(15)]
    await enters(town, tmp_path, *crowd, *heads)
    await town.admin.sends("/grid DX0101")
    card = await town.admin.said()
    assert "人民吹哨员：400 人" in card and "吹哨001" not in card
    assert "格员11 · 网格员 等 15 人" in card and "格员12" not in card


async def test_a_place_with_nothing_beside_or_below_it_is_not_asked_what_to_choose(town: Town) -> None:
    await town.admin.sends("/grid DX010101")
    toast = await town.admin.presses("合并")
    assert toast is not None and "“新港小区”没有同级的网格" in toast["text"]
    await town.admin.sends("/grid DX01010101")
    toast = await town.admin.presses("拆分")
    assert toast is not None and "“1栋”下面没有网格可分" in toast["text"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("broken.geojson", '{"type": "FeatureCollection", "features": [', "JSON 在这里断了"),
        ("list.geojson", "[]", "不是 GeoJSON 的 FeatureCollection"),
        ("words.geojson", '{"type": "FeatureCollection", "features": [{"type": "Feature"}]}', "不是 Feature"),
        (
            "nameless.geojson",
            '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"code": "A1"},'
            ' "geometry": {"type": "Point", "coordinates": [1, 2]}}]}',
            "边界要用 Polygon",
        ),
        ("long.csv", f"编码,名称,户数\nDX010103,{'长' * 41},三十\nDX010103,西区,5\n", "太长了"),
        ("cell.csv", '编码,名称,边界\nDX010103,东区,"不是"\nDX010104,西区,\n', "边界要用 Polygon"),
    ],
)
async def test_a_broken_file_is_told_as_the_files_of_the_grid_are(
    town: Town, tmp_path: Path, name: str, content: str, said: str
) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    refused = await beside(town, "redraw", "split", ESTATE, tmp_path / name, "--reason", "太大", "--apply")
    assert refused.exit_code == 1 and isinstance(refused.exception, SystemExit), refused.output
    assert said in refused.output and name in refused.output


async def test_what_chat_and_re_drawing_take_the_import_takes_too(town: Town, tmp_path: Path) -> None:
    for field, words, refused in (
        ("名称", "长" * 41, True),
        ("名称", "长" * 40, False),
        ("别名", "长" * 41, True),
        ("别名", "、".join(f"别名{n}" for n in range(50)), False),
        ("地址", "长" * 100, False),
        ("党小组", "党" * 41, True),
        ("党小组", "党" * 40, False),
        ("户数", "999999", False),
    ):
        await town.admin.sends("/grid DX01010102")
        await town.admin.presses(f"✏️ {field}")
        await town.admin.sends(words)
        assert ("太长" in await town.admin.said()) is refused, (field, words)
    long = await beside(
        town, "redraw", "split", ESTATE, "--part", f"DX010103={'长' * 41}:DX01010101", "--part", *WEST[1:]
    )
    assert long.exit_code != 0
    assert (await beside(town, "grid", "export", tmp_path / "out")).exit_code == 0
    files = (tmp_path / "out" / "grid.csv", tmp_path / "out" / "grid.geojson")
    again = await beside(town, "grid", "import", *files)
    assert again.exit_code == 0 and "更新 0 个" in again.output, again.output
