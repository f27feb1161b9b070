"""Fixtures for all tests."""

import asyncio
import os
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import pytest

from tests.databases import POSTGRESQL, SQLITE, forget, known
from tests.town import Town, open_town, prepared


@pytest.fixture(scope="session", params=(SQLITE, POSTGRESQL))
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database; whatever needs one is told on both."""
    return request.param


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, kind: str) -> Path:
    """A prepared data folder; each story works on its copy."""
    return asyncio.run(prepared(tmp_path_factory.mktemp("template"), kind))


@pytest.fixture(autouse=True)
def no_database_left() -> Iterator[None]:
    """What a test copied on PostgreSQL goes with it."""
    before = known()
    yield
    forget(known() - before)


@pytest.fixture
async def town(tmp_path: Path, template: Path) -> AsyncIterator[Town]:
    """A town at work."""
    async with open_town(tmp_path / "data", template) as opened:
        yield opened


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything is installed (.ci/run says so) a test that skips for want of something has failed."""
    report = yield
    if report.skipped and os.environ.get("YASHU_MUST_NOT_SKIP"):
        report.outcome, report.longrepr = "failed", f"must not be skipped here: {report.longrepr}"
    return report
