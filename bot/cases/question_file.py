"""Reading the questions of a matter from a catalogue file."""

import re

from bot.cases.describing import READERS
from bot.cases.hearing import Hearing
from bot.cases.matter import Question, QuestionKind, Word
from bot.cases.toml_table import Table

BUTTON = 12
"""Chinese characters that fit a button on a phone."""
BUTTON_EN = 32
HELP = 40
HELP_EN = 120
KEY = re.compile("[a-z][a-z_]{0,19}")
MOST_ASKED = 3
"""So many questions are asked of anybody; the others can be answered from the review card."""
LARGEST = 9999
JOIN = "、"
"""Stands between several choices."""
CHOOSING = frozenset({QuestionKind.CHOICE, QuestionKind.SEVERAL})


def questions(table: Table, hearing: Hearing) -> tuple[Question, ...]:
    """The [[matter.question]] tables, in the order in which they are asked."""
    read: list[Question] = []
    for each in table.tables("question"):
        asked = question(each, hearing)
        if asked.key in {earlier.key for earlier in read}:
            each.wrong("key", f'key "{asked.key}" is asked already in this matter; take another key')
        check_condition(each, asked, read)
        read.append(asked)
        if asked.required and sum(one.required for one in read) > MOST_ASKED:
            each.wrong("required", f"more than {MOST_ASKED} questions are required; leave required out here")
    return tuple(read)


def question(table: Table, hearing: Hearing) -> Question:
    """One [[matter.question]]."""
    condition = table.pairs("only_if")
    if len(condition) > 1:
        table.wrong("only_if", 'only_if takes one answer; write only_if = { inside = "yes" }')
    read = Question(
        key=table.text("key", 20),
        kind=QuestionKind(table.one_of("kind", list(QuestionKind)) or QuestionKind.TEXT),
        ask=table.text("ask", 40),
        ask_en=table.text("ask_en", 90),
        help=table.text("help", HELP, required=False),
        help_en=table.text("help_en", HELP_EN, required=False),
        choices=table.texts("choices", BUTTON),
        choices_en=table.texts("choices_en", BUTTON_EN),
        required=table.flag("required", default=False),
        later=table.flag("later", default=False),
        without_picture=table.flag("without_picture", default=False),
        only_if=condition[0] if condition else None,
        becomes=table.pairs("becomes"),
        heard=heard(table, hearing),
        counted=table.texts("counted", 6),
        most=table.whole("most", most=LARGEST),
        plate=table.flag("plate", default=False),
        seals=table.texts("seals", BUTTON),
        hears=table.one_of("hears", list(READERS), required=False) or "",
    )
    table.done()
    if read.key and not KEY.fullmatch(read.key):
        table.wrong("key", f'key "{read.key}" has the wrong form; write small letters, like "inside"')
    check_choices(table, read)
    check_answers(table, read)
    check_sense(table, read)
    return read


def heard(table: Table, hearing: Hearing) -> tuple[tuple[str, tuple[Word, ...]], ...]:
    """The words of a story that give an answer."""
    return tuple((answer, keywords(table, "heard", spelt, hearing)) for answer, spelt in table.lists("heard"))


def keywords(table: Table, key: str, spelt: tuple[str, ...], hearing: Hearing) -> tuple[Word, ...]:
    """Keywords as they are spelt in the file."""
    read: list[Word] = []
    for spelling in spelt:
        try:
            read.append(hearing.word(spelling))
        except KeyError as error:
            table.wrong(key, f"{key} has <{error.args[0]}>, which is no class; add it to [hearing.classes]", spelling)
        except ValueError:
            table.wrong(key, f'{key} "{spelling}" is no keyword; write 路灯, 路灯:3 (weight 1-9) or 煤气+味', spelling)
    return tuple(read)


def check_choices(table: Table, asked: Question) -> None:
    """Note choices that do not go with the kind of question, or with each other."""
    choosing = asked.kind in CHOOSING
    if choosing and len(asked.choices) < 2:
        table.wrong("choices", "a choice needs two choices or more; write choices = [...] or take another kind")
    if asked.kind is QuestionKind.NUMBER:
        if not all(choice.isascii() and choice.isdecimal() for choice in asked.choices) or asked.choices_en:
            table.wrong(
                "choices", 'the choices of a number are numbers, without choices_en; write choices = ["1", "2"]'
            )
    elif not choosing and (asked.choices or asked.choices_en):
        table.wrong("choices", f'a {asked.kind} question has no choices; leave them out or write kind = "choice"')
    if choosing and len(asked.choices) != len(asked.choices_en):
        many = f"{len(asked.choices_en)} entries for {len(asked.choices)} choices"
        table.wrong("choices_en", f"choices_en has {many}; write one for each")
    for choice in asked.choices:
        if JOIN in choice and asked.kind is QuestionKind.SEVERAL:
            table.wrong(
                "choices", f'"{choice}" has the sign {JOIN}, which stands between choices; write another', choice
            )


def check_answers(table: Table, asked: Question) -> None:
    """Note becomes, heard and seals of what is no answer."""
    named = asked.kind in {QuestionKind.CHOICE, QuestionKind.YES_NO}
    known = asked.answers if named or asked.kind is QuestionKind.SEVERAL else ()
    told = {
        "becomes": [answer for answer, _ in asked.becomes if not named or answer not in known],
        "seals": [answer for answer in asked.seals if not named or answer not in known],
        "heard": [answer for answer, _ in asked.heard if answer not in known],
    }
    for key, unknown in told.items():
        for answer in unknown:
            answers = ", ".join(known) or "none can be named here"
            table.wrong(key, f'{key} "{answer}" is no answer to this question; answers: {answers}')


def check_sense(table: Table, asked: Question) -> None:
    """Note what is well-formed and yet says nothing, or only in one language."""
    if bool(asked.help) != bool(asked.help_en):
        key, other = ("help", "help_en") if asked.help else ("help_en", "help")
        table.wrong(key, f"{key} needs {other}; write both or neither")
    if (asked.counted or asked.most) and asked.kind is not QuestionKind.NUMBER:
        key = "counted" if asked.counted else "most"
        table.wrong(key, f'{key} is only for kind = "number"; leave it out')
    if asked.plate and asked.kind is not QuestionKind.TEXT:
        table.wrong("plate", 'plate is only for kind = "text"; leave it out')
    if asked.hears and asked.kind is not QuestionKind.TEXT:
        table.wrong("hears", 'hears is only for kind = "text"; leave it out')
    if asked.later and (asked.required or asked.becomes):
        table.wrong(
            "later", "a question that is not asked can neither be required nor change the matter; leave later out"
        )


def check_condition(table: Table, asked: Question, earlier: list[Question]) -> None:
    """Note an only_if that points to no earlier question or to no answer of it."""
    if asked.only_if is None:
        return
    key, answer = asked.only_if
    target = next((question for question in earlier if question.key == key), None)
    if target is None:
        known = ", ".join(question.key for question in earlier) or "none, this is the first one"
        table.wrong("only_if", f'only_if points to "{key}", which is no earlier question of this matter: {known}')
    elif answer not in target.answers:
        known = ", ".join(target.answers) or "its answers are free, take another question"
        table.wrong("only_if", f'only_if "{answer}" is no answer to "{key}"; write one of: {known}')
