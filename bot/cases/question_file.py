"""Reading the questions of a matter from a catalogue file."""

import re

from bot.cases.matter import Question, QuestionKind
from bot.cases.toml_table import Table

BUTTON = 12
"""Chinese characters that fit a button on a phone."""
BUTTON_EN = 32
KEY = re.compile("[a-z][a-z_]{0,19}")


def questions(table: Table) -> tuple[Question, ...]:
    """The [[matter.question]] tables, in the order in which they are asked."""
    read: list[Question] = []
    for each in table.tables("question"):
        asked = question(each)
        if asked.key in {earlier.key for earlier in read}:
            each.wrong("key", f'key "{asked.key}" is asked already in this matter; take another key')
        check_condition(each, asked, read)
        read.append(asked)
    return tuple(read)


def question(table: Table) -> Question:
    """One [[matter.question]]."""
    condition = table.pairs("only_if")
    if len(condition) > 1:
        table.wrong("only_if", 'only_if takes one answer; write only_if = { inside = "yes" }')
    read = Question(
        key=table.text("key", 20),
        kind=QuestionKind(table.one_of("kind", list(QuestionKind)) or QuestionKind.TEXT),
        ask=table.text("ask", 40),
        ask_en=table.text("ask_en", 90),
        choices=table.texts("choices", BUTTON),
        choices_en=table.texts("choices_en", BUTTON_EN),
        required=table.flag("required", default=False),
        only_if=condition[0] if condition else None,
        becomes=table.pairs("becomes"),
    )
    table.done()
    if read.key and not KEY.fullmatch(read.key):
        table.wrong("key", f'key "{read.key}" has the wrong form; write small letters, like "inside"')
    check_choices(table, read)
    return read


def check_choices(table: Table, asked: Question) -> None:
    """Note choices that do not go with the kind of question, or with each other."""
    choosing = asked.kind is QuestionKind.CHOICE
    if choosing and len(asked.choices) < 2:
        table.wrong("choices", "a choice needs two choices or more; write choices = [...] or take another kind")
    if not choosing and (asked.choices or asked.choices_en):
        table.wrong("choices", f'a {asked.kind} question has no choices; leave them out or write kind = "choice"')
    if choosing and len(asked.choices) != len(asked.choices_en):
        many = f"{len(asked.choices_en)} entries for {len(asked.choices)} choices"
        table.wrong("choices_en", f"choices_en has {many}; write one for each")
    for answer, _ in asked.becomes:
        if answer not in asked.answers:
            known = ", ".join(asked.answers) or "none can be named here"
            table.wrong("becomes", f'becomes "{answer}" is no answer to this question; answers: {known}')


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
