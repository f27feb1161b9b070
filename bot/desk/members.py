"""The register: entered from a file, written into one, and what becomes of those who stand in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.cases.register import Post, Registered, day_of, people_of
from bot.cases.sheet import Mistake, Row
from bot.desk.desk import Desk
from storage import members, units
from storage.members import Member
from storage.seals import Seal

PAGE = 500


@dataclass(slots=True)
class Plan:
    """What a file would change: whom it adds, whom it changes (by their number), how many duties it ends.

    `same` are those of whom it says what is known; `stamp` is that of the register it was compared with.
    """

    stamp: members.Stamp
    new: list[Registered] = field(default_factory=list[Registered])
    changed: list[tuple[int, Registered]] = field(default_factory=list[tuple[int, Registered]])
    same: int = 0
    duties: int = 0
    ended: list[int] = field(default_factory=list[int])
    mistakes: list[Mistake] = field(default_factory=list[Mistake])


async def compare(desk: Desk, rows: Sequence[Row]) -> Plan:
    """Compare a file with the register. Nothing is written; with a mistake nothing may be."""
    nodes = await members.node_ids(desk.tx)
    all_units = {unit.code: unit.id for unit in await units.all_units(desk.tx)}
    people, mistakes = people_of(rows, desk.now(), nodes, all_units)
    plan = Plan(await members.stamp(desk.tx), mistakes=mistakes, duties=sum(len(one.posts) for one in people))
    known = await _Known.read(desk)
    taken: dict[int, Registered] = {}
    for one in people:
        number = known.number_of(one)
        if number is None:
            plan.new.append(one)
        elif number in taken:
            plan.mistakes.append(Mistake(one.line, "same_person", str(taken[number].line)))
        else:
            taken[number] = one
            ended = known.ended(number, one)
            plan.ended += ended
            if ended or known.differs(number, one):
                plan.changed.append((number, one))
            else:
                plan.same += 1
    return plan


@dataclass(slots=True)
class _Known:
    """The register as it is needed to recognise people, by telephone or by name and place, and to compare them."""

    seal: Seal
    marks: dict[int, int]
    named: dict[object, int] = field(default_factory=dict[object, int])
    lines: dict[int, Member] = field(default_factory=dict[int, Member])
    posts: dict[int, list[members.Post]] = field(default_factory=dict[int, list[members.Post]])

    @classmethod
    async def read(cls, desk: Desk) -> "_Known":
        known, after = cls(desk.office.seals.vault, await members.marks(desk.tx)), 0
        while page := await members.everybody(desk.tx, after, PAGE):
            after = page[-1].id
            known.lines |= {one.id: one for one in page}
            posts = await members.posts_of(desk.tx, [one.id for one in page])
            known.posts |= posts
            known.named |= {
                (known.lines[number].name, post.node_id, post.unit_id): number
                for number, several in posts.items()
                for post in several
            }
        return known

    def number_of(self, one: Registered) -> int | None:
        if one.phone and (number := self.marks.get(members.phone_mark(self.seal, one.phone))) is not None:
            return number
        places = ((one.name, post.node_id, post.unit_id) for post in one.posts)
        return next((self.named[place] for place in places if place in self.named), None)

    def ended(self, number: int, one: Registered) -> list[int]:
        """The duties that the file does not name any more."""
        wanted = {post.same for post in one.posts}
        return [post.id for post in self.posts.get(number, []) if post.same not in wanted]

    def differs(self, number: int, one: Registered) -> bool:
        """Whether the file says anything that is not known."""
        known, had = self.lines[number], {post.same: post for post in self.posts.get(number, [])}
        facts = {"name": known.name, "kind": known.kind, "hours": known.hours, "shows_phone": known.shows_phone}
        if known.state == "left" or _facts(one) != {**facts, "tags": list(known.tags) or None}:
            return True
        if one.phone and self.marks.get(members.phone_mark(self.seal, one.phone)) != number:
            return True
        return any(post.same not in had or _turn(had[post.same]) != _turn(post) for post in one.posts)


def _turn(post: Post | members.Post) -> tuple[int, datetime | None]:
    """What of a duty can change."""
    return post.rank, post.until


async def enter(desk: Desk, plan: Plan, told: Callable[[int], None]) -> list[Mistake]:
    """Write what `compare` found, all in this transaction; `told` hears how many people are done each time.

    Whoever is new is invited next. Of those known the file says everything: duties it does not name end. Gives back a
    mistake, and writes nothing, if somebody came into the register or left it in between.
    """
    assert not plan.mistakes
    if await members.stamp(desk.tx) != plan.stamp:
        return [Mistake(0, "register_changed")]
    vault = desk.office.seals.vault
    for at in range(0, len(plan.new), PAGE):
        page = plan.new[at : at + PAGE]
        numbers = await members.add(
            desk.tx, [{**_facts(one), **members.phone_columns(vault, one.phone)} for one in page]
        )
        pairs = zip(numbers, page, strict=True)
        await members.appoint(desk.tx, [_duty(post, number) for number, one in pairs for post in one.posts])
        told(len(page))
    for at in range(0, len(plan.changed), PAGE):
        page_changed = plan.changed[at : at + PAGE]
        await _update(desk, dict(page_changed))
        told(len(page_changed))
    for at in range(0, len(plan.ended), PAGE):
        await members.end_duties(desk.tx, plan.ended[at : at + PAGE])
    return []


async def _update(desk: Desk, said: Mapping[int, Registered]) -> None:
    """Write a page of those that are known, as they stand now: what they are, their telephones, their duties."""
    had, vault = await members.by_ids(desk.tx, said), desk.office.seals.vault
    await members.change_many(desk.tx, {number: _facts(one) for number, one in said.items()})
    phones = {number: members.phone_columns(vault, one.phone) for number, one in said.items() if one.phone}
    await members.change_many(desk.tx, phones)
    back = [number for number in said if had[number].state == "left"]
    await members.change_many(desk.tx, {number: {"state": "invited"} for number in back})
    posts = await members.posts_of(desk.tx, said)
    turned: list[tuple[int, int, datetime | None]] = []
    new: list[dict[str, Any]] = []
    for number, one in said.items():
        old = {post.same: post for post in posts.get(number, [])}
        turned += [(old[post.same].id, *_turn(post)) for post in one.posts if post.same in old]
        shared = {"person_id": had[number].person_id, "suspended": had[number].state == "suspended"}
        new += [{**_duty(post, number), **shared} for post in one.posts if post.same not in old]
    await members.turn_duties(desk.tx, turned)
    await members.appoint(desk.tx, new)


def _facts(one: Registered) -> dict[str, Any]:
    return {
        "name": one.name,
        "kind": one.kind or None,
        "hours": one.hours or None,
        "shows_phone": one.shows_phone,
        "tags": list(one.tags) or None,
    }


def _duty(post: Post, number: int) -> dict[str, Any]:
    return {
        "member_id": number,
        "person_id": None,
        "role": post.role,
        "node_id": post.node_id,
        "unit_id": post.unit_id,
        "rank": post.rank,
        "until": post.until,
        "suspended": False,
    }


async def written(desk: Desk, after: int) -> tuple[int | None, list[Mapping[str, str]]]:
    """A page of the register as rows of the table, one for each duty; and where the next one begins (None: nowhere)."""
    page = await members.everybody(desk.tx, after, PAGE)
    posts = await members.posts_of(desk.tx, [one.id for one in page], desk.now())
    rows: list[Mapping[str, str]] = []
    for one in page:
        if one.state != "left":
            phone = await members.phone_of(desk.tx, desk.office.seals.vault, one.id)
            rows += [_row(one, post, phone) for post in posts.get(one.id, [])]
    return (page[-1].id if page else None), rows


def _row(one: Member, post: members.Post, phone: str) -> Mapping[str, str]:
    return {
        "name": one.name,
        "phone": phone,
        "role": post.role,
        "node": post.node_code or "",
        "unit": post.unit_code or "",
        "kind": one.kind or "",
        "rank": str(post.rank),
        "until": day_of(post.until) if post.until else "",
        "tags": " ".join(one.tags),
        "shows_phone": "yes" if one.shows_phone else "",
        "hours": one.hours or "",
    }
