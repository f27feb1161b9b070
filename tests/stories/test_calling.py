"""镇街吹哨、部门报到: from the call to the stars, and who never sees what."""

from datetime import timedelta
from typing import Any

from bot.cases.case import Case, Status
from bot.cases.worktime import SHANGHAI
from storage import calls, cases
from tests.stories.office import SECRET, goes_to, now_is, reports
from tests.town import Json, Person, Town, buttons_on

LATITUDE, LONGITUDE = 32.19, 119.62


async def _at_work(town: Town, **more: Any) -> Case:
    case = await reports(town, latitude=LATITUDE, longitude=LONGITUDE, **more)
    group = town.community_group
    await group.presses("签收", message=await group.message_with(case.number))
    await group.presses("到场", message=await group.message_with(case.number))
    return await now_is(town, case)


async def _chooses(town: Town, case: Case, *units: str) -> None:
    await town.centre_group.presses("更多", message=await town.centre_group.message_with(case.number))
    said = await town.centre_group.presses("吹哨")
    assert said is not None and "私聊" in said["text"]
    for unit in units:
        await town.dispatcher.presses(unit)
    await town.dispatcher.presses("选好了")


async def _calls(town: Town, case: Case, at: str = "14:30") -> None:
    """The fire brigade and the town office are called for half past two."""
    await _chooses(town, case, "区消防救援大队", "丁岗镇综治办")
    await town.dispatcher.sends(at)
    await town.dispatcher.presses("就在事发地点")
    await town.dispatcher.sends("1. 断电\n- 换灯杆\n\n清理现场")
    await town.dispatcher.presses("📣 吹哨")


async def _reports_in(town: Town, person: Person, lat: float = LATITUDE, lon: float = LONGITUDE) -> None:
    await person.sends("/start ci_1")
    await person.shares_location(lat, lon)


def _fire(town: Town) -> Person:
    return town.fire_brigade.inside(-5005)


async def _card(person: Person) -> Json:
    return await person.message_with("吹哨\u3000")


async def _history(town: Town, case: Case) -> list[tuple[str, str | None]]:
    async with town.app.database.read() as tx:
        return [(line.action, line.note) for line in await cases.history_of(tx, case.id)]


async def test_departments_are_called_report_in_do_their_tasks_and_both_sides_rate(town: Town) -> None:
    await goes_to(town, 10)
    case = await _at_work(town)
    await _calls(town, case)
    assert (await now_is(town, case)).status is Status.JOINT
    assert await town.resident.sees("已请几个部门一起到现场处理")
    card = await _card(_fire(town))
    for words in ("14:30", "新茂社区（牵头）", "▫️ 区消防救援大队", "□ 断电", "□ 换灯杆", "□ 清理现场", "楼下路灯不亮"):
        assert words in card["text"]
    pins = [one["venue"] for one in await _fire(town).messages() if "venue" in one]
    assert [(one["location"]["latitude"], one["title"]) for one in pins] == [(LATITUDE, case.place)]
    await goes_on_to(town, 14, 20)
    await _reports_in(town, town.fire_brigade)
    assert "✅ 区消防救援大队已报到：准时" in await town.fire_brigade.said()
    await goes_on_to(town, 14, 37)
    await _reports_in(town, town.town_office, LATITUDE + 0.01)
    assert "迟到 7 分钟，离集合点约 1112 米" in await town.town_office.said()
    await _fire(town).presses("做完：断电")
    assert "☑ 断电（区消防救援大队）" in (await _card(town.centre_group))["text"]
    assert "做完：断电" not in buttons_on(await _card(_fire(town)))
    await town.community_group.presses("结束协同", message=await town.community_group.message_with("【吹哨协同】"))
    assert (await now_is(town, case)).status is Status.HANDLING
    assert "协同已结束" in (await _card(_fire(town)))["text"]
    await town.centre_group.presses("4⭐", message=await town.centre_group.message_with("区消防救援大队来得怎么样"))
    await _fire(town).presses("5⭐", message=await _fire(town).message_with("组织得怎么样"))
    assert "得4星\u3000评5星" in (await _card(town.centre_group))["text"]
    assert "星" not in (await _card(_fire(town)))["text"]
    told = await _history(town, case)
    assert {"whistle", "arrive", "call_task", "end_joint"} <= {action for action, _ in told}
    assert ("arrive", "迟到 7 分钟，离集合点约 1112 米") in told
    assert ("call_task", "断电") in told


