"""回避: whoever is complained of can neither read nor handle it, through no door; and it goes to the level above."""

from typing import Any

import pytest

from bot.cases.actions import Action
from bot.cases.case import Case, Status
from bot.desk import following
from bot.desk.desk import Desk
from storage import cases, people, units
from tests.stories.office import LAMP, goes_to, now_is, reports, solved
from tests.stories.steps import case_of, comes_to_review, reports_lamp
from tests.stories.test_confidential import everything_in_groups
from tests.town import Person, Town, buttons_on

CONDUCT = "C11"
COMPLAINT = "投诉新茂社区，楼下路灯报了三个月不修"
OTHER_PRESSES = (
    ("units", "dispatch", "reassign", "thank"),
    ("card",),
    ("open",),
    ("files",),
    ("number",),
    ("more", "unit", "centre"),
    ("fewer", "unit", "centre"),
    ("remind", "red_card.unit", "red_card.centre"),
    ("show",),
    ("add",),
    ("hear", "0"),
    ("staff", "4"),
    ("accused", "0"),
    ("unmeant", "1"),
)


async def blocks_xinmao(town: Town, case: Case) -> None:
    """The dispatcher chooses on the other page of the card who is complained of."""
    await town.centre_group.presses("更多", message=await town.centre_group.message_with(case.number))
    await town.centre_group.presses("🚫 回避", message=await town.centre_group.message_with(case.number))
    await town.dispatcher.presses("新茂社区", message=await town.dispatcher.message_with("反映的是谁"))
    await town.dispatcher.presses("整个单位")


async def nothing_can_be_deleted(town: Town) -> None:
    """As if the cards were too old: they are emptied, and somebody may press what they once saw there."""
    await town.post("faults", {"kind": "400", "method": "deletemessage"})


async def heard_by(*people_: Person) -> list[int]:
    """How many messages each of them has seen."""
    return [len(await one.messages()) for one in people_]


async def test_a_unit_complained_of_by_name_does_not_get_the_report_before_a_dispatcher_has_looked(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, words=COMPLAINT)
    assert case.status is Status.TRIAGE and not case.conflicted
    assert not await town.community_group.sees(case.number)
    card = await town.centre_group.message_with(case.number)
    assert "像是反映新茂社区的，要不要回避？" in card["text"]
    await town.centre_group.presses("🚫 新茂社区回避", message=card)
    assert (await now_is(town, case)).conflicted
    private = await town.dispatcher.message_with(case.number)
    assert "🚫 回避：新茂社区" in private["text"] and "派给丁岗镇综治办" in buttons_on(private)
    assert not any("派给新茂社区" in one for one in buttons_on(private))
    await town.dispatcher.presses("派给丁岗镇综治办", message=private)
    await town.town_office.presses("签收", message=await town.town_office.message_with(case.number))
    assert (await now_is(town, case)).status is Status.ACCEPTED
    assert case.number not in await everything_in_groups(town)


async def test_a_unit_that_is_only_named_for_the_place_gets_the_report_as_always(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, words="新茂社区3栋楼下路灯不亮。有人乱贴广告投诉也没用")
    assert case.status is Status.DISPATCHED
    assert "回避" not in (await town.centre_group.message_with(case.number))["text"]


async def test_a_dispatcher_says_that_nobody_is_complained_of(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, words=COMPLAINT)
    await town.centre_group.presses("新茂社区不用回避", message=await town.centre_group.message_with(case.number))
    card = await town.centre_group.message_with(case.number)
    assert "回避" not in card["text"] and not any("回避" in one for one in buttons_on(card))
    await town.centre_group.presses("派给新茂社区", message=card)
    assert await town.community_group.sees(case.number)


