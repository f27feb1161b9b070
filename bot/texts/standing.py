"""What a unit asks about its order and what becomes of it: not ours, a colleague's, later, together, a level above."""

from datetime import datetime

from bot.cases.case import Case, Status
from bot.texts.language import ZONE, Phrases

NOT_YOURS = {
    "return": "退单由单位负责人提出，请转告负责人。",
    "shelve": "挂账由区指挥中心定，您可以先建议挂账。",
    "extend": "再次延期由单位负责人提出。",
    "grant": "这一级的延期由区指挥中心批。",
    "decline": "这一级的延期由区指挥中心批。",
}
"""Why it is not theirs, where there is more to say than that."""


class StandingTexts:
    """Sentences for orders that do not simply go on."""

    _say: Phrases

    def card_asked(self, case: Case) -> list[str]:
        """On cards: how often it was given back, that it stays now, and until when it is shelved."""
        lines = [self._say("↩️ 退过 {count} 次", count=case.returned)] if case.returned else []
        if case.on_spot:
            lines.append(self._say("🧹 即报即办"))
        if case.assigned:
            lines.append(self._say("📌 指定办理，不能再退"))
        if case.status is Status.SHELVED and case.review_at:
            lines.append(self._say("🗄 挂账到 {at}，时限暂停", at=case.review_at))
        return lines

    def whose_is_it(self, number: str) -> str:
        """Asks for the unit that a return names."""
        return self._say("退 {number}：您看该由哪个单位办？", number=number)

    def whose_unknown(self) -> str:
        """Button."""
        return self._say("说不准，请中心定")

    def give_return(self, number: str) -> str:
        """Asks for the basis."""
        return self._say("请回复这条消息，写明退 {number} 的依据（职责、权属或规定）。", number=number)

    def return_asked(self, number: str) -> str:
        """It is with the centre."""
        return self._say("{number} 的退单已报指挥中心，等候裁定。", number=number)

    def agree_to(self, unit: str) -> str:
        """Button: the return is agreed to, it goes to the unit that was named (not escaped)."""
        return self._say("✅ 同意，改派{raw_unit}", raw_unit=unit)

    def give_insistence(self, number: str) -> str:
        """Asks the dispatcher why it stays."""
        return self._say("请回复这条消息，说说 {number} 为什么还由原单位办。", number=number)

    def insisted(self, number: str) -> str:
        """To whoever decided."""
        return self._say("{number} 已派回原单位，理由一并转达。", number=number)

    def give_reason_above(self, number: str) -> str:
        """Asks why it must go to the level above."""
        return self._say("请回复这条消息，说说 {number} 为什么本级解决不了。", number=number)

    def above_asked(self, number: str) -> str:
        """It is with the centre."""
        return self._say("{number} 的升级申请已报指挥中心。批下来之前，照常办。", number=number)

    def give_reason_joint(self, number: str) -> str:
        """Asks whom they need."""
        return self._say("请回复这条消息，说说 {number} 需要哪些部门来、做什么。", number=number)

    def joint_asked(self, number: str) -> str:
        """It is with the centre."""
        return self._say("{number} 的协同申请已报指挥中心。", number=number)

    def give_reason_shelving(self, number: str) -> str:
        """Asks for the cause."""
        return self._say("请回复这条消息，说说 {number} 为什么现在办不了、要等什么。", number=number)

    def shelving_asked(self, number: str) -> str:
        """It is with the centre."""
        return self._say("已建议 {number} 挂账，等指挥中心定。时限照走。", number=number)

    def shelve_until(self, number: str) -> str:
        """Asks for the day of the review."""
        return self._say("{number} 挂账到哪天再看？最长30天。", number=number)

    def until_day(self, at: datetime) -> str:
        """Button: a day."""
        return self._say("{at}", at=at.astimezone(ZONE).date())

    def who_looks_after(self, number: str) -> str:
        """Asks for the owner."""
        return self._say("{number} 挂账期间谁负责？", number=number)

    def give_shelving(self, number: str) -> str:
        """Asks for the public words."""
        return self._say(
            "请回复这条消息，写一段给上报人看的话：{number} 为什么暂时办不了、什么时候再看。", number=number
        )

    def shelved(self, number: str) -> str:
        """To whoever decided."""
        return self._say("{number} 已挂账，上报人会看到您写的话。到期自动恢复办理。", number=number)

    def resumed(self, number: str) -> str:
        """Toast (plain text)."""
        return self._say("{raw_number} 已恢复办理。", raw_number=number)

    def which_colleague(self, number: str) -> str:
        """Asks for the colleague."""
        return self._say("{number} 转给哪位同事？", number=number)

    def no_colleague(self) -> str:
        """Alert: nobody else of the unit can be reached."""
        return self._say("单位里没有别人能收到消息，暂时转不了。")

    def handed_on(self, number: str, name: str) -> str:
        """In place of the question."""
        return self._say("{number} 已转给 <b>{name}</b> 经办，已私下告诉本人。", number=number, name=name)
