"""Voices and their words: who is told them. Of a sealed report the dispatchers first, who pass them on."""

from typing import Any

from bot.cases.case import Case
from bot.cases.matter import FILES, QuestionKind
from bot.desk import confiding, masking, routing
from bot.desk.desk import Desk
from bot.outbox.letters import Kind, Lane, Letter
from storage import cases, voices
from storage.voices import Voice

SPOKEN = FILES[QuestionKind.VOICE]
VOICE = "voice"
"""The words of a voice that came when the report was a case already, in the history."""


async def listen(
    desk: Desk, piece: dict[str, Any], *, message: int = 0, draft: str = "", case_id: int | None = None
) -> None:
    """Have a voice turned into words, where a model is there. Its words come back as soon as they are known."""
    if not desk.office.listens or piece["kind"] not in SPOKEN:
        return
    assert desk.person is not None
    voice = Voice(
        person=desk.person.id,
        message=message,
        file_id=piece["file_id"],
        unique_id=piece["unique_id"],
        seconds=piece.get("seconds") or 0,
        draft=draft,
        case=case_id,
    )
    await voices.add(desk.tx, desk.office.seals.content, voice, desk.now())


async def told(desk: Desk, case: Case, words: str, key: str, *, danger: bool) -> None:
    """Words of a voice that came when its report was a case: kept, and read by whoever deals with it.

    Of a sealed report only the dispatchers read them, until one passes them on. `key` makes it safe to repeat.
    """
    if confiding.secrets_told(desk, case, words):
        await confiding.confide(desk, case, words, f"voice {key}")
        return
    line = {"case_id": case.id, "at": desk.now(), "action": VOICE, "role": "reporter", "note": words}
    before = await told_before(desk, case)
    await cases.record(desk.tx, [{**line, "unit_id": case.unit_id}])
    centre = await routing.dispatchers(desk, case)
    dealing_with = [] if case.confidential else await routing.unit_addresses(desk, case)
    readers = [*dealing_with, *(centre if danger or not dealing_with else [])]
    facts = {"at": len(before), "danger": danger}
    lane = Lane.URGENT if danger else routing.lane(case)
    for to in dict.fromkeys(readers):
        read = {**facts, "words": await masking.words_for(desk, case, to, words)}
        desk.owe(Letter(key=f"voice {key} {to}", kind=Kind.VOICE, to=to, case_id=case.id, lane=lane, facts=read))


async def told_before(desk: Desk, case: Case) -> list[str]:
    """The words of voices that came so far when their report was a case already."""
    return [line.note or "" for line in await cases.history_of(desk.tx, case.id) if line.action == VOICE]
