"""The keys are changed: everything is sealed anew, everybody is still known, and the old keys open nothing."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from asyncio import to_thread
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import orjson
import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import insert

from bot.app import App
from bot.cases.errors import BrokenSetting
from bot.demo_town import BOT_ID
from bot.desk.desk import Desk
from bot.outbox.letters import Kind, Letter, person
from storage import backups, leases, moving, noted_keys, people, reporters
from storage.database import Database
from storage.media import MediaStore, Unreadable
from storage.moving import pages
from storage.seals import Seals, half_changed, make_keys, read_keys
from storage.tables import inbox, metadata
from storage.voices import Voice
from storage.voices import add as let_hear
from tests.databases import POSTGRESQL, SQLITE, address_of, asked, told
from tests.frozen import STEPS, thawed
from tests.stories.centre import card_of
from tests.stories.office import SECRET, picture_file, reports
from tests.stories.register import runs
from tests.stories.steps import case_of, nothing_failed, submits
from tests.stories.test_muting import proposed
from tests.stories.test_subscribe import follows
from tests.town import Town

STRANGER = 1777777


def url_of(folder: Path) -> str:
    return address_of(folder) or f"sqlite+aiosqlite:///{folder / 'yashu.db'}"


async def written(folder: Path, seals: Seals) -> dict[str, list[str]]:
    """All that the database holds, column by column, opened with these keys."""
    database, found = Database(url_of(folder)), dict[str, list[str]]()
    try:
        async with database.read() as tx:
            for table in metadata.sorted_tables:
                async for page in pages(tx, table):
                    for row in page:
                        for column in table.columns:
                            if (value := row._mapping[column.name]) is not None:
                                if key := column.info.get("sealed"):
                                    value = getattr(seals, key).open(value).decode()
                                found.setdefault(str(column), []).append(str(value))
    finally:
        await database.close()
    return found


def marks_in(found: dict[str, list[str]]) -> set[str]:
    """Every number of a person and every mark."""
    columns = [column for table in metadata.sorted_tables for column in table.columns]
    keyed = [str(one) for one in columns if one.info.get("keyed") in {"person", "mark"}] + ["people.id"]
    chats = {one for one in found.get("outbox.recipient", ()) if one.startswith("~")}
    return chats | {value for name in keyed for value in found.get(name, ()) if len(value) > len("1000000000")}


def counted(found: dict[str, list[str]]) -> dict[str, int]:
    """How many values each column has. Which keys they are is one more counter."""
    return {name: len(rows) for name, rows in found.items() if not name.startswith("counters.")}


def addressed(found: dict[str, list[str]]) -> dict[str, int]:
    """How many addresses in each column are of somebody who is known."""
    known = {f"person:{number}" for number in found["people.id"]}
    return {name: sum(one in known for one in rows) for name, rows in found.items() if name.endswith(".recipient")}


async def is_sealed_anew(folder: Path, before: Seals, was: dict[str, list[str]]) -> None:
    """Nothing of what the old keys made is left, nothing is missing, and they open nothing."""
    after = read_keys(folder / "keys")
    now = await written(folder, after)
    assert counted(now) == counted(was)
    assert addressed(now) == addressed(was)
    everything = "\n".join(value for rows in now.values() for value in rows)
    assert [mark for mark in marks_in(was) if mark in everything] == []
    with pytest.raises(InvalidTag):
        await written(folder, before)
    for number, address in asked(folder, "select id, address from people"):
        user_id = orjson.loads(after.vault.open(bytes(address)))["telegram"]
        assert people.fingerprint(after.vault, user_id) == number
    old, new = (MediaStore(folder / "media", one.media_key) for one in (before, after))
    for path in new.every():
        assert await new.read_original(path)
        with pytest.raises(Unreadable):
            await old.read_original(path)


async def test_everybody_is_known_as_before_and_what_waited_leaves(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "PAGE", 2)  # rows whose key changes come by again on a later page
    numbers = await lived_in(town)
    folder, before = town.app.settings.data_dir, town.app.office.seals
    await town.app.stop()
    await waiting(town)
    was = await written(folder, before)
    tried = await to_thread(runs, folder, "rotate-keys")
    assert tried.exit_code == 0 and "试过了，行得通，什么都没有改" in tried.stdout, tried.output
    assert await written(folder, before) == was
    (folder / "keys" / "old-somebody-put-here").mkdir()
    done = await to_thread(runs, folder, "rotate-keys", "--apply")
    assert done.exit_code == 0 and "换好了" in done.stdout, done.output
    assert "somebody" not in done.stdout, "the keys of before are where they were put"
    await is_sealed_anew(folder, before, was)
    town.app = App(town.app.settings, town.app.office.clock)
    await town.app.start()
    await town.settles()
    await goes_on(town, *numbers)


async def lived_in(town: Town) -> tuple[str, str]:
    """A lamp with a picture, a confidential report, somebody muted, a draft, a follower."""
    await town.resident.sends_any(photo=picture_file(3, "a.jpg"), caption="新港小区3栋楼下路灯不亮")
    await town.resident.presses("小区路灯不亮")
    number = await submits(town.resident)
    await town.fetches()
    secret = await reports(town, SECRET, "有人冒充银行打电话")
    await proposed(town)
    await town.admin.presses("同意停报")
    await follows(town.grid_member, "DX0101")
    await town.whistleblower.sends_any(photo=picture_file(4, "b.jpg"), caption="滨河社区门口垃圾没人收")
    return number, secret.number


async def waiting(town: Town) -> None:
    """The program is told to stop before it has sent a letter and an answer, and heard a voice and a stranger."""
    app = App(town.app.settings, town.app.office.clock)
    vault = app.office.seals.vault

    async def owes(desk: Desk) -> None:
        who = people.fingerprint(vault, town.resident.id)
        desk.owe(Letter(key=f"sorry {who}", kind=Kind.SORRY, to=person(who)))
        desk.answer(town.resident.id, "sendMessage", {"chat_id": town.resident.id, "text": "还没送到的话"})
        await let_hear(desk.tx, app.office.seals.content, voice_of(who), desk.now() + timedelta(days=1))
        await desk.tx.execute(insert(inbox).values(letter_of_a_stranger(app)))

    await app.at_desk(owes)
    await app.database.close()


def voice_of(who: int) -> Voice:
    return Voice(person=who, message=1, file_id="f", unique_id="u", seconds=3, draft="d")


def letter_of_a_stranger(app: App) -> dict[str, Any]:
    office, now = app.office, app.office.clock.now()
    message = {"message_id": 5, "date": int(now.timestamp()), "text": "你好"}
    sender = {"id": STRANGER, "is_bot": False, "first_name": "新来的"}
    update = {"update_id": 1, "message": {**message, "from": sender, "chat": {"id": STRANGER, "type": "private"}}}
    known = {"bot_id": BOT_ID, "update_id": 1, "deed": office.seals.content.fingerprint(f"{STRANGER}:5:None")}
    whose = people.fingerprint(office.seals.vault, STRANGER)
    return {**known, "person": whose, "raw": office.seals.content.close(orjson.dumps(update)), "received_at": now}


async def goes_on(town: Town, number: str, secret: str) -> None:
    """Old buttons work, own cases are found, answers arrive, whoever was muted is."""
    seals, resident = town.app.office.seals, town.resident
    assert await resident.sees("还没送到的话") and await resident.sees("刚才那条消息我没处理好")
    states = asked(town.app.settings.data_dir, "select kind, state from outbox where key like 'sorry %'")
    assert states == [("sorry", "sent")]
    await resident.sends("/mine")
    listed = await resident.buttons()
    assert any(number in one for one in listed) and any(secret in one for one in listed)
    await town.community_group.presses("签收", message=await card_of(town.community_group, await case_of(town, number)))
    assert await resident.sees(f"{number}，新茂社区已经签收")
    await town.dispatcher.presses("派给其他单位", message=await town.dispatcher.message_with(secret))
    await town.dispatcher.presses("新茂社区")
    assert await town.responder.sees(secret)
    await resident.sends("/mydata")
    await town.fetches()
    page = unescape(await newest_file(town))
    assert number in page and "data:image/jpeg;base64," in page
    await town.whistleblower.sends("/start")
    assert "接着" in await town.whistleblower.said(2)
    follower = people.fingerprint(seals.vault, town.grid_member.id)
    assert asked(town.app.settings.data_dir, "select person_id from subscriptions") == [(follower,)]
    await town.dispatcher.presses("解除停报")
    assert await town.neighbour.sees("可以照常上报了")
    folder = town.app.settings.data_dir
    assert asked(folder, f"select count(*) from people where id = {people.fingerprint(seals.vault, STRANGER)}") == [
        (1,)
    ]
    assert await nothing_failed(town)


async def newest_file(town: Town) -> str:
    sent = [one for one in await town.resident.messages() if "document" in one and one["from"]["is_bot"]]
    async with town.session.get(f"/sandbox/files/{sent[-1]['document']['file_id']}") as response:
        return await response.text()


async def test_whoever_is_muted_is_still_muted(town: Town) -> None:
    await proposed(town)
    await town.admin.presses("同意停报")
    await town.app.stop()
    assert (await to_thread(runs, town.app.settings.data_dir, "rotate-keys", "--apply")).exit_code == 0
    town.app = App(town.app.settings, town.app.office.clock)
    await town.app.start()
    vault = town.app.office.seals.vault
    owner = reporters.owner_mark(vault, people.fingerprint(vault, town.neighbour.id))
    assert asked(town.app.settings.data_dir, "select owner from mutes") == [(owner,)]
    await town.neighbour.presses("我觉得不对")
    assert "再看一遍" in await town.neighbour.said()


def test_a_mute_of_somebody_forgotten_is_told_before_it_is_lost(old: Path) -> None:
    whom = "'flood', 3, 'agreed', 1, '2026-01-01 00:00:00', 2, '2026-01-01 00:00:00', '2100-01-01 00:00:00'"
    columns = "owner, case_id, reason, days, state, proposed_by, proposed_at, agreed_by, agreed_at, until"
    told(old, f"insert into mutes ({columns}) select 123456789012345678, min(id), {whom} from cases")
    tried = runs(old, "rotate-keys")
    assert tried.exit_code == 0 and "有 1 个停报对的是已经删掉的人" in tried.stdout, tried.output
    assert "有 2 个编号的主人已经被删掉" in tried.stdout
    assert asked(old, "select owner from mutes") == [(123456789012345678,)]


@pytest.fixture
def old(database: str, tmp_path: Path) -> Path:
    """A data folder in which people have lived for a week."""
    folder = thawed(max(STEPS), database, tmp_path / "old")
    assert runs(folder, "migrate").exit_code == 0
    return folder


KILLED = """
import importlib, os, signal, sys
place, name, turn = sys.argv[1:4]
owner = importlib.import_module(place)
*inside, last = name.split(".")
for one in inside:
    owner = getattr(owner, one)
