"""What a unit asks of the centre about its order, and what the centre answers."""

from bot.texts.language import Phrases


class DecidingTexts:
    """Sentences for more time; the keys to the other page of a card."""

    _say: Phrases

    def button_more(self) -> str:
        """Key on a card: the other things that can be done."""
        return self._say("⋯ 更多")

    def button_fewer(self) -> str:
        """Key on the other page: back."""
        return self._say("‹ 返回")

    def give_extension(self, number: str) -> str:
        """Asks why more time is needed."""
        return self._say("请回复这条消息，说说 {number} 为什么要延期、打算哪天办完。", number=number)

    def extension_asked(self, number: str) -> str:
        """It is with the centre."""
        return self._say("{number} 的延期申请已报指挥中心。批下来之前，请照原来的时间办。", number=number)

    def give_grant(self, number: str) -> str:
        """Asks for a word to go with the consent."""
        return self._say("请回复这条消息，写一句同意 {number} 延期的理由或要求。", number=number)

    def extension_granted(self, number: str) -> str:
        """To whoever decided."""
        return self._say("已同意 {number} 延期，责任单位和上报人会看到新的时间。", number=number)

    def no_time_for_red(self) -> str:
        """The reason when danger came up meanwhile (plain words)."""
        return self._say("有险情，红色案件不延期，请马上处置")

    def give_decline(self, number: str) -> str:
        """Asks why not."""
        return self._say("请回复这条消息，说说为什么不同意 {number} 延期。", number=number)

    def extension_declined(self, number: str) -> str:
        """To whoever decided."""
        return self._say("已告诉责任单位：{number} 照原来的时间办。", number=number)
