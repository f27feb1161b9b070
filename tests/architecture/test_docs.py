"""What is written about the product is true of it: settings, commands, paths, links, words, the life of a case."""

import re
from pathlib import Path

import pytest

from bot.app import DOOR_S, FINISH_S
from bot.cases.actions import Action
from bot.cases.case import Status
from bot.cases.lifecycle import mermaid
from bot.cli import main
from bot.config import SHIPPED_CATALOGUE, SHIPPED_CHECKLISTS, Settings
from bot.texts.unit import STATUSES
from storage.tables import metadata

ROOT = Path(__file__).parents[2]
OPERATIONS = [ROOT / "docs" / "operations.md", ROOT / "docs" / "operations.zh-CN.md"]
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
PAGES = [*READMES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
OF_RUN_PY = {"test", "dev", "voice", "--help"}
"""What run.py does itself; everything else is a command of yashu."""
PICTURE_BYTES = 400_000


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


def settings_told(readme: Path) -> dict[str, str]:
    """Name and default of every row of the table of settings."""
    return dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]+?) \|", text_of(readme), re.MULTILINE))


def shown(value: object) -> str | None:
    """A default as a table writes it; None where it says it in words."""
    if value in (None, (), "", SHIPPED_CATALOGUE, SHIPPED_CHECKLISTS):
        return None
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


@pytest.mark.parametrize("readme", READMES, ids=name_of)
def test_every_setting_stands_in_the_table_with_its_default_and_no_other(readme: Path) -> None:
    told = settings_told(readme)
    assert set(told) == {name.upper() for name in Settings.model_fields}
    in_words = {"BOT_TOKEN", "DATABASE_URL", "CATALOGUE", "CHECKLISTS", "BACKUP_DIR"}
    differ = {
        name.upper(): (told[name.upper()], field.default)
        for name, field in Settings.model_fields.items()
        if name.upper() not in in_words
        and told[name.upper()] != (shown(field.default) or ("none" if readme.name == "README.md" else "无"))
    }
    assert differ == {}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_that_is_told_exists(page: Path) -> None:
    words = re.sub(r"git clone .*|compose stop .*|alter database .*|(?:-u|-U|exec) yashu\b", "", text_of(page))
    told = set(re.findall(r"(?:run\.py|\byashu) ([a-z][a-z-]+)", words))
    in_prose = {word for word in told if word not in main.commands and word not in OF_RUN_PY}
    assert in_prose == set()


def test_both_readmes_tell_every_command_that_people_need() -> None:
    for readme in READMES:
        for command in ("demo", "test", "init", "doctor", "run", "chaos"):
            assert f"python3 run.py {command}" in text_of(readme), f"{readme.name}: {command}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_path_that_is_named_is_there(page: Path) -> None:
    named = re.findall(
        r"`((?:bot|handlers|storage|tests|docs)/[\w./-]*|(?:\.env\.example|run\.py|constraints\.txt))`", text_of(page)
    )
    generic = {"bot/texts/locale/xx.po"}
    assert [path for path in named if path not in generic and not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text_of(page))
    inside = [link for link in links if not link.startswith(("http://", "https://"))]
    assert [link for link in inside if not (page.parent / link).exists()] == []


def test_the_life_of_a_case_is_drawn_from_the_table() -> None:
    drawn = re.search(r"```mermaid\n(.*?)```", text_of(ROOT / "docs" / "life-cycle.md"), re.DOTALL)
    assert drawn is not None
    assert drawn[1] == mermaid(), "print it anew: yashu life-cycle"


def test_the_glossary_names_every_status_as_the_unit_reads_it() -> None:
    told = dict(re.findall(r"^\| `([a-z_]+)` \| ([^|]+?) \|", text_of(ROOT / "docs" / "glossary.md"), re.MULTILINE))
    assert set(told) == {status.value for status in Status}
    by_whom = {Status.DRAFT: "草稿", Status.WITHDRAWN: "已撤回"}
    assert told == {status.value: by_whom.get(status) or STATUSES[status] for status in Status}


