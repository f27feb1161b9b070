"""What is said around triage: suggestions on the dispatchers' card, lower grades that wait, questions, copies."""

from collections.abc import Mapping
from typing import Any

from bot.cases.actions import Action
from bot.cases.case import Case, Status
from bot.cases.catalogue import OTHER
from bot.cases.conditions import PAUSE_AT_MOST
from bot.cases.matter import Matter
from bot.desk import merging
from bot.desk.desk import Desk
from bot.desk.grading import graded_since, may_become
from bot.desk.masking import told_to_strangers
from bot.desk.names import decider, matter_name, unit_name
from bot.outbox.buttons import Button, Card, Press, button, keyboard
from bot.outbox.letters import person, reporter
from bot.texts import Texts
from storage import cases, gradings
from storage.gradings import Grading
from storage.units import Unit


def heard_matter(desk: Desk, case: Case) -> Matter | None:
    """The matter that the words of a case sound like, if it is another row of the list than the one it has."""
    if not case.text:
        return None
    likely = next(iter(desk.office.catalogue.suggest(case.text, 1)), None)
    if likely is None or likely.row == case.matter[:3] or not may_become(case, likely):
        return None
    return likely


async def suggestions(desk: Desk, texts: Texts, case: Case, suggested: Unit | None) -> list[str]:
    """Lines of the card of a case that waits for triage: another matter, cases that may be the same, a conflict."""
    lines: list[str] = []
    likely = desk.office.catalogue.suggest(case.text) if case.text and case.matter == OTHER else ()
    if likely:
        lines.append(texts.likely([texts.matter_name(one) for one in likely]))
    elif (matter := heard_matter(desk, case)) is not None:
        lines.append(texts.sounds_like(texts.matter_name(matter), texts.grade_words(matter.level, matter.colour)))
    found = await merging.alike_to(desk, case)
    if found:
        lines.append(texts.alike([_alike(desk, texts, one) for one in found]))
    if suggested is not None and suggested.name in case.text:
        lines.append(texts.conflict(suggested.name))
    return lines


def _alike(desk: Desk, texts: Texts, one: merging.Alike) -> str:
    name, status = matter_name(desk, one.case, texts), texts.status_for_unit(one.case.status)
    return texts.alike_line(one.case, name, status, one.metres)


def renaming_button(desk: Desk, texts: Texts, case: Case) -> list[Button]:
    """改为…: the matter that the words sound like, by one tap."""
    matter = heard_matter(desk, case)
    if matter is None:
        return []
    pressed = Press(case.id, Action.RENAME, case.version, matter.code)
    return [button(texts.change_to(texts.matter_name(matter)), pressed.pack())]


def criterion(desk: Desk, texts: Texts, case: Case) -> str:
    """When a case is done: as a dispatcher wrote it, else as its matter or the group of it says."""
    if case.criterion:
        return texts.criterion(case.criterion)
    catalogue = desk.office.catalogue
    matter = catalogue.of(case.matter)
    group = next((one for one in catalogue.groups() if one.code == matter.group), None)
    chinese = matter.criterion or (group.criterion if group else "")
    english = matter.criterion_en or (group.criterion_en if group else "")
    words = english if texts.language == "en" and english else chinese
    return texts.criterion(texts.criterion_of(case.colour, words))


async def waiting_lines(desk: Desk, texts: Texts, case: Case) -> list[str]:
    """Until when it waits for its reporter, or into which case it was merged."""
    if case.status is Status.NEED_INFO and case.asked_at is not None:
        return [texts.waits_for_reporter(case.asked_at + PAUSE_AT_MOST)]
    parent = await cases.by_id(desk.tx, case.parent_id) if case.parent_id is not None else None
    return [texts.merged_into(parent.number)] if parent else []


async def grade_asked(desk: Desk, texts: Texts, facts: Mapping[str, Any], case: Case, recipient: str) -> Card | None:
    """The card of a lower grade that was proposed, as it stands now."""
    one = await gradings.by_id(desk.tx, facts["grading"])
    if one is None:
        return None
    wanted = texts.grade_words(one.level, one.colour)
    if one.state != "proposed":
        by = await decider(desk, texts, one.decided_by)
        return texts.grade_decided(case.number, wanted, one.state == "agreed", by), None
    if await graded_since(desk, one):
        return texts.grade_over(case.number, wanted), None
    now, by = texts.grade_words(case.level, case.colour), await decider(desk, texts, one.proposed_by)
    words = texts.grade_asked(case.number, matter_name(desk, case, texts), now, wanted, one.reason, by)
    look = button(texts.button_details(), Press(case.id, "open").pack())
    return words, keyboard([look], _grade_keys(texts, one, mine=recipient == person(one.proposed_by)))


def _grade_keys(texts: Texts, one: Grading, *, mine: bool) -> list[Button]:
    no = button(texts.grade_no(), f"grade:n:{one.id}")
    return [no] if mine else [button(texts.grade_yes(), f"grade:y:{one.id}"), no]


async def copy(desk: Desk, texts: Texts, _facts: Mapping[str, Any], case: Case, _recipient: str) -> Card | None:
    """A red or yellow case for the district's department, without what names anybody."""
    words = await told_to_strangers(desk, case, case.text)
    return texts.copy_to_department(
        case, matter_name(desk, case, texts), words, await unit_name(desk, case.unit_id)
    ), None


async def clarify(_desk: Desk, texts: Texts, facts: Mapping[str, Any], case: Case, _recipient: str) -> Card | None:
    """A question to the reporter before the dispatch."""
    keys = keyboard(
        [button(texts.button_answer(), Press(case.id, "add").pack())],
        [button(texts.enough(), Press(case.id, "enough").pack())],
    )
    return texts.clarify(case.number, facts["question"], facts["more"]), keys


async def turned_away(_desk: Desk, texts: Texts, facts: Mapping[str, Any], case: Case, recipient: str) -> Card | None:
    """Why it is not dealt with here, and where; whoever reported it may object."""
    said = texts.turned_away(case.number, facts["action"], facts["why"], facts["words"])
    if recipient != reporter(case.reporter) or case.status not in {Status.REJECTED, Status.REFERRED}:
        return said, None
    return f"{said}\n{texts.may_object()}", keyboard([button(texts.button_object(), Press(case.id, "object").pack())])
