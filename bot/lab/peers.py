"""Peers that keep sessions on disk: python-telegram-bot with pickle, grammY with files. Neither is ever required."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from bot.lab.baseline import machine
from bot.lab.conversation import SCRIPT, SECRET, TOKEN
from bot.lab.measure import Contender, Load, bare_aiogram, compare
from bot.lab.product import product
from bot.lab.verdict import Verdict

_GRAMMY = Path(__file__).with_name("grammy")
_NPM_PATIENCE_S = 120
_NPM = ("install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error")
_EARLY = "updates are acknowledged before they are handled"
Way = Literal["webhook", "polling"]


class PeerMissingError(Exception):
    """A peer cannot run here; the message says why, and what helps."""


async def beside(delivery: Way, load: Load) -> Verdict:
    """The product, bare aiogram and every peer that is to be had, by turns. Raises BenchFailedError."""
    with peers(delivery) as (there, missing):
        found = await compare(product(delivery), bare_aiogram(delivery), load, there)
    asked = f"{load.laps} rounds of {load.reports} reports by {load.people} people, {delivery}"
    return replace(found, missing=missing, asked=asked, machine=machine())


@contextmanager
def peers(delivery: Way) -> Generator[tuple[list[Contender], dict[str, str]]]:
    """Who can run, and why the others cannot."""
    there: list[Contender] = []
    missing: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="yashu-grammy-") as folder:
        for name, peer in (
            ("python-telegram-bot", lambda: python_telegram_bot(delivery)),
            ("grammY", lambda: grammy(delivery, Path(folder))),
        ):
            try:
                there.append(peer())
            except PeerMissingError as why:
                missing[name] = str(why)
        yield there, missing


def python_telegram_bot(delivery: Way) -> Contender:
    """ConversationHandler with PicklePersistence, written after each update. Raises PeerMissingError."""
    needed = ("telegram", "tornado") if delivery == "webhook" else ("telegram",)
    if not all(map(find_spec, needed)):
        raise PeerMissingError("not installed: pip install yashu[bench]")
    return Contender(
        name=f"python-telegram-bot, {delivery}",
        argv=[sys.executable, "-m", "bot.lab.ptb", "--delivery", delivery, "--api", "{api}", "--port", "{hook_port}"],
        script=SCRIPT,
        delivery=delivery,
        keeps=f"conversations, one file written over after each update and not synced; {_EARLY}",
    )


def grammy(delivery: Way, folder: Path) -> Contender:
    """Sessions in files; its packages are fetched into `folder`. Raises PeerMissingError."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise PeerMissingError("not installed: it needs node (20 or newer) and npm")
    for file in _GRAMMY.iterdir():
        shutil.copy(file, folder)
    command = [npm, *_NPM]
    try:
        subprocess.run(command, cwd=folder, timeout=_NPM_PATIENCE_S, check=True, capture_output=True, text=True)
    except subprocess.TimeoutExpired:
        raise PeerMissingError(f"npm install took over {_NPM_PATIENCE_S} s") from None
    except subprocess.CalledProcessError as error:
        raise PeerMissingError(f"npm install failed: {error.stderr[-300:].strip()}") from None
    when = "updates are acknowledged after they are handled" if delivery == "webhook" else _EARLY
    return Contender(
        name=f"grammY, {delivery}",
        argv=[node, str(folder / "bot.mjs")],
        script=SCRIPT,
        env={"API": "{api}", "TOKEN": TOKEN, "SECRET": SECRET, "DELIVERY": delivery, "PORT": "{hook_port}"},
        delivery=delivery,
        keeps=f"sessions, a file of each person written over and not synced; {when}",
    )
