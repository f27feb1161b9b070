"""Writes a workbook: {"sheets": [...]} on standard input, an xlsx file on standard output. A process of its own."""

import json
import sys

from bot.papers.sheets import Sheet, workbook

if __name__ == "__main__":
    facts = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(workbook([Sheet(**one) for one in facts["sheets"]]))
