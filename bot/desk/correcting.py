"""Correcting a report in the first ten minutes: its words, its place, its matter. What stood there stays on record."""

from dataclasses import replace

from bot.cases.actions import Action, Role
from bot.cases.case import Case, Colour, Status, Visibility
from bot.cases.clocks import may_correct
from bot.cases.draft import Draft
from bot.cases.errors import NotOpen, TooLate
from bot.cases.lifecycle import MOVES
from bot.cases.matter import Matter
from bot.cases.secrecy import secrets_in
from bot.desk import accused, confiding, following, routing, showing, withdrawing
from bot.desk.desk import Desk
from bot.desk.moves import act, finish_at, promise, reset_clocks
from bot.desk.names import matter_name
from bot.desk.reporting import node_of, place_in_words
from storage import cases

UNDECIDED = frozenset({Status.REGISTERED, Status.TRIAGE})
GRAVITY = {Colour.NONE: 0, Colour.YELLOW: 1, Colour.RED: 2}


async def may(desk: Desk, case: Case) -> Case:
    """The same case. Raises TooLate after ten minutes, and when it has ended."""
    if not may_correct(case, desk.now()):
        raise TooLate(action=Action.CORRECT)
    return case


def choosable(matter: Matter) -> bool:
    """Whether a report can become one of this matter. What must stay secret is reported anew, out of every group."""
    return matter.asks_details and matter.visibility is not Visibility.CONFIDENTIAL and not matter.members_only


async def reword(desk: Desk, case: Case, words: str) -> Case:
    """Say it in other words. Danger in them makes the case red; nothing that is said makes it less urgent.

    Words that no group may read do not take the place of those that groups read: the dispatchers get them privately.
    """
    danger = case.danger or desk.office.catalogue.danger(words) is not None
    colour = Colour.RED if danger else case.colour
    if confiding.secrets_told(desk, case, words):
        return await _confided(desk, case, replace(case, danger=danger, colour=colour), words)
    return await _corrected(desk, case, replace(case, text=words, danger=danger, colour=colour), words, case.text)


async def replace_place(desk: Desk, case: Case, draft: Draft) -> Case:
    """Say where it is instead; `draft` knows the place."""
    if secrets_in(desk.office.catalogue, draft.place_said, story=False) and not case.confidential:
        return await _confided(desk, case, case, draft.place_said)
    where = await place_in_words(desk, draft)
    point = {"latitude": draft.latitude, "longitude": draft.longitude, "node_id": await node_of(desk, draft)}
    return await _corrected(desk, case, replace(case, place=where, **point), where, case.place)


async def rename(desk: Desk, case: Case, matter: Matter) -> Case:
    """Say what it is about instead. It keeps the graver colour, and stays secret if it was. Raises NotOpen."""
    if not choosable(matter):
        raise NotOpen
    secret = case.confidential or not matter.asks_details
    after = replace(
        case,
        matter=matter.code,
        level=matter.level,
        colour=max(case.colour, matter.colour, key=GRAVITY.__getitem__),
        visibility=matter.visibility,
        sealed=secret,
    )
    texts = desk.texts(desk.office.language)
    return await _corrected(desk, case, after, texts.matter_name(matter), matter_name(desk, case, texts))


async def _confided(desk: Desk, case: Case, after: Case, words: str) -> Case:
    await may(desk, case)
    if after is not case:
        after = replace(after, version=case.version + 1)
        if not await cases.change(desk.tx, case, after):
            raise NotOpen
        await reset_clocks(desk, after)
    return await confiding.confide(desk, after, words, f"corrected {after.version}")


async def _corrected(desk: Desk, case: Case, after: Case, now: str, before: str) -> Case:
    """Book it with what stood there before, send it where it belongs now, and tell who deals with it."""
    await may(desk, case)
    after = replace(after, version=case.version + 1, due_at=finish_at(desk, after) if case.due_at else None)
    named = await accused.named_anew(desk, after)
    after = replace(after, conflicted=after.conflicted or bool(await accused.at_once(desk, named, after.matter)))
    if not await cases.change(desk.tx, case, after):
        raise NotOpen
    await following.note(desk, after, "corrected", before)
    await accused.keep(desk, after, named)
    sent = await _sent(desk, after)
    if sent is after:
        await reset_clocks(desk, after)
        await showing.refresh_cards(desk, after)
        await promise(desk, after)
        for to in await following.who_deals(desk, after):
            await showing.owe_said(desk, after, to, "corrected", f"corrected {after.version}", now)
    if sent.confidential and not case.confidential:
        await withdrawing.take_back(desk, sent)
    return sent


async def _sent(desk: Desk, case: Case) -> Case:
    """To the unit that it would have gone to, as long as nobody has signed for it; else where it is."""
    matter = desk.office.catalogue.of(case.matter)
    unit = None if await accused.is_open(desk, case) else await routing.automatic_unit(desk, case, matter)
    if unit is not None and unit.id == case.unit_id:
        return case
    if (case.status, Action.CORRECT) in MOVES:
        case = await act(desk, case, Action.CORRECT, Role.REPORTER, tell=unit is None)
    if unit is not None and case.status in UNDECIDED:
        return await act(desk, case, Action.DISPATCH, Role.SYSTEM, to_id=unit.id)
    if case.status in UNDECIDED:
        await showing.show_to_likely_duty(desk, case)
    return case