async def goes_on_to(town: Town, hour: int, minute: int) -> None:
    """Later on the same day."""
    now = town.app.office.clock.now().astimezone(SHANGHAI)
    then = now.replace(hour=hour, minute=minute, second=1)
    assert then > now
    await town.passes(minutes=(then - now) / timedelta(minutes=1))


async def test_reminders_come_before_the_time_and_only_to_who_is_missing_after_it(town: Town) -> None:
    await goes_to(town, 10)
    case = await _at_work(town)
    await _calls(town, case)
    assert not await _fire(town).sees("别忘了报到")
    await goes_on_to(town, 13, 31)
    assert await _fire(town).sees("14:30 到 " + case.place + " 集合，别忘了报到")
    await _reports_in(town, town.fire_brigade)
    await goes_on_to(town, 14, 46)
    assert not await _fire(town).sees("还没报到")
    assert await town.town_office.inside(-5003).sees("您单位还没报到")
    assert await town.centre_group.sees(f"{case.number} 还没报到：新茂社区、丁岗镇综治办")


async def test_a_unit_reports_in_once_and_hears_who_did(town: Town) -> None:
    await goes_to(town, 10)
    await _calls(town, await _at_work(town))
    await _reports_in(town, town.fire_brigade)
    await _reports_in(town, town.fire_brigade)
    assert "郑" in await town.fire_brigade.said() or "吴敏" in await town.fire_brigade.said()
    async with town.app.database.read() as tx:
        came = [one for one in await calls.units_of(tx, 1) if one.arrived_at]
    assert len(came) == 1


async def test_a_place_that_is_forwarded_is_not_taken_and_without_one_the_time_counts(town: Town) -> None:
    await goes_to(town, 10)
    await _calls(town, await _at_work(town))
    await town.fire_brigade.sends("/start ci_1")
    await town.fire_brigade.sends_any(location={"lat": LATITUDE, "lon": LONGITUDE}, forward_from={"name": "朋友"})
    assert "不要转发" in await town.fire_brigade.said()
    await town.fire_brigade.sends("不发位置，直接报到")
    assert "准时，没发位置" in await town.fire_brigade.said()


async def test_nobody_who_was_not_called_reports_in_ticks_ends_or_rates(town: Town) -> None:
    await goes_to(town, 10)
    case = await _at_work(town)
    await _calls(town, case)
    await town.other_responder.sends("/start ci_1")
    assert "没有找到" in await town.other_responder.said()
    await town.other_responder.sends("/start ci_99")
    assert "没有找到" in await town.other_responder.said()
    shown = await _card(_fire(town))
    group = town.other_responder.inside(-5004)
    any_message = await group.sends("你好")
    for person, message in ((town.other_responder, (await town.other_responder.messages())[-1]), (_fire(town), shown)):
        for data in (
            "cl:t:99",
            "cl:r:1:1:stars:5",
            "cl:r:1:1:stars_back:9",
            "cl:x:1",
            "cl:t:x",
            f"c:{case.id}:end_joint:1:",
        ):
            said = await person.presses_data(message["message_id"], data)
            assert said is not None and said["show_alert"], data
    assert any_message
    assert (await now_is(town, case)).status is Status.JOINT