def test_the_glossary_names_every_table() -> None:
    glossary = text_of(ROOT / "docs" / "glossary.md")
    assert [table for table in metadata.tables if f"`{table}`" not in glossary and f"`{table}." not in glossary] == []


def test_the_glossary_names_only_what_the_code_says() -> None:
    glossary = text_of(ROOT / "docs" / "glossary.md").split("## Words we don't use", maxsplit=1)[0]
    code = "\n".join(
        text_of(path) for folder in ("bot", "handlers", "storage") for path in (ROOT / folder).rglob("*.py")
    )
    classes = set(re.findall(r"`([A-Z][a-z]\w+)(?:\.\w+)?`", glossary))
    assert len(classes) > 20
    assert [name for name in classes if not re.search(rf"^(?:class {name}\b|{name}\b.* = )", code, re.MULTILINE)] == []


def test_the_glossary_names_every_deed_somebody_can_press() -> None:
    glossary = text_of(ROOT / "docs" / "glossary.md")
    doors = "\n".join(text_of(path) for path in (ROOT / "handlers").rglob("*.py"))
    pressed = {Action[name] for name in re.findall(r"Action\.([A-Z_]+)\b", doors)}
    assert pressed
    assert [deed.value for deed in pressed if not re.search(rf"\b{deed.value}\b", glossary)] == []


@pytest.mark.parametrize("page", DECISIONS, ids=name_of)
def test_a_decision_has_a_context_and_consequences_and_fits_a_page(page: Path) -> None:
    text = text_of(page)
    number = int(page.name[:4])
    assert text.startswith(f"# {number}. ")
    assert [part for part in ("**Context.**", "**Decision.**", "**Consequences.**") if part not in text] == []
    assert len(text.splitlines()) <= 60


def test_every_decision_is_listed_and_numbered_without_a_gap() -> None:
    index = text_of(ROOT / "docs" / "decisions" / "README.md")
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    for page in DECISIONS:
        title = text_of(page).splitlines()[0].partition(". ")[2]
        assert f"[{title}]({page.name})" in index


@pytest.mark.parametrize("page, head", [("operations.md", "| Alarm |"), ("operations.zh-CN.md", "| 报警 |")])
def test_every_alarm_is_explained_to_those_who_get_it(page: str, head: str) -> None:
    """One row for each, and one for all that say that a case stands still."""
    source = text_of(ROOT / "bot" / "texts" / "running.py")
    begin = source.index("def alarm(")
    alarms = re.findall(r'^ +"([a-z_]+)": *"(.*)"', source[begin : source.index("}[what]", begin)], re.MULTILINE)
    rows = text_of(ROOT / "docs" / page).partition(head)[2].split("\n\n")[0].splitlines()[2:]
    single = [words for name, words in alarms if not name.endswith("_long")]
    told = [row.split("|")[1].strip() for row in rows]
    assert len(single) > 5
    assert [words for words in single if not any(each in words for each in told)] == []
    assert len(told) == len(single) + 1


def test_the_picture_is_there_and_small_enough() -> None:
    picture = ROOT / "docs" / "pictures" / "chat-page.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < PICTURE_BYTES
    assert all(name_of(picture) in text_of(readme) for readme in READMES)


def test_the_service_is_the_same_in_both_languages_and_gives_time_to_end() -> None:
    (unit,) = {re.findall(r"```\n(\[Unit\].*?)```", text_of(page), re.DOTALL)[0] for page in OPERATIONS}
    told = dict(line.split("=", 1) for line in unit.splitlines() if "=" in line)
    assert float(told["TimeoutStopSec"]) >= FINISH_S + DOOR_S + 5
    assert told["ExecStart"].endswith("run.py run") and (ROOT / "run.py").exists()
    assert int(told["UMask"], 8) == 0o077
