"""The workbook of a broadcast: how many, where, and (of staff) who. All of it is plain text."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.texts.broadcast_card import BroadcastCardTexts

STATES = {
    "due": "还没发",
    "owed": "正在发",
    "sent": "已送达",
    "unreachable": "收不到",
    "failed": "没发成",
    "stopped": "没发",
}


class BroadcastSheetTexts(BroadcastCardTexts):
    """Names of sheets, heads of columns, cells."""

    def broadcast_sheet_words(self, title: str, number: int) -> str:
        """Under the file, and instead of it."""
        return self._say("📊 通知 {number}“{title}”的明细表。", number=number, title=title)

    def broadcast_sheet_names(self) -> Sequence[str]:
        """The sheets: all in all, by place, by name."""
        return [self._say("汇总"), self._say("各地"), self._say("名单")]

    def broadcast_sheet_title(self, number: int, title: str) -> str:
        """Above each of them."""
        return self._say("通知 {raw_number}　{raw_title}", raw_number=number, raw_title=title)

    def broadcast_sheet_sums(
        self, audience: str, began: datetime | None, ended: datetime | None, counts: Mapping[str, int], *, receipt: bool
    ) -> list[list[str | int]]:
        """All in all: a name and a figure a line."""
        times = [(self._say("开始"), began), (self._say("结束"), ended)]
        told: list[list[str | int]] = [[name, self._say("{at}", at=at)] for name, at in times if at is not None]
        states = [[self._say(words), counts.get(state, 0)] for state, words in STATES.items()]
        read: list[list[str | int]] = (
            [[self._say("已读"), counts["read"]], [self._say("未读"), counts["unread"]]] if receipt else []
        )
        answers = [[self._say("回复"), counts["answers"]]]
        return [[self._say("发给"), audience], *told, [self._say("应发"), counts["total"]], *states, *read, *answers]

    def broadcast_sheet_heads(self, *, receipt: bool) -> tuple[list[str], list[str]]:
        """The heads of the sheet by place and of that by name."""
        read = [self._say("已读"), self._say("未读")] if receipt else []
        misses = [self._say(STATES["unreachable"]), self._say(STATES["failed"]), self._say(STATES["stopped"])]
        places = [self._say("地点"), self._say("应发"), self._say(STATES["sent"]), *read, *misses]
        names = [self._say("地点"), self._say("姓名"), self._say("情况"), *([self._say("已读时间")] if receipt else [])]
        return places, names

    def broadcast_sheet_person(
        self, place: str, name: str | None, state: str, read_at: datetime | None, *, receipt: bool
    ) -> list[str]:
        """One of the staff."""
        read = [self._say("{at}", at=read_at) if read_at else ""] if receipt else []
        return [place, name or "", self._say(STATES[state]), *read]