async def test_a_confidential_case_is_told_to_no_other_unit(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, SECRET, "有人欠薪不给")
    await town.dispatcher.sends("/queue")
    card = await town.dispatcher.message_with(case.number)
    unit = await _unit_id(town, "xinmao")
    await town.dispatcher.presses_data(card["message_id"], f"c:{case.id}:dispatch:1:{unit}")
    await town.responder.presses_data((await town.responder.messages())[-1]["message_id"], f"c:{case.id}:accept:1:")
    await town.responder.presses_data((await town.responder.messages())[-1]["message_id"], f"c:{case.id}:contact:1:")
    assert (await now_is(town, case)).status is Status.HANDLING
    said = await town.dispatcher.presses_data(card["message_id"], f"c:{case.id}:whistle:1:")
    assert said is not None and "这是保密件，不能叫别的单位一起来" in said["text"]
    said = await town.dispatcher.presses_data(card["message_id"], f"wh:go:{case.id}")
    assert said is not None and said["show_alert"]
    assert (await now_is(town, case)).status is Status.HANDLING


async def _unit_id(town: Town, code: str) -> int:
    from storage import units

    async with town.app.database.read() as tx:
        found = await units.by_code(tx, code)
    assert found is not None
    return found.id


async def test_a_call_is_over_when_the_centre_gives_the_case_to_another_unit(town: Town) -> None:
    await goes_to(town, 10)
    case = await _at_work(town)
    await _calls(town, case)
    await town.centre_group.presses("更多", message=await town.centre_group.message_with("【吹哨协同】"))
    await town.centre_group.presses("升到上一级")
    assert "协同已结束" in (await _card(_fire(town)))["text"]
    await town.fire_brigade.sends("/start ci_1")
    assert "这一步已经过去了" in await town.fire_brigade.said()


async def test_odd_times_and_places_are_asked_again_and_nothing_is_lost(town: Town) -> None:
    await goes_to(town, 10)
    case = await _at_work(town)
    await _chooses(town, case)
    await town.dispatcher.presses("区消防救援大队")
    await town.dispatcher.presses("选好了")
    for words in ("随便", "9:30", "25:00", "13月1日 9:00", "下个月"):
        await town.dispatcher.sends(words)
        assert "看不懂，或者已经过了" in await town.dispatcher.said(), words
    await town.dispatcher.sends("明天9:30")
    await town.dispatcher.sends("🦆" * 3)
    await town.dispatcher.sends_photo()
    assert "请用文字写要做的事" in await town.dispatcher.said()
    await town.dispatcher.sends("看现场")
    assert "🦆🦆🦆" in await town.dispatcher.said()
    await town.dispatcher.presses("不吹了")
    assert (await now_is(town, case)).status is Status.HANDLING
    async with town.app.database.read() as tx:
        assert await calls.by_id(tx, 1) is None


async def test_a_unit_asks_for_others_and_the_centre_calls_them_from_its_request(town: Town) -> None:
    await goes_to(town, 10)
    case = await _at_work(town)
    await town.community_group.presses("更多", message=await town.community_group.message_with(case.number))
    await town.community_group.presses("申请协同")
    question = (await town.community_group.messages())[-1]
    await town.community_group.sends("要供电的来断电", reply_to=question["message_id"])
    asked = await town.centre_group.message_with("申请吹哨协同：要供电的来断电")
    await town.centre_group.presses("同意，去吹哨", message=asked)
    assert "请哪些部门来" in await town.dispatcher.said()


async def test_a_place_that_was_sent_is_never_said_to_be_missing_where_the_call_has_no_point(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    group = town.community_group
    for words in ("签收", "到场"):
        await group.presses(words, message=await group.message_with(case.number))
    await _calls(town, case)
    await _reports_in(town, town.fire_brigade)
    await town.town_office.sends("/start ci_1")
    await town.town_office.presses("不发位置")
    card = (await _card(_fire(town)))["text"]
    brigade, office = (next(line for line in card.splitlines() if one in line) for one in ("消防", "综治办"))
    assert "位置收到" in brigade and "没发位置" not in brigade
    assert "没发位置" in office
