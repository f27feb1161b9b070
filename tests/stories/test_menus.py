"""Commands: the menu under each chat follows what somebody is, and /help tells each command with an example."""

import re
from datetime import timedelta
from pathlib import Path

from bot.cases.commands import COMMANDS, IN_GROUPS, TOLD_TOO
from bot.outbox.letters import Kind, Lane, Letter, person
from bot.texts import texts_in
from storage import members, outbox
from tests.stories.steps import nothing_failed
from tests.stories.test_people_invitations import row_of
from tests.town import Person, Town

HANDLERS = Path(__file__).parents[2] / "handlers"
OF_EVERYBODY = [
    *("start", "mine", "mygrid", "follow", "apply", "settings"),
    *("help", "cancel", "language", "mydata", "forget"),
]


async def menu(person: Person) -> list[str]:
    """The commands that are offered under the private chat."""
    return [one.split()[0] for one in await described(person)]


async def described(person: Person) -> list[str]:
    """The same with what they are for."""
    chats = await person.town.get(f"people/{person.id}/chats")
    shown = next(one for one in chats if one["chat"] == person.home)
    return [f"{one['command']} {one['description']}" for one in shown["commands"]]


async def test_everybody_is_offered_what_they_may_use(town: Town) -> None:
    await town.resident.sends("/start")
    assert await menu(town.resident) == OF_EVERYBODY
    assert {"units", "people", "broadcast", "broadcasts", "rollcall", "task", "stats"} <= set(await menu(town.admin))
    assert {"queue", "units", "stats", "fake"} <= set(await menu(town.dispatcher))
    assert {"patrol", "mysheet", "stats", "card"} <= set(await menu(town.grid_member))
    assert "broadcast" not in await menu(town.dispatcher)
    assert set(await menu(town.responder)) == {*OF_EVERYBODY, "orders", "stats", "works", "card", "duty", "handover"}
    assert set(await menu(town.head)) == {*OF_EVERYBODY, "patrol", "grid", "card"}
    assert await nothing_failed(town)


async def test_the_menu_goes_with_the_duty_and_comes_back(town: Town) -> None:
    await town.admin.sends("/people 李建国")
    await town.admin.presses("停用")
    assert await menu(town.responder) == OF_EVERYBODY
    await town.admin.presses("恢复")
    assert "stats" in await menu(town.responder)
    await town.admin.presses("离岗")
    await town.admin.presses("确定离岗")
    assert await menu(town.responder) == OF_EVERYBODY


async def test_the_menu_speaks_the_language_that_was_chosen(town: Town) -> None:
    await town.resident.sends("/start")
    await town.resident.sends("/language")
    await town.resident.presses("English")
    assert "start Report something" in await described(town.resident)
    await town.resident.sends("/language")
    await town.resident.presses("中文")
    assert "start 反映问题" in await described(town.resident)
    await town.dispatcher.sends("/language")
    await town.dispatcher.presses("English")
    assert "units Units" in await described(town.dispatcher)


async def test_a_duty_that_ran_out_or_came_by_an_import_is_followed_within_minutes(town: Town) -> None:
    member = await row_of(town, "李建国")
    soon = town.app.office.clock.now() + timedelta(hours=1)
    async with town.app.database.write() as tx:
        await members.change_duties(tx, member.id, until=soon)
    await town.passes(minutes=5)
    assert "stats" in await menu(town.responder)
    await town.passes(hours=1)
    assert await menu(town.responder) == OF_EVERYBODY
    async with town.app.database.write() as tx:
        await members.change_duties(tx, member.id, until=None)
    await town.passes(minutes=5)
    assert "stats" in await menu(town.responder)


