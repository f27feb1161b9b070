"""What stands in the place of what was taken back, and what dispatchers read when it could not be."""

from bot.texts.language import Phrases


class TakingBackTexts:
    """Sentences about messages that were taken back."""

    _say: Phrases

    def taken_back(self) -> str:
        """In the place of words that could only be emptied."""
        return self._say("这条消息已撤下。")

    def not_taken_back(self, number: str, unit: str | None, *, private: bool) -> str:
        """To the dispatchers: it is too old, or the bot may not. Somebody of the group still can."""
        if private:
            return self._say(
                "⚠️ <b>{number}</b> 设回避之前私下发给对方的照片或语音，有的撤不回来了。内容对方可能还看得到。",
                number=number,
            )
        where = self._say("{unit}的工作群", unit=unit) if unit else self._say("工作群")
        return self._say(
            "⚠️ <b>{number}</b> 转为保密之前发到{raw_where}的内容，有的撤不回来了（超过两天，或者没有权限）。"
            "请马上让群管理员在群里找到编号，把照片、语音和文字删掉。",
            number=number,
            raw_where=where,
        )
