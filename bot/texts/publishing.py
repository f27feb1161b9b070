"""What dispatchers read when the result of a case is offered for publishing, and the draft of what residents read."""

from datetime import datetime, timedelta

from bot.texts.language import Phrases, calm

STANDS = {
    "approved": "✅ {at} {name}同意公示，已发给 {count} 人。",
    "left": "{at} {name}决定不公示。",
    "withdrawn": "⛔️ {at} {name}撤下了。没发出的不发了，已收到的有 {count} 人。",
    "recalled": "⛔️ {at} 这件事又在办，自动撤下了。没发出的不发了，已收到的有 {count} 人。",
}


class PublishingTexts:
    """Sentences of 办结公示."""

    _say: Phrases

    def result_notice(self, place: str, matter: str, done: str, span: timedelta) -> str:
        """The draft: plain text, nothing in it is a mark."""
        head = self._say("📣 办结公示\n{raw_place}：{raw_matter}", raw_place=place, raw_matter=matter)
        what = self._say("怎么办的：{raw_done}", raw_done=calm(done))
        return "\n".join([head, what, self._say("用时：{raw_span}", raw_span=self._took(span))])

    def _took(self, span: timedelta) -> str:
        hours = span.total_seconds() / 3600
        if hours < 1:
            return self._say("不到 1 小时")
        return self._say("{count} 小时", count=round(hours)) if hours < 48 else self._say("{count} 天", count=span.days)

    def publication_card(self, number: str, matter: str, words: str) -> str:
        """Above the buttons: the words just as residents will read them."""
        head = self._say("📰 <b>办结公示</b>　{number}　{matter}", number=number, matter=matter)
        return self._say("{raw_head}\n\n<blockquote>{words}</blockquote>", raw_head=head, words=words)

    def publication_ask(self, count: int) -> str:
        """It is not decided yet."""
        return self._say(
            "关注这里的 {count} 人会收到。请看看有没有能认出谁的话，电话、车牌、门牌、姓名已经隐去。", count=count
        )

    def publication_reopened(self) -> str:
        """The case is being dealt with again."""
        return self._say("这件事又在办，先不公示。")

    def publication_stands(self, state: str, name: str | None, at: datetime, count: int) -> str:
        """What became of it."""
        if state == "withdrawn" and name is None:
            return self._say(STANDS["recalled"], at=at, count=count)
        return self._say(STANDS[state], at=at, name=name or "", count=count)

    def publication_yes(self) -> str:
        """Button."""
        return self._say("✅ 同意公示")

    def publication_edit(self) -> str:
        """Button."""
        return self._say("✏️ 改文字")

    def publication_no(self) -> str:
        """Button."""
        return self._say("不公示")

    def publication_down(self) -> str:
        """Button."""
        return self._say("⛔️ 撤下")

    def publication_write(self, number: str) -> str:
        """Asks for the new words."""
        return self._say("请回复这条消息，写下 {number} 的公示文字，写完再看一遍才会发。", number=number)

    def publication_write_again(self, most: int) -> str:
        """Nothing, or too much, was written."""
        return self._say("请写文字，最多 {most} 个字。", most=most)

    def publication_done(self, state: str) -> str:
        """Toast after a press (plain)."""
        return {
            "approved": self._say("好，开始发了；夜里会等到早上 7 点。"),
            "left": self._say("好，不公示。"),
            "withdrawn": self._say("撤下了。"),
        }[state]
