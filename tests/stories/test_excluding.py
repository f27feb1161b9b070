"""违法、不合理: what two people find so counts in no rate of the unit; it is listed, and said beside the rates."""

from bot.cases.case import Case, Status
from tests.stories.centre import answers, appoint, card_of, decides, lines_of, town_centre
from tests.stories.office import goes_to, now_is, reports, solved
from tests.stories.steps import nothing_failed
from tests.stories.test_stats import counted, told
from tests.town import Json, Person, Town, buttons_on


async def rated(town: Town, solved_word: str = "解决了一部分", stars: str = "1 很不满意") -> Case:
    """A lamp is repaired and its reporter is not content."""
    await goes_to(town, 9)
    case = await reports(town, words="楼下路灯不亮")
    await solved(town.community_group, case.number)
    await town.grid_member.presses("核查通过")
    await town.fetches()
    await town.passes(minutes=1)
    await rates(town, solved_word, stars)
    return await now_is(town, case)


async def rates(town: Town, solved_word: str, stars: str) -> None:
    await town.resident.presses("及时")
    await town.resident.presses(solved_word)
    await town.resident.presses(stars)
    await town.passes(minutes=2)


async def proposes(who: Person, case: Case, why: str = "规范不许在私家门口装公灯") -> Json:
    """One of the centre says why; what the dispatchers see of it."""
    await decides(who, case, "不计满意率")
    await who.presses("诉求不合理")
    await answers(who, why)
    return await who.message_with("提议不计满意率")


async def test_two_people_leave_a_rating_out_and_it_is_said_beside_the_rates(town: Town) -> None:
    await appoint(town, town.admin)
    case = await rated(town)
    before = await counted(town)
    assert (before.rated, before.satisfied, before.excluded) == (1, 0, 0)
    asked = await proposes(town.centre_group, case)
    assert "（诉求不合理）：规范不许在私家门口装公灯" in asked["text"] and "要区里另一位研判员同意" in asked["text"]
    said = await town.centre_group.presses("同意，不计入", message=asked)
    assert said is not None and said["text"] == "这一步要两个人同意。"
    assert (await now_is(town, case)).excluded is None
    second = town.admin.inside(town.centre_group.home)
    await second.presses("同意，不计入", message=asked)
    after = await now_is(town, case)
    assert (after.excluded, after.status, after.outcome) == ("unreasonable", case.status, case.outcome)
    assert {"exclude_asked", "exclude"} <= {action for action, _ in await lines_of(town, case)}
    assert ("exclude", "诉求不合理：规范不许在私家门口装公灯") in await lines_of(town, case)
    assert "评价不计入满意率、解决率（诉求不合理）" in (await card_of(town.community_group, case))["text"]
    seen = await town.centre_group.message_with("提议不计满意率")
    assert not buttons_on(seen) and "已同意" in seen["text"]
    await town.passes(minutes=2)
    counts = await counted(town)
    assert (counts.rated, counts.satisfied, counts.solved_halves, counts.excluded) == (0, 0, 0, 1)
    await town.dispatcher.sends("/stats 本月")
    text = await told(town.dispatcher)
    assert "不计入解决率、满意率：1 件（违法、不合理，两人认定）" in text and "结案：1 件" in text
    await town.leader.sends("/stats 本月")
    assert "不计入解决率、满意率：1 件" in await told(town.leader)
    await town.resident.sends(case.number)
    assert "不合理" not in await town.resident.said()
    assert await nothing_failed(town)


async def test_what_is_left_out_before_it_is_rated_never_counts(town: Town) -> None:
    await appoint(town, town.admin)
    await goes_to(town, 9)
    case = await reports(town, words="楼下路灯不亮")
    await solved(town.community_group, case.number)
    await town.grid_member.presses("核查通过")
    await town.fetches()
    await town.passes(minutes=1)
    asked = await proposes(town.centre_group, case)
    await town.admin.inside(town.centre_group.home).presses("同意，不计入", message=asked)
    await rates(town, "解决了一部分", "1 很不满意")
    assert (await now_is(town, case)).status is Status.CLOSED
    counts = await counted(town)
    assert (counts.rated, counts.excluded) == (0, 1)


async def test_the_second_may_refuse_with_a_reason_and_the_first_reads_it(town: Town) -> None:
    await appoint(town, town.admin)
    case = await rated(town)
    asked = await proposes(town.centre_group, case)
    second = town.admin.inside(town.centre_group.home)
    await second.presses("不同意", message=asked)
    await answers(second, "楼道口本来就该有灯")
    assert await town.dispatcher.sees("不计入满意率的申请，指挥中心没同意：楼道口本来就该有灯")
    assert not await town.community_group.sees("楼道口本来就该有灯")
    assert (await now_is(town, case)).excluded is None
    await town.passes(minutes=2)
    assert (await counted(town)).rated == 1
    assert (await proposes(town.centre_group, case, "再提一次"))["text"].count("再提一次") == 1


async def test_a_town_may_propose_and_not_decide_and_nobody_else_does_either(town: Town) -> None:
    case = await rated(town)
    head = town.head
    await appoint(town, head, await town_centre(town))
    asked = await proposes(town.centre_group, case)
    await head.sends("/orders")
    shown = (await head.messages())[-1]["message_id"]
    for who in (head, town.responder, town.leader, town.grid_member, town.resident, town.neighbour):
        await who.sends("/start")
        for value in ("1", "99", "", "unlawful", "unknown"):
            said = await who.presses_data((await who.messages())[-1]["message_id"], f"c:{case.id}:exclude:1:{value}")
            assert said is not None and said["show_alert"], (who.id, value)
    assert shown and (await now_is(town, case)).excluded is None
    await town.centre_group.presses_data(asked["message_id"], f"c:{case.id}:exclude:1:nonsense")
    await answers(town.centre_group, "随便")
    assert (await now_is(town, case)).excluded is None
