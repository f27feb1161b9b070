"""关注: a resident follows a place, chooses what to hear of it, and stops with one press; who hears a notice."""

import pytest

from tests.engine.office import ask
from tests.stories.office import goes_to, picture_file, reports, solved
from tests.stories.steps import nothing_failed, reports_lamp
from tests.stories.test_people_neighbours import bound
from tests.town import Json, Person, Town, buttons_on

pytestmark = pytest.mark.usefixtures("by_day")

FOLLOWED = "select count(*) from subscriptions"


async def follows(person: Person, code: str) -> None:
    """Come by the link of a place and press."""
    await person.sends(f"/start f_{code}")
    await person.presses("关注这里")
    assert "已关注" in await person.said()


async def writes(town: Town, topic: str, words: str, *places: str) -> None:
    """An admin writes to the residents of a place."""
    await town.admin.sends("/broadcast")
    await town.admin.presses("换人群")
    await town.admin.presses("订阅了消息的居民")
    await town.admin.presses(topic)
    await town.admin.presses("换范围")
    for place in places:
        await town.admin.presses(place)
    await town.admin.presses("就这里")
    await town.admin.sends(words)


async def sends(town: Town) -> None:
    """Off it goes; the feeder looks."""
    await town.admin.presses("现在发")
    await town.passes(minutes=0.2)


def keys_of(message: Json) -> dict[str, str]:
    """Words and data of the inline buttons of a message."""
    rows: list[list[dict[str, str]]] = message["reply_markup"]["inline_keyboard"]
    return {key["text"]: key["callback_data"] for row in rows for key in row}


async def test_followed_from_the_card_of_the_grid_member_chosen_and_stopped(town: Town) -> None:
    await town.resident.sends("/mygrid")
    await town.resident.sends("新港小区")
    await town.resident.presses("关注这里")
    assert "已关注新茂社区新港小区" in await town.resident.said()
    assert await town.resident.buttons() == [
        "✅ 办结公示",
        "✅ 停水停电施工",
        "✅ 预警",
        "✅ 其他通知",
        "🔕 不再关注",
        "📋 我关注的",
    ]
    await town.resident.presses("办结公示")
    assert (await town.resident.buttons())[0] == "⬜️ 办结公示"
    assert ask(town, "select results, works, warnings, notices from subscriptions") == [(0, 1, 1, 1)]
    await town.resident.presses("我关注的")
    assert "新茂社区新港小区" in await town.resident.buttons()
    await town.resident.presses("新茂社区新港小区")
    await town.resident.presses("不再关注")
    assert "不再给您发新茂社区新港小区的消息" in await town.resident.said()
    assert ask(town, FOLLOWED) == [(0,)]
    await town.resident.presses("还是要收")
    assert ask(town, "select results, works from subscriptions") == [(0, 1)], "as it was before"
    assert await nothing_failed(town)


async def test_followed_by_command_by_location_and_down_the_tree(town: Town) -> None:
    await town.resident.sends("/follow")
    assert "关注哪里" in await town.resident.said(2)
    await town.resident.sends("月亮背面")
    assert "没找到这个地方" in await town.resident.said()
    await town.resident.presses("发送我的位置")
    assert "要关注新茂社区新港小区" in await town.resident.said()
    await town.resident.presses("关注这里")
    await town.resident.sends("/follow")
    await town.resident.presses("再关注一个")
    await town.resident.presses("滨河社区")
    assert "🔔 关注这里" in await town.resident.buttons()
    await town.resident.presses("滨河花园")
    await town.resident.presses("1栋")
    assert "已关注滨河社区滨河花园1栋" in await town.resident.said()
    await town.resident.sends("/follow")
    await town.resident.presses("全部不要")
    assert ask(town, FOLLOWED) == [(0,)]
    await town.resident.presses("还是要收")
    assert ask(town, FOLLOWED) == [(2,)]
    assert await nothing_failed(town)


async def test_the_place_can_stand_behind_the_command(town: Town) -> None:
    await town.resident.sends("/follow 新茂社区")
    assert "新茂社区" in await town.resident.said()
    assert ask(town, FOLLOWED) == [(0,)], "nothing before it is pressed"
    await town.resident.presses("关注这里")
    assert "已关注新茂社区" in await town.resident.said()
    await town.resident.sends("/follow 新港小区3栋")
    await town.resident.presses("关注这里")
    assert ask(town, FOLLOWED) == [(2,)]
    await town.resident.sends("/follow 月球")
    assert "没找到这个地方" in await town.resident.said(3) and "滨河社区" in await town.resident.buttons()
    await town.resident.sends("滨河花园")
    assert "要关注滨河社区滨河花园" in await town.resident.said(), "asked for, it is no report"


