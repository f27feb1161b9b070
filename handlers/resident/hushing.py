"""Cries that tell nothing yet, and people who must not be heard or cannot call: what their words change."""

from bot.cases.case import Colour, Contact
from bot.cases.draft import Ask
from bot.cases.hush import Hush, hush_in, somebody_near, tells_nothing_else
from bot.cases.placing import place_in, reads_as_place
from bot.cases.plain_words import Plain, plain_of
from bot.cases.secrecy import CRIMES
from bot.cases.understanding import Danger
from bot.desk.about import keep_quiet
from handlers.resident.answers import advice_of, first_help
from handlers.resident.talk import Talk


async def hear_cry(talk: Talk, words: str) -> None:
    """出事了 tells nothing but may be danger: said again, or with a place, it is. 不能说话 counts before all else."""
    draft, hush = talk.draft, hush_in(words)
    cries = plain_of(words) is Plain.CRY
    alone = cries or (hush is Hush.HIDDEN and tells_nothing_else(words))
    told = danger_in(talk, words)
    if draft.vague and draft.unheard and told is None and (cries or place_in(words) or reads_as_place(words)):
        help_there(talk)
    draft.vague = alone and draft.danger is None and draft.matter is None and len(draft.words) == 1
    if hush is not None and not draft.source:
        await hush_up(talk, hush)
        if not (talk.before or told or draft.vague):
            talk.note = talk.texts.only_in_writing() if hush is Hush.HIDDEN else talk.texts.will_write()


def help_there(talk: Talk) -> None:
    """Somebody needs help; what it is, whoever comes will see, and it is not asked."""
    talk.draft.danger = True
    talk.draft.skip(Ask.MATTER)
    talk.before.append((first_help(talk), None))


async def hush_up(talk: Talk, hush: Hush) -> None:
    """From here on only in writing; to whoever must not be heard without a sound, and in secret."""
    draft, before = talk.draft, talk.draft.hush
    draft.hush = Hush.HIDDEN if Hush.HIDDEN in (hush, before) else hush
    draft.contact, draft.phone = Contact.RELAY.value, ""
    if hush is Hush.HIDDEN:
        draft.sealed = True
        await keep_quiet(talk.desk)
    if draft.hush == before:
        return
    if draft.danger:
        heard = talk.desk.office.catalogue.matters.get(draft.heard_matter or "")
        talk.before.append(advice_of(talk, heard) if heard else (first_help(talk), None))


def danger_in(talk: Talk, words: str) -> Danger | None:
    """The danger that is told. That somebody near must not hear it is one, and as long as no more is known a crime."""
    danger = talk.desk.office.catalogue.danger(words)
    if hush_in(words) is not Hush.HIDDEN or (danger is not None and not tells_nothing_else(words)):
        return danger
    return _crime(talk, words) if somebody_near(words) else None


def _crime(talk: Talk, words: str) -> Danger | None:
    """A crime that is being done now, of which nothing else is known."""
    matters = talk.desk.office.catalogue.matters.values()
    found = next((one for one in matters if one.group == CRIMES and one.colour is Colour.RED and one.advice), None)
    return Danger(words, found, found.advice.numbers) if found and found.advice else None
