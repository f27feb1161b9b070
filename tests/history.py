"""Earlier commits of this repository, where its history is at hand."""

import io
import subprocess
import tarfile
from pathlib import Path

import pytest

NO_HISTORY = "the history of the repository is not here"
"""The one reason to skip that nothing which could be installed would take away (see tests/conftest.py)."""

_ROOT = Path(__file__).parents[1]
_PRODUCT = ("bot", "handlers", "storage")


def checkout(commit: str, folder: Path) -> Path:
    """The product as it was, in a new folder. Skips the test where git or the commit is not there."""
    try:
        asked = ["git", "archive", commit, *_PRODUCT]
        packed = subprocess.run(asked, cwd=_ROOT, check=True, capture_output=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"{NO_HISTORY}: {error}")
    with tarfile.open(fileobj=io.BytesIO(packed)) as product:
        product.extractall(folder, filter="data")
    return folder
