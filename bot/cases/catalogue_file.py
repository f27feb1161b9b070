"""Reading a catalogue file: strict, all mistakes at once, each with its line."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType

from bot.cases.case import Colour, Level, Visibility
from bot.cases.catalogue import OTHER, Catalogue
from bot.cases.hearing import Hearing
from bot.cases.matter import CLOCK, CODE, Advice, Group, Matter, Route, UnitKind, Word
from bot.cases.question_file import BUTTON, BUTTON_EN, keywords, questions
from bot.cases.toml_table import Table, read_table

SHIPPED = Path(__file__).with_name("matters.toml")
"""The default catalogue; a district edits a copy of it."""

ADVICE_LINES = 3
CRITERION, CRITERION_EN = 60, 160
UNIT_CODE = re.compile("[a-z][a-z_]{1,19}")
NUMBER = re.compile("[0-9]{3,12}")


def load(path: Path = SHIPPED) -> Catalogue:
    """Read a catalogue file.

    Raises BrokenCatalogue with every mistake, one a line: `file:line: what is wrong and what to write instead`.
    """
    file = read_table(path)
    hearing = read_hearing(file.table("hearing"))
    groups = [group(table) for table in file.tables("group")]
    kinds = [unit_kind(table) for table in file.tables("unit_kind")]
    tables = file.tables("matter")
    units = MappingProxyType({kind.code: kind.name for kind in kinds})
    matters = [matter(table, {group.code for group in groups}, units, hearing) for table in tables]
    file.done()
    for name, codes in (("group", groups), ("unit_kind", kinds), ("matter", matters)):
        no_code_twice(file, name, [entry.code for entry in codes])
    check_becoming(tables, matters)
    if OTHER not in {matter.code for matter in matters}:
        file.findings.add((), f"the matter {OTHER} is missing; whatever fits nowhere needs it, put it back")
    file.findings.refuse()
    return Catalogue(groups, kinds, matters, hearing)


def no_code_twice(file: Table, name: str, codes: list[str]) -> None:
    """Note every code that an earlier table of the same name has already."""
    for at, code in enumerate(codes):
        if code and code in codes[:at]:
            first = file.findings.lines.line((name, codes.index(code), "code"))
            file.findings.add((name, at, "code"), f'code "{code}" is on line {first} already; take another code')


def code_like(table: Table, pattern: re.Pattern[str], example: str) -> str:
    """The code of an entry, in the form of the pattern."""
    code = table.text("code", longest=20)
    if code and not pattern.fullmatch(code):
        table.wrong("code", f'code "{code}" has the wrong form; write one like {example}')
        return ""
    return code


def group(table: Table) -> Group:
    """One [[group]]."""
    read = Group(
        code=code_like(table, re.compile("[A-Z]"), '"A"'),
        name=table.text("name", BUTTON),
        name_en=table.text("name_en", BUTTON_EN),
        emoji=table.text("emoji", 4),
        criterion=table.text("criterion", CRITERION, required=False),
        criterion_en=table.text("criterion_en", CRITERION_EN, required=False),
    )
    table.done()
    return read


def unit_kind(table: Table) -> UnitKind:
    """One [[unit_kind]]."""
    read = UnitKind(
        code=code_like(table, UNIT_CODE, '"fire"'),
        name=table.text("name", BUTTON),
        name_en=table.text("name_en", BUTTON_EN),
    )
    table.done()
    return read


def matter(table: Table, groups: Collection[str], units: Mapping[str, str], hearing: Hearing) -> Matter:
    """One [[matter]] with its advice and questions."""
    read = Matter(
        code=code_like(table, CODE, '"A01" or "A14a"'),
        name=table.text("name", BUTTON),
        name_en=table.text("name_en", BUTTON_EN),
        level=Level(table.one_of("level", list(Level)) or Level.COMMUNITY),
        colour=Colour(table.one_of("colour", list(Colour)) or Colour.NONE),
        visibility=Visibility(table.one_of("visibility", list(Visibility)) or Visibility.MASKED),
        lead=table.one_of("lead", units),
        helpers=tuple(unit for unit in table.texts("helpers", 20) if table.knows("helpers", unit, units)),
        route=Route(table.one_of("route", list(Route), required=False) or Route.CASE),
        raise_to=raised(table),
        automatic=table.flag("automatic", default=False),
        asks_details=table.flag("asks_details", default=True),
        asks_photo=table.flag("asks_photo", default=True),
        members_only=table.flag("members_only", default=False),
        first_contact=clock(table, "first_contact"),
        finish=clock(table, "finish"),
        radius=table.whole("radius", most=5000),
        law=table.text("law", 60, required=False),
        hotlines=phone_numbers(table, "hotlines"),
        words=words(table, "words", hearing),
        danger_words=words(table, "danger_words", hearing),
        danger_lasts=table.flag("danger_lasts", default=False),
        advice=advice(table.table("advice")),
        questions=questions(table, hearing),
        criterion=table.text("criterion", CRITERION, required=False),
        criterion_en=table.text("criterion_en", CRITERION_EN, required=False),
        advice_if=tuple((words(one, "words", hearing), advised(one)) for one in table.tables("advice_if")),
    )
    table.done()
    check_sense(table, read, groups)
    return read


def raised(table: Table) -> Level | None:
    """The level to which the matter goes next."""
    level = table.one_of("raise_to", list(Level), required=False)
    return Level(level) if level else None


def clock(table: Table, key: str) -> str | None:
    """A span like "30 min"; None if it is absent."""
    text = table.text(key, 10, required=False)
    if text and not CLOCK.fullmatch(text):
        table.wrong(key, f'{key} "{text}" is no time; write like "30 min", "4 wh", "24 h", "3 d", "15 wd", "same day"')
    return text or None


def phone_numbers(table: Table, key: str) -> tuple[str, ...]:
    """A list of numbers to call, as texts."""
    found = table.texts(key, 12)
    for number in found:
        if not NUMBER.fullmatch(number):
            table.wrong(key, f'{key} "{number}" is no number to call; write only its digits, like "119"', number)
    return found


def words(table: Table, key: str, hearing: Hearing) -> tuple[Word, ...]:
    """A list of keywords."""
    return keywords(table, key, table.texts(key, 24), hearing)


def read_hearing(table: Table | None) -> Hearing:
    """The [hearing] table; without it every text is heard as it is written."""
    if table is None:
        return Hearing((), (), {})
    classes = table.table("classes")
    read = Hearing(
        alike=table.texts("alike", 20),
        same=table.pairs("same"),
        classes={name: classes.texts(name, 12) for name in classes.content} if classes else {},
    )
    table.done()
    return read


def advice(table: Table | None) -> Advice | None:
    """The [matter.advice]: three lines in each language, and each number stands in them."""
    return None if table is None else advised(table)


def advised(table: Table) -> Advice:
    """The same of [[matter.advice_if]], which has words besides."""
    read = Advice(
        numbers=phone_numbers(table, "numbers"),
        lines=table.texts("lines", 30, required=True),
        lines_en=table.texts("lines_en", 90, required=True),
        reviewed_by=table.text("reviewed_by", 60, required=False) or None,
    )
    table.done()
    for key, lines in (("lines", read.lines), ("lines_en", read.lines_en)):
        if lines and len(lines) != ADVICE_LINES:
            table.wrong(key, f"{key} has {len(lines)} lines; write exactly {ADVICE_LINES}")
        said = re.findall("[0-9]+", " ".join(lines))
        for number in read.numbers:
            if number not in said:
                table.wrong(key, f"{key} does not say {number}; put the number into one of the lines")
    return read


def check_sense(table: Table, read: Matter, groups: Collection[str]) -> None:
    """Note what is well-formed and yet against the rules of the town."""
    numbers = read.advice.numbers if read.advice else ()
    if read.code and read.group not in groups:
        table.wrong("code", f'code "{read.code}" belongs to no group; add a [[group]] with code = "{read.group}"')
    if read.colour is Colour.RED and not numbers:
        table.wrong("colour", "a red matter needs advice with a number to call; write [matter.advice] with numbers")
    if read.danger_words and not numbers:
        table.wrong("danger_words", "danger_words need a number to call; write [matter.advice] with numbers")
    if read.route is Route.HAND_OVER and not numbers:
        table.wrong("route", "hand_over needs the number of who takes it; write [matter.advice] with numbers")
    if read.automatic and (read.level, read.colour) != (Level.COMMUNITY, Colour.NONE):
        table.wrong("automatic", 'automatic is only for level "community" and colour "none"; write automatic = false')
    if read.automatic and read.visibility is Visibility.CONFIDENTIAL:
        table.wrong("automatic", "a confidential matter never goes out by itself; write automatic = false")
    if read.radius and read.visibility is Visibility.CONFIDENTIAL:
        table.wrong("radius", "others must not find a confidential matter; leave radius out")
    if not read.asks_details and (read.questions or read.advice is None):
        table.wrong("asks_details", "with asks_details = false there must be advice and no question; change either")


def check_becoming(tables: list[Table], matters: list[Matter]) -> None:
    """Note every answer that makes another matter of it which is not in the list."""
    codes = {matter.code for matter in matters}
    for table, read in zip(tables, matters, strict=True):
        for at, asked in enumerate(read.questions):
            for answer, code in asked.becomes:
                if code not in codes:
                    place = (*table.place, "question", at, "becomes")
                    what = f'becomes: no matter has code "{code}" (answer {answer}); write a code of this list'
                    table.findings.add(place, what)
