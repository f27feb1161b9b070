"""Writes a workbook: JSON on standard input, an xlsx on standard output. A process of its own.

Facts: name, title, head, rows, notes, widths.
"""

import json
import sys

from bot.papers.sheets import Sheet, workbook

if __name__ == "__main__":
    facts = json.load(sys.stdin.buffer)
    kept = {name: facts[name] for name in ("name", "title", "head", "rows", "notes", "widths")}
    sys.stdout.buffer.write(workbook([Sheet(**kept)]))
