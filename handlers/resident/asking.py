"""The next question of a report, as a message: one thing at a time, always a way to skip and to stop."""

from aiogram.types import InlineKeyboardMarkup, ReplyKeyboardMarkup

from bot.cases.catalogue import Catalogue
from bot.cases.draft import Ask, Draft, next_ask, open_question
from bot.cases.matter import Matter, Question, QuestionKind
from bot.texts import Texts
from handlers.resident.keyboards import Choice, in_rows, inline, where

Question_ = tuple[str, InlineKeyboardMarkup | ReplyKeyboardMarkup | None]
SHORT = 6


def data(draft: Draft, what: str, value: str = "") -> str:
    """Callback data of a draft's button; it carries the draft's sign, so a button of an older draft is known as such."""
    return f"d:{draft.id[:8]}:{what}:{value}"


def matter_of(draft: Draft, catalogue: Catalogue) -> Matter | None:
    """The matter of a draft, if it has one that is in the catalogue."""
    return catalogue.matters.get(draft.matter) if draft.matter else None


def next_question(draft: Draft, catalogue: Catalogue, texts: Texts, known: bool) -> tuple[Ask, Question_]:
    """What to ask now and how. `known`: this person has been told about locations before."""
    matter = matter_of(draft, catalogue)
    ask = next_ask(draft, matter)
    return ask, _asked(ask, draft, matter, catalogue, texts, known)


def _asked(ask: Ask, draft: Draft, matter: Matter | None, catalogue: Catalogue, texts: Texts, known: bool) -> Question_:
    match ask:
        case Ask.MATTER:
            return suggestions(draft, catalogue, texts)
        case Ask.DANGER:
            answers = (
                (texts.danger_yes(), data(draft, "danger", "yes")),
                (texts.danger_no(), data(draft, "danger", "no")),
            )
            return texts.ask_danger(), inline(answers)
        case Ask.WORDS:
            return texts.ask_words(), inline(_ways_out(draft, texts, Ask.WORDS if draft.has_picture else None))
        case Ask.QUESTION:
            assert matter is not None
            question = open_question(draft, matter)
            assert question is not None
            return _question(draft, question, texts)
        case Ask.WHERE:
            return texts.ask_where(not known), where(texts)
        case Ask.PHOTO:
            return texts.ask_photo(), inline(_ways_out(draft, texts, Ask.PHOTO))
        case Ask.CONTACT:
            yes = [(texts.contact_yes(), data(draft, "contact", "yes"))]
            return texts.ask_contact(), inline(yes, [(texts.contact_sealed(), data(draft, "contact", "sealed"))])
        case Ask.REVIEW:
            return review(draft, matter, texts)


def suggestions(draft: Draft, catalogue: Catalogue, texts: Texts) -> Question_:
    """Up to three likely matters, and the way to all of them."""
    likely = [catalogue.matters[code] for code in draft.guesses if code in catalogue.matters]
    if not likely:
        return shelves(draft, catalogue, texts)
    choices = [(texts.matter_name(one), data(draft, "m", one.code)) for one in likely]
    rows = [*([choice] for choice in choices), [(texts.none_of_these(), data(draft, "all"))]]
    return texts.choose_matter(), inline(*rows, [(texts.cancel(), data(draft, "cancel"))])


def shelves(draft: Draft, catalogue: Catalogue, texts: Texts) -> Question_:
    """The first of two taps: which shelf."""
    chinese = texts.language == "zh"
    choices = [
        (f"{group.emoji} {group.name if chinese else group.name_en}", data(draft, "g", group.code))
        for group in catalogue.groups()
        if any(not one.members_only for one in catalogue.in_group(group.code))
    ]
    return texts.choose_group(), inline(*in_rows(choices, 2), [(texts.cancel(), data(draft, "cancel"))])


def shelf(draft: Draft, code: str, catalogue: Catalogue, texts: Texts) -> Question_:
    """The second tap: which matter."""
    here = [one for one in catalogue.in_group(code) if not one.members_only]
    choices = [(texts.matter_name(one), data(draft, "m", one.code)) for one in here]
    return texts.choose_in_group(), inline(*in_rows(choices, 2), [(texts.back(), data(draft, "all"))])


def _question(draft: Draft, question: Question, texts: Texts) -> Question_:
    choices: list[Choice] = []
    if question.answers:
        given = texts.choices(question)
        choices = [(words, data(draft, "q", f"{question.key}.{at}")) for at, (_, words) in enumerate(given)]
    width = 2 if all(len(words) <= SHORT for words, _ in choices) else 1
    out = _ways_out(draft, texts, None if question.required else f"q.{question.key}")
    return texts.question(question), inline(*in_rows(choices, width), out)


def _ways_out(draft: Draft, texts: Texts, skip: str | None) -> list[Choice]:
    ways = [(texts.skip(), data(draft, "skip", skip))] if skip else []
    return [*ways, (texts.cancel(), data(draft, "cancel"))]


def review(draft: Draft, matter: Matter | None, texts: Texts) -> Question_:
    """The card before submitting: every line can be changed."""
    lines = [
        (texts.label_matter(), texts.matter_name(matter) if matter else ""),
        (texts.label_words(), draft.text),
        (texts.label_place(), _place(draft, texts)),
    ]
    if matter is not None:
        lines += [
            (texts.question(one), dict(texts.choices(one)).get(draft.answers[one.key], draft.answers[one.key]))
            for one in matter.questions
            if one.key in draft.answers
        ]
    if draft.danger:
        lines.append((texts.label_danger(), texts.yes()))
    if draft.sealed is not None:
        lines.append((texts.label_contact(), texts.yes() if draft.sealed else texts.no()))
    changes = [
        (texts.change(texts.label_matter()), data(draft, "all")),
        (texts.change(texts.label_words()), data(draft, "edit", Ask.WORDS)),
        (texts.change(texts.label_place()), data(draft, "edit", Ask.WHERE)),
        (texts.add_photo(), data(draft, "edit", Ask.PHOTO)),
        (texts.change(texts.label_contact()), data(draft, "edit", Ask.CONTACT)),
        (texts.cancel(), data(draft, "cancel")),
    ]
    submit = [(texts.submit(), data(draft, "submit"))]
    return texts.review([(name, words) for name, words in lines if words], len(draft.media)), inline(
        submit, *in_rows(changes, 3)
    )


def _place(draft: Draft, texts: Texts) -> str:
    return draft.place or (texts.on_location() if draft.latitude is not None else "")


def free_answer(question: Question | None) -> bool:
    """Whether the next words answer this question."""
    return question is not None and question.kind in {QuestionKind.TEXT, QuestionKind.NUMBER}
