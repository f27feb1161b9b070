"""The register of people (花名册) as a table: what each column means, which duties a row gives, and what is wrong."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from bot.cases.sheet import Mistake, Row, unread_number
from bot.cases.worktime import SHANGHAI

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "名字", "name"),
    "phone": ("电话", "手机", "手机号", "联系电话", "phone"),
    "role": ("角色", "职责", "role"),
    "node": ("网格编码", "网格", "node", "grid", "gridcode"),
    "unit": ("单位编码", "单位", "unit", "unitcode"),
    "kind": ("类别", "kind"),
    "rank": ("值班顺序", "顺序", "rank"),
    "until": ("有效期", "有效期至", "until", "validuntil"),
    "tags": ("标签", "tags"),
    "shows_phone": ("公开电话", "showsphone"),
    "hours": ("服务时间", "hours"),
}
"""The first heading of each column is the one that is written, all of them are understood."""

HEADINGS = {heading: column for column, headings in COLUMNS.items() for heading in headings}
REQUIRED = ("name", "role")
ROLES: Mapping[str, tuple[str, ...]] = {
    "grid_member": ("网格员", "专职网格员", "grid member"),
    "household_head": ("中心户", "household head"),
    "informer": ("信息员", "informer"),
    "building_head": ("楼栋长", "楼长", "building head"),
    "whistleblower": ("吹哨员", "人民吹哨员", "whistleblower"),
    "responder": ("处置人", "处置人员", "responder"),
    "dispatcher": ("研判员", "调度员", "dispatcher"),
    "admin": ("管理员", "admin"),
}
OF_PLACE = frozenset({"grid_member", "household_head", "informer", "building_head", "whistleblower"})
OF_UNIT = frozenset({"responder", "dispatcher"})
NAMED_BY_ADMIN = frozenset({"admin", "dispatcher"})
"""Invited only by an admin who names the person (rulings 26)."""

RANKS = {"0": 0, "值班": 0, "1": 1, "副职": 1, "2": 2, "负责人": 2, "": 0}
YES, NO = frozenset({"是", "公开", "yes", "y", "true", "1"}), frozenset({"", "否", "不公开", "no", "n", "false", "0"})
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0?0:00(?::00)?)?")
LONGEST = {"name": 20, "kind": 20, "hours": 60}
MOST_TAGS, LONGEST_TAG = 8, 12


@dataclass(frozen=True, slots=True)
class Post:
    """One duty of a row: a role at a place of the grid or in a unit, as numbers of the database."""

    role: str
    node_id: int | None
    unit_id: int | None
    rank: int = 0
    until: datetime | None = None

    @property
    def same(self) -> tuple[str, int | None, int | None]:
        """What makes two of them the same duty."""
        return self.role, self.node_id, self.unit_id


@dataclass(frozen=True, slots=True)
class Registered:
    """One person of the file with all duties its rows give them; `line` is that of the first."""

    line: int
    name: str
    phone: str
    kind: str
    hours: str
    shows_phone: bool
    tags: tuple[str, ...]
    posts: tuple[Post, ...] = field(default=())


def people_of(
    rows: Sequence[Row], now: datetime, nodes: Mapping[str, int], units: Mapping[str, int]
) -> tuple[list[Registered], list[Mistake]]:
    """Everybody in the table, each once; and every mistake with its line. With a mistake nothing may be entered.

    Rows with the same phone are one person, and rows without one that have the same name and place.
    """
    mistakes: list[Mistake] = []
    found: dict[object, Registered] = {}
    by_name: dict[object, object] = {}
    for row in rows:
        wrong = _wrong(row, now, nodes, units)
        mistakes += wrong
        if wrong:
            continue
        one = _read(row, nodes, units)
        at_place = (one.name, one.posts[0].node_id, one.posts[0].unit_id)
        key = one.phone or by_name.get(at_place, at_place)
        if one.phone and by_name.get(at_place) == at_place and at_place in found:
            found[key] = found.pop(at_place)
        by_name[at_place] = key
        mistakes += _clash(found[key], one) if key in found else []
        found[key] = _joined(found[key], one) if key in found else one
    return list(found.values()), sorted(mistakes, key=lambda mistake: mistake.line)


def role_of(words: str) -> str | None:
    """The role that a cell names, in Chinese, English or as the program calls it."""
    plain = words.strip().casefold()
    return next((role for role, names in ROLES.items() if plain == role or plain in names), None)


def phone_of(words: str) -> str:
    """A telephone number without what people put between its digits."""
    return re.sub(r"[\s()（）-]", "", words).removesuffix(".0").removeprefix("+86")


def end_of(words: str) -> datetime | None:
    """The end of the day that a cell names (Shanghai time); None if it names none."""
    found = DAY.fullmatch(words)
    if found is None:
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return datetime.combine(day, time(0), SHANGHAI) + timedelta(days=1)


def day_of(until: datetime) -> str:
    """The last day before a moment, as the table writes it."""
    return f"{(until - timedelta(seconds=1)).astimezone(SHANGHAI):%Y-%m-%d}"


def _wrong(row: Row, now: datetime, nodes: Mapping[str, int], units: Mapping[str, int]) -> list[Mistake]:
    role = role_of(row.get("role"))
    checks = (
        (not row.get("name"), "name_missing", ""),
        (role is None, "role_unknown", row.get("role")),
        (role in OF_PLACE and not row.get("node"), "node_missing", row.get("role")),
        (role in OF_UNIT and not row.get("unit"), "unit_missing", row.get("role")),
        (bool(row.get("node")) and row.get("node") not in nodes, "node_unknown", row.get("node")),
        (bool(row.get("unit")) and row.get("unit") not in units, "unit_unknown", row.get("unit")),
        (not _good_phone(row.get("phone")), unread_number(row.get("phone"), "phone_wrong"), row.get("phone")),
        (row.get("rank") not in RANKS, "rank_wrong", row.get("rank")),
        (row.get("shows_phone").casefold() not in YES | NO, "shows_phone_wrong", row.get("shows_phone")),
    )
    found = [Mistake(row.line, what, value) for is_wrong, what, value in checks if is_wrong]
    return found + _wrong_until(row, now) + _too_long(row)


def _good_phone(words: str) -> bool:
    return not words or re.fullmatch(r"[0-9]{7,15}", phone_of(words)) is not None


def _wrong_until(row: Row, now: datetime) -> list[Mistake]:
    said = row.get("until")
    until = end_of(said)
    if not said or (until is not None and until > now):
        return []
    return [Mistake(row.line, "until_wrong" if until is None else "until_past", said)]


def _too_long(row: Row) -> list[Mistake]:
    long = [row.get(column) for column, most in LONGEST.items() if len(row.get(column)) > most]
    tags = _tags(row.get("tags"))
    if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
        long.append(row.get("tags"))
    unseen = [row.get("name")] if not row.get("name").isprintable() else []
    return [Mistake(row.line, "too_long", one) for one in long] + [
        Mistake(row.line, "name_unreadable", one) for one in unseen
    ]


def _read(row: Row, nodes: Mapping[str, int], units: Mapping[str, int]) -> Registered:
    post = Post(
        role_of(row.get("role")) or "",
        nodes.get(row.get("node")),
        units.get(row.get("unit")),
        RANKS[row.get("rank")],
        end_of(row.get("until")),
    )
    return Registered(
        row.line,
        row.get("name"),
        phone_of(row.get("phone")),
        row.get("kind"),
        row.get("hours"),
        row.get("shows_phone").casefold() in YES,
        _tags(row.get("tags")),
        (post,),
    )


def _tags(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in re.split(r"[、，,；;\s]+", words) if part))


def _clash(known: Registered, more: Registered) -> list[Mistake]:
    if known.name != more.name:
        return [Mistake(more.line, "phone_of_another", known.name)]
    if known.phone and more.phone and known.phone != more.phone:
        return [Mistake(more.line, "two_phones", more.name)]
    if more.posts[0].same in {post.same for post in known.posts}:
        return [Mistake(more.line, "duty_twice", more.name)]
    return []


def _joined(known: Registered, more: Registered) -> Registered:
    return replace(
        known,
        phone=known.phone or more.phone,
        kind=known.kind or more.kind,
        hours=known.hours or more.hours,
        shows_phone=known.shows_phone or more.shows_phone,
        tags=tuple(dict.fromkeys((*known.tags, *more.tags))),
        posts=(*known.posts, *more.posts),
    )
