"""What a result must prove: words that tell the four elements, pictures that were not used before, a pair to see it."""

from collections.abc import Mapping
from typing import Any

from bot.cases.case import Case, Status
from bot.cases.elements import Element, lacking, says_nothing
from bot.desk import routing, showing
from bot.desk.desk import Desk
from bot.outbox.letters import Kind, Letter, reporter
from storage import attachments, cases, looks, papers
from storage.attachments import Attachment
from storage.looks import Seen

PAIR = "pair"
"""A paper: before and after side by side, for the one who reported."""

CHECKED = frozenset({Status.VERIFY, Status.FEEDBACK})
"""While somebody still looks at the result."""


async def judged(desk: Desk, case_id: int, words: str) -> tuple[bool, tuple[Element, ...]]:
    """Whether the words of a result say anything, and which elements they do not tell."""
    case = await cases.by_id(desk.tx, case_id)
    return not says_nothing(words), lacking(case, words) if case else ()


async def compare(desk: Desk, one: Attachment, look: int, sha256: str) -> None:
    """A picture of a result that was there before is marked: its own unit is asked for a new one, or others are warned.

    What the unit showed while it worked on this very result is no old picture.
    """
    found = await looks.before(desk.tx, one.id, look, sha256)
    case = await cases.by_id(desk.tx, one.case_id)
    if case is None or not (old := [seen for seen in found if _is_old(case, seen)]):
        return
    seen = next((seen for seen in old if seen.case_id == case.id), old[0])
    await attachments.change(desk.tx, one.id, same_as=seen.id)
    desk.files.pop(case.id, None)
    if case.status not in CHECKED:
        return
    if seen.case_id == case.id:
        for to in await routing.unit_addresses(desk, case):
            _say(desk, case, to, "same_picture", "", one)
        return
    words = await number_shown(desk, seen.case_id)
    for to in dict.fromkeys([*await routing.verifiers(desk, case), *await routing.dispatchers(desk, case)]):
        _say(desk, case, to, "used_picture" if words else "used_secret", words, one)


def _is_old(case: Case, seen: Seen) -> bool:
    if seen.case_id != case.id or seen.source == "report":
        return True
    return seen.source == "result" and case.resolved_at is not None and seen.came_at < case.resolved_at


async def number_shown(desk: Desk, case_id: int) -> str:
    """The number of another case; of a confidential one nothing is said."""
    other = await cases.by_id(desk.tx, case_id)
    return other.number if other is not None and not other.confidential else ""


def _say(desk: Desk, case: Case, to: str, what: str, words: str, one: Attachment) -> None:
    facts = {"words": words, "from_whom": what}
    key = f"{what} {case.id} {one.id} {to}"
    desk.owe(Letter(key=key, kind=Kind.SUPPLEMENT, to=to, case_id=case.id, lane=routing.lane(case), facts=facts))


async def doubts(desk: Desk, case: Case) -> list[tuple[bool, str]]:
    """Pictures of the result that were there before: whether in this very case, and the number of the other."""
    files = [one for one in await desk.files_of(case.id) if one.source == "result" and one.same_as is not None]
    since = case.resolved_at
    ids = [one.same_as for one in files if one.same_as is not None and (since is None or one.came_at >= since)]
    behind = dict.fromkeys((await looks.cases_of(desk.tx, ids)).values())
    return [(other == case.id, "" if other == case.id else await number_shown(desk, other)) for other in behind]


async def show_result(desk: Desk, case: Case) -> None:
    """Owe the pictures of a result to all who wait: whoever reported sees before and after in one, where there is both.

    Whoever joined reads nothing of what the reporter sent, so they see the result alone.
    """
    for to in await routing.hearers(desk, case):
        both = await _pair(desk, case) if to == reporter(case.reporter) else None
        if both is None:
            await showing.owe_files(desk, case, to, "result", case.resolved_at)
            continue
        texts = desk.texts(desk.office.language)
        facts = {"case": case.id, "to": to, "names": [texts.before(), texts.after()], "copies": both}
        key = f"{PAIR} {case.id} {case.version}"
        seal = desk.office.seals.content
        await papers.ask(desk.tx, seal, key, PAIR, to, facts, {"number": case.number}, desk.now())


async def _pair(desk: Desk, case: Case) -> list[str] | None:
    """The copies of the first picture of the report and the first new one of the result, if both are here already."""
    files = [one for one in await desk.files_of(case.id) if one.kind in showing.PICTURES]
    before = [one for one in files if one.source == "report" and one.ref in (None, case.reporter)]
    since = case.resolved_at
    new = [one for one in files if one.source == "result" and (since is None or one.came_at >= since)]
    after = [one for one in new if one.same_as is None]
    if not before or not after or any(one.state == "waiting" for one in (*before, *after)):
        return None
    shown = [[one.copy for one in some if one.copy is not None] for some in (before, after)]
    return [some[0] for some in shown] if all(shown) else None


async def show_apart(desk: Desk, facts: Mapping[str, Any]) -> None:
    """The pair could not be drawn: the pictures of the result as they are."""
    case = await cases.by_id(desk.tx, facts["case"])
    if case is not None:
        await showing.owe_files(desk, case, facts["to"], "result", case.resolved_at)