real, left = getattr(owner, last), [int(turn)]
def falls(*given, **named):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*given, **named)
setattr(owner, last, falls)
from bot.cli import main
main(["rotate-keys", "--apply"])
"""
"""The command, killed at the so-manieth call of a function."""

POINTS = {
    "the keys are put aside": ("storage.seals", "make_keys", 1),
    "the next keys are made": ("bot.commands.keys", "_seal", 1),
    "the database is sealed and not kept": ("storage.noted_keys", "note", 1),
    "the database is kept": ("storage.backups", "put_aside", 1),
    "some files are sealed": ("storage.media", "MediaStore.seal_anew", 3),
    "the files are sealed": ("storage.seals", "end_change", 1),
    "one key is in force": ("storage.seals", "sync_folder", 5),
    "both keys are in force": ("storage.seals", "sync_folder", 6),
}


@pytest.mark.parametrize("point", POINTS)
async def test_killed_at_any_moment_it_is_run_again_and_comes_to_its_end(point: str, old: Path) -> None:
    before = read_keys(old / "keys")
    was = await written(old, before)
    words = [str(one) for one in POINTS[point]]
    env = {**os.environ, "BOT_TOKEN": "7000001:x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x", "DATA_DIR": str(old)}
    env |= {"DATABASE_URL": address} if (address := address_of(old)) else {}
    fallen = await to_thread(subprocess.run, [sys.executable, "-c", KILLED, *words], env=env, capture_output=True)
    assert fallen.returncode == -signal.SIGKILL, fallen.stderr.decode()
    if half_changed(old / "keys"):
        for command in ("backup", "doctor"):
            assert (
                "换密钥换到一半停了。请运行 `yashu rotate-keys --apply`" in (await to_thread(runs, old, command)).output
            )
    begun = half_changed(old / "keys")
    again = await to_thread(runs, old, "rotate-keys", "--apply")
    assert again.exit_code == 0 and ("接着做" in again.stdout) is begun, again.output
    await is_sealed_anew(old, before, was)
    (aside,) = (old / "keys").glob("old-*")
    assert read_keys(aside).mark == before.mark
    assert sorted(one.name for one in (old / "keys").iterdir()) == ["content.key", aside.name, "vault.key"]
    assert "密钥：可用" in (await to_thread(runs, old, "doctor")).output


async def test_while_a_program_is_in_charge_nothing_is_changed(town: Town) -> None:
    folder = town.app.settings.data_dir
    for words in ((), ("--apply",)):
        refused = await to_thread(runs, folder, "rotate-keys", *words)
        assert refused.exit_code == 1 and "伢叔还在运行" in refused.stderr, refused.output
    assert read_keys(folder / "keys").mark == town.app.office.seals.mark


def test_what_does_not_open_is_told_and_nothing_is_changed(old: Path) -> None:
    before = read_keys(old / "keys")
    (some,) = asked(old, "select max(id) from media")[0]
    spoilt = "x'00'" if address_of(old) is None else r"'\x00'"
    told(old, f"update media set file_id = {spoilt} where id = {some}")
    kept = asked(old, "select id from people order by id")
    refused = runs(old, "rotate-keys", "--apply")
    assert refused.exit_code == 1 and "media.file_id 里有内容用现在的密钥打不开" in refused.stderr, refused.output
    assert asked(old, "select id from people order by id") == kept
    assert read_keys(old / "keys").mark == before.mark
    assert "密钥：可用" in runs(old, "doctor").output and list((old / "keys").glob("unused-*"))


def test_what_the_database_refuses_half_way_is_given_up(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, kept = read_keys(old / "keys"), asked(old, "select id from people order by id")
    monkeypatch.setattr(noted_keys, "NAME", None)
    refused = runs(old, "rotate-keys", "--apply")
    assert refused.exit_code == 1 and "数据库打不开、正被别的程序占用，或者中途断了" in refused.stderr, refused.output
    assert asked(old, "select id from people order by id") == kept
    assert read_keys(old / "keys").mark == before.mark


def test_a_program_with_the_keys_of_before_does_not_start(old: Path) -> None:
    assert runs(old, "rotate-keys", "--apply").exit_code == 0
    (aside,) = (old / "keys").glob("old-*")
    for name in ("vault.key", "content.key"):
        (aside / name).replace(old / "keys" / name)
    for words in (("run",), ("doctor",), ("hold", "1", "--why", "x"), ("rotate-keys",), ("rotate-keys", "--apply")):
        refused = runs(old, *words)
        assert refused.exit_code == 1 and "不是这个数据库现在用的" in refused.output, refused.output
    assert not half_changed(old / "keys")


@pytest.mark.parametrize("database", [POSTGRESQL], indirect=True, scope="session")
async def test_a_program_that_waited_meanwhile_does_not_take_charge(town: Town) -> None:
    """It read the keys before they were changed; its turn comes afterwards."""
    await town.app.stop()
    waits = App(town.app.settings, town.app.office.clock)
    async with waits.database.aside() as tx:
        epoch = await leases.take(tx, "another", 60)
    assert epoch is not None
    await waits.start()
    try:
        told(town.app.settings.data_dir, "insert into counters (name, value) values ('keys', 1)")
        async with waits.database.aside() as tx:
            await leases.give_back(tx, epoch)
        with pytest.raises(BrokenSetting, match="不是这个数据库现在用的"):
            async with asyncio.timeout(20):
                await waits.run()
    finally:
        await waits.stop()
        told(town.app.settings.data_dir, "delete from counters where name = 'keys'")
        town.app = App(town.app.settings, town.app.office.clock)


@pytest.mark.parametrize("database", [SQLITE], indirect=True, scope="session")
def test_older_backups_stay_with_the_old_keys_and_new_ones_begin_anew(old: Path, tmp_path: Path) -> None:
    assert runs(old, "backup").exit_code == 0
    assert "1 older backups are moved aside" in runs(old, "rotate-keys", language="en").stdout
    done = runs(old, "rotate-keys", "--apply", language="en")
    assert done.exit_code == 0 and "and each was opened" in done.stdout, done.output
    (aside,), (kept,) = (old / "keys").glob("old-*"), (old / "backups").glob("old-*")
    assert str(aside) in done.stdout and str(kept) in done.stdout
    assert runs(old, "backup").exit_code == 0
    drilled = runs(old, "drill")
    assert drilled.exit_code == 0 and "演练通过" in drilled.stdout, drilled.output
    (older,) = backups.all_in(kept)
    refused = runs(old, "drill", older.folder)
    assert refused.exit_code == 1 and "原来的在 keys 文件夹的 old-… 里" in refused.stderr
    other = tmp_path / "other"
    shutil.copytree(aside, other / "keys")
    back = runs(other, "restore", older.folder)
    assert back.exit_code == 0, back.output
    assert asked(other, "select count(*) from cases") == asked(old, "select count(*) from cases")


def test_a_folder_without_a_database_is_told_so(tmp_path: Path) -> None:
    make_keys(tmp_path / "keys")
    assert "这里还没有数据库" in runs(tmp_path, "rotate-keys").output


def test_a_database_of_another_step_is_left_alone(old: Path) -> None:
    told(old, "update alembic_version set version_num = '0030'")
    refused = runs(old, "rotate-keys", "--apply")
    assert refused.exit_code == 1 and "数据库在第 0030 步" in refused.stderr, refused.output
    assert not half_changed(old / "keys")
