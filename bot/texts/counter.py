"""What is said as at a counter: where it is was heard first, two things came in one breath, one thing is missing."""

from bot.texts.language import Phrases


class CounterTexts:
    """Sentences of somebody who listens before any form."""

    _say: Phrases

    def what_is_there(self, place: str) -> str:
        """Only a place was told."""
        return self._say("{place}，记下了。那里怎么了？\n说一句就行，也可以拍张照片。", place=place)

    def told_for(self, who: str) -> str:
        """It is heard that it is told for somebody else."""
        return self._say("好的，是替{who}报的。", who=who) if who else self._say("好的，是替别人报的。")

    def two_things(self, first: str) -> str:
        """Two matters in one message: the second waits."""
        return self._say("您说了两件事，一件一件来，后一件我记着。\n先说这件：{first}", first=first)

    def which_then(self) -> str:
        """不对，是井盖."""
        return self._say("好的，改一下。")

    def one_more(self) -> str:
        """提交 was said, and nobody knows where it is."""
        return self._say("就差一样：在哪里。不知道，再说一次「提交」就行。")

    def report_no_more(self) -> str:
        """It was no danger, and nothing else was told."""
        return self._say("那就不报了？")

    def no_more(self) -> str:
        """Button."""
        return self._say("不报了，谢谢")

    def tell_more(self) -> str:
        """Button."""
        return self._say("还有别的事要说")
