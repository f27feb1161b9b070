"""Fixtures for all tests."""

import asyncio
import gc
import os
import warnings
from collections.abc import AsyncIterator, Generator, Iterator, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.cases.catalogue import Catalogue
from bot.cases.catalogue_file import SHIPPED, load
from bot.demo_town import TOKEN
from tests.databases import POSTGRESQL, SQLITE, forget, known, quick_folder
from tests.history import NO_HISTORY
from tests.town import NAMES, WRITTEN, Town, open_town, prepared

ALWAYS_ON_BOTH = (
    "tests/engine/",
    "tests/storage/",
    *(
        f"tests/stories/test_{name}.py"
        for name in ("a_lamp", "verify", "mine", "joining", "stats", "units", "works", "orders")
    ),
    *(f"tests/stories/test_{name}.py" for name in ("moving", "recording", "privacy")),
)
"""What YASHU_DATABASES=quick tells on PostgreSQL too."""

FROM_OUTSIDE = ("tests/chaos/", "tests/lab/")
"""What starts the product in processes of its own: long, and no line of it is seen by coverage."""


@pytest.fixture(scope="session", params=(SQLITE, POSTGRESQL))
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database."""
    return request.param


def pytest_configure() -> None:
    """Every commit of a story waits for the disk of `tmp_path`: a fifth of its time."""
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(quick_folder()))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Everything is told on both databases. YASHU_DATABASES=quick leaves out much of PostgreSQL and what looks at the
    product from outside, =rest all but that."""
    wanted = os.environ.get("YASHU_DATABASES", "both")
    if wanted == "both":
        return
    rest = {item for item in items if _is_rest(item)}
    chosen = {"quick": set(items) - rest, "rest": rest}.get(wanted)
    if chosen is None:
        raise pytest.UsageError("YASHU_DATABASES is both, quick or rest")
    config.hook.pytest_deselected(items=[*set(items) - chosen])
    items[:] = [item for item in items if item in chosen]


def _is_rest(item: pytest.Item) -> bool:
    if item.nodeid.startswith(FROM_OUTSIDE):
        return True
    return _on_postgresql(item) and not item.nodeid.startswith(ALWAYS_ON_BOTH)


def _on_postgresql(item: pytest.Item) -> bool:
    return (
        isinstance(item, pytest.Function)
        and POSTGRESQL in getattr(getattr(item, "callspec", None), "params", {}).values()
    )


@pytest.fixture(scope="session", autouse=True)
def catalogue_read_once() -> Iterator[None]:
    """The shipped catalogue never changes; reading it took a third of opening a town."""
    once = cache(load)

    def read(path: Path) -> Catalogue:
        return once(path) if path == SHIPPED else load(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.app.load", read)
        yield


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, database: str) -> Path:
    """A prepared data folder; each story works on its copy."""
    return asyncio.run(prepared(tmp_path_factory.mktemp("template"), database))


@pytest.fixture(autouse=True)
def no_database_left() -> Iterator[None]:
    """What a test copied on PostgreSQL goes with it."""
    before = known()
    yield
    forget(known() - before)


@pytest.fixture(autouse=True)
def nobody_in_the_logs() -> Iterator[None]:
    """Whatever a test does, no word that somebody wrote to the bot, no name and no token gets into a log."""
    logged: list[str] = []

    def keep(_logger: object, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        logged.append(str(event))
        return event

    structlog.configure(processors=[keep, *structlog.get_config()["processors"]])
    WRITTEN.clear()
    yield
    structlog.reset_defaults()
    hushed = {*WRITTEN, *NAMES, TOKEN.partition(":")[2]}
    assert [line for line in logged if any(word in line for word in hushed)] == []


@pytest.fixture
async def town(tmp_path: Path, template: Path) -> AsyncIterator[Town]:
    """A town at work."""
    async with open_town(tmp_path / "data", template) as opened:
        yield opened


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """What a stop cut short may have had a connection in hand; it goes with its story, not under another one.

    Whatever is still there then stays for long (libraries, statements). To look through that again after every story
    took a third of the time of all tests.
    """
    done = yield
    if "tmp_path" in getattr(item, "fixturenames", ()):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()
        gc.freeze()
    return done


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything is installed (.ci/run says so) a test that skips for want of something has failed.

    What was given away without its history, or cloned without it, cannot get it by installing.
    """
    report = yield
    if report.skipped and os.environ.get("YASHU_MUST_NOT_SKIP") and NO_HISTORY not in str(report.longrepr):
        report.outcome, report.longrepr = "failed", f"must not be skipped here: {report.longrepr}"
    return report
