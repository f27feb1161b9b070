"""Voice first: said, not typed. A voice and a place are a report; its words are read, put right and acted upon.

The ear is real: a tiny model that the test makes, loaded by sherpa-onnx, hears OGG/Opus that PyAV decodes.
"""

import os
import signal
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.cases.case import Status
from storage import cases, outbox, tables, voices
from tests.speech import as_voice, encoded, model_of, needs_voice, spoken
from tests.stories.steps import case_of, files_of, newest_number, nothing_failed, submits
from tests.town import Person, Town, open_town

HERE = (32.19, 119.593)
LAMP, MANHOLE, FIRE, NOISE, PLACE, TONIGHT, NO, LIFT = (
    "小区里路灯不亮",
    "马路上井盖没了一个大洞",
    "楼里着火了",
    "隔壁天天吵架",
    "新港小区3栋",
    "今晚开始的",
    "没有",
    "右边那部",
)
SENTENCES = (LAMP, MANHOLE, FIRE, NOISE, PLACE, TONIGHT, NO, LIFT)

pytestmark = needs_voice


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a model that knows SENTENCES."""
    return model_of(tmp_path_factory.mktemp("model"), SENTENCES)


@pytest.fixture
async def town(tmp_path: Path, template: Path, model: Path) -> AsyncGenerator[Town]:
    """A town that listens."""
    async with open_town(tmp_path, template, voice_model=model) as town:
        yield town


async def says(person: Person, words: str, **more: object) -> None:
    """Send a voice message with these sentences, and wait until it was listened to."""
    await person.sends_any(voice=as_voice(spoken(words, SENTENCES)), **more)
    await person.town.fetches()


async def test_a_voice_a_place_and_one_tap_are_a_report(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    """The question whether it was heard rightly may be left alone."""
    await says(town.resident, LAMP)
    await town.resident.shares_location(*HERE)
    card = await town.resident.said()
    assert "没问题就提交" in card and LAMP in card and "由工作人员来定" in card
    await town.resident.presses("✅ 提交")
    case = await case_of(town, await newest_number(town.resident))
    with capsys.disabled():
        sys.stdout.write(f"\nvoice: 3 messages and taps ({case.number}) ")
    assert (case.status, case.text) == (Status.TRIAGE, f"（语音转文字，未核对）{LAMP}")
    card = (await town.centre_group.message_with("可能是：小区路灯不亮"))["text"]
    assert case.number in card and LAMP in card
    await town.fetches()
    assert [one["voice"] for one in await town.centre_group.messages() if "voice" in one]
    assert await nothing_failed(town)


async def test_what_was_heard_is_shown_and_confirmed_by_one_tap(town: Town) -> None:
    await says(town.resident, f"{PLACE}，{LAMP}")
    said = await town.resident.said()
    assert said == f"我听到的是：\n「{PLACE}{LAMP}」\n对吗？"
    assert await town.resident.buttons() == ["👌 对", "✏️ 改一下", "不用文字"]
    await town.resident.presses("👌 对")
    card = await town.resident.said()
    assert "没问题就提交" in card and PLACE in card, "the place was in the words"
    await town.resident.presses("✅ 提交")
    case = await case_of(town, await newest_number(town.resident))
    assert case.text == f"{PLACE}{LAMP}"
    assert case.node_id is not None


async def test_a_likely_matter_on_the_card_is_taken_by_one_tap(town: Town) -> None:
    await says(town.resident, f"{PLACE}，{LAMP}")
    await town.resident.presses("👌 对")
    await town.resident.presses("是「小区路灯不亮」")
    assert "几盏" in await town.resident.said(2) or "照片" in await town.resident.said(2)


async def test_what_was_heard_wrongly_is_typed(town: Town) -> None:
    await says(town.resident, NOISE)
    await town.resident.presses("✏️ 改一下")
    assert f"「{NOISE}」\n请把对的打出来" in await town.resident.said()
    await town.resident.sends("隔壁天天吵，是装修")
    await town.resident.shares_location(*HERE)
    await town.resident.presses("✅ 提交")
    assert (await case_of(town, await newest_number(town.resident))).text == "隔壁天天吵，是装修"


async def test_or_said_once_more(town: Town) -> None:
    await says(town.resident, NOISE)
    await town.resident.sends("不对")
    await says(town.resident, LAMP)
    await town.resident.sends("对的")
    await town.resident.shares_location(*HERE)
    await town.resident.presses("✅ 提交")
    number = await newest_number(town.resident)
    assert (await case_of(town, number)).text == LAMP
    assert len(await files_of(town, number)) == 2, "both voices are kept"


async def test_words_that_nobody_wants_are_left_out_and_the_voice_stays(town: Town) -> None:
    await says(town.resident, NOISE)
    await town.resident.presses("不用文字")
    assert "语音照样交给工作人员" in await town.resident.said(2)
    await town.resident.shares_location(*HERE)
    await town.resident.presses("✅ 提交")
    number = await newest_number(town.resident)
    assert (await case_of(town, number)).text == ""
    assert [one.kind for one in await files_of(town, number)] == ["voice"]


async def test_danger_in_a_voice_brings_the_advice_at_once(town: Town) -> None:
    await says(town.resident, f"{PLACE}，{FIRE}")
    advice, heard = (await town.resident.heard())[-2:]
    assert "119" in advice and "对吗" in heard
    await town.resident.presses("👌 对")
    await town.resident.presses("✅ 提交")
    case = await case_of(town, await newest_number(town.resident))
    assert (case.danger, case.colour.value) == (True, "red")


async def test_a_voice_answers_the_question_that_is_open_and_is_no_part_of_the_story(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋电梯坏了")
    await resident.presses("电梯故障")
    assert "电梯里有人被困吗" in await resident.said()
    await says(resident, NO)
    await resident.presses("👌 对")
    await resident.presses("停了不动")
    assert "编号是多少" in await resident.said()
    await says(resident, LIFT)
    await resident.presses("👌 对")
    assert "编号是多少" not in await resident.said()
    number = await submits(resident)
    case = await case_of(town, number)
    assert case.text == "新港小区3栋电梯坏了"
    async with town.app.database.read() as tx:
        given = await cases.answers_of(tx, case.id)
    assert (given["inside"], given["lift_number"]) == ("no", LIFT)
    assert len(await files_of(town, number)) == 2, "both voices are kept"


async def test_a_voice_that_was_sent_before_the_question_is_the_story(town: Town) -> None:
    """Its words come, and are found right, when a question is open that any words would answer."""
    resident = town.resident
    await resident.sends("新港小区3栋电梯坏了")
    await resident.sends_any(voice=as_voice(spoken(LIFT, SENTENCES)))
    await resident.presses("电梯故障")
    await resident.presses("没有")
    await resident.presses("停了不动")
    assert "编号是多少" in await resident.said()
    await town.fetches()
    await resident.presses("👌 对")
    assert "编号是多少" in await resident.said()
    assert LIFT in (await case_of(town, await submits(resident))).text


async def test_an_answer_to_the_question_before_is_still_one(town: Town) -> None:
    """Where it is was asked; the words came in between; what is typed then is the place."""
    await says(town.resident, LAMP)
    await town.resident.sends("幸福菜场南门口")
    card = await town.resident.said()
    assert "没问题就提交" in card and "地点：幸福菜场南门口" in card


async def test_a_voice_whose_words_come_after_the_report_reaches_the_centre_and_warns(town: Town) -> None:
    await town.resident.sends_any(voice=as_voice(spoken(FIRE, SENTENCES)))
    await town.resident.shares_location(*HERE)
    await town.resident.presses("✅ 提交")
    number = await newest_number(town.resident)
    await town.fetches()
    assert f"{number} 的语音我听到的是：\n「{FIRE}」" in await town.resident.said()
    assert "119" in await town.resident.said(2)
    read = (await town.centre_group.message_with(FIRE))["text"]
    assert read.startswith("⚠️ 里面说到危险") and "未核对" in read
    await town.resident.presses("✏️ 改一下")
    await town.resident.sends("没有着火，是冒烟")
    assert await town.centre_group.sees("上报人补充：没有着火，是冒烟")


async def test_a_voice_added_later_is_read_by_the_unit(town: Town) -> None:
    await says(town.resident, f"{PLACE}，{LAMP}")
    await town.resident.presses("👌 对")
    await town.resident.presses("✅ 提交")
    number = await newest_number(town.resident)
    await town.centre_group.presses("派给其他单位")
    await town.centre_group.presses("新茂社区")
    await town.resident.presses("补充")
    await says(town.resident, TONIGHT)
    assert await town.community_group.sees(f"语音转文字（未核对）：{TONIGHT}")
    await town.resident.sends(number)
    await town.resident.presses("看进展")
    assert "您的语音转成了文字" in await town.resident.said()


async def sealed(town: Town, *words: str) -> str:
    """A sealed report by voice; its number."""
    for one in words:
        await town.resident.sends_any(voice=as_voice(spoken(one, SENTENCES)))
    await town.resident.shares_location(*HERE)
    await town.resident.presses("保密提交")
    return await newest_number(town.resident)


async def sent_to_xinmao(town: Town) -> None:
    await town.dispatcher.presses("派给其他单位")
    await town.dispatcher.presses("新茂社区")
    await town.passes(minutes=1)


async def test_of_a_sealed_voice_the_unit_reads_the_words_when_a_dispatcher_has_passed_them_on(town: Town) -> None:
    number = await sealed(town, NOISE)
    await town.fetches()
    await sent_to_xinmao(town)
    shown = await town.dispatcher.message_with(NOISE)
    assert "只给您看" in shown["text"] and shown["has_protected_content"]
    everybody = (town.responder, town.leader, town.community_group, town.centre_group)
    assert not any([await who.sees(NOISE) for who in everybody])
    await town.dispatcher.presses("文字交给责任单位", message=shown)
    await town.dispatcher.presses_data(shown["message_id"], f"c:{(await case_of(town, number)).id}:hear:1:0")
    assert [text for text in await town.responder.heard() if text.startswith("📝") and NOISE in text]
    assert sum(text.startswith("📝") and NOISE in text for text in await town.responder.heard()) == 1
    assert not await town.community_group.sees(NOISE) and not await town.centre_group.sees(NOISE)
    for who in everybody:
        assert not [one for one in await who.messages() if one["from"]["is_bot"] and "voice" in one], who.id


async def test_words_of_a_sealed_voice_that_its_reporter_did_not_confirm_wait_for_a_dispatcher(town: Town) -> None:
    await says(town.resident, NOISE)
    await says(town.resident, LAMP)
    await town.resident.presses("👌 对")
    await town.resident.shares_location(*HERE)
    await town.resident.presses("保密提交")
    number = await newest_number(town.resident)
    assert (await case_of(town, number)).text == LAMP
    assert "只给您看" in (await town.dispatcher.message_with(NOISE))["text"]
    await sent_to_xinmao(town)
    assert await town.responder.sees(LAMP) and not await town.responder.sees(NOISE)


async def test_nobody_but_a_dispatcher_passes_the_words_on(town: Town) -> None:
    number = await sealed(town, NOISE)
    await town.fetches()
    await sent_to_xinmao(town)
    case = await case_of(town, number)
    for who in (town.responder, town.resident, town.neighbour):
        await who.sends("/start")
        await who.presses_data((await who.messages())[-1]["message_id"], f"c:{case.id}:hear:1:0")
    assert not await town.responder.sees(NOISE)


BROKEN = {"nothing that sounds": b"OggS\x00" + bytes(400), "a playlist": b"#EXTM3U\n/etc/passwd\n", "no sound": b"\x00"}


@pytest.mark.parametrize("sound", BROKEN.values(), ids=BROKEN)
async def test_what_cannot_be_heard_is_said_and_is_a_report_all_the_same(town: Town, sound: bytes) -> None:
    await town.resident.sends_any(voice=as_voice(sound))
    await town.fetches()
    assert "没听清" in await town.resident.said() and "工作人员会听" in await town.resident.said()
    await town.resident.shares_location(*HERE)
    await town.resident.presses("✅ 提交")
    assert [one.kind for one in await files_of(town, await newest_number(town.resident))] == ["voice"]


async def test_silence_is_not_taken_for_words(town: Town) -> None:
    import numpy as np

    await town.resident.sends_any(voice=as_voice(encoded(np.zeros(48_000), 48_000)))
    await town.fetches()
    assert "没听清" in await town.resident.said()


async def test_a_long_voice_is_measured_whatever_it_says(town: Town) -> None:
    import numpy as np

    await town.resident.sends_any(voice=as_voice(encoded(np.zeros(305 * 8_000), 8_000)))
    await town.fetches()
    assert "超过 5 分钟" in await town.resident.said()


async def test_a_voice_in_a_draft_that_was_dropped_says_nothing(town: Town) -> None:
    await town.resident.sends_any(voice=as_voice(spoken(FIRE, SENTENCES)))
    await town.resident.sends("/cancel")
    said = len(await town.resident.heard())
    await town.fetches()
    assert len(await town.resident.heard()) == said
    async with town.app.database.read() as tx:
        assert (await outbox.counts(tx)).get("dead", 0) == 0


async def test_a_kill_while_it_listens_loses_nothing(town: Town) -> None:
    """The listener dies, then the whole program goes away before the words are written down: due again after it."""
    await town.resident.sends_any(voice=as_voice(spoken(LAMP, SENTENCES)))
    ear = town.app.voices._ear
    assert ear is not None
    await ear.hear(b"")
    assert ear.pid is not None
    os.kill(ear.pid, signal.SIGKILL)
    await town.restarts()
    await town.fetches()
    await town.fetches()
    assert sum(LAMP in text for text in await town.resident.heard()) == 1


async def test_words_that_were_written_down_before_the_kill_do_not_come_twice(town: Town) -> None:
    """Killed after the words arrived and before the voice was taken off the list: it is heard again, and said once."""
    await town.resident.sends_any(voice=as_voice(spoken(LAMP, SENTENCES)))
    app = town.app
    assert app.voices._ear is not None
    async with app.database.read() as tx:
        (one,) = await voices.waiting(tx, app.office.seals.content, app.office.clock.now(), 2)
        row = (await tx.execute(select(tables.voices))).one()
    assert str(town.resident.id) not in str(tuple(row)) and one.voice.file_id not in str(tuple(row)), "sealed"
    for _ in range(2):
        await app.voices._hear(app.voices._ear, one)
        await town.settles()
    assert sum(LAMP in text for text in await town.resident.heard()) == 1
    async with app.database.read() as tx:
        assert not await voices.waiting(tx, app.office.seals.content, app.office.clock.now(), 2)


async def test_a_network_that_is_away_is_tried_again(town: Town) -> None:
    await town.post("faults", {"method": "getFile", "kind": "500", "times": 1})
    await town.resident.sends_any(voice=as_voice(spoken(LAMP, SENTENCES)))
    await town.fetches()
    assert not await town.resident.sees(LAMP)
    await town.passes(minutes=2)
    assert await town.resident.sees(LAMP)


async def test_whoever_is_forgotten_meanwhile_is_not_made_known_again(town: Town) -> None:
    await town.resident.sends_any(voice=as_voice(spoken(LAMP, SENTENCES)))
    await town.resident.sends("/forget")
    await town.resident.presses((await town.resident.buttons())[0])
    said = len(await town.resident.heard())
    async with town.app.database.read() as tx:
        known = (await tx.execute(select(func.count()).select_from(tables.people))).scalar()
    await town.fetches()
    assert len(await town.resident.heard()) == said
    async with town.app.database.read() as tx:
        assert (await tx.execute(select(func.count()).select_from(tables.people))).scalar() == known


async def test_the_voice_of_a_report_that_waits_behind_another_is_heard_and_its_danger_answered(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋楼下路灯不亮")
    await resident.presses("小区路灯不亮")
    await resident.sends("新港小区垃圾堆了三天没人收")
    await resident.sends_any(voice=as_voice(spoken(FIRE, SENTENCES)))
    await resident.presses("另一件")
    await town.fetches()
    assert await resident.sees("请先打电话")
    first = await submits(resident)
    assert FIRE not in (await case_of(town, first)).text
    assert await resident.sees("接着报刚才的另一件")
    await resident.presses("着火、冒烟")
    assert FIRE in (await case_of(town, await submits(resident))).text