async def test_a_link_follows_nothing_before_it_is_pressed_and_tells_a_newcomer_what_is_kept(town: Town) -> None:
    await town.resident.sends("/start f_DX010101")
    assert "要关注新茂社区新港小区" in await town.resident.said()
    assert "同意" in "".join(b for m in await town.resident.messages() for b in buttons_on(m))
    assert ask(town, FOLLOWED) == [(0,)]
    await town.resident.presses("关注这里")
    await town.resident.sends("/start f_DX010101")
    await town.resident.presses("关注这里")
    assert ask(town, FOLLOWED) == [(1,)], "twice is once"
    await town.resident.sends("/start f_NOWHERE")
    assert "找不到了" in await town.resident.said()
    await town.resident.sends("/start g_DX010101")
    assert "新茂社区新港小区。这里有什么事" in await town.resident.said(2)


async def test_a_town_is_too_much_and_five_places_are_enough(town: Town) -> None:
    await town.resident.sends("/start f_DX01")
    assert "🔔 关注这里" not in await town.resident.buttons()
    forged = (await town.resident.messages())[-1]["message_id"]
    town_id = ask(town, "select id from nodes where code = 'DX01'")[0][0]
    said = await town.resident.presses_data(forged, f"sub:on:{town_id}")
    assert said is not None and said["show_alert"]
    ids = [row[0] for row in ask(town, "select id from nodes where depth >= 3 order by id limit 6")]
    for node_id in ids:
        said = await town.resident.presses_data(forged, f"sub:on:{node_id}")
    assert said is not None and "最多关注 5 个" in said["text"]
    assert ask(town, FOLLOWED) == [(5,)]
    await town.resident.presses_data(forged, "sub:none")
    back = keys_of(await town.resident.message_with("以后不给您发"))
    assert len(back["↩️ 还是要收"].encode()) <= 64
    await town.resident.presses("还是要收")
    assert ask(town, FOLLOWED) == [(5,)]


