"""What a dispatcher decides besides sending: a choice on the card itself, and where words belong to it, words."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.cases.actions import Action
from bot.cases.case import Case, Colour, Level
from bot.cases.errors import NotOpen
from bot.desk import clarifying, dealing, grading, merging, turning_away
from bot.desk.desk import Desk
from bot.desk.names import matter_name
from bot.outbox.buttons import Press
from bot.outbox.cards_of import triage_card
from bot.outbox.letters import person
from bot.texts import Texts
from handlers.command.triage import at_centre
from handlers.numbers import number
from handlers.resident.keyboards import Choice, in_rows, inline
from handlers.resident.saying import Said
from handlers.responders import dealing as dialog
from handlers.responders.presses import HTML, asks_words, markup, shown_here
from handlers.sorting import Data, OnCase

CHOSEN = (Action.RENAME, Action.GRADE, Action.MERGE, Action.DIVERT, Action.REJECT, Action.REFER)
GROUP = "g."
BY_NUMBER = "n"


def doors() -> Router:
    """The first press opens the choices in place of the card's buttons, the second one decides."""
    router = Router(name="deciding")
    router.callback_query.register(chooses, OnCase(*CHOSEN))
    router.callback_query.register(turns_away, OnCase("turn"))
    router.callback_query.register(goes_on, OnCase(Action.TRIAGE))
    router.callback_query.register(splits, OnCase(Action.SPLIT))
    router.callback_query.register(decides_grade, Data("grade"))
    return router


async def chooses(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, press: Press) -> Said:
    """Another matter, grade, parent, reason, route or line: the list of them, or the one that was pressed."""
    action = Action(press.action)
    case, _ = await dealing.case_for(desk, press.case_id, action)
    if press.value and not press.value.startswith(GROUP):
        return await DECIDED[action](query, desk, texts, state, press)
    rows = await CHOICES[action](desk, texts, case, press.value.removeprefix(GROUP))
    back = (texts.button_fewer(), Press(case.id, "card", case.version).pack())
    message = await at_centre(query, desk, case)
    return [query.answer(), message.edit_reply_markup(reply_markup=inline(*rows, [back]))]


def _choice(case: Case, action: Action, words: str, value: str) -> Choice:
    return words, Press(case.id, action.value, case.version, value).pack()


async def _matters(desk: Desk, texts: Texts, case: Case, group: str) -> list[list[Choice]]:
    """The likely ones and the shelves, or one shelf."""
    catalogue = desk.office.catalogue
    found = catalogue.in_group(group) if group else catalogue.suggest(case.text)
    fitting = [one for one in found if grading.may_become(case, one)]
    rows = [[_choice(case, Action.RENAME, texts.matter_name(one), one.code)] for one in fitting]
    if group:
        return rows
    shelves = [_choice(case, Action.RENAME, texts.group_name(one), GROUP + one.code) for one in catalogue.groups()]
    return [*rows, *map(list, in_rows(shelves, 2))]


async def _grades(_desk: Desk, texts: Texts, case: Case, _group: str) -> list[list[Choice]]:
    levels = [_choice(case, Action.GRADE, texts.level_name(one), one) for one in Level if one is not case.level]
    colours = [_choice(case, Action.GRADE, texts.colour_name(one), one) for one in Colour if one is not case.colour]
    return [levels, colours]


async def _parents(desk: Desk, texts: Texts, case: Case, _group: str) -> list[list[Choice]]:
    found = [one.case for one in await merging.alike_to(desk, case)]
    rows = [
        [_choice(case, Action.MERGE, texts.case_line(one, matter_name(desk, one, texts)), str(one.id))] for one in found
    ]
    return [*rows, [_choice(case, Action.MERGE, texts.by_number(), BY_NUMBER)]]


def _listed(action: Action) -> "Choices":
    async def listed(_desk: Desk, texts: Texts, case: Case, _group: str) -> list[list[Choice]]:
        ways = [
            _choice(case, action, one if action is Action.DIVERT else texts.way(action, one), one)
            for one in turning_away.LISTS[action]
        ]
        return [list(row) for row in in_rows(ways, 2)]

    return listed


async def _renames(query: CallbackQuery, desk: Desk, texts: Texts, _state: FSMContext, press: Press) -> Said:
    """The card is edited by what follows; of what became confidential the group's is covered."""
    before = await dealing.case_for_dispatcher(desk, press.case_id)
    case = await grading.rename(desk, press.case_id, press.value)
    if case.confidential and not before.confidential:
        return [query.answer(texts.renamed_secret(case.number), show_alert=True)]
    return [query.answer(texts.renamed(case.number, matter_name(desk, case, texts)))]


