"""办结公示: a result is offered, reworded, approved by a dispatcher, and only then heard by who follows the place."""

import asyncio
from dataclasses import replace

from bot.cases.actions import Action, Role
from bot.cases.case import Case, Status
from bot.desk.desk import Desk
from bot.desk.moves import act
from storage import cases, people
from tests.engine.office import ask
from tests.stories.office import LAMP, SECRET, acts_as, goes_to, reports, solved
from tests.stories.steps import nothing_failed, picture
from tests.stories.test_subscribe import FOLLOWED, follows, keys_of
from tests.town import Json, Person, Town, buttons_on

WORDS = "与居民王奶奶联系（13800001234），3栋201室门口换了灯泡，今天完成，李建国办的"


async def closed(town: Town, *, solved_it: str = "解决了", words: str = WORDS, listens: bool = True) -> Case:
    """A case from report to rating; the neighbour follows the community."""
    await goes_to(town, 10)
    if listens and ask(town, FOLLOWED) == [(0,)]:
        await follows(town.neighbour, "DX0101")
    case = await reports(town, words="我家楼下 3栋 的灯 13911112222 不亮")
    await solved(town.community_group, case.number, words)
    await town.grid_member.presses("核查通过")
    await town.passes(minutes=1)
    await town.resident.presses("及时")
    await town.resident.presses(solved_it)
    if solved_it == "没解决":
        await town.resident.presses("不用了")
    await town.resident.presses("5")
    await town.settles()
    return case


async def card(town: Town) -> Json:
    """The offer as it stands in the group of the centre."""
    return await town.centre_group.message_with("办结公示\u3000")


async def flows(town: Town) -> None:
    """The feeder looks."""
    await town.passes(minutes=0.2)


async def test_a_result_is_masked_approved_and_heard_by_who_follows_the_place(town: Town) -> None:
    await follows(town.neighbour, "DX01010103")
    await follows(town.whistleblower, "DX0102")
    await closed(town)
    offered = await card(town)
    text = offered["text"]
    assert "新茂社区：小区路灯不亮" in text and "用时：不到 1 小时" in text
    assert "与居民某奶奶联系（（号码略）），某处门口换了灯泡，今天完成，工作人员办的" in text
    for secret in ("13800001234", "13911112222", "王奶奶", "李建国", "3栋", "201", "我家楼下"):
        assert secret not in text, secret
    assert "1 人会收到" in text
    assert not await town.neighbour.sees("办结公示\n"), "nothing leaves before it is approved"
    await town.centre_group.presses("同意公示")
    await flows(town)
    told = await town.neighbour.said()
    assert told.startswith("📣 办结公示\n新茂社区：小区路灯不亮") and "通知" in told
    assert buttons_on((await town.neighbour.messages())[-1]) == ["不再接收"]
    assert not await town.whistleblower.sees("办结公示\n"), "of another community"
    assert not await town.resident.sees("📣 办结公示"), "who reported follows nothing"
    shown = await card(town)
    assert "何静同意公示" in shown["text"] and buttons_on(shown) == ["⛔️ 撤下"]
    dispatcher = ask(town, "select id from people where name = '何静'")
    assert ask(town, "select decided_by from publications") == dispatcher
    assert ask(town, "select decided_at is not null from publications") == [(1,)]
    await town.admin.sends("/broadcasts")
    assert "还没有发过通知" in await town.admin.said()
    assert await nothing_failed(town)


async def test_edited_wording_is_masked_shown_again_and_only_then_approved(town: Town) -> None:
    await closed(town)
    offered = await card(town)
    await town.centre_group.presses("改文字")
    asked = (await town.centre_group.messages())[-1]
    await town.centre_group.sends("新茂社区楼下的灯修好了，谢谢大家。联系 13900001111", reply_to=asked["message_id"])
    shown = (await town.centre_group.messages())[-1]
    assert "新茂社区楼下的灯修好了，谢谢大家。联系 （号码略）" in shown["text"]
    stale = await town.centre_group.presses_data(offered["message_id"], keys_of(offered)["✅ 同意公示"])
    assert stale is not None and "文字刚刚改过" in stale["text"]
    assert ask(town, "select count(*) from broadcasts") == [(0,)]
    await town.centre_group.presses("同意公示", message=shown)
    await flows(town)
    assert (await town.neighbour.said()).startswith("新茂社区楼下的灯修好了，谢谢大家。联系 （号码略）")
    assert await nothing_failed(town)


