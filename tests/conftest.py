"""Fixtures for all tests."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.town import Town, open_town, prepared


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared data folder; each story works on its copy."""
    return asyncio.run(prepared(tmp_path_factory.mktemp("template")))


@pytest.fixture
async def town(tmp_path: Path, template: Path) -> AsyncIterator[Town]:
    """A town at work."""
    async with open_town(tmp_path / "data", template) as opened:
        yield opened
