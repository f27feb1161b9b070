"""The results of benches, as their --json gave them: one table (Markdown), one object (JSON), and charts (PNG)."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import orjson

from bot.lab.charts import Bars, draw

AIM = 0.7
"""Times bare aiogram: what a durable report is to cost one day."""

_MOST = 1.5
_TITLE = "# Results of the benches"
_HEAD = ("| Figure | Value |", "|---|---|")
Result = Mapping[str, Any]


def write(files: Sequence[Path], to: Path) -> list[Path]:
    """Write results.md, results.json and the charts into a folder; a bench is named as its file. Return what was made.

    Raises ValueError, naming the file, if one holds no JSON object.
    """
    results = {file.stem: _read(file) for file in files}
    to.mkdir(parents=True, exist_ok=True)
    table, whole = to / "results.md", to / "results.json"
    table.write_text("\n".join([_TITLE, *_sections(results)]) + "\n", "utf-8")
    whole.write_bytes(orjson.dumps(results, option=orjson.OPT_INDENT_2) + b"\n")
    made = [table, whole]
    for name, result in results.items():
        for bars, chart in _charts(name, result):
            made.append(to / f"{chart}.png")
            draw(bars).save(made[-1], "PNG", optimize=True)
    return made


def _read(file: Path) -> Result:
    try:
        found = orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError as error:
        raise ValueError(f"{file}: no JSON ({error}); give what a bench wrote with --json") from None
    if not isinstance(found, dict):
        raise ValueError(f"{file}: no result; give what a bench wrote with --json")
    return {name: value for name, value in cast("dict[str, Any]", found).items() if name != "laps" or not _many(value)}


def _many(value: Any) -> bool:
    return isinstance(value, list)


def _sections(results: Mapping[str, Result]) -> Iterator[str]:
    for bench, result in results.items():
        yield from ("", f"## {bench}", "", *_HEAD)
        for figure, value in _figures(result):
            yield "| " + " | ".join(cell.replace("|", "\\|") for cell in (figure, value)) + " |"
        for _, chart in _charts(bench, result):
            yield f"\n![{chart}]({chart}.png)"


def _figures(result: Result) -> Iterator[tuple[str, str]]:
    for name, value in result.items():
        match value:
            case {} if name == "questions":
                yield from ((part, _compared(times)) for part, times in cast("Result", value).items())
            case [{"name": _}, *_]:
                yield from ((one["name"], _words({**one, "name": None})) for one in cast("list[Result]", value))
            case {}:
                yield from ((part, _words(found)) for part, found in cast("Result", value).items())
            case _:
                yield name, _words(value)


def _compared(times: Sequence[float]) -> str:
    few, many, ratio = times
    return f"{few:.2f} ms among few, {many:.2f} ms among many: {ratio:.2f} times"


def _words(value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:,.2f}"
        case int():
            return f"{value:,}"
        case [*some]:
            return ", ".join(map(_words, some))
        case {}:
            told = cast("Result", value).items()
            return ", ".join(f"{name} {_words(part)}" for name, part in told if part is not None)
        case _:
            return "–" if value is None else str(value)


def _charts(name: str, result: Result) -> Iterator[tuple[Bars, str]]:
    if standings := cast("list[Result]", result.get("standings")):
        ours = [one["name"] for one in standings if one["durable"]]
        for figure, unit, lines in (
            ("cpu_ratio_bare_aiogram", "CPU of a report, times bare aiogram", {"aim 0.7": AIM, "bare aiogram": 1.0}),
            ("reports_per_s", "reports a second", {}),
        ):
            title = "A report (green: durable)"
            values = {str(one["name"]): float(one[figure]) for one in standings}
            yield Bars(title=title, unit=unit, values=values, lines=lines, ours=ours), f"{name}-{figure}"
    if questions := cast("Mapping[str, Sequence[float]]", result.get("questions")):
        values = {question: times[2] for question, times in questions.items()}
        unit = f"times, {result['many']:,} against {result['few']:,} cases"
        yield (
            Bars(title=f"Questions ({result['database']})", unit=unit, values=values, lines={"at most 1.5": _MOST}),
            name,
        )
    for figure, unit in (("resident_mb", "MB resident"), ("p99_ms", "p99 of the answers, ms")):
        if _many(result.get(figure)):
            held = cast("list[float]", result[figure])
            values = {f"{part}": value for part, value in enumerate(held, 1)}
            yield Bars(title="Updates without a pause, part by part", unit=unit, values=values), f"{name}-{figure}"
