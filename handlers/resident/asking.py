"""The next question of a report, as a message: one thing at a time, always a way to skip and to stop."""

from collections.abc import Sequence

from bot.cases.case import FROM_ABOVE
from bot.cases.catalogue import Catalogue
from bot.cases.draft import Ask, Draft
from bot.cases.flow import next_ask, open_question
from bot.cases.matter import FILES, Matter, Route
from bot.cases.whistling import FIRST, of_part
from bot.texts import Texts
from handlers.resident import saying
from handlers.resident.keyboards import Choice, in_rows, inline, where
from handlers.resident.questions import ASKED_OF, number_keys, own_question
from handlers.resident.reviewing import review
from handlers.resident.signs import data

LEFT_OPEN = frozenset(
    {Ask.MATTER, Ask.DANGER, Ask.WORDS, Ask.HERE, Ask.WHERE, Ask.PHOTO, Ask.CONTACT, Ask.CALLER, Ask.BEHALF}
)
"""What can be left unanswered."""


def matter_of(draft: Draft, catalogue: Catalogue) -> Matter | None:
    """The matter of a draft, if it has one that is in the catalogue."""
    return catalogue.matters.get(draft.matter) if draft.matter else None


def next_question(draft: Draft, catalogue: Catalogue, texts: Texts, told: bool) -> tuple[str, saying.Question]:
    """What to ask now and how. `told`: this person has been told about locations before."""
    matter = matter_of(draft, catalogue)
    ask = next_ask(draft, matter)
    if ask is Ask.QUESTION and matter and (question := open_question(draft, matter)):
        if question.key not in draft.asked and question.kind not in FILES:
            draft.asked.append(question.key)
        return ASKED_OF + question.key, own_question(draft, question, texts)
    return ask, question_for(ask, draft, catalogue, texts, told)


def question_for(ask: Ask, draft: Draft, catalogue: Catalogue, texts: Texts, told: bool = True) -> saying.Question:
    """How one thing is asked for, every matter alike."""
    match ask:
        case Ask.DANGER:
            yes, no = data(draft, "danger", "yes"), data(draft, "danger", "no")
            unsure = [(texts.danger_unsure(), data(draft, "danger", "unsure"))]
            keys = inline([(texts.danger_yes(), yes), (texts.danger_no(), no)], unsure, _ways_out(draft, texts, None))
            return _ask_danger(draft, texts), keys
        case Ask.ORDER | Ask.CALLER | Ask.BEHALF | Ask.NUMBER:
            return _beside_the_story(ask, draft, texts)
        case Ask.WORDS:
            words = _ask_words(draft, matter_of(draft, catalogue), texts)
            return words, inline(_ways_out(draft, texts, Ask.WORDS if draft.has_picture else None))
        case Ask.WHERE | Ask.HERE:
            return texts.ask_where(not told, "" if draft.has_place else draft.within), where(texts)
        case Ask.PHOTO:
            return texts.ask_photo(), inline(_ways_out(draft, texts, Ask.PHOTO))
        case Ask.CONTACT:
            yes, sealed = data(draft, "contact", "yes"), data(draft, "contact", "sealed")
            rows = [(texts.contact_sealed(), sealed)], [(texts.contact_yes(), yes)]
            return texts.ask_contact(), inline(*rows, _ways_out(draft, texts, None))
        case Ask.REVIEW:
            return review(draft, matter_of(draft, catalogue), catalogue, texts)
        case Ask.MATTER | Ask.QUESTION:
            return suggestions(draft, catalogue, texts)


def _ask_danger(draft: Draft, texts: Texts) -> str:
    """Whoever only cried out is told the numbers; whoever must not be heard is told none."""
    if draft.hush:
        return texts.ask_quietly()
    return texts.ask_of_cry() if draft.vague else texts.ask_danger()


def _ask_words(draft: Draft, matter: Matter | None, texts: Texts) -> str:
    """What happened; what is asked, or who is thanked."""
    if draft.source:
        return texts.ask_record()
    asks = {Route.ANSWER: texts.ask_question, Route.THANKS: texts.ask_praise}
    return asks.get(matter.route if matter else Route.CASE, texts.ask_words)()


def _beside_the_story(ask: Ask, draft: Draft, texts: Texts) -> saying.Question:
    """Who it is for, who called, which number, which order."""
    if ask is Ask.ORDER:
        above = draft.source in FROM_ABOVE
        words = texts.ask_until() if above else texts.ask_order()
        return words, inline(_ways_out(draft, texts, Ask.ORDER if above else None))
    if ask is Ask.CALLER:
        words = texts.ask_above() if draft.source in FROM_ABOVE else texts.ask_caller()
        return words, inline(_ways_out(draft, texts, Ask.CALLER))
    if ask is Ask.BEHALF:
        skip = (texts.nobody_named(), data(draft, "skip", Ask.BEHALF))
        return texts.ask_behalf(), inline([skip, (texts.not_for_another(), data(draft, "for", "no"))])
    return texts.ask_own_number(), number_keys(texts)


