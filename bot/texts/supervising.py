"""What those read who watch a case for its place (监督单)."""

from collections.abc import Sequence

from bot.cases.case import Case, Status
from bot.texts.language import Phrases


class SupervisingTexts:
    """Sentences of supervision orders."""

    _say: Phrases

    def watch_card(
        self, case: Case, matter: str, unit: str | None, raw_facts: Sequence[str], *, runs: bool, reopens: bool
    ) -> str:
        """The order to watch a case; `raw_facts` are the lines of every card: words and place.

        `reopens`: under it is the key that says it is as bad as before.
        """
        head = self._say(
            "👀 <b>监督单　{matter}</b>\n{number}",
            matter=matter,
            number=case.number,
        )
        over = "上报人撤回了，不用再盯，谢谢您。" if case.status is Status.WITHDRAWN else "这件办完了，谢谢您盯着。"
        again = "这件办完了，谢谢您盯着。三十天内要是又反复，点下面的按钮。"
        done = self._say(again if reopens else over)
        lines = [
            head,
            *raw_facts,
            self._say("承办：{unit}", unit=unit) if unit else "",
            self._say("请您盯着这件，不用您去办。看到什么直接回复这条消息，可以带照片；报办结后请您核查。")
            if runs
            else done,
        ]
        return "\n".join(line for line in lines if line)

    def watch_elsewhere(self, number: str) -> str:
        """Somebody else watches it now."""
        return self._say("{number} 换了人监督，您不用再盯了。", number=number)

    def give_look(self, number: str) -> str:
        """Asks what was seen."""
        return self._say("请回复这条消息，说说在现场看到的 {number} 是什么样，可以带照片。", number=number)

    def look_noted(self, number: str) -> str:
        """What was seen is kept."""
        return self._say("记下了，办理 {number} 的单位会看到。", number=number)

    def look_without_words(self) -> str:
        """Stands for the words where only a picture came."""
        return self._say("（只有照片）")

    def button_relapse(self) -> str:
        """Button on the card of a closed case."""
        return self._say("🔁 又反复了，重办")

    def give_relapse(self, number: str) -> str:
        """Asks what is as bad as before."""
        return self._say("请回复这条消息，说说 {number} 又怎么了，最好带一张照片。", number=number)

    def relapse_noted(self, number: str) -> str:
        """It is done again."""
        return self._say("{number} 已转重办。", number=number)
