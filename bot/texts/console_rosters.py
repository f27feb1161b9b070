"""What the person at the console reads of `yashu roster` and `yashu hand-over`."""

from collections.abc import Sequence

from bot.cases.sheet import Mistake
from bot.texts.console_people import MISTAKES as OF_TABLES
from bot.texts.console_tables import TableTexts

MISTAKES = {
    **OF_TABLES,
    "empty_cell": ("没有填。", "This is empty."),
    "nobody_here": (
        "这个单位没有“{value}”。先在单位里加人，或改姓名。",
        "Nobody called “{value}” is of this unit; add them to it first, or mend the name.",
    ),
    "several_here": (
        "这个单位有几个“{value}”，请写电话后四位。",
        "Several of this unit are called “{value}”; write the last four digits of the telephone.",
    ),
    "weekday_wrong": ("“{value}”不是星期，写周一到周日。", "“{value}” is no weekday; write Mon to Sun."),
    "hours_wrong": (
        "“{value}”不是班次，写 08:30-17:30、白班或夜班。",
        "“{value}” is no shift; write 08:30-17:30, day or night.",
    ),
    "shift_twice": ("这个班第 {other} 行已经有了。", "This shift is at line {other} already."),
    "shift_and_absence": (
        "班次和请假要分成两行写。",
        "A shift and an absence need a line each.",
    ),
    "away_twice": ("这个人这几天请假，第 {other} 行已经有了。", "Line {other} says already that they are away then."),
    "day_wrong": ("日期“{value}”看不懂，写成 2026-12-31。", "“{value}” is no day; write 2026-12-31."),
    "days_wrong": ("请假到要在请假从之后，最多三个月。", "It must end after it begins, three months later at most."),
    "day_over": ("“{value}”已经过了。", "“{value}” is over."),
    "own_substitute": ("不能自己替自己。", "Nobody is their own substitute."),
}


class RosterConsole(TableTexts):
    """`yashu roster`, `yashu hand-over`."""

    def mistake(self, mistake: Mistake) -> str:
        """One line for one mistake: line, column, what is wrong."""
        column, _, other = mistake.other.partition("\t")
        chinese, english = MISTAKES[mistake.what]
        said = self._in(chinese, english).replace("{value}", mistake.value[:60]).replace("{other}", other)
        if not mistake.line:
            return said
        if not column:
            return self._in(f"第 {mistake.line} 行：{said}", f"Line {mistake.line}: {said}")
        return self._in(f"第 {mistake.line} 行“{column}”：{said}", f"Line {mistake.line}, {column}: {said}")

    def planned(self, units: int, shifts: int, absences: int) -> str:
        return self._in(
            f"{units} 个单位的值班表，共 {shifts} 个班；{absences} 个请假。",
            f"Rosters of {units} units with {shifts} shifts; {absences} absences.",
        )

    def entered(self) -> str:
        return self._in("已写入值班表。", "Written into the rosters.")

    def exported(self, rows: int, path: object) -> str:
        return self._in(f"已导出 {rows} 行到 {path}。", f"{rows} lines written to {path}.")

    def handed(self, name: str, count: int) -> str:
        return self._in(
            f"{name}的 {count} 件已移交，双方都会收到清单。", f"{count} cases of {name} handed over; both are told."
        )

    def nothing_in_hand(self, name: str) -> str:
        return self._in(f"{name}手上没有在办件。", f"{name} has no open cases.")

    def several(self, name: str, units: Sequence[str]) -> str:
        listed = "、".join(units)
        return self._in(
            f"叫{name}的在几个单位有在办件：{listed}。请用 --unit 写单位编码。",
            f"{name} has open cases in several units: {listed}. Say which with --unit.",
        )

    def no_unit(self, code: str) -> str:
        return self._in(f"没有编码为 {code} 的单位。", f"There is no unit with the code {code}.")

    def no_colleague(self, name: str, unit: str) -> str:
        return self._in(f"{unit}没有叫{name}的人。", f"Nobody of {unit} is called {name}.")
