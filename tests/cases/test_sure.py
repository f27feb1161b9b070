"""A matter that alarms people, or is kept from them, is never taken for meant where no danger is heard."""

import pytest

from bot.cases.catalogue_file import load

CATALOGUE = load()


@pytest.mark.parametrize("words", ["我要撤回", "我想撤回", "我要退出", "我想走", "我要投诉"])
def test_almost_nothing_is_no_sure_sign_of_something_grave(words: str) -> None:
    assert CATALOGUE.danger(words) is None
    assert CATALOGUE.sure(words) is None


def test_what_is_said_plainly_is_sure() -> None:
    sure = [CATALOGUE.sure(words) for words in ("楼下垃圾堆了三天没人收", "我不想活了")]
    assert [one.name if one else None for one in sure] == ["垃圾没人清", "有人要轻生"]
