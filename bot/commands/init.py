"""`yashu init`: asks the few things a new installation needs, writes `.env` and makes the keys."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bot.commands.plainly import told_plainly
from bot.texts.console import InitTexts, language_of_console

ENV = Path(".env")
ANY_TOKEN = "1:any-token-that-passes"  # noqa: S105 - stands in while another answer is checked


@click.command()
@click.option("--language", type=click.Choice(["zh", "en"]), default=language_of_console, help="Language of all texts.")
def init(language: str) -> None:
    """Ask the few things a new installation needs, write .env here and make the keys."""
    texts = InitTexts(language)
    if ENV.exists() and not click.confirm(texts.overwrite(), default=False):
        click.echo(texts.unchanged())
        raise SystemExit(1)
    click.echo(texts.welcome())
    click.echo(texts.law())
    if not click.confirm(texts.law_known(), default=False):
        click.echo(texts.unchanged())
        raise SystemExit(1)
    with told_plainly():
        keys = _set_up({"language": language, **_asked(texts)})
        click.echo(texts.written(ENV.absolute(), keys))


def _asked(texts: InitTexts) -> dict[str, str]:
    answers = {
        "bot_token": _ask(texts.token(), "bot_token", hide_input=True),
        "admin_ids": _ask(texts.admins(), "admin_ids", default=""),
        "district": _ask(texts.district(), "district", default="东乡"),
        "data_dir": _ask(texts.folder(), "data_dir", default="data"),
        "telegram_proxy": _ask(texts.proxy(), "telegram_proxy", default=""),
    }
    if click.prompt(texts.delivery(), type=click.Choice(["polling", "webhook"]), default="polling") == "webhook":
        secret = secrets.token_urlsafe(32)
        answers |= {
            "webhook_secret": secret,
            "webhook_url": _ask(texts.webhook(), "webhook_url", webhook_secret=secret),
            "webhook_listen": _ask(texts.listen(), "webhook_listen", default="127.0.0.1:8080"),
        }
    return {name: answer for name, answer in answers.items() if answer}


def _ask(question: str, setting: str, default: str | None = None, *, hide_input: bool = False, **with_it: str) -> str:
    """Ask until the answer is one the program would start with."""
    answer: str = click.prompt(
        question,
        default=default,
        hide_input=hide_input,
        show_default=bool(default),
        value_proc=_checked(setting, with_it),
    )
    return answer


def _checked(setting: str, with_it: dict[str, str]) -> Callable[[str], str]:
    from bot.cases.errors import BrokenSetting
    from bot.config import GivenSettings, read_settings

    def check(answer: str) -> str:
        given = {"bot_token": ANY_TOKEN, **with_it, **({setting: answer.strip()} if answer.strip() else {})}
        try:
            read_settings(GivenSettings, **given)
        except BrokenSetting as error:
            raise click.UsageError(str(error)) from error
        return answer.strip()

    return check


def _set_up(answers: dict[str, Any]) -> Path:
    """Check everything once more, write `.env` for its owner alone, make the keys that are missing."""
    from bot.config import GivenSettings, read_settings
    from storage.seals import make_keys

    settings = read_settings(GivenSettings, **answers)
    fresh = ENV.with_name(".env.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{name.upper()}={_quoted(value)}\n" for name, value in answers.items())
    fresh.replace(ENV)
    keys = settings.data_dir.absolute() / "keys"
    make_keys(keys)
    return keys


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
