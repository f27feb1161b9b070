"""Danger is heard at the first word: the centre and the duty people know while it is still being told."""

import re

import pytest

from tests.stories.steps import case_of, nothing_failed, reports_lamp, submits
from tests.town import Person, Town

FIRE = "新港小区2栋着火了，快来人"
UNFINISHED = "险情，正在说，还没提交"
TAKEN_BACK = "上报人撤了，没提交"
NUMBER = re.compile("[0-9]{6}-[0-9]{3}")


async def _read(person: Person, words: str) -> list[str]:
    return [text for text in await person.heard() if words in text]


async def _filed(person: Person) -> str:
    """The number of the case that silence made."""
    return NUMBER.findall((await _read(person, "我先按您说的报上去了"))[-1])[0]


async def test_the_first_word_reaches_the_centre_and_the_duty_people_at_once(town: Town) -> None:
    await town.resident.sends(FIRE)
    assert "请先打电话" in (await town.resident.heard())[-2]
    for who in (town.centre_group, town.fire_brigade):
        [card] = await _read(who, UNFINISHED)
        assert FIRE in card
        assert "新港小区2栋" in card.split("地点：")[1]
        assert "已请对方先打 119" in card
    assert not await town.community_group.sees("着火")
    assert await nothing_failed(town)


async def test_the_card_is_updated_and_becomes_the_card_of_the_case(town: Town) -> None:
    resident = town.resident
    await resident.sends("着火了，快来人")
    first = await town.centre_group.message_with(UNFINISHED)
    assert "地点：还不知道" in first["text"]
    await resident.shares_location(32.19, 119.593)
    await resident.presses("着火、冒烟")
    [card] = await _read(town.centre_group, UNFINISHED)
    assert "新茂社区" in card
    number = await submits(resident)
    for who in (town.centre_group, town.fire_brigade):
        assert not await _read(who, UNFINISHED), "the card of the case stands in its place"
        [card] = await _read(who, number)
        assert "着火了" in card
    there = await town.centre_group.message_with(number)
    assert there["message_id"] == first["message_id"]
    assert any("派" in one for one in await town.centre_group.buttons())
    assert await nothing_failed(town)


async def test_silence_makes_a_report_of_it_after_ten_minutes(town: Town) -> None:
    await town.resident.sends(FIRE)
    await town.passes(minutes=9)
    await town.resident.sends("在三楼")
    await town.passes(minutes=9)
    assert not await town.resident.sees("我先按您说的报上去了"), "silence is counted from the last word"
    await town.passes(minutes=2)
    assert await town.resident.sees("您没再说话，我先按您说的报上去了，编号")
    number = await _filed(town.resident)
    case = await case_of(town, number)
    assert (case.text, case.colour, case.danger) == (f"{FIRE}\n在三楼", "red", True)
    assert await town.fire_brigade.sees(number)
    assert await town.centre_group.sees(number)
    await town.passes(hours=30)
    assert not await town.resident.sees("还没报完"), "the draft is gone"
    assert await nothing_failed(town)


async def test_whoever_gives_up_is_asked_once_and_the_centre_reads_that(town: Town) -> None:
    resident = town.resident
    await resident.sends(FIRE)
    await resident.sends("/cancel")
    assert "真的没事了吗" in await resident.said()
    await resident.presses("真的没事了，不报了")
    assert "这次不报了" in await resident.said()
    for who in (town.centre_group, town.fire_brigade):
        assert await _read(who, TAKEN_BACK)
        assert await who.sees("上报人说真的没事了，撤了")
    await town.passes(minutes=30)
    assert not await resident.sees("编号"), "what was taken back is no report"
    assert not await resident.sees("打通了吗")


@pytest.mark.parametrize("words", ["还有", "说不清"])
async def test_whoever_is_not_sure_goes_on(town: Town, words: str) -> None:
    resident = town.resident
    await resident.sends(FIRE)
    await resident.presses("不报了")
    assert "真的没事了吗" in await resident.said()
    await resident.sends(words)
    assert "这是哪一类事" in await resident.said()
    assert await _read(town.centre_group, UNFINISHED)


