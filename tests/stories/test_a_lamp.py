"""The main story: a broken lamp, from the first photo to the rating."""

from tests.stories.steps import picture
from tests.town import Town


async def test_a_broken_lamp_from_first_photo_to_rating(town: Town) -> None:
    resident, group, supervisor = town.resident, town.community_group, town.grid_member
    await resident.sends_photo("新港小区3栋楼下路灯不亮，晚上黑漆漆的")
    await resident.presses("路灯")
    await resident.presses("一盏")
    await resident.presses("提交")
    assert await resident.sees("已提交")
    await town.fetches()
    assert await group.sees("路灯")
    await group.presses("签收")
    assert await resident.sees("签收")
    await group.presses("办结")
    asked = await group.message_with("现场照片")
    done = "今天9点受理，与上报人电话沟通，已换新灯泡，当天办完。"
    await group.sends_any(photo=picture(7), caption=done, reply_to=asked["message_id"])
    await supervisor.presses("核查通过")
    await town.passes(hours=24)
    await resident.presses("及时")
    await resident.presses("解决了")
    await resident.presses("5")
    assert "谢谢" in await resident.said(2)
