"""The main story: a broken lamp, from the first word to the rating."""

from tests.town import Town


async def test_a_broken_lamp_from_first_photo_to_rating(town: Town) -> None:
    resident, group = town.resident, town.community_group
    await resident.sends_photo("新港小区3栋楼下路灯不亮，晚上黑漆漆的")
    assert "哪一类" in await resident.said(1), await resident.said(3)
    await resident.presses("路灯")
    for _ in range(8):
        buttons = await resident.buttons()
        print(await resident.said(1), buttons)
        if any("提交" in one for one in buttons):
            break
        await resident.presses("跳过" if "跳过" in buttons else "可以问我" if "可以问我" in buttons else buttons[0])
    await resident.presses("提交")
    print(await resident.heard())
    assert await resident.sees("已提交")
    print(await group.heard())
