"""What is asked is short: a prompt fits on the screen of an old telephone in large type."""

import re

from bot.cases.catalogue_file import load
from bot.cases.coverage import KINDS
from bot.cases.matter import QuestionKind
from bot.texts import texts_in, whistling
from bot.texts.large import in_lines

LONGEST = 60


def test_prompts_have_at_most_sixty_characters() -> None:
    texts = texts_in("zh")
    unclear = [texts.unclear(kind) for kind in (QuestionKind.NUMBER, QuestionKind.TIME, QuestionKind.PHONE)]
    prompts = [
        texts.tell_me(), texts.choose_matter(), texts.choose_group(), texts.choose_in_group(), texts.ask_words(),
        texts.ask_words_again(), texts.ask_where(False), texts.ask_photo(), texts.ask_danger(), texts.ask_contact(),
        texts.choose_node(), texts.change_what(), texts.stuck(), texts.stuck_still(), texts.number_kept(), *unclear,
    ]  # fmt: skip
    assert [words for words in prompts if len(words) > LONGEST] == []


def test_questions_of_the_catalogue_have_at_most_sixty_characters_with_their_help() -> None:
    texts = texts_in("zh")
    asked = [texts.question(one) for matter in load().matters.values() for one in matter.questions]
    assert len(asked) > 80
    assert [words for words in asked if len(words) > LONGEST] == []


CHINESE = re.compile("[\u4e00-\u9fff]")
JUSTIFIED = {
    "welcome": "the first thing anybody reads: what I am, and the numbers to call",
    "help": "three sentences and the commands, asked for",
    "privacy_more": "the notice at length, asked for",
    "forget_sure": "what cannot be undone is said whole",
    "danger_advice": "the lines of the catalogue",
}
"""Longer than sixty Chinese characters, and why."""


def prompts_of_residents() -> dict[str, str]:
    """Every sentence without facts that a resident reads on the way from the first word to the number."""
    texts = texts_in("zh")
    rooms = ("ResidentTexts", "AskingTexts", "ReviewTexts", "WhistlingTexts", "MutingTexts")
    found: dict[str, str] = {}
    for room in type(texts).__mro__:
        for name, said in vars(room).items() if room.__name__ in rooms else ():
            alone = not name.startswith("_") and said.__code__.co_argcount == 1 and not said.__code__.co_kwonlyargcount
            if alone and isinstance(words := said(texts), str):
                found[name] = words
    return {**found, "welcome": texts.welcome("东乡"), "ask_where first": texts.ask_where(True)}


def test_no_prompt_has_more_than_sixty_chinese_characters_but_for_a_reason() -> None:
    found = prompts_of_residents()
    assert len(found) > 90
    long = {name for name, words in found.items() if len(CHINESE.findall(words)) > LONGEST}
    assert long <= JUSTIFIED.keys(), {name: found[name] for name in long - JUSTIFIED.keys()}
    assert len(CHINESE.findall(found["privacy"])) <= LONGEST


def test_large_style_is_a_sentence_a_line_and_loses_nothing() -> None:
    said = "您好，我是<b>伢叔</b>。有事告诉我！好吗？\n位置 3.5 米；/forget 删除。"
    assert in_lines(said).split("\n") == [
        "您好，我是<b>伢叔</b>。",
        "有事告诉我！",
        "好吗？",
        "位置 3.5 米；",
        "/forget 删除。",
    ]
    assert in_lines("Wait. Then press Go on. It is 3.5 m.").split("\n") == [
        "Wait.",
        "Then press Go on.",
        "It is 3.5 m.",
    ]
    for words in prompts_of_residents().values():
        assert re.sub(r"\s", "", in_lines(words)) == re.sub(r"\s", "", words)


def test_the_kinds_that_are_said_are_the_kinds_there_are() -> None:
    assert whistling.KINDS == KINDS
