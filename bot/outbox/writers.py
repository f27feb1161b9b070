"""What a letter says: one function for each kind, of the case as it stands when it leaves."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.cases.case import Case
from bot.desk import patrolling, saying_more
from bot.desk.desk import Desk
from bot.desk.following import who_deals
from bot.desk.masking import for_strangers
from bot.desk.names import unit_name
from bot.outbox import (
    calls_of,
    cards_of,
    crying,
    handing,
    invitations,
    mornings,
    muting,
    pausing,
    redrawings,
    reminders,
    requests_of,
    revisits_of,
    rosters,
    rounds_of,
    sheets_of,
    taking_back,
    triage_of,
    verdicts_of,
    whistling,
)
from bot.outbox.buttons import Card, Keyboard, Press, button, keyboard
from bot.outbox.letters import Kind, reporter
from bot.outbox.publications import publication_card
from bot.outbox.watching import watch_card
from bot.texts import Texts
from storage.outbox import Owed

COME_BACK = frozenset({"answer", "answer_file", "no_answer", "object", "diverted"})
"""Words that bring a case back to the dispatchers: the way to its card is under them."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words and buttons for a letter."""

    text: str
    keyboard: Keyboard | None = None


Writer = Callable[[Desk, Texts, Owed, Case | None], Awaitable[Said | None]]


async def _promise(desk: Desk, texts: Texts, _owed: Owed, case: Case | None) -> Said | None:
    return Said(*await cards_of.promise(desk, texts, case)) if case else None


