"""待补充: the centre asks the reporter before it decides. Questions go out one by one, answers come back by the bot."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.cases.actions import Action, Role
from bot.cases.case import Case, Status
from bot.cases.errors import NotOpen
from bot.desk import dealing, routing, showing, voices
from bot.desk.desk import Desk
from bot.desk.moves import act
from bot.desk.reporting import keep_media
from bot.outbox.letters import Kind, Letter, reporter
from storage import cases

ANSWERED = "answered"
"""A line of history: an answer behind which more questions wait."""

MOST = 5
"""So many questions one message asks; what is written below them belongs to the last."""


def questions_in(words: str) -> list[str]:
    """Each line is a question."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return [*lines[: MOST - 1], "\n".join(lines[MOST - 1 :])] if len(lines) > MOST else lines


async def ask(desk: Desk, case_id: int, words: str) -> Case:
    """Ask the reporter; behind a question that is still open the new ones wait. Raises NoContact, TooLate."""
    case, role = await dealing.case_for(desk, case_id, Action.ASK)
    note = "\n".join(line.replace("\n", " ") for line in questions_in(words))
    after = await act(desk, case, Action.ASK, role, actor_id=dealing.who_acts(desk), note=note)
    if case.status is Status.TRIAGE:
        await _put(desk, after)
    return after


async def open_questions(desk: Desk, case: Case) -> list[str]:
    """What was asked since the case waits for its reporter and is not answered, in order."""
    if case.status is not Status.NEED_INFO:
        return []
    asked: list[str] = []
    for line in await cases.history_of(desk.tx, case.id):
        if line.action == Action.ASK and line.after == Status.NEED_INFO:
            asked = [] if line.before == Status.TRIAGE else asked
            asked += (line.note or "").split("\n")
        elif line.action == ANSWERED:
            asked = asked[1:]
    return asked


async def _put(desk: Desk, case: Case) -> None:
    """Owe the reporter the question that is next."""
    waiting = await open_questions(desk, case)
    if waiting:
        key = f"{Kind.CLARIFY} {case.id} {case.version}"
        facts = {"question": waiting[0], "more": len(waiting) - 1}
        to, lane = reporter(case.reporter), routing.lane(case)
        desk.owe(
            Letter(
                key=key,
                kind=Kind.CLARIFY,
                to=to,
                case_id=case.id,
                lane=lane,
                facts=facts,
                only_while=(Status.NEED_INFO,),
            )
        )


async def answer(desk: Desk, case: Case, words: str, pieces: list[dict[str, Any]], key: str) -> Case:
    """What the reporter says, with files; the last answer brings the case back to triage.

    Who asked reads it at once. `key` makes it safe to repeat. Raises NotOpen when nothing is asked any more.
    """
    waiting = await open_questions(desk, case)
    if not waiting:
        raise NotOpen
    if pieces:
        await keep_media(desk, case, pieces, "report", case.reporter)
    for piece in pieces:
        await voices.listen(desk, piece, case_id=case.id)
    told = _with(desk, waiting[0], words)
    if len(waiting) == 1:
        after = await act(desk, case, Action.ANSWER, Role.REPORTER, note=words or None, also=told)
    else:
        after = await _answered(desk, case, words, told)
    await showing.tell_centre(desk, after, "answer" if words else "answer_file", f"answer {key}", words)
    for to in await routing.dispatchers(desk, after) if pieces else ():
        await showing.owe_new_files(desk, after, to, "report")
    return after


def _with(desk: Desk, question: str, words: str) -> Callable[[Case], Case]:
    """The answer stands below the story, so that everybody who reads the case reads it."""
    texts = desk.texts(desk.office.language)
    line = texts.answered_line(question, words) if words else ""
    return lambda case: replace(case, text="\n".join(part for part in (case.text, line) if part))


async def _answered(desk: Desk, case: Case, words: str, told: Callable[[Case], Case]) -> Case:
    after = told(replace(case, version=case.version + 1))
    if not await cases.change(desk.tx, case, after):
        raise NotOpen
    line = {"case_id": case.id, "at": desk.now(), "action": ANSWERED, "role": Role.REPORTER.value}
    await cases.record(desk.tx, [{**line, "note": words or None}])
    await showing.refresh_cards(desk, after)
    return after


async def enough(desk: Desk, case: Case) -> Case:
    """The reporter answers no more: back to triage with what is there. Raises MoveNotAllowed."""
    return await act(desk, case, Action.ANSWER, Role.REPORTER)


async def go_on(desk: Desk, case_id: int) -> Case:
    """不等了: the dispatcher decides on what is there."""
    case, role = await dealing.case_for(desk, case_id, Action.TRIAGE)
    return await act(desk, case, Action.TRIAGE, role, actor_id=dealing.who_acts(desk))
