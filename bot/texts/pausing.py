"""What a unit reads of a clock that stands while the reporter is asked."""

from datetime import datetime

from bot.texts.language import Phrases


class PausingTexts:
    """Sentences for the time of a question."""

    _say: Phrases

    def card_paused(self, until: datetime) -> str:
        """On cards, in place of the due time."""
        return self._say("⏸ 在等上报人回答，时限暂停，最晚 {at} 接着走", at=until)

    def clock_goes_on(self, number: str, why: str, due: datetime) -> str:
        """The reporter answered, or three days have passed; and until when it must be done now."""
        phrase = {
            "answered": "▶️ <b>{number}</b> 上报人回答了，时限接着走，请在 {at} 前办结。",
            "waited": "▶️ <b>{number}</b> 上报人一直没有回答，时限接着走，请在 {at} 前办结。",
        }[why]
        return self._say(phrase, number=number, at=due)
