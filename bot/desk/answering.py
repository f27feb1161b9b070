"""Words between the centre or a unit and whoever reported: answers to questions, questions to them, thank-yous.

They only ever go through the bot; who is on the other side is not told. The one exception is a reporter's own wish to
be called: then the one who signed reads the number.
"""

from bot.cases.actions import Action
from bot.cases.case import Case, Contact
from bot.cases.errors import NoContact, NotFound, NotYours
from bot.desk import clarifying, dealing, routing, showing
from bot.desk.desk import Desk
from bot.desk.masking import for_group
from bot.desk.moves import act, tell_unit
from bot.outbox.letters import Kind, Letter, reporter
from storage import callbacks, cases, units

NUMBER_SEEN = "number"
"""A line of history: whoever signed has looked at the number to call."""


async def ask_reporter(desk: Desk, case_id: int, words: str, _about: str = "") -> Case:
    """Pass a question on; it counts as first contact (rulings 11). Before the dispatch the centre asks.

    Raises NoContact if they do not want to be asked."""
    if await dealing.not_sent_yet(desk, case_id):
        return await clarifying.ask(desk, case_id, words)
    await dealing.started(desk, case_id, Action.ASK)
    case, role = await dealing.at_work(desk, case_id, tell=False)
    after = await act(desk, case, Action.ASK, role, actor_id=dealing.who_acts(desk), note=words)
    desk.owe(
        Letter(
            key=f"asked {after.id} {after.version}",
            kind=Kind.NEWS,
            to=reporter(after.reporter),
            case_id=after.id,
            lane=routing.lane(after),
            facts={"event": Action.ASK.value, "note": words, "unit": after.unit_id},
        )
    )
    return after


async def reply(desk: Desk, case_id: int, words: str, _about: str = "") -> Case:
    """The centre answers a question itself; whoever asked rates it."""
    case, role = await dealing.case_for(desk, case_id, Action.REPLY)
    return await act(desk, case, Action.REPLY, role, actor_id=dealing.who_acts(desk), note=words)


async def thank(desk: Desk, case_id: int, unit_id: int | None) -> Case:
    """Pass a thank-you on to a unit with its pictures; None keeps it at the centre. Raises NotFound for no unit."""
    case, role = await dealing.case_for(desk, case_id, Action.THANK)
    unit = await units.by_id(desk.tx, unit_id) if unit_id is not None else None
    if unit_id is not None and (unit is None or unit.kind == "centre"):
        raise NotFound
    after = await act(desk, case, Action.THANK, role, actor_id=dealing.who_acts(desk), to_id=unit_id)
    if unit_id is not None:
        answers = await cases.answers_of(desk.tx, case.id)
        words = "\n".join(part for part in (*map(str, answers.values()), case.text) if part)
        words = for_group(desk, case, words)
        await tell_unit(desk, after, Kind.SUPPLEMENT, f"thanks {after.version}", words=words, from_whom="thanks")
        for to in await routing.unit_addresses(desk, after):
            await showing.owe_files(desk, after, to, "report")
    return after


async def number_to_call(desk: Desk, case_id: int) -> tuple[Case, str]:
    """The number a reporter left to be called at, for the one who signed. Raises NotYours, NoContact."""
    case = await dealing.case_for_unit(desk, case_id)
    if case.handler_id != dealing.who_acts(desk):
        raise NotYours
    found = await callbacks.behind(desk.tx, desk.office.seals.vault, case.reporter)
    if case.contact is not Contact.CALL or found is None or not found.phone:
        raise NoContact
    line = {"case_id": case.id, "at": desk.now(), "action": NUMBER_SEEN, "role": "responder", "unit_id": case.unit_id}
    await cases.record(desk.tx, [{**line, "person_id": case.handler_id}])
    return case, found.phone
