"""What a kind person at the counter does before any form: hears where it is first, two things in one breath, a slip."""

from bot.cases.draft import Ask
from bot.cases.flow import offered_questions
from bot.cases.matter import IN_WORDS
from bot.cases.placing import place_in, wants_estate
from bot.cases.plain_words import meant_instead, rants, two_in
from bot.desk.about import set_language
from handlers.resident import another
from handlers.resident.answers import choose_matter
from handlers.resident.content import Content
from handlers.resident.keyboards import inline
from handlers.resident.locating import take_place
from handlers.resident.saying import Question
from handlers.resident.signs import data
from handlers.resident.talk import Talk

HASTY = "hasty"
"""In a dialog: the draft of which the place was asked for when it was to be submitted."""
BESIDE_PLACE = 1
"""So many signs may stand beside words that are only a place."""
LONGEST = 200
SHORTEST = 4


async def speaks_english(talk: Talk, words: str) -> bool:
    """Whether whoever chose no language writes English words; then they are answered so from here on."""
    person, letters = talk.desk.person, [sign for sign in words if sign.isalpha()]
    chosen = person is None or person.language is not None
    if chosen or len(letters) < 2 * SHORTEST or " " not in words.strip() or not "".join(letters).isascii():
        return False
    await set_language(talk.desk, "en")
    return True


async def place_first(talk: Talk, words: str) -> Question | None:
    """新港小区5栋, before anything else: it is where, and it is asked what is wrong there."""
    draft, desk = talk.draft, talk.desk
    if not draft.empty or draft.has_place or draft.within or draft.source:
        return None
    found = place_in(words)
    whole = found is not None and len(words.strip()) - len(found.words) <= BESIDE_PLACE
    named = whole and await desk.office.places.named(desk.tx, words) is not None
    if not (named or wants_estate(words)):
        return None
    await take_place(talk, words)
    await talk.keep(Ask.MATTER)
    talk.note = ""
    return talk.texts.what_is_there(draft.place_said), None


async def two_things(talk: Talk, content: Content, source: int) -> None:
    """路灯坏了，还有垃圾没人倒: where both leave no doubt, the second waits until the first is done."""
    parts = two_in(content.words)
    if parts is None or not talk.draft.empty or talk.draft.source or len(content.words) > LONGEST:
        return
    catalogue = talk.desk.office.catalogue
    first, second = (catalogue.sure(part) if len(part) >= SHORTEST else None for part in parts)
    if first is None or second is None or first.row == second.row or catalogue.danger(content.words):
        return
    place = place_in(parts[0])
    told = parts[1] if place is None or place_in(parts[1]) else f"{place.words} {parts[1]}"
    await another.park(talk, Content(words=told), source)
    content.words = parts[0]
    talk.note = talk.texts.two_things(parts[0])


async def what_happened(talk: Talk, words: str) -> Question | None:
    """A rant that nothing is known from: it is kept, and instead of its sort it is asked what happened."""
    draft = talk.draft
    known = draft.matter or draft.guesses or draft.danger is not None or draft.media or draft.place_said
    if draft.source or draft.vague or draft.hush or known or len(draft.words) != 1 or not rants(words):
        return None
    await talk.keep(Ask.MATTER)
    return talk.texts.what_happened(), None


def means_another(talk: Talk, words: str) -> bool:
    """不对，是井盖: what was chosen is not what was meant. The words stay; what it may be instead is offered."""
    instead, own = meant_instead(words), talk.matter
    if instead is None or own is None or talk.draft.danger:
        return False
    likely = [one for one in talk.desk.office.catalogue.suggest(instead, 3) if not one.members_only]
    if not likely or likely[0].row == own.row:
        return False
    talk.draft.add_words(words)
    talk.draft.matter, talk.draft.sure = None, ""
    talk.draft.guesses = [one.code for one in likely]
    talk.afresh()
    return True


def submits_early(talk: Talk) -> bool:
    """提交 before anybody knows where: that is asked, once, and nothing else; said again it is submitted as it is."""
    draft = talk.draft
    if draft.matter is None and draft.sure in talk.desk.office.catalogue.matters and not draft.danger:
        choose_matter(talk, talk.desk.office.catalogue.matters[draft.sure])
    on_site = talk.matter is None or (talk.matter.route not in IN_WORDS and talk.matter.asks_details)
    placed = draft.has_place or draft.within or Ask.WHERE in draft.skipped
    if draft.danger or draft.source or placed or not on_site or talk.kept.get(HASTY) == draft.sign:
        return False
    talk.kept[HASTY] = draft.sign
    optional = [one.key for one in (offered_questions(draft, talk.matter) if talk.matter else ()) if not one.required]
    for step in (Ask.MATTER, Ask.PHOTO, *(f"q:{key}" for key in optional)):
        draft.skip(step)
    talk.note = talk.texts.one_more()
    return True


async def nothing_left(talk: Talk, before: bool | None) -> Question | None:
    """没事了，是隔壁炒菜: what was told is no danger, and nothing else was told."""
    draft = talk.draft
    if not before or draft.danger is not False or draft.matter is not None or draft.guesses:
        return None
    await talk.keep(Ask.MATTER)
    out, on = data(draft, "cancel"), data(draft, "go")
    words, talk.note = f"{talk.note}\n\n{talk.texts.report_no_more()}", ""
    return words, inline([(talk.texts.no_more(), out)], [(talk.texts.tell_more(), on)])
