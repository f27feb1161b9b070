"""What somebody with a bad client, an old button or a grudge may try: nothing moves, nothing is told."""

import asyncio
import io
import logging
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
import structlog
from sqlalchemy import insert, update

from bot.cases.case import Case, Status
from bot.logs import Plain, blot
from storage import inbox, people, tables, units
from tests.stories.office import files, goes_to, now_is, photo, pieces, reports
from tests.stories.steps import case_of, files_of, nothing_failed, reports_lamp, sends_piece, submits
from tests.town import Json, Person, Town, buttons_on

WORDS = "有人半夜往河里倒东西"
GROUPS = (-5001, -5002, -5003, -5004, -5005)
HUGE = ("9" * 19, "9" * 45, "-1", "0", "٣", "²", "1e9", "", "x", "1.5", "\u202e1")
ACTIONS = (
    *("accept", "contact", "progress", "resolve", "confirm", "fail", "dispatch", "reassign", "units", "card", "open"),
    *("files", "remind", "show", "urge", "withdraw", "withdraw_yes", "add", "redo", "rating", "rate", "archive"),
    *("lapse", "close", "merge", "shelve", "extend", "summary", "submit"),
)
VALUES = ("", "1", "4", "reassign", "unsigned.unit", "unsigned.centre", "contacted.yes", "satisfied.5", "9" * 30)


async def newest_of_ours(person: Person) -> int:
    """The newest message of the bot here."""
    return [one["message_id"] for one in await person.messages() if one["from"]["is_bot"]][-1]


async def presses_all(person: Person, every: list[str]) -> None:
    """Press all this on the newest message, without waiting in between."""
    message = await newest_of_ours(person)
    for data in every:
        body = {"chat": person.home, "message_id": message, "data": data[:64] or "-", "wait": 0}
        await person.town.post(f"people/{person.id}/press", body)
    await person.town.settles(60)


async def all_understood(town: Town) -> bool:
    """Whether no update failed, not even once, and nothing is stuck."""
    async with town.app.database.read() as tx:
        stuck = await inbox.queued(tx)
    return not stuck and await nothing_failed(town)


async def in_groups(town: Town) -> str:
    """All that the bot said in all groups."""
    there = [one for group in GROUPS for one in await town.admin.inside(group).messages()]
    return str([one for one in there if one["from"]["is_bot"]])


async def sent_to_xinmao(town: Town, **more: Any) -> Case:
    """A sealed report in the hands of the community."""
    case = await reports(town, words=WORDS, sealed=True, **more)
    await town.dispatcher.presses("派给其他单位", message=await town.dispatcher.message_with("🔒"))
    await town.dispatcher.presses("新茂社区")
    return case


async def dismissed(town: Town, person: Person) -> None:
    """Somebody has no duty any more."""
    vault = town.app.office.seals.vault
    async with town.app.database.write() as tx:
        await people.appoint(tx, vault, person.id, "前同事", [])


async def test_a_stranger_who_forges_every_button_moves_and_learns_nothing(town: Town) -> None:
    await goes_to(town, 10)
    open_case, sealed = await reports(town), await reports(town, words=WORDS, sealed=True)
    await town.neighbour.sends("/start")
    forged = [
        f"c:{case.id}:{action}:{version}:{Random(f'{action}{version}').choice(VALUES)}"
        for case in (open_case, sealed)
        for action in ACTIONS
        for version in (1, 3)
    ]
    before = [await now_is(town, one) for one in (open_case, sealed)]
    await presses_all(town.neighbour, forged)
    assert [await now_is(town, one) for one in (open_case, sealed)] == before
    heard = str(await town.neighbour.messages())
    assert open_case.number not in heard and sealed.number not in heard and "路灯" not in heard
    assert await all_understood(town)


