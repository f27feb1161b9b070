"""Databases of earlier versions, with a district that has lived in them: `python -m tests.frozen` freezes this one.

A version is a folder named by its step: `yashu.db.gz` (SQLite), `yashu.sql.gz` (PostgreSQL), `rest.tar.gz` (keys and
files) and `about.json` (when it was, and what is in it). What is frozen is never frozen anew.
"""

import asyncio
import gzip
import json
import sqlite3
import tarfile
import tempfile
from collections import Counter
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from bot.cases.case import Case
from bot.cli import main
from storage.migrations import HEAD
from tests.databases import POSTGRESQL, SQLITE, address_of, asked, dumped, filled, settled
from tests.stories.centre import answers, card_of
from tests.stories.office import FIRE, LAMP, SECRET, STALL, goes_to, photo, reports, solved
from tests.stories.test_roster import plans
from tests.town import Town, open_town, prepared

FROZEN = Path(__file__).parent / "storage" / "frozen"
STEPS = tuple(sorted(one.name for one in FROZEN.iterdir())) if FROZEN.exists() else ()


def about(step: str) -> dict[str, Any]:
    """When it was frozen (`at`), how many cases stand in which status (`cases`), the number of one that is `open`."""
    return json.loads((FROZEN / step / "about.json").read_text())


def thawed(step: str, kind: str, folder: Path) -> Path:
    """A data folder as it was, with its database."""
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(FROZEN / step / "rest.tar.gz") as rest:
        rest.extractall(folder, filter="data")
    if kind == SQLITE:
        (folder / "yashu.db").write_bytes(gzip.decompress((FROZEN / step / "yashu.db.gz").read_bytes()))
    else:
        filled(settled(folder, kind), gzip.decompress((FROZEN / step / "yashu.sql.gz").read_bytes()))
    return folder


def freeze() -> None:
    """Live in a town, and keep its database of both kinds. Raises FileExistsError for a step that is frozen already."""
    into = FROZEN / HEAD
    if into.exists():
        raise FileExistsError(into)
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        told = asyncio.run(_lived(home))
        into.mkdir(parents=True)
        _keep(home / "data", home / "there", into)
        cases = Counter(status for (status,) in asked(home / "data", "select status from cases"))
    (into / "about.json").write_text(json.dumps({**told, "cases": dict(sorted(cases.items()))}, indent=1) + "\n")


async def _lived(home: Path) -> dict[str, str]:
    (home / "empty").mkdir()
    async with open_town(home / "data", await prepared(home / "empty", SQLITE)) as town:
        await goes_to(town, 10, weekday=0)
        await _units_work(town)
        await _the_centre_works(town)
        await _what_else_there_is(town)
        number = (await _signed(town, "单元门口的路灯一闪一闪")).number
        await town.fetches()
        await town.passes(minutes=5)
        return {"at": _now(town).isoformat(), "open": number}


def _now(town: Town) -> datetime:
    return town.app.office.clock.now()


async def _signed(town: Town, words: str) -> Case:
    case = await reports(town, LAMP, words)
    await town.community_group.presses("签收", message=await town.community_group.message_with(case.number))
    return case


async def _units_work(town: Town) -> None:
    """Cases on their way at a unit, ended, looked at, judged; and one given back."""
    group, supervisor = town.community_group, town.grid_member
    done = await reports(town, LAMP, "三号楼路灯不亮")
    await solved(group, done.number)
    await supervisor.presses("核查通过", message=await supervisor.message_with(done.number))
    await town.passes(days=8)
    for words in ("四号楼路灯不亮", "五号楼路灯不亮"):
        ended = await reports(town, LAMP, words)
        await solved(group, ended.number)
    await supervisor.presses("核查通过", message=await supervisor.message_with(ended.number))
    begun = await _signed(town, "六号楼路灯不亮")
    await group.presses("进展", message=await card_of(group, begun))
    await answers(group, "已联系居民，明天换灯")
    await reports(town, LAMP, "七号楼路灯不亮")
    back = await reports(town, LAMP, "大路上的路灯不亮")
    leader = town.leader.inside(-5002)
    for button in ("更多", "退单"):
        await leader.presses(button, message=await card_of(leader, back))
    await leader.presses("说不准")
    await answers(leader, "路灯归城管，三定方案有写")


async def _the_centre_works(town: Town) -> None:
    """Cases that wait for the centre, for the reporter, for nobody else to read; and a fire."""
    centre = town.centre_group
    unclear = await reports(town, STALL, "路口有人摆摊", node=None)
    await centre.presses("问上报人", message=await card_of(centre, unclear))
    await answers(centre, "哪个路口？")
    await reports(town, STALL, "菜场门口天天有人占道摆摊", node=None)
    secret = await reports(town, SECRET, "有人冒充银行打电话")
    await town.dispatcher.presses("派给其他单位", message=await town.dispatcher.message_with(secret.number))
    await town.dispatcher.presses("新茂社区")
    await reports(town, FIRE, "三号楼楼道里的电动车烧起来了")


async def _what_else_there_is(town: Town) -> None:
    """A draft with a picture, notices sent and to be sent, a plan of who is on duty."""
    await town.neighbour.sends("/start")
    await town.neighbour.sends_any(**photo(4), caption="滨河社区门口垃圾没人收")
    for words, when in (("今晚八点防汛会", "现在发"), ("明天停水", "定时")):
        await town.admin.sends("/broadcast 新茂社区")
        await town.admin.sends(words)
        await town.admin.presses(when)
        if when == "定时":
            await town.admin.sends("明天 9:00")
        await town.passes(minutes=1)
    await plans(town, town.leader, "每天", "夜班", "李建国")


def _keep(folder: Path, there: Path, into: Path) -> None:
    with closing(sqlite3.connect(folder / "yashu.db")) as base:
        base.execute("vacuum into ?", (str(folder / "small.db"),))
    (into / "yashu.db.gz").write_bytes(gzip.compress((folder / "small.db").read_bytes(), mtime=0))
    there.mkdir()
    address = address_of(settled(there, POSTGRESQL)) or ""
    moved = CliRunner().invoke(main, ["move-database", "--from", f"sqlite:///{folder / 'yashu.db'}", "--to", address])
    assert moved.exit_code == 0, moved.output
    (into / "yashu.sql.gz").write_bytes(gzip.compress(dumped(there), mtime=0))
    with tarfile.open(into / "rest.tar.gz", "w:gz") as rest:
        for name in ("keys", "media"):
            rest.add(folder / name, name)


if __name__ == "__main__":
    freeze()