async def test_a_second_cancel_is_a_real_no(town: Town) -> None:
    await town.resident.sends(FIRE)
    await town.resident.sends("/cancel")
    await town.resident.sends("/cancel")
    assert "这次不报了" in await town.resident.said()
    assert await town.centre_group.sees("上报人说真的没事了，撤了")


async def test_silence_after_that_question_is_no_answer(town: Town) -> None:
    await town.resident.sends(FIRE)
    await town.resident.sends("/cancel")
    await town.passes(minutes=11)
    assert await town.resident.sees("我先按您说的报上去了")


async def test_words_that_take_it_back_take_the_flag_back(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区2栋着火了")
    await resident.sends("搞错了 没着火 是烟囱")
    assert "没有危险就好" in await resident.said()
    assert "着火、冒烟" not in await resident.buttons()
    assert await _read(town.centre_group, "上报人说没有危险了")
    await town.passes(minutes=20)
    assert not await resident.sees("我先按您说的报上去了")


async def test_a_red_matter_tapped_is_danger_until_somebody_says_there_is_none(town: Town) -> None:
    resident = town.resident
    await resident.sends_photo()
    await resident.presses("眼前有危险")
    await resident.presses("着火、冒烟")
    assert await _read(town.fire_brigade, UNFINISHED)
    await resident.presses("没有")
    assert await _read(town.fire_brigade, "上报人说没有危险了")


async def test_a_confidential_danger_is_read_by_the_dispatchers_alone(town: Town) -> None:
    await town.resident.sends("我不想活了")
    assert not await town.centre_group.sees("不想活")
    assert not await town.fire_brigade.sees("不想活"), "there is no unit of its kind: the dispatchers alone"
    [card] = await _read(town.dispatcher, UNFINISHED)
    assert "不想活" in card
    shown = await town.dispatcher.message_with(UNFINISHED)
    assert shown["has_protected_content"]
    await town.resident.sends("/cancel")
    await town.resident.sends("真的没事了")
    assert await town.dispatcher.sees("上报人说真的没事了，撤了")
    assert not await town.centre_group.sees("真的没事")


async def test_what_becomes_confidential_leaves_the_group(town: Town) -> None:
    await town.resident.sends(FIRE)
    assert await _read(town.centre_group, UNFINISHED)
    await town.resident.sends("我不想活了，是我点的火")
    assert await _read(town.centre_group, "这一条转为保密")
    assert not await town.centre_group.sees("着火")
    assert await _read(town.dispatcher, "不想活")


async def test_somebody_who_is_muted_or_over_the_measure_is_heard(town: Town) -> None:
    town.app.office.hurries.look(0, 0, town.app.office.clock.now(), 1)
    await town.resident.sends(FIRE)
    assert await _read(town.centre_group, UNFINISHED)


async def test_it_is_asked_once_whether_the_call_got_through(town: Town) -> None:
    resident = town.resident
    await resident.sends(FIRE)
    await town.passes(minutes=1)
    assert "119 打通了吗" in await resident.said()
    assert await resident.buttons() == ["📞 打通了", "❗ 没打通", "没事了"]
    await resident.presses("没打通")
    said = await resident.said()
    assert "会有人联系您或直接过去" in said and "110" in said
    for who in (town.centre_group, town.fire_brigade):
        assert await who.sees("电话没打通")
        assert "❗ 电话没打通" in (await _read(who, UNFINISHED))[0]
    await town.passes(minutes=5)
    assert len(await _read(resident, "打通了吗")) == 1


@pytest.mark.parametrize(
    ("words", "said", "told"),
    [("没人接啊", "会有人联系您", "电话没打通"), ("打通了", "听电话里的", "📞 电话打通了")],
)
async def test_the_answer_may_be_words(town: Town, words: str, said: str, told: str) -> None:
    await town.resident.sends(FIRE)
    await town.passes(minutes=1)
    await town.resident.sends(words)
    assert said in await town.resident.said()
    assert "这是哪一类事" in await town.resident.said(), "and the report goes on"
    assert await town.centre_group.sees(told)
    await town.resident.presses("着火、冒烟")
    assert (await case_of(town, await submits(town.resident))).text == FIRE


async def test_no_answer_after_it_is_a_case_goes_to_the_case_and_opens_nothing(town: Town) -> None:
    await town.resident.sends(FIRE)
    await town.resident.presses("着火、冒烟")
    number = await submits(town.resident)
    await town.passes(minutes=1)
    assert await town.resident.sees("打通了吗")
    await town.resident.sends("打不通")
    assert "会有人联系您" in await town.resident.said()
    assert await town.centre_group.sees(f"电话没打通</b>（119）：{number}") or await town.centre_group.sees(number)
    assert any("电话没打通" in text and number in text for text in await town.centre_group.heard())
    await town.resident.sends("没打通")
    assert await nothing_failed(town)


async def test_nobody_answers_for_another(town: Town) -> None:
    await town.resident.sends(FIRE)
    await town.passes(minutes=1)
    asked = await town.resident.message_with("打通了吗")
    data = asked["reply_markup"]["inline_keyboard"][0][1]["callback_data"]
    await town.neighbour.sends("你好")
    own = (await town.neighbour.messages())[-1]
    pressed = await town.neighbour.presses_data(own["message_id"], data)
    assert pressed and "已经过去了" in pressed["text"]
    assert not await town.centre_group.sees("电话没打通")


async def test_all_right_again_before_it_is_submitted_asks_whether_that_is_sure(town: Town) -> None:
    await town.resident.sends(FIRE)
    await town.passes(minutes=1)
    await town.resident.presses("没事了")
    assert "真的没事了吗" in await town.resident.said()


async def test_an_edit_is_heard_like_a_first_word(town: Town) -> None:
    resident = town.resident
    sent = await resident.sends("你好")
    await resident.edits(sent["message_id"], FIRE)
    assert await resident.sees("请先打电话")
    assert await _read(town.fire_brigade, UNFINISHED)


async def test_an_edited_place_that_cries_for_help_is_no_place(town: Town) -> None:
    resident = town.resident
    await resident.sends("路灯不亮")
    await resident.presses("小区路灯不亮")
    await resident.presses("跳过")
    place = await resident.sends("那棵大树下面")
    await resident.edits(place["message_id"], "着火了快来人啊")
    assert await resident.sees("请先打电话")
    assert not await resident.sees("好的，地点：着火")
    assert await _read(town.fire_brigade, UNFINISHED)


async def test_an_edit_after_submitting_makes_the_case_red_and_rings_everywhere(town: Town) -> None:
    resident = town.resident
    words = await resident.sends("新港小区3栋楼下路灯不亮")
    await resident.presses("小区路灯不亮")
    number = await submits(resident)
    assert (await case_of(town, number)).colour == "none"
    await resident.edits(words["message_id"], "新港小区3栋着火了 有人困在里面")
    assert await resident.sees("请先打电话")
    case = await case_of(town, number)
    assert (case.colour, case.danger, case.level) == ("red", True, "district")
    for who in (town.centre_group, town.fire_brigade):
        assert any("险情" in text and "有人困在里面" in text for text in await who.heard())
    assert await town.community_group.sees("有人困在里面")


async def test_danger_added_to_an_old_case_rings_at_the_centre_and_keeps_its_history(town: Town) -> None:
    resident = town.resident
    lamp = await reports_lamp(resident)
    await resident.presses("补充")
    await resident.sends("着火了 三个人困在屋里")
    case = await case_of(town, lamp)
    assert (case.colour, case.danger, case.text) == ("red", True, "新港小区3栋楼下路灯不亮")
    assert any("险情" in text and "三个人困在屋里" in text for text in await town.centre_group.heard())
    assert any("险情" in text and "三个人困在屋里" in text for text in await town.fire_brigade.heard())
    await resident.sends(lamp)
    assert await resident.sees("您补充说有险情，已加急")
    assert await nothing_failed(town)


async def test_a_false_alarm_leaves_the_step_open(town: Town) -> None:
    await town.neighbour.sends("/mygrid")
    await town.neighbour.sends("着火了快来人啊")
    assert await town.neighbour.sees("您这句话我已经转给值班的人了")
    assert await _read(town.centre_group, UNFINISHED)
    await town.neighbour.presses("没有危险")
    assert await town.centre_group.sees("上报人说真的没事了，撤了")
    await town.neighbour.sends("滨河社区")
    assert "滨河社区" in await town.neighbour.said()
    assert not await town.neighbour.sees("这是哪一类事")


@pytest.mark.parametrize("command", ["/start", "/apply", "/help", "/mygrid"])
async def test_a_command_swallows_no_danger(town: Town, command: str) -> None:
    await town.resident.sends(f"{command} {FIRE}")
    assert await town.resident.sees("请先打电话")
    assert await _read(town.fire_brigade, UNFINISHED)
    await town.resident.presses("马上报险情")
    await town.resident.presses("着火、冒烟")
    assert (await case_of(town, await submits(town.resident))).text == FIRE


async def test_danger_called_out_in_a_group_is_answered_with_the_numbers(town: Town) -> None:
    await town.community_group.sends(f"/report {FIRE}")
    assert "119" in await town.community_group.said()
    assert await _read(town.fire_brigade, UNFINISHED)
    await town.passes(minutes=11)
    assert await town.responder.sees("我先按您说的报上去了")


async def test_forgetting_takes_it_back_and_nothing_of_it_stays(town: Town) -> None:
    await town.resident.sends(FIRE)
    await town.resident.sends("/forget")
    await town.resident.presses("确定删除")
    assert await town.centre_group.sees("上报人说真的没事了，撤了") or await _read(town.centre_group, TAKEN_BACK)
    await town.passes(minutes=20)
    assert not await town.centre_group.sees("编号")


async def test_a_danger_told_meanwhile_is_known_before_it_is_decided_whose_it_is(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋楼下路灯不亮")
    await resident.presses("小区路灯不亮")
    await resident.sends(FIRE)
    assert "这是另一件事吗" in await resident.said()
    assert await _read(town.fire_brigade, UNFINISHED)
    await resident.presses("同一件")
    assert len(await _read(town.fire_brigade, UNFINISHED)) == 1
    number = await submits(resident)
    assert (await case_of(town, number)).danger
    assert not await _read(town.fire_brigade, UNFINISHED)


async def test_a_danger_left_undecided_is_filed_and_the_lamp_waits(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋楼下路灯不亮")
    await resident.presses("小区路灯不亮")
    await resident.sends(FIRE)
    await town.passes(minutes=11)
    number = await _filed(resident)
    assert (await case_of(town, number)).text == FIRE
    await resident.sends("一盏")
    assert (await case_of(town, await submits(resident))).text.startswith("新港小区3栋楼下路灯不亮")


async def test_a_voice_that_nobody_has_heard_asks_for_danger_first(town: Town) -> None:
    resident = town.resident
    await resident.sends_any(voice=True)
    said = await resident.said()
    assert "110" in said and "120" in said and "现在还有危险吗" in said
    await resident.presses("有，正在发生")
    assert await _read(town.centre_group, UNFINISHED)
    assert await resident.sees("请先打电话")
    assert "在什么地方" in await resident.said()


@pytest.mark.parametrize(
    ("words", "danger"),
    [("没有危险啊", False), ("有点", True), ("不知道", True), ("说不清", True), ("没得事", None), ("没事", False)],
)
async def test_the_answer_about_danger_is_understood_in_words(town: Town, words: str, danger: bool | None) -> None:
    resident = town.resident
    await resident.sends_any(voice=True)
    await resident.sends("什么危险")
    assert "还在烧" in await resident.said()
    await resident.sends(words)
    if danger is None:
        return
    assert "在什么地方" in await resident.said()
    assert bool(await _read(town.centre_group, UNFINISHED)) is danger


async def test_a_voice_alone_is_not_deleted_unheard(town: Town) -> None:
    await town.resident.sends_any(voice=True)
    await town.passes(minutes=31)
    assert await town.resident.sees("我先按您说的报上去了")
    await town.fetches()
    assert [one for one in await town.centre_group.messages() if "voice" in one]
