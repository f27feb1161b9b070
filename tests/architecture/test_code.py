"""Rules that no type checker knows: who may send, who may catch everything, where sentences live, what tables are."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import BigInteger, DateTime, LargeBinary, create_engine

from storage.migrations import HEAD, upgrade_now
from storage.tables import Key, UTCDateTime, metadata

ROOT = Path(__file__).parents[2]
PRODUCT = [path for folder in ("bot", "handlers", "storage") for path in sorted((ROOT / folder).rglob("*.py"))]
TALKERS = ("answer", "reply", "send", "edit", "copy", "forward", "delete", "pin", "unpin", "stop_poll", "ban", "leave")
CATCHES_ALL = {
    "bot/intake/worker.py",
    "bot/intake/poller.py",
    "bot/intake/arrivals.py",
    "bot/intake/webhook.py",
    "bot/outbox/arrived.py",
    "bot/outbox/clerk.py",
    "bot/outbox/sender.py",
    "bot/jobs/clocks.py",
    "bot/jobs/timetable.py",
}
NAMES = {"中文", "东乡", "东乡伢叔"}
"""A language named in itself; the district that is the default, and its bot in the demo."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SPEAKS_CHINESE = (
    "bot/texts/",
    "bot/lab/",
    "bot/sandbox/",
    # what people write and we understand, not what we say
    "bot/cases/",
    "handlers/resident/hearing.py",
    "handlers/resident/numbers.py",
    # what is wrong with a setting is said in both languages at once: which one is chosen is a setting too
    "bot/config.py",
    "bot/intake/poller.py",
)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def product(*folders: str) -> list[Path]:
    """Files of the product below these folders, without sandbox and lab."""
    names = [path for path in PRODUCT if name_of(path).startswith(folders)]
    return [path for path in names if not name_of(path).startswith(("bot/sandbox/", "bot/lab/"))]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@pytest.mark.parametrize("path", product("handlers/", "bot/desk/"), ids=name_of)
def test_doors_and_desk_return_what_is_to_be_said_and_send_nothing(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Await) and isinstance(node.value, ast.Call):
            called = node.value.func
            method = called.attr if isinstance(called, ast.Attribute) else ""
            on = called.value if isinstance(called, ast.Attribute) else None
            receiver = on.attr if isinstance(on, ast.Attribute) else on.id if isinstance(on, ast.Name) else ""
            told = receiver in {"message", "query", "bot", "_bot", "callback", "chat", "event"}
            assert not (told and method.startswith(TALKERS)), f"line {node.lineno}: await {receiver}.{method}(...)"


@pytest.mark.parametrize("banned", ["start_polling", "SimpleRequestHandler", "run_polling", "setup_application"])
def test_updates_are_kept_before_they_are_acknowledged_which_aiograms_own_ways_do_not(banned: str) -> None:
    assert [name_of(path) for path in product("bot/", "handlers/") if banned in path.read_text("utf-8")] == []


def test_everything_is_caught_only_where_a_loop_must_live() -> None:
    found = {name_of(path) for path in product("bot/", "handlers/", "storage/") if any(_catches_all(tree(path)))}
    assert found <= CATCHES_ALL


def _catches_all(module: ast.Module) -> Iterator[bool]:
    for node in ast.walk(module):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else "BaseException"
            yield re.search(r"\b(Base)?Exception\b", caught) is not None


@pytest.mark.parametrize(
    "path",
    [one for one in product("bot/", "handlers/", "storage/") if not name_of(one).startswith(SPEAKS_CHINESE)],
    ids=name_of,
)
def test_sentences_live_in_texts(path: Path) -> None:
    chinese = [
        f"line {node.lineno}: {node.value!r}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(node.value)
        if node.value not in {*_docstrings(path), *NAMES}
    ]
    assert chinese == []


def _docstrings(path: Path) -> set[str]:
    having = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = (node for node in ast.walk(tree(path)) if isinstance(node, having))
    return {doc for node in nodes if (doc := ast.get_docstring(node, clean=False))}


NO_KEY = {
    *("message_id", "card", "card_id", "chat_id", "topic_id", "place", "bot_id", "update_id"),
    *("size", "look", "epoch", "row_id"),
}
"""Large numbers that are made of no key: of the channel, sizes, likenesses."""


def test_every_column_that_hangs_on_a_key_says_so() -> None:
    """Otherwise `yashu rotate-keys` would leave it to the old key."""
    columns = [column for table in metadata.sorted_tables for column in table.columns]
    sealed = [str(one) for one in columns if isinstance(one.type, LargeBinary)]
    assert sealed == [str(one) for one in columns if one.info.get("sealed") in {"vault", "content"}]
    large = [one for one in columns if isinstance(one.type, BigInteger) and one.type is not Key]
    plain = [one for one in large if not one.foreign_keys and one.name not in NO_KEY and str(one) != "people.id"]
    assert [str(one) for one in plain if "keyed" not in one.info] == []


