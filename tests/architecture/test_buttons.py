"""What buttons carry: each door has a word of its own, and the longest of it still fits where Telegram cuts."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.cases.actions import Action
from bot.outbox.buttons import Press

ROOT = Path(__file__).parents[2]
READ = [path for folder in ("handlers", "bot/outbox") for path in sorted((ROOT / folder).rglob("*.py"))]
MOST = 64
"""Bytes of callback data that Telegram takes."""

WIDEST = "9" * 12
"""What may stand in a gap: the number of a row (a trillion of them), or a shorter word."""

OF_CASES = "c"


def doors() -> list[str]:
    """The word of every door that presses go through."""
    calls = (node for path in READ for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    return [
        node.args[0].value
        for node in calls
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Data"
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    ]


def carried() -> Iterator[tuple[str, str]]:
    """Every callback data that is written down in the code, with the widest in its gaps; and where."""
    known = set(doors())
    for path in READ:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                first = node.values[0]
                begin = str(first.value) if isinstance(first, ast.Constant) else ""
                if begin.partition(":")[0] in known and ":" in begin:
                    yield path.name, "".join(_part(one) for one in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                begin, colon, _ = node.value.partition(":")
                if begin in known and colon and " " not in node.value:
                    yield path.name, node.value


def _part(one: ast.expr) -> str:
    return str(one.value) if isinstance(one, ast.Constant) else WIDEST


def test_no_two_doors_listen_to_the_same_word() -> None:
    found = Counter(doors())
    assert len(found) > 15
    assert [word for word, times in found.items() if times > 1] == []
    assert OF_CASES not in found
    assert all(":" not in word for word in found)


def test_what_a_button_carries_fits() -> None:
    found = list(carried())
    assert len({data.partition(":")[0] for _, data in found}) > 12
    assert [one for one in found if len(one[1].encode()) > MOST] == []


def test_a_press_on_a_case_fits_whatever_it_does() -> None:
    longest = max(Action, key=len)
    assert len(Press(int(WIDEST), longest, 10**6, WIDEST).pack().encode()) <= MOST