async def test_numbers_no_database_holds_and_words_no_button_has_are_refused_without_an_alarm(town: Town) -> None:
    await goes_to(town, 10)
    await town.neighbour.sends("新港小区3栋楼下路灯不亮")
    asked = next(one for one in reversed(await town.neighbour.messages()) if data_on(one))
    sign = next(data for data in data_on(asked) if data.startswith("d:")).split(":")[1]
    whats = (
        "m",
        "all",
        "g",
        "danger",
        "q",
        "skip",
        "contact",
        "node",
        "here",
        "change",
        "edit",
        "again",
        "go",
        "cancel",
    )
    forged = [f"d:{sign}:{what}:{value}" for what in whats[:-1] for value in (*HUGE, "q.x", "a.9")]
    forged += [
        f"{first}:{value}" for first in ("lang", "consent", "mine", "keep", "leave", "bind", "d") for value in HUGE
    ]
    forged += [f"c:{value}:show:{value}:{value}" for value in HUGE] + ["c", "c:", "c::::", ":", "d:x:y:z"]
    await presses_all(town.neighbour, forged)
    await town.neighbour.sends(f"/start c_{'9' * 18}")
    await town.neighbour.sends(f"/start c_{'9' * 30}")
    await town.neighbour.sends(f"/start g_{'9' * 50}")
    await town.neighbour.sends("999999-999999")
    assert await all_understood(town)
    await town.neighbour.sends("我要反映")
    number = await submits(town.neighbour)
    assert (await case_of(town, number)).text == "新港小区3栋楼下路灯不亮"


def data_on(message: Json) -> list[str]:
    """What the inline buttons of a message carry."""
    markup: Json = message.get("reply_markup") or {}
    return [button.get("callback_data", "") for row in markup.get("inline_keyboard", []) for button in row]


