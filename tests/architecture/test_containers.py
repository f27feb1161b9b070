"""Dockerfile, compose.yaml, Caddyfile and what the guides say of them fit together, and fit the program."""

import re
import tomllib
from pathlib import Path

from bot.app import DOOR_S, FINISH_S
from bot.config import Settings

ROOT = Path(__file__).parents[2]
IMAGE, COMPOSE, CADDY, IGNORED = (
    (ROOT / name).read_text("utf-8") for name in ("Dockerfile", "compose.yaml", "Caddyfile", ".dockerignore")
)
GUIDES = [(ROOT / "docs" / name).read_text("utf-8") for name in ("operations.md", "operations.zh-CN.md")]
OF_COMPOSE = {"DOMAIN", "POSTGRES_PASSWORD", "PIP_INDEX_URL", "EXTRAS"}
OF_OTHERS = {"POSTGRES_USER", "POSTGRES_DB", "PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"} | OF_COMPOSE


def service(name: str) -> str:
    """The lines of one service of compose.yaml."""
    return re.findall(rf"^  {name}:\n((?:    .*\n|\n)+)", COMPOSE, re.MULTILINE)[0]


def given(where: str, name: str) -> str:
    """A value of compose.yaml (`name:`) or of the Caddyfile (`name`)."""
    return re.findall(rf"\b{name} (.+?)}}?$", where, re.MULTILINE)[0]


def test_what_the_containers_are_given_are_settings_and_what_they_ask_for_is_told() -> None:
    settings = {name.upper() for name in Settings.model_fields}
    names = set(re.findall(r"^ {6}([A-Z_]+):", COMPOSE, re.MULTILINE))
    names |= set(re.findall(r"([A-Z_]+)=", re.findall(r"^ENV (.*)$", IMAGE, re.MULTILINE)[0]))
    assert {"DATABASE_URL", "WEBHOOK_URL", "WEBHOOK_SECRET", "DATA_DIR", "HEALTH_LISTEN"} <= names
    assert names - OF_OTHERS <= settings
    assert set(re.findall(r"\$\{([A-Z_]+)", COMPOSE)) - settings == OF_COMPOSE
    assert set(re.findall(r"\{\$([A-Z_]+)\}", CADDY)) == {"DOMAIN"}
    for guide in GUIDES:
        assert [name for name in OF_COMPOSE if not re.search(rf'["`]{name}[=`]', guide)] == []


def test_the_user_inside_owns_the_folder_and_cannot_write_the_keys() -> None:
    uid = re.findall(r"--uid (\d+)", IMAGE)[0]
    assert all(f"chown -R {uid}:{uid} data " in guide and f"install -o {uid}" in guide for guide in GUIDES)
    assert 'volumes: ["./data:/data", "./data/keys:/data/keys:ro"]' in service("yashu")
    for held in ("read_only: true", "tmpfs: [/tmp]", "cap_drop: [ALL]", '["no-new-privileges:true"]'):
        assert held in service("yashu")
    assert IMAGE.index("USER yashu") < IMAGE.index("ENTRYPOINT")


def test_the_proxy_knows_every_replica_and_asks_it_whether_it_lives() -> None:
    project, replicas = re.findall(r"^name: (\w+)$", COMPOSE, re.MULTILINE)[0], int(given(COMPOSE, "replicas:"))
    door, health = (given(COMPOSE, f"{name}:").rpartition(":")[2] for name in ("WEBHOOK_LISTEN", "HEALTH_LISTEN"))
    asked = re.findall(r"reverse_proxy (.+) \{", CADDY)[0].split()
    assert asked == [f"{project}-yashu-{number}:{door}" for number in range(1, replicas + 1)]
    assert given(CADDY, "health_port") == health
    page = given(CADDY, "health_uri")
    assert f"127.0.0.1:{health}{page}'" in IMAGE
    assert f'"{page}"' in (ROOT / "handlers" / "web" / "health.py").read_text("utf-8")
    assert "./Caddyfile:/etc/caddy/Caddyfile:ro" in service("proxy")


def test_a_container_has_time_to_end_and_its_log_an_end_too() -> None:
    assert float(given(COMPOSE, "stop_grace_period:").rstrip("s")) >= FINISH_S + DOOR_S + 5
    for name in ("database", "yashu", "proxy"):
        assert "logging: {driver: local}" in service(name) and "restart: always" in service(name)


def test_a_database_is_ready_when_it_answers_by_address() -> None:
    assert "pg_isready, -U, yashu, -h, 127.0.0.1" in service("database")
    assert "database: {condition: service_healthy}" in service("yashu")


def test_the_image_is_made_of_the_program_alone() -> None:
    copied = {part for line in re.findall(r"^COPY (?!--)(.+) \S+$", IMAGE, re.MULTILINE) for part in line.split()}
    lines = [line for line in IGNORED.splitlines() if not line.startswith("#")]
    assert lines[0] == "*"
    assert {line[1:] for line in lines if line.startswith("!")} == copied
    assert all((ROOT / name).exists() for name in copied)


def test_the_image_has_what_a_server_needs_and_takes_all_of_it_from_the_lock() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    usual = re.findall(r"^ARG EXTRAS=(.+)$", IMAGE, re.MULTILINE)[0]
    assert f"EXTRAS: ${{EXTRAS:-{usual}}}" in service("yashu")
    assert {"proxy", "postgresql"} <= set(usual.split(",")) <= extras.keys()
    assert all(f"EXTRAS={usual},voice" in guide for guide in GUIDES)
    assert "--require-hashes -r /uv.txt" in IMAGE and "-c constraints.txt -b constraints.txt" in IMAGE


def test_both_guides_give_the_same_commands() -> None:
    english, chinese = (
        re.findall(r"^(?:sudo |\()?docker compose [^#\n]+?(?=\s*(?:#|$))", guide, re.M) for guide in GUIDES
    )
    assert english == chinese and len(english) > 8
