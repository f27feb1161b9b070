"""即报即办: what a grid member reads who settles a find at once, and what the centre reads of the sample."""

from collections.abc import Sequence

from bot.cases.elements import Element
from bot.texts.language import Phrases, cut

WRONG = {"undone": "现场没办好", "photo": "照片对不上", "invented": "没有这回事"}


ASKED = {
    Element.SPOKEN: "还差一样：<b>与谁沟通了</b>？比如：跟物业老张当面说好了。没有别人在，就写“现场没有人”。",
    Element.DONE: "还差一样：<b>怎么解决的</b>？比如：换了新灯泡、把垃圾清走了。",
    Element.UNTIL: "还差一样：<b>什么时候办完</b>？已经好了，就写“已完成”。",
}


class SettlingTexts:
    """Sentences for finds that are settled at once."""

    _say: Phrases

    def settle(self) -> str:
        """Button on the review card."""
        return self._say("🧹 当场办好了")

    def ask_settled(self) -> str:
        """Asks for the picture and the words."""
        return self._say("发一张办好后的照片，带一句话：与谁沟通、怎么解决、何时完成。受理时间就是现在，已替您记下。")

    def ask_element(self, one: Element) -> str:
        """Asks for one of the four elements that the words do not tell."""
        return self._say(ASKED[one])

    def settled_words_too(self) -> str:
        """The picture came alone."""
        return self._say("照片收到，还差一句话：与谁沟通、怎么解决、何时完成。")

    def settled_photo_too(self) -> str:
        """The words came alone."""
        return self._say("记下了，还差一张办好后的照片。")

    def settled_on_spot(self, number: str) -> str:
        """Reported and closed in one."""
        return self._say("✅ <b>{number}</b> 即报即办，已结案。指挥中心会抽查。", number=number)

    def spot_card(
        self, number: str, matter: str, place: str, words: str, result: str, taken_up: str, raw_doubts: Sequence[str]
    ) -> str:
        """To the dispatchers: one of ten; `raw_doubts` are lines about what is not as it should be."""
        lines = [
            self._say("🔍 <b>抽查　{matter}</b>\n{number} 即报即办", matter=matter, number=number),
            self._say("情况：{words}", words=cut(words, 800)) if words else "",
            self._say("地点：{place}", place=place) if place else "",
            self._say("受理时间：{at}", at=taken_up) if taken_up else "",
            self._say("处置结果：{result}", result=cut(result, 800)),
            *raw_doubts,
        ]
        return "\n".join(line for line in lines if line)

    def spot_right(self) -> str:
        """Button."""
        return self._say("👍 属实")

    def spot_wrong(self, why: str) -> str:
        """Button, and the reason in the history (not escaped)."""
        return self._say(WRONG[why])

    def spot_judged(self, card: str, *, right: bool) -> str:
        """The same when it is decided."""
        said = self._say("✅ 抽查属实") if right else self._say("↩️ 抽查不实，已重办")
        return f"{card}\n<b>{said}</b>"