async def test_words_that_are_too_long_or_a_command_change_nothing(town: Town) -> None:
    await closed(town)
    await town.centre_group.presses("改文字")
    asked = (await town.centre_group.messages())[-1]
    await town.centre_group.sends("长" * 700, reply_to=asked["message_id"])
    assert "最多 600 个字" in await town.centre_group.said()
    await town.centre_group.sends("/queue")
    assert ask(town, "select version from publications") == [(1,)]


async def _second_dispatcher(town: Town) -> Person:
    async def appoint(desk: Desk) -> None:
        vault = desk.office.seals.vault
        await people.appoint(desk.tx, vault, town.town_office.id, "周强", [{"role": "dispatcher"}])

    await town.app.at_desk(appoint)
    await town.post("groups/-5001/members", {"person": town.town_office.id})
    return town.town_office.inside(-5001)


async def test_of_two_dispatchers_at_once_one_approves(town: Town) -> None:
    second = await _second_dispatcher(town)
    await closed(town)
    offered = await card(town)
    body = {"chat": -5001, "message_id": offered["message_id"], "text": "✅ 同意公示"}
    presses = (town.post(f"people/{one}/press", body) for one in (town.dispatcher.id, second.id))
    answers: list[Json] = await asyncio.gather(*presses)
    await town.settles()
    assert {bool(one["answer"] and one["answer"].get("show_alert")) for one in answers} == {True, False}
    assert any("已经处理过了" in one["answer"]["text"] for one in answers)
    await flows(town)
    assert sum("📣 办结公示" in text for text in await town.neighbour.heard()) == 1
    assert ask(town, "select count(*) from broadcasts") == [(1,)]


async def test_a_forged_press_of_a_resident_or_responder_has_no_effect(town: Town) -> None:
    await closed(town)
    keys = keys_of(await card(town))
    for stranger in (town.resident, town.neighbour, town.responder, town.admin):
        await stranger.sends("/mine")
        shown = (await stranger.messages())[-1]["message_id"]
        for data in (*keys.values(), "pub:1:down:1", "pub:1:zz:1", "pub:", "pub:x:yes:1", "pub:99:yes:1"):
            said = await stranger.presses_data(shown, data)
            assert said is not None and said["show_alert"], data
    await flows(town)
    assert ask(town, "select state, version from publications") == [("offered", 1)]
    assert ask(town, "select count(*) from broadcasts") == [(0,)]
    assert await nothing_failed(town)


async def test_at_night_it_waits_for_the_morning_and_can_be_taken_down_until_then(town: Town) -> None:
    await closed(town)
    await town.passes(hours=13)
    await town.centre_group.presses("同意公示")
    await flows(town)
    assert not await town.neighbour.sees("📣 办结公示")
    await town.passes(hours=9)
    assert await town.neighbour.sees("📣 办结公示"), "held, and delivered in the morning"
    await closed(town, words="与居民联系，换了开关，今天完成")
    await town.passes(hours=13)
    await town.centre_group.presses("同意公示")
    await town.centre_group.presses("撤下")
    await town.passes(hours=12)
    assert not await town.neighbour.sees("换了开关")
    assert "何静撤下了" in (await card(town))["text"]
    assert ask(town, "select state, withdrawn_by is not null from publications where id = 2") == [("withdrawn", 1)]
    assert await nothing_failed(town)


async def test_left_it_is_left(town: Town) -> None:
    await closed(town)
    await town.centre_group.presses("不公示")
    await flows(town)
    assert "何静决定不公示" in (await card(town))["text"] and not buttons_on(await card(town))
    assert not await town.neighbour.sees("📣 办结公示")


