"""A run with promises is told as one object or as lines, and ends the command by whether they were kept."""

import asyncio
import sys
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, cast

import click
import orjson

from bot.lab.chaos_bot import ChaosFailedError
from bot.lab.measure import BenchFailedError


def judge(run: Coroutine[Any, Any, Any], *, as_json: bool) -> None:
    """Run it. Its result is a dataclass with `broken`: the promises that were not kept.

    Ends with 1 if there is one, with 2 if the run itself failed.
    """
    try:
        found = asyncio.run(run)
    except (ChaosFailedError, BenchFailedError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    facts = asdict(found)
    click.echo(orjson.dumps(facts).decode() if as_json else "\n".join(_lines(facts)))
    for promise in found.broken:
        click.echo(f"BROKEN: {promise}", err=True)
    sys.exit(bool(found.broken))


def _lines(facts: Mapping[str, Any]) -> Iterator[str]:
    """A line each; of figures by name a line for each name."""
    for name, value in facts.items():
        if isinstance(value, Mapping):
            yield from (f"{part:<48}{_figures(found)}" for part, found in cast("Mapping[str, Any]", value).items())
        else:
            yield f"{name:<18}{value}"


def _figures(found: int | Sequence[float]) -> str:
    return f"{found:>6}" if isinstance(found, int) else "".join(f"{one:>10.2f}" for one in found)
