"""What is said to whoever must not be heard or cannot call: in writing, without a sound."""

from collections.abc import Sequence

from bot.cases.crying import BY_TEXT
from bot.cases.hush import without_calls
from bot.cases.matter import Advice
from bot.texts.language import Phrases


class HushingTexts:
    """Sentences for those who only write."""

    language: str
    _say: Phrases

    def hushed_advice(self) -> str:
        """In place of the numbers to call, for whoever must not be heard by somebody near."""
        return self._say(
            "🤫 <b>您别出声，不用打电话</b>\n"
            "✉️ 报警：发短信到 <code>{number}</code>，写上地址\n"
            "· 手机关掉铃声和震动，我发的消息不响。\n"
            "· 能悄悄走，就走到有人的地方。\n"
            "· 值班的人已经知道，不会打您电话。\n"
            "在哪里，打字发给我就行。",
            number=BY_TEXT,
        )

    def written_advice(self, numbers: Sequence[str], advice: Advice | None) -> str:
        """The same where nobody near is the danger: others may call, or the police pass it on."""
        lines = () if advice is None else (advice.lines if self.language == "zh" else advice.lines_en)
        head = self._say(
            "‼️ <b>打不了电话，这样叫人</b>\n"
            "· 身边有人，请他替您打 <code>{numbers}</code>。\n"
            "· 没有人，发短信到 <code>{number}</code>，写上地址。",
            numbers="、".join(numbers),
            number=BY_TEXT,
        )
        left = [said for one in lines if (said := without_calls(one))]
        return "\n".join([head, *(self._say("· {line}", line=one) for one in left)])

    def ask_quietly(self) -> str:
        """Whether there is danger, of whoever said only that they cannot speak."""
        return self._say(
            "好，只打字，不打电话，我发的消息不响。\n"
            "报警可以发短信到 <code>{number}</code>，写上地址。\n\n现在有危险吗？",
            number=BY_TEXT,
        )

    def only_in_writing(self) -> str:
        """Somebody who has told more said that they must not be heard."""
        return self._say("好，只打字，不打电话，我发的消息不响。")

    def need_not_call(self) -> str:
        """Whoever must not be heard, or cannot call, said that the call did not get through."""
        return self._say(
            "好，不用打。值班的人已经知道，直接过去，不打您电话。\n✉️ 报警发短信到 <code>{number}</code>，写上地址。",
            number=BY_TEXT,
        )

    def text_instead(self) -> str:
        """The call to the police did not get through."""
        return self._say(
            "我已经急告值班的人，会有人联系您或直接过去。\n"
            "再打一次 ☎️ <code>110</code>，或发短信到 <code>{number}</code>，写上地址。",
            number=BY_TEXT,
        )
