"""Flood: one explaining sentence, then quiet; everything is kept, danger passes, presses in a hurry do nothing."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.stories.steps import case_of, nothing_failed, reports_lamp, submits
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
