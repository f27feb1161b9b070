"""Reading a TOML file strictly: every mistake is collected with the line it stands on."""

import difflib
import re
import tomllib
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TypeAlias, cast

from bot.cases.errors import BrokenCatalogue

Place: TypeAlias = tuple[str | int, ...]

QUOTED = re.compile(r'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*')
HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]\]?\s*")
KEY = re.compile(r"""\s*(?:([\w-]+)|"([^"]*)"|'([^']*)')\s*=""")
STARTS = re.compile(r"\s*[\w-]*\s*=")
FULL_WIDTH = re.compile("[“”‘’＂，：；＝［］｛｝＃]")


def blanked(text: str) -> str:
    """The text with strings and comments made blank, so that only its structure is left."""
    return QUOTED.sub(lambda quoted: re.sub(r"[^\n]", " ", quoted[0]), text)


class Lines:
    """On which line each table and key stands; tomllib keeps that to itself."""

    def __init__(self, text: str) -> None:
        self.source = text.split("\n")
        self.starts: dict[Place, int] = {}
        self.counts: dict[Place, int] = {}
        table: Place = ()
        depth = 0
        for number, line in enumerate(blanked(text).split("\n"), start=1):
            if depth == 0 and (header := HEADER.fullmatch(line)):
                table = self.table_at(header[2].split("."), many=header[1] == "[[")
                self.starts[table] = number
                continue
            if depth == 0 and STARTS.match(line) and (key := KEY.match(self.source[number - 1])):
                self.starts[(*table, key[key.lastindex or 1])] = number
            depth += sum(map(line.count, "[{")) - sum(map(line.count, "]}"))
        self.marks = [*sorted(self.starts.values()), len(self.source) + 1]

    def table_at(self, parts: list[str], many: bool) -> Place:
        """The place that a header opens: ("matter", 4, "advice") for an [matter.advice] after the fifth [[matter]]."""
        place: Place = ()
        for part in parts[:-1]:
            place = (*place, part)
            if place in self.counts:
                place = (*place, self.counts[place])
        place = (*place, parts[-1])
        if many:
            self.counts[place] = self.counts.get(place, -1) + 1
            place = (*place, self.counts[place])
        return place

    def line(self, place: Place, near: str = "") -> int:
        """The line of a place, or of the nearest table around it; with `near`, the line of that word in a long list."""
        while place not in self.starts and place:
            place = place[:-1]
        start = self.starts.get(place, 1)
        end = next((mark for mark in self.marks if mark > start), start + 1)
        return next((line for line in range(start, end) if near and near in self.source[line - 1]), start)


