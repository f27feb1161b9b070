"""A file without words soon after submitting: nobody is shown it before it is said whose it is; it is never lost."""

from tests.stories.steps import NUMBER, case_of, files_of, newest_number, picture, reports_lamp, sends_piece, submits
from tests.town import Town


async def in_the_group(town: Town, kind: str) -> list[object]:
    """What the bot has shown of this kind in the groups of the unit and of the centre."""
    seen = [one for group in (-5001, -5002) for one in await town.admin.inside(group).messages()]
    return [one for one in seen if kind in one and one["from"]["is_bot"]]


async def test_a_voice_is_asked_about_and_shown_to_nobody_before(town: Town) -> None:
    number = await reports_lamp(town.resident)
    await town.resident.sends_any(voice=True)
    assert f"{number} 那件事的，还是另一件" in await town.resident.said()
    assert await town.resident.buttons() == ["这件事的", "另一件事"]
    assert not await in_the_group(town, "voice") and not await files_of(town, number)
    await town.resident.presses("这件事的")
    assert f"已补充到 {number}" in await town.resident.said()
    assert await in_the_group(town, "voice") and len(await files_of(town, number)) == 1


async def test_another_thing_is_a_report_of_its_own(town: Town) -> None:
    number = await reports_lamp(town.resident)
    await town.resident.sends_photo()
    await town.resident.presses("另一件事")
    await town.resident.sends("门口垃圾堆成山没人收")
    await town.resident.presses("垃圾")
    assert not await files_of(town, number)
    await town.passes(minutes=31)
    await town.resident.presses("就这样提交")
    other = await newest_number(town.resident)
    assert other != number and len(await files_of(town, other)) == 1


async def test_whoever_just_goes_on_telling_begins_another_report(town: Town) -> None:
    number = await reports_lamp(town.resident)
    await town.resident.sends_photo()
    await town.resident.sends("滨河社区门口井盖没了")
    assert not await files_of(town, number)
    await town.passes(minutes=31)
    await town.resident.presses("就这样提交")
    other = await newest_number(town.resident)
    assert "井盖" in (await case_of(town, other)).text and len(await files_of(town, other)) == 1


async def test_unanswered_a_picture_rests_like_any_draft(town: Town) -> None:
    number = await reports_lamp(town.resident)
    await town.resident.sends_any(photo=picture(3))
    await town.passes(minutes=31)
    assert "还没报完" in await town.resident.said()
    await town.fetches()
    assert not await in_the_group(town, "photo")
    await town.resident.presses("就这样提交")
    assert len(await files_of(town, await newest_number(town.resident))) == 1
    assert not await files_of(town, number)


async def test_unanswered_a_voice_that_nobody_heard_is_filed_by_itself(town: Town) -> None:
    number = await reports_lamp(town.resident)
    await town.resident.sends_any(voice=True)
    asked = await town.resident.message_with("那件事的")
    await town.passes(minutes=29)
    assert not await in_the_group(town, "voice")
    await town.passes(minutes=2)
    filed = await town.resident.message_with("我先按您说的报上去了")
    other = NUMBER.findall(filed["text"])[-1]
    assert other != number and len(await files_of(town, other)) == 1
    await town.resident.presses("这件事的", message=asked)
    assert not await files_of(town, number), "it is told once"
    assert len(await in_the_group(town, "voice")) == 1


async def test_the_rest_of_an_album_needs_no_question(town: Town) -> None:
    await town.resident.sends("新港小区3栋楼下路灯不亮")
    await town.resident.presses("小区路灯不亮")
    await sends_piece(town.resident, "late-album", 3)
    number = await submits(town.resident)
    await sends_piece(town.resident, "late-album", 5)
    assert len(await files_of(town, number)) == 2
    # a new album is asked about once, and goes where it is said
    for shade in (7, 9):
        await sends_piece(town.resident, "new-album", shade)
    assert sum("那件事的" in one for one in await town.resident.heard()) == 1
    await town.resident.presses("这件事的")
    await sends_piece(town.resident, "new-album", 11)
    assert len(await files_of(town, number)) == 5


async def test_a_photo_that_was_asked_for_belongs(town: Town) -> None:
    number = await reports_lamp(town.resident)
    await town.resident.presses("➕ 补充")
    await town.resident.sends_any(photo=picture(3))
    assert f"已补充到 {number}" in await town.resident.said()


async def test_the_old_buttons_do_nothing_once_it_is_told_otherwise(town: Town) -> None:
    number = await reports_lamp(town.resident)
    await town.resident.sends_photo()
    asked = await town.resident.message_with("那件事的")
    await town.resident.sends("滨河社区门口井盖没了")
    await town.resident.presses("这件事的", message=asked)
    assert not await files_of(town, number)
