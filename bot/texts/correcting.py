"""What is said while a report is corrected in its first ten minutes."""

from bot.texts.language import Phrases


class CorrectingTexts:
    """Sentences for the reporter who said something wrong."""

    _say: Phrases

    def button_correct(self) -> str:
        """Button on the receipt and under a case, in the first ten minutes."""
        return self._say("✏️ 说错了，改一下")

    def correct_what(self, number: str) -> str:
        """Above what can be corrected."""
        return self._say("{number} 改哪一样？提交后 10 分钟内能改，办的人马上看到。", number=number)

    def correct_words(self) -> str:
        """Asks for other words."""
        return self._say("请重新说一遍，我用新的换掉旧的。打字就行。")

    def where_instead(self) -> str:
        """Asks for another place."""
        return self._say("到底在什么地方？打字告诉我，比如“新茂社区3栋楼下”。")

    def or_send_it(self) -> str:
        """Over the key that sends the location."""
        return self._say("人在现场的，点下面的键发位置也行，只用来找现场。")

    def too_late_to_correct(self, number: str) -> str:
        """After ten minutes a supplement is asked for."""
        return self._say(
            "过了 10 分钟，原话不改了，补充照样行。要对 {number} 说什么？文字、照片、语音都行。", number=number
        )

    def corrected_case(self, number: str) -> str:
        """It is corrected."""
        return self._say("好的，{number} 改好了，办的人马上看到。", number=number)

    def not_corrected(self) -> str:
        """After 算了 of a correction."""
        return self._say("好的，不改了。")
