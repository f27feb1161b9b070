"""Settings: a wrong or missing one refuses to start and says which and why."""

from pathlib import Path
from typing import Any

import pytest

from bot.cases.errors import BrokenSetting
from bot.config import GivenSettings, Settings, read_settings
from bot.listening.model import KINDS, find_model
from tests.speech import model_of, needs_voice

ROOT = Path(__file__).parents[1]
TOKEN = "123456:abcdefghijklmnopqrstuvwxyz"
SECRET = "a_secret-that-nobody-guesses-0123456789"


def settings(**given: Any) -> Settings:
    return read_settings(GivenSettings, **{"bot_token": TOKEN, **given})


@pytest.fixture
def empty_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without .env, and no setting in the environment."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_missing_token_is_named_with_what_to_do(empty_place: Path) -> None:
    with pytest.raises(BrokenSetting, match=r"^BOT_TOKEN: 未设置.*is missing.*yashu init"):
        read_settings()


WRONG = [
    ("bot_token", "secret"),
    ("bot_token", "１２３４５６:abcdefghijklmnopqrstuvwxyz"),
    ("bot_api_base", "api.telegram.org"),
    ("telegram_proxy", "127.0.0.1:1080"),
    ("telegram_proxy", "socks5h://127.0.0.1:1080"),
    ("https_proxy", "ftp://127.0.0.1:21"),
    ("webhook_url", "example.org"),
    ("webhook_listen", "8080"),
    ("webhook_listen", "127.0.0.1:80800"),
    ("database_url", "postgresql+psycopg://localhost/yashu"),
    ("database_url", "nonsense"),
    ("data_dir", __file__),
    ("voice_model", "/no/such/folder"),
    ("admin_ids", "1001,@somebody"),
    ("language", "fr"),
    ("number_prefix", "东乡区东乡"),
    ("messages_per_second", "0"),
    ("messages_per_group_minute", "-1"),
    ("messages_per_chat_second", "many"),
    ("tick_seconds", "61"),
    ("quiet_drafts_minutes", "0"),
    ("log_level", "LOUD"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_setting_is_named_and_only_that_one(name: str, value: str) -> None:
    with pytest.raises(BrokenSetting) as refused:
        settings(**{name: value})
    assert str(refused.value).startswith(f"{name.upper()}: ")
    assert len(str(refused.value).splitlines()) == 1


def test_several_wrong_settings_are_told_at_once() -> None:
    with pytest.raises(BrokenSetting) as refused:
        settings(bot_token="x", tick_seconds="0", admin_ids="y")
    assert [line.partition(":")[0] for line in str(refused.value).splitlines()] == [
        "BOT_TOKEN",
        "ADMIN_IDS",
        "TICK_SECONDS",
    ]


def test_a_wrong_token_or_secret_is_not_repeated() -> None:
    for given in (
        {"bot_token": "hush-this-is-nearly-a-token"},
        {"webhook_url": "https://example.org", "webhook_secret": "hush"},
    ):
        with pytest.raises(BrokenSetting) as refused:
            settings(**given)
        assert "hush" not in str(refused.value)


@pytest.mark.parametrize("secret", [None, "short", "密" * 40, "with blanks " * 4])
def test_a_webhook_without_a_good_secret_is_refused(secret: str | None) -> None:
    with pytest.raises(BrokenSetting, match=r"^WEBHOOK_SECRET: "):
        settings(webhook_url="https://example.org", webhook_secret=secret)


def test_a_webhook_with_its_secret_is_taken() -> None:
    read = settings(webhook_url="https://example.org/", webhook_secret=SECRET)
    assert read.webhook_url == "https://example.org"
    assert SECRET not in repr(read) and TOKEN not in repr(read)


def test_the_environment_goes_before_the_file(empty_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (empty_place / ".env").write_text(f"BOT_TOKEN={TOKEN}\nDISTRICT='北乡'\nADMIN_IDS='1001，1002, 1003'\n")
    monkeypatch.setenv("DISTRICT", "南乡")
    read = read_settings()
    assert (read.district, read.admin_ids, read.bot_id) == ("南乡", (1001, 1002, 1003), 123456)


def test_an_empty_setting_is_as_good_as_none(empty_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (empty_place / ".env").write_text(f"BOT_TOKEN={TOKEN}\nWEBHOOK_URL=\nDATABASE_URL=\n")
    monkeypatch.setenv("TELEGRAM_PROXY", "")
    read = read_settings()
    assert (read.webhook_url, read.proxy) == (None, None)
    assert read.database == f"sqlite+aiosqlite:///{empty_place / 'data' / 'yashu.db'}"


@pytest.mark.parametrize(("spoken", "language"), [("zh_CN:zh", "zh"), ("en_US:en", "en"), ("de:en_GB", "en")])
def test_the_language_list_of_a_desktop_is_understood(spoken: str, language: str) -> None:
    assert settings(language=spoken).language == language


def test_the_proxy_of_the_machine_is_for_https_alone() -> None:
    everybodys = "http://127.0.0.1:3128"
    assert settings(https_proxy=everybodys).proxy == everybodys
    assert settings(https_proxy=everybodys, bot_api_base="http://127.0.0.1:8081").proxy is None
    ours = "socks5://somebody:secret@127.0.0.1:1080"
    assert settings(https_proxy=everybodys, telegram_proxy=ours).proxy == ours


def test_the_demo_takes_nothing_from_the_environment(empty_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://example.org")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:3128")
    (empty_place / ".env").write_text("DISTRICT=北乡\n")
    read = settings()
    assert (read.webhook_url, read.https_proxy, read.district) == (None, None, "东乡")


def test_the_example_names_every_setting_and_no_other(empty_place: Path) -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]
    assert sorted(named) == sorted(name.upper() for name in Settings.model_fields)


def test_the_example_with_a_token_is_the_default_installation(empty_place: Path) -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    (empty_place / ".env").write_text(example.replace("BOT_TOKEN=", f"BOT_TOKEN={TOKEN}"), encoding="utf-8")
    assert read_settings().model_dump() == settings().model_dump()


WRONG_MODELS: dict[str, tuple[dict[str, bytes], str]] = {
    "nothing": ({}, "holds no model.int8.onnx or model.onnx"),
    "no tokens": ({"model.onnx": b"\x08\x08"}, "holds no tokens.txt"),
    "another file": ({"model.onnx": b"<html>not found</html>", "tokens.txt": b""}, "the download may be incomplete"),
    "half a download": ({"model.onnx": b"\x08\x08\x3a\xff\xff\x03half", "tokens.txt": b""}, "may be incomplete"),
    "nothing in it": ({"model.onnx": b"", "tokens.txt": b""}, "this kind of model is not known"),
    "another kind": ({"model.onnx": b"\x72\x14\x0a\x0amodel_type\x12\x06vocos!", "tokens.txt": b""}, "is not known"),
}


@needs_voice
@pytest.mark.parametrize(("files", "said"), WRONG_MODELS.values(), ids=WRONG_MODELS)
def test_a_folder_without_a_speech_model_is_told_what_it_lacks(
    tmp_path: Path, files: dict[str, bytes], said: str
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(BrokenSetting, match=f"^VOICE_MODEL: .*{said}"):
        settings(voice_model=tmp_path)


@needs_voice
@pytest.mark.parametrize("kind", KINDS)
def test_a_speech_model_is_known_by_what_it_says_of_itself(tmp_path: Path, kind: str) -> None:
    folder = model_of(tmp_path, ["路灯不亮"], kind)
    assert settings(voice_model=folder).voice_model == folder
    assert find_model(folder).kind == KINDS[kind]