async def test_a_unit_that_has_the_case_loses_it_to_the_level_above_and_its_card_is_taken_back(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    group = town.community_group
    await group.presses("签收", message=await group.message_with(case.number))
    shown = (await group.message_with(case.number))["message_id"]
    await blocks_xinmao(town, case)
    after = await now_is(town, case)
    async with town.app.database.read() as tx:
        above = await units.by_code(tx, "town")
    assert above is not None
    assert (after.unit_id, after.status, after.handler_id) == (above.id, Status.DISPATCHED, None)
    assert shown not in [one["message_id"] for one in await group.messages()], "the card is taken back"
    assert await town.town_office.sees(case.number)
    assert "🚫 回避：新茂社区" in (await town.dispatcher.message_with(case.number))["text"]


async def test_no_press_of_somebody_complained_of_does_or_tells_anything(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await town.community_group.presses("签收", message=await town.community_group.message_with(case.number))
    card = (await town.community_group.message_with(case.number))["message_id"]
    await nothing_can_be_deleted(town)
    await blocks_xinmao(town, case)
    before, heard = await now_is(town, case), await heard_by(town.responder, town.leader)
    for who in (town.responder, town.leader):
        await _presses_everything(who.inside(-5002), card, before)
    assert await now_is(town, case) == before
    assert await heard_by(town.responder, town.leader) == heard
    async with town.app.database.read() as tx:
        written = await cases.history_of(tx, case.id)
    assert [one.action for one in written][-3:] == ["block", "hand_back", "reassign"]


async def _presses_everything(who: Person, message_id: int, case: Case) -> None:
    for action in Action:
        await who.presses_data(message_id, f"c:{case.id}:{action}:{case.version}:")
    for name, *values in OTHER_PRESSES:
        for value in values or [""]:
            said = await who.presses_data(message_id, f"c:{case.id}:{name}:{case.version}:{value}")
            assert not said or case.number not in (said.get("text") or ""), (name, value)


async def test_words_links_commands_and_replies_lead_somebody_complained_of_nowhere(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    card = await town.community_group.message_with(case.number)
    await town.community_group.presses("签收", message=card)
    await nothing_can_be_deleted(town)
    await blocks_xinmao(town, case)
    before = await now_is(town, case)
    heard = len(await town.community_group.messages())
    asked = (f"/start c_{case.id}", case.number, "/mine", "/queue", "/units 新茂社区", f"/fake {case.number} 假")
    for who in (town.responder, town.leader):
        for words in asked:
            await who.sends(words)
            assert "楼下路灯不亮" not in await who.said() and "新茂社区" not in await who.said(), words
        await who.inside(-5002).sends("已经换好了", reply_to=card["message_id"])
    assert await now_is(town, case) == before
    assert not any(case.number in text for text in (await town.community_group.heard())[heard:])


async def test_no_clock_tells_somebody_complained_of_and_no_group_hears_of_it(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await blocks_xinmao(town, case)
    told = [await one.heard() for one in (town.responder, town.leader)]
    groups = await everything_in_groups(town)
    assert case.number not in groups
    await town.passes(days=12)
    assert await town.town_office.sees(f"{case.number}")
    after = await everything_in_groups(town)
    assert case.number not in after
    for who, before in zip((town.responder, town.leader), told, strict=True):
        assert not any(case.number in text for text in (await who.heard())[len(before) :])


async def test_one_of_a_unit_is_blocked_and_the_others_go_on(town: Town) -> None:
    await goes_to(town, 10)
    await _appoints(town, town.neighbour, "陈小东", {"role": "responder", "unit": "xinmao", "rank": 0})
    case = await reports(town, words="举报李建国态度恶劣，说路灯不归他管")
    card = await town.centre_group.message_with(case.number)
    await town.centre_group.presses("🚫 李建国回避", message=card)
    await town.dispatcher.presses("派给新茂社区", message=await town.dispatcher.message_with(case.number))
    assert not await town.responder.sees(case.number)
    assert case.number not in await everything_in_groups(town)
    private = await town.neighbour.message_with(case.number)
    await town.neighbour.presses("签收", message=private)
    assert (await now_is(town, case)).status is Status.ACCEPTED


async def test_a_unit_whose_leader_is_complained_of_does_not_judge_its_leader(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, words="举报孙桂芳收了好处不给修路灯")
    await town.centre_group.presses("🚫 孙桂芳回避", message=await town.centre_group.message_with(case.number))
    assert "派给丁岗镇综治办" in buttons_on(await town.dispatcher.message_with(case.number))


async def test_a_dispatcher_who_is_complained_of_sees_nothing_and_another_decides(town: Town) -> None:
    await goes_to(town, 10)
    await _appoints(town, town.neighbour, "陈小东", {"role": "dispatcher", "unit": "centre", "rank": 0})
    case = await reports(town, words="举报何静收钱不派单")
    assert case.conflicted
    assert case.number not in await everything_in_groups(town)
    assert not await town.dispatcher.sees(case.number)
    await town.dispatcher.sends("/queue")
    assert case.number not in str(await town.dispatcher.messages())
    anything = [one for one in await town.dispatcher.messages() if one["from"]["is_bot"]][-1]["message_id"]
    await _presses_everything(town.dispatcher, anything, case)
    assert await now_is(town, case) == case
    card = await town.neighbour.message_with(case.number)
    assert "🚫 回避：何静" in card["text"]


async def test_when_the_whole_centre_is_complained_of_the_admins_hear_that_somebody_else_must_decide(
    town: Town,
) -> None:
    await goes_to(town, 10)
    case = await reports(town, words="区指挥中心不作为，反映的事没人管")
    assert case.conflicted and not await town.dispatcher.sees(case.number)
    assert await town.admin.sees(f"案件 {case.number} 反映的是指挥中心的人")


async def test_in_matters_of_conduct_whoever_is_named_is_blocked_by_itself(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, CONDUCT, "新茂社区的李建国让我送烟")
    assert case.conflicted and not await town.responder.sees(case.number)
    card = await town.dispatcher.message_with(case.number)
    assert "🚫 回避：新茂社区、李建国" in card["text"]
    async with town.app.database.read() as tx:
        written = [one for one in await cases.history_of(tx, case.id) if one.action == "block"]
    assert [(one.role, one.person_id, one.note) for one in written] == [("system", None, "新茂社区、李建国")]


async def test_the_district_lifts_it_with_a_reason(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, words=COMPLAINT)
    await town.centre_group.presses("🚫 新茂社区回避", message=await town.centre_group.message_with(case.number))
    await town.dispatcher.presses("更多", message=await town.dispatcher.message_with(case.number))
    await town.dispatcher.presses("🚫 回避", message=await town.dispatcher.message_with(case.number))
    await town.dispatcher.presses("解除回避：新茂社区")
    await town.dispatcher.sends("查过了，不是社区的责任")
    after = await now_is(town, case)
    assert not after.conflicted and not after.confidential
    async with town.app.database.read() as tx:
        last = (await cases.history_of(tx, case.id))[-1]
    assert (last.action, last.note) == ("lift", "新茂社区: 查过了，不是社区的责任")


async def joins_and_is_complained_of(town: Town) -> Case:
    """A neighbour with a duty joined a case, and then it was found to be about that one."""
    await _appoints(town, town.neighbour, "陈小东", {"role": "responder", "unit": "binhe", "rank": 1})
    case = await reports(town, latitude=32.1900, longitude=119.5930)
    await town.neighbour.sends("这里路灯坏了")
    await town.neighbour.presses("小区路灯不亮")
    await town.neighbour.shares_location(32.1904, 119.5931)
    await comes_to_review(town.neighbour)
    await town.neighbour.presses("我也遇到")
    assert (await now_is(town, case)).joined == 1
    await town.centre_group.presses("更多", message=await town.centre_group.message_with(case.number))
    await town.centre_group.presses("🚫 回避", message=await town.centre_group.message_with(case.number))
    await town.dispatcher.presses("滨河社区", message=await town.dispatcher.message_with("反映的是谁"))
    await town.dispatcher.presses("陈小东")
    return case


async def test_somebody_who_joined_and_is_complained_of_reads_no_more_news(town: Town) -> None:
    await goes_to(town, 10)
    case = await joins_and_is_complained_of(town)
    before = len(await town.neighbour.heard())
    await town.responder.presses("签收", message=await town.responder.message_with(case.number))
    await town.neighbour.sends("/mine")
    assert not any(case.number in text for text in (await town.neighbour.heard())[before:])
    await town.neighbour.sends(f"/mine {case.number[-3:]}")
    assert case.number not in str(await town.neighbour.buttons()), "nor is it found"
    assert await town.resident.sees(f"{case.number}，新茂社区已经签收")


async def test_a_hidden_case_does_not_hide_the_older_ones(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    await goes_to(town, 10)
    old = await reports_lamp(town.neighbour, "滨河花园1栋楼下路灯不亮")
    await joins_and_is_complained_of(town)
    new = await reports_lamp(town.neighbour, "滨河花园2栋楼下路灯不亮")
    monkeypatch.setattr(following, "PAGE", 1)
    await town.neighbour.sends("/mine")
    assert new in str(await town.neighbour.buttons())
    await town.neighbour.presses("更早的")
    assert old in str(await town.neighbour.buttons())


async def test_a_case_in_conflict_is_solved_and_rated_like_any_other(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, words=COMPLAINT)
    await town.centre_group.presses("🚫 新茂社区回避", message=await town.centre_group.message_with(case.number))
    await town.dispatcher.presses("派给丁岗镇综治办", message=await town.dispatcher.message_with(case.number))
    await solved(town.town_office, case.number)
    assert (await now_is(town, case)).status is Status.VERIFY
    assert not await town.grid_member.sees(case.number)
    await town.dispatcher.presses("核查通过")
    assert (await now_is(town, case)).status is Status.FEEDBACK


async def _appoints(town: Town, who: Person, name: str, duty: dict[str, Any]) -> None:
    """Somebody gets a duty beside nobody else's."""

    async def appoint(desk: Desk) -> None:
        unit = await units.by_code(desk.tx, duty["unit"])
        assert unit is not None
        row = {"role": duty["role"], "rank": duty["rank"], "unit_id": unit.id}
        await people.appoint(desk.tx, desk.office.seals.vault, who.id, name, [row])

    await who.sends("/start")
    await town.app.at_desk(appoint)


@pytest.mark.parametrize("matter", [LAMP])
async def test_a_resident_still_reads_the_own_report_about_the_own_unit(town: Town, matter: str) -> None:
    await goes_to(town, 10)
    case = await reports(town, matter, COMPLAINT)
    await _appoints(town, town.resident, "王奶奶", {"role": "responder", "unit": "xinmao", "rank": 1})
    await town.centre_group.presses("🚫 新茂社区回避", message=await town.centre_group.message_with(case.number))
    await town.resident.sends(case.number)
    assert COMPLAINT[:6] in await town.resident.said(2) or case.number in await town.resident.said(2)


async def test_a_complaint_that_comes_with_a_correction_takes_the_report_from_whom_it_is_about(town: Town) -> None:
    await goes_to(town, 10)
    number = await reports_lamp(town.resident)
    assert (await case_of(town, number)).status is Status.DISPATCHED
    await town.resident.presses("说错了，改一下")
    await town.resident.presses("情况")
    await town.resident.sends(COMPLAINT)
    assert (await case_of(town, number)).status is Status.TRIAGE
    card = await town.centre_group.message_with(number)
    assert "像是反映新茂社区的，要不要回避？" in card["text"]


async def test_where_only_the_accused_is_on_duty_the_case_goes_to_the_level_above_and_nobody_is_told_to_call(
    town: Town,
) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    heard = len(await town.community_group.heard())
    await blocks_one(town, case, "李建国")
    after = await now_is(town, case)
    async with town.app.database.read() as tx:
        above = await units.by_code(tx, "town")
    assert above is not None and after.unit_id == above.id
    assert await town.town_office.sees(case.number)
    assert not any("联系不上" in text for text in await town.dispatcher.heard())
    assert (await town.community_group.heard())[heard:] == [], "not even that there is something confidential"


async def test_a_case_is_shelved_and_handed_to_nobody_it_complains_of(town: Town) -> None:
    await goes_to(town, 10)
    await _appoints(town, town.neighbour, "陈小东", {"role": "responder", "unit": "xinmao", "rank": 0})
    case = await reports(town)
    await blocks_one(town, case, "李建国")
    other = town.neighbour
    for words in ("签收", "到场"):
        await other.presses(words, message=await other.message_with(f"{case.number}　"))
    await other.presses("更多", message=await other.message_with(f"{case.number}　"))
    await other.presses("转办", message=await other.message_with(f"{case.number}　"))
    assert "李建国" not in str(await other.buttons())
    dispatcher = town.dispatcher
    await dispatcher.presses("更多", message=await dispatcher.message_with(f"{case.number}　"))
    await dispatcher.presses("挂账", message=await dispatcher.message_with(f"{case.number}　"))
    question = await dispatcher.message_with("挂账到哪天")
    await dispatcher.presses(buttons_on(question)[0], message=question)
    assert "李建国" not in str(await dispatcher.buttons()) and "陈小东" in str(await dispatcher.buttons())
    vault = town.app.office.seals.vault
    accused, version = people.fingerprint(vault, town.responder.id), (await now_is(town, case)).version
    await dispatcher.presses_data(question["message_id"], f"c:{case.id}:shelve:{version}:7.{accused}")
    await dispatcher.sends("等配件")
    assert (await now_is(town, case)).status is Status.HANDLING


async def blocks_one(town: Town, case: Case, name: str) -> None:
    """The dispatcher says that one of the unit is complained of."""
    await town.centre_group.presses("更多", message=await town.centre_group.message_with(case.number))
    await town.centre_group.presses("🚫 回避", message=await town.centre_group.message_with(case.number))
    await town.dispatcher.presses("新茂社区", message=await town.dispatcher.message_with("反映的是谁"))
    await town.dispatcher.presses(name)
