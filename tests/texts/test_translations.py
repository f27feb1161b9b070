"""English says everything that Chinese says: every phrase of bot/texts, with the same facts and the same marks."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.texts import Texts, texts_in
from bot.texts.language import LANGUAGES, LOCALE, phrases

TEXTS = LOCALE.parent
SAYS_NOTHING = {
    "console.py",
    "console_alarms.py",
    "console_backups.py",
    "console_dead_letters.py",
    "console_grid.py",
    "console_catalogue.py",
    "console_keys.py",
    "console_moving.py",
    "console_people.py",
    "console_rosters.py",
    "console_tables.py",
    "language.py",
}
"""The console is written in both languages at once; language.py has signs between sentences, no sentences."""
IN_BOTH_ON_PURPOSE = {"请选择语言 / Choose your language"}
CHINESE = re.compile("[\u4e00-\u9fff]")
WIDE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef……]")
ON_A_BUTTON = 24
"""Characters that fit on half of a telephone's width; longer words would be cut."""
BUTTONS = re.compile(r"\b(Button|Menu button|Reply button)\b")
OTHERS = [language for language in LANGUAGES if language != "zh"]


def phrases_of_the_code() -> list[str]:
    """Every phrase that bot/texts says, in the order of the code."""
    found: dict[str, None] = {}
    for path in sorted(TEXTS.glob("*.py")):
        if path.name not in SAYS_NOTHING:
            found.update(dict.fromkeys(_phrases(ast.parse(path.read_text("utf-8")))))
    return [phrase for phrase in found if phrase not in IN_BOTH_ON_PURPOSE]


def _phrases(module: ast.Module) -> Iterator[str]:
    """Texts with Chinese words; of what is said directly or has room for facts, also those with Chinese signs."""
    having = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {ast.get_docstring(node, clean=False) for node in ast.walk(module) if isinstance(node, having)}
    said = {
        one.value
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "_say"
        for argument in node.args
        for one in ast.walk(argument)
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and WIDE.search(one.value)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docs:
            gap = "{" in node.value and WIDE.search(node.value)
            if gap or node.value in said or CHINESE.search(node.value):
                yield node.value


def catalogue(language: str) -> Catalog:
    with (LOCALE / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def entries(language: str) -> dict[str, str]:
    return {str(entry.id): str(entry.string) for entry in catalogue(language) if entry.id}


def facts(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}


def marks(phrase: str) -> list[str]:
    return sorted(re.findall(r"</?[a-z]+[^>]*>", phrase))


def buttons() -> Iterator[str]:
    """The phrases of methods whose docstring says that they are a button."""
    for path in sorted(TEXTS.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and BUTTONS.match(ast.get_docstring(node) or ""):
                yield from (phrase for phrase in _phrases(ast.Module([node], [])) if CHINESE.search(phrase))


@pytest.mark.parametrize("language", OTHERS)
def test_every_phrase_has_its_words_and_none_is_left_over(language: str) -> None:
    said, known = phrases_of_the_code(), entries(language)
    assert [phrase for phrase in said if not known.get(phrase)] == [], "to be translated"
    assert [phrase for phrase in known if phrase not in set(said)] == [], "nobody says this any more"


@pytest.mark.parametrize("language", OTHERS)
def test_no_entry_is_doubtful_or_set_aside(language: str) -> None:
    read = catalogue(language)
    assert [entry.id for entry in read if entry.id and entry.fuzzy] == []
    assert list(read.obsolete) == []


@pytest.mark.parametrize("language", OTHERS)
def test_facts_and_marks_are_the_same_in_every_language(language: str) -> None:
    known = entries(language)
    assert [phrase for phrase, words in known.items() if facts(phrase) != facts(words)] == []
    assert [phrase for phrase, words in known.items() if marks(phrase) != marks(words)] == []


def test_no_phrase_is_glued_together_where_nobody_can_translate_it() -> None:
    glued = [
        f"{path.name}:{node.lineno}"
        for path in sorted(TEXTS.glob("*.py"))
        if path.name not in SAYS_NOTHING
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr)
        for part in node.values
        if isinstance(part, ast.Constant) and CHINESE.search(str(part.value))
    ]
    assert glued == []


def test_no_chinese_is_left_in_english() -> None:
    quoted = {"新茂社区3栋楼下", "新港小区", "语言 / Language"}
    left = {
        words for words in entries("en").values() if CHINESE.search(words) and not any(one in words for one in quoted)
    }
    assert left == set()


@pytest.mark.parametrize("language", OTHERS)
def test_words_on_buttons_stay_short(language: str) -> None:
    known, found = entries(language), list(buttons())
    assert len(found) > 30
    assert [known[phrase] for phrase in found if len(known[phrase]) > ON_A_BUTTON] == []


def test_english_is_spoken_through_the_same_door() -> None:
    english, chinese = texts_in("en"), texts_in("zh")
    assert (english.submit(), chinese.submit()) == ("✅ Submit", "✅ 提交")
    assert english.submitted("251121-001") == "✅ Submitted, number <b>251121-001</b>"
    assert english.danger_advice(["119"], None).startswith("‼️ <b>Please phone first</b>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_can_be_said_and_none_lets_somebodys_marks_through(language: str) -> None:
    say = phrases(language)
    told = {phrase: dict.fromkeys(facts(phrase), "<i>{0}</i>") for phrase in phrases_of_the_code()}
    safe = {phrase: given for phrase, given in told.items() if not any(name.startswith("raw_") for name in given)}
    assert len(safe) > 200
    assert [phrase for phrase, given in safe.items() if "<i>" in say(phrase, **given)] == []


def test_no_sentence_stands_in_two_rooms() -> None:
    """Of two of one name only one would ever be said, silently."""
    rooms = Counter(name for room in Texts.__mro__ for name in vars(room) if not name.startswith("_"))
    assert [name for name, many in rooms.items() if many > 1] == []
