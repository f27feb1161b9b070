"""What no group may read never enters one, whatever was tapped: the dispatchers get it privately, and decide."""

import pytest

from bot.cases.case import Status
from tests.stories.office import goes_to, now_is, reports, solved
from tests.stories.steps import NUMBER, case_of, newest_number, reports_lamp, submits
from tests.stories.test_confidential import everything_in_groups
from tests.town import Town, buttons_on

DRUGS = "302的老张在家吸毒卖毒"
CADRE = "村书记老李贪污低保款 新茂社区"
BEATEN = "楼上王家男的打老婆"


async def submits_as_it_is(town: Town) -> str:
    """By the button of the reminder, without ever saying what it is about."""
    await town.passes(minutes=31)
    await town.resident.presses("就这样提交")
    return await newest_number(town.resident)


async def files_by_silence(town: Town) -> str:
    """Danger waits for no button: ten quiet minutes make a case of it."""
    await town.passes(minutes=11)
    found = NUMBER.search((await town.resident.message_with("我先按您说的报上去了"))["text"])
    assert found
    return found.group()


async def test_a_drug_clue_before_a_voice_stays_out_of_the_centres_group(town: Town) -> None:
    await town.resident.sends(DRUGS)
    await town.resident.sends_any(voice=True)
    await town.resident.sends("新港小区2栋")
    await town.resident.presses("提交")
    number = await newest_number(town.resident)
    seen = await everything_in_groups(town)
    for trace in (number, "老张", "吸毒", "涉毒"):
        assert trace not in seen
    card = await town.dispatcher.message_with("情况")
    assert DRUGS in card["text"] and "涉毒" in card["text"] and number in card["text"]
    assert [one for one in await town.dispatcher.messages() if "voice" in one]


@pytest.mark.parametrize("words", [DRUGS, CADRE, BEATEN])
async def test_untapped_words_handed_in_from_the_reminder_are_withheld(town: Town, words: str) -> None:
    await town.resident.sends(words)
    number = await (files_by_silence if words == BEATEN else submits_as_it_is)(town)
    case = await case_of(town, number)
    assert case.confidential
    assert number not in await everything_in_groups(town) and words not in await everything_in_groups(town)
    assert words in (await town.dispatcher.message_with(number))["text"]


async def test_a_caption_about_an_official_never_suggests_the_officials_own_community(town: Town) -> None:
    await town.resident.sends_photo(CADRE)
    number = await submits_as_it_is(town)
    card = await town.dispatcher.message_with(number)
    assert "干部作风" in card["text"] and "建议" not in card["text"]
    assert not any("派给新茂社区" in one for one in buttons_on(card))
    assert CADRE not in await everything_in_groups(town)
    assert not await town.responder.sees(number)


async def test_secret_words_under_a_harmless_matter_that_was_tapped_are_withheld(town: Town) -> None:
    await town.resident.sends("楼上有人打老婆 新港小区2栋")
    await town.resident.presses("都不是，看全部")
    await town.resident.presses("噪声")
    await town.resident.presses("邻居、广场舞噪声")
    number = await submits(town.resident)
    assert "打老婆" not in await everything_in_groups(town)
    assert number not in await everything_in_groups(town)
    assert "打老婆" in (await town.dispatcher.message_with(number))["text"]


async def test_plain_words_go_their_usual_way(town: Town) -> None:
    number = await reports_lamp(town.resident)
    case = await case_of(town, number)
    assert not case.confidential and case.status is Status.DISPATCHED
    assert number in await everything_in_groups(town)


async def test_a_dispatcher_opens_it_by_one_tap(town: Town) -> None:
    case = await reports(town, words="路灯不亮，" + BEATEN)
    assert case.withheld and case.number not in await everything_in_groups(town)
    card = await town.dispatcher.message_with(case.number)
    await town.dispatcher.presses("可以在群里办", message=card)
    after = await now_is(town, case)
    assert not after.confidential and after.status is Status.DISPATCHED
    assert await town.community_group.sees(case.number) and await town.centre_group.sees(case.number)


