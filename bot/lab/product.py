"""The product as a contender: a founded demo district in an empty folder, then the very program that runs elsewhere."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Literal

from bot import demo
from bot.lab.measure import Contender
from bot.lab.script import Step

TOKEN = "7000001:bench-bench-bench-bench-bench-bench-b"
SECRET = "bench-secret-that-is-longer-than-32-letters"

SCRIPT = (
    Step(text="/start"),
    Step(press="我要反映"),
    Step(text="社区门口的广场地面很脏，好几天没人打扫（{n}）"),
    Step(press="路面脏"),
    Step(location=(32.1995, 119.6085), sends=2),
    Step(photo=True),
    Step(voice=True),
    Step(text="下过雨更脏，走路打滑"),
    Step(press="提交", sends=2),
)


def product(delivery: Literal["webhook", "polling"] = "webhook") -> Contender:
    """The product, durable as always, with Telegram's limits lifted."""
    env = {
        "BOT_TOKEN": TOKEN,
        "BOT_API_BASE": "{api}",
        "DATA_DIR": "{folder}/data",
        "MESSAGES_PER_SECOND": "100000",
        "MESSAGES_PER_GROUP_MINUTE": "100000",
        "MESSAGES_PER_CHAT_SECOND": "100000",
        "MESSAGES_PER_PERSON_MINUTE": "100000",
        "REPORTS_PER_PERSON_DAY": "100000",
        "LOG_LEVEL": "WARNING",
    }
    if delivery == "webhook":
        env |= {
            "WEBHOOK_URL": "http://127.0.0.1:{hook_port}",
            "WEBHOOK_SECRET": SECRET,
            "WEBHOOK_LISTEN": "127.0.0.1:{hook_port}",
        }
    return Contender(
        name=f"yashu, {delivery}",
        argv=[sys.executable, "-m", "bot.lab.product"],
        script=SCRIPT,
        env=env,
        delivery=delivery,
        hook_path="/telegram",
        durable=True,
        keeps="every update and answer, synced to the disk before it is acknowledged",
    )


async def found() -> None:
    """Make keys and the demo district where the settings say."""
    from bot.app import App
    from bot.config import read_settings
    from storage.migrations import upgrade
    from storage.seals import make_keys

    settings = read_settings()
    make_keys(settings.data_dir / "keys")
    await upgrade(settings.database)
    app = App(settings)
    await app.at_desk(lambda desk: demo.found(desk, demo.read()))
    await app.database.close()


def main() -> None:
    """Found the district if there is none, then become the program itself."""
    if not Path(os.environ["DATA_DIR"], "keys").exists():
        asyncio.run(found())
    os.execv(sys.executable, [sys.executable, "-m", "bot.cli", "run"])


if __name__ == "__main__":
    main()
