"""回访: all red cases, bad ratings and one in ten of the others are asked about by a person, as the reporter allows."""

from typing import Any

from bot.cases.case import Case, Colour, Contact, Status
from bot.cases.revisiting import ONE_IN, Why, why_call
from storage import cases, revisits
from storage.revisits import Revisit
from tests.cases.people import MONDAY, a_case
from tests.stories.office import count, goes_to, now_is, reports, solved
from tests.stories.steps import nothing_failed
from tests.town import Town, buttons_on


def test_red_cases_bad_ratings_and_one_in_ten_are_asked_about_but_nobody_who_wants_no_contact() -> None:
    closed = _closed()
    good: dict[str, Any] = {"solved": "yes", "satisfied": 5}
    assert [why_call(closed, good, lot) for lot in range(ONE_IN + 1)].count(Why.SAMPLE) == 2
    assert why_call(closed, {"solved": "no"}, 1) is Why.BAD
    assert why_call(closed, {"solved": "yes", "satisfied": 2}, 1) is Why.BAD
    assert why_call(closed, {"solved": "yes", "satisfied": 3}, 1) is None
    assert why_call(_closed(colour=Colour.RED), good, 1) is Why.RED
    assert why_call(_closed(colour=Colour.RED, contact=Contact.NONE), good, 0) is None
    assert why_call(_closed(matter="J03"), good, 0) is None
    assert why_call(_closed(resolved_at=None), good, 0) is None, "rejected or referred: nothing was done"


async def test_the_sample_is_one_in_ten_and_always_the_same(town: Town) -> None:
    vault = town.app.office.seals.vault
    lots = [vault.fingerprint(f"revisit:261130-{one:03}:0") % ONE_IN == 0 for one in range(3000)]
    assert 240 < sum(lots) < 360
    assert lots == [vault.fingerprint(f"revisit:261130-{one:03}:0") % ONE_IN == 0 for one in range(3000)]


async def test_a_bad_rating_offers_to_do_it_again_and_a_dispatcher_asks_through_the_bot(town: Town) -> None:
    await goes_to(town, 10)
    case = await _rated(town, "2")
    assert buttons_on(await town.resident.message_with("要让他们重办")) == ["要，请重办"]
    card = await town.dispatcher.message_with("回访")
    assert "上报人评价不满意" in card["text"] and case.number in card["text"]
    assert not await town.centre_group.sees("回访\u3000"), "a call-back is one person's, privately"
    assert "📞 看电话" not in buttons_on(card)
    await town.dispatcher.presses("让我去问")
    asked = await town.resident.message_with("问题真的解决了吗")
    assert await town.dispatcher.sees("等对方回答")
    await town.resident.presses("没解决", message=asked)
    await town.resident.presses("⭐⭐", message=await town.resident.message_with("对这次办理满意吗"))
    assert buttons_on(await town.resident.message_with("回访记下了")) == ["要，请重办"]
    card = await town.dispatcher.message_with("✅ 已回访")
    assert "解决了吗：没解决" in card["text"] and "满意吗：⭐⭐" in card["text"]
    assert buttons_on(card) == ["📝 记几句", "🔁 又反复了，重办"]
    row = await _row(town, case)
    assert row is not None and (row.state, row.solved, row.satisfied) == ("reached", "no", 2)
    assert row.reached_at is not None
    await town.resident.presses_data(asked["message_id"], f"rq:{case.id}:0:solved:yes")
    again = await _row(town, case)
    assert again is not None and again.solved == "no", "answered once"
    assert await nothing_failed(town)


async def test_a_dispatcher_calls_the_number_that_was_left_and_writes_down_what_was_said(town: Town) -> None:
    await goes_to(town, 10)
    case = await _rated(town, "1", contact="call", phone="13800001111")
    card = await town.dispatcher.message_with("回访")
    assert "13800001111" not in card["text"] and buttons_on(card)[0] == "📞 看电话"
    await town.dispatcher.presses("看电话")
    assert "13800001111" in await town.dispatcher.said()
    await town.dispatcher.presses("已联系")
    await town.dispatcher.presses("解决了一部分")
    await town.dispatcher.presses("⭐⭐⭐")
    await town.dispatcher.presses("记几句")
    await town.dispatcher.sends("说下雨天还会灭")
    assert f"已记到 {case.number}" in await town.dispatcher.said()
    row = await _row(town, case)
    assert row is not None
    assert (row.state, row.solved, row.satisfied, row.note) == ("reached", "part", 3, "说下雨天还会灭")
    async with town.app.database.read() as tx:
        seen = [one for one in await cases.history_of(tx, case.id) if one.action == "number"]
    assert len(seen) == 1, "who looked at the number is written down"


