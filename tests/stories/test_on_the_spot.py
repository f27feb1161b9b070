"""即报即办: found, done and closed by a grid member in a few taps; of ten one is looked at by the centre."""

from asyncio import sleep, to_thread

from bot.app import App
from bot.cases.case import Case, Status
from bot.desk import settling
from bot.desk.desk import Desk
from storage import assessment, cases
from storage.reporters import owner_mark
from storage.seals import Seal
from tests.stories.office import count, files_of, goes_to, now_is
from tests.stories.register import runs
from tests.stories.steps import case_of, comes_to_review, newest_number, nothing_failed, picture, sends_piece
from tests.town import Person, Town, buttons_on

DONE = "与物业老张沟通，当场换了灯泡，今天上午完成"


async def _at_review(person: Person, words: str = "新港小区3栋楼下路灯不亮") -> None:
    await person.sends(words)
    await person.presses("小区路灯不亮")
    await comes_to_review(person)


async def _settles(town: Town) -> Case:
    await _at_review(town.grid_member)
    await town.grid_member.presses("当场办好了")
    await town.grid_member.sends_any(photo=picture(90), caption=DONE)
    said = await town.grid_member.message_with("即报即办，已结案")
    return await case_of(town, said["text"].split()[1])


async def _next_is(town: Town, *, sampled: bool) -> None:
    """Count on until the next number is (or is not) one that the centre looks at."""

    async def count_on(desk: Desk) -> None:
        day = f"{desk.now().astimezone(desk.office.calendar.zone):%y%m%d}"
        at = await cases.next_number(desk.tx, day)
        while _is_sampled(desk.office.seals.vault, f"{day}-{at + 1:03d}") is not sampled:
            at = await cases.next_number(desk.tx, day)

    await town.app.at_desk(count_on)


def _is_sampled(vault: Seal, number: str) -> bool:
    return vault.fingerprint(f"sample {number}") % settling.ONE_IN == 0


async def test_a_find_in_the_own_grid_is_reported_and_closed_with_one_tap_and_one_picture(town: Town) -> None:
    await goes_to(town, 10)
    await _next_is(town, sampled=False)
    before = len(await town.community_group.heard())
    case = await _settles(town)
    assert (case.status, case.on_spot, case.result) == (Status.CLOSED, True, DONE)
    assert case.closer_id is not None and case.contacted_at == case.resolved_at == case.closed_at
    async with town.app.database.read() as tx:
        lines = [(line.action, line.role) for line in await cases.history_of(tx, case.id)]
    assert lines == [("submit", "reporter"), ("settle_on_spot", "finder")]
    assert len(await town.community_group.heard()) == before, "nobody else has anything to do"
    assert not await town.centre_group.sees("抽查")
    files = await town.app.at_desk(lambda desk: desk.files_of(case.id))
    assert [one.source for one in files] == ["result"]
    assert "⭐ 评价" not in await town.grid_member.buttons()
    said = await town.grid_member.presses_data(
        (await town.grid_member.messages())[-1]["message_id"], f"c:{case.id}:rate:2:contacted.yes"
    )
    assert said is not None and said["show_alert"], "nobody rates what they did themselves"


async def test_picture_and_words_may_come_one_after_the_other_and_the_way_back_leads_to_the_card(town: Town) -> None:
    await goes_to(town, 10)
    person = town.grid_member
    await _at_review(person)
    await person.presses("当场办好了")
    await person.presses("返回")
    assert any("提交" in one for one in await person.buttons())
    await person.presses("当场办好了")
    await person.sends_any(photo=picture(91))
    assert "还差一句话" in await person.said()
    await person.sends(DONE)
    assert await person.sees("即报即办，已结案")


async def test_what_the_words_do_not_tell_is_asked_for_one_after_the_other(town: Town) -> None:
    await goes_to(town, 10)
    await _next_is(town, sampled=True)
    person = town.grid_member
    await _at_review(person)
    await person.presses("当场办好了")
    assert "受理时间就是现在" in await person.said()
    await person.sends_any(photo=picture(93), caption="已处理")
    assert "与谁沟通了" in await person.said(), "a phrase that fits every case is no word about it"
    await person.sends("现场没有人")
    assert "怎么解决的" in await person.said()
    await person.sends("处理好了")
    assert "怎么解决的" in await person.said(), "asked again, once"
    await person.sends("把碎灯罩捡走，换了灯泡")
    assert "什么时候办完" in await person.said()
    assert not await person.sees("即报即办，已结案")
    await person.sends("已完成")
    said = await person.message_with("即报即办，已结案")
    case = await case_of(town, said["text"].split()[1])
    assert case.result == "与谁沟通：现场没有人\n解决措施：把碎灯罩捡走，换了灯泡\n解决时限：已完成"
    card = await town.centre_group.message_with("抽查")
    assert "受理时间：" in card["text"] and "四要素不全" not in card["text"]
    assert await nothing_failed(town)


async def test_nobody_is_asked_for_ever_and_the_centre_reads_what_is_missing(town: Town) -> None:
    await goes_to(town, 10)
    await _next_is(town, sampled=True)
    person = town.grid_member
    await _at_review(person)
    await person.presses("当场办好了")
    await person.sends_any(photo=picture(94), caption="与物业老张当面说好，今天上午")
    for _ in range(2):
        assert "怎么解决的" in await person.said()
        await person.sends("好的")
    assert await person.sees("即报即办，已结案")
    assert "四要素不全，缺：解决措施" in (await town.centre_group.message_with("抽查"))["text"]