async def _closes_at_once(town: Town, matter: str, *, sealed: bool) -> None:
    """A case whose work is done is rated, which closes it; how it came so far is another story."""
    case = await reports(town, matter, "不要告诉别人", sealed=sealed)

    async def close(desk: Desk) -> None:
        known = await cases.by_id(desk.tx, case.id)
        assert known is not None
        done = replace(
            known, status=Status.FEEDBACK, result="办好了", resolved_at=desk.now(), version=known.version + 1
        )
        assert await cases.change(desk.tx, known, done)
        await acts_as(desk, town.resident.id)
        await act(desk, done, Action.RATE, Role.REPORTER)

    await town.app.at_desk(close)
    town.app.sender.look()
    await town.settles()


async def test_what_is_not_to_be_told_is_never_offered(town: Town) -> None:
    await goes_to(town, 10)
    await follows(town.neighbour, "DX0101")
    for matter, sealed in ((SECRET, False), (LAMP, True), ("F02", False), ("J01", False)):
        await _closes_at_once(town, matter, sealed=sealed)
    assert ask(town, "select count(*) from publications") == [(0,)]
    assert not await town.centre_group.sees("办结公示") and not await town.dispatcher.sees("办结公示")
    await _closes_at_once(town, LAMP, sealed=False)
    assert ask(town, "select count(*) from publications") == [(1,)], "in the same way a plain one is"


async def test_a_result_called_unsolved_or_that_nobody_would_hear_is_not_offered(town: Town) -> None:
    await closed(town, solved_it="没解决")
    assert ask(town, "select count(*) from publications") == [(0,)], "called unsolved"
    await town.neighbour.sends("/follow")
    await town.neighbour.presses("全部不要")
    await closed(town, listens=False)
    assert ask(town, "select count(*) from publications") == [(0,)], "nobody would hear it"
    assert await nothing_failed(town)


async def test_a_case_that_is_done_again_is_taken_down_by_itself_and_offered_anew_when_it_is_done(town: Town) -> None:
    case = await closed(town)
    await town.passes(hours=13)
    await town.centre_group.presses("同意公示")
    old = await card(town)
    await town.resident.sends(case.number)
    await town.resident.presses("没解决，要求重办")
    await town.resident.sends("又坏了")
    assert "自动撤下了" in (await card(town))["text"]
    await town.passes(hours=22)
    assert not await town.neighbour.sees("📣 办结公示")
    await town.community_group.presses("签收")
    await town.community_group.presses("办结")
    asked = (await town.community_group.messages())[-1]["message_id"]
    done = "与居民联系，换了整盏灯，今天完成"
    await town.community_group.sends_any(photo=picture(7), caption=done, reply_to=asked)
    await town.grid_member.presses("核查通过")
    await town.passes(days=8)
    anew = await card(town)
    assert "换了整盏灯" in anew["text"] and anew["message_id"] != old["message_id"]
    assert await nothing_failed(town)


async def test_a_case_that_is_done_again_before_anybody_decided_cannot_be_published(town: Town) -> None:
    case = await closed(town)
    offered = await card(town)
    await town.resident.sends(case.number)
    await town.resident.presses("没解决，要求重办")
    await town.resident.sends("又坏了")
    shown = await card(town)
    assert "又在办，先不公示" in shown["text"] and not buttons_on(shown)
    said = await town.centre_group.presses_data(offered["message_id"], keys_of(offered)["✅ 同意公示"])
    assert said is not None and said["show_alert"]
    assert ask(town, "select count(*) from broadcasts") == [(0,)]


async def test_an_answer_to_a_result_is_a_report_and_not_lost(town: Town) -> None:
    await closed(town)
    await town.centre_group.presses("同意公示")
    await flows(town)
    came = await town.neighbour.message_with("📣 办结公示")
    await town.neighbour.sends("我这里的路灯也不亮", reply_to=came["message_id"])
    assert not await town.neighbour.sees("转给发通知的人了")
    assert ask(town, "select count(*) from replies") == [(0,)]
    assert "小区路灯不亮" in await town.neighbour.buttons()
