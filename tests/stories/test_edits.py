"""An edited message counts where it had gone: in the open report, in one that waits, in a case, and nowhere else."""

from bot.sandbox.messages import keep, tell_bots
from bot.sandbox.speech import captioned, file_content
from tests.stories.steps import case_of, files_of, nothing_failed, picture, promise_card, reports_lamp, submits
from tests.stories.test_confidential import everything_in_groups
from tests.town import Json, Person, Town

LAMP = "新港小区3栋楼下路灯不亮"
NO_USE = "我没法跟着改"


async def _replaces_photo(person: Person, sent: Json, shade: int, caption: str = "") -> None:
    """Another photo in the place of the one that was sent; two edits of one second would be one."""
    await person.town.passes(minutes=1)
    world = person.town.sandbox.world
    chat = world.chat_of(world.person(person.id), person.home)
    assert chat is not None
    kept = {name: value for name, value in sent.items() if not name.startswith("caption")}
    new = {**file_content(world, "photo", picture(shade)), **captioned(caption or None)}
    tell_bots(
        world, chat, "edited_message", keep(world, chat, {**kept, **new, "edit_date": world.clock.unix()}, "edit")
    )
    await person.town.settles()


async def test_a_name_typed_for_something_else_never_gets_into_the_report(town: Town) -> None:
    who = town.neighbour
    await who.sends(LAMP)
    await who.presses("小区路灯不亮")
    await who.sends("/apply")
    await who.presses("我来报名")
    await who.sends("新港小区")
    await who.presses("志愿者")
    name = await who.sends("赵师傅")
    number = await who.sends("13800004321")
    await who.presses("交给社区")
    await town.passes(minutes=1)
    heard = len(await who.heard())
    await who.edits(name["message_id"], "赵建国")
    await who.edits(number["message_id"], "13800009999")
    await town.passes(minutes=1)
    new = (await who.heard())[heard:]
    assert len(new) == 1 and NO_USE in new[0], "it is said once that it can no longer be used"
    await who.sends("/report")
    case = await case_of(town, await submits(who))
    assert case.text == LAMP
    everything = await everything_in_groups(town)
    assert "赵建国" not in everything and "13800009999" not in everything
    assert await nothing_failed(town)


async def test_a_report_edited_in_the_middle_of_something_else_leaves_that_going_on(town: Town) -> None:
    who = town.neighbour
    sent = await who.sends(LAMP)
    await who.presses("小区路灯不亮")
    await who.sends("/apply")
    await who.presses("我来报名")
    await who.sends("新港小区")
    await who.presses("志愿者")
    await who.edits(sent["message_id"], "新港小区2栋楼下路灯不亮")
    assert "按您改过的记" in await who.said()
    await who.sends("赵师傅")
    await who.sends("13800004321")
    await who.presses("交给社区")
    await who.sends("/report")
    case = await case_of(town, await submits(who))
    assert case.text == "新港小区2栋楼下路灯不亮"


async def test_an_edit_of_what_waits_changes_what_waits(town: Town) -> None:
    resident = town.resident
    await resident.sends(LAMP)
    await resident.presses("小区路灯不亮")
    sent = await resident.sends("新港小区垃圾堆了三天没人收")
    await resident.edits(sent["message_id"], "新港小区垃圾堆了四天没人收")
    assert "按您改过的记" in await resident.said()
    await resident.presses("另一件")
    await town.passes(minutes=1)
    await resident.edits(sent["message_id"], "新港小区垃圾堆了五天没人收")
    assert "按您改过的记" in await resident.said()
    assert (await case_of(town, await submits(resident))).text == LAMP
    await town.passes(minutes=1)
    assert await resident.sees("“新港小区垃圾堆了五天没人收”")
    assert not await resident.sees("三天没人收”") and not await resident.sees("四天没人收”")


async def test_danger_edited_into_what_was_told_last_is_answered(town: Town) -> None:
    resident = town.resident
    await resident.sends(LAMP)
    await resident.presses("小区路灯不亮")
    sent = await resident.sends("新港小区垃圾堆了三天没人收")
    assert "这是另一件事吗" in await resident.said()
    await resident.edits(sent["message_id"], "新港小区垃圾堆着火了，快来人")
    assert await resident.sees("请先打电话")


async def test_the_edit_of_a_reply_to_the_card_reaches_its_case(town: Town) -> None:
    resident = town.resident
    number = await reports_lamp(resident)
    card = await promise_card(resident, number)
    sent = await resident.sends("还有一盏也不亮", reply_to=card["message_id"])
    await resident.edits(sent["message_id"], "还有两盏也不亮")
    assert f"已补充到 {number}" in await resident.said()
    assert await town.community_group.sees("还有两盏也不亮")
    await resident.sends("滨河社区门口井盖没了")
    await town.passes(minutes=1)
    await resident.edits(sent["message_id"], "还有三盏也不亮")
    await town.passes(minutes=1)
    assert f"已补充到 {number}" in await resident.said()
    assert "三盏" not in (await case_of(town, await submits(resident))).text


async def test_the_edit_of_words_that_were_of_the_newest_case_reaches_it(town: Town) -> None:
    resident = town.resident
    number = await reports_lamp(resident)
    await town.passes(minutes=20)
    sent = await resident.sends("我要催办")
    await resident.presses("是这件")
    await resident.edits(sent["message_id"], "我要催办，天黑得很")
    assert f"已补充到 {number}" in await resident.said()
    assert await town.community_group.sees("天黑得很")


async def test_a_photo_that_takes_the_place_of_another_is_kept_too(town: Town) -> None:
    resident = town.resident
    sent = await resident.sends_any(photo=picture(30), caption=LAMP)
    await resident.presses("小区路灯不亮")
    await _replaces_photo(resident, sent, 120, LAMP)
    assert "按您改过的记" in await resident.said()
    number = await submits(resident)
    assert len(await files_of(town, number)) == 2
    await _replaces_photo(resident, sent, 210, LAMP)
    await town.passes(minutes=1)
    assert await resident.sees(f"已补充到 {number}")
    assert len(await files_of(town, number)) == 3
    await _replaces_photo(resident, sent, 210, "新港小区2栋楼下路灯不亮")
    assert len(await files_of(town, number)) == 3
    assert (await case_of(town, number)).text == LAMP
    await town.fetches()
    await town.passes(minutes=1)
    assert len([one for one in await town.community_group.messages() if "photo" in one]) == 3
    assert await town.community_group.sees("新港小区2栋楼下路灯不亮")
    assert await nothing_failed(town)


async def test_a_place_told_before_anything_else_is_where_it_is_edited_to(town: Town) -> None:
    resident = town.resident
    sent = await resident.sends("新港小区5栋")
    await resident.edits(sent["message_id"], "新港小区2栋")
    await resident.sends("路灯不亮")
    await resident.presses("小区路灯不亮")
    case = await case_of(town, await submits(resident))
    assert "新港小区2栋" in case.place and "5栋" not in case.place
    assert case.text == "路灯不亮"


async def test_a_late_photo_that_is_replaced_goes_where_the_first_one_went(town: Town) -> None:
    resident = town.resident
    number = await reports_lamp(resident)
    sent = await resident.sends_any(photo=picture(40))
    await resident.presses("这件事的")
    await _replaces_photo(resident, sent, 160)
    assert f"已补充到 {number}" in await resident.said()
    assert len(await files_of(town, number)) == 2