class Findings:
    """All mistakes of one file."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.found: list[tuple[int, str]] = []

    @cached_property
    def lines(self) -> Lines:
        """The index of lines, made only when something is wrong."""
        return Lines(self.text)

    def add(self, place: Place, what: str, near: str = "") -> None:
        """Note a mistake; `what` says what is wrong and what to write instead."""
        self.found.append((self.lines.line(place, near), what))

    def refuse(self) -> None:
        """Raise BrokenCatalogue with all mistakes, in the order of the lines, if there are any."""
        if self.found:
            raise BrokenCatalogue("\n".join(f"{self.file}:{line}: {what}" for line, what in sorted(self.found)))


class Table:
    """One table of the file. Each question to it notes a mistake and then answers something harmless."""

    def __init__(self, content: dict[str, object], place: Place, findings: Findings) -> None:
        self.content = content
        self.place = place
        self.findings = findings
        self.asked: list[str] = []

    def wrong(self, key: str, what: str, near: str = "") -> None:
        """Note a mistake at a key of this table."""
        self.findings.add((*self.place, key), what, near)

    def has(self, key: str) -> bool:
        """Whether the key is written at all."""
        return key in self.content

    def take(self, key: str, required: bool) -> object:
        """The raw value; None if it is not there."""
        self.asked.append(key)
        if required and key not in self.content:
            self.findings.add(self.place, f"{key} is missing; write {key} = ...")
        return self.content.get(key)

    def text(self, key: str, longest: int, required: bool = True) -> str:
        """A text of at most `longest` characters, "" if it is absent."""
        value = self.take(key, required)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.wrong(key, f'{key} must be a text in quotes, like {key} = "..."')
            return ""
        if required and not value.strip():
            self.wrong(key, f"{key} is empty; write something")
        return self.checked(key, value, longest)

    def checked(self, key: str, value: str, longest: int) -> str:
        """The text itself, after its length and content were looked at."""
        if "[?]" in value:
            self.wrong(key, f"{key} still has [?]; confirm it and take the mark out, or leave the line out", "[?]")
        if len(value) > longest:
            self.wrong(key, f"{key} has {len(value)} characters; write at most {longest}", value)
        return value

    def texts(self, key: str, longest: int, required: bool = False) -> tuple[str, ...]:
        """A list of texts, none twice."""
        value = self.take(key, required)
        if value is None:
            return ()
        items = cast("list[object]", value) if isinstance(value, list) else [None]
        texts = [item for item in items if isinstance(item, str) and item]
        if len(texts) != len(items):
            self.wrong(key, f'{key} must be a list of texts, like {key} = ["...", "..."]')
        for twice in sorted({text for text in texts if texts.count(text) > 1}):
            self.wrong(key, f'{key} has "{twice}" twice; leave one out', twice)
        return tuple(self.checked(key, text, longest) for text in texts)

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        value = self.take(key, required=False)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.wrong(key, f"{key} must be true or false, without quotes")
        return default

    def whole(self, key: str, most: int) -> int:
        """A whole number from 0 to `most`, 0 if it is absent."""
        value = self.take(key, required=False)
        if value is None:
            return 0
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            self.wrong(key, f"{key} must be a whole number from 0 to {most}, without quotes")
            return 0
        return value

    def one_of(self, key: str, known: Iterable[str], required: bool = True) -> str:
        """One of the known words, "" if it is absent or unknown."""
        value = self.text(key, longest=99, required=required)
        return value if not value or self.knows(key, value, known) else ""

    def knows(self, key: str, value: str, known: Iterable[str]) -> bool:
        """Whether the value is a known one; otherwise that is noted, with what could be meant."""
        choices = list(known)
        if value in choices:
            return True
        close = difflib.get_close_matches(value, choices, n=1)
        instead = f'did you mean "{close[0]}"?' if close else "write one of: " + ", ".join(choices)
        self.wrong(key, f'{key} "{value}" is unknown; {instead}', value)
        return False

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """The pairs of an inline table of texts."""
        value = self.take(key, required=False)
        if value is None:
            return ()
        content = cast("dict[str, object]", value) if isinstance(value, dict) else {"": None}
        pairs = tuple((name, text) for name, text in content.items() if isinstance(text, str))
        if len(pairs) != len(content):
            self.wrong(key, f'{key} must be pairs of texts, like {key} = {{ name = "..." }}')
        return pairs

    def lists(self, key: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The lists of an inline table: { name = ["...", "..."] }."""
        value = self.take(key, required=False)
        if value is None:
            return ()
        content = cast("dict[str, object]", value) if isinstance(value, dict) else {"": None}
        lists = tuple((name, list_of_texts(each)) for name, each in content.items())
        if not all(texts for _, texts in lists):
            self.wrong(key, f'{key} must be lists of texts, like {key} = {{ yes = ["..."] }}')
        return lists

    def table(self, key: str) -> "Table | None":
        """A table inside this one, None if it is absent."""
        value = self.take(key, required=False)
        if isinstance(value, dict):
            return Table(cast("dict[str, object]", value), (*self.place, key), self.findings)
        if value is not None:
            self.wrong(key, f"{key} must be a table; write it under a header of its own")
        return None

    def tables(self, key: str) -> list["Table"]:
        """The tables of an [[array]] inside this one."""
        value = self.take(key, required=False)
        items = cast("list[object]", value) if isinstance(value, list) else []
        good = [(at, cast("dict[str, object]", item)) for at, item in enumerate(items) if isinstance(item, dict)]
        if len(good) != len(items) or not isinstance(value, list | None):
            self.wrong(key, f"{key} must be tables, each under a header in double brackets")
        return [Table(item, (*self.place, key, at), self.findings) for at, item in good]

    def done(self) -> None:
        """Note every key that nobody asked for."""
        for key in self.content:
            if key not in self.asked:
                close = difflib.get_close_matches(key, self.asked, n=1)
                instead = f"did you mean {close[0]}?" if close else "known here: " + ", ".join(self.asked)
                self.wrong(key, f"{key} is unknown; {instead}")


def list_of_texts(value: object) -> tuple[str, ...]:
    """The texts of a list; none if it is anything else."""
    items = cast("list[object]", value) if isinstance(value, list) else []
    texts = tuple(item for item in items if isinstance(item, str) and item)
    return texts if len(texts) == len(items) else ()


def read_table(path: Path) -> Table:
    """The whole file as one table.

    Raises BrokenCatalogue, with the line, if it cannot be read, is not UTF-8 or is not TOML.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise BrokenCatalogue(f"{path}:1: cannot be read ({error.strerror}); check the path and the rights") from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise BrokenCatalogue(f"{path}:{line}: is not UTF-8; save the file with the encoding UTF-8") from error
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BrokenCatalogue(f"{path}:{broken_line(text, error)}") from error
    return Table(content, (), Findings(str(path), text))


def broken_line(text: str, error: tomllib.TOMLDecodeError) -> str:
    """The line and the reason of a syntax error, with a hint where full-width signs were typed."""
    at = re.search(r"\(at line (\d+)", str(error))
    line = int(at[1]) if at else text.rstrip().count("\n") + 1
    reason = re.sub(r" \(at .*\)", "", str(error))
    signs = "".join(FULL_WIDTH.findall(blanked(text).split("\n")[line - 1]))
    hint = f"; {signs} are full-width, write half-width signs" if signs else "; look at this line and the one above"
    return f"{line}: is not TOML: {reason}{hint}"
