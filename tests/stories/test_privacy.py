"""Who reported stays with the bot: sealed reports, confidential matters, consent, being forgotten, the logs."""

import pytest

from bot.cases.case import Case
from storage import dialogs, people, reporters
from tests.stories.console import at_console
from tests.stories.office import goes_to, reports, solved
from tests.stories.steps import case_of, comes_to_review, newest_number, nothing_failed, reports_lamp, submits
from tests.town import Person, Town

NAME, USERNAME, PHONE, USER_ID = "欧阳金丝雀", "jinsique_canary", "13987654321", 778899001


async def _canary(town: Town) -> Person:
    """A resident whose name, number and telephone would be noticed anywhere."""
    sheet = {"id": USER_ID, "label": "居民", "lat": 32.19, "lon": 119.593, "first_name": NAME, "username": USERNAME}
    await town.post("people", sheet)
    return Person(town, USER_ID)


def _traces(text: str) -> list[str]:
    return [trace for trace in (NAME, USERNAME, PHONE, str(USER_ID)) if trace in text]


async def _everything_others_read(town: Town, *but: int) -> str:
    """All messages, buttons and captions in the chats of everybody else."""
    chats = [Person(town, one["id"]) for one in town.district.people if one["id"] not in but]
    groups = [Person(town, 9001, group["id"]) for group in town.district.groups]
    read = [await chat.messages() for chat in [*chats, *groups]]
    return "\n".join(str([one for one in messages if one["from"]["is_bot"]]) for messages in read)


