"""The register: entered from a file, written into one, and what becomes of those who stand in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.cases.register import Post, Registered, day_of, people_of
from bot.cases.sheet import Mistake, Row
from bot.desk.desk import Desk
from storage import members, units
from storage.members import Member

PAGE = 500


@dataclass(slots=True)
class Plan:
    """What a file would change: whom it adds, whom it changes (by their number), how many duties it ends."""

    new: list[Registered] = field(default_factory=list[Registered])
    known: list[tuple[int, Registered]] = field(default_factory=list[tuple[int, Registered]])
    duties: int = 0
    ended: list[int] = field(default_factory=list[int])
    mistakes: list[Mistake] = field(default_factory=list[Mistake])


async def compare(desk: Desk, rows: Sequence[Row]) -> Plan:
    """Compare a file with the register. Nothing is written; with a mistake nothing may be."""
    nodes = await members.node_ids(desk.tx)
    all_units = {unit.code: unit.id for unit in await units.all_units(desk.tx)}
    people, mistakes = people_of(rows, desk.now(), nodes, all_units)
    plan = Plan(mistakes=mistakes, duties=sum(len(one.posts) for one in people))
    known = await _Known.read(desk)
    taken: dict[int, Registered] = {}
    for one in people:
        number = known.number_of(desk, one)
        if number is None:
            plan.new.append(one)
        elif number in taken:
            plan.mistakes.append(Mistake(one.line, "same_person", str(taken[number].line)))
        else:
            taken[number] = one
            plan.known.append((number, one))
            wanted = {post.same for post in one.posts}
            plan.ended += [old for old, same in known.duties.get(number, {}).items() if same not in wanted]
    return plan


@dataclass(slots=True)
class _Known:
    """The register as it is needed to recognise people: by telephone, or by name and place."""

    marks: dict[int, int]
    named: dict[object, int] = field(default_factory=dict[object, int])
    duties: dict[int, dict[int, object]] = field(default_factory=dict[int, dict[int, object]])

    @classmethod
    async def read(cls, desk: Desk) -> "_Known":
        known, after = cls(await members.marks(desk.tx)), 0
        while page := await members.everybody(desk.tx, after, PAGE):
            after = page[-1].id
            names = {one.id: one.name for one in page}
            for number, posts in (await members.posts_of(desk.tx, names)).items():
                known.duties[number] = {post.id: (post.role, post.node_id, post.unit_id) for post in posts}
                for post in posts:
                    known.named[names[number], post.node_id, post.unit_id] = number
        return known

    def number_of(self, desk: Desk, one: Registered) -> int | None:
        if one.phone:
            mark = members.phone_mark(desk.office.seals.vault, one.phone)
            if (number := self.marks.get(mark)) is not None:
                return number
        places = ((one.name, post.node_id, post.unit_id) for post in one.posts)
        return next((self.named[place] for place in places if place in self.named), None)


async def enter(desk: Desk, plan: Plan, told: Callable[[int], None]) -> None:
    """Write what `compare` found, all in this transaction; `told` hears how many people are done each time.

    Whoever is new is invited next. Of those known the file says everything: duties it does not name end.
    """
    assert not plan.mistakes
    vault = desk.office.seals.vault
    for at in range(0, len(plan.new), PAGE):
        page = plan.new[at : at + PAGE]
        numbers = await members.add(
            desk.tx, [{**_facts(one), **members.phone_columns(vault, one.phone)} for one in page]
        )
        pairs = zip(numbers, page, strict=True)
        await members.appoint(desk.tx, [_duty(post, number) for number, one in pairs for post in one.posts])
        told(len(page))
    for at in range(0, len(plan.known), PAGE):
        page_known = plan.known[at : at + PAGE]
        posts = await members.posts_of(desk.tx, [number for number, _ in page_known])
        for number, one in page_known:
            await _update(desk, number, one, posts.get(number, []))
        told(len(page_known))
    for at in range(0, len(plan.ended), PAGE):
        await members.end_duties(desk.tx, plan.ended[at : at + PAGE])


async def _update(desk: Desk, number: int, one: Registered, had: Sequence[members.Post]) -> None:
    member = await members.by_id(desk.tx, number)
    assert member is not None
    phone = members.phone_columns(desk.office.seals.vault, one.phone) if one.phone else {}
    state = {"state": "invited"} if member.state == "left" else {}
    await members.change(desk.tx, number, **_facts(one), **phone, **state)
    old = {(post.role, post.node_id, post.unit_id): post for post in had}
    for post in one.posts:
        if post.same in old:
            await members.change_duty(desk.tx, old[post.same].id, rank=post.rank, until=post.until)
    shared = {"person_id": member.person_id, "suspended": member.state == "suspended"}
    new = [{**_duty(post, number), **shared} for post in one.posts if post.same not in old]
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
