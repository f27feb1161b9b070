"""The short form of an upgrade of replicas; `yashu chaos --replicas 3 --beside FOLDER ...` is the long one."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.lab.chaos import Trial
from bot.lab.chaos_beside import versions_of
from bot.lab.chaos_bot import ROOT, ChaosFailedError
from bot.lab.chaos_herd import herd
from bot.lab.homes import Kind
from storage.migrations import HEAD
from tests.databases import POSTGRESQL
from tests.history import checkout

BEFORE = "dca65407a8fe8a9be45c82ed64bce9c40cf24e6e"
"""The last commit that knows step 0030 and not 0031. What made tests/storage/frozen/0025 could not read a draft that
has more in it than it knew (Draft.read can since): beside ours it loses nothing either, but tries again and again."""

STEP_BEFORE = "0030"


@pytest.mark.parametrize("database", [POSTGRESQL])
async def test_the_version_before_and_ours_work_side_by_side_and_an_upgrade_loses_nothing(
    database: Kind, tmp_path: Path
) -> None:
    """The old one is alone, people are in the middle of reports, ours comes, each is struck, the old one goes."""
    before = checkout(BEFORE, tmp_path)
    trial = Trial(
        kills=1,
        stops=1,
        database=database,
        delivery="webhook",
        seed=1,
        people=12,
        pace=150,
        replicas=2,
        beside=before,
    )
    result = await herd(24, trial)
    assert result.broken == [], result
    assert (result.reports, result.cases, result.kills, result.stops) == (24, 24, 1, 3)
    told = result.versions
    for version in (f"before ({STEP_BEFORE})", f"present ({HEAD})"):
        assert told[f"{version}: programs"] == 1
        assert told[f"{version}: times in charge"] >= 1
        assert told[f"{version}: updates taken"] > 0
    assert told[f"before ({STEP_BEFORE}): lives that ended"] >= 2, "struck or asked to stop, and gone at the end"
    assert told[f"before ({STEP_BEFORE}): found the database newer"] >= 1
    assert told[f"present ({HEAD}): found the database newer"] == 0


async def test_code_that_is_not_of_the_checkout_is_no_version_before(tmp_path: Path) -> None:
    """What is installed must not win unseen."""
    with pytest.raises(ChaosFailedError, match="is not that of"):
        await versions_of(2, tmp_path, ROOT)


def test_one_program_alone_has_nothing_beside_it(tmp_path: Path) -> None:
    asked = [sys.executable, "-m", "bot.cli", "chaos", "--beside", str(tmp_path)]
    said = subprocess.run(asked, cwd=ROOT, check=False, capture_output=True, text=True)
    assert (said.returncode, "--beside needs several replicas" in said.stderr) == (2, True)
