"""python -m bot.sandbox: the sandbox alone, for bots written with any library."""

import argparse
import asyncio
import signal
import sys

from bot.sandbox.records import Bot
from bot.sandbox.server import Sandbox


async def serve(host: str, port: int, tokens: list[str], limits: bool) -> None:
    """Run until SIGINT or SIGTERM. `tokens` are bots to begin with, each ID:SECRET@username."""
    sandbox = Sandbox(limits=limits)
    for given in tokens:
        token, _, username = given.partition("@")
        name = username or "sandbox_bot"
        sandbox.world.add_bot(Bot(int(token.partition(":")[0]), token, name, name))
    address = await sandbox.start(host, port)
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, ended.set)
    await ended.wait()
    await sandbox.stop()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--bot", action="append", default=[], metavar="ID:SECRET@username", help="a bot to begin with")
    parser.add_argument("--no-limits", action="store_true", help="without Telegram's flood limits")
    given = parser.parse_args()
    asyncio.run(serve(given.host, given.port, given.bot, not given.no_limits))


if __name__ == "__main__":
    main()
