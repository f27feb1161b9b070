"""Time: who is reminded of what and when; each once, also after a night without the program."""

from datetime import timedelta
from pathlib import Path

from bot.cases.case import Status
from storage import clocks
from tests.stories.office import FIRE, STALL, count, files, goes_to, now_is, reports, solved
from tests.town import Person, Town, buttons_on, open_town


async def heard_since(person: Person, before: int) -> list[str]:
    """What the bot said here after so many messages."""
    return (await person.heard())[before:]


async def sent_fire(town: Town) -> str:
    """A fire that was sent to the brigade; its number."""
    case = await reports(town, FIRE, "3栋二楼冒烟", danger=True)
    await town.centre_group.presses("派给区消防救援大队", message=await town.centre_group.message_with(case.number))
    return case.number


async def test_a_red_case_nobody_signs_goes_up_every_five_minutes(town: Town) -> None:
    await goes_to(town, 23, 30)
    number = await sent_fire(town)
    duty, centre, admin = town.fire_brigade, town.dispatcher, town.admin
    chain: list[tuple[int, int, int]] = []
    for _ in range(6):
        await town.passes(minutes=5)
        said = [sum("人签收" in one for one in await who.heard()) for who in (duty, centre, admin)]
        chain.append((said[0], said[1], said[2]))
    # there is no deputy and no leader: the duty person hears it, then the group, the dispatchers, the admins
    assert chain[0] == (1, 0, 0)
    assert chain[3][1] == 1 and chain[3][2] == 0
    assert chain[4][2] == 1
    assert chain[5] == chain[4], "and then it is known to everybody"
    await town.passes(hours=1)
    assert sum("人签收" in one for one in await centre.heard()) == 2, "but nobody may forget it"
    nudge = await duty.message_with("没人签收")
    assert number in nudge["text"] and buttons_on(nudge) == ["✍️ 签收", "⋯ 更多"]
    assert "改派" in buttons_on(await centre.message_with("没人签收"))
    assert count(await admin.heard(), f"🔴 红色案件 {number} 一直没有人签收") == 1


async def test_signing_ends_the_chain(town: Town) -> None:
    await goes_to(town, 3)
    number = await sent_fire(town)
    await town.passes(minutes=6)
    await town.fire_brigade.inside(-5005).presses(
        "签收", message=await town.fire_brigade.inside(-5005).message_with(number)
    )
    await town.passes(minutes=60)
    assert count(await town.dispatcher.heard(), "没人签收") == 0
    assert not await town.admin.sees("没有人签收")