async def test_what_concerns_officials_takes_a_second_tap(town: Town) -> None:
    case = await reports(town, words="路灯不亮。" + CADRE)
    card = await town.dispatcher.message_with(case.number)
    alert = await town.dispatcher.presses("可以在群里办", message=card)
    assert alert and "干部" in alert["text"]
    assert (await now_is(town, case)).withheld
    await town.dispatcher.presses("确定，进群办理")
    assert not (await now_is(town, case)).confidential


async def test_only_a_dispatcher_opens_it_and_only_once(town: Town) -> None:
    case = await reports(town, words="路灯不亮，" + BEATEN)
    message = (await town.dispatcher.message_with(case.number))["message_id"]
    for who in (town.resident, town.responder, town.admin, town.grid_member, town.leader):
        mine = (await who.messages())[-1]["message_id"] if await who.messages() else message
        await who.presses_data(mine, f"c:{case.id}:unseal:1:!")
    here = town.dispatcher.inside(-5001)
    await reports(town)
    await here.presses_data((await here.messages())[-1]["message_id"], f"c:{case.id}:unseal:1:!")
    assert (await now_is(town, case)).withheld
    sealed = await reports(town, words="路灯不亮", sealed=True)
    await town.dispatcher.presses_data(message, f"c:{sealed.id}:unseal:1:!")
    assert (await now_is(town, sealed)).sealed


async def test_a_confidential_supplement_goes_to_the_dispatchers_alone(town: Town) -> None:
    number = await reports_lamp(town.resident)
    await town.resident.presses("➕ 补充")
    await town.resident.sends_photo(DRUGS)
    assert "不进群" in await town.resident.said()
    seen = await everything_in_groups(town)
    assert DRUGS not in seen and "吸毒" not in seen
    assert "另有 1 条保密补充" in (await town.community_group.message_with(number))["text"]
    told = await town.dispatcher.message_with("保密补充")
    assert DRUGS in told["text"] and number in told["text"]
    await town.fetches()
    await town.passes(minutes=1)
    assert [one for one in await town.dispatcher.messages() if "photo" in one]
    assert not [one for one in await town.community_group.messages() if "photo" in one]
    # what follows without words stays there too
    await town.resident.presses("➕ 补充")
    await town.resident.sends_any(voice=True)
    assert not [one for one in await town.community_group.messages() if "voice" in one and one["from"]["is_bot"]]
    assert [one for one in await town.dispatcher.messages() if "voice" in one]


async def test_a_dispatcher_passes_a_supplement_on_with_its_picture(town: Town) -> None:
    number = await reports_lamp(town.resident)
    await town.resident.presses("➕ 补充")
    await town.resident.sends_photo(BEATEN)
    await town.fetches()
    await town.dispatcher.presses("可以在群里办", message=await town.dispatcher.message_with("保密补充"))
    await town.passes(minutes=1)
    assert await town.community_group.sees("楼上某家男的打老婆"), "with the name of the family veiled"
    assert BEATEN not in await everything_in_groups(town)
    assert "保密补充" not in (await town.community_group.message_with("路灯"))["text"]
    assert [one for one in await town.community_group.messages() if "photo" in one]
    assert not (await case_of(town, number)).confidential


async def test_a_correction_that_tells_a_secret_changes_nothing_that_groups_read(town: Town) -> None:
    number = await reports_lamp(town.resident)
    await town.resident.presses("说错了，改一下")
    await town.resident.presses("情况")
    await town.resident.sends(BEATEN)
    assert "不进群" in await town.resident.said()
    assert BEATEN not in await everything_in_groups(town)
    assert "路灯不亮" in (await town.community_group.message_with(number))["text"]
    assert BEATEN in (await town.dispatcher.message_with("保密补充"))["text"]