async def test_who_cannot_be_reached_is_called_three_times_on_different_days(town: Town) -> None:
    await goes_to(town, 10)
    case = await _rated(town, "1")
    for tries in (1, 2):
        await town.dispatcher.presses("未联系上")
        row = await _row(town, case)
        assert row is not None and (row.state, row.tries) == ("open", tries)
        assert row.due_at > town.app.office.clock.now()
    await town.dispatcher.presses("未联系上")
    row = await _row(town, case)
    assert row is not None and (row.state, row.tries) == ("missed", 3)
    assert await town.dispatcher.sees("三次都没联系上")
    refused = await town.dispatcher.presses_data(
        (await town.dispatcher.messages())[-1]["message_id"], f"rv:{case.id}:0:reached:"
    )
    assert refused is not None and refused["show_alert"]


async def test_what_is_overdue_is_shown_again_once_and_stands_first_in_the_list(town: Town) -> None:
    await goes_to(town, 10)
    case = await _rated(town, "1")
    assert count(await town.dispatcher.heard(), "回访\u3000") == 1
    await town.passes(days=2)
    assert count(await town.dispatcher.heard(), "已过期，本该") == 1
    await town.passes(days=1)
    assert count(await town.dispatcher.heard(), "已过期，本该") == 1
    await town.dispatcher.sends("/callbacks")
    assert "已过期的有 1 件" in await town.dispatcher.said()
    assert [one for one in await town.dispatcher.buttons() if case.number in one and "⏰" in one]
    await town.dispatcher.presses(case.number)
    assert case.number in await town.dispatcher.said()
    row = await _row(town, case)
    assert row is not None
    async with town.app.database.read() as tx:
        assert await revisits.waiting(tx, (row.due_at, case.id), 10) == []
        assert await revisits.waiting(tx, (row.due_at, case.id - 1), 10) == [row]
    await town.resident.sends("/callbacks")
    assert "已过期" not in await town.resident.said()


async def test_a_case_that_is_done_again_need_not_be_asked_about(town: Town) -> None:
    await goes_to(town, 10)
    case = await _rated(town, "1")
    await town.resident.presses("要，请重办")
    await town.resident.sends("还是不亮")
    assert (await now_is(town, case)).status is Status.DISPATCHED
    row = await _row(town, case)
    assert row is not None and row.state == "dropped"
    await town.passes(days=3)
    assert not await town.dispatcher.sees("已过期，本该")


async def test_only_dispatchers_of_the_case_touch_a_call_back(town: Town) -> None:
    await goes_to(town, 10)
    case = await _rated(town, "1")
    for who in (town.resident, town.neighbour, town.grid_member, town.responder):
        if not await who.messages():
            await who.sends("/start")
        at = (await who.messages())[-1]["message_id"]
        for what in ("reached:", "phone:", "open:", "solved:yes", "bot:"):
            await who.presses_data(at, f"rv:{case.id}:0:{what}")
    await town.neighbour.presses_data((await town.neighbour.messages())[-1]["message_id"], f"rq:{case.id}:0:solved:yes")
    row = await _row(town, case)
    assert row is not None and (row.state, row.reached_at, row.asked_at, row.solved) == ("open", None, None, None)


async def test_a_good_rating_that_is_not_in_the_sample_is_left_alone(town: Town) -> None:
    await goes_to(town, 10)
    case = await _rated(town, "5")
    lot = town.app.office.seals.vault.fingerprint(f"revisit:{case.number}:0")
    assert (await _row(town, case) is not None) == (lot % ONE_IN == 0)


async def _rated(town: Town, stars: str, **more: Any) -> Case:
    """A lamp that was mended, checked, and rated with so many stars."""
    case = await reports(town, **more)
    await solved(town.community_group, case.number)
    await town.grid_member.presses("核查通过", message=await town.grid_member.message_with("请核查"))
    await town.passes(minutes=1)
    message = await town.resident.message_with("请您评价")
    for what in ("contacted.yes", "solved.yes", f"satisfied.{stars}"):
        await town.resident.presses_data(message["message_id"], f"c:{case.id}:rate:0:{what}")
    assert (await now_is(town, case)).status is Status.CLOSED
    return case


async def _row(town: Town, case: Case) -> Revisit | None:
    async with town.app.database.read() as tx:
        return await revisits.of_round(tx, case.id, 0)


def _closed(**facts: Any) -> Case:
    return a_case(Status.CLOSED, **{"resolved_at": MONDAY, "closed_at": MONDAY, **facts})
