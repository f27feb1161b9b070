"""The buttons under the cards of a case: what the unit, the dispatchers and whoever judges may do with it now."""

from collections.abc import Collection, Mapping

from bot.cases.actions import CENTRE, UNIT, Action, Role
from bot.cases.case import Case, Contact, Status
from bot.cases.conditions import NOTHING_YET
from bot.cases.flags import flags_for
from bot.cases.lifecycle import allowed
from bot.desk.dealing import verdict_on
from bot.outbox.buttons import Button, Press, button
from bot.texts import Texts
from storage.units import Unit

UNIT_BUTTONS = (
    Action.ACCEPT,
    Action.CONTACT,
    Action.PROGRESS,
    Action.RESOLVE,
    Action.ASK,
    Action.RESUME,
    Action.END_JOINT,
)

MORE_OF_UNIT = (
    Action.TRANSFER,
    Action.RETURN,
    Action.EXTEND,
    Action.ASK_SHELVING,
    Action.ASK_LEVEL_UP,
    Action.ASK_JOINT,
)
"""What a unit does more rarely: on the other page of its card."""

DECISIONS = (Action.GRANT, Action.DECLINE, Action.INSIST)
"""What a unit asked for and the centre decides."""

MORE_OF_CENTRE = (
    Action.WHISTLE,
    Action.ESCALATE,
    Action.RENAME,
    Action.GRADE,
    Action.REQUIRE,
    Action.HASTEN,
    Action.MERGE,
    Action.DIVERT,
    Action.REJECT,
    Action.REFER,
    Action.SHELVE,
    Action.RESUME,
    Action.RETURN,
    Action.ASK_SHELVING,
    Action.OVERSEE,
    Action.RELEASE,
    Action.SPARE,
    Action.EXCLUDE,
    Action.BLOCK,
)

CENTRE_BUTTONS = (Action.TAKEN_OVER, Action.RECONSIDER, Action.TRIAGE, Action.ASK, Action.SPLIT)
"""What the dispatchers do with a case besides sending it, on the card itself."""


def press(texts: Texts, case: Case, action: Action) -> Button:
    """The button for an action on a case."""
    return button(texts.action(action.value), Press(case.id, action.value, case.version).pack())


def unit_buttons(texts: Texts, case: Case) -> list[Button]:
    """What the unit may do now. Progress and result from the signing on; the first of them counts as first contact."""
    may = allowed(case, UNIT)
    early = {Action.PROGRESS, Action.RESOLVE} if case.status is Status.ACCEPTED else set[Action]()
    unwanted = {Action.ASK} if case.contact is Contact.NONE else set[Action]()
    offered = {*may, *early} - unwanted
    main = [press(texts, case, action) for action in UNIT_BUTTONS if action in offered]
    return [*main, *more_button(texts, case, "unit", more_of_unit(texts, case))]


def more_of_unit(texts: Texts, case: Case, times: Mapping[Action, int] = NOTHING_YET) -> list[Button]:
    """The other page of the unit's card; `times` leaves out what was done so often already."""
    may = allowed(case, UNIT, times=times)
    return [press(texts, case, action) for action in MORE_OF_UNIT if action in may]


def more_of_centre(
    texts: Texts, case: Case, times: Mapping[Action, int] = NOTHING_YET, roles: Collection[Role] = CENTRE
) -> list[Button]:
    """The other page of the dispatchers' card; `roles` are those of whoever opens it."""
    may = {*allowed(case, roles, times=times), *flags_for(case, CENTRE)}
    again = [button(texts.button_relapse(), Press(case.id, "relapse", case.version).pack())]
    return [
        *(verdict_buttons(texts, case) if Action.CONFIRM in may else []),
        *(press(texts, case, action) for action in MORE_OF_CENTRE if action in may),
        *(again if Action.REDO in may else []),
    ]


def more_button(texts: Texts, case: Case, whose: str, offered: list[Button]) -> list[Button]:
    """The key to the other page, where there is something on it."""
    return [button(texts.button_more(), Press(case.id, "more", case.version, whose).pack())] if offered else []


def thanking_buttons(texts: Texts, case: Case, suggested: Unit | None) -> list[Button]:
    """转达 to the unit that is meant, to another, to nobody; or it is no thank-you at all, and is sent like a case."""
    thank = Action.THANK.value
    named = (
        [(texts.thank_to(suggested.name), Press(case.id, thank, case.version, str(suggested.id)))] if suggested else []
    )
    others = [
        (texts.thank_other(), Press(case.id, "units", case.version, thank)),
        (texts.thank_nobody(), Press(case.id, thank, case.version, "0")),
        (texts.no_thanks(), Press(case.id, "units", case.version, Action.DISPATCH)),
    ]
    return [button(words, pressed.pack()) for words, pressed in [*named, *others]]


def sending_buttons(texts: Texts, case: Case, suggested: Unit | None) -> list[Button]:
    """派单 to the suggested unit or another, or 改派."""
    may = allowed(case, {Role.DISTRICT_DISPATCHER})
    if Action.THANK in may:
        return thanking_buttons(texts, case, suggested)
    decided = [action for action in DECISIONS if action in allowed(case, CENTRE)]
    buttons = [press(texts, case, action) for action in decided]
    if Action.REPLY in may:
        buttons.append(press(texts, case, Action.REPLY))
    if Action.DISPATCH in may:
        if suggested:
            data = Press(case.id, Action.DISPATCH, case.version, str(suggested.id)).pack()
            buttons.append(button(texts.action("dispatch", suggested.name), data))
        buttons.append(button(texts.other_unit(), Press(case.id, "units", case.version, Action.DISPATCH).pack()))
    elif Action.REASSIGN in may:
        if suggested:
            data = Press(case.id, Action.REASSIGN, case.version, str(suggested.id)).pack()
            buttons.append(button(texts.agree_to(suggested.name), data))
        data = Press(case.id, "units", case.version, Action.REASSIGN).pack()
        buttons.append(button(texts.action("reassign"), data))
    return buttons


def verdict_buttons(texts: Texts, case: Case) -> list[Button]:
    """通过 or 不通过, about this very result; what was seen can be said before."""
    about = verdict_on(case)
    return [
        button(texts.action(action.value), Press(case.id, action.value, case.version, about).pack())
        for action in (Action.CONFIRM, Action.FAIL, Action.LOOK)
    ]