async def test_a_corrected_place_that_tells_a_secret_is_confided_too(town: Town) -> None:
    await reports_lamp(town.resident)
    await town.resident.presses("说错了，改一下")
    await town.resident.presses("地点")
    await town.resident.sends("302老张家，他在家吸毒")
    assert "吸毒" not in await everything_in_groups(town)
    assert "吸毒" in (await town.dispatcher.message_with("保密补充"))["text"]


async def test_an_edit_after_submission_that_tells_a_secret_is_confided(town: Town) -> None:
    sent = await town.resident.sends("新港小区3栋楼下路灯不亮")
    await town.resident.presses("小区路灯不亮")
    await submits(town.resident)
    await town.resident.edits(sent["message_id"], "新港小区3栋楼下" + DRUGS)
    assert "不进群" in await town.resident.said()
    assert "吸毒" not in await everything_in_groups(town)
    assert DRUGS in (await town.dispatcher.message_with("保密补充"))["text"]


async def test_whoever_joins_with_a_secret_tells_it_to_the_dispatchers(town: Town) -> None:
    await reports_lamp(town.resident)
    await town.neighbour.sends("302的老张在家吸毒 顺便新港小区3栋路灯也不亮")
    await town.neighbour.presses("小区路灯不亮")
    for _ in range(6):
        if any("我也遇到" in one for one in await town.neighbour.buttons()):
            break
        await town.neighbour.presses("跳过")
    await town.neighbour.presses("我也遇到")
    assert "另有 1 位居民也遇到" in (await town.community_group.message_with("路灯"))["text"]
    assert "吸毒" not in await everything_in_groups(town)
    assert "吸毒" in (await town.dispatcher.message_with("保密补充"))["text"]


async def test_the_answer_to_a_question_of_the_unit_is_confided_when_it_tells_a_secret(town: Town) -> None:
    await goes_to(town, 10)
    number = await reports_lamp(town.resident)
    here = town.community_group
    await here.presses("签收", message=await here.message_with(number))
    await here.presses("问上报人", message=await here.message_with(number))
    await here.sends("灯在哪一层？", reply_to=(await here.messages())[-1]["message_id"])
    await town.resident.presses("回答")
    await town.resident.sends(f"三楼，{BEATEN}")
    assert "打老婆" not in await everything_in_groups(town)
    assert "打老婆" in (await town.dispatcher.message_with("保密补充"))["text"]


async def test_why_it_must_be_done_again_may_be_a_secret_too(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await solved(town.community_group, case.number)
    await town.grid_member.presses("核查通过")
    await town.fetches()
    await town.passes(minutes=1)
    await town.resident.presses("及时")
    await town.resident.presses("没解决")
    await town.resident.presses("要，请重办")
    await town.resident.sends(f"灯没修，修灯的说{BEATEN}")
    assert (await now_is(town, case)).status is Status.DISPATCHED
    assert "打老婆" not in await everything_in_groups(town)
    assert "打老婆" in (await town.dispatcher.message_with("保密补充"))["text"]


async def test_a_secret_case_is_never_shown_to_a_unit_of_another_kind(town: Town) -> None:
    """The demo district has no police: nobody but the dispatchers hears of these."""
    for matter in ("C03", "C08", "A06", "C06", "C11"):
        case = await reports(town, matter, "有人这样做，你们快管管")
        assert (await now_is(town, case)).unit_id is None
        assert await town.dispatcher.sees(case.number)
        for who in (town.fire_brigade, town.responder, town.town_office, town.leader, town.other_responder):
            assert not await who.sees(case.number)
        assert "建议" not in (await town.dispatcher.message_with(case.number))["text"]


async def test_a_fire_beside_a_secret_is_still_told_to_the_fire_brigade_privately(town: Town) -> None:
    case = await reports(town, "A01", "302着火了，是老张吸毒点的", danger=True)
    assert case.confidential
    assert await town.fire_brigade.sees(case.number)
    assert case.number not in await everything_in_groups(town)
