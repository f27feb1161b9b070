"""The flows that were asked for by name have their questions, and the short ones stay short."""

import pytest

from bot.cases.case import Visibility
from bot.cases.catalogue_file import load
from bot.cases.draft import Ask, Draft
from bot.cases.flow import next_ask
from bot.cases.matter import QuestionKind

SHIPPED = load()
FLOWS = {
    "A14a": ("inside", "lift_number"),
    "A02": ("outside", "source"),
    "A11": ("blocked_by", "plate", "picture"),
    "A09a": ("where", "state"),
    "H01a": ("where", "lamps"),
    "G09a": ("source", "hours"),
    "G01": ("kind", "picture"),
    "I01": ("blocks", "plate"),
    "B06a": ("workers", "since", "employer"),
    "F01": ("parties", "mediated", "fight"),
    "E02": ("age", "last_seen", "key_holder"),
    "A17": ("picture", "clothes", "last_seen"),
    "C06": ("paid", "when"),
    "B02": ("company", "insider"),
    "D01a": ("ill", "signs", "since"),
    "J01": ("topic",),
    "J03": ("praised",),
}


@pytest.mark.parametrize("code", FLOWS)
def test_a_flow_asks_what_it_is_known_for(code: str) -> None:
    asked = {one.key for one in SHIPPED.matters[code].questions}
    assert set(FLOWS[code]) <= asked


@pytest.mark.parametrize("code", ["C02", "C03", "C04"])
def test_a_clue_is_sealed_by_itself_and_nothing_is_asked(code: str) -> None:
    matter = SHIPPED.matters[code]
    assert matter.visibility is Visibility.CONFIDENTIAL
    assert next_ask(Draft(id="1", matter=code), matter) is Ask.REVIEW


@pytest.mark.parametrize("code", ["J01", "J03"])
def test_a_question_and_praise_take_at_most_three_steps_and_never_ask_for_a_place_or_picture(code: str) -> None:
    draft, matter, asked = Draft(id="1", matter=code), SHIPPED.matters[code], [Ask.MATTER]
    while asked[-1] is not Ask.REVIEW:
        asked.append(next_ask(draft, matter))
        if asked[-1] is Ask.WORDS:
            draft.add_words("嗯")
        for question in matter.questions if asked[-1] is Ask.QUESTION else ():
            draft.skip(f"q:{question.key}")
    assert asked[1:] == [Ask.WORDS, Ask.QUESTION, Ask.REVIEW]


def test_twelve_kinds_of_questions_exist() -> None:
    assert len(QuestionKind) == 12