async def _grades_it(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, press: Press) -> Said:
    await grading.may_grade(desk, press.case_id, press.value)
    return await _asks(query, desk, texts, state, press)


async def _asks(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, press: Press) -> Said:
    """For words; the card has its own buttons again."""
    return [*await asks_words(query, desk, texts, state, press), await _closed(query, desk, texts, press.case_id)]


async def _closed(query: CallbackQuery, desk: Desk, texts: Texts, case_id: int) -> Any:
    case = await dealing.case_for_dispatcher(desk, case_id)
    _, buttons = await triage_card(desk, texts, case, person(dealing.who_acts(desk)))
    return (await at_centre(query, desk, case)).edit_reply_markup(reply_markup=markup(buttons))


async def _merges(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, press: Press) -> Said:
    if press.value == BY_NUMBER:
        return await _asks(query, desk, texts, state, press)
    case = await merging.merge(desk, press.case_id, number(press.value))
    return [query.answer(texts.merged_toast(case.number, await merging.number_of_parent(desk, case)))]


async def _diverts(query: CallbackQuery, desk: Desk, texts: Texts, _state: FSMContext, press: Press) -> Said:
    case = await turning_away.divert(desk, press.case_id, press.value)
    message = await at_centre(query, desk, case)
    words = texts.line_called(case.number, press.value, case.place)
    return [query.answer(), message.answer(words, parse_mode=HTML)]


async def _shows_what_is_read(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, press: Press) -> Said:
    """What the reporter will read; one tap sends it, words of the dispatcher's own go with it."""
    action = Action(press.action)
    case = await turning_away.may(desk, press.case_id, action, press.value)
    message = await at_centre(query, desk, case)
    said = texts.turn_away_sure(texts.turned_away(case.number, action, press.value, ""))
    await dialog.begin(state, desk, case, action, press.value, said)
    yes = Press(case.id, "turn", case.version, f"{action.value}.{press.value}").pack()
    shown = message.answer(said, reply_markup=inline([(texts.turn_away_yes(), yes)]), parse_mode=HTML)
    return [query.answer(), shown, await _closed(query, desk, texts, case.id)]


async def turns_away(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, press: Press) -> Said:
    """✅ 就这样告诉上报人."""
    word, _, key = press.value.partition(".")
    if word not in {Action.REJECT.value, Action.REFER.value}:
        raise NotOpen
    case = await turning_away.turn_away(desk, press.case_id, Action(word), key, "")
    if (await dialog.now(state)).get("case") == case.id:
        await dialog.end(state)
    message = shown_here(query, case)
    return [query.answer(), message.edit_text(texts.turned_away_done(case.number))]


async def goes_on(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """▶️ 不等了: triage goes on without the answer."""
    case = await clarifying.go_on(desk, press.case_id)
    return [query.answer(texts.triage_goes_on(case.number))]


async def splits(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """✂️ 拆出来."""
    case = await merging.split(desk, press.case_id)
    return [query.answer(texts.split_toast(case.number))]


async def decides_grade(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """The second dispatcher agrees to a lower grade, or not; the card that asked is edited by what follows."""
    if len(parts) != 2 or parts[0] not in {"y", "n"}:
        raise NotOpen
    await grading.decide(desk, number(parts[1]), yes=parts[0] == "y")
    return [query.answer(texts.grade_done())]


Choices = Callable[[Desk, Texts, Case, str], Awaitable[list[list[Choice]]]]
Decided = Callable[[CallbackQuery, Desk, Texts, FSMContext, Press], Awaitable[Said]]
CHOICES: Mapping[Action, Choices] = MappingProxyType(
    {
        Action.RENAME: _matters,
        Action.GRADE: _grades,
        Action.MERGE: _parents,
        Action.DIVERT: _listed(Action.DIVERT),
        Action.REJECT: _listed(Action.REJECT),
        Action.REFER: _listed(Action.REFER),
    }
)
DECIDED: Mapping[Action, Decided] = MappingProxyType(
    {
        Action.RENAME: _renames,
        Action.GRADE: _grades_it,
        Action.MERGE: _merges,
        Action.DIVERT: _diverts,
        Action.REJECT: _shows_what_is_read,
        Action.REFER: _shows_what_is_read,
    }
)
