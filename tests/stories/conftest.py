"""Fixtures for stories."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.stories.register import installed
from tests.town import Town

NOON_S = 12 * 3600


@pytest.fixture
def folder(tmp_path: Path, template: Path) -> Path:
    """A data folder with the demo district in it."""
    return installed(tmp_path / "data", template)


@pytest.fixture
async def by_day(town: Town) -> None:
    """The story begins at noon, when nobody sleeps."""
    local = (town.app.office.clock.now() + timedelta(hours=8)).time()
    seconds = local.hour * 3600 + local.minute * 60 + local.second
    await town.post("clock", {"add": (NOON_S - seconds) % 86400})
    await town.settles()
