"""`yashu triage-eval FILE`: how well the first words of labelled reports are understood."""

import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from bot.cases.trial import Figures, Labelled, Tried, confusion, figures, tried


@click.command("triage-eval")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one object instead of a table.")
def triage_eval(file: Path, as_json: bool) -> None:
    """Understand the labelled reports of FILE (JSON lines) as the product would, and print how often that is right.

    A line has text, matter, also, danger_now and place. A matter counts as found if it or one of `also` is guessed; a
    place if the words taken for it hold 70 % of it and half of them belong to it.
    """
    import orjson

    from bot.cases.catalogue_file import load

    catalogue = load()
    reports = read_reports(file)
    tried(reports[0], catalogue)  # reads the weights, which happens once
    started = time.perf_counter()
    all_ = [tried(report, catalogue) for report in reports]
    found = figures(all_, time.perf_counter() - started)
    click.echo(orjson.dumps(asdict(found)).decode() if as_json else as_table(found, all_))


def read_reports(file: Path) -> list[Labelled]:
    """The reports of a file. Raises ClickException with the line that is no report."""
    import orjson

    reports: list[Labelled] = []
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            reports.append(labelled(orjson.loads(line)))
        except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
            raise click.ClickException(
                f"{file}:{number}: not a labelled report ({error}); it needs text, matter, also, danger_now and place"
            ) from error
    if not reports:
        raise click.ClickException(f"{file}: holds no report; write one JSON object on each line")
    return reports


def labelled(report: dict[str, Any]) -> Labelled:
    """A report of the file; codes with a suffix count as their row."""
    first = str(report["matter"])[:3]
    rows = frozenset({first, *(str(code)[:3] for code in report["also"])})
    return Labelled(str(report["text"]), rows, first, bool(report["danger_now"]), report["place"] or None)


def as_table(found: Figures, all_: Sequence[Tried]) -> str:
    """The figures, the confusion, and each report whose danger was missed or only imagined."""
    lines = [f"{name:20}{value}" for name, value in asdict(found).items()]
    lines += ["", "first guess  right -> guessed", *(f"{n:4}  {right} -> {got}" for right, got, n in confusion(all_))]
    lines += ["", "danger missed", *(one.report.text for one in all_ if one.report.danger and not one.danger)]
    lines += ["", "false alarm", *(one.report.text for one in all_ if one.danger and not one.report.danger)]
    return "\n".join(lines)
