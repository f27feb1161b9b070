"""What dispatchers of the command centre read."""

from bot.cases.case import Case
from bot.texts.language import Phrases


class CentreTexts:
    """Sentences for triage and dispatch."""

    _say: Phrases

    def triage_head(self, case: Case) -> str:
        """First line of a triage card."""
        if case.status.value in {"registered", "triage"}:
            return self._say("📥 <b>待研判</b>")
        return self._say("📤 <b>已派单</b>") if case.status.value == "dispatched" else self._say("📄 <b>案件</b>")

    def confidential_head(self) -> str:
        """First line of a confidential card; only ever in private chats."""
        return self._say("🔒 <b>保密件，请勿转发</b>")

    def suggested(self, unit: str) -> str:
        """The suggested unit."""
        return self._say("建议：{unit}", unit=unit)

    def automatic(self, unit: str) -> str:
        """The system dispatched it by itself."""
        return self._say("已自动派给 {unit}，不对请改派。", unit=unit)

    def choose_unit(self) -> str:
        """Above the list of units."""
        return self._say("派给哪个单位？")

    def other_unit(self) -> str:
        """Button."""
        return self._say("派给其他单位")

    def queue(self, count: int) -> str:
        """Above the queue of what waits for triage."""
        return self._say("待研判 {count} 件：", count=count) if count else self._say("没有待研判的案件。")

    def sent_to(self, number: str, unit: str) -> str:
        """After dispatching."""
        return self._say("{number} 已派给{unit}。", number=number, unit=unit)
