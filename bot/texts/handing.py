"""What is said when somebody leaves and their cases go to another."""

from collections.abc import Sequence

from bot.texts.language import Phrases, cut

LONGEST = 3000


class HandingTexts:
    """Sentences of a hand-over."""

    _say: Phrases

    def choose_giver(self, some: bool) -> str:
        """/handover: whose cases?"""
        return self._say("移交谁的在办件？带 ⚠️ 的已经不在那个单位了。") if some else self._say("没有要移交的在办件。")

    def giver_button(self, name: str, unit: str, count: int, *, left: bool) -> str:
        """Somebody and how many they have, on a line of its own (plain text)."""
        phrase = "⚠️ {raw_name}（{raw_unit}）{raw_count} 件" if left else "{raw_name}（{raw_unit}）{raw_count} 件"
        return self._say(phrase, raw_name=name[:12], raw_unit=unit[:16], raw_count=count)

    def choose_taker(self, name: str, unit: str, count: int) -> str:
        """Above the colleagues."""
        return self._say("<b>{name}</b>在{unit}手上还有 {count} 件没办完。交给谁？", name=name, unit=unit, count=count)

    def back_to_unit(self) -> str:
        """Button."""
        return self._say("↩️ 退回单位，重新签收")

    def offer_button(self) -> str:
        """Button on the card of somebody of a unit."""
        return self._say("🤝 移交在办件")

    def handed(self, name: str, count: int) -> str:
        """After it is done."""
        return self._say("✅ {name}的 {count} 件已移交，双方都会收到清单。", name=name, count=count)

    def handed_over(self, reader: str, other: str | None, numbers: Sequence[str]) -> str:
        """What both read."""
        listed = cut(self._say("、").join(numbers), LONGEST)
        if reader == "taker":
            return self._say(
                "🤝 {name}的 {count} 件移交给您：{numbers}", name=other or "", count=len(numbers), numbers=listed
            )
        if other:
            return self._say(
                "🤝 您手上的 {count} 件已移交给{name}：{numbers}", name=other, count=len(numbers), numbers=listed
            )
        return self._say("🤝 您手上的 {count} 件已退回单位：{numbers}", count=len(numbers), numbers=listed)