async def test_a_plain_case_is_reminded_of_once_at_each_step(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    group = town.community_group
    await town.passes(hours=1, minutes=1)
    assert count(await group.heard(), "还没人签收") == 1
    assert buttons_on(await group.message_with("还没人签收")) == ["✍️ 签收", "⋯ 更多"]
    await group.presses("更多", message=await group.message_with("还没人签收"))
    assert any("退单" in one for one in buttons_on(await group.message_with("还没人签收")))
    await group.presses("返回", message=await group.message_with("还没人签收"))
    await group.presses("签收", message=await group.message_with("还没人签收"))
    await group.presses("到场", message=await group.message_with("推送号"))
    for _ in range(64):
        await town.passes(hours=3)
    heard, told = await group.heard(), await town.leader.heard()
    assert count(heard, "时间过半") == 1
    assert count(told, "快到期了") == 1 and "请督促李建国" in (await town.leader.message_with("快到期了"))["text"]
    assert count(heard, "🟨 黄牌：") == 1 and count(heard, "🟥 红牌：") == 1
    assert count(await town.centre_group.heard(), "🟥 红牌：") == 1
    assert count(await town.town_office.heard(), "请分管领导过问") == 1
    assert "新茂社区超期一天" in (await town.town_office.message_with("分管领导"))["text"]
    assert count(await town.centre_group.heard(), "📌 挂牌督办：") == 1
    assert all(case.number in one for one in heard if "⏰" in one and "推送号" not in one)


async def test_who_tells_of_no_progress_is_asked_for_it_once_and_then_the_leader(town: Town) -> None:
    await goes_to(town, 10)
    silent, telling = await reports(town), await reports(town, words="门口的灯也不亮")
    group = town.community_group
    for case in (silent, telling):
        await group.presses("签收", message=await group.message_with(case.number))
        await group.presses("到场", message=await group.message_with(case.number))
    await group.presses("进展", message=await group.message_with(telling.number))
    await group.sends("灯泡买到了，明天换", reply_to=(await group.messages())[-1]["message_id"])
    await town.passes(days=1, minutes=1)
    assert count(await group.heard(), "还没报过进展") == 1
    nudge = await group.message_with("还没报过进展")
    assert silent.number in nudge["text"] and "📝 进展" in buttons_on(nudge)
    assert not await town.leader.sees("还没报过进展")
    await town.passes(days=1)
    assert count(await town.leader.heard(), "还没报过进展") == 1
    assert silent.number in (await town.leader.message_with("还没报过进展"))["text"]
    assert count(await group.heard(), "还没报过进展") == 1


async def test_a_progress_told_in_time_ends_what_asks_for_it(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    group = town.community_group
    await group.presses("签收", message=await group.message_with(case.number))
    await group.presses("到场", message=await group.message_with(case.number))
    await town.passes(days=1, minutes=1)
    await group.presses("进展", message=await group.message_with("还没报过进展"))
    await group.sends("灯泡买到了，明天换", reply_to=(await group.messages())[-1]["message_id"])
    assert await town.resident.sees("灯泡买到了，明天换")
    await town.passes(days=1, hours=1)
    assert not await town.leader.sees("还没报过进展")


async def test_the_night_is_quiet_for_all_that_is_not_red(town: Town) -> None:
    await goes_to(town, 17, 20)
    await reports(town)
    before = len(await town.community_group.heard())
    moment = town.app.office.clock.now()
    await town.passes(hours=13)
    assert len(await town.community_group.heard()) == before, moment
    await town.passes(hours=3)
    assert count(await heard_since(town.community_group, before), "还没人签收") == 1


async def test_many_reminders_at_once_are_one_list(town: Town) -> None:
    await goes_to(town, 10)
    for n in range(6):
        await files(town, words=f"第{n}盏灯不亮")
    town.app.sender.look()
    await town.settles()
    before = len(await town.community_group.heard())
    await town.passes(hours=2)
    fresh = await heard_since(town.community_group, before)
    assert len(fresh) == 1 and fresh[0].startswith("⏰ 有 6 件要抓紧")
    message = (await town.community_group.messages())[-1]
    assert len(buttons_on(message)) == 6
    await town.community_group.presses(buttons_on(message)[2], message=message)
    assert "还没人签收" in await town.community_group.said()
    await town.community_group.presses("签收", message=(await town.community_group.messages())[-1])
    assert count(await town.community_group.heard(), "【已签收】") == 1


async def test_a_reminder_is_dropped_when_the_case_moved_on_meanwhile(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await town.post("faults", {"kind": "429", "method": "sendmessage", "chat": "-5002", "retry_after": 3, "times": 1})
    await town.post("clock", {"add": 3700})
    card = await town.community_group.message_with(case.number)
    body = {"chat": -5002, "message_id": card["message_id"], "text": "签收", "wait": 0}
    await town.post(f"people/{town.responder.id}/press", body)
    await town.passes(minutes=1)
    assert (await now_is(town, case)).status is Status.ACCEPTED
    assert not await town.community_group.sees("还没人签收")


async def test_after_a_night_without_the_program_each_thing_is_said_once(tmp_path: Path, template: Path) -> None:
    async with open_town(tmp_path / "data", template) as town:
        await goes_to(town, 16)
        number = await sent_fire(town)
        plain = await reports(town)
        stalls = await reports(town, STALL)
        await solved(town.community_group, plain.number)
        await town.grid_member.presses("核查通过")
        await town.passes(minutes=2)
        counted = {who.id: len(await who.heard()) for who in (town.fire_brigade, town.dispatcher, town.admin)}
        asked = count(await town.resident.heard(), "①")
        await town.sleeps_through(timedelta(hours=40))
        for who in (town.fire_brigade, town.dispatcher, town.admin):
            said = await heard_since(who, counted[who.id])
            assert count(said, "没人签收") + count(said, "没有人签收") == 1, (who.id, said)
        finish = [one for one in await heard_since(town.fire_brigade, counted[2004]) if number in one]
        assert len(finish) <= 2, "one for signing, one for the end of the clock"
        assert count(await town.resident.heard(), "①") <= asked + 1
        again = {who.id: len(await who.heard()) for who in (town.fire_brigade, town.dispatcher, town.admin)}
        await town.post("clock", {"add": 1})
        await town.settles()
        assert again == {who.id: len(await who.heard()) for who in (town.fire_brigade, town.dispatcher, town.admin)}
        assert (await now_is(town, stalls)).status is Status.TRIAGE
        assert count(await town.centre_group.heard(), f"{stalls.number}（占道、无照经营）还没派单") == 1


async def test_what_ran_out_of_one_case_is_taken_together_however_much_waits(town: Town) -> None:
    await goes_to(town, 10)
    first, second = await reports(town, STALL), await reports(town, STALL, "另一个摊子占道")
    async with town.app.database.read() as tx:
        later = town.app.office.clock.now() + timedelta(days=9)
        taken = [one for one in await clocks.due(tx, later, 1) if one.case_id in {first.id, second.id}]
    assert len(taken) == 3 and {one.case_id for one in taken} == {first.id}


async def test_what_nobody_triages_rings_each_morning_in_one_list_until_it_is_sent(town: Town) -> None:
    await goes_to(town, 15)
    cases = [await reports(town, STALL, f"第{n}个摊子占道") for n in range(4)]
    centre, admin = town.centre_group, town.admin
    await town.passes(hours=6)
    assert count(await admin.heard(), "一直没有派出去") == 4
    mornings: list[list[str]] = []
    for _ in range(2):
        before = len(await centre.heard())
        await town.passes(days=1)
        mornings.append([one for one in await heard_since(centre, before) if one.startswith("⏰ 有 4 件要抓紧")])
    assert [len(one) for one in mornings] == [1, 1], "each workday once"
    assert count(await admin.heard(), "一直没有派出去") == 4, "the admins know it"
    for n in range(2):
        await centre.presses("派给其他单位", message=await centre.message_with(f"第{n}个摊子占道"))
        await centre.presses("新茂社区")
    before = len(await centre.heard())
    await town.passes(days=1)
    said = await heard_since(centre, before)
    assert [count(said, f"{case.number}（占道、无照经营）还没派单") for case in cases] == [0, 0, 1, 1]
