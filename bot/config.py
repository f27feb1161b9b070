"""Every setting: its name in the environment, its unit, its default. A wrong one refuses to start and says why."""

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.cases.errors import BrokenSetting
from bot.listening.model import Unfit, UnfitModel, find_model

TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{10,}")
WEBHOOK_SECRET = re.compile("[A-Za-z0-9_-]{32,256}")
"""What Telegram allows in the header, and long enough that nobody guesses it."""
PROXIES = ("http", "socks4", "socks5")
SHIPPED_CATALOGUE = Path(__file__).parent / "cases" / "matters.toml"
SHIPPED_CHECKLISTS = Path(__file__).parent / "cases" / "checklists.toml"

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}


def with_driver(address: str) -> str:
    """The address of a database, with the driver that is used. Raises ValueError saying what is expected."""
    try:
        url = make_url(address)
    except ArgumentError:
        url = None
    driver = DRIVERS.get(url.drivername, url.drivername) if url else ""
    if url is None or driver not in DRIVERS.values():
        raise ValueError("要写成 · expected: sqlite:///path or postgresql://user:password@host/name")
    if find_spec(module := driver.partition("+")[2]) is None:
        raise ValueError(f"没有安装驱动 {module} · the driver {module} is not installed: pip install yashu[postgresql]")
    return url.set(drivername=driver).render_as_string(hide_password=False)


def _port_is_one(address: SplitResult) -> bool:
    """Whether the port, if there is any, is a number of one."""
    try:
        return address.port != 0
    except ValueError:
        return False


UNFIT_MODELS = {
    Unfit.NO_FOLDER: "没有这个文件夹 · there is no such folder",
    Unfit.NO_MODEL: "里面没有 model.int8.onnx 或 model.onnx · holds no model.int8.onnx or model.onnx",
    Unfit.NO_TOKENS: "里面没有 tokens.txt · holds no tokens.txt",
    Unfit.BROKEN: "模型文件读不了，可能没下载完 · the model cannot be read; the download may be incomplete",
    Unfit.UNKNOWN: "不认识这种模型，请用 Zipformer CTC 或 SenseVoice"
    " · this kind of model is not known; take a Zipformer CTC or SenseVoice one",
}


