"""One step of a report: at which desk, what was said so far, what was asked, and what is said next."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from zlib import crc32

import orjson
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, ReplyKeyboardMarkup

from bot.cases.case import Colour
from bot.cases.draft import PARKED, Ask, Draft
from bot.cases.flow import next_ask
from bot.cases.matter import IN_WORDS, Matter
from bot.desk import directory
from bot.desk.alerting import ASIDE
from bot.desk.desk import Desk
from bot.desk.directory import place_of_mine
from bot.desk.joining import as_offered, near
from bot.desk.settling import may_settle
from bot.desk.whistling import own_grid
from bot.texts import Texts
from handlers import aside
from handlers.resident import asking
from handlers.resident.keyboards import where
from handlers.resident.saying import Question, Said, says, turns

STEP = "report:"
ADDING, REOPENING, OBJECTING = "adding", "reopening", "objecting"
REWORDING, REPLACING = "correct:words", "correct:place"
PATROL, PATROL_NOTE = "patrol", "patrol_note"
ROUND_WORDS, ROUND_NUMBERS, ROUND_WHO = "round_words", "round_numbers", "round_who"
APPEAL, APPEAL_REASON = "appeal", "appeal_reason"
LATER_STEPS = frozenset(
    {
        ADDING,
        REOPENING,
        OBJECTING,
        REWORDING,
        REPLACING,
        PATROL,
        PATROL_NOTE,
        ROUND_WORDS,
        ROUND_NUMBERS,
        ROUND_WHO,
        APPEAL,
        APPEAL_REASON,
    }
)
BESIDE = "beside"
ONCE_MORE = "once_more"
"""In a dialog: what waits for words was asked a second time."""
OF_LATER = ("case", "patrol", "patrol_album", "round", "appeal", ONCE_MORE)
OF_STEPS = (*OF_LATER, aside.KEPT, "dealing")
"""What the dialog keeps of a step that waits for words about something else."""
KNOWS_EDITS = "knows_edits"
"""In a dialog: until when it is not said again that an edit is of no use."""
REMEMBERED = (
    *("knows_location", "knows_voice", "knows_menu", "knows_notice", KNOWS_EDITS),
    *("last", "filed", "dealings", BESIDE, ASIDE),
)
"""What stays of a conversation that is over: what the person was told already, and what was submitted of late."""
CHANGING = "changing"
"""In a dialog: the draft of which the list of what can be changed is shown, so that the way back leads to its card."""
HEARD = "heard_words"
"""In a dialog: the source of words of which it was asked last whether they were heard rightly."""
SPOKEN_TO = "spoken_to"
"""In a dialog: the last voice (its file) and the step in which it was sent."""
ANSWERS = "spoken_answer"
"""In a dialog: the source of words heard in a voice that was sent where a question was open, which is open still."""
ABOUT = "about_own"
"""In a dialog: short words of which it was asked whether they are about the newest own case."""
BEHIND = "behind"
"""What was pressed must stay as it is, or stands above a promise card: the next question is a new message."""
EMPTY_KEPT = timedelta(hours=72)
ASKED_TWICE = 2
ALBUMS = 4
"""Pieces of so many albums are known, in whatever order they come."""


@dataclass(slots=True)
class Talk:
    """`opened`: a draft was there. `before` and `after`: messages around the question; `note`: a line atop it.

    `told_more`: this message brought more of the story.
    """

    desk: Desk
    texts: Texts
    state: FSMContext
    kept: dict[str, Any]
    draft: Draft
    opened: bool
    asked: str | None
    before: list[Question] = field(default_factory=list[Question])
    after: list[Question] = field(default_factory=list[Question])
    note: str = ""
    told_more: bool = False

    @property
    def matter(self) -> Matter | None:
        """What the report is about, once it was chosen."""
        return asking.matter_of(self.draft, self.desk.office.catalogue)

    async def keep(self, asked: str, message: Message | None = None) -> None:
        """Keep the draft and what was asked; it is reminded of when nothing more comes."""
        self.kept["draft"] = self.draft.as_json()
        for words in (HEARD, ANSWERS):
            self.kept.pop(words, None)
        if asked == Ask.WHERE:
            self.kept["knows_location"] = True
        if message is not None:
            self.kept["heard"] = message.message_id
            self.knows_album(message.media_group_id)
        await self.state.set_data(self.kept)
        await self.state.set_state(STEP + asked)
        assert self.desk.person is not None
        dialog = await self.desk.dialog(self.desk.person.id)
        if self.draft.empty:
            dialog.remind_at, dialog.reminded = self.desk.now() + EMPTY_KEPT, ASKED_TWICE
        else:
            dialog.remind_at, dialog.reminded = self.desk.now() + self.desk.office.draft_rest, 0

    def afresh(self) -> None:
        """Whoever asks where we are is told, however often."""
        self.kept.pop("repeated", None)

    async def keep_draft(self) -> None:
        """Keep the draft as it is; the step and the reminder stay."""
        self.kept["draft"] = self.draft.as_json()
        await self.state.set_data(self.kept)

    def knows_album(self, group: str | None) -> bool:
        """Whether a piece of this album came before; from now on one has."""
        albums: list[str] = self.kept.get("albums", [])
        if group is None or group in albums:
            return group is not None
        self.kept["albums"] = [*albums, group][-ALBUMS:]
        return False

    async def remember(self) -> None:
        """Keep what the person was told, whether a draft is open or not."""
        await self.state.set_data(self.kept)

    async def next(self, message: Message | None = None) -> Question:
        """Find what is still missing, keep, and return the question for it."""
        told = bool(self.kept.get("knows_location"))
        self.kept.pop(CHANGING, None)
        if next_ask(self.draft, self.matter) is Ask.REVIEW:
            self.draft.near = [as_offered(self.desk, one) for one in await near(self.desk, self.draft, self.matter)]
            self.draft.settles = await may_settle(self.desk, self.draft, self.matter)
        asked, question = asking.next_question(self.draft, self.desk.office.catalogue, self.texts, told)
        if asked == Ask.WHERE:
            known = await self._named([await own_grid(self.desk), await place_of_mine(self.desk, None)])
            question = question[0], where(self.texts, *[name for name, _ in known])
        elif asked == Ask.HERE:
            question = asking.whether_here(self.draft, await self._named(self.draft.maybe), self.texts)
        repeated = self.repeated(asked, by_press=message is None)
        if asked == Ask.MATTER and repeated == ASKED_TWICE and self.told_more:
            self.draft.skip(Ask.MATTER)
            self.adds(self.texts.goes_on_telling())
            return await self.next(message)
        if repeated >= 2 * ASKED_TWICE and (step := asking.can_be_left(self.draft, asked)):
            self.draft.skip(step)
            self.note = self.texts.passed_over()
            return await self.next(message)
        await self.keep(asked, message)
        return question if repeated < ASKED_TWICE else asking.way_out(self.draft, asked, self.texts)

    async def _named(self, places: Iterable[int | None]) -> list[tuple[str, int]]:
        """Places by their names, each once."""
        named = {one: await directory.name_of(self.desk, one) for one in places if one is not None}
        return [(name, one) for one, name in named.items() if name]

    def adds(self, words: str) -> None:
        """Say this too before the next question."""
        self.note = "\n".join(part for part in (self.note, words) if part)

    def repeated(self, asked: str, *, by_press: bool = False) -> int:
        """How often this was asked already for nothing: only an answer is something. The card shows every word.

        A press that leads here again is no fruitless answer. After the card the ways out are said once; then it comes
        anew.
        """
        mark = f"{asked} {crc32(orjson.dumps(self.draft.as_json()))}" if asked == Ask.REVIEW else asked
        before = self.kept.get("repeated", {})
        count = (before["count"] if by_press else before["count"] + 1) if before.get("mark") == mark else 0
        if asked == Ask.REVIEW and count > ASKED_TWICE:
            count = 0
        self.kept["repeated"] = {"mark": mark, "count": count}
        return count

    @property
    def stuck(self) -> bool:
        """Whether the question was asked twice already, and the ways out stand below it."""
        return self.kept.get("repeated", {}).get("count", 0) >= ASKED_TWICE

    @property
    def says_something(self) -> bool:
        """Whether more was said than that it will be a question or praise."""
        chosen = self.matter is not None and self.matter.route not in IN_WORDS
        return bool(self.draft.words or self.draft.media or chosen)

    def empty(self) -> None:
        """Stand there with a new draft."""
        self.draft, self.opened, self.asked = new_draft(), False, None

    async def drop(self) -> None:
        """Begin anew: nothing of the draft is kept."""
        self.empty()
        self.kept.pop("draft", None)
        await self.state.set_data(self.kept)
        await self.state.set_state(None)

    async def end(self) -> None:
        """The report is over, submitted or not; one that waited behind it is asked about next."""
        parked = self.kept.get(PARKED, [])
        self.kept = {name: self.kept[name] for name in REMEMBERED if name in self.kept}
        await self.state.set_data(self.kept)
        await self.state.set_state(None)
        assert self.desk.person is not None
        (await self.desk.dialog(self.desk.person.id)).remind_at = None
        if parked:
            await self._take_up(Draft.read(parked[0]), parked[1:])

    async def _take_up(self, draft: Draft, parked: list[dict[str, Any]]) -> None:
        self.draft, self.opened, self.asked = draft, True, None
        self.kept |= {PARKED: parked, BEHIND: True} if parked else {BEHIND: True}
        words, keys = await self.next()
        self.after.append((f"{self.texts.now_the_other(draft.text)}\n\n{words}", keys))

    async def go_on(self, event: Message | CallbackQuery, shown: Question | None = None) -> Said:
        """Say `shown` or the next question and what goes around it; a press is answered in place if nothing came."""
        behind = bool(self.kept.pop(BEHIND, False))
        self.desk.urgent |= bool(self.draft.danger) or (self.matter is not None and self.matter.colour is Colour.RED)
        words, keys = shown or await self.next(event if isinstance(event, Message) else None)
        words = f"{self.note}\n\n{words}" if self.note else words
        before, after = ([says(event, *one) for one in several] for several in (self.before, self.after))
        if isinstance(event, Message):
            return [*before, says(event, words, keys), *after]
        newest = not (before or behind) and not isinstance(keys, ReplyKeyboardMarkup) and self._newest(event)
        asked = turns(event, words, keys) if newest else says(event, words, keys)
        return [event.answer(), *before, asked, *after]

    def _newest(self, query: CallbackQuery) -> bool:
        """Whether nothing was written since the pressed message, so that its change is seen."""
        return query.message is not None and query.message.message_id > int(self.kept.get("heard") or 0)


async def leave_step(state: FSMContext) -> None:
    """Adding to an older case, a patrol or a round is over, or given up: back to a draft that waited, or to nothing."""
    if await state.get_state() not in LATER_STEPS:
        return
    kept = await state.get_data()
    for name in OF_LATER:
        kept.pop(name, None)
    await state.set_data(kept)
    await state.set_state(STEP + Ask.MATTER if "draft" in kept else None)


async def go_out(state: FSMContext) -> None:
    """Whatever waits for words is given up, also what was asked aside: whoever goes to the menu speaks to us again.

    A broadcast that is being put together stays, for its buttons; the draft that waited goes on.
    """
    step = await state.get_state()
    if step is None or step.startswith(STEP):
        return
    kept = await state.get_data()
    before = str((await aside.facts(state)).get("before") or "")
    left = {name: value for name, value in kept.items() if name not in OF_STEPS}
    await state.set_data(left)
    again = before if before.startswith(STEP) else STEP + Ask.MATTER
    await state.set_state(again if "draft" in left else None)


def new_draft() -> Draft:
    """One that nothing was told for yet."""
    return Draft(id=secrets.token_hex(12))


async def talk_of(desk: Desk, texts: Texts, state: FSMContext) -> Talk:
    """The conversation of whoever acts; without a draft a new one stands ready."""
    kept, step = await state.get_data(), await state.get_state()
    draft = Draft.read(kept["draft"]) if "draft" in kept else new_draft()
    asked = step.removeprefix(STEP) if step and step.startswith(STEP) else None
    return Talk(desk, texts, state, kept, draft, "draft" in kept, asked)
