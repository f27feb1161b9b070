"""Structured logs without names, texts, ids or tokens: what broke, of which kind, and where; never what was in it."""

import json
import logging
import re
import sys
from collections.abc import MutableMapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import structlog

TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")
DEEPEST = 8
"""How many of the innermost calls are told of an error."""


def blot(_logger: object, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blot out anything that looks like a token."""
    return {key: TOKEN.sub("<token>", value) if isinstance(value, str) else value for key, value in event.items()}


def broken(error: BaseException) -> dict[str, Any]:
    """The kind of an error and where it came from. Not its text, which may quote a person, an address or a token."""
    calls: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        calls.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return {"error": type(error).__name__, "where": calls[-DEEPEST:]}


class Plain(logging.Formatter):
    """A library's record as one JSON line: the first line of its template, unfilled, and what `broken` tells."""

    def format(self, record: logging.LogRecord) -> str:
        """asyncio writes whole objects into the later lines of its messages."""
        first, *_ = str(record.msg).splitlines() or [""]
        line = {
            "event": TOKEN.sub("<token>", first),
            "logger": record.name,
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
        }
        error = record.exc_info[1] if record.exc_info else None
        return json.dumps({**line, **(broken(error) if error else {})}, ensure_ascii=False)


def set_up(level: str) -> None:
    """Log to standard error, one JSON object a line; what nobody caught is logged in the same way."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Plain())
    logging.basicConfig(
        level=max(logging.getLevelNamesMapping()[level], logging.WARNING), handlers=[handler], force=True
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            blot,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    sys.excepthook = _uncaught


def _uncaught(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    structlog.get_logger().critical("crashed", **broken(error))