async def test_all_pictures_of_an_album_belong_to_the_case_also_those_that_come_afterwards(town: Town) -> None:
    await goes_to(town, 10)
    await _next_is(town, sampled=True)
    person = town.grid_member
    await _at_review(person)
    await person.presses("当场办好了")
    await sends_piece(person, "first", 110)
    await sends_piece(person, "first", 120)
    assert count(await person.heard(), "照片收到，还差一句话") == 1, "the album is answered once"
    await sends_piece(person, "second", 130, DONE)
    said = await person.message_with("即报即办，已结案")
    case = await case_of(town, said["text"].split()[1])
    for shade in (140, 150):
        await sends_piece(person, "second", shade)
    assert not await person.sees("那件事的"), "nothing is asked about the rest of it"
    assert await files_of(town, case.id) == [("result", 5)]
    await town.passes(minutes=1)
    await town.fetches()
    assert sum("photo" in one for one in await town.centre_group.messages()) == 5, "the sample shows them all"
    await person.sends_any(photo=picture(160))
    await person.presses("这件事的")
    assert await files_of(town, case.id) == [("result", 6)]
    assert await nothing_failed(town)


async def test_the_picture_of_the_report_does_not_show_that_it_is_done(town: Town) -> None:
    await goes_to(town, 10)
    person = town.grid_member
    await _at_review(person)
    await person.presses("加照片")
    await person.sends_any(photo=picture(92))
    await person.presses("当场办好了")
    await person.sends_any(photo=picture(92), caption=DONE)
    assert await person.sees("请发处置后新拍的照片")
    assert not await person.sees("即报即办，已结案")


async def test_nobody_settles_elsewhere_or_without_the_duty_or_what_is_sealed(town: Town) -> None:
    await goes_to(town, 10)
    for person, words in ((town.resident, "新港小区3栋楼下路灯不亮"), (town.grid_member, "滨河花园1栋路灯不亮")):
        await _at_review(person, words)
        assert not any("当场办好了" in one for one in await person.buttons()), words
        shown = [one for one in await person.messages() if any("提交" in key for key in buttons_on(one))][-1]
        markup = shown["reply_markup"]["inline_keyboard"]
        submit = next(key["callback_data"] for row in markup for key in row if "✅ 提交" in key["text"])
        said = await person.presses_data(shown["message_id"], submit.replace(":submit:", ":spot:"))
        assert said is not None and said["show_alert"], words
        await person.presses("提交")
        case = await case_of(town, await newest_number(person))
        assert not case.on_spot


async def test_one_of_ten_is_looked_at_and_counts_once(town: Town) -> None:
    await goes_to(town, 10)
    await _next_is(town, sampled=True)
    case = await _settles(town)
    card = await town.centre_group.message_with("抽查")
    assert DONE in card["text"]
    assert buttons_on(card) == ["👍 属实", "现场没办好", "照片对不上", "没有这回事"]
    await town.centre_group.presses("属实", message=card)
    assert "✅ 抽查属实" in (await town.centre_group.message_with("抽查"))["text"]
    said = await town.centre_group.presses_data(card["message_id"], f"c:{case.id}:spot:1:undone")
    assert said is not None and "何静已经处理过了" in said["text"]
    assert (await now_is(town, case)).status is Status.CLOSED
    assert await _counted(town, case) == (1, 0), "one report, and no check of anybody"


async def test_what_was_not_so_is_done_again_and_does_not_count(town: Town) -> None:
    await goes_to(town, 10)
    await _next_is(town, sampled=True)
    case = await _settles(town)
    await town.centre_group.presses("现场没办好", message=await town.centre_group.message_with("抽查"))
    after = await now_is(town, case)
    assert (after.status, after.on_spot, after.redone) == (Status.REDO, False, 1)
    assert "↩️ 抽查不实，已重办" in (await town.centre_group.message_with("抽查"))["text"]
    assert await _counted(town, case) == (0, 0)


async def test_what_was_drawn_is_judged_also_when_the_keys_have_changed(town: Town) -> None:
    await goes_to(town, 10)
    await _next_is(town, sampled=True)
    case = await _settles(town)
    await town.app.stop()
    while _is_sampled(town.app.office.seals.vault, case.number):
        assert (await to_thread(runs, town.app.settings.data_dir, "rotate-keys", "--apply")).exit_code == 0
        town.app = App(town.app.settings, town.app.office.clock)
        await sleep(1)  # the keys of before are named by the second
    await town.app.start()
    await town.centre_group.presses("属实", message=await town.centre_group.message_with("抽查"))
    async with town.app.database.read() as tx:
        assert [line.action for line in await cases.history_of(tx, case.id)][-1] == settling.CHECKED
    assert await nothing_failed(town)


async def test_what_nobody_drew_is_judged_by_nobody(town: Town) -> None:
    await goes_to(town, 10)
    await _next_is(town, sampled=False)
    case = await _settles(town)
    for person in (town.dispatcher, town.responder, town.grid_member):
        shown = next(one for one in await person.messages() if one["from"]["is_bot"])
        said = await person.presses_data(shown["message_id"], f"c:{case.id}:spot:1:ok")
        assert said is not None and said["show_alert"]
    async with town.app.database.read() as tx:
        assert [line.action for line in await cases.history_of(tx, case.id)] == ["submit", "settle_on_spot"]


async def _counted(town: Town, case: Case) -> tuple[int, int]:
    """Valid reports and verdicts of the grid member."""

    async def count(desk: Desk) -> tuple[int, int]:
        assert case.closer_id is not None
        owner = owner_mark(desk.office.seals.vault, case.closer_id)
        span = (case.registered_at, desk.now())
        reports = await assessment.confirmed_by_day(desk.tx, case.closer_id, owner, *span)
        passed, _ = await assessment.verdicts(
            desk.tx, case.closer_id, owner, ["/"], *span, desk.now() - case.registered_at
        )
        return sum(reports.values()), passed

    return await town.app.at_desk(count)