async def test_the_residents_buttons_do_nothing_in_a_group(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    quiet = len(await town.community_group.messages())
    resident = town.responder.inside(-5002)
    message = await newest_of_ours(resident)
    for data in (
        "forget:yes",
        "consent:no",
        "lang:en",
        "mine:",
        "keep:",
        "leave:",
        f"c:{case.id}:show:0:",
        "d:x:submit:",
    ):
        await town.post(
            f"people/{town.responder.id}/press", {"chat": -5002, "message_id": message, "data": data, "wait": 0}
        )
    await town.settles()
    assert len(await town.community_group.messages()) == quiet


async def test_of_anothers_case_and_of_none_the_same_is_said(town: Town) -> None:
    await goes_to(town, 10)
    sealed = await reports(town, words=WORDS, sealed=True)
    said: list[str] = []
    for asked in (sealed.number, "261101-999"):
        await town.neighbour.sends(asked)
        said.append(await town.neighbour.said())
    for link in (f"/start c_{sealed.id}", "/start c_4711"):
        await town.neighbour.sends(link)
        said.append(await town.neighbour.said())
    assert len(set(said)) == 1 and "没有找到" in said[0]


async def test_whoever_was_removed_from_duty_can_do_nothing_with_old_cards_and_reads_nothing_new(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    card = await town.community_group.message_with(case.number)
    await town.community_group.presses("签收")
    await town.responder.sends(f"/start c_{case.id}")
    await town.responder.presses("办结")
    await dismissed(town, town.responder)
    await town.responder.sends_photo("与居民联系，换好了")
    for action in ("contact", "progress", "resolve"):
        said = await town.community_group.presses_data(card["message_id"], f"c:{case.id}:{action}:3:")
        assert said is not None and said["show_alert"] and case.number not in said["text"]
    await town.community_group.sends("下午去修", reply_to=card["message_id"])
    assert (await now_is(town, case)).status is Status.ACCEPTED
    assert not await town.resident.sees("下午去修")


async def test_a_former_dispatchers_card_of_a_confidential_case_is_not_kept_up(town: Town) -> None:
    await goes_to(town, 10)
    case = await sent_to_xinmao(town)
    old = await town.dispatcher.message_with("🔒")
    await dismissed(town, town.dispatcher)
    await town.responder.presses("签收")
    await town.responder.presses("办结")
    await town.responder.sends("与环保部门核实，已制止")
    await town.passes(days=2)
    heard = "\n".join(await town.dispatcher.heard())
    assert "已制止" not in heard and "经办" not in heard
    for action in ("open", "files", "card", "units", "confirm"):
        said = await town.dispatcher.presses_data(old["message_id"], f"c:{case.id}:{action}:9:reassign")
        assert said is not None and said["show_alert"] and "没有找到" in said["text"]
    await town.dispatcher.sends("/queue")
    assert "不归您办" in await town.dispatcher.said()
    await town.dispatcher.sends("车牌37", reply_to=old["message_id"])
    assert not await town.responder.sees("车牌37")


async def test_a_member_of_the_group_without_duty_says_nothing_in_the_units_name(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await town.community_group.presses("签收")
    card = await town.community_group.message_with(case.number)
    for who in (town.grid_member, town.admin):
        await who.inside(-5002).sends("修好了，不用管了", reply_to=card["message_id"])
        await who.inside(-5002).sends_photo("修好了，不用管了", reply_to=card["message_id"])
    await town.admin.inside(-5002).sends("修好了，不用管了", reply_to=card["message_id"], anonymous=True)
    assert not await town.resident.sees("不用管了")
    assert await files_of(town, case.number) == []


async def test_a_telegram_admin_who_is_none_of_ours_and_an_anonymous_one_bind_and_read_nothing(town: Town) -> None:
    await goes_to(town, 10)
    await reports(town, node=None)
    await town.post("groups/-5002/admins", {"person": town.grid_member.id})
    group = town.grid_member.inside(-5002)
    for anonymous in (False, True):
        await group.sends("/queue", anonymous=anonymous)
        assert "不归您办" in await group.said()
        await group.sends("/bind", anonymous=anonymous)
    said = await group.presses("滨河社区")
    assert said is not None and said["show_alert"]
    assert not await group.sees("本群是“滨河社区”")


async def test_the_queue_is_shown_nowhere_but_at_the_centre(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, words="村口的路灯不亮", node=None)
    sealed = await reports(town, words=WORDS, sealed=True)
    vault = town.app.office.seals.vault
    async with town.app.database.write() as tx:
        both = [{"role": "dispatcher"}, {"role": "responder", "unit_id": 4}]
        await people.appoint(tx, vault, town.responder.id, "李建国", both)
    elsewhere = town.responder.inside(-5002)
    await elsewhere.sends("/queue")
    message = await newest_of_ours(elsewhere)
    for action in ("open", "card"):
        for one in (case, sealed):
            said = await elsewhere.presses_data(message, f"c:{one.id}:{action}:2:")
            assert said is not None and said["show_alert"]
    assert not await elsewhere.sees(case.number) and not await elsewhere.sees("村口")
    assert sealed.number not in await in_groups(town)
    await town.centre_group.sends("/queue")
    assert [case.number in one for one in buttons_on((await town.centre_group.messages())[-1])] == [True]


async def test_a_dispatcher_of_another_town_reads_nothing_confidential(town: Town) -> None:
    await goes_to(town, 10)
    vault = town.app.office.seals.vault
    async with town.app.database.write() as tx:
        node = {"code": "DX99", "name": "别镇", "depth": 2}
        other = (await tx.execute(insert(tables.nodes).returning(tables.nodes.c.id), node)).scalar_one()
        office = {"code": "C99", "name": "别镇指挥室", "kind": "centre", "level": "town", "node_id": other}
        unit_id = await units.add(tx, office)
        await people.appoint(tx, vault, town.neighbour.id, "别镇调度", [{"role": "dispatcher", "unit_id": unit_id}])
    await town.neighbour.sends("/start")
    sealed = await sent_to_xinmao(town)
    await town.passes(days=3)
    await town.neighbour.sends("/queue")
    assert not await town.neighbour.sees(sealed.number) and not await town.neighbour.sees(WORDS)
    assert await town.dispatcher.sees(sealed.number)


async def test_urging_a_confidential_case_never_reaches_the_leader_or_a_group(town: Town) -> None:
    await goes_to(town, 10)
    case = await sent_to_xinmao(town)
    await town.resident.presses("看进展")
    for _ in range(3):
        await town.passes(days=3)
        await town.resident.sends(case.number)
        await town.resident.presses("催办")
    assert (await now_is(town, case)).urged >= 2
    assert await town.responder.sees("催办")
    assert not await town.leader.sees(case.number)
    assert case.number not in await in_groups(town)


async def test_a_confidential_case_stays_out_of_every_list_and_group_whatever_is_added(town: Town) -> None:
    await goes_to(town, 10)
    await reports(town)
    case = await sent_to_xinmao(town, media=await pieces(town.responder, photo(3)))
    await town.resident.sends(case.number)
    await town.resident.presses("补充")
    await town.resident.sends_photo("又看见了一次@xinmao #东乡", forward_from={"person": town.neighbour.id})
    await town.fetches()
    await town.community_group.sends("/queue")
    await town.centre_group.sends("/queue")
    await town.passes(days=4)
    seen = await in_groups(town)
    for trace in (case.number, WORDS, "又看见了"):
        assert trace not in seen
    for who in (town.neighbour, town.leader, town.grid_member, town.town_office, town.other_responder, town.admin):
        await who.sends("/mine")
        assert not await who.sees(case.number) and not await who.sees("又看见了")


async def test_cards_show_tricky_words_as_words(town: Town) -> None:
    await goes_to(town, 10)
    tricky = (
        "<b>假</b>&lt;i&gt; @xinmao_admin /bind #tag \u202eevil\u202c \u2067x\u2069 \u200bx "
        "<a href='tg://user?id=9001'>点</a>\n经办：李建国\n推送号 AAAA"
    )
    case = await reports(town, words=tricky)
    card = await town.community_group.message_with(case.number)
    kinds = {one["type"] for one in card["entities"]}
    assert not kinds & {"mention", "bot_command", "hashtag", "text_mention", "url"}
    assert (
        "<b>假</b>&lt;i&gt;" in card["text"].replace("\u2060", "")
        and "\u202e" not in card["text"]
        and "\u2067" not in card["text"]
    )
    quoted = next(one for one in card["entities"] if one["type"] == "blockquote")
    said = card["text"].encode("utf-16-le")[quoted["offset"] * 2 :][: quoted["length"] * 2].decode("utf-16-le")
    assert "推送号 AAAA" in said and "经办：李建国" in said, "what only looks like lines of the card is quoted"
    assert await all_understood(town)


async def test_two_residents_with_the_same_album_number_keep_their_photos_apart(town: Town) -> None:
    await goes_to(town, 10)
    for one in (town.resident, town.neighbour):
        await one.sends("/start")
    await asyncio.gather(sends_piece(town.resident, "777", 40), sends_piece(town.neighbour, "777", 80))
    await asyncio.gather(sends_piece(town.resident, "777", 120), sends_piece(town.neighbour, "777", 160))
    await town.resident.sends("新港小区3栋楼下路灯不亮")
    await town.resident.presses("小区路灯不亮")
    first = await submits(town.resident)
    await town.neighbour.sends("新港小区3栋楼下路灯不亮")
    await town.neighbour.presses("小区路灯不亮")
    second = await submits(town.neighbour)
    await sends_piece(town.neighbour, "777", 200)
    assert [len(await files_of(town, number)) for number in (first, second)] == [2, 3]


async def test_a_case_withdrawn_between_card_and_press_is_not_signed(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    card = await town.community_group.message_with(case.number)
    data = next(one for one in data_on(card) if "accept" in one)
    await town.resident.sends(case.number)
    await town.resident.presses("撤回")
    await town.resident.presses("确定撤回")
    said = await town.community_group.presses_data(card["message_id"], data)
    assert said is not None and said["show_alert"]
    assert (await now_is(town, case)).status is Status.WITHDRAWN
    assert not buttons_on(await town.community_group.message_with(case.number))


async def test_a_flood_of_one_person_lets_the_others_through(town: Town) -> None:
    await goes_to(town, 10)
    await town.neighbour.sends("/start")
    flood = {"chat": town.neighbour.home, "text": "在吗在吗"}

    async def others() -> tuple[Case, str]:
        case = await files(town)
        town.app.sender.look()
        return case, await reports_lamp(town.whistleblower)

    flooding = (town.post(f"people/{town.neighbour.id}/send", flood) for _ in range(200))
    (case, number), *_ = await asyncio.gather(others(), *flooding)
    await town.settles(60)
    assert (await case_of(town, number)).status is Status.DISPATCHED
    assert await town.community_group.sees(case.number)
    assert await all_understood(town)


async def test_a_responder_cannot_speak_into_a_case_of_another_unit_by_a_number_in_the_words(town: Town) -> None:
    await goes_to(town, 10)
    first = await reports(town)
    second = await reports(town, words=f"{first.number} 也是这里")
    await town.community_group.presses("签收", message=await town.community_group.message_with("也是这里"))
    card = await town.community_group.message_with("也是这里")
    await town.community_group.sends("下午去修", reply_to=card["message_id"])
    told = [text for text in await town.resident.heard() if "下午去修" in text]
    assert len(told) == 1 and second.number in told[0]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """All that would be logged: our own lines from the least level on, the libraries' as the program sets it up."""
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Plain())
    root.addHandler(handler)
    structlog.configure(
        processors=[structlog.processors.add_log_level, blot, structlog.processors.JSONRenderer(ensure_ascii=False)],
        logger_factory=structlog.PrintLoggerFactory(file=stream),
        cache_logger_on_first_use=False,
    )
    yield stream
    root.removeHandler(handler)
    structlog.reset_defaults()


async def test_logs_of_trouble_hold_no_words_names_numbers_or_token(written: io.StringIO, town: Town) -> None:
    await goes_to(town, 10)
    for method, kind in (("getFile", "500"), ("sendMessage", "500"), ("sendMessage", "429"), ("sendPhoto", "garbage")):
        await town.post("faults", {"method": method, "kind": kind, "times": 2})
    await town.resident.sends("王金丝雀家楼下路灯不亮")
    case = await reports(town, words="王金丝雀家楼下路灯不亮", media=await pieces(town.responder, photo(3)))
    async with town.app.database.write() as tx:
        await tx.execute(update(tables.clocks).where(tables.clocks.c.case_id == case.id).values(kind="nonsense"))
    await town.fetches()
    await town.passes(days=1)
    group = town.community_group
    await group.presses("签收", message=await group.message_with("推送号"))
    await group.presses("办结", message=await group.message_with("推送号"))
    await group.sends_photo("与居民联系，换了灯泡，已完成", reply_to=(await group.messages())[-1]["message_id"])
    await town.post(f"people/{town.resident.id}/block", {"bot": 7000001})
    await town.passes(days=1)
    said = written.getvalue()
    assert "clocks_of_case_failed" in said and "file_not_fetched" in said, said
    settings = town.app.settings
    names = [str(one["first_name"]) for one in town.district.people if one.get("first_name")]
    ids = [str(one["id"]) for one in town.district.people] + [str(group["id"]) for group in town.district.groups]
    secrets = [settings.bot_token.get_secret_value(), "金丝雀", "路灯", case.number, "换了灯泡", *names]
    found = [one for one in secrets if one in said]
    assert not found, said
    assert not [one for one in ids if f" {one}" in said or f'"{one}' in said or f":{one}" in said], said
