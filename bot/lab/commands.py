"""`yashu bench ...` and `yashu chaos`: the lab from the command line. A table, or with --json one object."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

if TYPE_CHECKING:
    from bot.lab.memory import Held

Found = TypeVar("Found")
as_json = click.option("--json", "as_json", is_flag=True, help="Print one object instead of a table.")
ways = click.option("--delivery", type=click.Choice(["webhook", "polling"]), default="webhook", show_default=True)
on = click.option(
    "--database",
    type=click.Choice(["sqlite", "postgresql"]),
    default="sqlite",
    show_default=True,
    help="postgresql: a server of its own, from the wheel of the extra dev.",
)


@click.group()
def bench() -> None:
    """Measure the product, side by side with bare aiogram and its libraries."""


@bench.command()
@ways
@click.option("--laps", default=3, show_default=True, help="Pairs of runs; medians are taken over them.")
@click.option("--people", default=100, show_default=True, help="How many report at once.")
@click.option("--reports", default=1000, show_default=True, help="Reports of one run.")
@click.option("--warm-up", default=200, show_default=True, help="Reports before them that do not count.")
@click.option("--rate", default=20.0, show_default=True, help="Reports a second of the steady part; 0: without it.")
@click.option("--baseline", is_flag=True, help="Measure what the gate of the tests looks at, and write it down anew.")
@as_json
def conversation(
    *,
    delivery: Literal["webhook", "polling"],
    laps: int,
    people: int,
    reports: int,
    warm_up: int,
    rate: float,
    baseline: bool,
    as_json: bool,
) -> None:
    """Reports through the whole product against the same on bare aiogram without a database, and on peers with files.

    The peers are python-telegram-bot with pickle (`pip install yashu[bench]`) and grammY with files (node, npm).
    """
    from bot.lab import baseline as kept
    from bot.lab import verdict
    from bot.lab.measure import Load
    from bot.lab.peers import beside

    if baseline:
        written = kept.write(_ran(kept.ratio(laps)), laps)
        click.echo(f"{written.cpu_ratio_bare_aiogram:.2f} times bare aiogram; the tests fail above {written.most:.2f}")
        return
    load = Load(laps=laps, people=people, warm_up=warm_up, reports=reports, rate=rate)
    found = _ran(beside(delivery, load))
    click.echo(verdict.as_json(found) if as_json else verdict.as_table(found))


def _ran(bench: Coroutine[Any, Any, Found]) -> Found:
    """What it gave; a bot that did not start or left people alone is told without a traceback."""
    from bot.lab.measure import BenchFailedError

    try:
        return asyncio.run(bench)
    except BenchFailedError as error:
        raise click.ClickException(str(error)) from None


@bench.command()
@click.option("--laps", default=5, show_default=True, help="Starts; medians are taken over them.")
@as_json
def start(laps: int, as_json: bool) -> None:
    """Start to first poll against importing aiogram and SQLAlchemy alone."""
    import orjson

    from bot.lab.start import measure

    found = asyncio.run(measure(laps))
    if as_json:
        click.echo(orjson.dumps(found).decode())
    else:
        click.echo(
            f"start to first poll {found.start_s:.2f} s, imports {found.imports_s:.2f} s: {found.ratio:.2f} times"
        )


@bench.command()
@ways
@click.option("--reports", default=10_000, show_default=True, help="Reports that go through it.")
@as_json
def memory(delivery: Literal["webhook", "polling"], reports: int, as_json: bool) -> None:
    """Resident memory after each thousand reports against that of the freshly started product."""
    import orjson

    from bot.lab.memory import measure
    from bot.lab.product import product

    found = _ran(measure(product(delivery), reports, _heard))
    if as_json:
        click.echo(orjson.dumps(found).decode())
    else:
        click.echo(
            f"started {found.started_mb:.1f} MB; after {found.reports} reports {found.above_start_mb:+.1f} MB, "
            f"of that {found.grown_mb:+.1f} MB in the second half"
        )


@bench.command()
@ways
@click.option("--updates", default=200_000, show_default=True, type=click.IntRange(90), help="That go through it.")
@as_json
def soak(delivery: Literal["webhook", "polling"], updates: int, as_json: bool) -> None:
    """Very many updates without a pause. Ends with 1 if memory grew by a tenth or files were left open."""
    from bot.lab.judging import judge
    from bot.lab.product import product
    from bot.lab.soak import measure

    judge(measure(product(delivery), updates, _heard), as_json=as_json)


def _heard(held: Held) -> None:
    waits = f", p99 {held.part.p99_ms:.0f} ms" if held.part else ""
    click.echo(f"{held.reports:>7} reports: {held.resident_mb:.1f} MB, {held.files} files{waits}", err=True)


@bench.command()
@click.option("--recipients", default=10_000, show_default=True, help="How many get it.")
@click.option("--rate", default=30.0, show_default=True, help="Messages a second that may leave: Telegram's limit.")
@click.option("--kills", default=0, show_default=True, help="kill -9 and start again, so many times on the way.")
@click.option("--seed", default=0, show_default=True, help="Of the moments of the kills.")
@as_json
def broadcast(*, recipients: int, rate: float, kills: int, seed: int, as_json: bool) -> None:
    """One broadcast by the whole product while residents report. Ends with 1 if a promise was broken."""
    from bot.lab.broadcast import measure
    from bot.lab.judging import judge

    judge(measure(recipients, rate, kills, seed), as_json=as_json)


@bench.command()
@click.option(
    "--due", default=100, show_default=True, type=click.IntRange(1, 199), help="Clocks that ran out at each sweep."
)
@click.option("--laps", default=15, show_default=True, help="Pairs of sweeps; medians are taken over them.")
@click.option("--few", default=10_000, show_default=True, help="Cases that ended, in one database ...")
@click.option("--many", default=1_000_000, show_default=True, help="... and in the other.")
@on
@as_json
def sweep(
    *, due: int, laps: int, few: int, many: int, database: Literal["sqlite", "postgresql"], as_json: bool
) -> None:
    """Sweeps for due clocks with few and with many ended cases. Ends with 1 if many take too much longer."""
    from bot.lab.judging import judge
    from bot.lab.sweep import measure

    judge(measure(few, many, due, laps, database), as_json=as_json)


@bench.command()
@click.option("--laps", default=15, show_default=True, help="Pairs of turns; medians are taken over them.")
@click.option("--few", default=10_000, show_default=True, type=click.IntRange(1_000), help="Cases in one database ...")
@click.option("--many", default=1_000_000, show_default=True, help="... and in the other.")
@on
@as_json
def questions(*, laps: int, few: int, many: int, database: Literal["sqlite", "postgresql"], as_json: bool) -> None:
    """What people and jobs ask of few and of many cases. Ends with 1 if one takes too much longer."""
    from bot.lab.judging import judge
    from bot.lab.questions import measure

    judge(measure(few, many, laps, database), as_json=as_json)


@bench.command()
@click.option("--cases", default=100_000, show_default=True, type=click.IntRange(10_000), help="In the database.")
@click.option("--presses", default=400, show_default=True, type=click.IntRange(40, 2000), help="One after the other.")
@as_json
def press(cases: int, presses: int, as_json: bool) -> None:
    """Presses of a responder while many cases stand in the database. Ends with 1 if the slowest wait too long."""
    from bot.lab.judging import judge
    from bot.lab.press import measure

    judge(measure(cases, presses), as_json=as_json)


@bench.command()
@click.option("--reports", default=200, show_default=True, help="Of one run.")
@click.option("--people", default=40, show_default=True, help="How many report at once.")
@click.option("--programs", default=3, show_default=True, type=click.IntRange(2), help="Besides runs of one alone.")
@as_json
def replicas(reports: int, people: int, programs: int, as_json: bool) -> None:
    """Reports a second on a file, on a PostgreSQL, and with several programs on one PostgreSQL."""
    from dataclasses import asdict

    import orjson

    from bot.lab.carrying import measure

    runs = asyncio.run(measure(reports, people, [("sqlite", 1), ("postgresql", 1), ("postgresql", programs)]))
    if as_json:
        click.echo(orjson.dumps(runs).decode())
        return
    for run in runs:
        click.echo("  ".join(f"{name} {value}" for name, value in asdict(run).items()))


@bench.command()
@click.option("--days", default=90, show_default=True, type=click.IntRange(15), help="Simulated days.")
@click.option("--cases", default=170, show_default=True, type=click.IntRange(1), help="Cases a day.")
@click.option("--seed", default=0, show_default=True, help="Of what people do, and when.")
@as_json
def clocks(days: int, cases: int, seed: int, as_json: bool) -> None:
    """Months with downtimes of an hour, a night and ten days. Ends with 1 if a nudge was missed or rang twice."""
    from bot.lab.clocks import measure
    from bot.lab.judging import judge

    judge(measure(days, cases, seed), as_json=as_json)


@bench.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--to", required=True, type=click.Path(path_type=Path, file_okay=False), help="A folder.")
def report(files: tuple[Path, ...], to: Path) -> None:
    """Make a table (Markdown), an object (JSON) and charts (PNG) of FILES, each what a bench wrote with --json."""
    from bot.lab.report import write

    try:
        made = write(files, to)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    click.echo("\n".join(map(str, made)))


@click.command()
@click.option("--held-out", is_flag=True, help="Write nothing; learn without the labelled reports and try them.")
@click.option(
    "--folds", default=0, help="Write nothing; learn with part of the reports and try the rest, so many times."
)
def train(held_out: bool, folds: int) -> None:
    """Learn matters, danger and places anew from bot/lab/sentences, into bot/cases; takes a minute."""
    from bot.lab import held_out as trial

    if held_out or folds:
        click.echo(trial.as_json(trial.figures_held_out(folds)))
    else:
        trial.write_all()


@click.command(add_help_option=False, context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def chaos(arguments: tuple[str, ...]) -> None:
    """Kill the product at random moments while people report, and count what was lost (--help tells more)."""
    from bot.lab.chaos import command

    command.main(list(arguments), prog_name="yashu chaos")
