"""Whatever somebody says is shown as it was said, within Telegram's limits, and nothing of it comes alive."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cases.case import Case, Colour, Level, Status, Visibility
from bot.sandbox.entities import TEXT_LIMIT, marked, u16
from bot.texts import LANGUAGES, Texts, texts_in
from bot.texts.language import JOINER, TURNS, calm, cut, faithful, parts, units

TRICKY = st.sampled_from(
    ["@", "/", "#", "<", ">", "&", "&lt;", "</b>", "<b>", "😀", "𠮷", "中", "a", "_", "1", "\n", " "]
)
WORDS: st.SearchStrategy[str] = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300),
    st.lists(TRICKY, max_size=400).map("".join),
    st.tuples(TRICKY, st.integers(0, 6000)).map(lambda both: both[0] * both[1]),
)
MOMENT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
ALIVE = {"mention", "bot_command", "hashtag", "text_mention"}


def _shown(html: str) -> str:
    """As the sandbox's strict parser reads it. Raises what Telegram would refuse."""
    text, entities = marked(html, "HTML", None)
    assert not {each["type"] for each in entities} & ALIVE, entities
    return text


@settings(deadline=None)
@given(WORDS)
def test_every_character_is_shown_and_none_is_a_mark(words: str) -> None:
    assert _shown(faithful(words)).replace(JOINER, "") == words.replace(JOINER, "").translate(TURNS).strip()


@given(WORDS)
def test_length_is_counted_as_telegram_counts_it(words: str) -> None:
    assert units(words) == u16(words)


@settings(deadline=None)
@given(WORDS, st.integers(1, 300))
def test_a_cut_text_fits_and_is_the_beginning(words: str, most: int) -> None:
    short = cut(words, most)
    assert units(calm(short)) <= most
    if short != words:
        assert short.endswith("…")
        assert words.startswith(short[:-1])
        longer = words[: len(short)] + "…"
        assert units(calm(longer)) > most, "nothing is left out that would fit"


@settings(deadline=None)
@given(WORDS, st.integers(20, 300))
def test_parts_fit_and_together_are_the_whole(words: str, most: int) -> None:
    found = parts(words, most)
    assert "".join(found) == words
    assert all(0 < units(calm(part)) <= most for part in found)


def _case(words: str) -> Case:
    return Case(
        id=1,
        number="261120-001",
        matter="H01a",
        level=Level.COMMUNITY,
        colour=Colour.NONE,
        visibility=Visibility.PUBLIC,
        status=Status.HANDLING,
        version=3,
        text=words,
        place=words[:200],
        reporter="r",
        registered_at=MOMENT,
        result=words,
    )


SAYINGS: dict[str, Callable[[Texts, str], str]] = {
    "review": lambda texts, words: texts.review([("情况", words), ("地点", words)], [("问？", words)] * 10, 20),
    "place": lambda texts, words: texts.place_known(words),
    "timeline": lambda texts, words: texts.timeline(_case(words), "路灯", [_event(texts, words)] * 60),
    "news": lambda texts, words: texts.news(_case(words), "社区", words, "progress"),
    "result": lambda texts, words: texts.ask_contacted(_case(words), words),
    "promise": lambda texts, words: texts.promise(_case(words), "路灯", "社区", MOMENT, MOMENT),
    "supplement": lambda texts, words: texts.supplement("261120-001", (parts(words, 3000) or [""])[0], "reporter"),
}


def _event(texts: Texts, words: str) -> str:
    return texts.event(MOMENT, "progress", "社区", words, joined=False) or ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("saying", SAYINGS.values(), ids=SAYINGS.keys())
@settings(deadline=None, max_examples=30)
@given(words=WORDS)
def test_any_words_make_a_message_that_telegram_takes(
    saying: Callable[[Texts, str], str], language: str, words: str
) -> None:
    assert 0 < u16(_shown(saying(texts_in(language), words))) <= TEXT_LIMIT
