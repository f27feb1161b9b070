"""Writing to many: to whom, what, a look at it; sent, read, answered; paused, stopped, agreed to by a second admin."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from bot.cases import broadcast as rules
from bot.desk.desk import Desk
from bot.outbox.letters import Lane
from storage import people
from storage.tables import recipients, subscriptions
from tests.engine.office import ask, fault, until
from tests.stories.console import at_console
from tests.stories.office import picture_file
from tests.stories.register import beside
from tests.stories.steps import reports_lamp
from tests.town import Json, Person, Town, buttons_on

pytestmark = pytest.mark.usefixtures("by_day")


async def _choose(town: Town, role: str) -> None:
    await town.admin.sends("/broadcast")
    await town.admin.presses("换人群")
    await town.admin.presses(role)


async def _flows(town: Town) -> None:
    """Seconds pass, so that the feeder looks again."""
    await town.passes(minutes=0.2)


async def test_a_notice_to_the_responders_is_sent_read_and_counted(town: Town) -> None:
    await _choose(town, "处置人")
    card = await town.admin.said()
    assert "发给：全区 · 处置人" in card and "能收到 5 人" in card
    await town.admin.sends("今晚八点防汛会，请到社区二楼。")
    preview, control = (await town.admin.messages())[-2:]
    assert preview["text"].startswith("今晚八点防汛会，请到社区二楼。\n\n—— 东乡伢叔 · 通知")
    assert buttons_on(preview) == ["✅ 已收到"] and "发给：全区 · 处置人，5 人" in control["text"]
    await town.admin.presses("现在发")
    await _flows(town)
    for one in (town.responder, town.leader, town.town_office, town.fire_brigade, town.other_responder):
        assert await one.sees("今晚八点防汛会")
    assert not await town.grid_member.sees("防汛会") and not await town.resident.sees("防汛会")
    assert "记下了" in ((await town.responder.presses("已收到")) or {})["text"]
    assert "已经记过了" in ((await town.responder.presses("已收到")) or {})["text"]
    shown = await town.admin.message_with("通知 1")
    assert "发完了" in shown["text"] and "5/5" in shown["text"]
    assert await town.admin.sees("5 人收到")
    await town.admin.presses("谁还没看")
    told = await town.admin.said()
    assert "吴敏" in told and "孙桂芳" in told and "李建国" not in told


async def test_a_place_narrows_it_down(town: Town) -> None:
    await _choose(town, "处置人")
    await town.admin.presses("换范围")
    await town.admin.presses("滨河社区")
    await town.admin.presses("就这里")
    assert "滨河社区 · 处置人" in await town.admin.said() and "能收到 1 人" in await town.admin.said()
    await town.admin.sends("滨河社区明天停水")
    await town.admin.presses("现在发")
    await _flows(town)
    assert await town.other_responder.sees("明天停水") and not await town.responder.sees("明天停水")


async def test_named_at_once_the_place_is_known(town: Town) -> None:
    await town.admin.sends("/broadcast 新茂社区")
    assert "新茂社区 · 全部工作人员" in await town.admin.said()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"photo": picture_file(3, "a.jpg"), "caption": "寻人启事"}, "photo"),
        ({"video": True, "caption": "宣传片"}, "video"),
        ({"voice": True}, "voice"),
        ({"document": True, "caption": "通知全文"}, "document"),
        ({"location": {"lat": 32.19, "lon": 119.6}}, "location"),
        ({"video_note": True}, "video_note"),
    ],
)
async def test_any_content_comes_as_it_is(town: Town, content: dict[str, object], kind: str) -> None:
    await _choose(town, "网格员")
    await town.admin.sends_any(**content)
    await town.admin.presses("现在发")
    await _flows(town)
    came = next(one for one in reversed(await town.grid_member.messages()) if kind in one)
    assert buttons_on(came) == ["✅ 已收到"]
    if "caption" in content:
        assert came["caption"].startswith(str(content["caption"]) + "\n\n—— 东乡伢叔")
    await town.grid_member.presses("已收到", message=came)
    assert ask(town, "select count(*) from recipients where read_at is not null") == [(1,)]


async def test_an_album_comes_whole_and_is_confirmed_below_it(town: Town) -> None:
    await _choose(town, "网格员")
    pieces = [{"photo": picture_file(n, f"{n}.jpg")} for n in range(3)]
    await town.admin.sends_any(album=[{**pieces[0], "caption": "汛期巡查要点"}, *pieces[1:]])
    await town.admin.presses("看看效果")
    await town.admin.presses("现在发")
    await _flows(town)
    came = [one for one in await town.grid_member.messages() if "photo" in one]
    assert len(came) == 3 and came[0]["caption"].startswith("汛期巡查要点")
    await town.grid_member.presses("已收到")
    assert ask(town, "select count(*) from recipients where read_at is not null") == [(1,)]


async def test_bold_words_and_links_stay_bold_and_links(town: Town) -> None:
    await _choose(town, "网格员")
    marks = [{"type": "bold", "offset": 0, "length": 2}]
    await town.admin.sends("重要：明天开会 <b> & 请准时", entities=marks)
    await town.admin.presses("现在发")
    await _flows(town)
    came = await town.grid_member.message_with("重要")
    assert came["text"].startswith("重要：明天开会 <b> & 请准时")
    assert came["entities"][0] == marks[0]


async def test_only_admins_write_to_many(town: Town) -> None:
    for stranger in (town.dispatcher, town.resident):
        await stranger.sends("/broadcast")
        assert "不归您办" in await stranger.said()
    await _choose(town, "网格员")
    await town.admin.sends("只有管理员能发")
    control = (await town.admin.messages())[-1]
    data = control["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    refused = await town.dispatcher.presses_data((await town.dispatcher.messages())[-1]["message_id"], data)
    assert refused is not None and refused["show_alert"]
    assert ask(town, "select count(*) from broadcasts") == [(0,)]


async def test_pressing_send_twice_sends_once_and_older_buttons_say_so(town: Town) -> None:
    await _choose(town, "网格员")
    await town.admin.sends("第一条")
    control = (await town.admin.messages())[-1]
    data = control["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await town.admin.presses("现在发")
    again = await town.admin.presses_data(control["message_id"], data)
    assert again is not None and "已经过去" in again["text"]
    await _choose(town, "网格员")
    stale = await town.admin.presses_data(control["message_id"], data)
    assert stale is not None and "已经过去" in stale["text"]
    await _flows(town)
    assert (await town.grid_member.heard()).count(await town.grid_member.said()) == 1
    assert ask(town, "select count(*) from broadcasts") == [(1,)]


async def test_a_report_that_was_being_written_waits_meanwhile(town: Town) -> None:
    await town.admin.sends("楼下路灯不亮")
    await _choose(town, "网格员")
    await town.admin.presses("算了，不发")
    await town.admin.sends("/start")
    assert await town.admin.sees("接着")


async def test_what_cannot_be_sent_is_said_so(town: Town) -> None:
    await _choose(town, "网格员")
    await town.admin.sends_any(sticker=True)
    assert "这个发不了" in await town.admin.said()
    await town.admin.sends("长" * 4000)
    assert "太长了" in await town.admin.said()
    await town.admin.sends("短一点")
    assert "上面就是大家会看到的样子" in await town.admin.said()


async def test_a_notice_that_is_cancelled_is_not_called_a_report(town: Town) -> None:
    await town.admin.sends("/broadcast")
    await town.admin.sends("/cancel")
    assert "好的，先不办了" in await town.admin.said()
    await town.admin.sends("网格里的事")
    assert not await town.grid_member.sees("网格里的事")


async def test_who_wrote_like_a_warning_by_mistake_writes_something_else(town: Town) -> None:
    await town.admin.sends("/broadcast")
    await town.admin.sends("红色暴雨预警，请立即转移")
    assert "这种预警只能由政府和气象部门发布" in await town.admin.said()
    await town.admin.presses("换内容")
    await town.admin.sends("明天上午停水，请提前储水")
    assert "上面就是大家会看到的样子" in await town.admin.said()
    await town.admin.presses("现在发")
    assert await town.grid_member.sees("明天上午停水")
    assert not await town.grid_member.sees("红色暴雨预警")


async def test_a_public_warning_is_refused_unless_an_issued_one_is_quoted(town: Town) -> None:
    await _choose(town, "网格员")
    await town.admin.sends("暴雨红色预警，请立即转移低洼处居民！")
    assert "只能由政府和气象部门发布" in await town.admin.said()
    await town.admin.sends("气象台")
    assert "请写清发布单位和时间" in await town.admin.said()
    await town.admin.sends("镇江市气象台 11月25日8时发布")
    await town.admin.presses("现在发")
    await _flows(town)
    assert "来源：镇江市气象台 11月25日8时发布" in await town.grid_member.said()


async def test_at_night_only_what_is_urgent_leaves(town: Town) -> None:
    await town.passes(hours=11)
    await _choose(town, "网格员")
    await town.admin.sends("明天交表")
    assert "早上 7 点" in await town.admin.said()
    await town.admin.presses("现在发")
    await _flows(town)
    assert not await town.grid_member.sees("明天交表")
    await _choose(town, "网格员")
    await town.admin.sends("堤坝告急")
    await town.admin.presses("紧急：否")
    await town.admin.presses("现在发")
    await _flows(town)
    assert ask(town, "select distinct lane from outbox where kind = 'broadcast'") == [(int(Lane.ALERT),)]
    assert await town.grid_member.sees("堤坝告急") and not await town.grid_member.sees("明天交表")
    await town.passes(hours=9)
    assert await town.grid_member.sees("明天交表")


async def test_it_waits_for_its_time(town: Town) -> None:
    await _choose(town, "网格员")
    await town.admin.sends("下午四点集合")
    await town.admin.presses("定时发")
    await town.admin.sends("回头再说")
    assert "没看懂" in await town.admin.said()
    await town.admin.sends("15:30")
    assert "15:30 发" in await town.admin.said(3)
    await town.passes(hours=3)
    assert not await town.grid_member.sees("下午四点")
    await town.passes(hours=1)
    assert await town.grid_member.sees("下午四点")


async def test_a_scheduled_one_can_be_called_off(town: Town) -> None:
    await _choose(town, "网格员")
    await town.admin.sends("发错了的")
    await town.admin.presses("定时发")
    await town.admin.sends("15:30")
    await town.admin.presses("不发了")
    await town.passes(hours=5)
    assert not await town.grid_member.sees("发错了的")
    assert "已停止" in (await town.admin.message_with("通知 1"))["text"]


async def _crowd(town: Town, count: int) -> None:
    """So many grid members more, who have all pressed start somewhere else; writing to them fails."""
    vault = town.app.office.seals.vault

    async def appoint(desk: Desk) -> None:
        for n in range(count):
            duty = [{"role": "informer", "node_id": 1}]
            await people.appoint(desk.tx, vault, 70_000 + n, f"信息员{n}", duty)

    await town.app.at_desk(appoint)


async def test_paused_it_rests_and_goes_on_where_it_was(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.desk.broadcasting.PORTION", 2)
    monkeypatch.setattr("bot.desk.broadcasting.LEAST_SUPPLY", 2)
    monkeypatch.setattr("bot.desk.broadcasting.SUPPLY_S", 0.0)
    await _crowd(town, 6)
    await _choose(town, "信息员")
    await town.admin.sends("分批发")
    await town.admin.presses("现在发")
    await town.app.ticker.tick_all()
    await town.app.quiet()
    done = ask(town, "select count(*) from recipients where state != 'due'")[0][0]
    assert 0 < done < 6
    await town.admin.presses("先停一停")
    await town.passes(minutes=1)
    assert ask(town, "select count(*) from recipients where state != 'due'")[0][0] == done
    assert "已暂停" in (await town.admin.message_with("通知 1"))["text"]
    await town.admin.presses("接着发")
    await town.passes(minutes=5)
    assert ask(town, "select count(*) from recipients where state = 'due'") == [(0,)]
    card = (await town.admin.message_with("通知 1"))["text"]
    assert "发完了" in card and "收不到 6 人" in card


async def test_who_has_not_read_it_is_asked_of_those_who_got_it(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.desk.broadcasting.PORTION", 2)
    monkeypatch.setattr("bot.desk.broadcasting.LEAST_SUPPLY", 2)
    monkeypatch.setattr("bot.desk.broadcasting.SUPPLY_S", 0.0)
    await town.post(f"people/{town.leader.id}/block", {"bot": 7000001})
    await _choose(town, "处置人")
    await town.admin.sends("分批发")
    await town.admin.presses("现在发")
    await town.admin.presses("先停一停")
    sent = ask(town, "select count(*) from recipients where state = 'sent'")[0][0]
    assert 0 < sent < 5
    await town.admin.presses("谁还没看")
    said = await town.admin.said()
    assert sum(int(part.split(" 人")[0]) for part in said.split("（")[1:]) == sent
    await town.app.at_desk(lambda desk: desk.tx.execute(update(recipients).values(state="due")))
    none = await town.admin.presses("谁还没看")
    assert none is not None and none["show_alert"] and "还没有人收到" in none["text"]


async def test_somebody_who_blocked_us_is_counted_and_the_others_get_it(town: Town) -> None:
    await town.post(f"people/{town.leader.id}/block", {"bot": 7000001})
    await fault(town, "429", chat=str(town.responder.id), retry_after=1)
    await _choose(town, "处置人")
    await town.admin.sends("各单位注意")
    await town.admin.presses("现在发")
    await _flows(town)
    await until(lambda: town.responder.sees("各单位注意"))
    assert await town.fire_brigade.sees("各单位注意")
    await town.passes(minutes=1)
    card = (await town.admin.message_with("通知 1"))["text"]
    assert "4/5" in card and "收不到 1 人" in card


async def _second_admin(town: Town) -> Person:
    vault = town.app.office.seals.vault

    async def appoint(desk: Desk) -> None:
        await people.appoint(desk.tx, vault, town.town_office.id, "周强", [{"role": "admin"}])

    await town.app.at_desk(appoint)
    return town.town_office


async def test_many_people_need_a_second_admin(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "LARGE", 3)
    await _choose(town, "处置人")
    await town.admin.sends("全区大事")
    refused = await town.admin.presses("现在发")
    assert refused is not None and "两个人" in refused["text"]
    second = await _second_admin(town)
    await town.admin.presses("现在发")
    assert "已请另一位管理员确认" in await town.admin.said(3)
    assert not await town.responder.sees("全区大事")
    assert await second.sees("管理员要把上面这条发给") and await second.sees("全区大事")
    ask_card = await second.message_with("要把上面这条发给")
    own = ask_card["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    mine = await town.admin.presses_data((await town.admin.messages())[-1]["message_id"], own)
    assert mine is not None and "两个人" in mine["text"]
    presses = (town.post(f"people/{second.id}/press", _press(second, ask_card, "同意发送")) for _ in range(2))
    answers: list[Json] = await asyncio.gather(*presses)
    await town.settles()
    await _flows(town)
    assert await town.responder.sees("全区大事")
    assert len([text for text in await town.responder.heard() if "全区大事" in text]) == 1
    assert {bool(one["answer"] and one["answer"].get("show_alert")) for one in answers} == {True, False}


def _press(person: Person, message: Json, text: str) -> Json:
    return {"chat": person.home, "message_id": message["message_id"], "text": text}


async def test_a_second_admin_can_say_no(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "LARGE", 3)
    second = await _second_admin(town)
    await _choose(town, "处置人")
    await town.admin.sends("全区大事")
    await town.admin.presses("现在发")
    await second.presses("❌ 不同意")
    await _flows(town)
    assert not await town.responder.sees("全区大事")
    assert "没有同意" in (await town.admin.message_with("通知 1"))["text"]


async def test_answers_are_collected_and_open_no_report(town: Town) -> None:
    await _choose(town, "处置人")
    await town.admin.sends("寻人：张老伯，78岁，灰色上衣")
    await town.admin.presses("现在发")
    await _flows(town)
    came = await town.responder.message_with("寻人")
    await town.responder.sends("早上在菜场见过 <b>他</b>", reply_to=came["message_id"])
    assert "转给发通知的人了" in await town.responder.said()
    await town.responder.sends_photo("就是这里", reply_to=came["message_id"])
    await town.passes(minutes=1)
    await town.admin.sends("/broadcasts")
    await town.admin.presses("寻人")
    await town.admin.presses("回复")
    told = await town.admin.said()
    assert "李建国：早上在菜场见过 <b>他" in told and "（附 1 个文件）" in told
    assert ask(town, "select count(*) from cases") == [(0,)]
    await town.responder.sends("我这里也有件事", reply_to=None)
    assert "转给" not in await town.responder.said()


async def test_a_kill_in_the_middle_misses_nobody(town: Town) -> None:
    await _choose(town, "处置人")
    await town.admin.sends("半路断电")
    await town.admin.presses("现在发")
    await town.restarts()
    await _flows(town)
    for one in (town.responder, town.leader, town.town_office, town.fire_brigade, town.other_responder):
        assert len([text for text in await one.heard() if "半路断电" in text]) == 1


async def test_the_list_and_nonsense(town: Town) -> None:
    await town.admin.sends("/broadcasts")
    assert "还没有发过通知" in await town.admin.said()
    shown = (await town.admin.messages())[-1]["message_id"]
    for data in (
        "bc:1:open",
        "bc:x:open",
        "bc:1",
        "bc:9999999999999999999:stop",
        "b:zz:roles:",
        "b:zz:nonsense:",
        "got:7",
    ):
        answer = await town.admin.presses_data(shown, data)
        assert answer is not None
    assert ask(town, "select count(*) from outbox where state = 'dead'") == [(0,)]


async def _done(town: Town, words: str = "各单位注意") -> None:
    await _choose(town, "处置人")
    await town.admin.sends(words)
    await town.admin.presses("现在发")
    await _flows(town)


async def _card_says(town: Town) -> str:
    return (await town.admin.message_with("通知 1"))["text"]


async def test_what_failed_is_tried_again_and_only_that(town: Town) -> None:
    await town.post(f"people/{town.leader.id}/block", {"bot": 7000001})
    await fault(town, "400", chat=str(town.responder.id), method="sendmessage")
    await _done(town)
    assert "3/5" in await _card_says(town) and "没发成 1 人" in await _card_says(town)
    await town.admin.presses("再发没发成的 1 人")
    await _flows(town)
    card = await town.admin.message_with("通知 1")
    assert "发完了" in card["text"] and "4/5" in card["text"] and "收不到 1 人" in card["text"]
    assert not any("再发" in one for one in buttons_on(card))
    for one in (town.responder, town.fire_brigade, town.town_office, town.other_responder):
        assert len([text for text in await one.heard() if "各单位注意" in text]) == 1
    late = await town.admin.presses_data(card["message_id"], "bc:1:again")
    assert late is not None and late["show_alert"], "nothing failed any more"
    assert ask(town, "select count(*) from recipients where state = 'sent'") == [(4,)]


async def test_who_has_not_read_is_reminded_once_a_day(town: Town) -> None:
    await _done(town)
    await town.responder.presses("已收到")
    await town.admin.sends("/broadcasts")
    await town.admin.presses("各单位注意")
    await town.admin.presses("催一下没看的 4 人")
    assert "还有 4 人没点" in await town.admin.said()
    await town.admin.presses("提醒他们")
    assert "正在提醒这 4 人" in await town.admin.said(2)
    await _flows(town)
    reminder = await town.leader.message_with("您还没点“已收到”")
    assert reminder["reply_to_message"]["text"].startswith("各单位注意")
    assert not await town.responder.sees("您还没点")
    await town.leader.presses("已收到", message=reminder)
    card = await town.admin.message_with("通知 1")
    again = await town.admin.presses_data(card["message_id"], "bc:1:remind:yes")
    assert again is not None and "今天已经提醒过了" in again["text"]
    await town.passes(days=1)
    await town.admin.presses_data(card["message_id"], "bc:1:remind:yes")
    await _flows(town)
    heard = [
        len([text for text in await one.heard() if "您还没点" in text]) for one in (town.leader, town.fire_brigade)
    ]
    assert heard == [1, 2], "who has read it meanwhile is left alone"
    await town.resident.sends("/start")
    stranger = await town.resident.presses_data((await town.resident.messages())[-1]["message_id"], "bc:1:remind:yes")
    assert stranger is not None and stranger["show_alert"]


async def test_the_workbook_comes_as_a_document_and_at_the_console(
    town: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    await town.post(f"people/{town.leader.id}/block", {"bot": 7000001})
    await _done(town, "=1+1 明天开会")
    await town.responder.presses("已收到")
    await town.admin.presses("明细表")
    await town.fetches()
    came = await town.admin.message_with("的明细表")
    assert came["document"]["file_name"] == "broadcast.xlsx"
    out = tmp_path / "x.xlsx"
    yashu = at_console(town, monkeypatch)
    assert yashu("broadcasts", "sheet", "1", "--out", str(out))[0] == 0
    book: Any = load_workbook(out)
    sums = {row[0]: row[1] for row in book["汇总"].iter_rows(min_row=3, values_only=True)}
    assert (sums["应发"], sums["已送达"], sums["收不到"], sums["已读"], sums["未读"]) == (5, 4, 1, 1, 3)
    people_rows = [row[:3] for row in book["名单"].iter_rows(min_row=3, values_only=True)]
    assert {row[1]: row[2] for row in people_rows}["李建国"] == "已送达" and len(people_rows) == 5
    places = list(book["各地"].iter_rows(min_row=3, values_only=True))
    assert sum(row[1] for row in places) == 5 and sum(row[3] for row in places) == 1
    assert yashu("broadcasts", "sheet", "7", "--out", str(out))[0] != 0
    assert "done  =1+1" in yashu("broadcasts", "list")[1]


async def test_of_residents_the_workbook_has_figures_and_no_names(
    town: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def subscribe(desk: Desk) -> None:
        vault = desk.office.seals.vault
        for one in (town.resident, town.neighbour, town.grid_member):
            row = {"person_id": people.fingerprint(vault, one.id), "node_id": 2, "since": desk.now()}
            await desk.tx.execute(subscriptions.insert(), row)

    for one in (town.resident, town.neighbour):
        await one.sends("/start")
    await town.app.at_desk(subscribe)
    await _choose(town, "居民")
    await town.admin.sends("周六停水")
    await town.admin.presses("现在发")
    await _flows(town)
    assert await town.resident.sees("周六停水")
    out = tmp_path / "x.xlsx"
    assert at_console(town, monkeypatch)("broadcasts", "sheet", "1", "--out", str(out))[0] == 0
    book: Any = load_workbook(out)
    cells = [str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row]
    assert book.sheetnames == ["汇总", "各地"] and "3" in cells
    assert not any("赵" in cell or "王奶奶" in cell or str(town.resident.id) in cell for cell in cells)


async def test_a_storm_of_429_misses_nobody_and_writes_to_nobody_twice(town: Town) -> None:
    everybody = (town.responder, town.leader, town.town_office, town.fire_brigade, town.other_responder)
    for one in everybody:
        await town.post("faults", {"kind": "429", "chat": str(one.id), "times": 2, "retry_after": 1})
    await _done(town)
    for one in everybody:
        await until(lambda one=one: one.sees("各单位注意"))
    await town.passes(minutes=1)
    for one in everybody:
        assert len([text for text in await one.heard() if "各单位注意" in text]) == 1
    assert "5/5" in await _card_says(town)


async def test_a_group_we_were_thrown_out_of_hinders_no_broadcast(town: Town) -> None:
    await town.post("groups/-5002/kick", {"bot": 7000001})
    await reports_lamp(town.resident)
    await _done(town)
    assert "5/5" in await _card_says(town)
    assert await town.responder.sees("各单位注意")


async def test_two_admins_who_press_at_once_agree_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "LARGE", 2)
    second, third = await _second_admin(town), town.leader
    vault = town.app.office.seals.vault
    await town.app.at_desk(lambda desk: people.appoint(desk.tx, vault, third.id, "孙桂芳", [{"role": "admin"}]))
    await _choose(town, "处置人")
    await town.admin.sends("全区大事")
    await town.admin.presses("现在发")
    cards = [(one, await one.message_with("要把上面这条发给")) for one in (second, third)]
    presses = (town.post(f"people/{one.id}/press", _press(one, card, "同意发送")) for one, card in cards)
    answers: list[Json] = await asyncio.gather(*presses)
    await town.settles()
    await _flows(town)
    assert sorted(bool(one["answer"] and one["answer"].get("show_alert")) for one in answers) == [False, True]
    assert len([text for text in await town.responder.heard() if "全区大事" in text]) == 1


async def test_every_choice_has_a_way_back(town: Town) -> None:
    await town.admin.sends("/broadcast")
    for choice in ("换人群", "换范围"):
        await town.admin.presses(choice)
        await town.admin.presses("返回")
        assert "全区 · 全部工作人员" in await town.admin.said()
    await town.admin.sends("明天大扫除")
    await town.admin.presses("定时发")
    await town.admin.presses("返回")
    assert "上面就是大家会看到的样子" in await town.admin.said()
    await town.admin.sends("后天大扫除")
    assert "后天大扫除" in await town.admin.said(2), "words are content again, not a time"
    assert not any("换人群" in words for words in await town.admin.buttons())
    await town.admin.presses("改发给谁")
    assert any("换人群" in words for words in await town.admin.buttons()), "one name for one page"


@pytest.mark.parametrize("key", ["我的上报", "我的网格员", "怎么用"])
async def test_a_key_of_the_menu_is_no_content(town: Town, key: str) -> None:
    await town.admin.sends("/broadcast")
    await town.admin.presses(key)
    assert not await town.admin.sees("上面就是大家会看到的样子"), "no preview of it"


async def test_a_place_that_was_moved_meanwhile_is_written_to_where_it_stands_now(town: Town) -> None:
    await town.admin.sends("/broadcast 新港小区")
    await town.admin.presses("换人群")
    await town.admin.presses("中心户")
    assert "能收到 2 人" in await town.admin.said()
    moved = ("redraw", "move", "DX010101", "--under", "DX0102", "--reason", "离得近", "--apply")
    assert (await beside(town, *moved)).exit_code == 0
    await town.passes(minutes=1)
    await town.admin.sends("中心户开会")
    await town.admin.presses("现在发")
    await _flows(town)
    assert await town.head.sees("中心户开会") and await town.other_head.sees("中心户开会")
