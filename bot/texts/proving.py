"""What a result must show: the four elements, words that say something, and pictures that are new."""

from collections.abc import Sequence

from bot.cases.elements import Element
from bot.texts.language import Phrases, cut

ELEMENTS = {
    Element.TAKEN_UP: "受理时间",
    Element.SPOKEN: "与谁沟通",
    Element.DONE: "解决措施（做了什么）",
    Element.UNTIL: "解决时限（哪天办完，办完了写“已完成”）",
}
SHORT = {
    Element.TAKEN_UP: "受理时间",
    Element.SPOKEN: "与谁沟通",
    Element.DONE: "解决措施",
    Element.UNTIL: "解决时限",
}


class ProvingTexts:
    """Sentences about words and pictures of a result."""

    _say: Phrases

    def elements_too(self, number: str, missing: Sequence[Element]) -> str:
        """Asks for just what the words do not tell."""
        named = self._say("、").join(self._say(ELEMENTS[one]) for one in missing)
        return self._say("{number} 还差：{raw_named}。请回复这条消息补一句。", number=number, raw_named=named)

    def says_nothing(self, number: str, words: str) -> str:
        """The words fit every case; an example of some that help."""
        return self._say(
            "{number} “{words}”别人看不出是怎么办的，请回复这条消息重写。"
            "比如：14点到现场，与王女士电话沟通，换了新灯泡，当天已完成。",
            number=number,
            words=cut(words, 40),
        )

    def card_lacks(self, missing: Sequence[Element]) -> str:
        """To whoever verifies: the result is not whole."""
        named = self._say("、").join(self._say(SHORT[one]) for one in missing)
        return self._say("⚠️ 四要素不全，缺：{raw_named}", raw_named=named) if missing else ""
