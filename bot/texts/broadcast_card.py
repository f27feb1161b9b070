"""What admins read of a broadcast that was asked for: its card, a second person's question, who read and answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.texts.broadcast import BroadcastTexts

ORDERS = {
    "agree": "✅ 同意发送",
    "refuse": "❌ 不同意",
    "pause": "⏸ 先停一停",
    "resume": "▶️ 接着发",
    "stop": "⏹ 不发了",
}
STANDS = {
    "waiting": "⏳ 等另一位管理员同意",
    "scheduled": "🕗 定在 {at} 发",
    "sending": "📤 正在发，大约还要 {left}",
    "night": "🌙 夜里不打扰，早上 7 点接着发",
    "paused": "⏸ 已暂停",
    "stopped": "⏹ 已停止",
    "refused": "❌ 另一位管理员没有同意，没有发",
    "done": "✅ 发完了",
}
MISSED = {"unreachable": "收不到 {count} 人", "failed": "没发成 {count} 人", "stopped": "没发 {count} 人"}


class BroadcastCardTexts(BroadcastTexts):
    """A broadcast on its way and afterwards."""

    def broadcast_order(self, order: str) -> str:
        """A button on the card of a broadcast."""
        return self._say(ORDERS[order])

    def broadcast_ordered(self) -> str:
        """Toast after it (plain)."""
        return self._say("好的。")

    def broadcast_decided(self, *, agreed: bool) -> str:
        """In place of the card that asked a second admin."""
        return self._say("您已同意，开始发了。") if agreed else self._say("您没有同意，不发。")

    def broadcast_confirm(self, maker: str, audience: str, count: int) -> str:
        """Asks a second admin."""
        return self._say(
            "{maker}要把上面这条发给 <b>{raw_audience}</b>，共 {count} 人。人多，要您也同意才发。",
            maker=maker,
            raw_audience=audience,
            count=count,
        )

    def broadcast_ended(self, title: str, count: int) -> str:
        """The last one is sent."""
        return self._say("✅ 通知“{title}”发完了，{count} 人收到。", title=title, count=count)

    def broadcast_card(
        self,
        number: int,
        title: str,
        audience: str,
        stand: str,
        starts_at: datetime,
        counts: Mapping[str, int],
        left: timedelta,
        *,
        receipt: bool,
        reminded_at: datetime | None,
    ) -> str:
        """How far a broadcast is; one card, edited in place."""
        head = self._say("📢 <b>通知 {number}</b> {title}", number=number, title=title)
        lines = [head, self._say("发给：{raw_audience}", raw_audience=audience)]
        lines.append(self._say(STANDS[stand], at=starts_at, left=self.span(left)))
        sent, total = counts.get("sent", 0), counts["total"]
        lines.append(f"{_bar(sent, total)} {sent}/{total}")
        if receipt and sent:
            lines.append(self._say("已读 {count} 人", count=counts["read"]))
        if reminded_at is not None:
            lines.append(self._say("最近一次提醒没看的：{at}", at=reminded_at))
        lines += [self._say(words, count=counts[state]) for state, words in MISSED.items() if counts.get(state)]
        return "\n".join(lines)

    def broadcast_again_button(self, count: int) -> str:
        """Button: once more to those to whom it could not be sent."""
        return self._say("🔁 再发没发成的 {count} 人", count=count)

    def broadcast_again_sent(self, title: str) -> str:
        """After it."""
        return self._say("好，“{title}”正在再发一次，只发给没发成的。", title=title)

    def broadcast_remind_button(self, count: int) -> str:
        """Button: to those who have not read it."""
        return self._say("📣 催一下没看的 {count} 人", count=count)

    def broadcast_ask_remind(self, title: str, count: int) -> str:
        """Before they are reminded."""
        return self._say(
            "“{title}”还有 <b>{count}</b> 人没点“已收到”。再提醒他们一次吗？一天最多一次。", title=title, count=count
        )

    def broadcast_remind_yes(self) -> str:
        """Button."""
        return self._say("📣 提醒他们")

    def broadcast_remind_no(self) -> str:
        """Button."""
        return self._say("算了")

    def broadcast_not_reminded(self) -> str:
        """After it."""
        return self._say("好，不提醒。")

    def broadcast_reminding(self, count: int, *, night: bool) -> str:
        """They are being reminded."""
        if night:
            return self._say("好，早上 7 点提醒这 {count} 人。", count=count)
        return self._say("好，正在提醒这 {count} 人。", count=count)

    def broadcast_sheet_button(self) -> str:
        """Button."""
        return self._say("📊 明细表")

    def broadcast_sheet_coming(self) -> str:
        """The workbook is being made (plain)."""
        return self._say("正在做明细表，马上发给您。")

    def broadcast_unread_button(self) -> str:
        """Button."""
        return self._say("🙈 谁还没看")

    def broadcast_replies_button(self, count: int) -> str:
        """Button."""
        return self._say("💬 回复 {count} 条", count=count)

    def broadcast_unread(self, places: Sequence[tuple[str, Sequence[str], int]], more: int) -> str:
        """Who has not read it: place, names, how many, for phoning them."""
        if not places:
            return self._say("大家都看过了。")
        lines = [self._say("还没点“已收到”的：")]
        for place, names, count in places:
            some = "、".join(names)
            line = self._say("<b>{place}</b>（{count} 人）{names}", place=place, count=count, names=some)
            lines.append(line)
        if more:
            lines.append(self._say("……还有 {count} 个地方", count=more))
        return "\n".join(lines)

    def broadcast_nobody_yet(self) -> str:
        """Alert: who has not read it is asked before anybody has got it (plain)."""
        return self._say("还没有人收到，发出去以后再看。")

    def broadcast_nowhere(self) -> str:
        """The place of those who have none."""
        return self._say("未分网格")

    def broadcast_replies(self, title: str, answers: Sequence[tuple[datetime, str | None, str, int]]) -> str:
        """A page of answers: when, who (none of residents), words, how many files."""
        lines = [self._say("对“{title}”的回复：", title=title)]
        for at, name, words, files in answers:
            who = name or self._say("一位居民")
            what = words or self._say("（没有文字）")
            line = self._say("{at} <b>{who}</b>：{what}", at=at, who=who, what=what)
            lines.append(line + (self._say("（附 {count} 个文件）", count=files) if files else ""))
        return "\n".join(lines)

    def broadcasts_how(self, words: str) -> str:
        """What came behind /broadcasts is no number."""
        return self._say("“{words}”不是通知的编号。可以发 /broadcasts 12，也可以点下面的：", words=words)

    def broadcast_no_place(self, words: str) -> str:
        """What came behind /broadcast is no place."""
        return self._say("没有叫“{words}”的地方，请点「换范围」来选。不换就是发给全区：", words=words)

    def broadcasts_list(self, some: bool) -> str:
        """Above the list of the newest broadcasts."""
        return self._say("最近的通知，点开看：") if some else self._say("还没有发过通知。发 /broadcast 开始。")


def _bar(done: int, total: int, width: int = 10) -> str:
    """How far it is, as people see it from afar."""
    full = width * done // total if total else 0
    return "▓" * full + "░" * (width - full)
