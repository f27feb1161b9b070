"""Reads what arrives as bytes. One update that no reader of JSON accepts must not keep out those beside it.

Telegram's text may hold half a surrogate pair, and what stands between it and us may send anything.
"""

import re
from collections.abc import Iterator

import orjson

_RESULT = re.compile(rb'"result"\s*:\s*\[')
_NUMBER = re.compile(rb'"update_id"\s*:\s*(\d{1,18})\b')
_SIGN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]]', re.DOTALL)


def read_update(body: bytes) -> object:
    """The update, or what is left of one that cannot be read: its number, if that can be found, and its text."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        number = _NUMBER.search(body)
        known = {"update_id": int(number[1])} if number else {}
        return {**known, "unreadable": body.decode("utf-8", "replace")}


def read_batch(body: bytes) -> list[object]:
    """The updates of an answer to getUpdates that is unreadable as a whole, each by itself; none if it is no answer."""
    begin = _RESULT.search(body)
    return [read_update(piece) for piece in _pieces(body, begin.end())] if begin else []


def _pieces(body: bytes, at: int) -> Iterator[bytes]:
    """The objects of a list that begins there. One that does not end is none."""
    depth, begin = 0, at
    for sign in _SIGN.finditer(body, at):
        if sign[0] in b"{[":
            begin = sign.start() if depth == 0 else begin
            depth += 1
        elif sign[0] in b"}]":
            depth -= 1
            if depth < 0:
                return
            if depth == 0:
                yield body[begin : sign.end()]