@pytest.mark.parametrize("sealed", [False, True], ids=["openly", "sealed"])
async def test_nothing_of_the_reporter_reaches_anybody(
    town: Town, sealed: bool, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    canary = await _canary(town)
    await canary.sends_photo("新港小区3栋楼下路灯不亮")
    await canary.sends_any(contact={"phone": PHONE, "first_name": NAME, "user_id": USER_ID})
    await canary.sends_any(voice=True, forward_from={"person": USER_ID})
    await canary.presses("小区路灯不亮")
    await comes_to_review(canary)
    await canary.presses("保密提交" if sealed else "✅ 提交")
    number = await newest_number(canary)
    await town.fetches()
    await canary.presses("补充")
    await canary.sends("旁边还有一盏")
    await canary.sends_photo()
    await town.passes(hours=60)
    await canary.sends(number)
    await canary.presses("催办")
    await town.fetches()
    seen = await _everything_others_read(town, USER_ID)
    assert "旁边还有一盏" in seen, "somebody deals with it"
    assert not _traces(seen)
    logged = "".join(capfd.readouterr()) + caplog.text
    assert not _traces(logged)
    if sealed:
        groups = "".join([str(await Person(town, 9001, group["id"]).heard()) for group in town.district.groups])
        assert number not in groups
        assert "路灯" not in groups
    assert await nothing_failed(town)


CONFIDENTIAL = {
    "C01": ("有人拿刀打人，正在楼下", "正在发生的犯罪", "110"),
    "C02": ("有人说要放炸弹", "涉恐、涉暴", "110"),
    "C03": ("楼上有人吸毒", "涉毒", "110"),
    "C04": ("有人拉我入邪教", "涉邪、非法传教", "110"),
    "C05": ("有外国人出钱让人拍军港照片", "危害国家安全线索", "12339"),
}


@pytest.mark.parametrize(("words", "matter", "number"), CONFIDENTIAL.values(), ids=CONFIDENTIAL.keys())
async def test_crime_is_not_asked_about_and_never_enters_a_group(
    town: Town, words: str, matter: str, number: str
) -> None:
    resident = town.resident
    await resident.sends(words)
    await resident.presses(matter)
    advice = await resident.message_with("请先打电话")
    assert number in advice["text"]
    newest = await resident.said()
    assert "细节我不问" in newest
    assert "请看一眼" in newest, "no question at all"
    await resident.presses("修改")
    assert await resident.buttons() == ["事项", "情况", "‹ 返回"], "nothing more is asked for"
    await resident.presses("返回")
    await resident.presses("提交")
    case = await _only_case(town)
    assert case.confidential
    groups = [Person(town, 9001, group["id"]) for group in town.district.groups]
    for group in groups:
        heard = "\n".join(await group.heard())
        assert case.number not in heard
        assert matter not in heard
        assert words[-4:] not in heard
    assert await town.dispatcher.sees(case.number)
    assert await nothing_failed(town)


async def _only_case(town: Town) -> Case:
    text = (await town.resident.message_with("已提交"))["text"]
    return await case_of(town, text.splitlines()[0].rpartition(" ")[2])


async def _who(town: Town, user_id: int) -> int:
    return people.fingerprint(town.app.office.seals.vault, user_id)


async def _behind(town: Town, case: Case) -> int | None:
    async with town.app.database.read() as tx:
        return await reporters.person_behind(tx, town.app.office.seals.vault, case.reporter)


async def test_refusing_still_lets_the_report_in_and_cuts_the_link_at_its_end(town: Town) -> None:
    await goes_to(town, 10)
    resident = town.resident
    await resident.sends("新港小区3栋楼下路灯不亮")
    await resident.presses("不同意")
    assert "您的事照样办" in (await resident.message_with("先跟您说清楚"))["text"]
    await resident.presses("小区路灯不亮")
    number = await submits(resident)
    case = await case_of(town, number)
    await solved(town.community_group, number)
    await town.grid_member.presses("核查通过")
    await town.passes(minutes=1)
    assert await _behind(town, case) is not None, "open: the reporter is told and asked"
    await resident.presses("及时")
    await resident.presses("解决了")
    await resident.presses("5 很满意")
    assert await resident.sees("评价已记下")
    assert await _behind(town, case) is None
    await resident.sends("/mine")
    assert "还没有反映过事情" in await resident.said()


async def test_agreeing_keeps_the_case_in_the_list(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋楼下路灯不亮")
    await resident.presses("好的，同意")
    await resident.presses("小区路灯不亮")
    number = await submits(resident)
    await resident.sends(number)
    await resident.presses("撤回")
    await resident.presses("确定撤回")
    await resident.sends("/mine")
    assert number in (await resident.buttons())[0]


async def test_forgetting_is_asked_about_and_deletes_everything(town: Town) -> None:
    resident = town.resident
    number = await reports_lamp(resident)
    case = await case_of(town, number)
    await resident.sends(number)
    await resident.presses("撤回")
    await resident.presses("确定撤回")
    await resident.sends("又有一盏路灯不亮")
    await resident.sends("/forget")
    await resident.presses("不删了")
    assert await _behind(town, case) is not None
    await resident.sends("/forget")
    await resident.presses("确定删除")
    assert "已删除您的资料" in await resident.said()
    assert await _behind(town, case) is None
    who = await _who(town, resident.id)
    async with town.app.database.read() as tx:
        assert not await people.known(tx, [who])
        assert not await dialogs.of_people(tx, town.app.office.seals.content, [who])
    await resident.sends("/mine")
    assert "还没有反映过事情" in await resident.said()
    await resident.sends("路灯不亮")
    assert sum("先跟您说清楚" in text for text in await resident.heard()) == 2, "a stranger again: told again"


async def test_what_is_open_is_cut_when_it_ends(town: Town) -> None:
    await goes_to(town, 10)
    resident = town.resident
    case = await reports(town)
    await resident.sends("/forget")
    await resident.presses("确定删除")
    assert "还有 1 件在办" in await resident.said()
    await solved(town.community_group, case.number)
    assert await resident.sees(f"{case.number}，新茂社区已经签收"), "open: news still come"
    await town.grid_member.presses("核查通过")
    assert await _behind(town, case) is not None
    await town.passes(days=8)
    assert await _behind(town, case) is None


async def test_the_language_is_switched_for_the_person_alone(town: Town) -> None:
    resident, neighbour = town.resident, town.neighbour
    await resident.sends("/language")
    await resident.presses("English")
    await resident.sends("新港小区3栋楼下路灯不亮")
    assert "Lamp out, estate" in await resident.buttons()
    await neighbour.sends("新港小区3栋楼下路灯不亮")
    assert "小区路灯不亮" in await neighbour.buttons()
    await resident.sends("/language")
    await resident.presses("中文")
    assert "以后用中文" in await resident.said()
    await resident.sends("/cancel")
    await resident.sends("新港小区3栋楼下路灯不亮")
    await resident.presses("小区路灯不亮")
    await comes_to_review(resident)


async def test_a_legal_hold_is_told_and_cut_when_it_is_lifted(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    resident, console = town.resident, at_console(town, monkeypatch)
    number = await reports_lamp(resident)
    case = await case_of(town, number)
    assert console("hold", number)[0] == 2, "why, or the end"
    assert console("hold", "261122-999", "--why", "court")[0] != 0
    code, said = console("hold", number, "--why", "court, 2026-12")
    assert (code, "依法保留" in said) == (0, True)
    await resident.sends(number)
    await resident.presses("撤回")
    await resident.presses("确定撤回")
    await resident.sends("/forget")
    await resident.presses("确定删除")
    assert "另有 1 件依法要保留一段时间" in await resident.said()
    assert await _behind(town, case) is not None
    assert "已解除" in console("hold", number, "--end")[1]
    assert await _behind(town, case) is None
    assert "不用解除" in console("hold", number, "--end")[1]
    await resident.sends("/mine")
    assert "还没有反映过事情" in await resident.said()
