"""Bears the product again and again without importing it anew: a process that has it in memory and forks at a word.

Told by stdin: every line starts the product once (`yashu run`, settings from the environment); it says {"born": pid}
and later {"ended": pid, "code": code}, a signal as a negative code. At the end of stdin what still runs is killed.
"""

import asyncio
import os
import select
import signal
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import orjson

AHEAD = "LAB_SECONDS_AHEAD"
CROWD = "LAB_RECIPIENTS"
"""How many people to bring in for a broadcast."""

PATIENCE = "LAB_PATIENCE"
"""Seconds to wait for an answer of Telegram, if not as long as in earnest."""

JUMPED = "clock-jumped"
"""While a file of this name lies in the working folder, the product's clock is an hour ahead."""

_LOOK_EVERY_S = 0.02


def main() -> None:
    for slow_to_import in ("bot.app", "bot.cli", "bot.commands.running", "uvloop"):
        import_module(slow_to_import)
    while sys.stdin.readline():
        if (child := os.fork()) == 0:
            _live()
        _say({"born": child})
        _say({"ended": child, "code": _watch(child)})


def _watch(child: int) -> int:
    """Wait for its end; kill it when nobody listens any more."""
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if select.select([sys.stdin], [], [], _LOOK_EVERY_S)[0]:
            os.kill(child, signal.SIGKILL)


def _live() -> None:
    """Be the product. A new installation is founded first."""
    from bot.cli import main as yashu
    from bot.lab.broadcast_crowd import found

    log = os.open("bot.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for stream, file in ((0, nothing), (1, log), (2, log)):
        os.dup2(file, stream)
    if not Path(os.environ["DATA_DIR"], "keys").exists():
        asyncio.run(found(int(os.environ.get(CROWD, "0"))))
    _set_the_clock(float(os.environ.get(AHEAD, "0")))
    if patience := os.environ.get(PATIENCE):
        _be_impatient(float(patience))
    yashu(["run"])


def _set_the_clock(seconds: float) -> None:
    """So many seconds ahead, for what may only be done by day; and it jumps when it is told to."""
    from bot import app
    from bot.desk.desk import Clock

    class JumpingClock(Clock):
        def now(self) -> datetime:
            self.ahead = timedelta(seconds=seconds, hours=os.path.exists(JUMPED))  # noqa: PTH110 - asked very often
            return super().now()

    app.Clock = JumpingClock


def _be_impatient(seconds: float) -> None:
    """Wait so long for answers, but for those that are long in coming anyway (getUpdates)."""
    from bot import app
    from bot.outbox.channel import Channel, Outcome, Upload

    class ImpatientChannel(Channel):
        async def call(
            self,
            method: str,
            params: Mapping[str, Any],
            uploads: Mapping[str, Upload] | None = None,
            timeout_s: float = seconds,
        ) -> Outcome:
            return await super().call(method, params, uploads, timeout_s)

    app.Channel = ImpatientChannel


def _say(news: Any) -> None:
    sys.stdout.write(orjson.dumps(news).decode() + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
