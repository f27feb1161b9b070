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

    def element(self, one: Element) -> str:
        """What an element is called."""
        return self._say(SHORT[one])

    def elements_too(self, number: str, missing: Sequence[Element], *, photo: bool) -> str:
        """Asks for just what the words do not tell, and for the picture (`photo`) where there is none."""
        named = self._say("、").join(self._say(ELEMENTS[one]) for one in missing)
        phrase = (
            "{number} 还差：{raw_named}，还差一张现场照片。请回复这条消息，发照片带上这句话。"
            if photo
            else "{number} 还差：{raw_named}。请回复这条消息补一句。"
        )
        return self._say(phrase, number=number, raw_named=named)

    def says_nothing(self, number: str, words: str) -> str:
        """The words fit every case; an example of some that help."""
        return self._say(
            "{number} “{words}”别人看不出是怎么办的，请回复这条消息重写。"
            "比如：14点到现场，与王女士电话沟通，换了新灯泡，当天已完成。",
            number=number,
            words=cut(words, 40),
        )

    def card_used(self, own: bool, number: str) -> str:
        """To whoever verifies: a picture of the result was there before; without a number it is nobody's to know."""
        if own:
            return self._say("⚠️ 处置后的照片和以前的一样")
        return self._say("⚠️ 处置后的照片在 {number} 里用过", number=number or self._say("另一件保密件"))

    def evidence_added(self, number: str) -> str:
        """A new picture of a result that waits for its verdict."""
        return self._say("新照片已补到 {number}，核查的人会看到。", number=number)

    def before(self) -> str:
        """Over the picture of the report."""
        return self._say("处理前")

    def after(self) -> str:
        """Over the picture of the result."""
        return self._say("处理后")

    def pair_words(self, number: str) -> str:
        """Under before and after side by side."""
        return self._say("{number} 处理前后对比", number=number)

    def card_lacks(self, missing: Sequence[Element]) -> str:
        """To whoever verifies: the result is not whole."""
        named = self._say("、").join(self._say(SHORT[one]) for one in missing)
        return self._say("⚠️ 四要素不全，缺：{raw_named}", raw_named=named) if missing else ""
