"""How grave a case is and what it is about, as a dispatcher sees it: up at once, down from red and yellow by two."""

from dataclasses import replace

from bot.cases.actions import Action, Role
from bot.cases.case import Case, Colour, Level, Visibility
from bot.cases.conditions import is_advice, is_praise
from bot.cases.errors import ChangedMeanwhile, Decided, NotOpen, NotYours
from bot.cases.grading import COLOURS, grade, lowers
from bot.cases.lifecycle import TO_SEND
from bot.cases.matter import Matter
from bot.cases.muting import ANSWERED_WITHIN
from bot.desk import dealing, routing, showing
from bot.desk.desk import Desk
from bot.desk.moves import act, promising
from bot.desk.names import decider
from bot.desk.waking import wake
from bot.outbox.letters import Kind, Letter
from storage import cases, gradings
from storage.gradings import Grading

GRADED = frozenset({Action.GRADE.value, Action.RENAME.value, Action.ESCALATE.value, "danger"})
"""Lines of history after which a case may have another grade."""


def meant(case: Case, value: str) -> tuple[Level, Colour]:
    """The level and colour that a button names one of. Raises NotOpen for anything else, and for what is so already."""
    if value in set(Level):
        wanted = Level(value), case.colour
    elif value in set(Colour):
        wanted = case.level, Colour(value)
    else:
        raise NotOpen
    if wanted == (case.level, case.colour):
        raise NotOpen
    return wanted


async def may_grade(desk: Desk, case_id: int, value: str) -> Case:
    """The case, before a reason is asked for. Raises NotYours, NotOpen."""
    case, role = await dealing.case_for(desk, case_id, Action.GRADE)
    level, colour = meant(case, value)
    grade(case, level, colour, role, note="?", actor_id=0, second_id=1)
    return case


async def regrade(desk: Desk, case_id: int, words: str, value: str) -> Case:
    """Another level or colour with the reason. Of a red or yellow case a lower one is only proposed to a second."""
    case, role = await dealing.case_for(desk, case_id, Action.GRADE)
    level, colour = meant(case, value)
    me = dealing.who_acts(desk)
    if not lowers(case, level, colour):
        return await _graded(desk, case, level, colour, role, words, me, None)
    grade(case, level, colour, role, note=words, actor_id=me, second_id=0)
    columns = {"case_id": case.id, "level": level, "colour": colour, "reason": words}
    number = await gradings.propose(desk.tx, **columns, proposed_by=me, proposed_at=desk.now())
    await _show(desk, case, number, "asked")
    return case


async def _graded(
    desk: Desk, case: Case, level: Level, colour: Colour, role: Role, words: str, first: int, second: int | None
) -> Case:
    """Book it with clocks and promise anew. `second` is the one who acts, where two must agree."""
    case = await wake(desk, case) if colour is Colour.RED and case.colour is not Colour.RED else case
    anew = await promising(desk, case)

    def also(after: Case) -> Case:
        graded = grade(after, level, colour, role, note=words, actor_id=first, second_id=second)
        return anew(after, replace(graded, version=after.version))

    by = first if second is None else second
    after = await act(desk, case, Action.GRADE, role, actor_id=by, note=words, also=also)
    await show_over(desk, after)
    await _heard_at_once(desk, case, after)
    return after


async def _heard_at_once(desk: Desk, before: Case, after: Case) -> None:
    """What became red, yellow or confidential goes to whom it concerns, as if it had been so from the beginning."""
    graver = COLOURS.index(after.colour) > COLOURS.index(before.colour)
    if graver or (after.confidential and not before.confidential):
        await showing.show_at_once(desk, after)


async def known(desk: Desk, number: int) -> Grading:
    """A proposal. Raises NotOpen."""
    one = await gradings.by_id(desk.tx, number)
    if one is None:
        raise NotOpen
    return one


