"""What the many read: what stands under a broadcast, and what they hear when they press or answer."""

from bot.texts.language import Phrases


class BroadcastCopyTexts:
    """Under and after a broadcast, for those who get it."""

    _say: Phrases

    def broadcast_footer(self, district: str, number: str, quote: str) -> str:
        """Under every copy; plain text."""
        words = self._say("—— {raw_district}伢叔 · 通知 {raw_number}", raw_district=district, raw_number=number)
        source = self._say("来源：{raw_quote}", raw_quote=quote) if quote else ""
        return f"{source}\n{words}" if quote else words

    def broadcast_got(self) -> str:
        """Button under a broadcast."""
        return self._say("✅ 已收到")

    def broadcast_thanks(self, *, again: bool) -> str:
        """Toast after it."""
        return self._say("已经记过了。") if again else self._say("记下了，谢谢您！")

    def broadcast_ask_receipt(self) -> str:
        """After an album, which cannot have buttons."""
        return self._say("看到上面的通知，请点一下：")

    def broadcast_remind(self, title: str) -> str:
        """Under a copy that has not been confirmed; plain text."""
        return self._say("📣 这条通知“{raw_title}”您还没点“已收到”。看过了，请点一下：", raw_title=title)

    def broadcast_unsubscribe(self) -> str:
        """Button under what is not urgent, for residents."""
        return self._say("不再接收")

    def broadcast_answered(self) -> str:
        """Somebody replied to a broadcast."""
        return self._say("您的回复转给发通知的人了。如果是要反映问题，请直接发给我，不用回复那条通知。")
