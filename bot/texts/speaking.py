"""What is read of voice messages: that they came, what was heard in them, and what becomes of the words."""

from collections.abc import Sequence

from bot.texts.language import Phrases, cut

HEARD, PASSED = 900, 3000
"""UTF-16 units: of words that are to be looked at, and of those that a unit reads."""


class SpeakingTexts:
    """Sentences around a voice and its words."""

    _say: Phrases

    def voice_notice(self, *, written: bool) -> str:
        """With the first voice. `written`: it becomes words on this machine."""
        if written:
            return self._say("🎤 收到，只用来办这件事。正在转成文字，马上给您看。")
        return self._say("🎤 收到，只用来办这件事，工作人员会听。")

    def heard(self, words: str) -> str:
        """Asks whether a voice was heard rightly."""
        return self._say("我听到的是：\n「{words}」\n对吗？", words=cut(words, HEARD))

    def heard_right(self) -> str:
        """Button."""
        return self._say("👌 对")

    def heard_wrong(self) -> str:
        """Button."""
        return self._say("✏️ 改一下")

    def words_not_needed(self) -> str:
        """Button: the voice is enough."""
        return self._say("不用文字")

    def reword(self, words: str) -> str:
        """After 改一下."""
        return self._say("我听到的是：\n「{words}」\n请把对的打出来，或者再说一遍。", words=cut(words, HEARD))

    def without_words(self) -> str:
        """After 不用文字."""
        return self._say("好的，不写文字，语音照样交给工作人员。")

    def not_heard(self, why: str) -> str:
        """No words came of a voice."""
        if why == "too_long":
            return self._say("这段语音超过 5 分钟，没有转成文字，工作人员会听。也可以打几个字。")
        return self._say("这段语音我没听清，没有转成文字，工作人员会听。也可以打几个字，或再说一遍。")

    def heard_late(self, number: str, words: str) -> str:
        """The words of a voice whose report was submitted meanwhile."""
        return self._say(
            "{number} 的语音我听到的是：\n「{words}」\n已交给工作人员。", number=number, words=cut(words, HEARD)
        )

    def heard_by_machine(self, words: str) -> str:
        """Before words in a report that nobody has confirmed (plain text, kept)."""
        return self._say("（语音转文字，未核对）{raw_words}", raw_words=words)

    def matter_by_staff(self) -> str:
        """On the review card of a report whose matter nobody has chosen."""
        return self._say("由工作人员来定")

    def is_about(self, matter: str) -> str:
        """Button on the review card: a likely matter."""
        return self._say("是「{raw_matter}」", raw_matter=matter)

    def voice_words(self, number: str, words: str, *, danger: bool, sealed: bool) -> str:
        """What a machine heard in a voice that came after the report, for those who deal with it."""
        said = self._say("🎤 <b>{number}</b> 语音转文字（未核对）：{words}", number=number, words=cut(words, PASSED))
        warned = [self._say("⚠️ 里面说到危险，请马上看。")] if danger else []
        how = [self._say("🔒 只给您看。没问题就点下面交给责任单位，或回复这条消息写几句摘要。")] if sealed else []
        return "\n".join([*warned, said, *how])

    def pass_on(self) -> str:
        """Button of a dispatcher."""
        return self._say("📝 文字交给责任单位")

    def passed_on(self) -> str:
        """It was (an alert knows no marks)."""
        return self._say("已交给责任单位")

    def likely(self, matters: Sequence[str]) -> str:
        """On a dispatcher's card of a report without a matter."""
        return self._say("💡 可能是：{matters}", matters=self._say("、").join(matters))
