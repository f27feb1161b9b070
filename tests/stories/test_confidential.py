"""A confidential report: never in a group, only with the one on duty and the dispatchers; its voices stay with us."""

from bot.cases.case import Status
from tests.stories.office import SECRET, count, goes_to, now_is, photo, pieces, reports
from tests.town import Person, Town, buttons_on

GROUPS = (-5001, -5002, -5003, -5004, -5005)
WORDS = "有人半夜往河里倒东西，车牌我看清了"


async def everything_in_groups(town: Town) -> str:
    """All that stands in all groups, captions, buttons and all."""
    return str([await town.admin.inside(group).messages() for group in GROUPS])


async def newest(person: Person) -> int:
    """The newest message of the bot."""
    return [one["message_id"] for one in await person.messages() if one["from"]["is_bot"]][-1]


async def sent_to_xinmao(town: Town) -> str:
    """A sealed report that a dispatcher sent to the community; its number."""
    case = await reports(town, words=WORDS, sealed=True)
    await town.dispatcher.presses("派给其他单位", message=await town.dispatcher.message_with(case.number))
    await town.dispatcher.presses("新茂社区")
    return case.number


async def test_a_sealed_report_is_dealt_with_from_first_to_last_outside_of_every_group(town: Town) -> None:
    await goes_to(town, 10)
    media = await pieces(town.responder, photo(3))
    case = await reports(town, words=WORDS, sealed=True, media=media)
    assert "🔒" in (await town.dispatcher.message_with(case.number))["text"]
    await town.dispatcher.presses("派给其他单位", message=await town.dispatcher.message_with(case.number))
    await town.dispatcher.presses("新茂社区")
    assert await town.community_group.said() == "收到1件保密件，已单独发给值班人员。"
    card = await town.responder.message_with(case.number)
    assert WORDS in card["text"]
    await town.responder.presses("签收", message=card)
    await town.responder.presses("进展")
    await town.responder.sends("已派人查看")
    await town.responder.presses("办结")
    await town.responder.sends("与环保部门核实，已制止")
    await town.fetches()
    await town.passes(minutes=1)
    assert (await now_is(town, case)).status is Status.VERIFY
    await town.dispatcher.presses("核查通过")
    await town.passes(days=2)
    assert (await now_is(town, case)).status is Status.FEEDBACK
    seen = await everything_in_groups(town)
    for trace in (case.number, WORDS, "已制止", "小区路灯不亮"):
        assert trace not in seen
    assert not await town.leader.sees(case.number) and not await town.grid_member.sees(case.number)


async def test_a_matter_of_kind_c_is_confidential_without_being_asked(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, SECRET, WORDS)
    assert case.confidential
    assert await town.dispatcher.sees(case.number)
    assert case.number not in await everything_in_groups(town)


async def test_nobody_of_the_unit_but_the_one_on_duty_may_touch_it(town: Town) -> None:
    await goes_to(town, 10)
    number = await sent_to_xinmao(town)
    await reports(town)
    for who in (town.leader, town.grid_member, town.admin, town.other_responder):
        for action in ("accept", "progress", "resolve", "files", "open", "units"):
            said = await who.presses_data(await newest(who), f"c:1:{action}:3:reassign")
            assert said is None or said.get("show_alert"), (who.id, action, said)
        assert not await who.sees(number)
    # even the one on duty and the dispatcher get nothing of it shown inside a group
    for who in (town.responder, town.dispatcher):
        for action in ("progress", "resolve", "files", "open", "units", "card", "remind"):
            here = who.inside(-5002 if who is town.responder else -5001)
            value = "unsigned.unit" if action == "remind" else "reassign"
            await here.presses_data(await newest(here), f"c:1:{action}:3:{value}")
    assert number not in await everything_in_groups(town)


async def test_reminders_of_a_confidential_case_go_to_duty_and_dispatchers_only(town: Town) -> None:
    await goes_to(town, 10)
    number = await sent_to_xinmao(town)
    await town.passes(days=9)
    assert count(await town.responder.heard(), number) > 2
    assert count(await town.dispatcher.heard(), number) > 2
    assert number not in await everything_in_groups(town)
    assert not await town.leader.sees(number) and not await town.town_office.sees(number)


async def test_where_the_one_on_duty_cannot_be_reached_the_dispatchers_are_told(town: Town) -> None:
    await goes_to(town, 10)
    await town.post(f"people/{town.responder.id}/block", {"bot": 7000001})
    await town.settles()
    number = await sent_to_xinmao(town)
    await town.passes(minutes=1)
    assert count(await town.dispatcher.heard(), "值班的人联系不上") == 1
    assert number in (await town.dispatcher.message_with("联系不上"))["text"]
    assert "改派" in buttons_on(await town.dispatcher.message_with("联系不上"))[0]
    assert number not in await everything_in_groups(town)


async def test_voice_and_video_of_a_sealed_report_are_heard_by_the_dispatchers_only(town: Town) -> None:
    await goes_to(town, 10)
    sounds = [{kind: True} for kind in ("voice", "video", "video_note", "audio")]
    media = await pieces(town.responder, *sounds, photo(4))
    marks = [piece["unique_id"] for piece in media[:4]]
    await reports(town, words=WORDS, sealed=True, media=media)
    await town.dispatcher.presses("派给其他单位", message=await town.dispatcher.message_with("🔒"))
    await town.dispatcher.presses("新茂社区")
    await town.fetches()
    await town.dispatcher.presses("看照片和视频", message=await town.dispatcher.message_with("🔒"))
    await town.passes(minutes=1)
    assert "语音、视频 4 段，保密不外传" in (await town.responder.message_with("🔒"))["text"]
    sent = [one for one in await town.responder.messages() if one["from"]["is_bot"]]
    assert [one for one in sent if "photo" in one]
    there = [one for group in GROUPS for one in await town.admin.inside(group).messages()]
    groups = str([one for one in there if one["from"]["is_bot"]])
    heard = str([one for one in await town.dispatcher.messages() if one["from"]["is_bot"]])
    for mark in marks:
        assert mark not in str(sent)
        assert mark in heard
        assert mark not in groups
