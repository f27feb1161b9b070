"""Flood: one explaining sentence, then quiet; everything is kept, danger passes, presses in a hurry do nothing."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.stories.steps import case_of, nothing_failed, promise_card, reports_lamp, submits
from tests.town import Town, open_town

MOST = 10


@pytest.fixture
async def strict(tmp_path: Path, template: Path) -> AsyncGenerator[Town]:
    """A town in which ten messages a minute and two reports a day are enough."""
    async with open_town(
        tmp_path / "town", template, messages_per_person_minute=MOST, reports_per_person_day=2
    ) as town:
        yield town


async def test_a_flood_is_explained_once_and_kept_whole(strict: Town) -> None:
    who = strict.neighbour
    for at in range(MOST):
        await who.sends(f"楼道堆东西，第{at}句")
    before = len(await who.heard())
    for at in range(MOST, 30):
        await who.sends(f"楼道堆东西，第{at}句")
    heard = await who.heard()
    assert len(heard) == before + 1 and "发得太快" in heard[-1]
    pressed = await who.presses("接着说")
    assert pressed is not None and "点得太快" in pressed["text"]
    await strict.passes(minutes=2)
    await who.presses("接着说")
    number = await submits(who)
    case = await case_of(strict, number)
    whole = f"{case.text}\n{case.place}"
    assert [at for at in range(30) if f"第{at}句" not in whole] == [], "one of them was the answer to 在什么地方"
    assert await nothing_failed(strict)


async def test_danger_is_answered_at_once_however_fast_somebody_writes(strict: Town) -> None:
    who = strict.neighbour
    for at in range(20):
        await who.sends(f"路灯不亮{at}")
    assert "发得太快" in await who.said()
    await who.sends("着火了快来人！")
    assert "请先打电话" in await who.said(2)
    assert "119" in await who.said(2)
    await who.sends("新港小区3栋")
    assert "发得太快" not in await who.said()


async def test_hammered_buttons_do_nothing_but_submitting_counts_once(strict: Town) -> None:
    who = strict.neighbour
    await who.sends("新港小区3栋楼下路灯不亮，一盏")
    shown = (await who.messages())[-1]
    answers = [
        await who.presses("看全部", message=shown)
        if at == 0
        else await who.presses_data(shown["message_id"], "d:00000000:all:")
        for at in range(30)
    ]
    assert sum("点得太快" in (one or {}).get("text", "") for one in answers if one) > 15
    assert await nothing_failed(strict)


async def test_a_hundred_photos_are_one_sentence(strict: Town) -> None:
    who = strict.neighbour
    for _ in range(100):
        await strict.post(f"people/{who.id}/send", {"chat": who.home, "photo": True})
    await strict.settles()
    heard = await who.heard()
    assert sum("发得太快" in text for text in heard) == 1
    assert sum("够多了" in text for text in heard) <= 1
    assert len(heard) < MOST * 2 + 4


async def test_too_many_reports_a_day_wait_but_danger_does_not(strict: Town) -> None:
    who = strict.neighbour
    for words in ("新港小区3栋楼下路灯不亮", "滨河花园1栋楼下路灯不亮"):
        await strict.passes(minutes=2)
        await reports_lamp(who, words)
    await strict.passes(minutes=2)
    await who.sends("新港小区2栋楼下路灯不亮")
    await who.presses("小区路灯不亮")
    await strict.passes(minutes=2)
    while not any("提交" in one for one in await who.buttons()):
        await who.presses("一盏" if "坏了几盏" in await who.said() else "跳过")
    refused = await who.presses("✅ 提交")
    assert refused is not None and "先歇一歇" in refused["text"]
    shown = await who.message_with("请看一眼")
    await strict.passes(hours=25)
    await who.presses("✅ 提交", message=shown)
    assert sum("已提交" in text for text in await who.heard()) == 3
    await strict.passes(minutes=2)
    await who.sends("新港小区3栋着火了")
    await who.presses("着火、冒烟")
    await submits(who)
    assert sum("已提交" in text for text in await who.heard()) == 4


async def test_people_with_a_duty_are_never_too_fast(strict: Town) -> None:
    for at in range(25):
        await strict.grid_member.sends(f"路灯不亮{at}")
    assert not await strict.grid_member.sees("发得太快")


async def parked(town: Town) -> tuple[str, int]:
    """A report with its promise card; how much the unit's group has read of it."""
    number = await reports_lamp(town.neighbour, "新港小区3栋楼下路灯不亮")
    await town.passes(minutes=3)
    return number, len(await town.community_group.heard())


async def test_whoever_adds_and_adds_is_read_one_by_one_at_first_and_then_in_one(strict: Town) -> None:
    who, group = strict.neighbour, strict.community_group
    number, before = await parked(strict)
    card = await promise_card(who, number)
    for at in range(40):
        await who.sends(f"第{at}次说", reply_to=card["message_id"])
    await strict.passes(minutes=5)
    heard = (await group.heard())[before:]
    assert len([text for text in heard if "次说" in text]) in range(10, 12)
    await strict.passes(hours=1)
    heard = (await group.heard())[before:]
    assert len([text for text in heard if "接连补充" in text]) == 1
    assert [at for at in range(40) if f"第{at}次说" not in "\n".join(heard)] == [], "nothing is lost"
    await who.sends("楼道里着火了", reply_to=card["message_id"])
    await strict.passes(minutes=1)
    assert await group.sees("着火"), "danger is told at once"
    assert await nothing_failed(strict)


async def test_edits_without_end_are_slowed_and_kept(strict: Town) -> None:
    who, group = strict.neighbour, strict.community_group
    first = await who.sends("新港小区3栋楼下路灯不亮")
    await who.presses("小区路灯不亮")
    await submits(who)
    await strict.passes(minutes=3)
    before, told = len(await group.heard()), len(await who.heard())
    for at in range(25):
        await who.edits(first["message_id"], f"新港小区3栋楼下路灯不亮，第{at}改")
        await strict.passes(minutes=1 / 30)
    await strict.passes(minutes=5)
    said = (await who.heard())[told:]
    assert sum("发得太快" in text for text in said) == 1 and len(said) == MOST + 1
    assert len((await group.heard())[before:]) <= 11
    await strict.passes(hours=1)
    heard = "\n".join((await group.heard())[before:])
    assert [at for at in range(25) if f"第{at}改" not in heard] == []
    assert await nothing_failed(strict)
