"""What admins read while they put together what many are to be told."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.texts.language import Phrases
from bot.texts.roles import RoleTexts
from bot.texts.subscribing import TOPICS

KINDS = {
    "photo": "🖼 照片",
    "album": "🖼 一组照片",
    "video": "🎬 视频",
    "video_note": "🎬 视频",
    "voice": "🎤 语音",
    "location": "📍 位置",
}


class BroadcastTexts(RoleTexts):
    """Putting a broadcast together."""

    _say: Phrases

    def broadcast_audience(self, role: str, path: Sequence[str], tag: str | None, topic: str | None = None) -> str:
        """Who it is for, in one line."""
        where = path[-1] if path else self._say("全区")
        words = self._say("{where} · {raw_role}", where=where, raw_role=self.role(role))
        if topic:
            words = self._say("{raw_words} · {raw_topic}", raw_words=words, raw_topic=self._say(TOPICS[topic]))
        return self._say("{raw_words}（标签：{tag}）", raw_words=words, tag=tag) if tag else words

    def broadcast_who(self, audience: str, reachable: int, silent: int, names: Sequence[str]) -> str:
        """The first card: who it is for, how many, some names; then send me the content."""
        lines = [self._say("📢 <b>发通知</b>"), self._say("发给：<b>{raw_audience}</b>", raw_audience=audience)]
        if names:
            some = "、".join(names)
            lines.append(self._say("能收到 <b>{count}</b> 人，比如 {some}", count=reachable, some=some))
        else:
            lines.append(self._say("能收到 <b>{count}</b> 人", count=reachable))
        if silent:
            lines.append(self._say("另有 {count} 人还没打开过伢叔，收不到。", count=silent))
        lines.append(self._say("\n选好了，就把要发的内容发给我：文字、照片、视频、语音、文件、位置都行。"))
        return "\n".join(lines)

    def broadcast_change_whom(self) -> str:
        """Button under the preview: back to people and places."""
        return self._say("👥 改发给谁")

    def broadcast_change_role(self) -> str:
        """Button."""
        return self._say("👥 换人群")

    def broadcast_change_place(self) -> str:
        """Button."""
        return self._say("📍 换范围")

    def broadcast_change_tag(self) -> str:
        """Button."""
        return self._say("🏷 按标签")

    def broadcast_change_topic(self) -> str:
        """Button."""
        return self._say("🗂 换种类")

    def broadcast_what_about(self) -> str:
        """Above the kinds of notices to residents."""
        return self._say("这是哪一种？居民只收自己要的。预警要写明是谁发布的。")

    def broadcast_no_tag(self) -> str:
        """Button."""
        return self._say("不限标签")

    def broadcast_whole_district(self) -> str:
        """Button above the places."""
        return self._say("全区")

    def broadcast_just_here(self) -> str:
        """Button above the places below one."""
        return self._say("就这里")

    def broadcast_choose(self) -> str:
        """Above the buttons of roles, places or tags."""
        return self._say("请选：")

    def broadcast_cancel(self) -> str:
        """Button."""
        return self._say("算了，不发")

    def broadcast_cancelled(self) -> str:
        """After it."""
        return self._say("好，不发了。")

    def broadcast_gone(self) -> str:
        """A content came after the dialog was left, or a button of an older one was pressed."""
        return self._say("这次已经过去了。要发通知，请重新发 /broadcast。")

    def broadcast_usable(self) -> str:
        """A sticker, a poll ... came instead of something to send."""
        return self._say("这个发不了。请发文字、照片、视频、语音、文件或位置。")

    def broadcast_too_long(self, most: int) -> str:
        """Telegram would refuse it."""
        return self._say("太长了，最多 {most} 个字。请短一点，或分两次发。", most=most)

    def broadcast_album_more(self) -> str:
        """The first piece of an album came."""
        return self._say("收到。一组都传完了，请点下面的按钮。")

    def broadcast_look(self) -> str:
        """Button."""
        return self._say("👀 看看效果")

    def broadcast_warning(self, *, titled: bool) -> str:
        """It reads like a public warning, or is to reach residents as one (`titled`)."""
        if titled:
            return self._say("转发预警，请告诉我是谁、什么时候发布的，例如：镇江市气象台 11月25日8时发布。")
        return self._say(
            "里面有像“红色预警”的话。这种预警只能由政府和气象部门发布。如果是转发已经发布的，"
            "请告诉我是谁、什么时候发布的，例如：镇江市气象台 11月25日8时发布。"
        )

    def broadcast_quote_again(self) -> str:
        """The issuer of a warning is not told."""
        return self._say("请写清发布单位和时间，例如：镇江市气象台 11月25日8时发布。")

    def broadcast_ready(
        self, audience: str, count: int, span: timedelta, *, second: bool, night: bool, may_be_urgent: bool = True
    ) -> str:
        """The control card under the preview."""
        lines = [self._say("上面就是大家会看到的样子。")]
        lines.append(
            self._say(
                "发给：<b>{raw_audience}</b>，{count} 人，大约要 {raw_span}。",
                raw_audience=audience,
                count=count,
                raw_span=self.span(span),
            )
        )
        if second:
            lines.append(self._say("人数较多，要另一位管理员同意后才发。"))
        if night:
            lines.append(self._say("现在是休息时间，不急的通知会在早上 7 点发。"))
            if may_be_urgent:
                lines.append(self._say("急事请打开“紧急”。"))
        return "\n".join(lines)

    def span(self, span: timedelta) -> str:
        """A short time, roughly."""
        seconds = max(1, round(span.total_seconds()))
        if seconds < 90:
            return self._say("{count} 秒", count=seconds)
        return self._say("{count} 分钟", count=round(seconds / 60))

    def broadcast_send_now(self) -> str:
        """Button."""
        return self._say("✅ 现在发")

    def broadcast_send_later(self) -> str:
        """Button."""
        return self._say("🕗 定时发")

    def broadcast_receipt(self, *, on: bool) -> str:
        """Button that switches the 已收到 button."""
        return self._say("“已收到”按钮：有") if on else self._say("“已收到”按钮：没有")

    def broadcast_urgent(self, *, on: bool) -> str:
        """Button that switches the urgent lane."""
        return self._say("🚨 紧急：是") if on else self._say("紧急：否")

    def broadcast_other_content(self) -> str:
        """Button."""
        return self._say("✏️ 换内容")

    def broadcast_send_content(self) -> str:
        """After 换内容."""
        return self._say("好，请把新的内容发给我。")

    def broadcast_ask_when(self) -> str:
        """什么时候发."""
        return self._say("什么时候发？写给我就行，例如：今天 18:30、明天 8 点、11月26日 9:00。")

    def broadcast_when_again(self) -> str:
        """The time was not understood or is gone by."""
        return self._say("没看懂，或者时间已经过了。请这样写：明天 8:30。")

    def broadcast_taken(self, at: datetime | None, *, second: bool) -> str:
        """After 发."""
        if second:
            return self._say("好。已请另一位管理员确认，同意后就发。")
        return self._say("好，{at} 发。", at=at) if at else self._say("好，开始发了。")

    def broadcast_progress_follows(self) -> str:
        """After it; the card with the progress comes next."""
        return self._say("进展看下面这张卡片，也可以随时发 /broadcasts。")

    def broadcast_kind(self, kind: str) -> str:
        """What a broadcast without words is called in lists."""
        return self._say(KINDS.get(kind, "📎 文件"))

    def broadcast_preview_only(self) -> str:
        """Toast: the button under a preview was tried."""
        return self._say("这是预览，大家收到后就能点。")
