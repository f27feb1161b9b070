"""/stats: what was counted, for those who may see it, with its definition; nothing that is confidential."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from PIL import Image
from sqlalchemy import select

from bot.cases.case import Case, Level, Status
from bot.cases.figures import NAMES, Figures
from bot.cases.revisiting import ONE_IN
from bot.desk import figures as told_of
from bot.desk.desk import Desk
from storage import cases, counters, figures, grid, people, units
from storage.tables import figures as table
from tests.stories.office import LAMP, SECRET, goes_to, now_is, reports, shelves, solved
from tests.stories.steps import nothing_failed
from tests.town import Json, Person, Town, buttons_on


async def counted(town: Town) -> Figures:
    """Everything that is kept, confidential or not."""
    async with town.app.database.read() as tx:
        rows = (await tx.execute(select(*(table.c[name] for name in NAMES)))).all()
    return sum((Figures(*row) for row in rows), Figures())


async def card(person: Person) -> Json:
    """The newest message with buttons. The picture that goes with the figures has none, and comes when it is drawn."""
    return next(one for one in reversed(await person.messages()) if buttons_on(one))


async def told(person: Person) -> str:
    """What that message says."""
    return (await card(person))["text"]


async def lives(town: Town) -> None:
    """A lamp is reported, repaired, verified and rated; another is signed and left."""
    await goes_to(town, 9)
    case = await reports(town, LAMP)
    await solved(town.community_group, case.number)
    await town.grid_member.presses("核查通过")
    await town.fetches()
    await town.passes(minutes=1)
    await town.resident.presses("及时")
    await town.resident.presses("解决了")
    await town.resident.presses("5 很满意")
    await reports(town, LAMP, "另一盏灯也坏了")
    await town.passes(minutes=2)


async def test_what_happened_is_counted_once_with_its_definition(town: Town) -> None:
    await lives(town)
    await town.dispatcher.sends("/stats 本月")
    said = await told(town.dispatcher)
    assert "东乡区" in said and "本月" in said
    assert "收到：2 件" in said
    assert "派给单位：2 次　退单：0 次" in said
    assert "结案：1 件" in said
    assert "按期办结率：100%（报办结 1 次，按期 1 次）" in said
    assert "评价的不足 5 人" in said, "no rate of one answer"
    before = await counted(town)
    assert (before.rated, before.satisfied, before.solved_halves) == (1, 1, 2)
    await town.passes(minutes=10)
    assert await counted(town) == before, "nothing counts twice"
    await town.restarts()
    await town.passes(minutes=10)
    assert await counted(town) == before
    assert await nothing_failed(town)


async def test_confidential_reports_are_in_no_figure_and_not_told_below_five(town: Town) -> None:
    await goes_to(town, 9)
    for number in range(4):
        await reports(town, SECRET, f"他们每天收钱{number}")
    await town.passes(minutes=2)
    await town.dispatcher.sends("/stats")
    said = await told(town.dispatcher)
    assert "收到：0 件" in said
    assert "🔒 保密件：不足 5 件，不显示" in said
    await reports(town, SECRET, "又一次")
    await town.passes(minutes=2)
    await town.dispatcher.sends("/stats")
    assert "🔒 保密件：另收到 5 件" in await told(town.dispatcher)
    for other in (town.leader, town.grid_member):
        await other.sends("/stats")
        assert "保密件：" not in await told(other)
        assert "收到：5" not in await told(other)


async def test_everybody_sees_their_own_and_nothing_else(town: Town) -> None:
    await lives(town)
    await town.dispatcher.sends("/stats")
    shown = await card(town.dispatcher)
    buttons = {one["text"]: one["callback_data"] for row in shown["reply_markup"]["inline_keyboard"] for one in row}
    await town.leader.sends("/stats")
    assert "新茂社区" in await told(town.leader) and "派给单位：2 次" in await told(town.leader)
    assert "收到" not in await told(town.leader), "a unit receives nothing but what is sent to it"
    await town.other_responder.sends("/stats")
    assert "滨河社区" in await told(town.other_responder) and "派给单位：0 次" in await told(town.other_responder)
    await town.grid_member.sends("/stats")
    assert "新港小区" in await told(town.grid_member) and "收到：2 件" in await told(town.grid_member)
    for person in (town.leader, town.grid_member, town.other_responder):
        mine = (await card(person))["message_id"]
        said = await person.presses_data(mine, buttons["● 本周"])
        assert said is not None and said["show_alert"], "the whole district is not theirs"
    for stranger in (town.resident, town.head):
        await stranger.sends("/stats")
        assert "不归您办" in await stranger.said()


async def test_period_place_and_unit_are_chosen_by_taps(town: Town) -> None:
    await lives(town)
    await town.admin.sends("/stats")
    await town.admin.presses("新茂社区")
    assert "新茂社区" in await told(town.admin) and "收到：2 件" in await told(town.admin)
    await town.admin.presses("本季")
    assert "本季" in await told(town.admin)
    await town.admin.presses("看单位")
    await town.admin.presses("新茂社区")
    assert "派给单位：2 次" in await told(town.admin) and "收到" not in await told(town.admin)
    await town.admin.presses("上一级")
    assert "收到：2 件" in await told(town.admin)
    await town.admin.sends("/stats 滨河社区 本月")
    assert "滨河社区" in await told(town.admin) and "收到：0 件" in await told(town.admin)


async def test_what_was_not_understood_is_answered_with_a_hint_and_buttons(town: Town) -> None:
    await town.dispatcher.sends("/stats 上上周")
    assert "没看懂“上上周”" in await told(town.dispatcher)
    await town.dispatcher.presses("东乡区")
    assert "收到：0 件" in await told(town.dispatcher)
    await town.leader.sends("/stats 滨河社区")
    assert "没看懂“滨河社区”" in await told(town.leader), "what is not theirs is not there"


def file_of(town: Town, message: Json) -> bytes:
    """The bytes of the picture or document of a message."""
    file = message["photo"][-1] if "photo" in message else message["document"]
    known = town.sandbox.world.files.get(file["file_id"])
    assert known is not None
    return known.data


async def test_a_picture_and_a_workbook_come(town: Town) -> None:
    await lives(town)
    await town.dispatcher.sends("/stats")
    await town.fetches()
    picture = next(one for one in reversed(await town.dispatcher.messages()) if "photo" in one)
    assert "东乡区" in picture["caption"]
    drawn = Image.open(BytesIO(file_of(town, picture)))
    assert drawn.size[0] == 1000 and drawn.size[1] > 300
    await town.dispatcher.sends("/stats xlsx")
    await town.fetches()
    book = next(one for one in reversed(await town.dispatcher.messages()) if "document" in one)
    assert book["document"]["file_name"].endswith(".xlsx")
    page: Any = load_workbook(BytesIO(file_of(town, book))).active
    rows = {row[0]: row for row in page.iter_rows(values_only=True)}
    assert rows["名称"][:3] == ("名称", "收到", "派给单位")
    assert rows["东乡区"][:3] == ("东乡区", 2, 2)
    assert rows["东乡区"][10] == "不足 5"
    sheets: Any = load_workbook(BytesIO(file_of(town, book)))
    assert [one.split()[0] for one in sheets.sheetnames] == ["地方", "单位", "事项", "每个数怎么算"]
    units_sheet, matters_sheet, meanings = (
        {row[0]: row for row in sheets[name].iter_rows(values_only=True)} for name in sheets.sheetnames[1:]
    )
    assert units_sheet["新茂社区"][2] == 2 and matters_sheet["小区路灯不亮"][1:3] == (2, 2)
    assert len(matters_sheet["名称"]) == len(matters_sheet["小区路灯不亮"]) == 26
    assert meanings["一次派准率"][1] == "第一次派出后没有改派 ÷ 第一次派出"
    assert "红色件全部，其余抽一成" in meanings["回访覆盖率"][1] and "现在挂账" in meanings
    assert await nothing_failed(town)


async def test_the_picture_of_units_is_for_those_who_lead_them(town: Town) -> None:
    await town.dispatcher.sends("/stats")
    pressed = await town.dispatcher.presses("单位图")
    assert pressed is not None and "马上发给您" in pressed["text"]
    await town.grid_member.sends("/stats")
    shown = await card(town.grid_member)
    rows = shown["reply_markup"]["inline_keyboard"]
    own = next(one["callback_data"] for row in rows for one in row if "看图" in one["text"])
    assert not any("单位" in one["text"] for row in rows for one in row)
    said = await town.grid_member.presses_data(shown["message_id"], own.replace("st:draw:", "st:bars:"))
    assert said is not None and said["show_alert"]


FORGED = [
    "st:show:week:p999999",
    "st:show:decade:p1",
    "st:show:week:x1",
    "st:show:week:p",
    "st:nothing:week:p1",
    "st:show",
]


@pytest.mark.parametrize("data", FORGED)
async def test_forged_buttons_are_refused(town: Town, data: str) -> None:
    await town.dispatcher.sends("/stats")
    said = await town.dispatcher.presses_data((await card(town.dispatcher))["message_id"], data)
    assert said is not None and said["show_alert"]


async def test_a_fold_that_is_cut_short_counts_nothing_twice(town: Town) -> None:
    await lives(town)
    before = await counted(town)
    async with town.app.database.write() as tx:
        mark = await counters.get(tx, "figures")
        assert mark
        assert await figures.settled(tx, mark, town.app.office.clock.now(), 10) == []
    await reports(town, LAMP, "第三盏")
    assert await counted(town) == before, "what is young waits"
    await town.passes(minutes=2)
    assert (await counted(town)).filed == before.filed + 1


async def test_who_leads_one_place_and_works_in_another_hears_of_what_is_sealed_only_in_the_first(town: Town) -> None:
    await goes_to(town, 9)
    for number in range(6):
        await reports(town, SECRET, f"他们每天收钱{number}")
    await town.passes(minutes=2)

    async def looks(desk: Desk) -> list[int | None]:
        there, here = await grid.by_code(desk.tx, "DX0102"), await grid.by_code(desk.tx, "DX0101")
        assert there is not None and here is not None
        centre = {"code": "T9", "name": "滨河中心", "kind": "centre", "level": Level.TOWN.value, "node_id": there.id}
        duties = [
            {"role": "dispatcher", "unit_id": await units.add(desk.tx, centre)},
            {"role": "grid_member", "node_id": here.id},
        ]
        vault = desk.office.seals.vault
        who = await people.appoint(desk.tx, vault, town.town_office.id, "周强", duties)
        told: list[int | None] = []
        for person in (who, people.fingerprint(vault, town.admin.id)):
            desk.person = (await people.known(desk.tx, [person]))[person]
            for place in (here, there):
                scope = await told_of.allowed(desk, f"p{place.id}")
                told.append((await told_of.report(desk, scope, "month")).sealed)
                assert (await told_of.units_of(desk, scope) != []) is (place is there or person != who)
        top = await told_of.allowed(desk, f"p{(await grid.children(desk.tx, None))[0].id}")
        return [*told, (await told_of.report(desk, top, "month")).sealed]

    theirs = await town.app.at_desk(looks)
    assert theirs == [None, 0, None, None, 5], "by fives, and of a whole place that is led"


async def test_units_and_places_turn_pages(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.choosing.PAGE", 1)
    await town.dispatcher.sends("/stats")
    await town.dispatcher.presses("看单位")
    first = await town.dispatcher.buttons()
    await town.dispatcher.presses("下一页")
    second = await town.dispatcher.buttons()
    assert len(first) == 4 and not set(first[:2]) & set(second[:2])


async def test_questions_and_thank_yous_are_told_beside_and_count_as_no_cases(town: Town) -> None:
    await lives(town)
    await reports(town, "J01", "老年卡在哪里办")
    await reports(town, "J03", "谢谢李师傅")
    await town.passes(minutes=2)
    await town.dispatcher.sends("/stats 本月")
    said = await told(town.dispatcher)
    assert "收到：2 件" in said and "另有咨询 1 件、表扬 1 件" in said
    assert "一次派准率：100%（第一次派出 2 件，没有改派 2 件）" in said
    assert "返工率：0%（报办结 1 次，没通过 0 次）" in said


async def test_what_was_sent_elsewhere_and_what_did_not_pass_lower_the_rates(town: Town) -> None:
    await goes_to(town, 9)
    first, second = await reports(town, LAMP), await reports(town, LAMP, "另一盏")
    await town.centre_group.presses("改派", message=await town.centre_group.message_with(first.number))
    await town.centre_group.presses("滨河社区")
    await solved(town.community_group, second.number)
    await town.grid_member.presses("不通过")
    await town.grid_member.sends("灯还是不亮")
    await town.passes(minutes=2)
    await town.dispatcher.sends("/stats 本月")
    said = await told(town.dispatcher)
    assert "一次派准率：50%（第一次派出 2 件，没有改派 1 件）" in said
    assert "返工率：100%（报办结 1 次，没通过 1 次）" in said and "返工：1 次" in said


async def test_figures_by_matter_and_of_periods_that_are_over(town: Town) -> None:
    await lives(town)
    await town.dispatcher.sends("/stats 今年")
    assert "今年" in await told(town.dispatcher) and "收到：2 件" in await told(town.dispatcher)
    await town.dispatcher.presses("看事项")
    assert "小区路灯不亮：收到 2，派出 2，结案 1，按期 100%，退单 0，返工 0" in await told(town.dispatcher)
    pressed = await town.dispatcher.presses("事项图")
    assert pressed is not None and "马上发给您" in pressed["text"]
    await town.fetches()
    assert any("photo" in one for one in await town.dispatcher.messages())
    await town.dispatcher.presses("上一级")
    for period in ("上月", "上季"):
        await town.dispatcher.presses(period)
        assert f"● {period}" in await town.dispatcher.buttons() and "收到：0 件" in await told(town.dispatcher)
    await town.leader.sends("/stats")
    await town.leader.presses("看事项")
    assert "小区路灯不亮：收到 0，派出 2" in await told(town.leader) or "派出 2" in await told(town.leader)


async def test_how_many_are_on_the_books_now_and_how_many_were_called_back(town: Town) -> None:
    await goes_to(town, 9, workdays=5)
    kept = await reports(town, LAMP, "灯杆倒了")
    await town.community_group.presses("签收", message=await town.community_group.message_with(kept.number))
    await town.community_group.presses("到场", message=await town.community_group.message_with(kept.number))
    await shelves(town, kept)
    first, second = await closed_and_drawn(town), await closed_and_drawn(town)
    await town.passes(minutes=2)
    await town.dispatcher.sends("/stats 本月")
    said = await told(town.dispatcher)
    assert "挂账：新挂 1 件，现在还挂着 1 件" in said
    assert "回访覆盖率：—（到期该回访 0 件，已回访 0 件" in said, "nothing is due before its day"
    card = await seen(town.dispatcher, first.number, "回访")
    for what in ("reached:", "solved:yes", "satisfied:5"):
        await town.dispatcher.presses_data(card["message_id"], f"rv:{first.id}:0:{what}")
    await town.passes(days=3)
    await town.dispatcher.sends("/stats 今年")
    assert "回访覆盖率：50%（到期该回访 2 件，已回访 1 件；红色件全部、其余抽一成）" in await told(town.dispatcher)
    await town.leader.sends("/stats 今年")
    assert "现在还挂着 1 件" in await told(town.leader) and "回访覆盖率：50%" in await told(town.leader)
    await town.dispatcher.sends("/stats xlsx 今年")
    await town.fetches()
    book = next(one for one in reversed(await town.dispatcher.messages()) if "document" in one)
    sheets: Any = load_workbook(BytesIO(file_of(town, book)))
    for sheet, name in zip(sheets.sheetnames, ("东乡区", "新茂社区", "小区路灯不亮", None), strict=True):
        row = next((one for one in sheets[sheet].iter_rows(values_only=True) if one[0] == name), ())
        assert name is None or row[22:] == (1, 2, 1, "50%"), sheet
    await town.passes(days=5)
    assert (await now_is(town, kept)).status is Status.HANDLING
    await town.dispatcher.sends("/stats 今年")
    assert "新挂 1 件，现在还挂着 0 件" in await told(town.dispatcher)
    assert (await now_is(town, second)).status is Status.CLOSED
    assert await nothing_failed(town)


async def seen(person: Person, *words: str) -> Json:
    """The newest message with all of these words."""
    return next(one for one in reversed(await person.messages()) if all(word in one.get("text", "") for word in words))


async def closed_and_drawn(town: Town) -> Case:
    """A lamp that was repaired, checked and rated well, and that is one of the ten that is asked about."""

    async def count_on(desk: Desk) -> None:
        day = f"{desk.now().astimezone(desk.office.calendar.zone):%y%m%d}"
        at = await cases.next_number(desk.tx, day)
        while desk.office.seals.vault.fingerprint(f"revisit:{day}-{at + 1:03d}:0") % ONE_IN:
            at = await cases.next_number(desk.tx, day)

    await town.app.at_desk(count_on)
    case = await reports(town, LAMP)
    await solved(town.community_group, case.number)
    await town.grid_member.presses("核查通过", message=await seen(town.grid_member, case.number, "请核查"))
    await town.passes(minutes=1)
    asked = await seen(town.resident, case.number, "请您评价")
    for what in ("contacted.yes", "solved.yes", "satisfied.5"):
        await town.resident.presses_data(asked["message_id"], f"c:{case.id}:rate:0:{what}")
    return case
