"""Words about one's own case, said without its number: the newest case with its buttons; in doubt it is asked."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.cases.actions import Action, Role
from bot.cases.case import Status
from bot.cases.clocks import may_correct
from bot.cases.errors import NotOpen
from bot.cases.lifecycle import allowed
from bot.cases.plain_words import Plain, hints_at_own
from bot.desk import following, sealing
from bot.desk.desk import Desk
from bot.desk.following import Mine
from bot.desk.moves import times
from bot.desk.names import matter_name
from bot.texts import Texts
from handlers.resident import mine
from handlers.resident.content import Content
from handlers.resident.correcting import choices
from handlers.resident.filing import remember
from handlers.resident.keyboards import inline, menu
from handlers.resident.saying import Keys, Said, says
from handlers.resident.talk import ABOUT, BEHIND, Talk, talk_of
from handlers.resident.telling import take_in
from handlers.sorting import Data, Private

GONE = frozenset({Status.WITHDRAWN, Status.MERGED})


def doors() -> Router:
    """The answer to 说的是这件吗."""
    router = Router(name="owncase")
    router.callback_query.filter(Private())
    router.callback_query.register(answered, Data("own"))
    return router


async def newest(desk: Desk) -> Mine | None:
    """The newest case of whoever acts, reported or joined, that is not taken back."""
    found = next((one for one in await following.my_cases(desk) if one.status not in GONE), None)
    return await following.reported_or_joined(desk, found.id) if found is not None else None


async def shows(talk: Talk, message: Message, plain: Plain) -> Said | None:
    """The newest own case with its timeline and buttons; None if there is none."""
    own = await newest(talk.desk)
    return None if own is None else [says(message, *await _shown(talk.desk, talk.texts, own, plain))]


async def _shown(desk: Desk, texts: Texts, own: Mine, plain: Plain) -> tuple[str, Keys]:
    case = own.case
    may = allowed(case, {Role.REPORTER}, at=desk.now(), times=await times(desk, case))
    start = following.urge_time(desk, case)
    if plain is Plain.CANCEL and own.joined_as is None and not case.ended and Action.WITHDRAW not in may:
        return await mine.before_withdrawing(desk, texts, case)
    urge, withdraw = start is not None and start <= desk.now(), own.joined_as is None and Action.WITHDRAW in may
    head = texts.about_case(plain, urge=urge, redo=Action.REDO in may, withdraw=withdraw)
    words, keys = await mine.shown(desk, texts, own)
    return f"{head}\n\n{words}", keys


async def corrects(talk: Talk, message: Message) -> Said | None:
    """说错了, 地点不对, just after submitting: what can be said anew, later only added; None if nothing is meant."""
    own = await newest(talk.desk)
    if own is None or own.joined_as is not None or own.case.ended:
        return None
    if not may_correct(own.case, talk.desk.now()):
        return await shows(talk, message, Plain.MORE)
    return [says(message, *choices(talk.texts, own.case))]


async def asks_whether(talk: Talk, message: Message, words: str) -> Said | None:
    """说的是 … 这件吗？ of short words that may be about the newest case, or else are a report of their own."""
    if (talk.opened and not talk.draft.empty) or not hints_at_own(words):
        return None
    own, catalogue = await newest(talk.desk), talk.desk.office.catalogue
    if own is None or catalogue.danger(words) is not None:
        return None
    case = own.case
    likely = catalogue.suggest(words, 1)
    reported = catalogue.matters.get(case.matter)
    if likely and (reported is None or likely[0].row != reported.row):
        return None
    talk.kept[ABOUT] = {"words": words, "source": message.message_id, "case": case.id}
    await talk.remember()
    keys = inline([(talk.texts.yes_that_one(), "own:yes"), (talk.texts.new_matter(), "own:new")])
    asked = talk.texts.ask_about_case(case.number, matter_name(talk.desk, case, talk.texts))
    return [says(message, asked, keys)]


async def answered(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """是这件: the words go to it, and it is shown. 是新的事: they begin a report. Either way they are not lost."""
    talk = await talk_of(desk, texts, state)
    waiting = talk.kept.pop(ABOUT, None)
    if waiting is None or parts not in (["yes"], ["new"]):
        raise NotOpen
    if parts == ["new"]:
        shown = await take_in(talk, Content(words=waiting["words"]), waiting["source"])
        talk.kept[BEHIND] = True
        return await talk.go_on(query, shown)
    own = await following.reported_or_joined(desk, waiting["case"])
    remember(desk, talk.kept, own.case, [waiting["source"]])
    await talk.remember()
    if not own.case.ended:
        await following.add_to(desk, own.case, waiting["words"], [], f"m{waiting['source']}")
    return [query.answer(), says(query, *await _shown(desk, texts, own, Plain.URGE))]


async def takes_up(talk: Talk) -> None:
    """Whoever goes on without answering has begun a new report: what was asked about belongs to it."""
    if (waiting := talk.kept.pop(ABOUT, None)) is not None:
        await take_in(talk, Content(words=waiting["words"]), waiting["source"])
        talk.note = ""


async def seals(talk: Talk, message: Message) -> Said | None:
    """别让人知道是我说的, after it was submitted; None if there is no case that could be meant."""
    own, texts = await newest(talk.desk), talk.texts
    if own is None or own.joined_as is not None:
        return None
    case = own.case
    if case.confidential:
        return [says(message, texts.secret_already(case.number), menu(texts))]
    if case.ended:
        return [says(message, texts.secret_too_late(case.number), menu(texts))]
    seen = await sealing.seal(talk.desk, case)
    words = texts.seen_before() if seen else texts.not_seen_before()
    return [says(message, f"{texts.sealed_later(case.number)}\n{words}", menu(texts))]
