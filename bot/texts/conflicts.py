"""What dispatchers read of 回避 and 督办: whom a report complains of, and what somebody above watches."""

from collections.abc import Sequence

from bot.texts.language import Phrases


class ConflictTexts:
    """Sentences for those who are complained of, or rather about them; and for special oversight."""

    _say: Phrases

    def card_withdrawn(self) -> str:
        """In place of a card that its reader may not see any more: nothing of the case is left."""
        return self._say("这件事已另行办理，这里不再显示。")

    def card_blocked(self, names: Sequence[str]) -> str:
        """On the dispatchers' card."""
        return self._say("🚫 回避：{names}（看不到，也不能办）", names=self._say("、").join(names))

    def card_maybe_blocked(self, names: Sequence[str]) -> str:
        """On the dispatchers' card: the report seems to complain of them."""
        return self._say("⚠️ 像是反映{names}的，要不要回避？", names=self._say("、").join(names))

    def block_button(self, name: str) -> str:
        """Button."""
        return self._say("🚫 {raw_name}回避", raw_name=name[:24])

    def dismiss_button(self, name: str) -> str:
        """Button: it is only named."""
        return self._say("{raw_name}不用回避", raw_name=name[:24])

    def lift_button(self, name: str) -> str:
        """Button."""
        return self._say("↩️ 解除回避：{raw_name}", raw_name=name[:24])

    def choose_blocked(self, number: str) -> str:
        """Above the units that may be meant."""
        return self._say(
            "{number} 反映的是谁？选单位，再选整个单位还是其中一个人。选中的看不到这一件，也不能办。", number=number
        )

    def choose_in_unit(self, unit: str) -> str:
        """Above the people of a unit."""
        return self._say("{unit}：整个单位回避，还是其中一个人？", unit=unit)

    def whole_unit(self) -> str:
        """Button."""
        return self._say("🚫 整个单位")

    def blocked_back(self) -> str:
        """Button: back to the units."""
        return self._say("‹ 单位")

    def blocked_done(self, number: str) -> str:
        """A toast."""
        return self._say("{number} 已设回避，转到上一级或由中心办。", number=number)

    def dismissed(self) -> str:
        """A toast."""
        return self._say("好的，不用回避。")

    def give_lift(self, number: str) -> str:
        """Asks why."""
        return self._say("请回复这条消息，说说 {number} 为什么解除回避。", number=number)

    def lifted(self, number: str) -> str:
        """To whoever decided."""
        return self._say("{number} 已解除回避，原因已记下。", number=number)

    def give_oversee(self, number: str) -> str:
        """Asks what is demanded."""
        return self._say("请回复这条消息，写明对 {number} 的督办要求。", number=number)

    def overseen_noted(self, number: str) -> str:
        """To whoever decided."""
        return self._say("{number} 已挂牌督办，责任单位和负责人会看到要求。", number=number)

    def give_release(self, number: str) -> str:
        """Asks why it ends."""
        return self._say("请回复这条消息，说说 {number} 为什么解除督办。", number=number)

    def released_noted(self, number: str) -> str:
        """To whoever decided."""
        return self._say("{number} 已解除督办。", number=number)

    def give_sparing(self, number: str) -> str:
        """Asks why nobody is to blame."""
        return self._say("请回复这条消息，写明 {number} 为什么容错（尽职、有正当原因）。", number=number)

    def spared_noted(self, number: str) -> str:
        """To whoever decided."""
        return self._say("{number} 已认定容错，黄牌、红牌取下，责任单位会看到理由。", number=number)

    def overseen_by_rule(self) -> str:
        """Written into the history, and read by the unit."""
        return self._say("超期三个工作日还没办结，按规定挂牌督办")
