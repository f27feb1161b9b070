"""What dispatchers of the command centre read."""

from bot.cases.case import Case
from bot.texts.language import Phrases


class CentreTexts:
    """Sentences for triage and dispatch."""

    _say: Phrases

    def triage_head(self, case: Case, head: str) -> str:
        """First lines of a triage card: a sign that is seen from afar, then what every card has."""
        sign = {"registered": "📥", "triage": "📥", "redo": "🔁", "dispatched": "📤"}.get(case.status.value, "📄")
        return f"{sign} {head}"

    def has_it(self, case: Case, unit: str) -> str:
        """Who has it, and whether the system sent it by itself."""
        if case.status.value == "dispatched" and case.dispatched_at == case.registered_at:
            return self._say("已自动派给<b>{unit}</b>，不对请改派。", unit=unit)
        return self._say("单位：<b>{unit}</b>", unit=unit)

    def confidential_head(self) -> str:
        """First line of a confidential card; only ever in private chats."""
        return self._say("🔒 <b>保密件，请勿转发</b>")

    def suggested(self, unit: str) -> str:
        """The suggested unit."""
        return self._say("建议：{unit}", unit=unit)

    def back_to_card(self) -> str:
        """Button under the list of units."""
        return self._say("‹ 先不派")

    def see_files(self) -> str:
        """Button: the pictures and films of a case."""
        return self._say("📎 看照片和视频")

    def files_come(self) -> str:
        """Toast after it."""
        return self._say("马上发给您。")

    def other_unit(self) -> str:
        """Button."""
        return self._say("派给其他单位")

    def queue(self, count: int, more: bool) -> str:
        """Above the queue of what waits for triage, the weightiest first."""
        if more:
            return self._say("等着研判的不止 {count} 件，先看急的和遇到的人多的：", count=count)
        return self._say("等着研判 {count} 件，点开处理：", count=count) if count else self._say("没有等着研判的事。")

    def so_many_met(self, count: int) -> str:
        """Behind a case of the queue: how many besides the reporter met it."""
        return f"🙋{count}"

    def sent_to(self, number: str, unit: str) -> str:
        """Toast after dispatching (plain text)."""
        return self._say("{raw_number} 已派给{raw_unit}。", raw_number=number, raw_unit=unit)
