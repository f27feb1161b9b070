"""What stays behind: nobody who left reads on, no group reads of a case in conflict, no case is left with nobody."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from bot.cases.case import Status
from tests.stories.centre import card_of
from tests.stories.office import goes_to, now_is, reports
from tests.stories.steps import nothing_failed, promise_card
from tests.stories.test_attacks import dismissed
from tests.stories.test_conflicts import blocks_xinmao
from tests.stories.test_stats import file_of
from tests.town import Town, buttons_on

MORNING = "早上好"


async def test_whoever_left_a_unit_is_greeted_no_more_and_their_case_is_told_to_the_centre(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await town.community_group.presses("签收", message=await town.community_group.message_with(case.number))
    await dismissed(town, town.responder)
    heard = len(await town.responder.heard())
    await town.passes(days=4)
    assert not any(MORNING in text or case.number in text for text in (await town.responder.heard())[heard:])
    assert await town.community_group.sees(MORNING), "the others of the unit read it"
    told = (await town.dispatcher.message_with("经办人不在单位了"))["text"]
    assert case.number in told
    await town.leader.sends("/handover")
    await town.leader.presses("前同事")
    await town.leader.presses("孙桂芳")
    after = await now_is(town, case)
    assert after.status is Status.ACCEPTED and after.handler_id is not None
    told_before = len(await town.dispatcher.heard())
    await town.passes(hours=24)
    assert not any("经办人不在单位了" in text for text in (await town.dispatcher.heard())[told_before:])
    assert await nothing_failed(town)


async def test_a_group_lists_no_case_in_conflict_however_it_is_asked_for(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, words="楼下路灯不亮")
    await town.passes(minutes=1)
    await blocks_xinmao(town, case)
    office = town.town_office
    for group, asker in ((-5003, office), (-5001, town.dispatcher)):
        inside = asker.inside(group)
        for words in ("/orders", f"/orders {case.number}", "/orders 路灯不亮", "/orders 新港小区"):
            await inside.sends(words)
            for button in ("本单位的单", "超期的单", "等我处理的"):
                if any(button in one for one in await inside.buttons()):
                    await inside.presses(button)
                assert not any(case.number in one for one in await inside.buttons()), (group, words, button)
    await office.sends("/orders")
    await office.presses("本单位的单")
    assert any(case.number in one for one in await office.buttons()), "privately it is theirs to see"
    await office.presses("导出表格")
    await town.fetches()
    book = next(one for one in reversed(await office.messages()) if "document" in one)
    page: Any = load_workbook(BytesIO(file_of(town, book))).active
    assert case.number not in str(list(page.iter_rows(values_only=True))), "a table is passed on"


async def test_a_unit_that_signed_hears_that_a_case_was_withdrawn_or_given_to_another(town: Town) -> None:
    await goes_to(town, 10)
    group = town.community_group
    one = await reports(town)
    await group.presses("签收", message=await group.message_with(one.number))
    await town.resident.presses("看进展", message=await promise_card(town.resident, one.number))
    await town.resident.presses("撤回")
    await town.resident.presses("撤回")
    assert (await now_is(town, one)).status is Status.WITHDRAWN
    assert await group.sees(f"{one.number} 上报人撤回了，不用再去办")
    watched = (await town.grid_member.message_with(one.number))["text"]
    assert "上报人撤回了，不用再盯" in watched and "办完了" not in watched
    two, three = await reports(town, words="楼道灯也不亮"), await reports(town, words="楼顶灯也不亮")
    await group.presses("签收", message=await group.message_with(two.number))
    for case in (two, three):
        await town.centre_group.presses("改派", message=await card_of(town.centre_group, case))
        await town.centre_group.presses("滨河社区", message=await card_of(town.centre_group, case))
    assert await group.sees(f"{two.number} 改由别的单位办，您单位不用再去办")
    assert not await group.sees(f"{three.number} 改由别的单位办"), "nobody had signed"
    assert await nothing_failed(town)


async def test_a_card_opened_privately_is_kept_up_to_the_end(town: Town) -> None:
    await goes_to(town, 10)
    one, two = await reports(town), await reports(town, words="楼道灯也不亮")
    who = town.responder
    await who.sends(f"/start c_{one.id}")
    await who.sends("/orders")
    await who.presses("本单位的单")
    await who.presses(two.number)
    for case in (one, two):
        shown = await who.message_with(f"{case.number}　")
        await who.presses("签收", message=shown)
        after = await who.message_with(f"{case.number}　")
        assert after["message_id"] == shown["message_id"] and "【已签收】" in after["text"]
        assert any("到场" in one for one in buttons_on(after)) and not any("签收" in one for one in buttons_on(after))
    assert await nothing_failed(town)
