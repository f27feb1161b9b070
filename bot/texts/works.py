"""What those who announce planned works read, and what residents get."""

from collections.abc import Collection

from bot.texts.language import Phrases, calm

LACKS = {"when": "从几点到几点", "contact": "有事打哪个电话"}


class WorksTexts:
    """Sentences of 停水停电施工."""

    _say: Phrases

    def works_where(self) -> str:
        """Above the places."""
        return self._say("🔧 停水停电施工通知：在哪里？")

    def works_write(self, place: str) -> str:
        """Asks for the words."""
        return self._say(
            "通知<b>{place}</b>。请用一条消息写清：什么事、从几点到几点、有事打哪个电话。\n"
            "例如：检修水管，11月26日 9:00 到 15:00 停水，请提前储水。有事打 0511-88881234。",
            place=place,
        )

    def works_lacks(self, missing: Collection[str]) -> str:
        """Something is not told."""
        what = "、".join(self._say(LACKS[one]) for one in missing)
        return self._say("还缺：{raw_what}。请整条重新写一遍。", raw_what=what)

    def works_unfit(self) -> str:
        """It reads as a public warning, or is too long."""
        return self._say("这条太长，或者像政府发布的预警，不能这样发。预警请找管理员用 /broadcast 转发。")

    def works_misdated(self, word: str) -> str:
        """It may leave only on another day than the one it is written on."""
        return self._say(
            "这条不一定今天就发出（夜里等到早上 7 点，人多要等同意），“{word}”会让人看错日子。"
            "请写几月几日，例如 11月26日，整条重新写一遍。",
            word=word,
        )

    def works_notice(self, place: str, words: str) -> str:
        """What residents get: plain text."""
        return self._say("🔧 停水停电施工　{raw_place}\n{raw_words}", raw_place=place, raw_words=calm(words))

    def works_ready(self, words: str, count: int) -> str:
        """The look before it leaves."""
        shown = self._say("大家会看到：\n\n<blockquote>{words}</blockquote>", words=words)
        return self._say(
            "{raw_shown}\n\n关注这里的 {count} 人会收到，夜里等到早上 7 点。", raw_shown=shown, count=count
        )

    def works_go(self) -> str:
        """Button."""
        return self._say("✅ 发出")

    def works_again(self) -> str:
        """Button."""
        return self._say("✏️ 重写")

    def works_drop(self) -> str:
        """Button."""
        return self._say("算了，不发")

    def works_sent(self, *, second: bool) -> str:
        """After it."""
        if second:
            return self._say("人数较多，已请管理员确认，同意后就发。进展看下面的卡片。")
        return self._say("好，发了。进展看下面的卡片，要停也在那里。")

    def works_dropped(self) -> str:
        """After 算了."""
        return self._say("好，不发了。")