class Settings(BaseSettings):
    """Read from the environment, then from `.env` in the folder the program is started in."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True)

    bot_token: SecretStr = Field(description="the bot's token from BotFather")
    bot_api_base: str = Field("https://api.telegram.org", description="address of the Bot API server")
    telegram_proxy: str | None = Field(None, description="proxy to Telegram, e.g. socks5://127.0.0.1:1080")
    https_proxy: str | None = Field(None, description="used for Telegram when TELEGRAM_PROXY is not set")

    webhook_url: str | None = Field(None, description="public https address of the webhook; without it the bot polls")
    webhook_secret: SecretStr | None = Field(None, description="at least 32 letters or digits; needed with WEBHOOK_URL")
    webhook_listen: str = Field("127.0.0.1:8080", description="host:port the webhook listens on")

    data_dir: Path = Field(Path("data"), description="folder of the database, keys and files")
    database_url: str | None = Field(None, description="default: sqlite+aiosqlite in DATA_DIR")
    catalogue: Path = Field(SHIPPED_CATALOGUE, description="the catalogue of matters")
    checklists: Path = Field(SHIPPED_CHECKLISTS, description="the checklists of the patrol log")
    holidays: Path | None = Field(None, description="CSV date,workday|holiday of the district; overrides the calendar")

    voice_model: Path | None = Field(None, description="folder of a speech model; voices become words on this machine")

    admin_ids: Annotated[tuple[int, ...], NoDecode] = Field((), description="Telegram ids of admins, with commas")
    language: Literal["zh", "en"] = Field("zh", description="language of groups and of people who chose none")
    district: str = Field("东乡", description="name of the district, shown in greetings")
    number_prefix: str = Field("", max_length=4, description="put before case numbers")

    messages_per_second: float = Field(30, gt=0, le=100_000, description="all chats together")
    messages_per_group_minute: float = Field(20, gt=0, le=100_000, description="one group")
    messages_per_chat_second: float = Field(1, gt=0, le=100_000, description="one private chat, after a burst of 3")
    messages_per_person_minute: float = Field(
        40, ge=10, le=100_000, description="so many messages and taps of one resident are answered in a minute"
    )
    reports_per_person_day: int = Field(20, ge=1, le=100_000, description="so many reports one resident files in a day")
    backup_dir: Path | None = Field(None, description="folder of backups, best on another disk; default: in DATA_DIR")
    backup_hours: float = Field(6, ge=0, le=168, description="how often a backup is made; 0: never")
    backup_keep: int = Field(28, ge=1, le=10_000, description="so many backups are kept, the newest")
    tick_seconds: float = Field(5, gt=0, le=60, description="how often due clocks are looked for")
    quiet_drafts_minutes: float = Field(30, gt=0, description="a draft that rests is recalled after")
    patrol_reminder_hour: int = Field(
        18, ge=7, le=21, description="local hour from which a missing patrol is asked for"
    )
    health_listen: str | None = Field(None, description="host:port of /livez, /readyz and /metrics; a private address")
    alarm_webhook: SecretStr | None = Field(None, description="address that is told of troubles, e.g. a group robot")
    alarm_mail: str | None = Field(None, description="mail address that is told of troubles; needs SMTP_URL")
    smtp_url: SecretStr | None = Field(None, description="smtps://user:password@host:465 or smtp://host:25")
    heartbeat_url: SecretStr | None = Field(None, description="called while all is well; it alarms when we stay away")
    heartbeat_seconds: float = Field(60, ge=5, le=3600, description="how often the heartbeat is sent")
    nudges_per_group_hour: int = Field(
        6, ge=1, le=1000, description="so many reminders a unit's group reads in an hour, the rest as one list"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="how much is logged")

    @field_validator("language", mode="before")
    @classmethod
    def _language(cls, value: object) -> object:
        """Desktops set LANGUAGE too, to a list such as zh_CN:zh:en_US."""
        spoken = [part[:2] for part in str(value).lower().split(":")]
        return next((part for part in spoken if part in {"zh", "en"}), value)

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _numbers(cls, value: object) -> object:
        if isinstance(value, str):
            parts = [part.strip() for part in value.replace("，", ",").split(",") if part.strip()]
            if wrong := [part for part in parts if not re.fullmatch("[0-9]{1,18}", part)]:
                raise ValueError(
                    f"{wrong[0]!r} 不是 Telegram 编号（只写数字，多个用逗号隔开）"
                    " · is not a Telegram id (digits only, several with commas)"
                )
            return tuple(int(part) for part in parts)
        return value

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        if not TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError(
                "不像令牌，令牌像 123456:ABC…，由 BotFather 给出"
                " · this does not look like a token (123456:ABC...); BotFather gives it"
            )
        return value

    @field_validator("bot_api_base", "webhook_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).netloc):
            raise ValueError("要写成 https://example.org 这样的地址 · an address like https://example.org is expected")
        return value.rstrip("/") if value else value

    @field_validator("telegram_proxy", "https_proxy")
    @classmethod
    def _proxy(cls, value: str | None) -> str | None:
        if value is None:
            return None
        address = urlsplit(value)
        if address.scheme not in PROXIES or not address.hostname:
            raise ValueError(
                f"要写成 socks5://主机:端口 或 http://主机:端口 · {', '.join(PROXIES)} are known: socks5://host:port"
            )
        if address.scheme != "http" and find_spec("aiohttp_socks") is None:
            raise ValueError("SOCKS 代理需要先 pip install 'yashu[proxy]' · a SOCKS proxy needs yashu[proxy] installed")
        return value

    @field_validator("webhook_listen", "health_listen")
    @classmethod
    def _listen(cls, value: str | None) -> str | None:
        if value is None:
            return None
        host, _, port = value.rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port) < 65536:
            raise ValueError("要写成 主机:端口，如 127.0.0.1:8080 · host:port is expected, e.g. 127.0.0.1:8080")
        return value

    @field_validator("alarm_webhook", "heartbeat_url", "smtp_url")
    @classmethod
    def _reachable(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        known = {"smtp", "smtps"} if info.field_name == "smtp_url" else {"http", "https"}
        if value is not None:
            address = urlsplit(value.get_secret_value())
            if address.scheme not in known or not address.hostname or not _port_is_one(address):
                kinds = " / ".join(sorted(known))
                raise ValueError(f"要写成 {kinds}://主机… 这样的地址 · an address like {kinds}://host... is expected")
        return value

    @field_validator("alarm_mail")
    @classmethod
    def _mail(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[^@\s]+@[^@\s]+", value):
            raise ValueError("不像邮箱地址 · this does not look like a mail address")
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str | None) -> str | None:
        return None if value is None else with_driver(value)

    @field_validator("data_dir")
    @classmethod
    def _folder(cls, value: Path) -> Path:
        if value.exists() and not value.is_dir():
            raise ValueError(f"{value} 不是文件夹 · is not a folder")
        return value

    @field_validator("voice_model")
    @classmethod
    def _model(cls, value: Path | None) -> Path | None:
        if value is None:
            return None
        if find_spec("sherpa_onnx") is None or find_spec("av") is None:
            raise ValueError(
                "语音转文字需要先运行 python3 run.py voice，或 pip install 'yashu[voice]'"
                " · needs yashu[voice]: run python3 run.py voice"
            )
        try:
            find_model(value)
        except (UnfitModel, OSError) as error:
            said = UNFIT_MODELS[error.why if isinstance(error, UnfitModel) else Unfit.BROKEN]
            raise ValueError(f"{value}：{said}") from None
        return value

    @model_validator(mode="after")
    def _webhook_is_secret(self) -> Self:
        if self.webhook_url:
            secret = self.webhook_secret.get_secret_value() if self.webhook_secret else ""
            if not WEBHOOK_SECRET.fullmatch(secret):
                raise ValueError(
                    "WEBHOOK_SECRET: 有 WEBHOOK_URL 时必须设置，32 到 256 个字母、数字、_ 或 -"
                    " · with WEBHOOK_URL a secret of 32 to 256 letters, digits, _ or - is needed"
                )
        return self

    @model_validator(mode="after")
    def _mail_has_a_server(self) -> Self:
        if self.alarm_mail and not self.smtp_url:
            raise ValueError("SMTP_URL: 有 ALARM_MAIL 时必须设置 · with ALARM_MAIL a mail server is needed")
        return self

    @property
    def database(self) -> str:
        """The database's address."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir.absolute() / 'yashu.db'}"

    @property
    def database_file(self) -> Path | None:
        """The file of SQLite; None on a server."""
        address = make_url(self.database)
        return Path(address.database or "") if address.get_backend_name() == "sqlite" else None

    @property
    def backups(self) -> Path:
        """The folder of backups."""
        return self.backup_dir or self.data_dir / "backups"

    @property
    def proxy(self) -> str | None:
        """The proxy to Telegram, if any. HTTPS_PROXY is for https alone; a server next door is not behind it."""
        return self.telegram_proxy or (self.https_proxy if self.bot_api_base.startswith("https:") else None)

    @property
    def bot_id(self) -> int:
        """The bot's number, the first part of its token."""
        return int(self.bot_token.get_secret_value().partition(":")[0])


class GivenSettings(Settings):
    """Settings from the program alone: what stands in the environment or in `.env` belongs to another installation."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def read_settings(kind: type[Settings] = Settings, /, **given: Any) -> Settings:
    """Read and check every setting. Raises BrokenSetting with one line per setting that is missing or wrong."""
    try:
        return kind(**given)
    except ValidationError as error:
        raise BrokenSetting("\n".join(_line(dict(item)) for item in error.errors(include_input=False))) from None


def _line(error: dict[str, Any]) -> str:
    name = "_".join(str(part) for part in error["loc"]).upper()
    if error["type"] == "missing":
        field = Settings.model_fields[str(error["loc"][0])]
        return f"{name}: 未设置，运行 `yashu init` 可写好 · is missing: {field.description}; `yashu init` writes it"
    what = str(error["msg"]).removeprefix("Value error, ")
    return f"{name}: {what}" if name else what
