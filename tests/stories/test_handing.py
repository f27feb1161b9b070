"""移交: everything somebody who leaves has in hand goes to a colleague or back to the unit, and both are told."""

import pytest

from bot.cases.case import Case, Status
from storage import cases, people
from tests.stories.console import at_console
from tests.stories.office import goes_to, now_is, reports, solved
from tests.town import Town


async def in_hand(town: Town, count: int = 2) -> list[Case]:
    """Cases that 李建国 signed."""
    found = [await reports(town) for _ in range(count)]
    for case in found:
        await town.community_group.presses("签收", message=await town.community_group.message_with(case.number))
    return [await now_is(town, case) for case in found]


async def who_is(town: Town, telegram_id: int) -> int:
    return people.fingerprint(town.app.office.seals.vault, telegram_id)


async def test_a_leader_hands_everything_to_a_colleague_with_one_command(town: Town) -> None:
    await goes_to(town, 10)
    signed = await in_hand(town)
    verified = await reports(town)
    await solved(town.community_group, verified.number)
    await town.leader.sends("/handover")
    await town.leader.presses("李建国（新茂社区）3 件")
    assert "交给谁？" in await town.leader.said()
    await town.leader.presses("孙桂芳")
    assert await town.leader.sees("✅ 李建国的 3 件已移交")
    sun = await who_is(town, town.leader.id)
    after = [await now_is(town, case) for case in (*signed, verified)]
    assert [(one.handler_id, one.status) for one in after] == [
        (sun, Status.ACCEPTED),
        (sun, Status.ACCEPTED),
        (sun, Status.VERIFY),
    ]
    for case in signed:
        assert case.number in (await town.responder.message_with("移交给孙桂芳"))["text"]
        assert case.number in (await town.leader.message_with("移交给您"))["text"]
    async with town.app.database.read() as tx:
        last = (await cases.history_of(tx, signed[0].id))[-1]
    assert (last.action, last.note, last.person_id) == ("hand_over", "李建国 → 孙桂芳", sun)
    await town.leader.presses("到场", message=await town.leader.message_with(f"{signed[0].number}\u3000"))
    assert (await now_is(town, signed[0])).status is Status.HANDLING


async def test_an_admin_who_moves_somebody_out_is_asked_what_becomes_of_their_cases(town: Town) -> None:
    await goes_to(town, 10)
    (case,) = await in_hand(town, 1)
    await town.admin.sends("/units 新茂社区")
    await town.admin.presses("人员")
    await town.admin.presses("李建国")
    assert "🤝 移交在办件" in await town.admin.buttons()
    await town.admin.presses("移出本单位")
    await town.admin.presses("确定移出")
    assert "李建国在新茂社区手上还有 1 件没办完" in await town.admin.said()
    await town.admin.presses("退回单位")
    after = await now_is(town, case)
    assert (after.status, after.handler_id, after.due_at) == (Status.DISPATCHED, None, case.due_at)
    assert "退回单位" in await town.responder.said()
    assert "【待签收】" in (await town.community_group.message_with("推送号"))["text"]


async def test_whoever_leaves_the_register_leaves_no_case_behind(town: Town) -> None:
    await goes_to(town, 10)
    (case,) = await in_hand(town, 1)
    await town.admin.sends("/people 李建国")
    await town.admin.presses("离岗")
    await town.admin.presses("确")
    assert "手上还有 1 件没办完" in await town.admin.said()
    await town.admin.sends("/handover")
    assert "⚠️ 李建国（新茂社区）1 件" in await town.admin.buttons()
    await town.admin.presses("李建国（新茂社区）")
    await town.admin.presses("孙桂芳")
    assert (await now_is(town, case)).handler_id == await who_is(town, town.leader.id)


async def test_nobody_else_hands_cases_over(town: Town) -> None:
    await goes_to(town, 10)
    (case,) = await in_hand(town, 1)
    await town.leader.sends("/handover")
    await town.leader.presses("李建国")
    li, sun = await who_is(town, town.responder.id), await who_is(town, town.leader.id)
    for who in (town.responder, town.other_responder, town.dispatcher, town.resident):
        await who.sends("/handover")
        assert "李建国（新茂社区）" not in str(await who.messages())
        newest = [one for one in await who.messages() if one["from"]["is_bot"]][-1]["message_id"]
        said = await who.presses_data(newest, f"ho:t:{case.unit_id}:{li}:{sun}")
        assert said is not None and said["show_alert"]
    stranger = await who_is(town, town.other_responder.id)
    newest = (await town.leader.messages())[-1]["message_id"]
    said = await town.leader.presses_data(newest, f"ho:t:{case.unit_id}:{li}:{stranger}")
    assert said is not None and said["show_alert"], "nobody of another unit takes them"
    assert await now_is(town, case) == case


async def test_at_the_console_too(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    await goes_to(town, 10)
    (case,) = await in_hand(town, 1)
    run = at_console(town, monkeypatch)
    assert "手上没有在办件" in run("hand-over", "孙桂芳", "--back")[1]
    assert "没有叫周强的人" in run("hand-over", "李建国", "--to", "周强")[1]
    code, said = run("hand-over", "李建国", "--to", "孙桂芳")
    assert code == 0 and "李建国的 1 件已移交" in said
    town.app.sender.look()
    await town.settles()
    assert await town.leader.sees("移交给您") and await town.responder.sees("移交给孙桂芳")
    assert (await now_is(town, case)).handler_id == await who_is(town, town.leader.id)
