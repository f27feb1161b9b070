"""Every setting: its name in the environment, its unit, its default. A wrong or missing one refuses to start and says why."""

from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.cases.errors import BrokenSetting

SECRET_LENGTH = 32
SHIPPED_CATALOGUE = Path(__file__).parent / "cases" / "matters.toml"


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
    holidays: Path | None = Field(None, description="CSV date,workday|holiday of the district; overrides the calendar")

    admin_ids: Annotated[tuple[int, ...], NoDecode] = Field((), description="Telegram ids of admins, with commas")
    language: Literal["zh", "en"] = Field("zh", description="language of groups and of people who chose none")
    district: str = Field("东乡", description="name of the district, shown in greetings")
    number_prefix: str = Field("", max_length=4, description="put before case numbers")

    messages_per_second: float = Field(30, gt=0, le=100_000, description="all chats together")
    messages_per_group_minute: float = Field(20, gt=0, le=100_000, description="one group")
    messages_per_chat_second: float = Field(1, gt=0, le=100_000, description="one private chat, after a burst of 3")
    tick_seconds: float = Field(5, gt=0, le=60, description="how often due clocks are looked for")
    quiet_drafts_minutes: float = Field(30, gt=0, description="a draft that rests is recalled after")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="how much is logged")

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _numbers(cls, value: object) -> object:
        if isinstance(value, str):
            parts = [part.strip() for part in value.replace("，", ",").split(",") if part.strip()]
            if wrong := [part for part in parts if not part.isdecimal()]:
                raise ValueError(f"{wrong[0]!r} is not a Telegram id (digits only, several with commas)")
            return tuple(int(part) for part in parts)
        return value

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        number, _, secret = value.get_secret_value().partition(":")
        if not number.isdecimal() or len(secret) < 10:
            raise ValueError("this does not look like a token (123456:ABC...); BotFather gives it")
        return value

    @field_validator("bot_api_base", "webhook_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).netloc):
            raise ValueError("an address like https://example.org is expected")
        return value.rstrip("/") if value else value

    @field_validator("webhook_listen")
    @classmethod
    def _listen(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port) < 65536:
            raise ValueError("host:port is expected, e.g. 127.0.0.1:8080")
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            driver = make_url(value).drivername
        except ArgumentError:
            driver = ""
        if driver not in {"sqlite+aiosqlite", "postgresql+asyncpg"}:
            raise ValueError("sqlite+aiosqlite:///path or postgresql+asyncpg://user:password@host/name is expected")
        return value

    @model_validator(mode="after")
    def _webhook_is_secret(self) -> Self:
        if self.webhook_url:
            secret = self.webhook_secret.get_secret_value() if self.webhook_secret else ""
            if len(secret) < SECRET_LENGTH or not secret.replace("_", "").replace("-", "").isalnum():
                raise ValueError(
                    f"WEBHOOK_SECRET: with WEBHOOK_URL a secret of at least {SECRET_LENGTH} letters, digits, _ or - is needed"
                )
        return self

    @property
    def database(self) -> str:
        """The database's address."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir.absolute() / 'yashu.db'}"

    @property
    def proxy(self) -> str | None:
        """The proxy to Telegram, if any."""
        return self.telegram_proxy or self.https_proxy

    @property
    def bot_id(self) -> int:
        """The bot's number, the first part of its token."""
        return int(self.bot_token.get_secret_value().partition(":")[0])


def read_settings(**given: Any) -> Settings:
    """Read and check every setting. Raises BrokenSetting with one line per setting that is missing or wrong."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise BrokenSetting("\n".join(_line(dict(item)) for item in error.errors(include_input=False))) from None


def _line(error: dict[str, Any]) -> str:
    name = "_".join(str(part) for part in error["loc"]).upper()
    if error["type"] == "missing":
        field = Settings.model_fields[str(error["loc"][0])]
        return (
            f"{name} is missing: {field.description}. Set it in the environment or in .env (`yashu init` writes one)."
        )
    what = str(error["msg"]).removeprefix("Value error, ")
    return f"{name}: {what}" if name else what