async def _news(desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    if case is None:
        return None
    facts = owed.body["facts"]
    unit = await unit_name(desk, facts.get("unit"))
    more = keyboard([button(texts.button_answer(), Press(case.id, "add").pack())]) if facts["event"] == "ask" else None
    note = await _free(desk, owed, case, facts.get("note") or "")
    return Said(texts.news(case, unit, note, facts["event"]), more)


async def _ask_rating(desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    if case is None:
        return None
    return Said(*cards_of.ask_rating(texts, replace(case, result=await _free(desk, owed, case, case.result or ""))))


async def _free(desk: Desk, owed: Owed, case: Case, words: str) -> str:
    """What the unit wrote: to whoever only joined it without numbers, plates, doors and names."""
    return words if owed.recipient == reporter(case.reporter) else await for_strangers(desk, case, words)


async def _unit_card(desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    return Said(*await cards_of.unit_card(desk, texts, case, owed.recipient)) if case else None


async def _triage_card(desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    return Said(*await cards_of.triage_card(desk, texts, case, owed.recipient)) if case else None


async def _verify_card(desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    if case is None:
        return None
    verdict = owed.body["facts"].get("verdict")
    return Said(*await verdicts_of.verify_card(desk, texts, case, verdict, owed.recipient))


async def _supervision(desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    found = await watch_card(desk, texts, case, owed.recipient) if case else None
    return Said(*found) if found else None


async def _revisit(desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    number = owed.body["facts"]["round"]
    found = await revisits_of.revisit_card(desk, texts, case, number, owed.recipient) if case else None
    return Said(*found) if found else None


async def _revisit_ask(desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    if case is None:
        return None
    name = texts.matter_name(cards_of.matter_of(desk, case))
    return Said(*revisits_of.revisit_question(texts, case, name, owed.body["facts"]["round"]))


async def _supplement(_desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    if case is None:
        return None
    facts = owed.body["facts"]
    look = [button(texts.button_open(), Press(case.id, "open").pack())] if facts.get("from_whom") in COME_BACK else []
    return Said(texts.supplement(case.number, facts["words"], facts.get("from_whom", "reporter")), keyboard(look))


async def _said_more(desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    facts = owed.body["facts"]
    if case is None or owed.recipient not in await who_deals(desk, case):
        return None
    begin, end = datetime.fromisoformat(facts["since"]), datetime.fromisoformat(facts["until"])
    words = await saying_more.told(desk, case, owed.recipient, facts["action"], begin, end)
    return Said(texts.supplement(case.number, words, f"{facts['action']}_more"))


async def _spot_check(desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    return Said(*await verdicts_of.spot_check(desk, texts, case, owed.recipient)) if case else None


async def _voice(_desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    return Said(*cards_of.voice(texts, case, **owed.body["facts"])) if case else None


async def _confided(desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    facts = owed.body["facts"]
    return Said(*await cards_of.confided(desk, texts, case, facts["words"], facts.get("at"))) if case else None


async def _stub(_desk: Desk, texts: Texts, _owed: Owed, _case: Case | None) -> Said | None:
    return Said(texts.stub())


async def _nudge(desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    facts = owed.body["facts"]
    if case is None or not reminders.still_true(case, facts["kind"]):
        return None
    return Said(*await reminders.nudge(desk, texts, case, facts["kind"], facts["for"]))


async def _reminders(desk: Desk, texts: Texts, owed: Owed, _case: Case | None) -> Said | None:
    found = await reminders.many(desk, texts, owed.body["facts"]["nudges"], owed.recipient)
    return Said(*found) if found else None


async def _urged(_desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    return Said(texts.urged_card(case.number, owed.body["facts"]["count"])) if case else None


async def _joined(_desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    return Said(texts.joined_alarm(case.number, owed.body["facts"]["count"])) if case else None


async def _draft_waits(desk: Desk, texts: Texts, owed: Owed, _case: Case | None) -> Said | None:
    facts = owed.body["facts"]
    matter = desk.office.catalogue.matters.get(facts.get("matter") or "")
    about = texts.matter_name(matter) if matter else facts.get("words", "")
    return Said(*cards_of.draft_waits(texts, facts["step"], facts["sign"], about, danger=facts["danger"]))


async def _file_trouble(_desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    return Said(texts.file_trouble(case.number, owed.body["facts"]["why"])) if case else None


async def _alarm(_desk: Desk, texts: Texts, owed: Owed, _case: Case | None) -> Said | None:
    return Said(texts.alarm(**owed.body["facts"]))


async def _sorry(_desk: Desk, texts: Texts, _owed: Owed, _case: Case | None) -> Said | None:
    return Said(texts.sorry())


async def _approval(desk: Desk, texts: Texts, owed: Owed, _case: Case | None) -> Said | None:
    found = await invitations.approval(desk, texts, owed.body["facts"]["invitation"])
    return Said(*found) if found else None


async def _decided(desk: Desk, texts: Texts, owed: Owed, _case: Case | None) -> Said | None:
    words = await invitations.decided(desk, texts, owed.body["facts"]["member"], yes=owed.body["facts"]["yes"])
    return Said(words) if words else None


async def _patrol_reminder(desk: Desk, texts: Texts, owed: Owed, _case: Case | None) -> Said | None:
    """Only while the day lasts, nobody sleeps, and something is still missing."""
    today = patrolling.today(desk)
    if owed.body["facts"]["day"] != today.isoformat() or desk.office.calendar.is_quiet(desk.now()):
        return None
    missing = await patrolling.missing(desk, int(owed.recipient.partition(":")[2]))
    places = [await patrolling.place_of(desk, node_id) for node_id in missing]
    return Said(texts.patrol_reminder(places), keyboard([button(texts.patrol_open(), "patrol:")])) if places else None


async def _publication(desk: Desk, texts: Texts, _owed: Owed, case: Case | None) -> Said | None:
    found = await publication_card(desk, texts, case) if case else None
    return Said(*found) if found else None


async def _round_ask(desk: Desk, texts: Texts, owed: Owed, _case: Case | None) -> Said | None:
    found = await rounds_of.ask(desk, texts, owed.body["facts"]["round"])
    return Said(*found) if found else None


async def _round_board(desk: Desk, texts: Texts, owed: Owed, _case: Case | None) -> Said | None:
    found = await rounds_of.board(desk, texts, owed.body["facts"]["round"])
    return Said(*found) if found else None


async def _sheet_ready(_desk: Desk, texts: Texts, owed: Owed, _case: Case | None) -> Said | None:
    facts = owed.body["facts"]
    return Said(*sheets_of.ready(texts, facts["quarter"], datetime.fromisoformat(facts["until"])))


async def _appeal(desk: Desk, texts: Texts, owed: Owed, _case: Case | None) -> Said | None:
    found = await sheets_of.appeal(desk, texts, owed.body["facts"]["appeal"], owed.recipient)
    return Said(*found) if found else None


async def _appeal_decided(desk: Desk, texts: Texts, owed: Owed, _case: Case | None) -> Said | None:
    found = await sheets_of.decided(desk, texts, owed.body["facts"]["appeal"])
    return Said(found) if found else None


async def _silent_grid(desk: Desk, texts: Texts, owed: Owed, _case: Case | None) -> Said | None:
    place = await patrolling.place_of(desk, owed.body["facts"]["node"])
    return Said(texts.silent_grid(place, owed.body["facts"]["days"]))


async def _unplaced(desk: Desk, texts: Texts, owed: Owed, _case: Case | None) -> Said | None:
    in_group = owed.recipient.startswith("unit:")
    found = await redrawings.unplaced(desk, texts, owed.body["facts"], in_group=in_group)
    return Said(found) if found else None


Of = Callable[[Desk, Texts, Mapping[str, Any], str], Awaitable[Card | None]]


def _card(of: Of) -> Writer:
    """What is said follows from the facts and from who reads it."""

    async def written(desk: Desk, texts: Texts, owed: Owed, _case: Case | None) -> Said | None:
        found = await of(desk, texts, owed.body["facts"], owed.recipient)
        return Said(*found) if found else None

    return written


OfCase = Callable[[Desk, Texts, Mapping[str, Any], Case, str], Awaitable[Card | None]]


def _of_case(of: OfCase) -> Writer:
    """What is said follows from the facts, the case as it stands, and from who reads it."""

    async def written(desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
        found = await of(desk, texts, owed.body["facts"], case, owed.recipient) if case else None
        return Said(*found) if found else None

    return written


WRITERS: Mapping[Kind, Writer] = {
    Kind.GRADE_ASKED: _of_case(triage_of.grade_asked),
    Kind.NOT_BACK: _of_case(taking_back.not_back),
    Kind.COPY: _of_case(triage_of.copy),
    Kind.CLARIFY: _of_case(triage_of.clarify),
    Kind.TURNED_AWAY: _of_case(triage_of.turned_away),
    Kind.PROMISE: _promise,
    Kind.NEWS: _news,
    Kind.ASK_RATING: _ask_rating,
    Kind.UNIT_CARD: _unit_card,
    Kind.PRIVATE_CARD: _unit_card,
    Kind.TRIAGE_CARD: _triage_card,
    Kind.VERIFY_CARD: _verify_card,
    Kind.SUPERVISION: _supervision,
    Kind.REVISIT: _revisit,
    Kind.REVISIT_ASK: _revisit_ask,
    Kind.SUPPLEMENT: _supplement,
    Kind.SAID_MORE: _said_more,
    Kind.CLOCK_ON: _of_case(pausing.clock_on),
    Kind.REQUEST: _of_case(requests_of.request),
    Kind.REQUEST_ANSWERED: _of_case(requests_of.answered),
    Kind.SPOT_CHECK: _spot_check,
    Kind.STUB: _stub,
    Kind.VOICE: _voice,
    Kind.CONFIDED: _confided,
    Kind.NUDGE: _nudge,
    Kind.REMINDERS: _reminders,
    Kind.URGED: _urged,
    Kind.JOINED: _joined,
    Kind.DRAFT_WAITS: _draft_waits,
    Kind.FILE_TROUBLE: _file_trouble,
    Kind.ALARM: _alarm,
    Kind.SORRY: _sorry,
    Kind.APPROVAL: _approval,
    Kind.DECIDED: _decided,
    Kind.PATROL_REMINDER: _patrol_reminder,
    Kind.PUBLICATION: _publication,
    Kind.SHEET_READY: _sheet_ready,
    Kind.APPEAL: _appeal,
    Kind.APPEAL_DECIDED: _appeal_decided,
    Kind.SILENT_GRID: _silent_grid,
    Kind.UNPLACED: _unplaced,
    Kind.CALL: _card(calls_of.card),
    Kind.CALL_WORD: _card(calls_of.word),
    Kind.CALL_RATE: _card(calls_of.rating),
    Kind.ROUND_CARD: _card(rounds_of.card),
    Kind.ROUND_ASK: _round_ask,
    Kind.ROUND_BOARD: _round_board,
    Kind.APPLICATION: _card(whistling.application),
    Kind.APPLIED: _card(whistling.applied),
    Kind.RENEWALS: _card(whistling.renewals),
    Kind.WHISTLES: _card(whistling.whistles),
    Kind.MUTE_ASKED: _card(muting.asked),
    Kind.MUTE_TOLD: _card(muting.told),
    Kind.DIGEST: _card(mornings.digest),
    Kind.ORPHANS: _card(mornings.orphans),
    Kind.HANDED_OVER: _card(handing.handed_over),
    Kind.SWAP_ASKED: _card(rosters.swap_asked),
    Kind.SWAP_ANSWERED: _card(rosters.swap_answered),
    Kind.GAPS: _card(rosters.gaps),
    Kind.CRY: _card(crying.unfinished),
    Kind.CRY_NOTE: _card(crying.note),
    Kind.CRY_FILED: _card(crying.filed),
    Kind.GOT_THROUGH: _card(crying.got_through),
}
