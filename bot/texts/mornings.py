"""What is read at the start of work: the digest, what nobody looks after; and the cards on a case."""

from collections.abc import Sequence
from datetime import datetime

from bot.cases.case import Case
from bot.texts.language import Phrases

SHELVES = {
    "waiting": "🧭 <b>等着研判 {count} 件</b>",
    "overdue": "🔴 <b>已超期 {count} 件</b>",
    "today": "🟠 <b>今天到期 {count} 件</b>",
    "new": "🆕 <b>新到 {count} 件</b>",
}
ORPHANS = {
    "owner": "没有责任单位或经办人：{numbers}",
    "clock": "提醒都发过了，还没办完：{numbers}",
    "left": "经办人不在单位了，还没移交：{numbers}",
    "nobody": "单位没有一个人联系得上：{numbers}",
}


class MorningTexts:
    """Sentences of the morning."""

    _say: Phrases

    def digest(self, lines: Sequence[str]) -> str:
        """One message at the start of work."""
        return "\n".join([self._say("☀️ <b>早上好，今天要办的：</b>"), *lines])

    def digest_shelf(self, shelf: str, count: int) -> str:
        """A heading."""
        return self._say(SHELVES[shelf], count=count)

    def digest_line(self, case: Case, matter: str, due: datetime | None, *, late: bool = False) -> str:
        """One case under it; nothing is due of a thank-you. `late`: where the heading does not say so."""
        if due is None:
            return self._say("· {number} {matter}", number=case.number, matter=matter)
        if late:
            return self._say("· {number} {matter}，{due} 已过期", number=case.number, matter=matter, due=due)
        if case.overseen_at is not None:
            return self._say("· 📌 {number} {matter}，{due} 到期", number=case.number, matter=matter, due=due)
        return self._say("· {number} {matter}，{due} 到期", number=case.number, matter=matter, due=due)

    def digest_more(self, count: int) -> str:
        """Under the last that is named."""
        return self._say("　另有 {count} 件", count=count)

    def orphans(self, lines: Sequence[str]) -> str:
        """Once a day to dispatchers and admins."""
        return "\n".join([self._say("🕳 <b>有件没人管或没动静，请马上安排：</b>"), *lines])

    def orphan_line(self, why: str, numbers: Sequence[str]) -> str:
        """One reason with its numbers."""
        return self._say(ORPHANS[why], numbers=self._say("、").join(numbers))

    def orphan_button(self, case: Case) -> str:
        """Opens one of them (plain text)."""
        return self._say("看 {raw_number}", raw_number=case.number)

    def card_marks(self, case: Case) -> str:
        """On cards: what the case has got for being late, and whether somebody above watches it."""
        parts = [
            self._say("🟨 黄牌 {at}", at=case.yellow_at) if case.yellow_at and not case.red_at else "",
            self._say("🟥 红牌 {at}", at=case.red_at) if case.red_at else "",
            self._say("📌 挂牌督办 {at}", at=case.overseen_at) if case.overseen_at else "",
            self._say("🛡 容错 {at}", at=case.spared_at) if case.spared_at else "",
        ]
        return "　".join(part for part in parts if part)
