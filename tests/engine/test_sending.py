"""What a failed call means: nothing is lost, the order in a chat stays, nobody waits for somebody else's trouble."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.desk.desk import Desk
from bot.outbox.letters import Kind, Lane, Letter, person
from storage import people
from tests import databases
from tests.engine.office import BOT_ID, ask, calls, fault, owes, until
from tests.stories.office import photo, pieces, reports
from tests.town import Json, Town, open_town

TELEGRAMS_PACE = {"messages_per_second": 30, "messages_per_group_minute": 20, "messages_per_chat_second": 1}


async def test_a_chat_told_to_wait_waits_that_long_and_the_others_do_not(town: Town) -> None:
    await town.resident.sends("/start")
    await town.neighbour.sends("/start")
    await fault(town, "429", chat="1001", retry_after=2)
    await owes(town, "一", "二", chat=1001)
    await owes(town, "甲", chat=1002)
    await until(lambda: town.neighbour.sees("甲"), 1)
    await until(lambda: town.resident.sees("二"))
    assert (await town.resident.heard())[-2:] == ["一", "二"]
    refused, *later = (await calls(town, 1001))[-3:]
    assert refused["status"] == 429
    assert all(row["at"] >= refused["at"] + 2 for row in later), "sent before retry_after"


@pytest.mark.parametrize(
    ("kind", "happened"),
    [("500", 0), ("502", 0), ("reset_before", 0), ("reset_after", 1), ("garbage", 1), ("hang", 0), ("slow", None)],
)
async def test_an_answer_that_fails_or_gets_lost_is_said_again_and_in_its_order(
    town: Town, kind: str, happened: int | None
) -> None:
    await town.resident.sends("/start")
    await fault(town, kind, chat="1001", seconds=0.2)
    await owes(town, "一", "二", chat=1001)
    await owes(town, "三", chat=1001)
    await town.settles()
    await owes(town, "四", chat=1001)
    await town.passes(minutes=1)
    await until(lambda: town.resident.sees("四"))
    heard = [text for text in await town.resident.heard() if text in "一二三四"]
    twice = ["一"] if happened else []
    assert heard == [*twice, "一", "二", "三", "四"]
    assert ask(town, "select count(*) from outbox where state in ('due', 'sending', 'dead')") == [(0,)]


async def test_what_is_owed_while_others_of_its_chat_wait_leaves_right_behind_them(town: Town) -> None:
    await town.resident.sends("/start")
    await fault(town, "slow", chat="1001", seconds=1)
    await owes(town, "一", "二", chat=1001)
    await asyncio.sleep(0.4)
    await owes(town, "三", chat=1001)
    await until(lambda: town.resident.sees("三"))
    assert (await town.resident.heard())[-3:] == ["一", "二", "三"]


async def test_a_card_whose_answer_was_lost_comes_again_with_the_same_serial(town: Town) -> None:
    await fault(town, "reset_after", chat="-5002", method="sendmessage")
    case = await reports(town)
    await town.passes(minutes=1)
    cards = [text for text in await town.community_group.heard() if case.number in text]
    assert len(cards) == 2
    assert "推送号" in cards[0]
    assert cards[0] == cards[1]
    assert ask(town, "select maybe_twice, attempts from outbox where kind = 'unit_card'") == [(1, 2)]


async def test_a_letter_that_only_a_newer_program_knows_waits_for_it_and_keeps_nobody_waiting(town: Town) -> None:
    await town.resident.sends("/start")

    async def put(desk: Desk) -> None:
        who = people.fingerprint(town.app.office.seals.vault, 1001)
        later = desk.now() + timedelta(minutes=5)
        desk.owe(Letter(key="one", kind=Kind.SORRY, to=person(who), not_before=later))

    await town.app.at_desk(put)
    folder = town.app.settings.data_dir
    await asyncio.to_thread(databases.told, folder, "update outbox set kind = 'tomorrow' where kind = 'sorry'")
    await town.passes(minutes=10)
    await owes(town, "一", chat=1001)
    await until(lambda: town.resident.sees("一"))
    waits = "select state, trouble from outbox where kind = 'tomorrow'"
    assert ask(town, waits) == [("due", "of a newer program")]
    assert ask(town, "select count(*) from outbox where state = 'dead'") == [(0,)]
    assert not await town.resident.sees("没处理好")
    await asyncio.to_thread(databases.told, folder, "update outbox set kind = 'sorry' where kind = 'tomorrow'")
    await town.passes(minutes=2)
    assert await town.resident.sees("没处理好")


async def test_a_long_outage_loses_nothing(town: Town) -> None:
    await town.resident.sends("/start")
    for kind in ("500", "reset_before", "reset_after", "429", "garbage"):
        await town.post("faults", {"kind": kind, "probability": 0.2, "seed": 7})
    case = await reports(town)
    for _ in range(30):
        await town.passes(minutes=6)
    await town.session.delete("/sandbox/faults")
    await town.passes(minutes=10)
    assert await town.community_group.sees(case.number)
    assert await town.resident.sees(case.number)
    assert ask(town, "select count(*) from outbox where state in ('sending', 'dead')") == [(0,)]


async def test_words_with_broken_formatting_are_said_plainly(town: Town) -> None:
    await town.resident.sends("/start")
    await owes(town, "<b>没有关上 &lt;3", chat=1001, parse_mode="HTML")
    await town.settles()
    assert await town.resident.said() == "没有关上 <3"


async def test_an_edit_that_changes_nothing_is_no_failure(town: Town) -> None:
    await town.resident.sends("/start")
    await owes(town, "一样", chat=1001)
    await town.settles()
    shown = (await town.resident.message_with("一样"))["message_id"]
    await owes(town, "一样", chat=1001, method="editMessageText", message_id=shown)
    await town.settles()
    assert ask(town, "select count(*) from outbox where state in ('due', 'dead')") == [(0,)]


async def test_what_can_never_be_said_is_kept_the_admins_are_told_and_the_rest_goes_on(town: Town) -> None:
    await town.resident.sends("/start")
    await owes(town, "", "后面的话", chat=1001)
    await town.settles()
    assert await town.resident.said() == "后面的话"
    assert await town.admin.sees("死信")
    assert ask(town, "select count(*) from outbox where state = 'dead'") == [(1,)]


async def test_a_file_that_is_gone_from_the_disk_does_not_end_the_sender(town: Town) -> None:
    await fault(town, "429", chat="-5002", method="sendphoto", retry_after=2)
    case = await reports(town, media=await pieces(town.responder, photo(3)))
    await until(town.app.ticker.fetch)
    await until(lambda: calls_of_photo(town))
    for copy in (town.app.settings.data_dir / "media").rglob("*-shown.jpg"):
        copy.unlink()
    await town.passes(minutes=1)
    await until(lambda: town.admin.sees("死信"))
    await owes(town, "还在", chat=1001)
    await town.settles()
    assert await town.resident.said() == "还在"
    assert await town.community_group.sees(case.number)


async def calls_of_photo(town: Town) -> list[Json]:
    """Whether the picture was tried to be sent."""
    return await calls(town, -5002, "sendPhoto")


async def test_albums_count_piece_by_piece_so_that_a_group_is_not_flooded(tmp_path: Path, template: Path) -> None:
    async with open_town(tmp_path, template, **TELEGRAMS_PACE) as town:
        media = [await pieces(town.responder, *(photo(n) for n in range(6))) for _ in range(4)]
        await town.post("limits", {"on": True})
        for album in media:
            await reports(town, media=album)
        await until(town.app.ticker.fetch)
        await until(lambda: calls_of_album(town), 20)
        assert not [row for row in (await town.get("log"))["calls"] if row["status"] == 429]


async def calls_of_album(town: Town) -> bool:
    """Whether two albums have left; the other two find no room in this minute."""
    return len(await calls(town, -5002, "sendMediaGroup")) >= 2


async def test_somebody_who_blocked_us_is_left_alone_and_heard_again_when_back(town: Town) -> None:
    case = await reports(town)
    await town.post("people/1001/block", {"bot": 7000001})
    await owes(town, "听不到", chat=1001)
    await town.settles()
    assert ask(town, "select count(*) from outbox where state in ('due', 'dead')") == [(0,)]
    await town.post("people/1001/unblock", {"bot": 7000001})
    await town.resident.sends("/help")
    assert not await town.resident.sees("听不到")
    await town.community_group.presses("签收", message=await town.community_group.message_with(case.number))
    assert "签收" in await town.resident.said()


async def test_what_is_urgent_leaves_before_what_came_earlier(tmp_path: Path, template: Path) -> None:
    async with open_town(tmp_path, template, messages_per_second=10) as town:
        people = [town.resident, town.neighbour, town.whistleblower, town.grid_member]
        for person in people:
            await town.post(f"people/{person.id}/send", {"chat": BOT_ID, "text": "/help"})
        await town.settles()
        await town.session.delete("/sandbox/log")

        async def put(desk: Desk) -> None:
            for person in (*people[:-1] * 2, people[-1]):
                desk.answer(person.id, "sendMessage", {"chat_id": person.id, "text": "有事"})
            desk.answers[-1] = replace(desk.answers[-1], lane=Lane.URGENT)

        await town.app.at_desk(put)
        town.app.sender.look()
        await town.settles()
        rows = (await town.get("log"))["calls"]
    order = [row["chat_id"] for row in rows if row["method"].lower() == "sendmessage"]
    assert len(order) == 7
    assert order[0] == str(people[-1].id)


async def test_at_telegrams_pace_nobody_is_told_to_wait_and_a_full_group_holds_up_nobody(
    tmp_path: Path, template: Path
) -> None:
    async with open_town(tmp_path, template, **TELEGRAMS_PACE) as town:
        await town.resident.sends("/start")
        await town.post("limits", {"on": True})
        await owes(town, *(f"群消息{n}" for n in range(25)), chat=-5002)
        await owes(town, "一", "二", "三", chat=1001)
        await until(lambda: town.resident.sees("三"))
        await until(lambda: is_full(town))
        await fault(town, "reset_before", chat="1001")
        await owes(town, "四", chat=1001)
        await until(lambda: town.resident.sees("四"), 15)
        assert await is_full(town), "more than Telegram allows in a minute"
        assert not [row for row in (await town.get("log"))["calls"] if row["status"] == 429]


async def is_full(town: Town) -> bool:
    """Whether the group was told just as much as it may be told in a minute."""
    return len(await town.community_group.heard()) == TELEGRAMS_PACE["messages_per_group_minute"]