MAY_CHANGE_CASES = {
    "bot/desk/moves.py": "every move, through `act`",
    "bot/desk/flagging.py": "every flag, through `raise_flag`",
    "bot/desk/following.py": "how often a reporter urged, what was rated",
    "bot/desk/joining.py": "how many joined",
    "bot/desk/correcting.py": "what a reporter says anew in the first ten minutes",
    "bot/desk/clarifying.py": "what a reporter answers before the dispatch",
    "bot/desk/merging.py": "how many a merged case brings with it, after the move",
    "bot/desk/confiding.py": "how many confidential supplements there are",
    "bot/desk/opening.py": "a withheld report that its dispatcher opens",
    "bot/desk/contacting.py": "how a reporter wants to be reached",
    "bot/desk/sealing.py": "a report that its reporter seals later",
    "bot/desk/worsening.py": "danger that is told of a case that is there",
    "bot/jobs/clocks.py": "yellow and red cards",
}


def _calls(path: Path) -> set[str]:
    """Everything that a file calls, as it is written."""
    return {ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}


def test_no_door_moves_a_case_but_through_authorize() -> None:
    """Rows of cases change in few places; the two that move and flag ask for the right first; handlers know neither."""
    changing = {name_of(path) for path in product("bot/", "handlers/") if "cases.change" in _calls(path)}
    assert changing <= MAY_CHANGE_CASES.keys()
    for path, name in (("bot/desk/moves.py", "act"), ("bot/desk/flagging.py", "raise_flag")):
        asked = [
            ast.unparse(node)
            for node in ast.walk(tree(ROOT / path))
            if isinstance(node, ast.AsyncFunctionDef) and node.name == name
        ]
        (code,) = asked
        assert code.index("await authorize(desk, ") < code.index("await cases.change(desk.tx, ")
    forbidden = {"act", "raise_flag", "moves.act", "flagging.raise_flag", "roles_towards", "move", "decided"}
    assert [name_of(path) for path in product("handlers/") if _calls(path) & forbidden] == []


def test_no_comment_is_code_that_was_switched_off_or_a_promise_to_do_it_later() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    found = [
        f"{name_of(path)}:{token.start[0]}"
        for path in PRODUCT
        for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
        if token.type == tokenize.COMMENT and later.search(token.string)
    ]
    assert found == []


def test_every_module_says_what_it_is() -> None:
    assert [name_of(path) for path in PRODUCT if not ast.get_docstring(tree(path))] == []


def test_the_migrations_make_exactly_the_tables_of_the_code(tmp_path: Path) -> None:
    upgrade_now(f"sqlite+aiosqlite:///{tmp_path / 'new.db'}")
    engine = create_engine(f"sqlite:///{tmp_path / 'new.db'}")
    with engine.connect() as connection:
        opts = {"compare_type": True, "compare_server_default": True, "include_name": _is_ours}
        context = MigrationContext.configure(connection, opts=opts)
        differences: Any = compare_metadata(context, metadata)
    engine.dispose()
    assert differences == []


def _is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """The index of words of SQLite keeps tables of its own."""
    return kind != "table" or not (name or "").startswith("case_words_index")


def test_head_is_the_newest_migration() -> None:
    assert ScriptDirectory(str(ROOT / "storage" / "migrations")).get_current_head() == HEAD


def test_every_time_in_the_tables_is_utc() -> None:
    naive = [
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, DateTime) and not isinstance(column.type, UTCDateTime)
    ]
    assert naive == []


@pytest.mark.parametrize("table", ["inbox", "outbox"])
def test_numbers_that_keys_and_serials_are_made_of_are_never_used_again(table: str) -> None:
    assert metadata.tables[table].dialect_options["sqlite"]["autoincrement"]


def test_whoever_writes_places_changes_the_stamp_of_the_grid() -> None:
    """Else a running bot would go on with the places it remembers."""
    writes = re.compile(r"(?:insert|update|delete)\(nodes\)|nodes\.(?:insert|update|delete)\(")
    functions = [
        (f"{name_of(path)}: {node.name}", ast.unparse(node))
        for path in product("storage/")
        if "migrations" not in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.AsyncFunctionDef)
    ]
    writers = [(name, code) for name, code in functions if writes.search(code)]
    assert len(writers) >= 3
    assert [name for name, code in writers if not re.search(r"await (?:grid\.)?changed\(tx\)", code)] == []


def test_imports_point_down_only() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
