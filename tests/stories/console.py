"""The command line of a town at work: it looks into the same installation."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from click.testing import CliRunner

from bot.cli import main
from tests.databases import address_of
from tests.town import Town


def at_console(town: Town, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Runs `yashu WORDS`, typing what is `given`; gives back exit code and output.

    In a thread: a command has a loop of its own.
    """
    monkeypatch.setenv("BOT_TOKEN", town.app.settings.bot_token.get_secret_value())
    monkeypatch.setenv("DATA_DIR", str(town.app.settings.data_dir))
    if address := address_of(town.app.settings.data_dir):
        monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.delenv("LANGUAGE", raising=False)

    def run(*words: str, given: str = "") -> tuple[int, str]:
        with ThreadPoolExecutor(1) as other:
            done = other.submit(CliRunner().invoke, main, list(words), input=given).result()
        return done.exit_code, done.output

    return run
