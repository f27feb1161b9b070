"""`yashu init`: a few questions make an installation that starts."""

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.config import WEBHOOK_SECRET, Settings, read_settings
from storage.seals import read_keys

TOKEN = "123456:abcdefghijklmnopqrstuvwxyz"
KNOWN, NOTHING = "y", ""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, without any setting."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answers(*lines: str) -> Result:
    """Run `yashu init` and answer one line after the other."""
    return CliRunner().invoke(main, ["init"], input="\n".join([*lines, ""]))


def test_the_shortest_way_is_a_token_and_enter(place: Path) -> None:
    said = answers(KNOWN, TOKEN, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING)
    assert said.exit_code == 0, said.output
    read = read_settings()
    assert read.bot_token.get_secret_value() == TOKEN
    assert (read.admin_ids, read.webhook_url, read.data_dir) == ((), None, Path("data"))
    read_keys(place / "data" / "keys")
    assert stat.S_IMODE((place / ".env").stat().st_mode) == 0o600
    assert TOKEN not in said.output


def test_every_answer_is_kept_whatever_signs_it_has(place: Path) -> None:
    district = r"""新'区" #1 \ $HOME"""
    said = answers(KNOWN, TOKEN, "1001， 1002", district, "deep/data", "http://127.0.0.1:3128", "polling")
    assert said.exit_code == 0, said.output
    read = read_settings()
    assert (read.admin_ids, read.district, read.proxy) == ((1001, 1002), district, "http://127.0.0.1:3128")
    read_keys(place / "deep" / "data" / "keys")


def test_a_webhook_gets_a_secret_of_its_own() -> None:
    hooked = [KNOWN, TOKEN, NOTHING, NOTHING, NOTHING, NOTHING, "webhook", "https://example.org", NOTHING]
    secrets: set[str] = set()
    for lines in (hooked, [KNOWN, *hooked]):
        said = answers(*lines)
        assert said.exit_code == 0, said.output
        secret = read_settings().webhook_secret
        assert secret is not None
        assert WEBHOOK_SECRET.fullmatch(secret.get_secret_value())
        assert secret.get_secret_value() not in said.output
        secrets.add(secret.get_secret_value())
    assert len(secrets) == 2


def test_a_wrong_answer_is_asked_again_with_the_reason() -> None:
    said = answers(KNOWN, "nonsense", TOKEN, "me", "1001", NOTHING, NOTHING, "127.0.0.1", NOTHING, NOTHING)
    assert said.exit_code == 0, said.output
    for name in ("BOT_TOKEN: ", "ADMIN_IDS: ", "TELEGRAM_PROXY: "):
        assert said.output.count(name) == 1
    assert read_settings().admin_ids == (1001,)


def test_without_knowing_the_law_nothing_is_written(place: Path) -> None:
    said = answers("n")
    assert said.exit_code == 1
    assert "境内" in said.output
    assert not list(place.iterdir())


def test_an_installation_is_not_overwritten_without_asking(place: Path) -> None:
    (place / ".env").write_text("BOT_TOKEN=old\n")
    said = answers(NOTHING)
    assert said.exit_code == 1
    assert (place / ".env").read_text() == "BOT_TOKEN=old\n"


def test_keys_are_never_made_anew(place: Path) -> None:
    answers(KNOWN, TOKEN, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING)
    before = [path.read_text() for path in sorted((place / "data" / "keys").iterdir())]
    said = answers("y", KNOWN, TOKEN, NOTHING, "北乡", NOTHING, NOTHING, NOTHING)
    assert said.exit_code == 0, said.output
    assert read_settings().district == "北乡"
    assert [path.read_text() for path in sorted((place / "data" / "keys").iterdir())] == before


def test_it_speaks_english_when_asked() -> None:
    said = CliRunner().invoke(main, ["init", "--language", "en"], input=f"y\n{TOKEN}" + "\n" * 6)
    assert said.exit_code == 0, said.output
    assert "personal data kept in the country" in said.output
    assert read_settings().language == "en"
