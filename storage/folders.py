"""Folders on a disk: what was made, renamed or deleted in one is there after a power cut too."""

import os
import sys
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk; the bytes of its files are not waited for. Raises OSError."""
    if sys.platform == "win32":  # it cannot open a folder, and writes names through
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
