"""How many messages and taps the five commonest reports cost a person: at most five each."""

import sys
from collections.abc import Awaitable, Callable

import pytest

from tests.stories.steps import newest_number
from tests.town import Person, Town

MOST = 5
HERE = (32.19, 119.593)


class Counted:
    """A person whose messages and taps are counted."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.count = 0

    async def photo(self, caption: str) -> None:
        self.count += 1
        await self.person.sends_photo(caption)

    async def text(self, words: str) -> None:
        self.count += 1
        await self.person.sends(words)

    async def location(self) -> None:
        self.count += 1
        await self.person.shares_location(*HERE)

    async def tap(self, words: str) -> None:
        self.count += 1
        await self.person.presses(words)


async def lamp(who: Counted) -> None:
    await who.photo("小区里路灯不亮，晚上黑漆漆的")
    await who.tap("小区路灯不亮")
    await who.tap("一盏")
    await who.location()


async def rubbish(who: Counted) -> None:
    await who.photo("垃圾桶满了，好几天没人收")
    await who.location()


async def parking(who: Counted) -> None:
    await who.photo("一辆车天天乱停，堵住单元门")
    await who.tap("乱停车")
    await who.location()


async def noise(who: Counted) -> None:
    await who.text("新港小区3栋门口广场舞音响太吵，晚上睡不着")
    await who.tap("邻居、广场舞噪声")


async def manhole(who: Counted) -> None:
    await who.photo("马路上井盖没了，一个大洞")
    await who.tap("井盖缺损")
    await who.tap("有，正在发生")
    await who.location()


@pytest.mark.parametrize("report", [lamp, rubbish, parking, noise, manhole])
async def test_a_common_report_takes_at_most_five_messages_and_taps(
    town: Town, report: Callable[[Counted], Awaitable[None]], capsys: pytest.CaptureFixture[str]
) -> None:
    who = Counted(town.resident)
    await report(who)
    await who.tap("✅ 提交")
    number = await newest_number(town.resident)
    with capsys.disabled():
        sys.stdout.write(f"\n{report.__name__}: {who.count} messages and taps ({number}) ")
    assert who.count <= MOST