def suggestions(draft: Draft, catalogue: Catalogue, texts: Texts) -> saying.Question:
    """Up to three likely matters, and the way to all of them."""
    likely = [catalogue.matters[code] for code in draft.guesses if code in catalogue.matters]
    if not likely:
        return shelves(draft, catalogue, texts)
    rows = [[(texts.matter_name(one), data(draft, "m", one.code))] for one in likely]
    out = [(texts.none_of_these(), data(draft, "all"))]
    last = [(texts.back(), data(draft, "edit", Ask.WORDS)), (texts.cancel(), data(draft, "cancel"))]
    sure = catalogue.matters.get(draft.sure) if not draft.has_place else None
    return texts.choose_matter() if sure is None else texts.choose_or_place(sure), inline(*rows, out, last)


def whether_here(draft: Draft, names: Sequence[tuple[str, int]], texts: Texts) -> saying.Question:
    """是这里吗？ with the places that the words may mean."""
    choices = [[(name, data(draft, "here", str(node_id)))] for name, node_id in names]
    ways = [(texts.back(), data(draft, "back")), (texts.cancel(), data(draft, "cancel"))]
    return texts.is_it_here(), inline(*choices, [(texts.not_here(), data(draft, "nothere"))], ways)


def list_first(draft: Draft, texts: Texts) -> saying.Question:
    """吹哨事项清单: what a whistleblower is shown first."""
    rows = [[(texts.list_part(part), data(draft, "part", part))] for part in FIRST]
    out = [(texts.list_rest(), data(draft, "all")), (texts.cancel(), data(draft, "cancel"))]
    return texts.list_first(), inline(*rows, out)


def list_part(draft: Draft, part: str, catalogue: Catalogue, texts: Texts) -> saying.Question:
    """The matters of a part of that list."""
    choices = [
        (texts.matter_name(one), data(draft, "m", one.code)) for one in of_part(catalogue.matters.values(), part)
    ]
    return texts.choose_in_group(), inline(*in_rows(choices, 2), [(texts.back(), data(draft, "parts"))])


def shelves(draft: Draft, catalogue: Catalogue, texts: Texts) -> saying.Question:
    """The first of two taps: which shelf."""
    choices = [
        (texts.group_name(group), data(draft, "g", group.code))
        for group in catalogue.groups()
        if any(not one.members_only for one in catalogue.in_group(group.code))
    ]
    before = data(draft, "go") if draft.guesses or draft.matter else data(draft, "edit", Ask.WORDS)
    back = [] if draft.empty else [(texts.back(), before)]
    return texts.choose_group(), inline(*in_rows(choices, 2), [*back, (texts.cancel(), data(draft, "cancel"))])


def shelf(draft: Draft, code: str, catalogue: Catalogue, texts: Texts) -> saying.Question:
    """The second tap: which matter."""
    here = [one for one in catalogue.in_group(code) if not one.members_only]
    choices = [(texts.matter_name(one), data(draft, "m", one.code)) for one in here]
    return texts.choose_in_group(), inline(*in_rows(choices, 2), [(texts.back(), data(draft, "all"))])


def _ways_out(draft: Draft, texts: Texts, skip: str | None) -> list[Choice]:
    ways = [(texts.skip(), data(draft, "skip", skip))] if skip else []
    back = [(texts.back(), data(draft, "back"))] if draft.matter else []
    return [*ways, *back, (texts.cancel(), data(draft, "cancel"))]


def can_be_left(draft: Draft, asked: str) -> str | None:
    """What is skipped where this cannot be answered, as `Draft.skipped` has it; None where nothing can be."""
    if asked.startswith(ASKED_OF):
        return f"q:{asked.removeprefix(ASKED_OF)}"
    return asked if asked in LEFT_OPEN and not (asked == Ask.MATTER and draft.empty) else None


def way_out(draft: Draft, asked: str, texts: Texts) -> saying.Question:
    """What is said instead of asking the same a third time: on without it, submit as it is, or find a human."""
    left = can_be_left(draft, asked)
    step = left.replace("q:", "q.") if left else ""
    skip = [(texts.skip_this(), data(draft, "skip", step))] if step else []
    submit = [] if draft.empty else [(texts.submit_as_is(), data(draft, "submit"))]
    human = [(texts.find_me_help(), "human:")]
    words = texts.stuck() if skip else texts.stuck_at_card() if submit else texts.stuck_here()
    return words, inline(skip, submit, human, [(texts.cancel(), data(draft, "cancel"))])