async def test_after_the_rating_of_an_own_case(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await solved(town.community_group, case.number)
    await town.grid_member.presses("核查通过")
    await town.passes(minutes=1)
    for words in ("及时", "解决了", "5"):
        await town.resident.presses(words)
    assert await town.resident.sees("想知道新茂社区新港小区3栋还有什么消息吗")
    await town.resident.presses("关注这里")
    assert ask(town, FOLLOWED) == [(1,)]


async def test_the_pinned_message_among_neighbours_has_a_button_for_it(town: Town) -> None:
    group = await bound(town)
    card = await group.message_with("居民群。")
    keys: list[list[dict[str, str]]] = card["reply_markup"]["inline_keyboard"]
    assert keys[1][0]["url"].endswith("?start=f_DX010101")


async def test_a_notice_reaches_those_who_follow_the_place_one_below_or_one_above(town: Town) -> None:
    await follows(town.resident, "DX01010103")
    await follows(town.neighbour, "DX0101")
    await follows(town.whistleblower, "DX0102")
    await writes(town, "停水停电施工", "明天 9:00-15:00 停水", "新茂社区", "新港小区")
    assert "新港小区 · 订阅了消息的居民 · 停水停电施工" in await town.admin.said()
    assert "，2 人" in await town.admin.said()
    await sends(town)
    assert await town.resident.sees("停水") and (await town.resident.said()).startswith("明天 9:00-15:00 停水")
    assert (await town.neighbour.said()).startswith("明天 9:00-15:00 停水")
    assert not await town.whistleblower.sees("9:00-15:00"), "of another community"
    assert await nothing_failed(town)


async def test_whoever_switched_a_kind_off_hears_the_others(town: Town) -> None:
    await follows(town.resident, "DX0101")
    await town.resident.presses("停水停电施工")
    await writes(town, "停水停电施工", "明天停水", "新茂社区")
    assert "，0 人" in await town.admin.said()
    refused = await town.admin.presses("现在发")
    assert refused is not None and "没有能收到的人" in refused["text"]
    await writes(town, "其他通知", "周六义诊", "新茂社区")
    await sends(town)
    assert await town.resident.sees("周六义诊") and not await town.resident.sees("明天停水")


async def test_one_press_under_a_notice_stops_its_kind_and_another_brings_it_back(town: Town) -> None:
    await follows(town.resident, "DX0101")
    await writes(town, "其他通知", "周六义诊", "新茂社区")
    await sends(town)
    notice = await town.resident.message_with("周六义诊")
    assert buttons_on(notice) == ["不再接收"]
    await town.resident.presses("不再接收", message=notice)
    assert "以后不给您发「其他通知」了" in await town.resident.said()
    assert ask(town, "select results, works, warnings, notices from subscriptions") == [(1, 1, 1, 0)]
    await town.resident.presses("还是要收")
    assert ask(town, "select results, works, warnings, notices from subscriptions") == [(1, 1, 1, 1)]
    await town.resident.presses("不再接收", message=notice)
    await writes(town, "其他通知", "周日义诊", "新茂社区")
    refused = await town.admin.presses("现在发")
    assert refused is not None and "没有能收到的人" in refused["text"]


async def test_the_button_of_an_older_notice_stops_everything(town: Town) -> None:
    await follows(town.resident, "DX0101")
    shown = (await town.resident.messages())[-1]["message_id"]
    await town.resident.presses_data(shown, "unsub:")
    assert "以后不给您发这些消息了" in await town.resident.said()
    assert ask(town, FOLLOWED) == [(0,)]
    await town.resident.presses_data(shown, "unsub:")
    assert "没有关注" in await town.resident.said()
    await town.resident.presses("还是要收")
    assert ask(town, FOLLOWED) == [(1,)]


async def test_at_night_nothing_leaves_but_an_issued_warning_that_is_quoted(town: Town) -> None:
    await follows(town.resident, "DX0101")
    await town.passes(hours=11)
    await writes(town, "停水停电施工", "明天停电", "新茂社区")
    assert not any("紧急" in one for one in await town.admin.buttons())
    await sends(town)
    await writes(town, "预警", "今夜有大风，请收好阳台物品", "新茂社区")
    assert "转发预警，请告诉我是谁" in await town.admin.said()
    await town.admin.sends("镇江市气象台 11月25日20时发布")
    await town.admin.presses("紧急：否")
    await sends(town)
    assert await town.resident.sees("今夜有大风") and not await town.resident.sees("明天停电")
    came = await town.resident.message_with("今夜有大风")
    assert "来源：镇江市气象台 11月25日20时发布" in came["text"] and not buttons_on(came)
    await town.passes(hours=9)
    assert await town.resident.sees("明天停电"), "held until the morning"


async def test_words_of_a_warning_make_it_one_whatever_was_chosen(town: Town) -> None:
    await follows(town.resident, "DX0101")
    await town.resident.presses("其他通知")
    await writes(town, "其他通知", "暴雨红色预警，请勿外出", "新茂社区")
    await town.admin.sends("镇江市气象台 11月25日8时发布")
    assert "新茂社区 · 订阅了消息的居民 · 预警" in await town.admin.said()
    await sends(town)
    assert await town.resident.sees("暴雨红色预警")


async def test_forget_me_ends_it_also_while_a_case_is_open(town: Town) -> None:
    await follows(town.resident, "DX0101")
    await reports_lamp(town.resident)
    await town.resident.sends("/forget")
    await town.resident.presses("删")
    assert ask(town, FOLLOWED) == [(0,)]
    await follows(town.neighbour, "DX0101")
    old = await town.neighbour.message_with("已关注")
    await town.neighbour.sends("/forget")
    await town.neighbour.presses("删")
    assert ask(town, FOLLOWED) == [(0,)]
    assert ask(town, "select count(*) from people where name is null") == [(1,)], "of the neighbour nothing is left"
    await town.neighbour.presses_data(old["message_id"], "unsub:")
    assert await nothing_failed(town)


async def test_whoever_blocked_us_is_counted_and_the_others_hear(town: Town) -> None:
    await follows(town.resident, "DX0101")
    await follows(town.neighbour, "DX0101")
    await town.post(f"people/{town.neighbour.id}/block", {"bot": 7000001})
    await writes(town, "停水停电施工", "明天停水", "新茂社区")
    await sends(town)
    await town.passes(minutes=1)
    assert await town.resident.sees("明天停水")
    assert ask(town, "select state, count(*) from recipients group by state order by state") == [
        ("sent", 1),
        ("unreachable", 1),
    ]


async def test_an_album_carries_its_way_out_below_it(town: Town) -> None:
    await follows(town.resident, "DX0101")
    await writes(town, "其他通知", "看图", "新茂社区")
    await town.admin.presses("换内容")
    pieces = [{"photo": picture_file(n, f"{n}.jpg")} for n in range(2)]
    await town.admin.sends_any(album=pieces)
    await town.admin.presses("看看效果")
    await sends(town)
    await town.resident.presses("不再接收")
    assert "以后不给您发「其他通知」了" in await town.resident.said()


async def test_forged_buttons_do_nothing(town: Town) -> None:
    await town.resident.sends("/follow")
    shown = (await town.resident.messages())[-1]["message_id"]
    nonsense = ("sub:", "sub:on:x", f"sub:on:{'9' * 30}", "sub:on:999999", "sub:t:1:results", "sub:t:1:zz", "sub:zz:1")
    for data in (*nonsense, "sub:back:", "sub:back:zz", "sub:back:fffffff.f", "sub:see:1", "unsub:x"):
        said = await town.resident.presses_data(shown, data)
        assert said is not None and said["show_alert"], data
    assert ask(town, FOLLOWED) == [(0,)]
    assert await nothing_failed(town)