async def test_menus_wait_while_a_broadcast_leaves(town: Town) -> None:
    await town.passes(minutes=5)
    member = await row_of(town, "李建国")
    seal, now = town.app.office.seals.content, town.app.office.clock.now()
    held = Letter(
        key="held", kind=Kind.BROADCAST, to=person(1), lane=Lane.BROADCAST, not_before=now + timedelta(hours=9)
    )
    async with town.app.database.write() as tx:
        await outbox.owe(tx, [outbox.letter_row(held, seal, now)])
        await members.change_duties(tx, member.id, until=now)
    await town.passes(minutes=10)
    assert "stats" in await menu(town.responder)
    async with town.app.database.write() as tx:
        await outbox.drop(tx, [row.id for row in await outbox.claim(tx, seal, now + timedelta(hours=9), 400, ())], "")
    await town.passes(minutes=5)
    assert await menu(town.responder) == OF_EVERYBODY


async def test_who_comes_back_after_a_block_has_the_menu_again(town: Town) -> None:
    await town.post(f"people/{town.grid_member.id}/block", {"bot": town.grid_member.home})
    await town.post(f"people/{town.grid_member.id}/unblock", {"bot": town.grid_member.home})
    await town.grid_member.sends("/start")
    assert "patrol" in await menu(town.grid_member)


async def test_help_tells_each_command_with_an_example_to_those_who_have_it(town: Town) -> None:
    await town.admin.sends("/help")
    assert "/broadcast　发通知" in await town.admin.said()
    await town.admin.presses("发通知")
    assert "例如：/broadcast 新茂社区" in await town.admin.said()
    await town.admin.sends("/help /stats")
    assert "/stats 看办件情况" in await town.admin.said()
    await town.resident.sends("/help broadcast")
    assert "没有“broadcast”这个命令可以讲" in await town.resident.said()
    shown = (await town.resident.messages())[-1]["message_id"]
    said = await town.resident.presses_data(shown, "h:broadcast")
    assert said is not None and said["show_alert"]
    await town.resident.sends("/help")
    assert "怎么用，三句话" in await town.resident.said()
    await town.grid_member.sends("/help")
    assert "/patrol" in await town.grid_member.said() and "/people" not in await town.grid_member.said()


async def test_a_wrong_argument_is_answered_with_a_hint_and_buttons(town: Town) -> None:
    admin, in_group = town.admin, town.admin.inside(-5002)
    await admin.sends("/broadcast 月球")
    assert "没有叫“月球”的地方" in await admin.said(2)
    assert any("换范围" in one for one in await admin.buttons())
    await admin.sends("/cancel")
    await admin.sends("/broadcasts 上一个")
    assert "“上一个”不是通知的编号" in await admin.said(2)
    await admin.sends("/broadcasts 99")
    assert "没有找到" in await admin.said()
    await admin.sends("/people 谁也不是")
    assert "没有找到" in await admin.said()
    assert any("新茂社区" in one for one in await admin.buttons())
    await in_group.sends("/bind 月球")
    assert "没有叫“月球”的单位" in await in_group.said()
    assert "新茂社区" in await in_group.buttons()
    await in_group.sends("/bind 滨河")
    assert [one for one in await in_group.buttons() if "社区" in one] == ["滨河社区"]
    assert await nothing_failed(town)


def test_every_command_with_a_door_is_offered_or_told_and_no_other() -> None:
    doors = {
        name
        for path in HANDLERS.rglob("*.py")
        for found in re.findall(r"\bCommand\(([^)]*)\)", path.read_text("utf-8"))
        for name in re.findall(r'"([a-z]+)"', found)
    }
    by_kind = {"rollcall", "task"}
    offered = {*COMMANDS, *IN_GROUPS, *TOLD_TOO}
    assert doors | by_kind | {"start"} == offered


def test_every_command_is_told_in_every_language() -> None:
    for language in ("zh", "en"):
        texts = texts_in(language)
        assert all(words for _, words in texts.menu_of([*COMMANDS, *IN_GROUPS]))
        for name in [one for one, needed in {**COMMANDS, **TOLD_TOO}.items() if needed] + ["settings"]:
            assert name in texts.help_on(name), f"{name} has an example"
