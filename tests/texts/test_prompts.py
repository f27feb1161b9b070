"""What is asked is short: a prompt fits on the screen of an old telephone in large type."""

from bot.cases.catalogue_file import load
from bot.cases.matter import QuestionKind
from bot.texts import texts_in

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