async def decide(desk: Desk, number: int, *, yes: bool) -> Case:
    """The second one agrees or not; whoever proposed it may only take it back.

    Raises NotYours, Decided with the name of who was faster, NotOpen for what is old or no lower grade any more,
    ChangedMeanwhile where it has another grade than the one that was to be lowered.
    """
    one = await known(desk, number)
    case, role = await dealing.case_for(desk, one.case_id, Action.GRADE)
    me = dealing.who_acts(desk)
    if one.state != "proposed":
        raise Decided(name=await decider(desk, desk.texts(), one.decided_by))
    if desk.now() - one.proposed_at > ANSWERED_WITHIN:
        raise NotOpen
    if yes and (one.proposed_by == me or role is not Role.DISTRICT_DISPATCHER):
        raise NotYours
    if yes and await graded_since(desk, one):
        raise ChangedMeanwhile
    if yes and not lowers(case, one.level, one.colour):
        raise NotOpen
    if not await gradings.decide(desk.tx, one.id, "agreed" if yes else "refused", me, desk.now()):
        raise NotOpen
    await _show(desk, case, one.id, "agreed" if yes else "refused")
    return await _graded(desk, case, one.level, one.colour, role, one.reason, one.proposed_by, me) if yes else case


async def graded_since(desk: Desk, one: Grading) -> bool:
    """Whether the case was graded, or danger was told, after this was proposed: it was meant for how it stood then."""
    return any(
        line.action in GRADED and line.at > one.proposed_at for line in await cases.history_of(desk.tx, one.case_id)
    )


async def show_over(desk: Desk, case: Case) -> None:
    """The cards of proposals that wait say that they were made of another grade."""
    for number in await gradings.waiting(desk.tx, case.id):
        await _show(desk, case, number, f"over {case.version}")


async def _show(desk: Desk, case: Case, number: int, why: str) -> None:
    for to in await routing.dispatchers(desk, case):
        facts = {"grading": number, "board": f"grade {number}"}
        key = f"{Kind.GRADE_ASKED} {number} {why} {to}"
        desk.owe(Letter(key=key, kind=Kind.GRADE_ASKED, to=to, case_id=case.id, lane=routing.lane(case), facts=facts))


def may_become(case: Case, matter: Matter) -> bool:
    """Whether a case can become one of this matter; what a unit has in hand becomes no question and no thank-you."""
    words_only = is_advice(replace(case, matter=matter.code)) or is_praise(replace(case, matter=matter.code))
    return matter.code != case.matter and not (words_only and case.status not in TO_SEND)


async def rename(desk: Desk, case_id: int, code: str) -> Case:
    """Another matter: level, clocks and visibility follow. The graver colour stays, and what was secret stays so.

    Raises NotOpen for no matter that it can become.
    """
    case, role = await dealing.case_for(desk, case_id, Action.RENAME)
    matter = desk.office.catalogue.matters.get(code)
    if matter is None or not may_become(case, matter):
        raise NotOpen

    anew = await promising(desk, case)

    def also(after: Case) -> Case:
        return anew(after, replace(after, **_facts(case, matter)))

    texts = desk.texts(desk.office.language)
    before = desk.office.catalogue.of(case.matter)
    note = texts.renamed_note(texts.matter_name(before), texts.matter_name(matter))
    after = await act(desk, case, Action.RENAME, role, actor_id=dealing.who_acts(desk), note=note, also=also)
    await show_over(desk, after)
    await _heard_at_once(desk, case, after)
    return after


def _facts(case: Case, matter: Matter) -> dict[str, object]:
    """Level and colour fall only by two (see grade); a secret never comes out by another name."""
    keeps_level = lowers(case, matter.level, case.colour)
    hidden = case.confidential or not matter.asks_details or matter.visibility is Visibility.CONFIDENTIAL
    return {
        "matter": matter.code,
        "level": case.level if keeps_level else matter.level,
        "colour": max(case.colour, matter.colour, key=COLOURS.index),
        "visibility": Visibility.CONFIDENTIAL if hidden else matter.visibility,
    }
