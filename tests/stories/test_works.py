"""停水停电施工: a unit announces planned works; only of its places, only complete, and it can stop its own."""

import pytest

from bot.cases import broadcast as rules
from tests.engine.office import ask
from tests.stories.office import goes_to
from tests.stories.steps import nothing_failed
from tests.stories.test_subscribe import follows, keys_of
from tests.town import Town

DATED = "检修水管，12月3日 9:00 到 15:00 停水。有事打 0511-88881234"
WORDS = "检修水管，明天 9:00 到 15:00 停水。有事打 0511-88881234"


async def test_a_responder_announces_for_the_own_community_and_followers_hear(town: Town) -> None:
    await goes_to(town, 12)
    await follows(town.resident, "DX01010103")
    await follows(town.neighbour, "DX0102")
    await town.responder.sends("/works")
    await town.responder.presses("就是这里")
    await town.responder.sends("明天停水")
    assert "还缺：从几点到几点、有事打哪个电话" in await town.responder.said()
    await town.responder.sends(WORDS)
    assert "关注这里的 1 人会收到" in await town.responder.said()
    await town.responder.presses("发出")
    await town.passes(minutes=0.2)
    assert (await town.resident.said()).startswith("🔧 停水停电施工　新茂社区\n检修水管，明天 9:00 到 15:00 停水")
    assert not await town.neighbour.sees("检修水管"), "of another community"
    assert "发完了" in (await town.responder.message_with("通知 1"))["text"]
    assert await nothing_failed(town)


async def test_at_night_it_waits_and_whoever_made_it_can_stop_it(town: Town) -> None:
    await goes_to(town, 23)
    await follows(town.resident, "DX0101")
    await town.responder.sends("/works")
    await town.responder.presses("就是这里")
    await town.responder.sends(WORDS)
    assert "“明天”会让人看错日子" in await town.responder.said(), "it leaves only the next day"
    await town.responder.sends(DATED)
    await town.responder.presses("发出")
    await town.passes(minutes=0.2)
    shown = await town.responder.message_with("通知 1")
    refused = await town.resident.presses_data((await town.resident.messages())[-1]["message_id"], "bc:1:stop")
    assert refused is not None and refused["show_alert"], "nobody else"
    await town.responder.presses("不发了", message=shown)
    await town.passes(hours=9)
    assert not await town.resident.sees("检修水管")
    assert ask(town, "select stand from broadcasts") == [("stopped",)]


async def test_strangers_other_places_and_old_buttons_are_refused(town: Town) -> None:
    await goes_to(town, 12)
    await follows(town.resident, "DX0101")
    await town.resident.sends("/works")
    assert "不归您办" in await town.resident.said()
    await town.responder.sends("/works")
    asked = (await town.responder.messages())[-1]
    other = ask(town, "select id from nodes where code = 'DX0102'")[0][0]
    nonsense = (
        f"wk:h:{other}",
        f"wk:o:{other}",
        "wk:h:x",
        "wk:",
        "wk:go:",
        "wk:go:abcdef",
        "wk:no:abcdef",
        "wk:h:999999",
    )
    for data in nonsense:
        said = await town.responder.presses_data(asked["message_id"], data)
        assert said is not None and said["show_alert"], data
    said = await town.resident.presses_data((await town.resident.messages())[-1]["message_id"], "wk:h:1")
    assert said is not None and said["show_alert"]
    await town.responder.presses("就是这里", message=asked)
    await town.responder.sends("暴雨红色预警 9:00 到 15:00 电话 0511-88881234")
    assert "像政府发布的预警" in await town.responder.said()
    await town.responder.sends(WORDS)
    ready = (await town.responder.messages())[-1]
    await town.responder.presses("算了，不发", message=ready)
    gone = await town.responder.presses_data(ready["message_id"], keys_of(ready)["✅ 发出"])
    assert gone is not None and gone["show_alert"]
    assert ask(town, "select count(*) from broadcasts") == [(0,)]
    assert await nothing_failed(town)


async def test_whoever_announces_never_learns_who_follows(town: Town) -> None:
    await goes_to(town, 12)
    await follows(town.grid_member, "DX01010103")
    name = ask(town, "select name from people where name is not null and name in (select name from members)")
    assert name, "a follower who is in the register has a name"
    await town.responder.sends("/works")
    await town.responder.presses("就是这里")
    await town.responder.sends(WORDS)
    await town.responder.presses("发出")
    await town.passes(minutes=0.2)
    notice = await town.grid_member.message_with("检修水管")
    await town.grid_member.sends("几点来水", reply_to=notice["message_id"])
    card = await town.responder.message_with("通知 1")
    for what in ("unread", "replies"):
        await town.responder.presses_data(card["message_id"], f"bc:1:{what}")
        heard = await town.responder.said()
        assert not any(one[0] in heard for one in name), heard


async def test_tomorrow_is_refused_too_where_night_falls_or_somebody_must_agree_before_it_leaves(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    await goes_to(town, 21, 59)
    await follows(town.resident, "DX0101")
    await town.responder.sends("/works")
    await town.responder.presses("就是这里")
    await town.responder.sends(WORDS)
    await town.passes(minutes=2)
    await town.responder.presses("发出")
    assert "“明天”会让人看错日子" in (await town.responder.messages())[-1]["text"]
    assert ask(town, "select count(*) from broadcasts") == [(0,)]
    await town.passes(hours=12)
    monkeypatch.setattr(rules, "LARGE", 0)
    await town.responder.sends(WORDS)
    assert "人多要等同意" in await town.responder.said()
    monkeypatch.setattr(rules, "LARGE", 500)
    await town.responder.sends(WORDS)
    await town.responder.presses("发出")
    await town.passes(minutes=0.2)
    assert await town.resident.sees("明天 9:00"), "by day it is today's tomorrow"


async def test_many_places_turn_pages(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.choosing.PAGE", 1)
    await goes_to(town, 12)
    await town.admin.sends("/works")
    await town.admin.presses("新茂社区")
    await town.admin.presses("新港小区")
    assert await town.admin.buttons() == ["1栋", "2栋", "下一页 ›", "就是这里"]
    await town.admin.presses("下一页")
    assert (await town.admin.buttons())[0] == "3栋"
    await town.admin.presses("3栋")
    assert "通知新茂社区新港小区3栋" in await town.admin.said()
